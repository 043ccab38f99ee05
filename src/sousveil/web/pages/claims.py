"""Claims: published statements, what the case says of them, and a new one from a search."""

import shutil
from collections.abc import Sequence
from typing import Annotated, BinaryIO, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from sousveil.case.bundle import scratch_of
from sousveil.case.folder import Case
from sousveil.errors import ClaimError, QueryError, UsageError
from sousveil.model.claim import Claim
from sousveil.pipeline import claims as pipeline
from sousveil.pipeline.find import index_of, parsed
from sousveil.web import claim_forms, claims_view
from sousveil.web.claim_forms import Stated
from sousveil.web.room import Reading, ReadingHere, RoomHere
from sousveil.web.shown import page
from sousveil.web.streaming import download

router = APIRouter()


@router.get("/claims")
def claims(request: Request, room: RoomHere) -> Response:
    """All claims, each with what its last check said."""
    right, wrong = _claims(room.case)
    return _list(request, room.case, right, wrong)


@router.get("/claims/new")
def ask(request: Request, reading: ReadingHere, q: str = "") -> Response:
    """The form for a new claim, of what a search finds."""
    return _form(request, reading, Stated(query=q))


@router.post("/claims/new")
def make(
    request: Request,
    reading: ReadingHere,
    room: RoomHere,
    stated: Annotated[Stated, Depends(claim_forms.stated)],
) -> Response:
    """Write the claim's file and check it at once; else the form again, and why."""
    try:
        claim = stated.claim()
        parsed(room.case, claim.definition.query)
        with room.case.writing():
            index_of(room.case, room.case.manifest())  # what cannot be checked is not written
            pipeline.new_claim(room.case, claim)
            pipeline.keep(room.case, pipeline.check(room.case, [claim.name]).checks)
    except UsageError as error:
        return _form(request, reading, stated, error)
    return RedirectResponse(f"/claim/{claim.name}", 303)


@router.post("/claims/check")
def check_all(request: Request, room: RoomHere) -> Response:
    """Check every claim, and keep the checks; the list says which could not be checked, and why."""
    with room.case.writing():
        checked = pipeline.check(room.case)
        pipeline.keep(room.case, checked.checks)
    if checked.wrong:
        right, _ = _claims(room.case)
        return _list(request, room.case, right, checked.wrong, 400)
    return RedirectResponse("/claims", 303)


@router.post("/claims/bundle")
def bundle(
    room: RoomHere,
    form: Annotated[Literal["tar", "zip"], Form()] = "tar",
    only: Annotated[Literal["", "evidence"], Form()] = "",
) -> Response:
    """What lets anybody check the claims again: with originals, which name persons."""
    name = f"claims.{form}"

    def write(out: BinaryIO) -> None:
        with scratch_of(room.case) as folder:
            path = folder / name
            pipeline.bundle_apart(room.case, folder, path, only_evidence=only == "evidence")
            with path.open("rb") as packed:
                shutil.copyfileobj(packed, out)

    return download(write, name, "application/x-tar" if form == "tar" else "application/zip")


@router.get("/claim/{name}")
def claim(
    request: Request,
    room: RoomHere,
    name: str,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """One claim: what was published, what is counted and from what, and how that changed."""
    found = _claim(room.case, name)
    steps = pipeline.history(room.case, found.name, claims_view.MOST_HISTORY)
    last = steps[0][0] if steps else None
    current = last if last and pipeline.is_of_present(room.case, last, found) else None
    return page(request, "claim.html", view=claims_view.view(found, current, steps, number))


@router.post("/claim/{name}/check")
def check(room: RoomHere, name: str) -> Response:
    """Check one claim, and keep the check."""
    found = _claim(room.case, name)
    with room.case.writing():
        checked = pipeline.check(room.case, [found.name])
        pipeline.keep(room.case, checked.checks)
    for error in checked.wrong:
        raise error
    return RedirectResponse(f"/claim/{found.name}", 303)


def _list(
    request: Request,
    case: Case,
    right: Sequence[Claim],
    wrong: Sequence[ClaimError],
    status: int = 200,
) -> Response:
    rows = [claims_view.row(each, pipeline.current_check(case, each)) for each in right]
    return page(request, "claims.html", status=status, rows=rows, wrong=wrong)


def _claims(case: Case) -> tuple[list[Claim], list[ClaimError]]:
    try:
        return pipeline.claims(case)
    except ClaimError as error:  # a file without a name that can be used
        return [], [error]


def _claim(case: Case, name: str) -> Claim:
    """A claim by name. Raises HTTPException 404 where there is none, ClaimError where its file
    cannot be used."""
    try:
        right, wrong = pipeline.claims(case, [name])
    except ClaimError:
        raise
    except UsageError as error:
        raise HTTPException(404) from error
    for each in wrong:
        raise each
    return right[0]


def _form(
    request: Request, reading: Reading, stated: Stated, error: UsageError | None = None
) -> Response:
    count = None
    if reading.state.index is not None:
        try:
            count = reading.index.count(parsed(reading.case, stated.query))
        except QueryError as wrong:
            error = error or wrong
    return page(
        request,
        "claim_new.html",
        status=400 if error else 200,
        stated=stated,
        error=error,
        count=count,
        counts=claim_forms.COUNTS,
        expected=claim_forms.EXPECTED,
        roles=claim_forms.ROLES,
        ladders=claim_forms.LADDERS,
    )
