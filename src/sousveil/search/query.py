"""The query tree: what both the index and the scan understand a query to mean."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from sousveil.search.tokenizer import Token, tokens


class All(msgspec.Struct, frozen=True, tag=True):
    """Every notice: ``*``, and the empty query."""

    def __str__(self) -> str:
        return "*"


class Words(msgspec.Struct, frozen=True, tag=True):
    """A word or phrase, in one field or (None) anywhere; ``prefix``: its last word may go on."""

    text: str
    field: str | None = None
    prefix: bool = False

    def __str__(self) -> str:
        text = quoted(self.text) + ("*" if self.prefix else "")
        return f"{self.field}:{text}" if self.field else text


class OneOf(msgspec.Struct, frozen=True, tag=True):
    """A field of codes, numbers, places or flags that has one of these values."""

    field: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}:{','.join(quoted(value, value=True) for value in self.values)}"


class Within(msgspec.Struct, frozen=True, tag=True):
    """A field of numbers or days in a range; None: open-ended. Only amounts exclude a bound."""

    field: str
    low: Decimal | date | None
    high: Decimal | date | None
    low_excluded: bool = False
    high_excluded: bool = False

    def __str__(self) -> str:
        low, high = (_plain(bound) for bound in (self.low, self.high))
        if self.low_excluded:
            return f"{self.field}:>{low}"
        if self.high_excluded:
            return f"{self.field}:<{high}"
        return f"{self.field}:{low}" if low == high else f"{self.field}:{low}..{high}"


class Present(msgspec.Struct, frozen=True, tag=True):
    """A field that has any value at all."""

    field: str

    def __str__(self) -> str:
        return f"{self.field}:*"


class And(msgspec.Struct, frozen=True, tag=True):
    """All of these (two or more, none itself an And)."""

    items: tuple["Node", ...]

    def __str__(self) -> str:
        return " ".join(_inner(item, (Or,)) for item in self.items)


class Or(msgspec.Struct, frozen=True, tag=True):
    """At least one of these (two or more, none itself an Or)."""

    items: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(_inner(item, ()) for item in self.items)


class Not(msgspec.Struct, frozen=True, tag=True):
    """Not this."""

    item: "Node"

    def __str__(self) -> str:
        return f"NOT {_inner(self.item, (And, Or))}"


Node = All | Words | OneOf | Within | Present | And | Or | Not


class Query(msgspec.Struct, frozen=True):
    """A parsed query. ``str()`` writes it in the canonical way; parsing that gives it again."""

    root: Node

    def __str__(self) -> str:
        return "" if isinstance(self.root, All) else str(self.root)


def asked_words(query: Query) -> tuple[Words, ...]:
    """Words a matching notice may hold (those under an even number of NOTs), without repeats."""
    found: dict[Words, None] = {}

    def visit(node: Node, wanted: bool) -> None:
        match node:
            case Words():
                if wanted:
                    found[node] = None
            case And(items) | Or(items):
                for item in items:
                    visit(item, wanted)
            case Not(item):
                visit(item, not wanted)
            case _:
                pass

    visit(query.root, True)
    return tuple(found)


@lru_cache(2048)
def word_tokens(text: str) -> tuple[Token, ...]:
    """Tokens of the words of a query."""
    return tuple(tokens(text))


_OPERATORS = frozenset({"AND", "OR", "NOT"})
_SPECIAL = frozenset('()"*,')


def quoted(text: str, *, value: bool = False) -> str:
    """Text as a query must write it: in quotes where bare it would mean something else."""
    bare = (
        bool(text)
        and not any(char in _SPECIAL or char.isspace() for char in text)
        and not text.startswith(("-", "@"))
        and text not in _OPERATORS
        and (value or ":" not in text)
    )
    return text if bare else f'"{text}"'


def _inner(node: Node, wrapped: tuple[type, ...]) -> str:
    return f"({node})" if isinstance(node, wrapped) else str(node)


def _plain(bound: Decimal | date | None) -> str:
    """A bound as a query writes it, without exponents; "" for an open end."""
    if bound is None:
        return ""
    return bound.isoformat() if isinstance(bound, date) else f"{bound.normalize():f}"
