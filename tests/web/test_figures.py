"""Figures of a search: the numbers of the command line, data that add up, organisations alone."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient
from tests.report.test_network import graph
from tests.web.test_record import MOST_BYTES, Page
from tests.web.test_search import total
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.pipeline.overviews import DRAWN

QUERIES = ["", "舆情", "country:CN platform:twitter", "人脸 OR 虹膜"]
_SVG = "{http://www.w3.org/2000/svg}"


def exported(case: Case, query: str, folder: Path) -> list[dict[str, Any]]:
    """The surveillance projects that the command line exports for a query."""
    path = folder / "projects.jsonl"
    asked = ["export", str(case.root), "projects", "--query", query, "--out", str(path)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["surveillance"]]


def data(client: TestClient, name: str, **asked: str | Sequence[str]) -> list[dict[str, str]]:
    """The rows of a figure's CSV file."""
    response = client.get(f"/figures/{name}.csv", params=asked)
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def dollars(projects: list[dict[str, Any]]) -> int:
    return round(sum(Decimal(str(p["amount_usd"])) for p in projects if p["amount_usd"]))


@pytest.mark.parametrize("query", QUERIES)
def test_numbers_are_those_of_the_same_query_on_the_command_line(
    client: TestClient, demo_case: Case, tmp_path: Path, query: str
) -> None:
    projects = exported(demo_case, query, tmp_path)
    text = client.get("/figures", params={"q": query}).text
    assert f'<p class="big"><b>{len(projects)}</b>' in text
    for name, label, column in (
        ("capabilities", "code", "capabilities"),
        ("platforms", "code", "platforms"),
        ("target_groups", "code", "target_groups"),
    ):
        counted = Counter(code for p in projects for code in p[column])
        rows = data(client, name, q=query)
        assert {row[label]: int(row["projects"]) for row in rows} == counted
    rows = data(client, "buyers", q=query)
    kinds = {p["buyer_type"] or "not stated" for p in projects}
    assert {row["buyer_type"] for row in rows} == kinds
    for row in rows:
        of_kind = [p for p in projects if (p["buyer_type"] or "not stated") == row["buyer_type"]]
        assert int(row["projects"]) == len(of_kind)
        assert float(row["usd"] or 0) == dollars(of_kind)
    years: Counter[str] = Counter()
    for row in data(client, "spend", q=query):
        years[row["year"]] += int(row["projects"])
    assert years == Counter(str(p["year"]) for p in projects if p["year"])


def test_data_add_up_to_the_figure(client: TestClient) -> None:
    for name in DRAWN:
        for row in data(client, name, q="人脸"):
            assert len(row["project_keys"].split()) == int(row["projects"]), name
    page = client.get("/figures", params={"q": "人脸"}).text
    section = page[page.index('id="spend"') : page.index('id="sophistication"')]
    shown = [int(n) for n in re.findall(r"<title>\d{4}: ([\d,]+)</title>", section)]
    assert sum(shown) == sum(int(row["projects"]) for row in data(client, "spend", q="人脸"))


def watching(client: TestClient, address: str) -> int:
    """How many surveillance projects the notices of a search belong to."""
    page = client.get(address.replace("/search", "/figures", 1)).text
    found = re.search(r'<p class="big"><b>([\d,]+)</b>', page)
    assert found is not None
    return int(found[1].replace(",", ""))


def test_every_number_leads_to_the_records_of_just_its_projects(client: TestClient) -> None:
    text = client.get("/figures", params={"q": "监控", "place": "CN"}).text
    told = re.findall(r'href="(/figures/\w+/records[^"]+)"[^>]*>([\d,]+)</a>', text)
    assert len(told) > 30
    for address, number in told[:: len(told) // 15]:
        there = client.get(address.replace("&amp;", "&"))
        assert there.status_code == 303
        search = there.headers["location"]
        assert total(client.get(search).text) > 0
        assert watching(client, search) == int(number.replace(",", "")), address


def test_pairs_lead_to_just_their_projects(client: TestClient) -> None:
    rows = {row["project_keys"] for row in data(client, "network")}
    text = client.get("/figures/network").text
    told = re.findall(r'<td class="n"><a href="/search\?q=([^"]+)"[^>]*>(\d+)</a>', text)
    assert len(told) > 20
    for query, number in told:
        keys = re.findall(r"p[0-9a-f]{24}", query)
        assert len(keys) == int(number)
        assert " ".join(keys) in rows


def test_a_number_leads_to_a_search_in_words_where_that_is_as_exact(client: TestClient) -> None:
    there = client.get("/figures/buyers/records?is=buyer_type:police").headers["location"]
    assert there == "/search?surveillance=true&buyer_type=police"
    there = client.get("/figures/platforms/records?platform=tiktok&is=code:twitter")
    assert "twitter" in there.headers["location"]
    assert "platform=tiktok" in there.headers["location"]


def test_another_measure_draws_dollars_and_orders_by_them(client: TestClient) -> None:
    page = client.get("/figures?measure=usd").text
    table = page[page.index('id="buyers"') :]
    table = table[: table.index("</table>")]
    cells = re.findall(r'class="n chosen">([\d,]+)<', table)
    sums = [int(cell.replace(",", "")) for cell in cells]
    assert len(sums) > 5
    assert sums == sorted(sums, reverse=True)
    rows = data(client, "buyers", measure="usd")
    assert [round(float(row["usd"] or 0)) for row in rows][: len(sums)] == sums


@pytest.mark.parametrize("name", ["spend", "buyers", "sophistication", "places", "network"])
def test_pictures_say_what_they_count(client: TestClient, name: str) -> None:
    svg = client.get(f"/figures/{name}.svg", params={"q": "舆情", "lang": "en"})
    assert svg.headers["content-type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(svg.content)
    words = "".join(root.itertext())
    assert root.tag == f"{_SVG}svg"
    assert "Illustrative" in words
    if name != "network":
        assert "舆情" in words
        found = total(client.get("/search", params={"q": "舆情"}).text)
        assert f"of {found} notices found" in words


def test_a_picture_is_a_png_too(client: TestClient) -> None:
    for name in ("platforms", "network"):
        png = client.get(f"/figures/{name}.png", params={"q": "舆情"})
        assert png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("query", ["", "舆情"])
def test_the_network_is_that_of_the_command_line_and_of_organisations(
    client: TestClient, demo_case: Case, tmp_path: Path, query: str
) -> None:
    path = tmp_path / "network.graphml"
    asked = ["network", str(demo_case.root), "--query", query, "--out", str(path)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    _, edges = graph(path)
    numbers = ("projects", "sole_projects")
    traded = {
        (e["source"], e["target"]): [e[name] for name in numbers]
        for e in edges
        if e["tie"] == "trade"
    }
    rows = data(client, "network", q=query)
    told = {(r["buyer_key"], r["supplier_key"]): [r[name] for name in numbers] for r in rows}
    assert told == traded
    with connect(demo_case) as connection:
        known = dict(connection.execute("SELECT org_key, name FROM organisations").fetchall())
    ends = {(r[f"{end}_key"], r[end]) for r in rows for end in ("buyer", "supplier")}
    assert ends <= known.items()
    page = client.get("/figures/network", params={"q": query, "lang": "en"}).text
    assert "only projects with one buyer and one winner" in page
    assert {link.rpartition("/")[2] for link in Page(page).links if "/organisation/" in link} <= {
        *known
    }
    assert "〔" not in page


def test_no_figure_shows_a_person(client: TestClient) -> None:
    for query in ("", "采购"):
        assert "〔person〕" not in client.get("/figures", params={"q": query}).text


def test_the_search_page_and_the_figures_lead_to_each_other(client: TestClient) -> None:
    asked = {"q": "舆情", "place": "CN", "not_year": "2021"}
    there = Page(client.get("/search", params=asked).text).links
    (figures,) = [link for link in there if link.startswith("/figures?")]
    back = [link for link in Page(client.get(figures).text).links if link.startswith("/search?")]
    assert total(client.get(back[0]).text) == total(client.get("/search", params=asked).text)


@pytest.mark.parametrize("address", ["/figures", "/figures/network"])
def test_a_wrong_query_is_told_in_place(client: TestClient, address: str) -> None:
    response = client.get(address, params={"q": "buyer:"})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.text
    Page(response.text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/figures/absent.csv", 404),
        ("/figures/specifications.csv", 404),
        ("/figures/spend.gif", 400),
        ("/figures/spend.svg?q=nosuchword", 404),
        ("/figures/spend.csv?q=buyer:", 400),
        ("/figures?measure=euros", 400),
        ("/figures/buyers/records", 400),
        ("/figures/buyers/records?is=buyer_type:nobody", 404),
        ("/figures/buyers/records?is=nothing", 404),
        ("/figures/absent/records?is=a:b", 404),
        ("/figures/buyers/records?is=buyer_type:police&is=projects:29", 404),
        ("/figures/bodies/records?is=first_year:2021", 404),
        ("/figures/sophistication/records?is=projects:1", 404),
    ],
)
def test_what_there_is_not_is_told(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_nothing_found_is_said(client: TestClient) -> None:
    page = client.get("/figures?q=nosuchword&lang=en").text
    assert "nothing to draw" in page
    Page(page)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("measure", ["projects", "usd"])
def test_the_page_is_whole_in_both_languages(
    client: TestClient, language: str, measure: str
) -> None:
    response = client.get("/figures", params={"lang": language, "measure": measure})
    assert len(response.content) < MOST_BYTES
    page = Page(response.text)
    assert len(set(page.ids)) == len(page.ids)
    assert {name for name in DRAWN if name in page.ids} == set(DRAWN)


def test_what_takes_long_is_tested_when_asked_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sousveil.web.pages.figures.TESTED_AT_ONCE", 0)
    waiting = client.get("/figures?lang=en&q=人脸").text
    assert "A specification was seen" not in waiting
    (address,) = {link for link in Page(waiting).links if "tested=true" in link}
    tested = client.get(address).text
    assert "A specification was seen" in tested


def test_places_are_compared_beside_what_was_given_of_them(client: TestClient) -> None:
    page = Page(client.get("/figures?lang=en").text).text
    svg = client.get("/figures/places.svg").text
    for row in data(client, "places"):
        assert f"of {int(row['projects_given']):,} found" in page
        if row["place"] == "CN 广东":
            assert f">{row['projects']}/{row['projects_given']}<" in svg
