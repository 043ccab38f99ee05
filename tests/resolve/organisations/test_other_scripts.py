"""Bodies whose words' order tells, towns and states of one name, names without a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations


def joined(left: tuple[str, str | None], right: tuple[str, str | None], country: str) -> bool:
    names = [
        NameKey(at, name, country, place, ("buyer",), (), "other")
        for at, (name, place) in (("l", left), ("r", right))
    ]
    org_of = resolve_organisations(names).org_of
    return org_of["l"] == org_of["r"]


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        (
            ("Arizona Department of Public Safety", "AZ"),
            ("Texas Dept of Public Safety", "TX"),
            "US",
        ),
        (("Department of Corrections", "AZ"), ("Dept. of Corrections", "TX"), "US"),
        (("Texas Education Agency", "TX"), ("Ohio Education Agency", "OH"), "US"),
        (("City of Union", "OH"), ("Union City", "OH"), "US"),
        (("City of Union City", "OH"), ("City of Union", "OH"), "US"),
        (("Police Department", "OH"), ("Police Dept.", "OH"), "US"),
        (("Ministerio de Seguridad", "Córdoba"), ("MINISTERIO DE SEGURIDAD", "Mendoza"), "AR"),
        (("Prefeitura Municipal", "SP"), ("PREFEITURA", "SP"), "BR"),
    ],
)
def test_namesakes_of_towns_and_states_stay_two(
    left: tuple[str, str], right: tuple[str, str], country: str
) -> None:
    assert not joined(left, right, country)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Arizona Department of Public Safety", "AZ"), ("AZ Dept of Public Safety", "AZ")),
        (("DEPT OF THE ARMY", "AZ"), ("Department of the Army", "TX")),
        (("Texas Education Agency", "TX"), ("TEXAS EDUCATION AGCY", "TX")),
        (("City of Union City", "OH"), ("UNION CITY, CITY OF", "OH")),
    ],
)
def test_one_body_of_a_state_or_of_all_is_one(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    assert joined(left, right, "US")


def test_two_towns_lose_the_marks_of_their_names_to_neither() -> None:
    names = [
        NameKey(at, name, "VN", None, ())
        for at, name in (
            ("a", "Công ty TNHH Tân Phú Camera"),
            ("b", "Công ty TNHH Tấn Phú Camera"),
            ("c", "Cong ty TNHH Tan Phu Camera"),
        )
    ]
    assert len(set(resolve_organisations(names).org_of.values())) == 3
    rules = {join.rule for join in resolve_organisations(names[1:]).joins}
    assert rules == {"marks_left_out"}


@given(st.lists(st.integers(min_value=1, max_value=99), min_size=2, max_size=2, unique=True))
def test_numbers_in_another_order_are_another_body(numbers: list[int]) -> None:
    other = [*numbers[1:], numbers[0]]
    spelled = [f"Quarter {a[0]} Precinct {a[1]}" for a in (numbers, other)]
    assert not joined((spelled[0], "OH"), (spelled[1], "OH"), "US")
