"""Searching one committed state as people browse: a page of hits, and how all of them divide.

The index answers everything: which notices, in what order, how many have each of a facet's values,
and what a list shows of them. So a count and the search it leads to cannot differ.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import msgspec

from sousveil.pipeline.listed import Listed, unpacked
from sousveil.search import Index, Order, Query, Snippet, parse_query, snippet
from sousveil.search.facets import (
    BELOW,
    FACETS,
    NONE,
    Chosen,
    Facet,
    Shape,
    counts_by_facet,
    narrowed,
)
from sousveil.search.place_tree import Counted, PlaceTree

PAGE = 20
"""Hits on a page."""
MOST_PAGES = 500
"""Pages that can be turned to."""
MOST_SUPPLIERS = 30
_REMEMBERED = 64


class Asked(msgspec.Struct, frozen=True):
    """A search: the words typed, what was chosen of the facets, order, and page from 1."""

    text: str = ""
    chosen: tuple[Chosen, ...] = ()
    order: Order = "relevance"
    page: int = 1


class Hit(NamedTuple):
    """A notice found, and where the words stand in it."""

    notice: Listed
    snippet: Snippet


class Counts(msgspec.Struct, frozen=True):
    """How notices divide: (value, count) by facet, and the nodes of the tree of places."""

    values: Mapping[str, Sequence[tuple[str, int]]]
    places: Sequence[Counted]


class Browsed(msgspec.Struct, frozen=True):
    """The answer to a search. ``query`` is all that was asked as one query; a facet of which values
    are included is counted as if they were not, so that others can be added."""

    query: Query
    total: int
    hits: Sequence[Hit]
    counts: Counts


def query_of(asked: Asked, saved: Mapping[str, str]) -> Query:
    """All that is asked as one query. Raises QueryError, UsageError likewise to ``browse``."""
    return narrowed(parse_query(asked.text, saved), asked.chosen)


_Answer = TypeVar("_Answer")


class _Remembered(Generic[_Answer]):
    """A question to the index that keeps its latest answers."""

    def __init__(self, ask: Callable[[Query], _Answer]) -> None:
        self._ask = ask
        self._known: OrderedDict[str, _Answer] = OrderedDict()
        self._lock = Lock()

    def __call__(self, query: Query) -> _Answer:
        key = str(query)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        answer = self._ask(query)
        self.know(query, answer)
        return answer

    def know(self, query: Query, answer: _Answer) -> None:
        """Keep an answer that was come by otherwise."""
        with self._lock:
            self._known[str(query)] = answer
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)


class Browser:
    """Searches one index. What it counted lately it remembers: turning a page counts nothing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._total = _Remembered(index.count)
        self._divided = _Remembered(self._divide)
        self._suppliers = _Remembered(self._count_suppliers)

    def browse(self, asked: Asked, saved: Mapping[str, str]) -> Browsed:
        """Search. ``saved`` are the queries that ``@name`` stands for.

        Raises QueryError for words that are no query, UsageError for a value no facet has.
        """
        typed = parse_query(asked.text, saved)
        query = query_of(asked, saved)
        offset = (asked.page - 1) * PAGE
        found = self._index.search(query, limit=PAGE, offset=offset, order=asked.order)
        self._total.know(query, found.total)
        kept = self._index.shown(hit.notice_id for hit in found.hits)
        notices = [unpacked(each) for each in kept]
        hits = [Hit(notice, snippet(notice.text, typed)) for notice in notices]
        return Browsed(query, found.total, hits, self._counts(typed, asked.chosen))

    def _counts(self, typed: Query, chosen: tuple[Chosen, ...]) -> Counts:
        """Of the whole query; facets with something included from the query without that."""
        query = narrowed(typed, chosen)
        whole = self._divided(query)
        values, places, of_suppliers = dict(whole.values), whole.places, query
        for each in chosen:
            if not each.included:
                continue
            others = narrowed(typed, chosen, without=each.facet.name)
            match each.facet.shape:
                case Shape.SUPPLIERS:
                    of_suppliers = others
                case Shape.PLACES:
                    places = self._divided(others).places
                case _:
                    values[each.facet.name] = self._divided(others).values[each.facet.name]
        values["supplier"] = self._suppliers(of_suppliers)
        return Counts(values, places)

    def _divide(self, query: Query) -> Counts:
        """By every facet but suppliers."""
        by_facet = counts_by_facet(self._index.term_counts(query), self._total(query))
        places = self._tree.counted(by_facet.pop("place"))
        values = {facet.name: _ordered(facet, by_facet.get(facet.name, {})) for facet in FACETS}
        return Counts(values, places)

    def _count_suppliers(self, query: Query) -> list[tuple[str, int]]:
        return self._index.supplier_counts(query, MOST_SUPPLIERS)

    @cached_property
    def _tree(self) -> PlaceTree:
        everything = self._index.term_counts(parse_query(""))
        return PlaceTree(counts_by_facet(everything, 0)["place"])


def _ordered(facet: Facet, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Codes by how many notices have them, numbers and bands in their own order."""
    if facet.shape in (Shape.NUMBERS, Shape.BANDS):
        return sorted(counts.items(), key=lambda one: _rank(one[0]))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _rank(value: str) -> tuple[bool, int]:
    """Where a number or the lower bound of a band stands; what states none comes last."""
    if value == NONE:
        return True, 0
    return False, -1 if value == BELOW else int(value)
