"""Searching: the box, the notices found, how they divide, and the queries kept by name."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from sousveil.case.queries import SavedQuery, save_query, saved_queries
from sousveil.errors import QueryError, UsageError
from sousveil.pipeline.browsing import MOST_PAGES
from sousveil.pipeline.find import check_saved
from sousveil.search import Order
from sousveil.search.facets import Facet, Shape
from sousveil.web import labels, search_view
from sousveil.web.room import Reading, ReadingHere, RoomHere
from sousveil.web.search_state import ORDERS, State, passed_over, read_state
from sousveil.web.shown import language_of, page

router = APIRouter()


@router.get("/search")
def search(
    request: Request,
    reading: ReadingHere,
    q: str = "",
    order: Order = "relevance",
    p: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)] = 1,
) -> Response:
    """The search page; its whole state stands in the address."""
    state = read_state(q.strip(), order, p, request.query_params)
    label = labels_of(reading, language_of(request))
    try:
        saved, broken = saved_queries(reading.case), None
    except UsageError as error:
        saved, broken = [], error
    texts = {each.name: each.query for each in saved}
    shown = partial(
        page,
        request,
        "search.html",
        state=state,
        passed_over=passed_over(request.query_params),
        orders=ORDERS,
        chips=search_view.chips(state, label),
        saved=saved,
        broken=broken,
    )
    if reading.state.index is None:
        return shown(wrong=None, found=None)
    try:
        browsed = reading.browser.browse(state.asked(), texts)
    except QueryError as error:
        return shown(wrong=error, found=None)
    reading.name_organisations(key for key, _ in browsed.counts.values["supplier"])
    return shown(
        wrong=None,
        found=browsed,
        groups=search_view.groups(browsed, state, label),
        hits=search_view.hits(browsed),
        pager=search_view.pager(state, browsed.total),
    )


@router.post("/queries")
def keep(
    request: Request,
    room: RoomHere,
    name: Annotated[str, Form(max_length=64)],
    query: Annotated[str, Form(max_length=20_000)] = "",
    note: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Keep a query by name in the case, as ``sousveil query save`` does; never over another."""
    with room.case.writing():
        check_saved(room.case, name, query)
        save_query(room.case, SavedQuery(name, query, note))
    return RedirectResponse(State(f"@{name}").address(), 303)


def labels_of(reading: Reading, language: str) -> search_view.Label:
    """What values of facets are called, suppliers by the case."""

    def label(facet: Facet, value: str) -> str:
        if facet.shape is Shape.SUPPLIERS:
            return reading.organisation(value)
        return labels.value_label(facet, value, language, reading.taxonomy)

    return label
