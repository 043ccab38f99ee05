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
    joined = text.replace("\r\n", "")
    clean = printable(joined) is joined
    filled: list[Span] = []
    said: list[str] = []
    blanks: list[int] = []
    blank = 0
    for start, end in spans:
        words = text[start:end].rstrip()
        if words:
            filled.append((start, end))
            said.append(words)
            blanks.append(blank)
            blank = 0
        else:
            blank += 1
    boxes = _boxes(glyphs, filled, said)
    if sum(map(_gappy, said, boxes)) >= _FEWEST:
        ordered = _ordered(glyphs, filled, boxes)
        if ordered != filled:
            said = [text[start:end].rstrip() for start, end in ordered]
            blanks, boxes = [0] * len(ordered), _boxes(glyphs, ordered, said)
    if not clean:
        said = [cleaned(words) for words in said]
    return [piece for piece in map(Piece, said, boxes, blanks) if piece.words]


def _boxes(glyphs: Glyphs, spans: Sequence[Span], said: Sequence[str]) -> list[Box]:
    """The box around the first and last character of each stretch."""
    ends: list[int] = []
    for (start, _), words in zip(spans, said, strict=True):
        size = len(words)
        ends.append(start + size - len(words.lstrip()) if words[0].isspace() else start)
        ends.append(start + size - 1)
    return glyphs.around(ends)


def _gappy(words: str, box: Box) -> bool:
    """Whether a line is much wider than its characters: they must stand apart somewhere."""
    if " " not in words:
        return False
    size = len(words)
    wide = (len(words.encode("utf-8", "replace")) - size) / 2
    height = box[3] - box[1]
    expected = (wide + _NARROW * max(0.0, size - wide)) * height
    return box[2] - box[0] > expected + _APART * height


def _ordered(glyphs: Glyphs, filled: Sequence[Span], boxes: Sequence[Box]) -> list[Span]:
    """The lines, those of columns apart."""
    text = glyphs.text
    rows = [
        _cut(glyphs, span) if _gappy(text[span[0] : span[1]].strip(), box) else [(span, box)]
        for span, box in zip(filled, boxes, strict=True)
    ]
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
