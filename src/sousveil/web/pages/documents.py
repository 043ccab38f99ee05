"""The documents of a case as they were written: the report, the report of the review, briefs.

Each page is one file with its style and pictures in it, under a policy in which nothing runs.
"""

from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathOf
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from sousveil.web.documents_view import BESIDE
from sousveil.web.gate import REPORT_POLICY
from sousveil.web.room import RoomHere

router = APIRouter()

_PAGE = ".html"
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
    folder = request.url.path.split("/")[1]
    file = _file(room.case.root / folder, path)
    shown = file.suffix == _PAGE
    return FileResponse(
        file,
        media_type=_KINDS[file.suffix],
        headers={"content-security-policy": REPORT_POLICY} if shown else None,
        filename=None if shown and not kept else file.name,
    )


def _file(folder: Path, path: str) -> Path:
    """The file, which lies in the folder and is of a kind that a document has. Raises HTTPException
    404."""
    file = folder / PurePosixPath(path)
    inside = file.resolve().is_relative_to(folder.resolve())
    if not inside or file.suffix not in (_PAGE, *BESIDE) or not file.is_file():
        raise HTTPException(404)
    return file
