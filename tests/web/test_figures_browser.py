"""Figures and pages in a real browser: there and back, files, phones, paper."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.report.browser import needs_chromium, watched_page
from tests.web.test_entities import organisations
from tests.web.test_record_browser import served

from sousveil.case.folder import Case

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def home(demo_case: Case) -> Iterator[tuple[str, str]]:
    """The room's address, and the one that lets in."""
    with served(demo_case) as door:
        yield f"http://127.0.0.1:{door.port}", door.address


@pytest.fixture(scope="module")
def browsing(home: tuple[str, str]) -> Iterator[tuple[Page, str, list[str], list[str]]]:
    with watched_page() as (page, requests, messages):
        page.goto(home[1])
        yield page, home[0], requests, messages
        assert all(address.startswith(home[0]) for address in requests)
        assert messages == []


def test_from_a_search_to_its_figures_to_records_and_back(
    browsing: tuple[Page, str, list[str], list[str]],
) -> None:
    page, home, *_ = browsing
    page.goto(f"{home}/search?q=舆情&place=CN")
    before = page.locator("#total").inner_text()
    page.click(".to-figures")
    page.wait_for_url("**/figures?**")
    told = page.locator("#capabilities .bars tbody tr").first.locator("a")
    number = int(told.inner_text())
    told.click()
    page.wait_for_url("**/search?**")
    assert page.locator(".hit").count() >= number
    page.go_back()
    page.click(".back a")
    expect(page.locator("#total")).to_have_text(before)


def test_a_file_is_saved_and_adds_up_to_the_bars(
    browsing: tuple[Page, str, list[str], list[str]],
) -> None:
    page, home, *_ = browsing
    page.goto(f"{home}/figures?q=人脸")
    bars = page.locator("#buyers .bars tbody tr td.n.chosen").all_inner_texts()
    with page.expect_download() as download:
        page.locator("#buyers .take a").first.click()
    assert download.value.suggested_filename == "buyers.csv"
    with Path(download.value.path()).open(encoding="utf-8-sig") as file:
        assert [row["projects"] for row in csv.DictReader(file)] == bars
    with page.expect_download() as download:
        page.locator("#buyers .take a").nth(1).click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_years_tiles_and_levels_lead_to_records(
    browsing: tuple[Page, str, list[str], list[str]],
) -> None:
    page, home, *_ = browsing
    for number in ("svg.years a", ".map a", ".levels a"):
        page.goto(f"{home}/figures")
        page.locator(number).first.click(position={"x": 3, "y": 3})
        page.wait_for_url("**/search?**")
        assert page.locator(".hit").count() > 0


def test_a_name_in_the_network_leads_to_its_page(
    browsing: tuple[Page, str, list[str], list[str]],
) -> None:
    page, home, *_ = browsing
    page.goto(f"{home}/figures/network")
    name = page.locator(".network a text").first.text_content()
    page.locator(".network a").first.click()
    page.wait_for_url("**/organisation/*")
    assert page.locator("h1").inner_text() == name


def pages(case: Case) -> list[str]:
    (supplier, _), *_ = organisations(case, "supplier")
    return [
        *("/figures", "/figures?measure=usd&q=人脸", "/figures/network", "/place/CN"),
        *("/place/CN/广东", "/platform/twitter", f"/organisation/{supplier}"),
    ]


@pytest.mark.parametrize("width", [390, 1200])
def test_every_word_of_a_figure_is_large_enough(
    browsing: tuple[Page, str, list[str], list[str]], demo_case: Case, width: int
) -> None:
    page, home, *_ = browsing
    page.set_viewport_size({"width": width, "height": 800})
    for path in pages(demo_case):
        page.goto(home + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(".panel svg:not(.network svg) text")].filter(
                 (t) => t.getBoundingClientRect().height && t.getBoundingClientRect().height < 9
               ).map((t) => t.textContent)"""
        )
        assert small == [], f"{path} has words too small to read"


def test_figures_are_drawn_when_printed(
    browsing: tuple[Page, str, list[str], list[str]],
) -> None:
    page, home, *_ = browsing
    page.set_viewport_size({"width": 1200, "height": 800})
    page.goto(f"{home}/figures")
    page.emulate_media(media="print")
    for gone in (".box", ".take", ".measures"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.locator("#buyers .length rect").first.bounding_box() is not None
    assert re.match(r"[\d,]+ of", page.locator(".big").inner_text())
    page.emulate_media(media="screen")
