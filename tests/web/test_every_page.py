"""What holds for every page of the room, those that come later too: small, sound markup, within
reach of all, silent."""

import pytest
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium
from tests.web.conftest import inside
from tests.web.looking import COLOURS, LOOKS, visiting
from tests.web.test_record import MOST_BYTES, Page
from tests.web.walk import Found, some, walk

from sousveil.case.folder import Case
from sousveil.web import Room
from sousveil.web.languages import LANGUAGES
from sousveil.web.pages import PAGES, entrance

STATES = (
    "/search?q=%E8%88%86%E6%83%85+country%3ACN&place=TW&not_type=tender&order=published",
    "/search?q=%22open",
    "/search?q=nothinglikeit&place=TW",
    "/search?nosuch=1",
    "/absent",
)
"""Addresses that no page leads to."""


@pytest.fixture(scope="module")
def found(room: Room) -> list[Found]:
    with inside(room) as (client, _):
        return walk(client)


def test_every_page_is_come_to_from_the_navigation(found: list[Found]) -> None:
    routes = {each.route for each in found}
    for page in PAGES:
        own = {route.path for route in page.router.routes if "GET" in route.methods}  # type: ignore[attr-defined]
        assert page.router is entrance.router or own & routes, f"nothing leads to {own}"


def test_markup_is_sound_and_small_in_every_language(
    client: TestClient, found: list[Found]
) -> None:
    for address in (*some(found), *STATES):
        for language in LANGUAGES:
            answer = client.get(address, headers={"accept-language": language})
            page = Page(answer.text)
            assert len(answer.content) <= MOST_BYTES, address
            assert ("html", {"lang": language}) in page.tags
            assert len(set(page.ids)) == len(page.ids), address
            within = {link[1:] for link in page.links if link.startswith("#")}
            assert within <= set(page.ids), address
            scripts = [given for tag, given in page.tags if tag in ("script", "style")]
            assert all(given.get("src") for given in scripts), "inline script or style"
            assert not any("style" in given for _, given in page.tags), address


@pytest.mark.slow
@needs_chromium
def test_everyone_can_use_every_page_in_any_light_and_width(
    demo_case: Case, found: list[Found]
) -> None:
    addresses = [*some(found), *STATES[:-1]]
    wrong = []
    with visiting(demo_case) as visitor:
        for number, address in enumerate(addresses):
            visitor.go(address)
            # One look of each width, light and dark in turn: all four for every style sheet.
            for scheme, width in (LOOKS[number % 2], LOOKS[2 + number % 2]):
                visitor.look(scheme, width)
                grave = visitor.findings(COLOURS if scheme == "dark" else ())
                wrong += [f"{address} {scheme} {width}: {each}" for each in grave]
                if visitor.scrolls_sideways():
                    wrong.append(f"{address} {width}: scrolls sideways")
    assert wrong == []
