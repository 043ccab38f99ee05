"""The review desk: one project after the other, one key or button a decision.

What is said goes into the decisions by the same functions as in the terminal. Each form leads on to
another address, so that loading a page again decides nothing.
"""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from sousveil.case.decisions import coders
from sousveil.case.samples import sample_names
from sousveil.coding.queues import Waiting
from sousveil.errors import DecisionError, UsageError
from sousveil.model.decision import Relevance
from sousveil.pipeline.desk import Answer
from sousveil.pipeline.sitting import Sitting
from sousveil.web import desk_view
from sousveil.web.desk_state import EVERY_QUEUE, DeskState, StateHere
from sousveil.web.desks import Desks
from sousveil.web.pages.record import PicturesHere
from sousveil.web.room import Reading, ReadingHere
from sousveil.web.shown import page

router = APIRouter()

_MOST_NOTE = 2_000
At = Annotated[str, Query(max_length=100)]
Key = Annotated[str, Form(max_length=100)]
Codes = Annotated[list[str], Form(default_factory=list, max_length=200)]


def _desks(request: Request) -> Desks[Sitting]:
    found: Desks[Sitting] = request.app.state.desks
    return found


DesksHere = Annotated[Desks[Sitting], Depends(_desks)]


@router.get("/desk")
def desk(
    request: Request,
    reading: ReadingHere,
    pictures: PicturesHere,
    desks: DesksHere,
    state: StateHere,
    at: At = "",
    choose: bool = False,
) -> Response:
    """The project that waits next, or the one asked for; without a coder the choice of a queue."""
    if choose or not state.coder:
        return choice(request, reading, state)
    if state.path != "/desk":
        return RedirectResponse(state.address(), 303)
    try:
        with desks.reading(state) as sitting:
            project = (sitting.find(at) if at else None) or sitting.way.next()
            standing = desk_view.standing(sitting, project)
            around = desk_view.around(state, sitting, project)
            if project is None:
                return page(request, "desk_end.html", state=state, standing=standing, around=around)
            own = sitting.desk.own().get(project.lead)
            said = sitting.desk.said_of(project) if state.adjudicate else []
            asked = desk_view.asked(sitting.desk, own)
            scheme, text_hash = sitting.desk.scheme, sitting.desk.text_hash(project)
    except UsageError as error:
        return choice(request, reading, state, error)
    looked = desk_view.look(reading, pictures, project.lead)
    before = standing.before[0].lead if standing.before else None
    return page(
        request,
        "desk.html",
        state=state,
        project=project,
        text_hash=text_hash,
        standing=standing,
        before_title=desk_view.title_of(reading, before) if before else "",
        around=around,
        asked=asked,
        scheme=scheme,
        own=own,
        opinions=desk_view.opinions(said),
        answers=desk_view.ANSWERS,
        first=desk_view.FIRST,
        most_note=_MOST_NOTE,
        record=looked.record,
        sheets=looked.sheets,
        links=looked.links,
        timeline=looked.project,
    )


def choice(
    request: Request, reading: Reading, state: DeskState, error: UsageError | None = None
) -> Response:
    """The form that chooses a queue, with what was wrong with the last choice."""
    return page(
        request,
        "desk_choose.html",
        status=400 if error else 200,
        state=state,
        queues=EVERY_QUEUE,
        samples=sample_names(reading.case),
        coders=coders(reading.case),
        sitting=[
            one
            for desks in (request.app.state.desks, request.app.state.field_desks)
            for one in desks.states
        ],
        error=error,
    )


@router.post("/desk")
def decide(
    desks: DesksHere,
    state: StateHere,
    at: Key,
    text: Key,
    capabilities: Codes,
    platforms: Codes,
    target_groups: Codes,
    none: Codes,
    relevant: Annotated[Relevance | None, Form()] = None,
    like: Annotated[str, Form(max_length=200)] = "",
    abroad: Annotated[Literal["", "yes", "no"], Form()] = "",
    note: Annotated[str, Form(max_length=_MOST_NOTE)] = "",
) -> Response:
    """Keep what is said of a project, and go on. ``like``: adopt what that coder says of it.

    Of a text that has changed since it was shown nothing is kept; nor what was just said, by a
    button that was pressed twice.
    """
    with desks.writing(state) as sitting:
        project = _project(sitting, at)
        if sitting.desk.text_hash(project) != text:
            return RedirectResponse(state.address(at), 303)
        if like:
            said = _as_said(sitting, project, like)
        elif relevant is not None:
            said = Answer(
                relevant,
                _answered(capabilities, "capabilities" in none),
                _answered(platforms, "platforms" in none),
                _answered(target_groups, "target_groups" in none),
                {"yes": True, "no": False}.get(abroad),
            )
        else:
            raise DecisionError("Nothing was said.", "Choose an answer.")
        said = msgspec.structs.replace(said, note=note.strip() or None)
        if not sitting.desk.repeats(project, said):
            sitting.desk.decide(project, **msgspec.structs.asdict(said))
        return _onwards(state, sitting, project)


@router.post("/desk/skip")
def skip(desks: DesksHere, state: StateHere, at: Key) -> Response:
    """Go on without a word: it waits in a later session."""
    with desks.reading(state) as sitting:
        return _onwards(state, sitting, _project(sitting, at))


@router.post("/desk/again")
def again(desks: DesksHere, state: StateHere) -> Response:
    """Begin anew with what was skipped."""
    with desks.reading(state) as sitting:
        sitting.again()
    return RedirectResponse(state.address(), 303)


def _onwards(state: DeskState, sitting: Sitting, project: Waiting) -> Response:
    following = sitting.go_on(project)
    return RedirectResponse(state.address(following.project_key if following else ""), 303)


def _project(sitting: Sitting, key: str) -> Waiting:
    project = sitting.find(key)
    if project is None:
        raise DecisionError(
            "This project is no longer in the queue.", "Go back to the desk for the next one."
        )
    return project


def _answered(given: list[str], none: bool) -> tuple[str, ...] | None:
    """Codes as a decision has them: None where nothing is said of them."""
    return tuple(dict.fromkeys(given)) if given or none else None


def _as_said(sitting: Sitting, project: Waiting, coder: str) -> Answer:
    """What a coder says, to be adopted without their note."""
    said = next((d for d in sitting.desk.said_of(project) if d.coder == coder), None)
    if said is None:
        raise DecisionError("This coder has said nothing of it.", "Say what is right yourself.")
    return Answer(
        said.relevant,
        said.capabilities,
        said.platforms,
        said.target_groups,
        said.overseas_target,
    )
