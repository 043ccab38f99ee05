"""What the page for adding files shows: what waits, how a run stands, what it could not read."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from sousveil.case.incoming import Waiting
from sousveil.extract.masking import mask_path
from sousveil.pipeline.apart import Failed, Job
from sousveil.pipeline.find import Failure
from sousveil.pipeline.review import Summary
from sousveil.web.runs import Run

PAGE = 100
"""Failures on a page."""
_MINUTE = 60


class WaitingView(msgspec.Struct, frozen=True):
    """What waits to be read: how many files, megabytes, the first of their paths, masked, and the
    mark of just these."""

    files: int
    megabytes: str
    names: tuple[str, ...]
    more: int
    mark: str


class StepView(msgspec.Struct, frozen=True):
    """A phase of a run. ``words`` names its text in the catalogues, ``total`` is None where nobody
    knows how much there is; ``over``: another phase came after it."""

    words: str
    done: int
    total: int | None
    over: bool


class RunView(msgspec.Struct, frozen=True):
    """How a run stands. ``rate`` is steps a second of the present phase; of what is ``left`` the
    whole minutes, or the seconds where it is less than two minutes."""

    job: Job
    state: Literal["going", "ended", "failed", "stopped"]
    steps: Sequence[StepView]
    rate: str | None
    minutes: int | None
    seconds: int | None
    summary: Summary | None
    failed: Failed | None
    failures: Sequence[Failure]
    unread: int


class FailuresPage(msgspec.Struct, frozen=True):
    """Some of a case's failures, and which page of how many these are."""

    shown: Sequence[Failure]
    total: int
    page: int
    pages: int


def waiting_view(waiting: Waiting) -> WaitingView:
    """What waits, for the page."""
    names = tuple(mask_path(name) for name in waiting.names)
    size = f"{waiting.size / 1e6:,.1f}"
    return WaitingView(waiting.files, size, names, waiting.files - len(names), waiting.mark)


def run_view(run: Run) -> RunView:
    """A run, for the page."""
    ended, left = run.ended, run.left
    last = len(run.steps) - 1
    return RunView(
        run.job,
        run.state,
        [
            StepView(f"add.phase.{phase_key(step.phase)}", step.done, step.total, at < last)
            for at, step in enumerate(run.steps)
        ],
        _rate(run.rate) if run.rate is not None else None,
        round(left / _MINUTE) if left is not None and left >= 2 * _MINUTE else None,
        max(1, round(left)) if left is not None and left < 2 * _MINUTE else None,
        ended.summary if ended else None,
        run.failed,
        ended.failures if ended else (),
        ended.failed if ended else 0,
    )


def phase_key(phase: str) -> str:
    """The name of a phase in the catalogues."""
    return phase.lower().replace(" ", "_")


def failures_page(found: Sequence[Failure], page: int) -> FailuresPage:
    """A page of failures, the last where there are not so many."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages)
    return FailuresPage(found[(page - 1) * PAGE : page * PAGE], len(found), page, pages)


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
