"""The order in which the pieces of a page are read, from where they stand.

pdfium gives text in the order it was drawn, which is nearly always the order of reading. Two things
are mended: columns that were drawn row by row, and headers and footers drawn out of their place.
"""

import itertools
import math
from collections.abc import Sequence
from operator import le
from statistics import median

from sousveil.parse.pdf.frame import Box, hull

_FEWEST = 5
"""Lines on each side of a gap before columns are thought of."""

_WIDE = 12
"""Line heights: what is narrower is a column of a table, not of text."""

_FULL = 0.8
_MOSTLY = 0.5
_COLUMNS_DEEP = 3
_MOST_RUNS = 300
_APART = 3
"""Line heights without text after which a header, a footer or another block begins."""


def in_columns(rows: Sequence[Sequence[Box]], depth: int = 0) -> list[list[tuple[int, int]]]:
    """Lines in the order of reading, each as the (row, piece) that stand in it.

    ``rows`` are lines as drawn, cut where wide gaps are. A row stays whole unless it belongs to
    columns of text: lines mostly full, at least five of them, on both sides of the same gap.
    """
    whole = [[(row, piece) for piece in range(len(boxes))] for row, boxes in enumerate(rows)]
    gutter = _gutter(rows) if depth < _COLUMNS_DEEP else None
    if gutter is None:
        return whole
    result: list[list[tuple[int, int]]] = []
    band: list[int] = []
    for row in range(len(rows)):
        if any(left < gutter < right for left, _, right, _ in rows[row]):
            result += _of_band(rows, band, gutter, depth)
            band = []
            result.append(whole[row])
        else:
            band.append(row)
    return result + _of_band(rows, band, gutter, depth)


def _of_band(
    rows: Sequence[Sequence[Box]], band: Sequence[int], gutter: float, depth: int
) -> list[list[tuple[int, int]]]:
    """The lines of rows that nothing crosses the gutter in: by column if they are columns."""
    halves: list[list[list[tuple[int, int]]]] = [[], []]
    for row in band:
        for side in (0, 1):
            pieces = [
                (row, piece)
                for piece, box in enumerate(rows[row])
                if (box[0] >= gutter) == bool(side)
            ]
            if pieces:
                halves[side].append(pieces)
    boxes = [[[rows[row][piece] for row, piece in line] for line in half] for half in halves]
    if not all(_is_text(half) for half in boxes):
        return [[(row, piece) for piece in range(len(rows[row]))] for row in band]
    return [
        [half[line][piece] for line, piece in found]
        for half, inside in zip(halves, boxes, strict=True)
        for found in in_columns(inside, depth + 1)
    ]


def _gutter(rows: Sequence[Sequence[Box]]) -> float | None:
    """The x that most gaps between pieces of a row have in common, if five or more have."""
    events: list[tuple[float, int]] = []
    for boxes in rows:
        for one, other in itertools.pairwise(boxes):
            if one[2] < other[0]:
                events += [(one[2], 1), (other[0], -1)]
    events.sort()
    covering, most, place = 0, 0, None
    for (x, step), following in itertools.pairwise(events):
        covering += step
        if covering > most:
            most, place = covering, (x + following[0]) / 2
    return place if most >= _FEWEST else None


def _is_text(lines: Sequence[Sequence[Box]]) -> bool:
    """Whether lines are those of a column of text: wide, and most of them full."""
    if len(lines) < _FEWEST:
        return False
    lefts = [line[0][0] for line in lines]
    rights = [line[-1][2] for line in lines]
    height = median(line[0][3] - line[0][1] for line in lines)
    width = max(rights) - min(lefts)
    full = sum(right - left >= _FULL * width for left, right in zip(lefts, rights, strict=True))
    return width >= _WIDE * height and full >= _MOSTLY * len(lines)


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """Numbers of the boxes in the order of reading; ``boxes`` are in the order drawn.

    What was drawn from the top down stays together. Of two such runs the upper comes first where
    one stands under the other; a run above or below all others comes first or last.
    """
    middles = [box[1] + box[3] for box in boxes]
    if all(map(le, middles, middles[1:])):
        return list(range(len(boxes)))
    runs = _runs(boxes)
    if len(runs) < 2 or len(runs) > _MOST_RUNS:
        return list(range(len(boxes)))
    around = [hull([boxes[number] for number in run]) for run in runs]
    before = _befores(around)
    result: list[int] = []
    waiting = list(range(len(runs)))
    done: set[int] = set()
    while waiting:
        chosen = next((run for run in waiting if before[run] <= done), waiting[0])
        waiting.remove(chosen)
        done.add(chosen)
        result += runs[chosen]
    return result


def _runs(boxes: Sequence[Box]) -> list[list[int]]:
    """Boxes drawn after each other that go down and stand under each other, without a wide gap."""
    runs: list[list[int]] = []
    left, top, right, bottom = 0.0, math.inf, 0.0, 0.0
    for number, box in enumerate(boxes):
        x0, y0, x1, y1 = box
        high = min(y1 - y0, bottom - top)
        if (
            y0 + y1 >= top + bottom
            and y0 - bottom <= _APART * max(high, 1.0)
            and ((x0 < right and left < x1) or min(y1, bottom) - max(y0, top) > 0.5 * high)
        ):
            runs[-1].append(number)
        else:
            runs.append([number])
        left, top, right, bottom = box
    return runs


def _befores(around: Sequence[Box]) -> list[set[int]]:
    """For each run the runs that must come before it."""
    numbers = range(len(around))
    above = [
        [one != two and _above(around[one], around[two]) for two in numbers] for one in numbers
    ]
    first = [sum(above[one]) == len(around) - 1 for one in numbers]
    last = [sum(above[one][two] for one in numbers) == len(around) - 1 for two in numbers]
    return [
        {
            one
            for one in numbers
            if above[one][two] and (first[one] or last[two] or _beside(around[one], around[two]))
        }
        for two in numbers
    ]


def _beside(a: Box, b: Box) -> bool:
    """Whether one of two boxes would stand on the other if it fell."""
    return a[0] < b[2] and b[0] < a[2]


def _above(a: Box, b: Box) -> bool:
    """Whether one box is above another; they may overlap by a little."""
    slack = 0.3 * min(a[3] - a[1], b[3] - b[1])
    return a[3] <= b[1] + slack and a[1] + a[3] < b[1] + b[3]
