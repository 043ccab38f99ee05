"""Blocks: the notices that a rule compares with each other, and what it decides of them.

What is decided of a block depends on its notices, in order, and on what is given beside them, and
on nothing else. So a block that is as it was in a run before is as it was decided then, and adding
notices decides anew only the blocks that they come to.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVarTuple

from sousveil.model import NoticeKey
from sousveil.resolve.prepared import Prepared, prepare
from sousveil.resolve.worked_out import WorkedOut

Decision = tuple[Prepared, Prepared, str]
"""Two notices that belong together, and the rule by which."""

_Placed = tuple[int, int, str]
"""A decision as it is kept: by the places of the notices in their block."""

Given = TypeVarTuple("Given")


class Blocks:
    """The blocks of one run over ``notices``, which are in the order of their ``index``. The
    ``blocks`` decided anew, and those taken over from what is ``known``, are counted there."""

    def __init__(self, keys: Iterable[NoticeKey], known: WorkedOut | None = None) -> None:
        self.notices = prepare(keys, known)
        self._known = known
        self._anew: set[int] = set()

    @property
    def compared_anew(self) -> int:
        """How many notices stand in a block that was decided anew."""
        return len(self._anew)

    def decided(
        self,
        decide: Callable[[Sequence[Prepared], *Given], Iterable[Decision]],
        members: Sequence[Prepared],
        *given: *Given,
    ) -> list[Decision]:
        """What ``decide`` says of a block. It must be a function of its arguments alone, by name
        and module no other, and ``given`` plain data."""
        if self._known is None:
            return list(decide(members, *given))
        name = (decide.__module__, decide.__qualname__)
        digests = b"".join(notice.digest for notice in members)
        key = self._known.key("block", (name, digests, given))
        kept = self._known.find(key, list[_Placed])
        if kept is not None:
            self._known.taken_over["blocks"] += 1
            return [(members[left], members[right], rule) for left, right, rule in kept]
        self._known.anew["blocks"] += 1
        self._anew.update(notice.index for notice in members)
        decisions = list(decide(members, *given))
        places = {notice.index: place for place, notice in enumerate(members)}
        placed = [
            (places[left.index], places[right.index], rule) for left, right, rule in decisions
        ]
        self._known.note(key, placed)
        return decisions
