"""Pages of organisations, places and platforms: as the command line says, leading to records."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from starlette.testclient import TestClient
from tests.web.test_record import MOST_BYTES, Page, one_of
from tests.web.test_search import total
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.pipeline.find import find
from sousveil.report.organisation_records import Part
from sousveil.search import parse_query
from sousveil.web import Room, figure_records
from sousveil.web.figure_records import MOST_KEYS
from sousveil.web.organisation_view import Records


def organisations(case: Case, role: str) -> list[tuple[str, str]]:
    """Organisations that have a role, with most notices first."""
    with connect(case) as connection:
        return connection.execute(
            "SELECT o.org_key, o.name FROM organisations o JOIN mentions m USING (org_key)"
            " WHERE m.role = ? GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 4",
            [role],
        ).fetchall()


def told(case: Case, org_key: str) -> dict[str, object]:
    """What the command line says of an organisation."""
    asked = ["organisation", str(case.root), org_key, "--json"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("role", ["buyer", "supplier", "bidder"])
def test_an_organisation_is_told_as_on_the_command_line(
    client: TestClient, demo_case: Case, role: str
) -> None:
    for org_key, name in organisations(demo_case, role):
        response = client.get(f"/organisation/{org_key}?lang=en")
        assert response.status_code == 200
        assert len(response.content) < MOST_BYTES
        page = Page(response.text)
        assert name in page.text
        said = told(demo_case, org_key)
        for part in said["counts"]:  # type: ignore[attr-defined]
            assert f"{part['surveillance']:,} of them surveillance" in page.text
        for project in said["projects"]:  # type: ignore[attr-defined]
            assert f"/record/{project['notice_id']}" in page.links
            assert project["amount_told"] in page.text
        for partner in [*said["partners"], *said["together"]]:  # type: ignore[misc]
            assert f"/organisation/{partner['org_key']}" in page.links


def test_numbers_of_an_organisation_lead_to_its_records(
    client: TestClient, demo_case: Case
) -> None:
    (org_key, _), *_ = organisations(demo_case, "supplier")
    page = Page(client.get(f"/organisation/{org_key}").text)
    searches = [link for link in page.links if link.startswith("/search?")]
    assert len(searches) > 8
    for link in searches:
        assert total(client.get(link).text) > 0, link


@pytest.mark.parametrize("role", ["buyer", "supplier", "bidder"])
def test_no_number_leads_to_other_projects_than_it_counts(
    client: TestClient, demo_case: Case, role: str
) -> None:
    (org_key, _), *_ = organisations(demo_case, role)
    text = client.get(f"/organisation/{org_key}?lang=en").text
    found = numbers(text)
    assert len(found) > 3
    for address, number in dict(found).items():
        assert len(projects_of(demo_case, address)) == number, address


def test_roles_of_every_organisation_lead_to_just_their_projects(
    room: Room, demo_case: Case
) -> None:
    """A role leads to a search however many projects there are, so it must find just these."""
    reading, seen = room.reading(), 0
    with connect(demo_case) as connection:
        keys = connection.execute("SELECT org_key FROM organisations").fetchall()
    for (org_key,) in keys:
        page = reading.overviews.organisation(org_key)
        assert page is not None
        for part in page.counts:
            address = Records(org_key).in_role(part)
            if address is None or part.role not in ("buyer", "supplier"):
                continue
            (query,) = parse_qs(urlsplit(address).query)["q"]
            found = reading.overviews.projects_of(reading.index, parse_query(query))
            assert found == set(part.project_keys), (org_key, part.role)
            assert len(found) == part.projects
            seen += 1
    assert seen > 100


def test_numbers_of_figures_lead_to_just_their_projects_or_nowhere_where_many(
    client: TestClient, demo_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_records, "MOST_KEYS", 3)
    page = client.get("/figures?lang=en").text
    ways = dict(
        re.findall(r'href="(/figures/\w+/records[^"]+)"[^>]*aria-label="[^"]*: ([\d,]+) p', page)
    )
    searched = 0
    for address, number in ways.items():
        answer = client.get(unescape(address))
        if answer.is_redirect:
            found = projects_of_search(client, demo_case, answer.headers["location"])
            assert len(found) == int(number.replace(",", "")), address
            searched += 1
        else:
            assert answer.status_code == 200
            assert int(number.replace(",", "")) > 3, address
    assert searched > 20


def projects_of_search(client: TestClient, case: Case, address: str) -> set[str]:
    """The projects of all notices that a search with facets finds, from all of its pages."""
    ids: set[str] = set()
    for page in range(1, 20):
        text = client.get(f"{address}&page={page}").text
        new = set(re.findall(r'href="/record/([^"?#/]+)["?#]', text)) - ids
        if not new:
            break
        ids |= new
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT project_key FROM notices WHERE notice_id IN (SELECT unnest(?))", [list(ids)]
        ).fetchall()
    return {key for (key,) in rows}


def test_numbers_of_a_platform_lead_to_just_its_projects(
    client: TestClient, demo_case: Case
) -> None:
    found = numbers(client.get("/platform/facebook?lang=en").text)
    assert len(found) > 3
    for address, number in dict(found).items():
        assert len(projects_of(demo_case, address)) == number, address


def numbers(text: str) -> list[tuple[str, int]]:
    """(address, number) of the numbers of projects that lead to a search."""
    rows = re.findall(r'<a href="(/search[^"]+)" aria-label="[^"]*">([\d,]+)</a>', text)
    return [(unescape(address), int(number.replace(",", ""))) for address, number in rows]


def projects_of(case: Case, address: str) -> set[str]:
    """The projects of the notices that a search finds."""
    (query,) = parse_qs(urlsplit(address).query)["q"]
    found = find(case, query, limit=1_000, offset=0, order="relevance")
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT project_key FROM notices WHERE notice_id IN (SELECT unnest(?))",
            [[hit.notice_id for hit in found.hits]],
        ).fetchall()
    return {key for (key,) in rows}


def test_too_many_projects_to_name_have_no_link() -> None:
    keys = [f"p{n}" for n in range(MOST_KEYS + 1)]
    records = Records("g1")
    assert records.of(keys) is None
    assert str(records.of(keys[1:])).count("project") == MOST_KEYS
    assert records.in_role(Part("bidder", len(keys), 0, None, None, tuple(keys))) is None


def test_a_place_without_a_page_is_no_link(client: TestClient, demo_case: Case) -> None:
    with connect(demo_case) as connection:
        keys = connection.execute(
            "SELECT min(org_key) FROM organisations GROUP BY country ORDER BY country"
        ).fetchall()
    links = set[str]()
    for (key,) in keys[:12]:
        page = Page(client.get(f"/organisation/{key}").text)
        links |= {link for link in page.links if link.startswith("/place/")}
    assert links
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_an_organisation_as_a_file_is_the_one_of_the_command_line(
    client: TestClient, demo_case: Case, tmp_path: Path
) -> None:
    (org_key, _), *_ = organisations(demo_case, "buyer")
    path = tmp_path / "page.html"
    asked = ["organisation", str(demo_case.root), org_key, "--out", str(path)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    response = client.get(f"/organisation/{org_key}/page.html")
    assert response.content == path.read_bytes()
    assert response.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["CN", "CN/广东", "CN/广东/佛山市", "TW", "US/Texas"])
def test_a_place_counts_what_the_search_finds_there(
    client: TestClient, demo_case: Case, path: str
) -> None:
    response = client.get(f"/place/{quote(path)}?lang=en")
    assert response.status_code == 200
    page = Page(response.text)
    country, *below = path.split("/")
    words = f'country:"{country}"'
    if below:
        words += f' {"place" if len(below) > 1 else "province"}:"{"/".join(below)}"'
    found = find(demo_case, words, limit=1, offset=0, order="relevance")
    assert f"{found.total} notice" in page.text
    for link in [link for link in page.links if link.startswith("/place/")][:4]:
        assert client.get(link).status_code == 200


def test_places_below_are_counted_as_the_facet_counts_them(client: TestClient) -> None:
    page = client.get("/place/CN?lang=en").text
    rows = re.findall(r'<li><a href="(/place/[^"]+)">.*?<span class="n">([\d,]+)', page)
    assert len(rows) > 20
    for address, count in rows[:6]:
        path = address.removeprefix("/place/")
        assert total(client.get(f"/search?place={path}").text) == int(count)


def test_a_platform_is_told_as_in_its_brief(
    client: TestClient, demo_case: Case, tmp_path: Path
) -> None:
    asked = ["brief", str(demo_case.root), "--platform", "twitter", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, [*asked, "--json"])
    (brief,) = json.loads(result.stdout)["briefs"]
    text = client.get("/platform/twitter?lang=en").text
    page = Page(text)
    assert f"{brief['projects']} of " in re.sub(r"\s+", " ", page.text)
    assert len(re.findall(r'<li id="p[0-9a-f]+">', text)) == min(20, brief["projects"])
    assert f"{brief['usd']:,.0f}" in page.text
    assert brief["rules"][0]["forbids"] in page.text
    for form in ("html", "md"):
        response = client.get(f"/platform/twitter/brief.{form}")
        assert response.content == (tmp_path / f"twitter.{form}").read_bytes()
    words = [link for link in page.links if link.startswith("/record/")]
    assert len(words) >= brief["projects"]
    assert "<mark>" in text
    for link in words[:5]:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/organisation/g000000000000000000000000",
        "/organisation/absent/page.html",
        "/organisation/%3Cscript%3E",
        "/place/XX",
        "/place/CN/nowhere",
        "/place/CN/%22",
        "/platform/absent",
        "/platform/other_platform",
        "/platform/absent/brief.html",
        "/platform/twitter?page=99",
        "/record/" + "f" * 32 + "/buyer",
        "/record/" + "f" * 32 + "/place",
    ],
)
def test_what_there_is_not_is_absent(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<script>" not in response.text


def test_a_record_leads_to_its_buyer_place_supplier_and_platforms(
    client: TestClient, demo_case: Case
) -> None:
    where = "len(platforms) > 0 AND len(suppliers) > 0 AND province IS NOT NULL AND surveillance"
    notice_id = one_of(demo_case, where)
    links = Page(client.get(f"/record/{notice_id}").text).links
    assert any(link.startswith("/platform/") for link in links)
    assert sum(link.startswith("/organisation/") for link in links) >= 2
    (place,) = [link for link in links if link == f"/record/{notice_id}/place"]
    for address in (place, f"/record/{notice_id}/buyer"):
        there = client.get(address)
        assert there.status_code == 303
        assert client.get(there.headers["location"]).status_code == 200


def test_results_and_facets_lead_to_pages(client: TestClient) -> None:
    page = Page(client.get("/search?q=舆情&platform=twitter").text)
    for start in ("/place/", "/platform/", "/organisation/"):
        links = [link for link in page.links if link.startswith(start)]
        assert links, start
        assert all(client.get(link).status_code == 200 for link in links[:3])
    buyers = [link for link in page.links if link.endswith("/buyer")]
    assert client.get(buyers[0]).status_code == 303


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_no_page_shows_a_person(client: TestClient, demo_case: Case, language: str) -> None:
    keys = [key for key, _ in organisations(demo_case, "supplier")]
    for path in [f"/organisation/{key}" for key in keys] + ["/place/CN", "/platform/facebook"]:
        text = client.get(path, params={"lang": language}).text
        Page(text)
        if not path.startswith("/platform"):  # its quoted words show where one was masked
            assert "〔person〕" not in text
