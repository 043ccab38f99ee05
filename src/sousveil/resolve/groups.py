"""Projects while names that are alike join them: what two cannot have in one is looked at before.

Two notices may be alike, and what each was joined with before tells that they are of two projects:
results that differ, names that differ in a number. And a notice that says less than others (the
name without the township) may be of any of them: it joins none rather than the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from sousveil.resolve.components import Components
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
    """The projects that ``components`` has, with their notices."""

    def __init__(self, notices: Sequence[Prepared], components: Components) -> None:
        self._components = components
        self._members: dict[int, list[Prepared]] = defaultdict(list)
        for notice in notices:
            self._members[components.root(notice.index)].append(notice)

    def unequivocal(self, pairs: Iterable[_Pair]) -> Iterator[_Pair]:
        """Of pairs that are alike those that may be one, without a notice's project that is alike
        to two which cannot be one."""
        root = self._components.root
        likely = [
            (left, right)
            for left, right in pairs
            if not self._contradict(root(left.index), root(right.index))
        ]
        near: dict[int, set[int]] = defaultdict(set)
        for left, right in likely:
            one, other = root(left.index), root(right.index)
            near[one].add(other)
            near[other].add(one)
        torn = {
            project
            for project, others in near.items()
            if len(others) > 1 and self._any_contradict(sorted(others))
        }
        for left, right in likely:
            one, other = root(left.index), root(right.index)
            if not {one, other} & torn and not self._contradict(one, other):
                yield left, right

    def join(self, left: Prepared, right: Prepared, rule: str) -> None:
        """Join two notices, and the projects they are of."""
        ends = {self._components.root(notice.index) for notice in (left, right)}
        self._components.join(left, right, rule)
        root = self._components.root(left.index)
        for end in ends - {root}:
            self._members[root] += self._members.pop(end)

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
