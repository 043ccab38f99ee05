"""Ranking what waits anew as decisions come, beside the keys: a coder never waits for it.

One thread reads what the projects' leads are told by once, then fits a model to what was decided
and scores the rest. A ranking is a function of the case and the decisions: the hash of its model
names it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeAlias

import msgspec

from sousveil.case.folder import Case
from sousveil.classify.model import Scorer
from sousveil.coding import Ruling
from sousveil.coding.queues import Waiting
from sousveil.coding.sampling import chance
from sousveil.pipeline.learning import Featured, featured

EVERY = 10
"""Decisions after which the ranking is made again; while they are ``FEW`` after each."""
FEW = 50
_FIRST = 2_500


Decided: TypeAlias = Mapping[str, tuple[Ruling, tuple[str, ...]]]
"""The ruling on each notice, and the keys that it shares with the like of it."""


class Ranking(msgspec.Struct, frozen=True):
    """The probability of each notice that could be scored, by a model of this hash."""

    model: str
    scores: Mapping[str, float]


class Ranker:
    """Makes rankings of some notices in a thread of its own; the last one done is there to take."""

    def __init__(self, load: Callable[[], Iterable[Featured]]) -> None:
        """``load`` gives what the notices are told by; it is called once, in the thread."""
        self._load = load
        self._rows: dict[str, Featured] | None = None
        self._thread = ThreadPoolExecutor(1, "ranking")
        self._stop = Event()
        self._running: Future[Ranking | None] | None = None
        self._latest: Ranking | None = None
        self._seen = -1

    def inform(self, count: int, decided: Callable[[], Decided]) -> None:
        """Tell that there are ``count`` decisions now; ``decided`` says, in the thread, what they
        amount to. A ranking is begun where enough is new and none is being made."""
        busy = self._running is not None and not self._running.done()
        enough = 1 if count <= FEW else EVERY
        if not busy and count - self._seen >= enough:
            self._take()
            self._seen = count
            self._running = self._thread.submit(self._ranked, decided)

    def latest(self) -> Ranking | None:
        """The last ranking that is done, None while there is none."""
        if self._running is not None and self._running.done():
            self._take()
        return self._latest

    def settle(self) -> None:
        """Wait until what was begun is done."""
        if self._running is not None:
            self._take()

    def close(self) -> None:
        """Stop; what is being made is given up."""
        self._stop.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _take(self) -> None:
        if self._running is not None:
            self._latest = self._running.result() or self._latest
            self._running = None

    def _ranked(self, say: Callable[[], Decided]) -> Ranking | None:
        """None where nothing can be learned yet, or it was stopped."""
        from sousveil.classify import training  # heavy: only a session that learns waits for it

        if self._rows is None:
            rows: dict[str, Featured] = {}
            for one in self._load():
                if self._stop.is_set():
                    return None
                rows[one.notice_id] = one
            self._rows = rows
        decided = say()
        names = training.chosen([n for n in decided if n in self._rows and decided[n][0].decided])
        learned = training.rank(
            training.Example(
                name,
                self._rows[name].row,
                decided[name][0].verdict == "yes",
                (*decided[name][1], *self._rows[name].heads),
            )
            for name in names
        )
        if learned is None or self._stop.is_set():
            return None
        scorer = Scorer(learned)
        return Ranking(
            learned.version,
            {name: scorer.probability(one.row) for name, one in self._rows.items()},
        )


def ranker_of(case: Case, notices: Iterable[str]) -> Ranker:
    """A ranker of these notices of the committed state of a case."""
    wanted = frozenset(notices)
    return Ranker(lambda: featured(case, case.manifest().segments, wanted))


def to_rank(waiting: Sequence[Waiting], said: Collection[str], seed: int) -> list[str]:
    """The leads that are ranked anew: what is decided, the first of the queue, and as many of the
    rest by chance, for what the rules do not know stands anywhere in it."""
    decided = [one.lead for one in waiting if one.lead in said]
    open_ = [one for one in waiting if one.lead not in said]
    rest = sorted(open_[_FIRST:], key=lambda one: chance(seed, one.project_key))
    return [*decided, *(one.lead for one in (*open_[:_FIRST], *rest[:_FIRST]))]
