"""Countries beside each other: no share where coverage is not alike; the reason in its place."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest
from tests.report.browser import needs_chromium, watched_page

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.reference import load_taxonomy
from sousveil.reference.countries import country_name
from sousveil.report import countries, coverage
from sousveil.report.countries import Country, Given, judged, reasons, well_covered
from sousveil.report.coverage import countries_of
from sousveil.report.page import build_report

GIVEN = Given(
    projects=100, records=200, copies=0, documents=50, sources="ocds-1.1", first_year=2015,
    last_year=2020, undated=0, calls=150, outcomes=50, plans=0, with_specification=180,
    with_amount=90, in_part=0, languages=(("en", 200),), covered=200,
)  # fmt: skip


def country(code: str, surveillance: int = 10, **given: object) -> Country:
    return Country(
        code=code,
        given=msgspec.structs.replace(GIVEN, **given),
        surveillance=surveillance,
        in_usd=4,
        usd=1e6,
        median_usd=5e4,
        capabilities=(),
        project_keys="",
    )


def test_countries_of_like_coverage_have_shares() -> None:
    one, other = judged([country("US", 10), country("FR", 5)])
    assert (one.share, other.share) == (0.1, 0.05)
    assert (one.why, other.why) == ("", "")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"projects": 29}, "fewer than 30 projects"),
        ({"with_specification": 20}, "10% of its records say more than a title, of United States"),
        ({"covered": 10}, "5% of its records are in languages that the taxonomy covers well"),
        ({"calls": 20, "outcomes": 180}, "mostly outcomes, of United States calls"),
        ({"first_year": 2021, "last_year": 2024}, "of other years (United States: 2015–2020)"),
        ({"first_year": None, "last_year": None}, "state no date"),
    ],
)
def test_a_country_of_other_coverage_has_none(given: dict[str, object], says: str) -> None:
    some = [country("US", 15, projects=150), country("FR", **given), country("DE")]
    us, fr, de = judged(some)
    assert us.share == de.share == 0.1
    assert fr.share is None
    assert says in fr.why


def test_far_fewer_projects_are_not_compared() -> None:
    found = judged([country("US", projects=1000), country("FR", projects=199), country("DE")])
    assert [c.share for c in found] == [None, None, None]
    assert "199 projects were given, of United States 1,000" in found[1].why
    assert "no other country" in found[0].why


def test_five_times_as_many_are_still_compared() -> None:
    found = judged([country("US", 50, projects=500), country("FR")])
    assert [c.share for c in found] == [0.1, 0.1]


def test_one_country_that_could_be_compared_is_compared_with_none() -> None:
    us, fr = judged([country("US"), country("FR", projects=3)])
    assert us.share is None
    assert fr.share is None


def test_projects_of_no_known_country_are_listed_without_a_share() -> None:
    *_, unknown = judged([country("US"), country("FR"), country("")])
    assert unknown.name == "not known"
    assert unknown.share is None


def test_reasons_name_the_countries_they_hold_for() -> None:
    found = judged([country("US"), country("FR", projects=3), country("DE", projects=2)])
    assert reasons(found)["fewer than 30 projects were given"] == ["France", "Germany"]


def test_too_few_amounts_have_no_median() -> None:
    assert country("US").median is None
    assert msgspec.structs.replace(country("US"), in_usd=5).median == 5e4


def test_order_of_countries_decides_nothing() -> None:
    some = [country("US"), country("FR", covered=10), country("DE", projects=3), country("GB", 30)]
    shares = {c.code: (c.share, c.why) for c in judged(some)}
    assert {c.code: (c.share, c.why) for c in judged(reversed(some))} == shares


def test_well_covered_languages_follow_from_the_taxonomys_terms() -> None:
    covered = well_covered(load_taxonomy())
    assert {"zh", "en", "es", "fr", "de", "pt", "ru", "ar", "ja", "ko"} == covered


def test_every_country_has_a_name() -> None:
    assert country_name("US") == "United States"
    assert country_name("LY") == "Libya"
    assert country_name("ZZZ") == "ZZZ"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Projects of two countries and one of none, as the views of a case have them."""
    with duckdb.connect(":memory:") as made:
        made.execute(
            "CREATE TABLE projects (project_key VARCHAR, country VARCHAR, surveillance BOOLEAN,"
            " amount DECIMAL(24, 4), amount_usd DECIMAL(24, 4), capabilities VARCHAR[])"
        )
        made.execute(
            "CREATE TABLE notices (notice_id VARCHAR, project_key VARCHAR, document_sha256 VARCHAR,"
            " source_standard VARCHAR, notice_type VARCHAR, duplicate_of VARCHAR, published DATE,"
            " notice VARCHAR)"
        )
        made.execute("CREATE TABLE files (document_sha256 VARCHAR, failed_records INTEGER)")
        made.executemany(
            "INSERT INTO projects VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("p1", "US", True, 100, 100, ["drones", "video_surveillance"]),
                ("p2", "US", False, 50, 50, []),
                ("p3", "FR", True, None, None, ["drones"]),
                ("p4", None, False, None, None, []),
            ],
        )
        purpose = [{"role": "purpose", "page": 1, "start": 10, "end": 20}]
        short = [{"role": "body", "page": 1, "start": 0, "end": 99}]
        made.executemany(
            "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                ("n1", "p1", "d1", "ocds-1.1", "tender", None, "2019-01-01", _json("en", purpose)),
                ("n2", "p1", "d1", "ocds-1.1", "award", "n1", "2021-01-01", _json("en", short)),
                ("n3", "p2", "d2", "table", "intention", None, None, _json(None, [])),
                ("n4", "p3", "d2", "table", "correction", None, "2020-01-01", _json("fr", purpose)),
                ("n5", "p4", "d3", "table", "tender", None, None, _json("fr", [])),
            ],
        )
        made.executemany("INSERT INTO files VALUES (?, ?)", [("d1", 0), ("d2", 3), ("d3", 0)])
        yield made


def _json(language: str | None, sections: list[dict[str, object]]) -> str:
    return json.dumps({"language": language, "sections": sections})


def test_what_was_given_is_counted(connection: duckdb.DuckDBPyConnection) -> None:
    us, *others = countries_of(connection, load_taxonomy())
    assert us.code == "US"
    given = us.given
    assert (given.projects, given.records, given.copies, given.documents) == (2, 3, 1, 2)
    assert given.sources == "ocds-1.1, table"
    assert (given.first_year, given.last_year, given.undated) == (2019, 2021, 1)
    assert given.kinds == {"calls": 1, "outcomes": 1, "plans or filings": 1}
    assert given.kinds_told == "1 call, 1 outcome, 1 plan or filing"
    assert given.with_specification == 1
    assert (given.with_amount, given.in_part) == (2, 1)
    assert dict(given.languages) == {"en": 2, "": 1}
    assert given.covered == 2
    assert countries.spelled(given) == "English 2, unknown 1"
    assert (us.surveillance, us.in_usd, us.usd, us.median) == (1, 1, 100, None)
    assert us.capabilities == (("drones", 1), ("video_surveillance", 1))
    assert us.project_keys == "p1"
    assert {c.code for c in others} == {"FR", ""}


def test_rows_of_the_data_hold_coverage_and_figures(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = coverage.rows(countries_of(connection, load_taxonomy()))
    assert all(len(row) == len(coverage.COLUMNS) for row in rows)
    first = dict(zip(coverage.COLUMNS, rows[0], strict=True))
    assert first["languages"] == "en:2 ?:1"
    assert first["why_no_share"] == "fewer than 30 projects were given"


def test_one_country_alone_is_not_compared(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM projects WHERE country = 'FR'")
    assert countries_of(connection, load_taxonomy()) == []


def releases(country_code: str, body: str, watching: int, of: int) -> str:
    """OCDS releases of one country, of which some buy cameras for streets."""
    made = []
    for number in range(of):
        watched = number < watching
        title = (
            f"City street video surveillance cameras, district {number}"
            if watched
            else f"Office chairs for building {number}"
        )
        text = (
            "Delivery, installation and maintenance for three years, with training of staff. " * 2
        )
        buyer = {"id": "b", "name": f"{body} {number}"}
        made.append(
            {
                "ocid": f"ocds-{country_code}-{number}",
                "id": "1",
                "date": f"{2018 + number % 4}-03-12T00:00:00Z",
                "tag": ["tender"],
                "initiationType": "tender",
                "language": "en",
                "buyer": buyer,
                "parties": [
                    {**buyer, "roles": ["buyer"], "address": {"countryName": country_code}}
                ],
                "tender": {
                    "id": f"{country_code}-{number}",
                    "title": title,
                    "description": text,
                    "value": {"amount": 1000 * (number + 1), "currency": "USD"},
                },
            }
        )
    return json.dumps({"version": "1.1", "releases": made})


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a case with two countries that compare and one that does not."""
    root = tmp_path_factory.mktemp("countries")
    given = root / "given"
    given.mkdir()
    (given / "us.json").write_text(releases("US", "City of Fairmoor Division", 12, 60), "utf-8")
    (given / "gb.json").write_text(releases("GB", "Borough of Oldmere Team", 4, 40), "utf-8")
    (given / "nz.json").write_text(releases("NZ", "District of Kauri Unit", 1, 4), "utf-8")
    (given / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    case = ["--case", str(root / "case"), "--quiet"]
    subprocess.run(
        [sys.executable, "-m", "sousveil", "review", str(given), *case],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return root / "case" / "report" / "report.html"


def section(page: Path) -> str:
    found = re.search(r'<section id="countries">.*?</section>', page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[0]


def test_the_report_compares_only_what_is_alike(page: Path) -> None:
    found = section(page)
    assert "These are the records that were given, not what the countries buy." in found
    assert "20.0 %" in found
    assert "10.0 %" in found
    assert found.count("not printed") == 1
    assert "<strong>New Zealand</strong>: fewer than 30 projects were given." in found
    assert "1 file could not be read in whole" in found


def test_each_row_has_coverage_beside_its_figures(page: Path) -> None:
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', section(page), re.DOTALL)
    assert len(rows) == 3
    for row in rows:
        assert re.search(r"\d+ records in 1 file \(ocds-1\.1\)", row)
        assert "calls; 2018–2021" in row
        assert "100 % say more than a title; 100 % of projects state an amount" in row
        assert "well covered" in row


def test_the_data_of_the_comparison_stands_beside_the_page(page: Path) -> None:
    text = (page.parent / "figures" / "countries.csv").read_text("utf-8-sig")
    rows = {row["country"]: row for row in csv.DictReader(text.splitlines())}
    assert set(rows) == {"US", "GB", "NZ"}
    assert rows["US"]["share"] == "0.2"
    assert rows["NZ"]["share"] == ""
    assert len(rows["US"]["project_keys"].split()) == 12


def test_each_query_counts_again(page: Path) -> None:
    with connect(Case.open(page.parent.parent)) as connection:
        for query in coverage.QUERIES:
            assert connection.execute(query).fetchall() or query == coverage.IN_PART


def test_bars_of_places_say_how_many_were_given(page: Path) -> None:
    drawn = (page.parent / "figures" / "places.svg").read_text("utf-8")
    assert "(of 60 given)" in drawn


def test_a_report_of_one_country_compares_none(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    text = build_report(case, case.root / "report").read_text("utf-8")
    assert 'id="countries"' not in text
    assert 'href="#countries"' not in text
    assert not (case.root / "report" / "figures" / "countries.csv").exists()


@needs_chromium
def test_the_comparison_fits_a_screen(page: Path) -> None:
    with watched_page() as (opened, _, _):
        opened.goto(page.as_uri())
        table = opened.locator("#countries table")
        assert table.locator("tbody tr").count() == 3
        held = opened.locator("#countries .wide")
        assert held.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert not opened.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
