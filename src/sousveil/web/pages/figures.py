"""The figures of what a search found, in the same state as the search page, and their files."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from sousveil.errors import QueryError, UsageError
from sousveil.pipeline.browsing import query_of
from sousveil.pipeline.overviews import DRAWN, TESTED_AT_ONCE, Overview
from sousveil.reference.glossary import gloss
from sousveil.report.figure_files import csv_of
from sousveil.report.trend import Trend
from sousveil.search import Query as Asked
from sousveil.web import figures_view, search_view
from sousveil.web.entity_addresses import organisation_page
from sousveil.web.figure_files import (
    Form,
    Source,
    download,
    figure_file,
    network_words,
    picture_file,
)
from sousveil.web.figure_records import keys_of, naming, read_row, search_of
from sousveil.web.figures_view import Measure, Telling
from sousveil.web.pages.search import labels_of
from sousveil.web.room import Reading, ReadingHere
from sousveil.web.search_state import State, read_state
from sousveil.web.shown import language_of, page

router = APIRouter()

PATH = "/figures"
NETWORK = f"{PATH}/network"


def _state(request: Request, q: Annotated[str, Query(max_length=20_000)] = "") -> State:
    return read_state(q.strip(), "relevance", 1, request.query_params)


StateHere = Annotated[State, Depends(_state)]
"""The search that figures are made of."""


def query_here(reading: Reading, state: State) -> Asked:
    """The search as one query. Raises QueryError."""
    return query_of(state.asked(), reading.saved())


def overview_here(reading: Reading, state: State) -> tuple[Asked, Overview]:
    """The search as one query, and its figures. Raises QueryError."""
    query = query_here(reading, state)
    return query, reading.overviews.figures(reading.index, query)


def trends_here(
    reading: Reading, query: Asked, overview: Overview, *, tested: bool = False
) -> list[Trend] | None:
    """The tests of ladders; None where they would take long and were not asked for."""
    if overview.found.surveillance > TESTED_AT_ONCE and not tested:
        return None
    return reading.overviews.trends(reading.index, query)


@router.get(PATH)
def figures(
    request: Request,
    reading: ReadingHere,
    state: StateHere,
    measure: Measure = "projects",
    tested: bool = False,
) -> Response:
    """All figures of a search. ``tested``: with the tests of trends, however long they take."""
    language = language_of(request)
    told = Telling(language, reading.taxonomy, state, measure)
    to = partial(_address, PATH, measure)
    chips = search_view.chips(state, labels_of(reading, language), to)
    shown = partial(page, request, "figures.html", state=state, measure=measure, chips=chips, to=to)
    if reading.state.index is None:
        return shown(wrong=None, found=None)
    try:
        query, overview = overview_here(reading, state)
    except QueryError as error:
        return shown(wrong=error, found=None)
    return shown(
        wrong=None,
        found=overview.found,
        illustrative=overview.illustrative,
        query=str(query),
        panels=figures_view.panels(
            overview, told, DRAWN, trends_here(reading, query, overview, tested=tested)
        ),
        files=file_address(state, measure),
        measures=[(each, _address(PATH, each, state)) for each in get_args(Measure)],
    )


@router.get(NETWORK)
def network(request: Request, reading: ReadingHere, state: StateHere) -> Response:
    """Who bought from whom in the notices found."""
    to = partial(_address, NETWORK, "projects")
    chips = search_view.chips(state, labels_of(reading, language_of(request)), to)
    shown = partial(
        page, request, "network.html", state=state, measure="projects", chips=chips, to=to
    )
    if reading.state.index is None:
        return shown(wrong=None, found=None)
    try:
        query = query_here(reading, state)
    except QueryError as error:
        return shown(wrong=error, found=None)
    found = reading.overviews.network(
        reading.index, query, network_words(language_of(request)), organisation_page
    )
    pairs = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return shown(
        wrong=None,
        found=found,
        query=str(query),
        pairs=pairs,
        records=lambda pair: naming(str(pair["project_keys"]).split()),
        page_of=organisation_page,
        gloss=gloss,
        files=file_address(state, "projects"),
    )


@router.get(PATH + "/{name}.{form}")
def file(
    request: Request,
    reading: ReadingHere,
    state: StateHere,
    name: str,
    form: Form,
    measure: Measure = "projects",
) -> Response:
    """A figure as a file; 404 for one that there is not, or a picture of nothing."""
    if reading.state.index is None or name not in (*DRAWN, "network"):
        raise HTTPException(404)
    if name == "network":
        return _network_file(reading, state, form, language_of(request))
    query, overview = overview_here(reading, state)
    told = Telling(language_of(request), reading.taxonomy, state, measure)
    source = Source(
        str(query),
        overview.found,
        reading.case.settings.name,
        reading.state.generation,
        overview.illustrative,
    )
    figure = figures_view.drawn(overview.figures[name], measure)
    made = figure_file(figure, form, told, source)
    if made is None:
        raise HTTPException(404)
    return made


@router.get(PATH + "/{name}/records")
def records(
    reading: ReadingHere,
    state: StateHere,
    name: str,
    picked: Annotated[list[str], Query(alias="is", min_length=1, max_length=3)],
) -> Response:
    """From a number to the notices of the projects that it counts; 404 where it counts none.

    Raises UsageError where no search finds just these."""
    if reading.state.index is None or name not in DRAWN:
        raise HTTPException(404)
    _, overview = overview_here(reading, state)
    figure, row = overview.figures[name], read_row(picked)
    if not keys_of(figure, row):
        raise HTTPException(404)
    search = search_of(reading, state, figure, row)
    if search is None:
        raise UsageError(
            "No search finds just the projects that this number counts, and they are too many to"
            " name one by one.",
            "The data below the figure (CSV) name them all.",
        )
    return RedirectResponse(search.address(), 303)


def _network_file(reading: Reading, state: State, form: Form, language: str) -> Response:
    query = query_here(reading, state)
    if form == "csv":
        return download(csv_of(*reading.overviews.pairs(reading.index, query)), "network.csv")
    found = reading.overviews.network(reading.index, query, network_words(language, str(query)))
    return picture_file(found.svg, form, "network")


def _address(path: str, measure: Measure, state: State) -> str:
    """Where a state is shown, with the measure where it is not the first."""
    fields = [*state.fields(), *([("measure", measure)] if measure != "projects" else [])]
    return path + (f"?{urlencode(fields)}" if fields else "")


def file_address(state: State, measure: Measure) -> Callable[[str, Form], str]:
    """Where the files of a figure are, by its name."""

    def address(name: str, form: Form) -> str:
        return _address(f"{PATH}/{name}.{form}", measure, state)

    return address
