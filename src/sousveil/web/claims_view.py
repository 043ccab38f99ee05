"""What the pages of claims show: what was published, what the case counts, and from what."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal
from urllib.parse import urlencode

import msgspec

from sousveil.claims import Difference, expected_words
from sousveil.model.claim import (
    FAILS,
    HOLDS,
    UNTOLD,
    Check,
    Claim,
    FoundNotice,
    FoundProject,
    Verdict,
    Words,
)
from sousveil.reference.glossary import gloss

PAGE = 20
"""Projects of a claim on a page."""
MOST_HISTORY = 12
"""Checks of a claim that are shown."""
_MOST_CHANGES = 8
_MOST_WORDS = 4
_MOST_NOTICES = 12

Said = Literal["holds", "fails", "untold", "unchecked"]
_SAID: dict[Verdict, Said] = {HOLDS: "holds", FAILS: "fails", UNTOLD: "untold"}


class ClaimRow(msgspec.Struct, frozen=True):
    """A claim in the list, with what its last check said."""

    name: str
    statement: str
    source: str
    expected: str
    said: Said
    figure: str
    checked: str


class NoticeOf(msgspec.Struct, frozen=True):
    """A notice that a claim rests on, with words of it that decided."""

    notice: FoundNotice
    words: Sequence[Words]


class ProjectOf(msgspec.Struct, frozen=True):
    """A project that a claim counts. ``standing``: it counts whichever way doubts are settled, as
    things stand, or only may."""

    project: FoundProject
    standing: Literal["sure", "doubt", "possible"]
    gloss: str | None
    notices: Sequence[NoticeOf]
    more: int


class Step(msgspec.Struct, frozen=True):
    """A check of a claim's history, and what was otherwise than in the one before; ``more``: as
    many records changed beside those shown."""

    at: str
    said: Said
    figure: str
    expected: str
    change: Difference | None
    more: int


class ClaimView(msgspec.Struct, frozen=True):
    """One claim, as last checked (``check``: None where that is not of the claim as it is written
    now). ``search``: where its query is asked; ``span``: from, to (None:
    without an end), where the figure is a range; ``projects`` are a page of those counted."""

    claim: Claim
    expected: str
    search: str
    check: Check | None
    said: Said
    span: tuple[str, str | None] | None
    interval: tuple[str, str] | None
    projects: Sequence[ProjectOf]
    total: int
    page: int
    pages: int
    history: Sequence[Step]


def row(claim: Claim, last: Check | None) -> ClaimRow:
    """A claim for the list."""
    return ClaimRow(
        claim.name,
        claim.statement,
        f"{claim.source.who}, {claim.source.date}",
        expected_words(claim),
        said_of(last),
        last.figure if last else "",
        last.at[:10] if last else "",
    )


def said_of(check: Check | None) -> Said:
    """What a check said, by its name in the catalogues."""
    return _SAID[check.verdict] if check else "unchecked"


def view(
    claim: Claim,
    check: Check | None,
    steps: Sequence[tuple[Check, Difference | None]],
    page: int,
) -> ClaimView:
    """A claim with its check, None where there is none of it as it is written now; its last checks,
    the latest first; and a page of what that one counted."""
    evidence = check.evidence if check else ()
    pages = max(1, -(-len(evidence) // PAGE))
    page = min(page, pages)
    interval = check.interval if check else None
    return ClaimView(
        claim,
        expected_words(claim),
        f"/search?{urlencode({'q': claim.definition.query})}",
        check,
        said_of(check),
        _span(check) if check else None,
        (_number(interval[0]), _number(interval[1])) if interval else None,
        [_project(each) for each in evidence[(page - 1) * PAGE : page * PAGE]],
        len(evidence),
        page,
        pages,
        [_step(*each) for each in steps],
    )


def _span(check: Check) -> tuple[str, str | None] | None:
    """The range of a figure where it is one."""
    if check.low is None or check.low == check.high:
        return None
    return _number(check.low), _number(check.high) if check.high is not None else None


def _project(project: FoundProject) -> ProjectOf:
    shown = project.notices[:_MOST_NOTICES]
    return ProjectOf(
        project,
        "sure" if project.sure else "doubt" if project.found else "possible",
        gloss(project.name) if project.name else None,
        [NoticeOf(notice, notice.words[:_MOST_WORDS]) for notice in shown],
        len(project.notices) - len(shown),
    )


def _step(check: Check, change: Difference | None) -> Step:
    more = 0
    if change is not None:
        more = max(0, len(change.records) - _MOST_CHANGES)
        change = msgspec.structs.replace(change, records=change.records[:_MOST_CHANGES])
    at = check.at[:16].replace("T", " ")
    return Step(at, said_of(check), check.figure, check.expected, change, more)


def _number(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value:,.2f}"
