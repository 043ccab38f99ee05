"""A place of the tree: what lies in it, who buys there, what, and when."""

from collections.abc import Iterator, Sequence

import msgspec
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from sousveil.pipeline.browsing import Asked
from sousveil.search.facets import NONE
from sousveil.search.place_tree import Counted, path_of
from sousveil.web import figures_view
from sousveil.web.entity_addresses import place_page
from sousveil.web.figures_view import Telling
from sousveil.web.labels import place_label
from sousveil.web.pages.figures import file_address, overview_here, trends_here
from sousveil.web.pages.record import found_row
from sousveil.web.room import Reading, ReadingHere
from sousveil.web.search_state import State
from sousveil.web.shown import language_of, page

router = APIRouter()

_FIGURES = (
    *("spend", "capabilities", "bodies", "suppliers", "buyers", "platforms", "target_groups"),
    "sophistication",
)


class Node(msgspec.Struct, frozen=True):
    """A place below another, how many notices lie in it, and its page."""

    label: str
    notices: int
    page: str


@router.get("/place/{path:path}")
def place(request: Request, reading: ReadingHere, path: str) -> Response:
    """The page of a place; 404 for one that no notice is from."""
    if reading.state.index is None:
        raise HTTPException(404)
    nodes = reading.browser.browse(Asked(), {}).counts.places
    here = next((node for node in nodes if node.path == path), None)
    if here is None:
        raise HTTPException(404)
    language = language_of(request)
    state = State(choices=(("place", path),))
    query, overview = overview_here(reading, state)
    told = Telling(language, reading.taxonomy, state)
    return page(
        request,
        "place.html",
        path=path,
        label=place_label(path, language),
        above=list(_above(path, language)),
        below=_below(nodes, path, language),
        state=state,
        found=overview.found,
        illustrative=overview.illustrative,
        query=str(query),
        panels=figures_view.panels(overview, told, _FIGURES, trends_here(reading, query, overview)),
        files=file_address(state, "projects"),
    )


def paths(reading: Reading) -> frozenset[str]:
    """The places that have a page."""
    if reading.state.index is None:
        return frozenset()
    return frozenset(node.path for node in reading.browser.browse(Asked(), {}).counts.places)


@router.get("/record/{notice_id}/place")
def of_record(reading: ReadingHere, notice_id: str) -> Response:
    """From a record to the page of its place; to the search where it states none."""
    path = _path_of(reading, notice_id)
    return RedirectResponse(place_page(path) if path else f"/search?place={NONE}", 303)


def _path_of(reading: Reading, notice_id: str) -> str | None:
    row = found_row(reading, notice_id)
    said = [str(row[name] or "") for name in ("country", "province", "place")]
    return path_of(*said)


def _above(path: str, language: str) -> Iterator[tuple[str, str]]:
    """(name, page) of the places that a place lies in, the country first."""
    parts = path.split("/")
    for depth in range(1, len(parts)):
        part = "/".join(parts[:depth])
        yield place_label(part, language), place_page(part)


def _below(nodes: Sequence[Counted], path: str, language: str) -> list[Node]:
    return [
        Node(place_label(node.path, language), node.count, place_page(node.path))
        for node in nodes
        if node.parent == path
    ]
