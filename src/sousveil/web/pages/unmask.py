"""Seeing a page of a record unmasked: asked for with name and reason, noted in the ledger first.

What is shown is in no cache, no index and no file: the answer says so to the browser, and a picture
is held in memory for one look.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sousveil.errors import UsageError
from sousveil.pipeline.unmasking import MOST_REASON, unmask
from sousveil.report.record.view import RecordView, view
from sousveil.web.pages.record import MOST_PAGE, PageNumber, PicturesHere, found_row
from sousveil.web.room import Reading, ReadingHere, RoomHere
from sousveil.web.shown import page

router = APIRouter()

_HEADERS = {"cache-control": "no-store", "pragma": "no-cache", "x-robots-tag": "noindex, nofollow"}

MOST_CHARACTERS = 40_000
"""Code points of an unmasked page that are shown: the rest stands in the original."""


@router.get("/record/{notice_id}/unmask")
def ask(
    request: Request,
    reading: ReadingHere,
    notice_id: str,
    n: Annotated[PageNumber, Query(alias="page")] = None,
) -> Response:
    """The form that asks who wants to see a page (the record's first) unmasked, and why."""
    shown = _of_page(reading, notice_id, n)
    number = n or shown.pages[0]
    return page(request, "unmask.html", record=shown, number=number, most=MOST_REASON)


@router.post("/record/{notice_id}/unmask")
def see(
    request: Request,
    reading: ReadingHere,
    room: RoomHere,
    pictures: PicturesHere,
    notice_id: str,
    n: Annotated[int, Form(alias="page", ge=1, le=MOST_PAGE)],
    by: Annotated[str, Form(max_length=200)] = "",
    reason: Annotated[str, Form(max_length=5_000)] = "",
) -> Response:
    """The page as it is, once the ledger says who looks and why; else the form again."""
    shown = _of_page(reading, notice_id, n)
    try:
        drawn = unmask(
            room.case,
            reading.state,
            pictures,
            (shown.document_sha256, n),
            by=by,
            reason=reason,
        )
    except UsageError as error:
        return page(
            request, "unmask.html", status=400, record=shown, number=n, most=MOST_REASON,
            error=error, by=by, reason=reason,
        )  # fmt: skip
    ticket = request.app.state.unmasked.hold(drawn.png) if drawn.png else None
    text = drawn.text[:MOST_CHARACTERS]
    response = page(
        request, "unmasked.html", record=shown, number=n, lines=text.split("\n"), ticket=ticket,
        left_out=len(drawn.text) - len(text), by=by, problem=drawn.problem,
    )  # fmt: skip
    response.headers.update(_HEADERS)
    return response


@router.get("/record/{notice_id}/unmasked/{ticket}.png")
def picture(request: Request, notice_id: str, ticket: str) -> Response:
    """The picture of a page unmasked, once."""
    png = request.app.state.unmasked.take(ticket)
    if png is None:
        raise HTTPException(404)
    return Response(png, media_type="image/png", headers=_HEADERS)


def _of_page(reading: Reading, notice_id: str, number: int | None) -> RecordView:
    shown = view(found_row(reading, notice_id), reading.taxonomy)
    if number is not None and number not in shown.pages:
        raise HTTPException(404)
    return shown
