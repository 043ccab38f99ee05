"""Joins: why notices are one project and names one organisation; accepted, rejected, split.

Judging goes through the same functions as ``sousveil joins``. What was judged shows at once; what
was joined changes when the case is processed next, and the page says so.
"""

from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.extract.masking import mask_text
from sousveil.pipeline.join_effects import Expected, expected
from sousveil.pipeline.joins import Kind, Listed, judge, listed, split
from sousveil.pipeline.judged import Judged, Whole, judged, not_yet, whole
from sousveil.web.desks import WAIT_SECONDS
from sousveil.web.room import ReadingHere, RoomHere
from sousveil.web.shown import page

router = APIRouter()

MOST = 25
"""Joins on one page."""
_MOST_JUDGED = 50
_MOST_NOTE = 2_000
_Pair: TypeAlias = tuple[str, str]

End = Annotated[str, Form(max_length=100)]
By = Annotated[str, Form(max_length=200)]
Note = Annotated[str, Form(max_length=_MOST_NOTE)]
Told = Annotated[str, Query(max_length=100)]


class JoinsState(msgspec.Struct, frozen=True):
    """Which joins are listed, and who judges. ``below``: less probable than this, in percent."""

    of: Kind | None = None
    below: int = 100
    by: str = ""
    page: int = 1

    def address(self, told: str = "", page: int | None = None) -> str:
        """Where this list is; ``told``: with what a judgement of this pair will change."""
        at = self.page if page is None else page
        stated = [
            ("of", self.of or ""),
            ("below", "" if self.below == 100 else str(self.below)),
            ("by", self.by),
            ("page", "" if at == 1 else str(at)),
            ("told", told),
        ]
        said = urlencode([(name, value) for name, value in stated if value])
        anchor = f"#j-{told}" if told else ""
        return f"/joins?{said}{anchor}" if said else "/joins"


def _state(
    of: Annotated[Literal["", "project", "organisation"], Query()] = "",
    below: Annotated[int, Query(ge=1, le=100)] = 100,
    by: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> JoinsState:
    return JoinsState(of or None, below, by.strip(), number)


StateHere = Annotated[JoinsState, Depends(_state)]


class JoinRow(msgspec.Struct, frozen=True):
    """A join as it is listed, with the last word on it."""

    join: Listed
    judged: Judged | None

    @property
    def anchor(self) -> str:
        """What the row is known by on its page."""
        return f"{self.join.left}.{self.join.right}"


@router.get("/joins")
def joins(request: Request, reading: ReadingHere, state: StateHere, told: Told = "") -> Response:
    """The joins of the case, the least probable first, and what was judged of any."""
    words = judged(reading.case)
    below = state.below / 100 if state.below < 100 else None
    skip = (state.page - 1) * MOST
    found = listed(reading.case, state.of, None, below, MOST + 1, skip)
    last = words.get(_pair(told))
    return page(
        request,
        "joins.html",
        state=state,
        rows=_rows(found[:MOST], words),
        more=len(found) > MOST,
        judged=list(words.values())[:_MOST_JUDGED],
        waiting=not_yet(words.values()),
        told=told,
        last=last,
        effect=expected(reading.case, [last.judgement]) if last and not last.holds else None,
        most_note=_MOST_NOTE,
    )


@router.post("/joins")
def say(
    room: RoomHere,
    state: StateHere,
    verdict: Annotated[Literal["same", "different"], Form()],
    left: End,
    right: End,
    by: By,
    note: Note = "",
) -> Response:
    """Keep what somebody judges of two; the same word on them twice is kept once, unless a note
    comes with it that is new."""
    note = note.strip()
    with room.case.writing(WAIT_SECONDS):
        last = judged(room.case).get((left, right))
        if last is None or not _says(last, verdict, note) or last.judgement.by != by:
            made = judge(room.case, verdict, left.strip(), right.strip(), by, note)
            left, right, by = made.left, made.right, made.by
    kept = msgspec.structs.replace(state, by=by)
    return RedirectResponse(kept.address(told=f"{left}.{right}"), 303)


@router.get("/joins/{key}")
def members(request: Request, reading: ReadingHere, key: str, state: StateHere) -> Response:
    """A project or organisation with its members, the joins between them, and how to split it."""
    found = whole(reading.case, key)
    words = judged(reading.case)
    open_ = not_yet(words.values())
    return page(
        request,
        "joins_members.html",
        state=state,
        whole=found,
        rows=_rows(listed(reading.case, found.kind, found.key, limit=_MOST_JUDGED), words),
        effect=_effect(reading.case, found, open_),
        waiting=open_,
        most_note=_MOST_NOTE,
    )


@router.post("/joins/{key}")
def take_out(
    room: RoomHere,
    key: str,
    state: StateHere,
    by: By,
    out: Annotated[list[str], Form(default_factory=list, max_length=1_000)],
    note: Note = "",
) -> Response:
    """Split members off; said again, nothing is kept but a new note."""
    note = note.strip()
    if not out:
        raise UsageError("Nobody was chosen.", "Tick the members that do not belong to it.")
    with room.case.writing(WAIT_SECONDS):
        words = judged(room.case)
        rest = [m.id for m in whole(room.case, key).members if m.id not in out]
        pairs = [(min(one, other), max(one, other)) for one in out for other in rest]
        apart = [p for p in pairs if p in words and _says(words[p], "different", note)]
        if len(apart) < len(pairs) or not pairs:
            split(room.case, key, out, by, note)
    return RedirectResponse(f"/joins/{key}?{urlencode({'by': by})}", 303)


def _says(last: Judged, verdict: str, note: str) -> bool:
    """Whether the last word on two was this, and its note, where there is one, too."""
    said = last.judgement
    return said.verdict == verdict and (not note or said.note == mask_text(note))


def _pair(told: str) -> _Pair:
    left, _, right = told.partition(".")
    return left, right


def _rows(found: list[Listed], words: dict[_Pair, Judged]) -> list[JoinRow]:
    return [JoinRow(join, words.get((join.left, join.right))) for join in found]


def _effect(case: Case, found: Whole, words: list[Judged]) -> Expected | None:
    """What the words that wait will change of a project; None where none touches it."""
    ids = {member.id for member in found.members}
    mine = [one.judgement for one in words if ids & {one.judgement.left, one.judgement.right}]
    return expected(case, mine) if mine else None
