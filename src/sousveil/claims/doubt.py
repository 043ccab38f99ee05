"""Which notices answer a query whichever way their doubts are settled, and which may answer it.

A notice under review, or with a field of low confidence, has fields whose value may be another.
A query is then read twice: with those fields never matching (``sure``) and with those that could be
missed always matching (``possible``). A notice that matches the first way counts for sure.
"""

from collections.abc import Iterable

import msgspec

from sousveil.search.query import All, And, Node, Not, OneOf, Or, Present, Query, Within, Words

CODED = frozenset(
    ("surveillance", "overseas", "capability", "platform", "target", "function", "source",
     "level", "ladder")
)  # fmt: skip
"""Fields of a query that a coding fills."""

_AMOUNTS = frozenset(("amount", "amount_usd"))
_TOUCHED: dict[str, frozenset[str]] = {
    "buyer": frozenset(("buyer", "buyer_org", "buyer_type", "org")),
    "agency": frozenset(("agency", "org")),
    "suppliers": frozenset(("supplier", "supplier_org", "org")),
    "bidders": frozenset(("bidder", "org")),
    "project_name": frozenset(("name",)),
    "title": frozenset(("title",)),
    "method": frozenset(("method",)),
    "project_id": frozenset(("project_id",)),
    "plan_id": frozenset(("plan_id",)),
    "published": frozenset(("published", "year")),
    "first_published": frozenset(("year",)),
    "bid_deadline": frozenset(("year",)),
    "currency": frozenset(("currency", "amount_usd")),
    "budget": _AMOUNTS,
    "ceiling": _AMOUNTS,
    "award": _AMOUNTS,
}
"""Fields of a query by the field of a notice that is read with low confidence."""

_UNSURE = "unsure_"
_DISAGREE = "disagree"
_PLACE_REVIEW = "ambiguous_place"
_CODERS_REVIEW = "coders_disagree"


class Doubt(msgspec.Struct, frozen=True):
    """Fields of a query that may not match though they do (``lost``), or may match though they do
    not (``gained``)."""

    lost: frozenset[str]
    gained: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.lost or self.gained)


def doubt_of(surveillance: bool, review: Iterable[str], flags: Iterable[str]) -> Doubt:
    """What is in doubt about a notice, by its review reasons and its flags.

    Where it is in doubt whether a notice buys surveillance, so are all its codes: one that does
    not has none. One that is held not to buy any was given none, so that any may be found.
    """
    lost: set[str] = set()
    gained: set[str] = set()
    for reason in review:
        if reason == _PLACE_REVIEW:
            lost |= {"place", "province"}
            gained |= {"place", "province"}
            continue
        lost |= CODED
        if reason == _CODERS_REVIEW or not surveillance:
            gained |= CODED
    for flag in flags:
        if flag.startswith(_UNSURE):
            lost |= _TOUCHED.get(flag.removeprefix(_UNSURE), frozenset())
        elif _DISAGREE in flag:
            lost |= _AMOUNTS
    return Doubt(frozenset(lost), frozenset(gained))


def amount_in_doubt(flags: Iterable[str], kind: str | None) -> bool:
    """Whether a notice states amounts that disagree, or the one that counts (``kind``: award,
    budget or ceiling) is read with low confidence."""
    return any(_DISAGREE in flag or flag == f"{_UNSURE}{kind}" for flag in flags)


def named(query: Query) -> frozenset[str]:
    """The fields that a query names."""
    found: set[str] = set()

    def visit(node: Node) -> None:
        match node:
            case Words() | OneOf() | Within() | Present():
                found.update([node.field] if node.field else [])
            case And(items) | Or(items):
                for item in items:
                    visit(item)
            case Not(item):
                visit(item)
            case All():
                pass

    visit(query.root)
    return frozenset(found)


def at_least(query: Query, lost: frozenset[str]) -> Query:
    """What must match: fields of ``lost`` are taken never to (under a NOT, always to)."""
    return Query(_taken(query.root, lost, matching=False))


def at_most(query: Query, gained: frozenset[str]) -> Query:
    """What may match: fields of ``gained`` are taken always to (under a NOT, never to)."""
    return Query(_taken(query.root, gained, matching=True))


def _taken(node: Node, fields: frozenset[str], *, matching: bool) -> Node:
    match node:
        case Words() | OneOf() | Within() | Present():
            if node.field not in fields:
                return node
            return All() if matching else Not(All())
        case And(items):
            return And(tuple(_taken(item, fields, matching=matching) for item in items))
        case Or(items):
            return Or(tuple(_taken(item, fields, matching=matching) for item in items))
        case Not(item):
            return Not(_taken(item, fields, matching=not matching))
        case All():
            return node
