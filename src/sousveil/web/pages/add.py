"""Adding files: handed over by dropping or choosing, then read in a process of its own."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from sousveil.case.incoming import MOST_BYTES
from sousveil.pipeline.apart import Job
from sousveil.pipeline.find import failures
from sousveil.web.add_view import failures_page, run_view, waiting_view
from sousveil.web.desks import WAIT_SECONDS
from sousveil.web.room import ReadingHere, RoomHere
from sousveil.web.runs import Runs
from sousveil.web.shown import page
from sousveil.web.upload import receive

router = APIRouter()


def _runs(request: Request) -> Runs:
    found: Runs = request.app.state.runs
    return found


RunsHere = Annotated[Runs, Depends(_runs)]


@router.get("/add")
def add(
    request: Request,
    room: RoomHere,
    reading: ReadingHere,
    runs: RunsHere,
    more: Annotated[bool, Query()] = False,
) -> Response:
    """The page for adding files, and how the last run stands. ``more``: nothing was removed, since
    more waits than was shown."""
    waiting, run = room.case.incoming.waiting(), runs.last
    return page(
        request,
        "add.html",
        most=MOST_BYTES,
        run=run_view(run) if run else None,
        waiting=waiting_view(waiting) if waiting and not runs.going else None,
        empty=reading.state.index is None,
        more=more,
    )


@router.post("/add/files")
async def hand_over(request: Request, room: RoomHere, runs: RunsHere) -> Response:
    """Keep the files of the form until a run takes them in; none while one is going on."""
    runs.idle()
    await receive(request, request.app.state.door, room.case.incoming)
    return RedirectResponse("/add", 303)


@router.post("/add/run")
def begin(runs: RunsHere, job: Annotated[Job, Form()] = "add") -> Response:
    """Read what waits and bring the case up to date; or write the report anew."""
    runs.begin(job)
    return RedirectResponse("/add", 303)


@router.post("/add/stop")
def stop(runs: RunsHere) -> Response:
    """End the run that is going on. What was done is kept."""
    runs.stop()
    return RedirectResponse("/add", 303)


@router.post("/add/clear")
def clear(
    room: RoomHere, runs: RunsHere, mark: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """Remove what waits, where it is still what was shown."""
    runs.idle()
    with room.case.writing(WAIT_SECONDS):
        cleared = room.case.incoming.clear(mark)
    return RedirectResponse("/add" if cleared else "/add?more=true", 303)


@router.get("/add/failures")
def unread(
    request: Request,
    room: RoomHere,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """All files of the case that could not be read, and why."""
    found = failures_page(failures(room.case), number)
    return page(request, "failures.html", found=found)
