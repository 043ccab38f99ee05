"""Taking away: the report, and every export of the command line, by the same functions."""

from functools import partial
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathOf
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from sousveil.errors import QueryError
from sousveil.pipeline.exporting import check_export, write_export
from sousveil.pipeline.find import parsed
from sousveil.web.exports_view import MEDIA_TYPES, exports_view, report_view
from sousveil.web.gate import REPORT_POLICY
from sousveil.web.room import ReadingHere, RoomHere
from sousveil.web.shown import page
from sousveil.web.streaming import download

router = APIRouter()

ASKED = Annotated[str | None, Query(max_length=20_000)]
_PAGES = {".html": "text/html; charset=utf-8"}
_FILES = {".csv": "text/csv; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}


@router.get("/exports")
def exports(request: Request, reading: ReadingHere, q: ASKED = None) -> Response:
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
        report=report_view(case.root / "report" / "report.html", case.manifest_path),
    )


@router.get("/exports/{what}.{form}")
def export(room: RoomHere, what: str, form: str, q: ASKED = None) -> Response:
    """An export, byte for byte that of the command line, sent while it is written."""
    if form not in MEDIA_TYPES:
        raise HTTPException(404)
    check_export(what, form, by_query=q is not None)
    write = partial(write_export, room.case, what, form, query=q)
    return download(write, f"{what}.{form}", MEDIA_TYPES[form])


@router.get("/report/{path:path}")
def report(
    room: RoomHere,
    path: Annotated[str, PathOf(max_length=200, pattern=r"^[A-Za-z0-9_./-]+$")],
    download: bool = False,
) -> Response:
    """A file of the last report: its pages to be looked at, all else as downloads."""
    file = _of_report(room.case.root / "report", path)
    kind = _PAGES.get(file.suffix)
    if kind is not None and not download:
        headers = {"content-security-policy": REPORT_POLICY}
        return FileResponse(file, media_type=kind, headers=headers)
    return FileResponse(file, media_type=kind or _FILES[file.suffix], filename=file.name)


def _of_report(folder: Path, path: str) -> Path:
    """The file, which lies in the folder and is of a kind that a report has. Raises HTTPException
    404."""
    file = folder / PurePosixPath(path)
    kinds = _PAGES.keys() | _FILES.keys()
    inside = file.resolve().is_relative_to(folder.resolve())
    if not inside or file.suffix not in kinds or not file.is_file():
        raise HTTPException(404)
    return file
