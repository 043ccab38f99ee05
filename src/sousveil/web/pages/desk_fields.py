"""The review desk for single fields: least sure first, each beside the words it was read from."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from sousveil.errors import DecisionError, UsageError
from sousveil.model.field_decision import FieldVerdict
from sousveil.pipeline.field_desk import WaitingField
from sousveil.pipeline.sitting import FieldSitting, field_key
from sousveil.web import desk_view
from sousveil.web.desk_state import DeskState, StateHere
from sousveil.web.desks import Desks
from sousveil.web.pages.desk import At, Key, choice
from sousveil.web.pages.record import PicturesHere
from sousveil.web.room import ReadingHere
from sousveil.web.shown import page

router = APIRouter()

_MOST_VALUE = 2_000


def _desks(request: Request) -> Desks[FieldSitting]:
    found: Desks[FieldSitting] = request.app.state.field_desks
    return found


DesksHere = Annotated[Desks[FieldSitting], Depends(_desks)]
Value = Annotated[str, Form(max_length=_MOST_VALUE)]


@router.get("/desk/fields")
def fields(
    request: Request,
    reading: ReadingHere,
    pictures: PicturesHere,
    desks: DesksHere,
    state: StateHere,
    at: At = "",
) -> Response:
    """The field that waits next, or the one asked for."""
    try:
        return _shown(request, reading, pictures, desks, state, at)
    except UsageError as error:
        return choice(request, reading, state, error)


def _shown(
    request: Request,
    reading: ReadingHere,
    pictures: PicturesHere,
    desks: Desks[FieldSitting],
    state: DeskState,
    at: str,
    error: UsageError | None = None,
    value: str = "",
    quote: str = "",
) -> Response:
    if not state.coder:
        return RedirectResponse(state.choosing(), 303)
    with desks.reading(state) as sitting:
        one = sitting.way.find(at) or sitting.way.next()
        before = sitting.way.before(one)
        place = sitting.way.place(one) if one else None
        own = sitting.desk.said(one.notice_id, one.field) if one else None
        sides = sitting.desk.said_of(one.notice_id, one.field) if one and state.adjudicate else []
    shown = partial(
        page,
        request,
        "desk_fields.html",
        state=state,
        one=one,
        place=place,
        own=own,
        sides=sides,
        before=state.address(field_key(before)) if before else None,
        error=error,
        value=value,
        quote=quote,
    )
    if one is None:
        return shown(record=None)
    looked = desk_view.look(reading, pictures, one.notice_id, codes=False)
    return shown(
        status=400 if error else 200,
        key_of=field_key(one),
        record=looked.record,
        sheets=looked.sheets,
        links=looked.links,
    )


@router.post("/desk/fields")
def say(
    request: Request,
    reading: ReadingHere,
    pictures: PicturesHere,
    desks: DesksHere,
    state: StateHere,
    at: Key,
    verdict: Annotated[FieldVerdict, Form()],
    value: Value = "",
    quote: Value = "",
) -> Response:
    """Keep a word on a field, and go on; ``wrong`` with a value needs the words that state it."""
    try:
        with desks.writing(state) as sitting:
            one = _field(sitting, at)
            said = sitting.desk.said(one.notice_id, one.field)
            new = said is None or said.verdict != verdict or bool(value.strip())
            if new or one.reason == "outdated":
                sitting.desk.say(
                    one.notice_id,
                    one.field,
                    verdict,
                    value=value.strip(),
                    quote=quote.strip() or value.strip(),
                    from_queue=True,
                )
            if verdict == "undone":
                return RedirectResponse(state.address(at), 303)
            return _onwards(state, sitting, one)
    except DecisionError as error:
        return _shown(request, reading, pictures, desks, state, at, error, value, quote)


@router.post("/desk/fields/skip")
def skip(desks: DesksHere, state: StateHere, at: Key) -> Response:
    """Go on without a word: it waits in a later session."""
    with desks.reading(state) as sitting:
        return _onwards(state, sitting, _field(sitting, at))


@router.post("/desk/fields/again")
def again(desks: DesksHere, state: StateHere) -> Response:
    """Begin anew with what was skipped."""
    with desks.reading(state) as sitting:
        sitting.again()
    return RedirectResponse(state.address(), 303)


def _onwards(state: DeskState, sitting: FieldSitting, one: WaitingField) -> Response:
    following = sitting.go_on(one)
    return RedirectResponse(state.address(field_key(following) if following else ""), 303)


def _field(sitting: FieldSitting, key: str) -> WaitingField:
    one = sitting.way.find(key)
    if one is None:
        raise DecisionError("This field no longer waits.", "Go back to the desk for the next one.")
    return one
