"""Exports of the room are those of the command line, and the report is opened safely."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium, watched_page
from tests.web.test_record import MOST_BYTES, Page
from tests.web.test_record_browser import served
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.pipeline.exporting import forms
from sousveil.web.exports_view import OTHERS, RECORDS

QUERY = "surveillance:true country:CN"
EVERY = [(what, form) for what in (*RECORDS, *OTHERS) for form in forms(what, by_query=False)]


@pytest.mark.parametrize("query", [None, QUERY])
def test_every_export_has_the_bytes_of_the_command_line(
    client: TestClient, demo_case: Case, tmp_path: Path, query: str | None
) -> None:
    asked = {} if query is None else {"q": query}
    page = client.get("/exports", params=asked).text
    told = re.findall(r'href="/exports/([\w-]+)\.(\w+)[?"]', page)
    by_query = [each for each in EVERY if each[1] in forms(each[0], by_query=query is not None)]
    assert sorted(told) == sorted(by_query)
    for what, form in by_query:
        answer = client.get(f"/exports/{what}.{form}", params=asked)
        assert answer.status_code == 200, (what, form)
        name = f"{what}.{form}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        wanted = of_command_line(demo_case, what, form, query, tmp_path / name)
        assert answer.content == wanted, (what, form)


def of_command_line(case: Case, what: str, form: str, query: str | None, out: Path) -> bytes:
    chosen = [] if query is None else ["--query", query]
    if what == "network":
        place = out.with_suffix(".graphml")
        arguments = ["network", str(case.root), "--out", str(place), *chosen]
        arguments += ["--svg", str(out)] if form == "svg" else []
    else:
        arguments = ["export", str(case.root), what, "--format", form, "--out", str(out), *chosen]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    return out.read_bytes()


def test_a_pipe_gets_the_same(client: TestClient, demo_case: Case) -> None:
    command = [sys.executable, "-m", "sousveil", "export", str(demo_case.root), "notices"]
    piped = subprocess.run([*command, "--query", QUERY], check=True, capture_output=True)
    assert client.get("/exports/notices.jsonl", params={"q": QUERY}).content == piped.stdout


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/exports/nothing.csv", 400),
        ("/exports/notices.xlsx", 404),
        ("/exports/notices.svg", 400),
        ("/exports/ftm.csv", 400),
        ("/exports/ftm.jsonl?q=a", 400),
        ("/exports/files.csv?q=a", 400),
        ("/exports/notices.csv?q=year:", 400),
        ("/report/nothing.html", 404),
        ("/report/", 400),
        (f"/report/{'x' * 300}.html", 400),
        ("/report/figures/none.csv", 404),
        ("/report/figures", 404),
        ("/private/report.html", 404),
        ("/case.toml", 404),
        ("/originals/report.html", 404),
        ("/report/%2e%2e/case.toml", 400),
    ],
)
def test_what_cannot_be_had_is_told(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_wrong_query_is_told_beside_it(client: TestClient) -> None:
    page = client.get("/exports", params={"q": "year:"}).text
    assert 'aria-invalid="true"' in page
    assert "/exports/notices.csv" not in page


def test_the_page_says_how_many_and_how_in_a_terminal(client: TestClient) -> None:
    whole = client.get("/exports").text
    Page(whole)
    assert len(whole) < MOST_BYTES
    some = client.get("/exports", params={"q": QUERY, "lang": "zh-Hans"}).text
    assert "仅导出这些" in some
    assert "--query &#39;surveillance:true country:CN&#39;" in some


@needs_chromium
def test_the_report_is_opened_and_its_pages_too(demo_case: Case, tmp_path: Path) -> None:
    with served(demo_case) as door, watched_page() as (page, requests, messages):
        page.goto(door.address)
        home = f"http://127.0.0.1:{door.port}"
        page.goto(f"{home}/exports")
        page.get_by_role("link", name="Open: The report", exact=True).click()
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != '"Times New Roman"'
        assert page.locator("svg").count() > 5
        page.click("text=/A page each of/")
        expect(page).to_have_url(re.compile("/report/organisations/index.html"))
        page.goto(f"{home}/search?q=year:2020..2022")
        page.click("text=This search as a query")
        page.click("text=Export what is found")
        with page.expect_download() as waited:
            page.get_by_role("link", name="Notices, CSV").click()
        waited.value.save_as(tmp_path / "downloaded.csv")
        query = page.input_value("#q")
    wanted = of_command_line(demo_case, "notices", "csv", query, tmp_path / "wanted.csv")
    assert (tmp_path / "downloaded.csv").read_bytes() == wanted
    assert wanted.count(b"\n") > 2
    assert all(address.startswith((home, "data:")) for address in requests)
    assert messages == []
