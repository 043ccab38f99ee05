"""The record page in a real browser: from a value to its words and back, and nothing that harms."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import expect
from tests.report.browser import needs_chromium, watched_page
from tests.web import papers

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.web import Door, Room, create_app
from sousveil.web.serving import listening

pytestmark = needs_chromium


@contextmanager
def served(case: Case) -> Iterator[Door]:
    """The room of a case on a free port, until the end."""
    listener = listening(0)
    door = Door(listener.getsockname()[1])
    app = create_app(Room(case), door)
    app.state.pictures.patience = 120.0
    config = uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield door
    finally:
        server.should_exit = True
        thread.join()
        app.state.pictures.close()
        app.state.runs.stop()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return papers.make(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def ids(case: Case) -> dict[str, list[str]]:
    with connect(case) as connection:
        rows = connection.execute("SELECT source_path, notice_id FROM notices").fetchall()
    found: dict[str, list[str]] = {}
    for path, notice_id in rows:
        found.setdefault(Path(path).name, []).append(notice_id)
    return found


@pytest.mark.parametrize("look", ["text", "picture"])
def test_a_value_leads_to_its_words_and_they_lead_back(
    case: Case, ids: dict[str, list[str]], look: str
) -> None:
    (letter,) = ids["letter.pdf"]
    with served(case) as door, watched_page() as (page, requests, messages):
        page.goto(door.address)
        home = f"http://127.0.0.1:{door.port}"
        page.goto(f"{home}/record/{letter}?view={look}")
        page.click("#f-buyer a.to")
        anchor = page.evaluate("location.hash")
        assert anchor.startswith("#e-")
        mark = page.locator(anchor)
        assert mark.evaluate("e => e.getBoundingClientRect().top < innerHeight")
        expect(mark).to_have_class(re.compile(r"\blit\b"))  # the page hears of the new place later
        mark.click()
        assert page.evaluate("location.hash") == "#f-buyer"
        page.wait_for_load_state("networkidle")
        if look == "picture":
            wide = page.locator(".paper img").evaluate("e => e.complete && e.naturalWidth")
            assert wide > 500
    assert all(address.startswith(home) for address in requests)
    assert messages == []


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_records_made_to_harm_run_nothing(
    case: Case, ids: dict[str, list[str]], bypass_csp: bool
) -> None:
    with served(case) as door, watched_page(bypass_csp=bypass_csp) as (page, requests, messages):
        page.goto(door.address)
        home = f"http://127.0.0.1:{door.port}"
        for notice_id in ids["attacks.json"]:
            page.goto(f"{home}/record/{notice_id}")
            assert page.evaluate("window.hit") is None
            assert page.locator("h1").count() == 1
            assert page.locator("#cite").is_visible()
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not wide, "the page scrolls sideways"
    assert len(ids["attacks.json"]) == len(papers.ATTACKS)
    assert all(address.startswith(home) for address in requests)
    assert messages == []


def test_a_page_is_seen_unmasked_by_hand(case: Case, ids: dict[str, list[str]]) -> None:
    (letter,) = ids["letter.pdf"]
    with served(case) as door, watched_page() as (page, _, messages):
        page.goto(door.address)
        page.goto(f"http://127.0.0.1:{door.port}/record/{letter}")
        assert "张三丰" not in page.content()
        page.click("text=See this page unmasked")
        page.fill("#by", "A. Reader")
        page.fill("#reason", "The bidding company is covered on the picture.")
        page.click("button.grave")
        assert "张三丰" in page.inner_text("article")
        red = page.locator(".warning").first.evaluate("e => getComputedStyle(e).color")
        assert red == "rgb(138, 28, 28)"
        wide = page.locator("figure img").evaluate("e => e.decode().then(() => e.naturalWidth)")
        assert wide > 500
    assert messages == []
