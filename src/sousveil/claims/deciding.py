"""Which values of a notice a query asks for, and the words of the record that gave them."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from sousveil.model import Coding
from sousveil.model.claim import Words
from sousveil.search.fields import BY_NAME
from sousveil.search.query import And, Node, Not, OneOf, Or, Present, Query, Within
from sousveil.search.query import Words as Asked

_FACETS = {
    "capability": "capability",
    "platform": "platform",
    "target": "target_group",
    "function": "function",
    "source": "data_source",
}
"""Fields whose codes have reasons of their own."""

_SHOWN_BY: dict[str, tuple[str, ...]] = {
    "surveillance": ("capabilities",),
    "overseas": ("platforms", "target_groups"),
    "level": ("sophistication",),
    "ladder": ("sophistication",),
    "buyer_org": ("buyer",),
    "buyer_type": ("buyer",),
    "supplier_org": ("suppliers",),
    "org": ("buyer", "suppliers"),
    "year": ("published",),
    "amount": ("award", "budget", "ceiling"),
    "amount_usd": ("award", "budget", "ceiling"),
}
"""Fields that a record does not state itself: by which stated ones they are shown."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    "year": ("published",),
    "amount": ("award", "budget", "ceiling"),
    "amount_usd": ("award_usd", "budget_usd", "ceiling_usd"),
    "ladder": ("sophistication_ladder",),
    "org": ("buyer", "suppliers"),
    "buyer_org": ("buyer",),
    "supplier_org": ("suppliers",),
    "duplicate": ("duplicate_of",),
}
"""Columns that hold a field's value, where they are not called as the field's attribute."""


class Deciding(msgspec.Struct, frozen=True):
    """Fields of a query, and of fields of codes the codes it asks for (empty: any)."""

    fields: tuple[str, ...]
    codes: dict[str, frozenset[str]]

    def values(self, row: Mapping[str, object]) -> dict[str, str]:
        """The values of a notice that the query asks for, in words; those it has."""
        found: dict[str, str] = {}
        for field in self.fields:
            for column in _COLUMNS.get(field, (BY_NAME[field].attribute,)):
                value = row.get(column)
                if value is not None and value != []:
                    found[column] = _words(value)
        return found

    def words(self, row: Mapping[str, object]) -> tuple[Words, ...]:
        """The words that gave those values, each place once, in the order of the page."""
        evidence = msgspec.json.decode(str(row["evidence"]))
        found: set[Words] = set()
        for field in self.fields:
            if field in _FACETS:
                continue
            for name in _SHOWN_BY.get(field, (BY_NAME[field].attribute,)):
                if name in evidence:
                    found.add(msgspec.convert({"field": name, **evidence[name]}, Words))
        if any(field in _FACETS for field in self.fields):
            found |= set(self._of_codes(msgspec.json.decode(str(row["coding"]), type=Coding)))
        return tuple(sorted(found, key=lambda w: (w.page, w.start, w.end, w.field)))

    def _of_codes(self, coding: Coding) -> Iterator[Words]:
        for field in self.fields:
            asked = self.codes.get(field, frozenset())
            for tag in coding.tags:
                if tag.facet == _FACETS.get(field) and (not asked or tag.code in asked):
                    for reason in tag.reasons[:1]:
                        e = reason.evidence
                        yield Words(f"{field}:{tag.code}", e.quote, e.page, e.start, e.end)


def deciding(query: Query) -> Deciding:
    """What a query asks a notice to have: fields under a NOT decide by their absence."""
    fields: dict[str, None] = {}
    codes: dict[str, set[str]] = {}
    anything: set[str] = set()

    def visit(node: Node, wanted: bool) -> None:
        match node:
            case And(items) | Or(items):
                for item in items:
                    visit(item, wanted)
            case Not(item):
                visit(item, not wanted)
            case OneOf(field, values) if wanted:
                fields[field] = None
                codes.setdefault(field, set()).update(values)
            case Asked(field=str(field)) | Within(field=field) | Present(field=field) if wanted:
                fields[field] = None
                anything.add(field)
            case _:
                pass

    visit(query.root, True)
    named = {name: frozenset(asked) for name, asked in codes.items() if name not in anything}
    return Deciding(tuple(fields), named)


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(str(item) for item in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
