"""Lines of a page outside of its tables, each with its box, in the order they are read."""

from collections.abc import Sequence

import msgspec

from sousveil.parse.characters import printable
from sousveil.parse.pdf.frame import Box
from sousveil.parse.pdf.glyphs import Glyphs
from sousveil.parse.pdf.order import in_columns

_APART = 2.0
"""Line heights: a gap in a line wider than this may be one between columns."""

_NARROW = 0.6
"""Width of a letter or digit, at most, in parts of the line's height; an ideograph's is 1."""

_FEWEST = 5
"""Lines with wide gaps that a page has before columns are looked for."""

Span = tuple[int, int]


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A line, or a part of one: its words, its box, and how many empty lines stand before it."""

    words: str
    box: Box
    blank: int = 0


def lines_of(text: str) -> list[Span]:
    """The stretches of text between line ends, empty ones too."""
    spans: list[Span] = []
    at = 0
    for line in text.split("\r\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 2
    return spans


def cleaned(text: str) -> str:
    """Text of one line without control characters and blanks at its end."""
    return printable(text).replace("\n", " ").rstrip()


def pieces_of(glyphs: Glyphs, spans: Sequence[Span]) -> list[Piece]:
    """The lines at these stretches of the page's text; columns drawn row by row follow each other.

    A wide gap in a line is looked at only where a page has several.
    """
    text = glyphs.text
    filled: list[Span] = []
    blanks: list[int] = []
    blank = 0
    for start, end in spans:
        if text[start:end].isspace() or start == end:
            blank += 1
            continue
        filled.append((start, end))
        blanks.append(blank)
        blank = 0
    if not filled:
        return []
    boxes = _boxes(glyphs, filled)
    gappy = [number for number, span in enumerate(filled) if _gappy(text, span, boxes[number])]
    if len(gappy) >= _FEWEST:
        ordered = _ordered(glyphs, filled, boxes, gappy)
        if ordered != filled:
            filled, blanks = ordered, [0] * len(ordered)
            boxes = _boxes(glyphs, filled)
    return [
        Piece(words, box, blank)
        for (start, end), box, blank in zip(filled, boxes, blanks, strict=True)
        if (words := cleaned(text[start:end]))
    ]


def _boxes(glyphs: Glyphs, spans: Sequence[Span]) -> list[Box]:
    """The box around the first and last character of each stretch."""
    text = glyphs.text
    ends: list[int] = []
    for start, end in spans:
        stretch = text[start:end]
        ends.append(end - len(stretch.lstrip()))
        ends.append(start + len(stretch.rstrip()) - 1)
    return glyphs.around(ends)


def _gappy(text: str, span: Span, box: Box) -> bool:
    """Whether a line is much wider than its characters: they must stand apart somewhere."""
    words = text[span[0] : span[1]].strip()
    if " " not in words:
        return False
    wide = (len(words.encode("utf-8", "replace")) - len(words)) / 2
    height = box[3] - box[1]
    expected = (wide + _NARROW * max(0.0, len(words) - wide)) * height
    return box[2] - box[0] > expected + _APART * height


def _ordered(
    glyphs: Glyphs, filled: Sequence[Span], boxes: Sequence[Box], gappy: Sequence[int]
) -> list[Span]:
    """The lines, those of columns apart."""
    parts = {number: _cut(glyphs, filled[number]) for number in gappy}
    rows = [parts.get(number, [(span, boxes[number])]) for number, span in enumerate(filled)]
    if sum(len(row) > 1 for row in rows) < _FEWEST:
        return list(filled)
    result: list[Span] = []
    for line in in_columns([[box for _, box in row] for row in rows]):
        first, last = line[0], line[-1]
        result.append((rows[first[0]][first[1]][0][0], rows[last[0]][last[1]][0][1]))
    return result


def _cut(glyphs: Glyphs, span: Span) -> list[tuple[Span, Box]]:
    """A line cut at its wide gaps."""
    start, end = span
    text = glyphs.text
    shown = [at for at in range(start, end) if not text[at].isspace()]
    places = glyphs.boxes(shown).tolist()
    cuts = [0]
    for number in range(1, len(shown)):
        height = places[number][3] - places[number][1]
        gap = places[number][0] - places[number - 1][2]
        if gap > _APART * height and shown[number] - shown[number - 1] > 1:
            cuts.append(number)
    found: list[tuple[Span, Box]] = []
    for first, last in zip(cuts, [*cuts[1:], len(shown)], strict=True):
        lefts, tops, rights, bottoms = zip(*places[first:last], strict=True)
        begin = start if first == 0 else shown[first]
        until = end if last == len(shown) else shown[last - 1] + 1
        found.append(((begin, until), (min(lefts), min(tops), max(rights), max(bottoms))))
    return found
