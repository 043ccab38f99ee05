"""What both sides share: what is known at the start, how many are read at once, when it ends."""

import random
from collections.abc import Sequence

from benchmarks.work_saved.measure import wanted
from benchmarks.work_saved.records import Record

LEAST = 10
Order = list[int]
"""Places of records in their collection, as they were read."""


def prior(collection: Sequence[Record], seed: int) -> Order:
    """A relevant record and another, by chance: what is decided before the reading begins."""
    rng = random.Random(f"prior {seed}")
    return [
        rng.choice([place for place, one in enumerate(collection) if one.relevant is relevant])
        for relevant in (True, False)
    ]


def batch(decided: int) -> int:
    """How many are read before learning again: ten, or a tenth of what is decided, as in AutoTAR
    (Cormack and Grossman 2015, arXiv:1504.06868)."""
    return max(LEAST, decided // 10)


def single(_: int) -> int:
    """One by one."""
    return 1


class Goal:
    """How much is to be found beside what was known."""

    def __init__(self, collection: Sequence[Record], known: Order) -> None:
        self._relevant = [one.relevant for one in collection]
        self._known = sum(self._relevant[place] for place in known)
        self.total = len(collection) - len(known)
        self.relevant = sum(self._relevant) - self._known
        self._enough = wanted(self.relevant)

    def reached(self, decided: Sequence[int]) -> bool:
        """Whether these, the known ones among them, hold enough."""
        return sum(self._relevant[place] for place in decided) - self._known >= self._enough

    def found(self, order: Order) -> list[bool]:
        """Of each record read whether it was relevant."""
        return [self._relevant[place] for place in order]
