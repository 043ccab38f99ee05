"""How notices divide: the facets, the term that counts each of a facet's values, and its filter.

The index counts terms of one field. For facets of codes these are the very terms that filters look
up; numbers and places have terms of their own, made of the same values that their filters compare,
so a count is always what its filter finds. The place of a notice is one term of country, province
and place: ``place_tree`` adds those up.
"""

from collections.abc import Iterator
from enum import Enum

import msgspec

from sousveil.errors import QueryError, UsageError
from sousveil.search.fields import BY_NAME, row_number
from sousveil.search.parser import parse_query
from sousveil.search.query import And, Node, Not, OneOf, Or, Present, Query, Within
from sousveil.search.rows import IndexRow

NONE = "-"
"""The value of notices that state none."""

BANDS = (0, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
"""Lower bounds of the bands of amounts, in US dollars; the last has no end."""

BELOW = "below"
"""The band of amounts under the first bound."""

_SEPARATOR = "\x1f"


class Shape(Enum):
    """What a facet's values are."""

    CODES = "codes"
    NUMBERS = "numbers"
    BANDS = "bands"
    PLACES = "places"
    SUPPLIERS = "suppliers"


class Facet(msgspec.Struct, frozen=True):
    """A way to divide notices: ``field`` of the query language that its filters use."""

    name: str
    field: str
    shape: Shape


FACETS: tuple[Facet, ...] = (
    Facet("surveillance", "surveillance", Shape.CODES),
    Facet("basis", "basis", Shape.CODES),
    Facet("buyer_type", "buyer_type", Shape.CODES),
    Facet("place", "place", Shape.PLACES),
    Facet("year", "year", Shape.NUMBERS),
    Facet("capability", "capability", Shape.CODES),
    Facet("platform", "platform", Shape.CODES),
    Facet("target", "target", Shape.CODES),
    Facet("supplier", "supplier_org", Shape.SUPPLIERS),
    Facet("type", "type", Shape.CODES),
    Facet("amount", "amount_usd", Shape.BANDS),
    Facet("ladder", "ladder", Shape.CODES),
    Facet("level", "level", Shape.NUMBERS),
)
BY_FACET = {facet.name: facet for facet in FACETS}

COUNTED_FIELDS = frozenset(
    facet.field for facet in FACETS if facet.shape in (Shape.CODES, Shape.NUMBERS, Shape.BANDS)
)
"""Fields whose terms, and whether there is a value, stand where they are counted."""


class Place(msgspec.Struct, frozen=True):
    """Where a notice is from, as its row has it; "" for what is not stated."""

    country: str
    province: str
    place: str


def extra_terms(row: IndexRow) -> Iterator[tuple[str, str]]:
    """(facet, value) that only counting needs: of numbers, bands and places."""
    for facet in FACETS:
        if facet.shape is Shape.PLACES:
            yield (
                facet.name,
                _SEPARATOR.join((row.country or "", row.province or "", row.place or "")),
            )
        elif facet.shape in (Shape.NUMBERS, Shape.BANDS):
            value = row_number(row, BY_NAME[facet.field])
            if isinstance(value, int | float):
                yield facet.name, str(value) if facet.shape is Shape.NUMBERS else band_of(value)


def band_of(amount: float) -> str:
    """The band of an amount by its lower bound."""
    return next((str(low) for low in reversed(BANDS) if amount >= low), BELOW)


def place_of(value: str) -> Place:
    """The place that a term's value says."""
    return Place(*value.split(_SEPARATOR))


def filter_of(facet: Facet, value: str) -> Node:
    """The filter that finds what is counted for a value, as the query language reads it.

    Places are ``CN``, ``CN/新疆``, ``CN/新疆/昌吉``: a country, a province of it, a place in that.
    Raises UsageError for a value that the facet cannot have.
    """
    if value == NONE:
        return Not(Present("country" if facet.shape is Shape.PLACES else facet.field))
    match facet.shape:
        case Shape.BANDS:
            low, high = _bounds(facet, value)
            asked = " ".join(
                f"{facet.field}:{sign}{bound}"
                for sign, bound in ((">=", low), ("<", high))
                if bound is not None
            )
        case Shape.PLACES:
            country, *parts = value.split("/")
            asked = f'country:"{country}"'
            if parts:
                asked += f' {"province" if len(parts) == 1 else "place"}:"{"/".join(parts)}"'
        case Shape.NUMBERS:
            asked = f"{facet.field}:{value}"
        case Shape.CODES | Shape.SUPPLIERS:
            asked = f'{facet.field}:"{value}"'
    try:
        found = parse_query(asked).root
    except QueryError:
        raise _refused(facet) from None
    whole = found.items if isinstance(found, And) else (found,)
    if not all(isinstance(one, OneOf | Within) for one in whole) or len(whole) > 2:
        raise _refused(facet)  # the value reached out of its quotes
    return found


def _bounds(facet: Facet, value: str) -> tuple[int | None, int | None]:
    """The bounds of a band: from the first on, up to the second and without it."""
    if value == BELOW:
        return None, BANDS[0]
    lows = [str(low) for low in BANDS]
    if value not in lows:
        raise _refused(facet)
    at = lows.index(value)
    return BANDS[at], BANDS[at + 1] if at + 1 < len(BANDS) else None


def _refused(facet: Facet) -> UsageError:
    return UsageError(f"The filter '{facet.name}' has no such value.", "Take it off.")


class Chosen(msgspec.Struct, frozen=True):
    """What was chosen of one facet: any of ``included``, none of ``excluded``."""

    facet: Facet
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def narrowed(query: Query, chosen: tuple[Chosen, ...], *, without: str = "") -> Query:
    """The query with what was chosen; ``without``: leaving out what one facet includes.

    Raises UsageError for a value that its facet cannot have.
    """
    items: list[Node] = []
    for each in chosen:
        wanted = tuple(filter_of(each.facet, value) for value in each.included)
        if wanted and each.facet.name != without:
            items.append(wanted[0] if len(wanted) == 1 else Or(wanted))
        items += [_not(filter_of(each.facet, value)) for value in each.excluded]
    return query if not items else Query(_all([query.root, *items]))


def _not(node: Node) -> Node:
    return node.item if isinstance(node, Not) else Not(node)


def _all(nodes: list[Node]) -> Node:
    """All of the nodes as one, as the parser would build it."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.items if isinstance(node, And) else [node]
    return And(tuple(flat)) if len(flat) > 1 else flat[0]


def counts_by_facet(terms: dict[str, int], total: int) -> dict[str, dict[str, int]]:
    """Counts of terms as counts of values by facet, NONE for notices without a value.

    Supplier counts are not among the terms, and places are still whole (``place_of``).
    """
    found: dict[str, dict[str, int]] = {facet.name: {} for facet in FACETS}
    for term, count in terms.items():
        name, _, value = term.partition("=")
        if name in _BY_TERM:
            found[_BY_TERM[name]][value] = count
    for facet in FACETS:
        if facet.field in COUNTED_FIELDS:
            missing = total - terms.get(f"?{facet.field}", 0)
            if missing:
                found[facet.name][NONE] = missing
    return found


def counted_term(facet: str, value: str) -> str:
    """The term of a value that only counting needs."""
    return f"#{facet}={value}"


_BY_TERM = {
    facet.field if facet.shape is Shape.CODES else f"#{facet.name}": facet.name for facet in FACETS
}
