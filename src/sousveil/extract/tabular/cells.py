"""The values of one record under their headings: rows of tables and objects of JSON alike."""

from collections.abc import Iterator

import msgspec

from sousveil.extract.record_scan import Leaf, Node, scan, unescape
from sousveil.model import Page

_MOST = 500
"""Values of one JSON record that are looked at: an export of purchases has some dozens."""
_DEEPEST = 6


class Value(msgspec.Struct, frozen=True, gc=False):
    """What stands at [start, end) of the page's text, under ``heading``.

    ``said`` is the value without the escapes of JSON. ``is_number``: a number of JSON, which has
    no unit and no thousands separators.
    """

    heading: str
    start: int
    end: int
    said: str
    is_number: bool = False


Found = dict[str, Value]
"""By field: the value that stands for it."""


def values(page: Page) -> list[Value]:
    """The values of a row of a table (column 1 under column 0) or of a JSON record, in order.

    A member of an object inside the record stands under the names on the way to it
    (``tender title``); of an array, each element counts with its number (``winner 0 name``), as in
    the tables that flattening such records gives.
    """
    if page.obtained == "record":
        root = scan(page.text)
        return [] if root is None else list(_limited(_members(page.text, root, "", 0)))
    text = page.text
    headings = {c.row: text[c.start : c.end] for c in page.cells if c.column == 0}
    return [
        Value(headings[c.row], c.start, c.end, text[c.start : c.end])
        for c in page.cells
        if c.column == 1 and c.row in headings
    ]


def _limited(found: Iterator[Value]) -> Iterator[Value]:
    for count, value in enumerate(found):
        if count >= _MOST:
            return
        yield value


def _members(text: str, node: Node, heading: str, depth: int) -> Iterator[Value]:
    if isinstance(node, tuple):
        value = _leaf(text, node, heading)
        if value is not None:
            yield value
    elif depth < _DEEPEST:
        inner = node.items() if isinstance(node, dict) else enumerate(node)
        for name, below in inner:
            yield from _members(text, below, f"{heading} {name}".strip(), depth + 1)


def _leaf(text: str, leaf: Leaf, heading: str) -> Value | None:
    """The value of a string or number; None for true, false and null."""
    start, end = leaf
    first = text[start]
    if first == '"':
        content = text[start + 1 : end - 1]
        return Value(heading, start + 1, end - 1, unescape(content).replace("\0", ""))
    if first in "tfn":
        return None
    return Value(heading, start, end, text[start:end], is_number=True)
