"""The flow figure of a review as SVG: boxes from what was given down to what claims count.

Drawn by hand, so that it is the same everywhere and needs no browser; the same counts give the
same picture. What leaves the way stands on the right, with its reasons.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import msgspec

from sousveil.report.flow import STEPS, Box, Step
from sousveil.text.controls import drawable

_FONT = "'Noto Sans CJK SC', 'Noto Sans', 'DejaVu Sans', sans-serif"
_INK, _GREY, _TINT, _EDGE = "#1d4e89", "#56616e", "#f4f6f9", "#9aa7b5"
_LEFT, _MAIN, _GAP, _ASIDE, _MARGIN = 118, 560, 56, 330, 24
_WIDTH = _LEFT + _MAIN + _GAP + _ASIDE + _MARGIN
_TOP, _BETWEEN_ROWS, _BETWEEN_BOXES = 84, 34, 16
_PAD, _TITLE, _LINE = 12, 20, 17
_MOST_PARTS = 8
_COLUMN = 6.6
"""Pixels that a Latin letter takes at the size of a line, on the average."""


class _Placed(msgspec.Struct, frozen=True):
    """A box where it stands, with its lines already broken."""

    box: Box
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


def flow_svg(boxes: Mapping[str, Box], title: str, note: str = "") -> str:
    """The figure. ``title`` names the case; ``note`` is said under it."""
    rows, y = [], _TOP
    for step in STEPS:
        main, aside = _row(step, boxes, y)
        height = max(one.y + one.height for one in (*main, *aside)) - y
        stretched = [msgspec.structs.replace(one, height=height) for one in main]
        rows.append((step, stretched, aside, y, height))
        y += height + _BETWEEN_ROWS
    bottom = y + 8
    said = f"{boxes['files'].number:,} files given, {boxes['projects'].number:,} projects"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom}" '
        f'width="{_WIDTH}" height="{bottom}" role="img" font-family={quoteattr(_FONT)}>',
        f"<title>{escape(drawable(title))}</title>",
        f"<desc>{escape(said)}</desc>",
        f'<rect width="{_WIDTH}" height="{bottom}" fill="#ffffff"/>',
        _text(_MARGIN, 36, title, 20, colour="#111111"),
        _text(_MARGIN, 60, note, 13, colour=_GREY),
    ]
    for (_, above, *_), (_, below, *_) in pairwise(rows):
        parts += _down(above, below)
    for step, main, aside, top, height in rows:
        parts += _phase(step.phase, top, height)
        parts += _across(main[-1], aside) if step.leaves else ()
        for one in (*main, *aside):
            parts += _drawn(one, main=one in main)
    return "\n".join([*parts, "</svg>\n"])


def _row(step: Step, boxes: Mapping[str, Box], y: int) -> tuple[list[_Placed], list[_Placed]]:
    """The boxes of a step side by side, and those aside one below the other."""
    count = len(step.boxes)
    width = (_MAIN - _BETWEEN_BOXES * (count - 1)) // count
    main = [
        _placed(boxes[name], _LEFT + at * (width + _BETWEEN_BOXES), y, width)
        for at, name in enumerate(step.boxes)
    ]
    aside, top = list[_Placed](), y
    for name in step.aside:
        one = _placed(boxes[name], _LEFT + _MAIN + _GAP, top, _ASIDE)
        aside.append(one)
        top += one.height + _BETWEEN_BOXES
    return main, aside


def _placed(box: Box, x: int, y: int, width: int) -> _Placed:
    lines = list[str]()
    for part in box.parts[:_MOST_PARTS]:
        lines += wrapped(f"{part.number:,} {part.label}", int((width - 2 * _PAD) / _COLUMN))
    more = len(box.parts) - _MOST_PARTS
    if more > 0:
        lines.append(f"and {more:,} more kinds")
    height = 2 * _PAD + _TITLE + _LINE * len(lines)
    return _Placed(box, x, y, width, height, tuple(lines))


def wrapped(words: str, columns: int) -> list[str]:
    """Words on lines of at most so many columns of Latin letters, of which Han characters take
    two; broken at spaces, and within what has none."""
    lines, line = list[str](), ""
    for word in drawable(words).split():
        joined = f"{line} {word}" if line else word
        if line and columns_of(joined) > columns:
            lines.append(line)
            joined = word
        while columns_of(joined) > columns:
            at = next(n for n in range(1, len(joined) + 1) if columns_of(joined[:n]) > columns)
            at = max(1, at - 1)
            lines.append(joined[:at])
            joined = joined[at:]
        line = joined
    return [*lines, line] if line else lines


def columns_of(words: str) -> int:
    """How many columns words take."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


def _phase(name: str, y: int, height: int) -> list[str]:
    return [
        f'<rect x="{_MARGIN}" y="{y}" width="78" height="{height}" rx="4" fill="{_INK}"/>',
        _text(_MARGIN + 39, y + height // 2 + 5, name, 13, "middle", "#ffffff"),
    ]


def _drawn(one: _Placed, *, main: bool) -> Iterator[str]:
    fill, edge = ("#ffffff", _INK) if main else (_TINT, _EDGE)
    told = f"{one.box.label}: {one.box.number:,}. {one.box.query}"
    yield f"<g><title>{escape(drawable(told))}</title>"
    yield (
        f'<rect x="{one.x}" y="{one.y}" width="{one.width}" height="{one.height}" rx="4" '
        f'fill="{fill}" stroke="{edge}" stroke-width="{1.5 if main else 1}"/>'
    )
    y = one.y + _PAD + 13
    number = f"{one.box.number:,}"
    yield _text(one.x + _PAD, y, one.box.label, 14, colour="#111111", weight="600")
    yield _text(one.x + one.width - _PAD, y, number, 14, "end", "#111111", "600")
    for at, line in enumerate(one.lines):
        yield _text(one.x + _PAD, y + _TITLE + _LINE * at, line, 12, colour=_GREY)
    yield "</g>"


def _down(above: Sequence[_Placed], below: Sequence[_Placed]) -> Iterator[str]:
    """Arrows from every box of a row to every one of the next, by one line between them."""
    start, end = above[0].y + above[0].height, below[0].y
    turn = (start + end) // 2
    middles = [one.middle for one in (*above, *below)]
    for one in above:
        yield _way(f"M{one.middle} {start}V{turn}")
    yield _way(f"M{min(middles)} {turn}H{max(middles)}")
    for one in below:
        yield _way(f"M{one.middle} {turn}V{end - 7}")
        yield f'<path d="M{one.middle - 5} {end - 8}h10l-5 8z" fill="{_INK}"/>'


def _across(last: _Placed, aside: Sequence[_Placed]) -> Iterator[str]:
    start = last.x + last.width
    for one in aside:
        y = one.y + one.height // 2
        yield _way(f"M{start} {y}H{one.x - 7}", _EDGE)
        yield f'<path d="M{one.x - 8} {y - 5}v10l8 -5z" fill="{_EDGE}"/>'


def _way(path: str, colour: str = _INK) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def _text(
    x: int, y: int, words: str, size: int, anchor: str = "start", colour: str = _INK,
    weight: str = "400",
) -> str:  # fmt: skip
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
        f'font-weight="{weight}">{escape(drawable(words))}</text>'
    )
