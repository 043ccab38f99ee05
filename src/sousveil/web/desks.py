"""The desks that people sit at in the room: held between requests, new once the case changes.

A desk reads all decisions and projects, so it is not opened for each page. What it knows of who was
met and skipped is a session's, as in the terminal: it ends with the room. All that is decided is in
the case.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Generic, Protocol, TypeVar

from sousveil.case.folder import Case
from sousveil.case.marks import mark_of
from sousveil.coding.queues import QUEUES
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.field_desk import FieldDesk
from sousveil.pipeline.sitting import FieldSitting, Sitting
from sousveil.web.desk_state import DeskState

_MOST = 4
"""Desks held at once."""
WAIT_SECONDS = 5.0
"""How long is waited where another process is writing to the case."""


class _Seat(Protocol):
    @property
    def passed(self) -> list[str]: ...
    def close(self) -> None: ...


_S = TypeVar("_S", bound=_Seat)
_Mark = tuple[object, ...]


class Desks(Generic[_S]):
    """The seats of one kind, by state. One thread has them at a time."""

    def __init__(self, case: Case, begin: Callable[[Case, DeskState, list[str]], _S]) -> None:
        """``begin`` sits down; it is told what was passed at the desk whose place is taken."""
        self._case = case
        self._begin = begin
        self._held: OrderedDict[DeskState, tuple[_Mark, _S]] = OrderedDict()
        self._lock = RLock()

    @contextmanager
    def reading(self, state: DeskState) -> Iterator[_S]:
        """The seat, as the case stands. Raises what opening a desk raises."""
        with self._lock:
            yield self._fresh(state)

    @contextmanager
    def writing(self, state: DeskState) -> Iterator[_S]:
        """The seat, with the case's lock held. Raises LockedError too."""
        with self._lock, self._case.writing(WAIT_SECONDS):
            seat = self._fresh(state)
            yield seat
            self._held[state] = (_mark(self._case), seat)

    @property
    def states(self) -> list[DeskState]:
        """Who sits where, the latest first."""
        with self._lock:
            return list(reversed(self._held))

    def close(self) -> None:
        """Leave all seats."""
        with self._lock:
            while self._held:
                self._held.popitem()[1][1].close()

    def _fresh(self, state: DeskState) -> _S:
        mark = _mark(self._case)
        held = self._held.pop(state, None)
        passed: list[str] = []
        if held is not None and held[0] != mark:
            passed = held[1].passed
            held[1].close()
            held = None
        seat = held[1] if held is not None else self._begin(self._case, state, passed)
        self._held[state] = (mark, seat)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)[1][1].close()
        return seat


def _mark(case: Case) -> _Mark:
    """What changes whenever the case's state, its scheme or anybody's decisions do."""
    files = [case.manifest_path, case.root / "scheme.toml"]
    files += sorted((case.root / "decisions").rglob("*.jsonl"))
    return tuple((path.name, *mark_of(path)) for path in files)


def sit(case: Case, state: DeskState, passed: list[str]) -> Sitting:
    """Sit down at a queue or sample of projects."""
    queue = next((name for name in QUEUES if name == state.queue), QUEUES[0])
    desk = Desk(
        case,
        state.coder,
        queue,
        query=state.query,
        sample=state.sample,
        seed=state.seed,
        adjudicate=state.adjudicate,
        learn=True,
    )
    return Sitting(desk, passed)


def sit_at_fields(case: Case, state: DeskState, passed: list[str]) -> FieldSitting:
    """Sit down at the fields of notices."""
    desk = FieldDesk(case, state.coder, adjudicate=state.adjudicate)
    return FieldSitting(desk, state.query, passed)
