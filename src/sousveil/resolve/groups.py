"""Projects while names that are alike join them: what two cannot have in one is looked at before.

Two notices may be alike, and what each was joined with before tells that they are of two projects:
results that differ, names that differ in a number. And a notice that says less than others (the
name without the township) may be of any of them: it joins none rather than the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from sousveil.resolve.contradiction import (
    calls_differ,
    other_process,
    phases_differ,
    results_differ,
)
from sousveil.resolve.prepared import Prepared, same_buyer
from sousveil.resolve.wording import says_another

_MOST = 40
"""Notices of a project that differ in what is compared: more are not looked at."""
_RIVALS = 70
"""How alike two names of one buyer are that would be taken for each other."""

_Pair = tuple[Prepared, Prepared]


class Groups:
    """Notices, and the project of each by its number."""

    def __init__(self, notices: Sequence[Prepared], projects: Sequence[int]) -> None:
        self._of = {n.index: project for n, project in zip(notices, projects, strict=True)}
        self._members: dict[int, list[Prepared]] = defaultdict(list)
        for notice in notices:
            self._members[self._of[notice.index]].append(notice)

    def unequivocal(self, pairs: Iterable[_Pair]) -> Iterator[_Pair]:
        """Of pairs that are alike those that may be one, without a notice's project that is alike
        to two which cannot be one. What two of a pair are joined to is looked at with the next."""
        alike = list(pairs)
        apart = {ends for ends in set(map(self._ends, alike)) if self._contradict(*ends)}
        likely = [pair for pair in alike if self._ends(pair) not in apart]
        near: dict[int, set[int]] = defaultdict(set)
        for one, other in map(self._ends, likely):
            near[one].add(other)
            near[other].add(one)
        torn = {
            project
            for project, others in near.items()
            if len(others) > 1 and self._any_contradict(sorted(others))
        }
        for pair in likely:
            one, other = self._ends(pair)
            if not {one, other} & torn and not self._contradict(one, other):
                self._join(one, other)
                yield pair

    def _ends(self, pair: _Pair) -> tuple[int, int]:
        """The projects of two notices."""
        return self._of[pair[0].index], self._of[pair[1].index]

    def _join(self, one: int, other: int) -> None:
        if one == other:
            return
        kept, gone = sorted((one, other))
        for notice in self._members[gone]:
            self._of[notice.index] = kept
        self._members[kept] += self._members.pop(gone)

    def _any_contradict(self, projects: Sequence[int]) -> bool:
        return any(
            self._contradict(one, other)
            for place, one in enumerate(projects)
            for other in projects[place + 1 :]
        )

    def _contradict(self, one: int, other: int) -> bool:
        """Whether two projects cannot be one."""
        if one == other:
            return False
        left, right = self._telling(one), self._telling(other)
        failed = any(n.notice_type == "termination" for n in (*left, *right))
        return any(
            _rivals(a, b)
            or (not failed and (results_differ(a, b) or calls_differ(a, b)))
            or (not failed and not a.again and not b.again and other_process(a.ocid, b.ocid))
            for a in left
            for b in right
        )

    def _telling(self, project: int) -> list[Prepared]:
        """The notices of a project that differ in what is compared."""
        first: dict[tuple[object, ...], Prepared] = {}
        for notice in sorted(self._members[project], key=lambda n: n.index):
            said = (notice.notice_type, notice.number, notice.wording, notice.phase, notice.lots)
            first.setdefault(
                (*said, notice.ocid, notice.day, notice.amounts, notice.suppliers), notice
            )
        return list(first.values())[:_MOST]


def _rivals(left: Prepared, right: Prepared) -> bool:
    """Whether one buyer has two things of names that are much alike and yet not one."""
    if not left.wording or not right.wording or not same_buyer(left, right):
        return False
    if left.core == right.core:
        tails = {left.tail, right.tail} - {None}
        return len(tails) > 1 or phases_differ(left, right)
    alike = fuzz.ratio(left.wording, right.wording, score_cutoff=_RIVALS) > 0
    return alike and (phases_differ(left, right) or says_another(left.wording, right.wording))
