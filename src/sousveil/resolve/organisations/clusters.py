"""Joining under constraints: what must not be one stays apart, whatever leads there.

Edges are taken strongest first. A join that would bring together two numbers of one register, or
two names judged different, is left out: which one that is depends on the edges, not on their order.
"""

from collections.abc import Iterable, Sequence

from sousveil.resolve.organisations.records import Edge, by_register, differ


class Clusters:
    """Union-find; the root of a cluster is its smallest number."""

    def __init__(self, identifiers: Sequence[Sequence[str]]) -> None:
        self._parent = list(range(len(identifiers)))
        self._numbers: dict[int, dict[str, set[str]]] = {}
        """By register, of which a body has several numbers only where a notice says so."""
        for at, numbers in enumerate(identifiers):
            if numbers:
                self._numbers[at] = by_register(numbers)
        self._apart: dict[int, set[int]] = {}

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Never join these, directly or through others."""
        for left, right in pairs:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def root(self, at: int) -> int:
        """The smallest number of the cluster."""
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def join(self, edge: Edge) -> bool:
        """Join two clusters; False where they must stay apart. True where they are one already."""
        left, right = sorted((self.root(edge.left), self.root(edge.right)))
        if left == right:
            return True
        if edge.rule not in _OUTRANK and self._numbers_differ(left, right):
            return False
        if any(self.root(other) == right for other in self._apart.get(left, ())):
            return False
        self._parent[right] = left
        if right in self._numbers:
            known = self._numbers.setdefault(left, {})
            for scheme, numbers in self._numbers.pop(right).items():
                known[scheme] = known.get(scheme, set()) | numbers
        if right in self._apart:
            self._apart.setdefault(left, set()).update(self._apart.pop(right))
        return True

    def _numbers_differ(self, left: int, right: int) -> bool:
        return differ(self._numbers.get(left, {}), self._numbers.get(right, {}))


_OUTRANK = frozenset({"judged"})
