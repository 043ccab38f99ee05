"""Codes of countries and regions."""

import pytest

from sousveil.reference.country_codes import alpha_2
from sousveil.reference.nuts import region_of_nuts
from sousveil.reference.regions import country_of_region, region_of


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DEU", "DE"),
        ("GRC", "GR"),
        ("GBR", "GB"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("1A", "XK"),
        ("pol", "PL"),
        (" FR ", "FR"),
        ("ROU", "RO"),
        ("XKX", "XK"),
        ("ZZ", None),
        ("ABC", None),
        ("", None),
        ("Germany", None),
    ],
)
def test_country_codes(code: str, expected: str | None) -> None:
    assert alpha_2(code) == expected


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("DE212", "Bayern"),
        ("DE", None),
        ("DEA22", "Nordrhein-Westfalen"),
        ("FR101", "Île-de-France"),
        ("FRD22", "Normandie"),
        ("FR23", "Normandie"),
        ("FRY40", "La Réunion"),
        ("ITC4C", "Lombardia"),
        ("ITH10", "Trentino-Alto Adige"),
        ("ES300", "Comunidad de Madrid"),
        ("PL911", "Mazowieckie"),
        ("UKM81", "Scotland"),
        ("AT130", "Wien"),
        ("BE213", "Vlaanderen"),
        ("LU000", None),
        ("EL303", None),
        ("ITZZZ", None),
        ("", None),
    ],
)
def test_regions_by_nuts_code(code: str, region: str | None) -> None:
    assert region_of_nuts(code) == region


def test_every_region_is_one_the_places_table_knows() -> None:
    from sousveil.reference import nuts

    for code, name in nuts._BY_CODE.items():
        country = alpha_2(code[:2])
        assert country is not None
        assert region_of([name], country) == name, (code, name)
        assert country_of_region(name) in (country, None)
