"""The text of a page cut into passages, lines and table cells, and those by highlighted spans.

Offsets count code points in the page's masked text. Spans may overlap: a piece knows all that cover
it. A long page is shown in excerpts around its spans, never as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal

import msgspec

AROUND = 400
"""Code points shown before and after a span where a page is too long to be shown whole."""

_TO_A_BORDER = 120
"""An excerpt begins and ends at a line's border that is no farther away."""


class Span(msgspec.Struct, frozen=True):
    """Words to be highlighted: [start, end) of a page, known by ``id``."""

    id: int
    start: int
    end: int


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text and the ids of all spans that cover it, the shortest first; ``begins``:
    those of them that it is the first piece of."""

    text: str
    ids: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


Line = tuple[Piece, ...]
"""A line, or a cell of a table."""


class Block(msgspec.Struct, frozen=True):
    """Lines, or rows of a table: ``rows`` holds one cell a row for ``lines``."""

    kind: Literal["lines", "table"]
    rows: tuple[tuple[Line, ...], ...]


class Passage(msgspec.Struct, frozen=True):
    """An excerpt [start, end) of a page and what it shows."""

    start: int
    end: int
    blocks: tuple[Block, ...]


def windows(
    text: str, spans: Sequence[Span], most: int, start: int = 0
) -> tuple[tuple[int, int], ...]:
    """Which parts [start, end) of a page to show in at most ``most`` code points.

    From ``start`` to the page's end where that fits or nothing is highlighted, else what stands
    around the spans, in order, as far as it goes.
    """
    if len(text) - start <= most:
        return ((start, len(text)),)
    if start or not spans:
        border = _border(text, start + most)
        return ((start, border if border > start else start + most),)
    found: list[tuple[int, int]] = []
    left = most
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        first = _border(text, max(0, span.start - AROUND))
        last = _border(text, min(len(text), span.end + AROUND), forward=True)
        if found and first <= found[-1][1]:
            first = found[-1][1]
        last = min(last, first + left)
        if last <= first:
            continue
        left -= last - first
        if found and first == found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)


def _border(text: str, at: int, *, forward: bool = False) -> int:
    """The border of a line near a place, where there is one; after it with ``forward``."""
    if forward:
        found = text.find("\n", at, at + _TO_A_BORDER)
        return found if found >= 0 else at
    found = text.rfind("\n", max(0, at - _TO_A_BORDER), at)
    return found + 1 if found >= 0 else at


def passages(
    text: str, spans: Sequence[Span], shown: Iterable[tuple[int, int]]
) -> tuple[Passage, ...]:
    """The parts of a page that are shown, each in lines and tables."""
    seen: set[int] = set()
    return tuple(
        Passage(start, end, tuple(_blocks(text, spans, start, end, seen))) for start, end in shown
    )


def _blocks(
    text: str, spans: Sequence[Span], start: int, end: int, seen: set[int]
) -> Iterator[Block]:
    kept = sorted((s for s in spans if s.start < end and s.end > start), key=_order)
    lines: list[tuple[bool, tuple[Line, ...]]] = []
    at, next_span, open_spans = start, 0, list[Span]()
    for line in text[start:end].split("\n"):
        stop = at + len(line)
        while next_span < len(kept) and kept[next_span].start < max(stop, at + 1):
            open_spans.append(kept[next_span])
            next_span += 1
        open_spans = [span for span in open_spans if span.end > at]
        cells = tuple(
            tuple(pieces(text, open_spans, first, last, seen)) for first, last in _cells(line, at)
        )
        lines.append((len(cells) > 1, cells))
        at = stop + 1
    for is_row, found in groupby(lines, key=lambda one: one[0]):
        yield Block("table" if is_row else "lines", tuple(cells for _, cells in found))


def _cells(line: str, at: int) -> Iterator[tuple[int, int]]:
    for cell in line.split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


def pieces(
    text: str, spans: Sequence[Span], start: int, end: int, seen: set[int]
) -> Iterator[Piece]:
    """[start, end) of a text cut wherever one of the spans begins or ends; ``seen`` are the ids of
    those that pieces before it show, and takes in its own."""
    here = [span for span in spans if span.start < end and span.end > start]
    if not here:
        if end > start:
            yield Piece(text[start:end])
        return
    borders = {start, end}
    for span in here:
        borders |= {max(start, span.start), min(end, span.end)}
    for first, last in pairwise(sorted(borders)):
        over = sorted((s for s in here if s.start <= first and s.end >= last), key=_shortest)
        ids = tuple(span.id for span in over)
        yield Piece(text[first:last], ids, tuple(one for one in ids if one not in seen))
        seen.update(ids)


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, span.end, span.id


def _shortest(span: Span) -> tuple[int, int]:
    return span.end - span.start, span.id
