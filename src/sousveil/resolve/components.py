"""Union-find over notices, with the joins that made each component."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sousveil.model import Join
from sousveil.resolve.blocks import Decision
from sousveil.resolve.prepared import Prepared

_REASONS = {
    "judged": ("a person said so", 1.0),
    "ocid": ("the same OCDS contracting process id", 0.99),
    "number_and_buyer": ("the same project number and the same buyer", 0.98),
    "number_and_name": ("the same project number and the same or a similar project name", 0.96),
    "number": ("the same long project number, which is unique by itself", 0.9),
    "number_variant": (
        "the same project number, spelled otherwise or with a mark of a new call, a lot or a"
        " contract, and the same buyer or a similar project name",
        0.94,
    ),
    "reference_and_buyer": ("one names the other's project number, for the same buyer", 0.97),
    "reference_and_name": (
        "one names the other's project number, for a similar project name",
        0.95,
    ),
    "reference": ("one names the other's long project number, which is unique by itself", 0.9),
    "name": ("the same buyer and project name, published within 18 months", 0.85),
    "name_renumbered": (
        "the same buyer and project name under another number, published within 200 days",
        0.75,
    ),
    "name_undated": ("the same buyer and project name; a publication date is not known", 0.7),
    "name_and_sum": ("the same buyer and sum, and a similar project name, within 400 days", 0.88),
    "name_and_sum_unnamed": (
        "the same project name and sum within 200 days; one of them names no buyer",
        0.8,
    ),
    "name_and_sum_of_body": (
        "the same project name, which says who buys, and the same sum, within 400 days",
        0.85,
    ),
    "name_unnamed": ("the same project name within 45 days; one of them names no buyer", 0.7),
    "name_nearly": (
        "the same buyer and nearly the same project name, published within 200 days",
        0.8,
    ),
    "same_record": ("the same record under the same id, with the same type and day", 0.99),
    "same_text": ("the same text", 0.99),
    "near_text": (
        "nearly the same text with the same type, number, name, buyer and amount",
        0.95,
    ),
    "republished": (
        "a similar text with the same type, number, name, buyer and amount, at most 3 days apart",
        0.9,
    ),
}
RULES = tuple(_REASONS)
"""Every rule code a Join may carry."""


class Components:
    """Components of ``size`` notices numbered from 0; the root is always the smallest number."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._joins: dict[tuple[str, str, str], Join] = {}

    def root(self, index: int) -> int:
        """The smallest number in the component of ``index``."""
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def roots(self) -> list[int]:
        """The root of each number."""
        return [self.root(index) for index in range(len(self._parent))]

    def join(self, left: Prepared, right: Prepared, rule: str, kind: str = "same_project") -> None:
        """Join two notices; of several joins of one pair the most probable is kept."""
        if left.index == right.index:
            return
        if left.index > right.index:
            left, right = right, left
        first, second = sorted((self.root(left.index), self.root(right.index)))
        self._parent[second] = first
        reason, probability = _REASONS[rule]
        name = (left.notice_id, right.notice_id, kind)
        known = self._joins.get(name)
        if known is None or (known.probability, rule) < (probability, known.rule):
            self._joins[name] = Join(
                left=left.notice_id,
                right=right.notice_id,
                kind=kind,
                rule=rule,
                reason=reason,
                probability=probability,
            )

    def take(self, decisions: Iterable[Decision], kind: str = "same_project") -> None:
        """Join what was decided to be one."""
        for left, right, rule in decisions:
            self.join(left, right, rule, kind)

    def cut(self, apart: Iterable[tuple[int, int]], at: Mapping[str, int]) -> None:
        """Part what must not be one: the joins are taken anew, the most probable first (of equal
        ones by notice id), without those that would bring two of ``apart`` together, directly or
        through others. What held together only through a notice that leaves is held by the weakest
        join that led there. ``at``: the number of each notice id."""
        never: dict[int, set[int]] = {}
        for left, right in apart:
            never.setdefault(left, set()).add(right)
            never.setdefault(right, set()).add(left)
        touched = {self.root(notice) for notice in never}
        there = [j for j in self._joins.values() if self.root(at[j.left]) in touched]
        implied = _implied(there)
        self._parent = list(range(len(self._parent)))
        kept = sorted((*self._joins.values(), *implied), key=lambda j: (-j.probability, j))
        self._joins = {}
        for join in kept:
            first, second = sorted((self.root(at[join.left]), self.root(at[join.right])))
            if any(self.root(other) == second for other in never.get(first, ())):
                continue
            if first == second and join in implied:
                continue
            self._joins[join.left, join.right, join.kind] = join
            if first != second:
                self._parent[second] = first
                never.setdefault(first, set()).update(never.pop(second, ()))

    def keep_within(self, others: "Components", at: Mapping[str, int]) -> None:
        """Take the joins anew, without those whose ends are not one in ``others``: what was parted
        there is not one here. ``at``: the number of each notice id."""
        kept = list(self._joins.items())
        self._parent = list(range(len(self._parent)))
        self._joins = {}
        for name, join in kept:
            left, right = at[join.left], at[join.right]
            if others.root(left) == others.root(right):
                self._joins[name] = join
                first, second = sorted((self.root(left), self.root(right)))
                self._parent[second] = first

    def joins(self) -> tuple[Join, ...]:
        """All joins, sorted."""
        return tuple(sorted(self._joins.values()))


def _implied(joins: Sequence[Join]) -> frozenset[Join]:
    """Joins between notices that are one only through others: each as probable as the weakest of
    the strongest way from one to the other, and for its reason."""
    direct = {(j.left, j.right) for j in joins}
    clusters: dict[str, list[str]] = {}
    home: dict[str, str] = {}
    found: set[Join] = set()
    for join in sorted(joins, key=lambda j: (-j.probability, j)):
        ends = [home.setdefault(end, end) for end in (join.left, join.right)]
        left, right = (clusters.setdefault(end, [end]) for end in ends)
        if left is right:
            continue
        for one in left:
            for other in right:
                pair = (min(one, other), max(one, other))
                if pair not in direct:
                    found.add(msgspec.structs.replace(join, left=pair[0], right=pair[1]))
        left += right
        for notice in right:
            home[notice] = ends[0]
        clusters[ends[0]] = left
    return frozenset(found)
