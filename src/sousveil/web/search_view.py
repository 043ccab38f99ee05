"""What the search page shows: chips, facets with their values, and hits with marked words."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from sousveil.pipeline.browsing import MOST_PAGES, PAGE, Browsed
from sousveil.pipeline.listed import Listed
from sousveil.reference.glossary import gloss
from sousveil.search import Snippet
from sousveil.search.facets import FACETS, Facet, Shape
from sousveil.search.place_tree import Counted
from sousveil.web.entity_addresses import facet_page
from sousveil.web.search_state import EXCLUDE, State

SHOWN, MORE = 6, 24
"""Values of a facet that are shown, and those behind "more"."""

Label = Callable[[Facet, str], str]


class Chip(msgspec.Struct, frozen=True):
    """A choice that can be taken off."""

    facet: str
    label: str
    excluded: bool
    address: str


class Value(msgspec.Struct, frozen=True):
    """A value of a facet. ``depth`` is 0 but for places; ``chosen``: it is included; ``page``:
    the address of its own page, where it has one."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0
    page: str | None = None


class Group(msgspec.Struct, frozen=True):
    """A facet with its values: those to show, those behind "more", and how many are left out."""

    name: str
    values: Sequence[Value]
    more: Sequence[Value]
    left: int
    active: bool


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a snippet."""

    text: str
    marked: bool


class HitView(msgspec.Struct, frozen=True):
    """A hit for the page. ``pieces``: of the words that matched; of the beginning of its text only
    where it has no title."""

    notice: Listed
    gloss: str | None
    buyer_gloss: str | None
    pieces: Sequence[Piece]
    before: bool
    after: bool


class Pager(msgspec.Struct, frozen=True):
    """Where the pages before and after are; ``first`` and ``last`` number the hits shown."""

    page: int
    pages: int
    first: int
    last: int
    before: str | None
    after: str | None


def chips(state: State, label: Label, to: Callable[[State], str] = State.address) -> list[Chip]:
    """The choices of a state, in the order made; ``to``: where a state is shown."""
    facets = {facet.name: facet for facet in FACETS}
    found = []
    for name, value in state.choices:
        facet = facets[name.removeprefix(EXCLUDE)]
        found.append(
            Chip(
                facet.name,
                label(facet, value),
                name.startswith(EXCLUDE),
                to(state.without((name, value))),
            )
        )
    return found


def groups(browsed: Browsed, state: State, label: Label) -> list[Group]:
    """The facets that divide the notices found, in their order."""
    found = []
    for facet in FACETS:
        included = {value for name, value in state.choices if name == facet.name}
        if facet.shape is Shape.PLACES:
            values = _places(browsed.counts.places, included)
        else:
            values = [(value, count, 0) for value, count in browsed.counts.values[facet.name]]
            if facet.name == "year":
                values.reverse()
        if values:
            found.append(_group(facet, values, included, label))
    return found


_Counted = tuple[str, int, int]
"""A value, its count and how deep in the tree it stands."""


def _group(facet: Facet, values: list[_Counted], included: set[str], label: Label) -> Group:
    """The first values, and any that is chosen wherever it stands."""
    first = values[:SHOWN] if len(values) > SHOWN + 1 else values
    rest = values[len(first) :]
    first = [*first, *(value for value in rest if value[0] in included)]
    rest = [value for value in rest if value[0] not in included]

    def shown(some: list[_Counted]) -> list[Value]:
        return [
            Value(
                value,
                label(facet, value),
                count,
                value in included,
                depth,
                facet_page(facet, value),
            )
            for value, count, depth in some
        ]

    left = max(0, len(rest) - MORE)
    return Group(facet.name, shown(first), shown(rest[:MORE]), left, bool(included))


def _places(nodes: Sequence[Counted], included: set[str]) -> list[_Counted]:
    """Countries; below a node that is chosen, or alone, what lies in it."""
    below: dict[str, list[Counted]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    opened = {"/".join(value.split("/")[: n + 1]) for value in included for n in range(9)}
    found: list[_Counted] = []

    def add(parent: str, depth: int) -> None:
        here = below.get(parent, [])
        for node in here:
            found.append((node.path, node.count, depth))
            if node.path in opened or (len(here) == 1 and depth == 0):
                add(node.path, depth + 1)

    add("", 0)
    return found


def hits(browsed: Browsed) -> list[HitView]:
    """The notices of the page."""
    return [
        HitView(
            notice,
            _gloss(notice.title),
            _gloss(notice.buyer),
            pieces(snippet) if snippet.spans or not notice.title else (),
            snippet.more_before,
            snippet.more_after,
        )
        for notice, snippet in browsed.hits
    ]


@lru_cache(4096)
def _gloss(name: str | None) -> str | None:
    return gloss(name) if name else None


def pieces(snippet: Snippet) -> list[Piece]:
    """A snippet in stretches, those of matched words marked; borders of cells as spaces."""
    text = snippet.text.replace("\t", " ")
    cuts = [0, *(place for span in snippet.spans for place in span), len(text)]
    marked = {start for start, _ in snippet.spans}
    return [Piece(text[start:end], start in marked) for start, end in pairwise(cuts) if start < end]


def pager(state: State, total: int) -> Pager:
    """The pages around this one."""
    pages = min(MOST_PAGES, max(1, -(-total // PAGE)))
    before = state.turned(state.page - 1).address() if state.page > 1 else None
    after = state.turned(state.page + 1).address() if state.page < pages else None
    first = (state.page - 1) * PAGE
    return Pager(state.page, pages, first + 1, min(first + PAGE, total), before, after)
