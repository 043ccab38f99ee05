"""Records made to harm, on every page of the room: no script of theirs runs and no page breaks,
with the policy that forbids it and without."""

from collections.abc import Iterator

import pytest
from tests.report.browser import needs_chromium
from tests.web import papers
from tests.web.conftest import inside
from tests.web.looking import NARROW, Visitor, visiting
from tests.web.test_record import MOST_BYTES, Page
from tests.web.walk import Found, some, walk

from sousveil.case.folder import Case
from sousveil.text.controls import visible
from sousveil.web import Room

TYPED = (
    "/search?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E",
    "/search?q=%22%3E%3Cimg+src%3Dx+onerror%3Dwindow.hit%3D1%3E&order=published",
    "/search?%3Csvg+onload%3Dwindow.hit%3D1%3E=1",
    "/search?q=title%3A%E2%80%AE%3Cb%3E&nosuch%22%3E%3Cscript%3E=1",
)
"""Addresses that somebody was talked into opening."""
MOST_OF_A_ROUTE = len(papers.ATTACKS) + 4


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return papers.worst(tmp_path_factory.mktemp("worst"))


@pytest.fixture(scope="module")
def found(case: Case) -> Iterator[list[Found]]:
    with inside(Room(case)) as (client, _):
        client.app.state.pictures.patience = 120.0  # type: ignore[attr-defined]
        yield walk(client, most=MOST_OF_A_ROUTE)
        client.app.state.pictures.close()  # type: ignore[attr-defined]


def test_no_page_holds_markup_of_a_record(found: list[Found]) -> None:
    pages = [each for each in found if each.text]
    assert sum("window.hit" in each.text for each in pages) > len(papers.ATTACKS)
    for each in pages:
        assert len(each.text.encode()) <= MOST_BYTES, each.address
        assert each.text == visible(each.text), "steering characters are shown, not obeyed"
        for tag, given in Page(each.text).tags:
            assert tag not in ("iframe", "object", "embed", "base", "style"), each.address
            assert not any(name.startswith("on") or name == "style" for name in given), each.address
            assert tag != "script" or str(given["src"]).startswith("/static/"), each.address
            for name in ("href", "src", "action"):
                assert (given.get(name) or "/").startswith(("/", "#")), each.address


@needs_chromium
@pytest.mark.parametrize("policy", [True, False])
def test_nothing_runs_and_no_page_breaks(case: Case, found: list[Found], policy: bool) -> None:
    records = [each.address for each in found if each.route == "/record/{notice_id}"]
    assert len(records) > len(papers.ATTACKS)
    with visiting(case, bypass_csp=not policy) as visitor:
        visitor.look("light", NARROW)
        for address in dict.fromkeys((*some(found), *records, *TYPED)):
            visitor.go(address)
            assert broken(visitor) == [], address


def broken(visitor: Visitor) -> list[str]:
    """What is wrong with the page that is open."""
    page = visitor.page
    checks = {
        "a script ran": page.evaluate("window.hit") is not None,
        "another page is open": page.locator("header.top nav").count() != 1,
        "its heads are not one": page.locator("h1").count() != 1,
        "its end is not in sight": not page.locator("body > footer").is_visible(),
        "it scrolls sideways": visitor.scrolls_sideways(),
    }
    return [wrong for wrong, is_so in checks.items() if is_so]
