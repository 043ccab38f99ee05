"""From recognised boxes to a page's text: rows from the top, what stands apart between tabs."""

import numpy as np

from sousveil.model import RecognisedLine
from sousveil.parse.characters import printable
from sousveil.parse.ocr.engine import Image, Quads, crop, recognise
from sousveil.parse.ocr.leaders import find_leaders
from sousveil.parse.ocr.upright import sizes, upright

_APART = 1.0
"""A gap of this many line heights between two boxes of a row is a tab; a smaller one a blank."""

_SAME_ROW = 0.5
_OVERLAP = 0.5
"""Boxes of a row may overlap by this many line heights: detection draws them a little too wide."""

_ROWS_BACK = 4


def read_image(image: Image) -> tuple[str, tuple[RecognisedLine, ...]]:
    """The text of a page image, and for each box the span of its text, its place and confidence.

    Places are corners in parts of 10,000 of the width and height of the image as given.
    """
    turned_image, quads, turned = upright(image)
    turned_image, quads, leaders = find_leaders(turned_image, quads)
    found = recognise([crop(turned_image, quad) for quad in quads])
    said = [
        (quad, text, score)
        for quad, (words, score) in zip(quads, found, strict=True)
        if (text := " ".join(printable(words).split()))
    ]
    said += leaders
    if not said:
        return "", ()
    kept = np.array([quad for quad, _, _ in said])
    text, lines = "", list[RecognisedLine]()
    height, width = turned_image.shape[:2]
    for row in _rows(kept):
        if text:
            text += "\n"
        for place, (at, apart) in enumerate(row):
            if place:
                text += "\t" if apart else " "
            quad, words, score = said[at]
            corners = _as_given(quad, width, height, turned)
            lines.append(RecognisedLine(len(text), len(text) + len(words), score, corners))
            text += words
    return text, tuple(lines)


def _rows(quads: Quads) -> list[list[tuple[int, bool]]]:
    """Boxes by row, from left to right, each with whether it stands apart from the one before."""
    widths, heights = sizes(quads)
    wide = widths > 3 * heights
    steps = quads[:, 1] - quads[:, 0]
    angle = float(np.median(np.arctan2(steps[wide, 1], steps[wide, 0]))) if wide.any() else 0.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    straight = quads @ turn
    lefts, rights = straight[:, :, 0].min(axis=1), straight[:, :, 0].max(axis=1)
    middles = straight[:, :, 1].mean(axis=1)
    rows = _gathered(lefts, rights, middles, heights)
    result: list[list[tuple[int, bool]]] = []
    for row in rows:
        row.sort(key=lambda at: float(lefts[at]))
        ends = [float("-inf"), *(float(rights[at]) for at in row[:-1])]
        result.append(
            [
                (at, float(lefts[at]) - end > _APART * float(heights[at]))
                for at, end in zip(row, ends, strict=True)
            ]
        )
    return result


def _gathered(
    lefts: np.ndarray, rights: np.ndarray, middles: np.ndarray, heights: np.ndarray
) -> list[list[int]]:
    """Boxes by row from the top: one joins the nearest row whose mean height on the page it is at,
    where no box of that row stands above or below it.

    Compared with the row as a whole, never with its last box: cells whose lines are staggered would
    otherwise chain a table into one row.
    """
    rows: list[list[int]] = []
    for at in np.argsort(middles, kind="stable"):
        best, nearest = None, np.inf
        for row in rows[-_ROWS_BACK:]:
            away = abs(float(middles[at] - middles[row].mean()))
            near = away < _SAME_ROW * min(heights[at], heights[row].min())
            slack = _OVERLAP * heights[at]
            beside = all(
                rights[at] - slack <= lefts[other] or rights[other] - slack <= lefts[at]
                for other in row
            )
            if near and beside and away < nearest:
                best, nearest = row, away
        if best is None:
            rows.append([int(at)])
        else:
            best.append(int(at))
    return sorted(rows, key=lambda row: float(middles[row].mean()))


def _as_given(
    quad: np.ndarray,
    width: int,
    height: int,
    turned: int,
) -> tuple[int, ...]:
    """Corners in the image before it was turned, in parts of 10,000."""
    shares = quad / np.array([width, height])
    x, y = shares[:, 0], shares[:, 1]
    back = {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}[turned]
    points = np.clip(np.stack(back, axis=1) * 10_000, 0, 10_000).round().astype(int)
    return tuple(int(value) for value in points.ravel())
