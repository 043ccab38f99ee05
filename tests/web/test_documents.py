"""Documents of a case are opened where nothing runs, and nothing leads out of their folders."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium, watched_page
from tests.web.conftest import inside
from tests.web.looking import NARROW
from tests.web.test_record import Page

from sousveil.case.folder import Case
from sousveil.pipeline.apart import main
from sousveil.report.brief_page import write_all_briefs
from sousveil.web import Room
from sousveil.web.documents_view import DOCUMENTS
from sousveil.web.gate import REPORT_POLICY


def test_nothing_leads_out_of_the_report(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    (tmp_path / "outside.html").write_text("secret", "utf-8")
    (case.root / "report" / "link.html").symlink_to(tmp_path / "outside.html")
    (case.root / "report" / "report.html").write_text("<!doctype html><p>Report", "utf-8")
    (case.root / "report" / "other.js").write_text("1", "utf-8")
    with inside(Room(case)) as (client, _):
        assert client.get("/report/link.html").status_code == 404
        assert client.get("/report/other.js").status_code == 404
        shown = client.get("/report/report.html")
        assert shown.headers["content-security-policy"] == REPORT_POLICY
        kept = client.get("/report/report.html", params={"download": True})
        assert kept.content == shown.content
        assert kept.headers["content-disposition"] == 'attachment; filename="report.html"'
        assert client.get("/exports").text.count("Not written yet") == 2


def test_what_was_written_is_listed_and_opened(demo_case: Case, tmp_path: Path) -> None:
    root = tmp_path / "case"
    shutil.copytree(demo_case.root, root)
    assert main("protocol", root, io.BytesIO()) == 0
    assert main("briefs", root, io.BytesIO()) == 0
    with inside(Room(Case.open(root))) as (client, _):
        page = client.get("/exports").text
        Page(page)
        told = set(re.findall(r'href="/((?:report|protocol|briefs)/[^"?]+)"', page))
        there = {
            f"{folder}/{path.name}"
            for folder in ("report", "protocol", "briefs")
            for path in (root / folder).iterdir()
            if path.is_file()
        }
        assert told == there
        assert {"protocol/review-log.csv", "briefs/twitter.html", "briefs/twitter.md"} <= told
        for address in told:
            assert client.get(f"/{address}").content == (root / address).read_bytes()
        assert "The case changed since" not in section(page, "protocol")
        Path(root / "decisions" / "anna.jsonl").write_text("", "utf-8")
        page = client.get("/exports").text
        assert "The case changed since" in section(page, "protocol")
        assert "The case changed since" not in section(page, "briefs")


@needs_chromium
def test_no_document_scrolls_sideways_on_a_phone(demo_case: Case, tmp_path: Path) -> None:
    write_all_briefs(demo_case, tmp_path)
    pages = [demo_case.root / "report" / "report.html", *sorted(tmp_path.glob("*.html"))]
    assert len(pages) > 10
    with watched_page() as (page, _, _):
        page.set_viewport_size({"width": NARROW, "height": 844})
        for each in pages:
            page.goto(each.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW + 1, each.name


def section(page: str, name: str) -> str:
    """What stands of a document on the page of exports."""
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_what_goes_away_meanwhile_is_not_there(
    demo_case: Case, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    glob = Path.glob

    def none(folder: Path, pattern: str) -> Iterator[Path]:
        if folder.name in DOCUMENTS:
            raise FileNotFoundError
        return glob(folder, pattern)

    def gone(*_: object) -> NoReturn:
        raise FileNotFoundError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "glob", none)
        assert client.get("/exports").text.count("Not written yet") == 3
    assert (demo_case.root / "report" / "report.html").is_file()
    monkeypatch.setattr(Path, "open", gone)
    assert client.get("/report/report.html").status_code == 404
