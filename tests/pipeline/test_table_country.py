"""Rows without a country get that of their table only where all others agree."""

import pytest

from sousveil.model import Notice
from sousveil.pipeline.rows_of_tables import notices_and_sheets
from tests.extract.tabular.test_tabular import pages

HEAD = (
    "awarding agency name,awarding sub agency name,project name,award amount,currency,contract id\n"
)


def read(*rows: tuple[str, str, str]) -> list[Notice]:
    """Rows of agency, office and currency."""
    lines = [
        f"{agency},{office},Video system {number} for Egypt,{number}000,{currency},C-{number}\n"
        for number, (agency, office, currency) in enumerate(rows, start=1)
    ]
    return notices_and_sheets(pages((HEAD + "".join(lines)).encode()), ())[0]


@pytest.mark.parametrize(
    ("agency", "office", "country", "currency"),
    [
        ("Department of Homeland Security", "Office of Procurement Operations", "US", "USD"),
        ("General Services Administration", "Region 4", "US", "USD"),
        ("Home Office", "Commercial Directorate", "GB", "GBP"),
        ("Royal Canadian Mounted Police", "Procurement Branch", "CA", "CAD"),
        ("Bundeskriminalamt", "Referat ZV 25", "DE", "EUR"),
        ("Guardia Civil", "Jefatura de Asuntos Económicos", "ES", "EUR"),
    ],
)
def test_the_ministry_beside_the_office_tells(
    agency: str, office: str, country: str, currency: str
) -> None:
    (notice,) = read((agency, office, currency))
    assert notice.buyer is not None
    assert notice.country == country


@pytest.mark.parametrize(
    ("agency", "country", "currency"),
    [("Home Office", "GB", "GBP"), ("Department of Justice", "US", "USD"),
     ("Guardia Civil", "ES", "EUR")],
)  # fmt: skip
def test_rows_that_say_nothing_follow_the_others(agency: str, country: str, currency: str) -> None:
    known = [(agency, "Office", currency)] * 5
    found = read(*known, *[("Procurement Branch", "Office", currency)] * 20)
    assert [notice.country for notice in found] == [country] * 25
    assert sum("country_of_other_rows" in notice.flags for notice in found) == 20


@pytest.mark.parametrize(
    "rows",
    [
        [("Home Office", "x", "GBP")] * 4 + [("Branch", "y", "GBP")],  # too few
        [("Home Office", "x", "GBP")] * 5 + [("Branch", "y", "GBP")] * 21,  # too small a share
        [("Home Office", "x", "GBP")] * 5 + [("Branch", "y", "USD")],  # another currency
        [("Home Office", "x", "GBP")] * 9
        + [("Bundeskriminalamt", "z", "EUR"), ("Branch", "y", "GBP")],
        [("Home Office", "x", "GBP")] * 9 + [("z", "昌吉州公安局", "CNY"), ("Branch", "y", "GBP")],
    ],
)  # fmt: skip
def test_rows_stay_without_a_country_in_doubt(rows: list[tuple[str, str, str]]) -> None:
    found = {n.buyer.value: n.country for n in read(*rows) if n.buyer}
    assert found["y"] is None
