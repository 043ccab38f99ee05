"""Taking away: documents, and every export of the command line, by the same functions."""

from functools import partial

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sousveil.errors import QueryError
from sousveil.pipeline.exporting import check_export, write_export
from sousveil.pipeline.find import parsed
from sousveil.web.documents_view import documents
from sousveil.web.exports_view import MEDIA_TYPES, exports_view
from sousveil.web.room import ReadingHere, RoomHere
from sousveil.web.shown import page
from sousveil.web.streaming import download

router = APIRouter()


@router.get("/exports")
def exports(request: Request, reading: ReadingHere, q: str | None = None) -> Response:
    """What can be had: of the whole case without ``q``, else of what that query finds."""
    case, query, wrong, count = reading.case, (q or "").strip() or None, None, None
    if reading.state.index is not None:
        try:
            count = reading.index.count(parsed(case, query or ""))
        except QueryError as error:
            wrong = error
    return page(
        request,
        "exports.html",
        query=query or "",
        wrong=wrong,
        count=count,
        found=exports_view(query, case.root) if wrong is None else None,
        documents=documents(case),
    )


@router.get("/exports/{what}.{form}")
def export(room: RoomHere, what: str, form: str, q: str | None = None) -> Response:
    """An export, byte for byte that of the command line, sent while it is written."""
    if form not in MEDIA_TYPES:
        raise HTTPException(404)
    check_export(what, form, by_query=q is not None)
    write = partial(write_export, room.case, what, form, query=q)
    return download(write, f"{what}.{form}", MEDIA_TYPES[form])
