"""A run in a process of its own, for a face that must go on answering meanwhile.

``python -m sousveil.pipeline.apart JOB CASE`` does what the command line does, and tells on
standard output how far it is: lines of JSON, any number of ``Step``, then ``Ended`` or ``Failed``.
"""

import signal
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, cast

import msgspec

from sousveil.case.folder import Case
from sousveil.engine.child import describe
from sousveil.errors import SousveilError
from sousveil.pipeline.add import Added, add_incoming
from sousveil.pipeline.find import Failure, failures
from sousveil.pipeline.process import Options
from sousveil.pipeline.protocol import write_protocol
from sousveil.pipeline.review import Summary, make_report, process, summarise
from sousveil.report.brief_page import write_all_briefs

Job = Literal["add", "retry", "report", "protocol", "briefs"]
"""``add``: take in what waits in incoming/, if anything, process and report, as ``sousveil review``
does; ``retry``: the same, and read again what failed before; ``report``, ``protocol``, ``briefs``:
write these."""

_SECONDS_BETWEEN = 0.2
_MOST_FAILURES = 500


class Step(msgspec.Struct, frozen=True, tag="step"):
    """How far a phase is. ``total`` None: nobody knows how much there is."""

    phase: str
    done: int
    total: int | None


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """What a run left behind, and files that came in with it (of ``retry``: all) and could not be
    read, or only in part: how many ``failed``, and the first of them."""

    summary: Summary
    failed: int
    failures: tuple[Failure, ...]


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Why a run came to no end. What was done is kept."""

    message: str
    hint: str


Told = Step | Ended | Failed


class Telling:
    """Progress as lines, some a second."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._phase: tuple[str, int | None] = ("", None)
        self._done = 0
        self._told = 0.0

    def start(self, phase: str, total: int | None) -> None:
        """A phase begins."""
        self._phase, self._done = (phase, total), 0
        self._tell()

    def advance(self, steps: int = 1) -> None:
        """Steps are done."""
        self._done += steps
        if time.monotonic() - self._told >= _SECONDS_BETWEEN:
            self._tell()

    def finish(self) -> None:
        """The phase is over."""
        self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        self.say(Step(self._phase[0], self._done, self._phase[1]))

    def say(self, told: Told) -> None:
        """Write a line."""
        self._out.write(msgspec.json.encode(told) + b"\n")
        self._out.flush()


def do(case: Case, job: Job, telling: Telling) -> Ended:
    """Do a job. The lock is taken here: raises LockedError where another process writes."""
    started = time.monotonic()
    with case.writing():
        heads, added, report = case.ledger.heads(), Added(), None
        match job:
            case "protocol":
                telling.start("Writing the report of the review", None)
                write_protocol(case, case.root / "protocol")
            case "briefs":
                telling.start("Writing briefs", None)
                write_all_briefs(case, case.root / "briefs")
            case "report":
                report = make_report(case, telling)
            case "add" | "retry":
                added = add_incoming(case, telling)
                process(case, Options(retry_failed=job == "retry"), telling)
                report = make_report(case, telling)
        came = {e.path for e in case.ledger.since(heads) if e.kind in ("added", "refused")}
    summary = summarise(case, time.monotonic() - started, added, report)
    found = [each for each in failures(case) if job == "retry" or each.path in came]
    return Ended(summary, len(found), tuple(found[:_MOST_FAILURES]))


def main(job: Job, root: Path, out: BinaryIO) -> int:
    """Run, and tell; the exit code."""
    telling = Telling(out)
    try:
        telling.say(do(Case.open(root), job, telling))
    except SousveilError as error:
        telling.say(Failed(error.message, error.hint))
        return error.exit_code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _unforeseen(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw is told by its place in the program: its words may be a document's."""
    Telling(sys.stdout.buffer).say(Failed(describe(error.with_traceback(trace)), ""))


if __name__ == "__main__":
    sys.excepthook = _unforeseen
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(cast(Job, sys.argv[1]), Path(sys.argv[2]), sys.stdout.buffer))
