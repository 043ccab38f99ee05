"""Searching: the box, the notices found, and how they divide."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from sousveil.pipeline.find import find
from sousveil.web.room import ReadingHere
from sousveil.web.shown import page

router = APIRouter()


@router.get("/search")
def search(request: Request, reading: ReadingHere, q: str = "") -> Response:
    """The search page; its whole state stands in the address."""
    found = find(reading.case, q, limit=20, offset=0, order="relevance")
    return page(request, "search.html", q=q, found=found)
