"""What surveillance projects say of one platform: its brief as a page, and as a file to send."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sousveil.pipeline.browsing import MOST_PAGES
from sousveil.pipeline.overviews import ON_PAGE
from sousveil.report.brief_page import limits
from sousveil.web.entity_addresses import platform_page
from sousveil.web.figure_files import download
from sousveil.web.figure_records import naming
from sousveil.web.room import ReadingHere
from sousveil.web.search_state import State
from sousveil.web.shown import page

router = APIRouter()


@router.get("/platform/{code}")
def platform(
    request: Request,
    reading: ReadingHere,
    code: str,
    p: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)] = 1,
) -> Response:
    """The brief, some projects at a time; 404 where no surveillance project names the platform."""
    found = reading.overviews.platform(code, p)
    if found is None or (p > 1 and not found.projects):
        raise HTTPException(404)
    state = State(choices=(("surveillance", "true"), ("platform", code)))
    here = platform_page(code)
    return page(
        request,
        "platform.html",
        head=found.head,
        projects=found.projects,
        limits=list(limits(found.head)),
        naming=naming,
        state=state,
        here_page=here,
        number=p,
        pages=-(-found.head.projects // ON_PAGE),
    )


@router.get("/platform/{code}/brief.{form}")
def brief(reading: ReadingHere, code: str, form: Literal["html", "md"]) -> Response:
    """The whole brief as one file, as ``sousveil brief`` writes it."""
    content = reading.overviews.brief(code, form)
    if content is None:
        raise HTTPException(404)
    return download(content, f"{code}.{form}")
