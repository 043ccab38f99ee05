"""The documents of a case as they were written: the report, the report of the review, briefs.

Each page is one file with its style and pictures in it, under a policy in which nothing runs.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathOf
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from sousveil.web.documents_view import BESIDE
from sousveil.web.gate import REPORT_POLICY
from sousveil.web.room import RoomHere

router = APIRouter()

_PAGE = ".html"
_PIECE = 1 << 18
_KINDS = {".csv": "text/csv", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain",
          ".md": "text/markdown", _PAGE: "text/html"}  # fmt: skip


@router.get("/report/{path:path}")
@router.get("/protocol/{path:path}")
@router.get("/briefs/{path:path}")
def document(
    request: Request,
    room: RoomHere,
    path: Annotated[str, PathOf(max_length=200, pattern=r"^[A-Za-z0-9_./-]+$")],
    kept: Annotated[bool, Query(alias="download")] = False,
) -> Response:
    """A page to be looked at, or a file to be kept."""
    folder = request.scope["path"].split("/")[1]
    file = _file(room.case.root / folder, path)
    shown = file.suffix == _PAGE
    opened = _opened(file)
    headers = {"content-length": str(os.fstat(opened.fileno()).st_size)}
    if shown:
        headers["content-security-policy"] = REPORT_POLICY
    if kept or not shown:
        headers["content-disposition"] = f'attachment; filename="{file.name}"'
    return StreamingResponse(_pieces(opened), media_type=_KINDS[file.suffix], headers=headers)


def _file(folder: Path, path: str) -> Path:
    """The file, which lies in the folder and is of a kind that a document has. Raises HTTPException
    404."""
    file = folder / PurePosixPath(path)
    inside = file.resolve().is_relative_to(folder.resolve())
    if not inside or file.suffix not in (_PAGE, *BESIDE) or not file.is_file():
        raise HTTPException(404)
    return file


def _opened(file: Path) -> BinaryIO:
    """The file, which stays as it is while it is sent, even where a run writes another in its
    place. Raises HTTPException 404 where it is gone."""
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise HTTPException(404) from error


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(_PIECE):
            yield piece
