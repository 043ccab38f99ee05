"""Whether a notice matches, by looking at its tokens one after the other: the index's oracle.

Slow and plain on purpose; it shares only the tokenizer and the query tree with the index, and
tests compare the two. Nothing else uses it.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sousveil.search.fields import (
    BY_NAME,
    Kind,
    asked_place_keys,
    code_key,
    place_keys,
    row_number,
    row_values,
    row_words,
)
from sousveil.search.query import (
    All,
    And,
    Node,
    Not,
    OneOf,
    Or,
    Present,
    Query,
    Within,
    Words,
    word_tokens,
)
from sousveil.search.rows import IndexRow
from sousveil.search.tokenizer import Token, tokens


@lru_cache(4096)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokens(text))


def matches(query: Query, row: IndexRow) -> bool:
    """Whether the notice is an answer to the query."""
    return _holds(query.root, row)


def _holds(node: Node, row: IndexRow) -> bool:
    match node:
        case All():
            return True
        case And(items):
            return all(_holds(item, row) for item in items)
        case Or(items):
            return any(_holds(item, row) for item in items)
        case Not(item):
            return not _holds(item, row)
        case Words(text, field, prefix):
            texts = row_words(row, BY_NAME[field] if field else None)
            return any(contains(_tokens(each), word_tokens(text), prefix) for each in texts)
        case Present(field):
            spec = BY_NAME[field]
            if spec.kind in (Kind.WHOLE, Kind.AMOUNT, Kind.DAY):
                return row_number(row, spec) is not None
            return bool(row_values(row, spec))
        case OneOf(field, values):
            return _one_of(row, field, values)
        case Within():
            return _within(row, node)


def contains(text: Sequence[Token], asked: Sequence[Token], prefix: bool) -> bool:
    """Whether the tokens asked for stand in the text, one after the other, breaks alike."""
    return any(_stands_at(text, start, asked, prefix) for start in range(len(text)))


def _stands_at(text: Sequence[Token], start: int, asked: Sequence[Token], prefix: bool) -> bool:
    if start + len(asked) > len(text):
        return False
    for index, token in enumerate(asked):
        there = text[start + index]
        if index and there.gap != token.gap:
            return False
        if prefix and index == len(asked) - 1:
            return there.text.startswith(token.text)
        if there.text != token.text:
            return False
    return True


def _one_of(row: IndexRow, field: str, values: tuple[str, ...]) -> bool:
    spec = BY_NAME[field]
    for value in row_values(row, spec):
        if spec.kind is Kind.PLACE:
            if any(asked_place_keys(asked) & place_keys(value) for asked in values):
                return True
        elif code_key(value, spec.kind) in values:
            return True
    return False


def _within(row: IndexRow, node: Within) -> bool:
    value = row_number(row, BY_NAME[node.field])
    if value is None:
        return False
    if isinstance(value, date):
        low, high = node.low or date.min, node.high or date.max
        return isinstance(low, date) and isinstance(high, date) and low <= value <= high
    above = node.low is None or isinstance(node.low, date) or float(node.low) <= value
    below = node.high is None or isinstance(node.high, date) or value <= float(node.high)
    if node.low_excluded and not isinstance(node.low, date | None):
        above = above and float(node.low) != value
    if node.high_excluded and not isinstance(node.high, date | None):
        below = below and float(node.high) != value
    return above and below
