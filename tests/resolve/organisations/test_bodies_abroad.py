"""Bodies that papers call in more than one way, by the law of their country and of no other."""

import pytest

from sousveil.resolve.organisations.bodies_abroad import may_be_a_states, written_once


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("camara municipal de lisboa", "municipio de lisboa", "PT"),
        ("prefeitura municipal de campinas", "municipio de campinas", "BR"),
        ("municipio de leon", "h. ayuntamiento de leon", "MX"),
        ("camden lbc", "the mayor and burgesses of the london borough of camden", "GB"),
        ("mairie d'antony", "ville d'antony", "FR"),
        ("landeshauptstadt mainz", "stadt mainz", "DE"),
        ("kent pcc", "police and crime commissioner for kent", "GB"),
    ],
)
def test_one_body_is_written_once(left: str, right: str, country: str) -> None:
    assert written_once(left, country) == written_once(right, country)


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("camara municipal de campinas", "municipio de campinas", "BR"),
        ("municipio de bolivar", "departamento de bolivar", "CO"),
        ("municipio de leon", "ayuntamiento de leon", "ES"),
        ("kent pcc", "kent police", "GB"),
        ("city of london", "london city council", "GB"),
        ("stadt rosenheim", "landkreis rosenheim", "DE"),
    ],
)
def test_what_is_two_by_law_stays_two(left: str, right: str, country: str) -> None:
    assert written_once(left, country) != written_once(right, country)


def test_a_ministry_may_be_a_states_in_a_federation_alone() -> None:
    assert may_be_a_states("ministerio de seguridad", "AR")
    assert not may_be_a_states("ministerio del interior", "PE")
