"""From words of a page's masked text to places on its picture, and which places have to be black.

Boxes are those kept when a page was parsed: lines, or the text of table cells. A box with anything
personal in it is black as a whole, for where in it that stands is not known.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from sousveil.model import Box, MaskedSpan, ParsedPage

PARTS = 10_000
_SURE = 0.5
"""Confidence below which what was recognised in a box may be something else."""

_FLAT = 4
"""A box of that many heights is one line, within which words can be placed."""


class Rect(msgspec.Struct, frozen=True, array_like=True):
    """Sides of a box in parts of 10,000 of the page; ``id`` is the span's it belongs to."""

    id: int
    left: int
    top: int
    right: int
    bottom: int


class Places(msgspec.Struct, frozen=True):
    """The boxes of a page: to be seen, and to be black. ``known`` is False where something
    personal stands at a place that no box tells."""

    seen: tuple[Box, ...]
    black: tuple[Box, ...]
    known: bool


def boxes_of(page: ParsedPage) -> tuple[Box, ...]:
    """Where the text of a page stands. Recognised lines may be askew: the box around them."""
    found = list(page.boxes)
    for line in page.recognised:
        x, y = line.corners[::2], line.corners[1::2]
        found.append(Box(line.start, line.end, min(x), min(y), max(x), max(y)))
    return tuple(found)


def places(page: ParsedPage, masked: Sequence[MaskedSpan]) -> Places:
    """Which boxes of a page may be seen, and which are black."""
    doubtful = {(r.start, r.end) for r in page.recognised if r.confidence < _SURE}
    seen, black = list[Box](), list[Box]()
    for box in boxes_of(page):
        if any(m.parsed_start < box.end and m.parsed_end > box.start for m in masked):
            black.append(box)
        elif (box.start, box.end) not in doubtful:
            seen.append(box)
    known = all(_is_covered(page.text, span, black) for span in masked)
    return Places(tuple(seen), tuple(black), known)


def _is_covered(text: str, span: MaskedSpan, boxes: Sequence[Box]) -> bool:
    """Whether each character of a masked span that can be seen stands in a box."""
    at = span.parsed_start
    for box in sorted(boxes, key=lambda one: one.start):
        if box.start > at and text[at : min(box.start, span.parsed_end)].strip():
            return False
        at = max(at, min(box.end, span.parsed_end))
    return not text[at : span.parsed_end].strip()


def as_parsed(masked: Sequence[MaskedSpan], start: int, end: int) -> tuple[int, int]:
    """[start, end) of the masked text as a span of the text that was parsed. A border within a mask
    moves outwards."""
    starts = [span.start for span in masked]

    def back(offset: int, *, is_end: bool) -> int:
        index = bisect_right(starts, offset - 1 if is_end else offset) - 1
        if index < 0:
            return offset
        span = masked[index]
        if offset >= span.end:
            return offset + span.parsed_end - span.end
        return span.parsed_end if is_end else span.parsed_start

    return back(start, is_end=False), back(end, is_end=True)


def rects(
    page: ParsedPage, masked: Sequence[MaskedSpan], spans: Sequence[tuple[int, int, int]]
) -> Iterator[Rect]:
    """Where spans (id, start, end) of the masked text stand on the page, a rectangle a line."""
    boxes = boxes_of(page)
    for number, start, end in spans:
        first, last = as_parsed(masked, start, end)
        for box in boxes:
            if box.start < last and box.end > first:
                yield _within(page.text, box, first, last, number)


def _within(text: str, box: Box, first: int, last: int, number: int) -> Rect:
    """The part of a box that words take up, by the widths of what stands before and in them; the
    whole box where it is not one line."""
    words = text[box.start : box.end]
    wide, high = box.right - box.left, box.bottom - box.top
    if "\n" in words or wide < _FLAT * high or not words:
        return Rect(number, box.left, box.top, box.right, box.bottom)
    step = wide / max(1, _width(words))
    left = _width(text[box.start : max(first, box.start)]) * step
    right = _width(text[box.start : min(last, box.end)]) * step
    return Rect(number, box.left + int(left), box.top, box.left + round(right), box.bottom)


def _width(words: str) -> int:
    """Widths as fonts of East Asia have them (UAX #11): wide characters take two parts."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)
