"""The report in a real browser: no request outside the file, nothing on the console."""

from pathlib import Path

import pytest
from tests.report.browser import needs_chromium, watched_page

from sousveil.case.folder import Case


@pytest.fixture(scope="module")
def report(demo_case: Case) -> Path:
    return demo_case.root / "report" / "report.html"


@needs_chromium
def test_report_opens_without_request_or_console_message(report: Path) -> None:
    with watched_page() as (page, requests, messages):
        page.goto(report.as_uri())
        assert "Surveillance purchases" in page.inner_text("h1")
        assert page.locator("figure svg").count() >= 5
        assert page.locator("article").count() >= 10
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        assert not wide, "the page scrolls sideways"
        with page.expect_download() as download:
            page.locator("#buyers a[download]").click()
        data = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert data.startswith("buyer_type,projects")
    outside = [u for u in requests if u != report.as_uri() and not u.startswith("data:")]
    assert outside == []
    assert messages == []


def test_pictures_and_data_stand_beside_the_page(report: Path) -> None:
    figures = report.parent / "figures"
    names = {p.stem for p in figures.glob("*.csv")}
    assert {"buyers", "capabilities", "platforms", "spend", "sophistication"} <= names
    drawn = {p.stem for p in figures.glob("*.png")}
    assert drawn == {p.stem for p in figures.glob("*.svg")}
    assert {"buyers", "capabilities", "spend"} <= drawn
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in figures.glob("*.png"))


def test_report_says_that_its_records_are_illustrative(report: Path) -> None:
    assert "Illustrative records." in report.read_text(encoding="utf-8")
