"""Rows of dots that lead from a heading to its page: found in the image, not by the recogniser.

The recogniser reads a row of sixty dots as one or as twenty, and detection misses many a line that
ends in one. A dot is a small spot of ink; a leader is a row of spots of one size at one distance
that begins where a line's text ends. Dotted borders and halftones have no text before them.
"""

from typing import NamedTuple

import cv2
import numpy as np

from sousveil.parse.ocr.engine import Image, Quads, detect
from sousveil.parse.ocr.upright import sizes

_FEWEST = 8
_DOT = 0.3
"""Sides of a dot, in heights of a line, at most; it fills at least half of its bounding box."""

_NEXT = 0.9
"""From dot to dot, in heights of a line, at most."""

_EVEN, _MOSTLY = 0.3, 0.85
"""Distances that differ from the median by less than this share are even; so many have to be."""

_STRAIGHT = 0.1
"""How far dots stand from their common line, in heights of a line, at most."""

_NEAR = 1.5
"""From the text to its first dot, in heights of a line, at most."""

_CENTRED = 0.3
"""Dots this part of a text's height above its foot are those of ellipses: three a character."""


class Leader(NamedTuple):
    """Place (4 corners, as high as the text before it), what it stands for, how even it is."""

    quad: np.ndarray
    words: str
    evenness: float


class Dots(NamedTuple):
    """A row from left to right: spots by number, centres (N × 2), distance, how even it is."""

    spots: np.ndarray
    centres: np.ndarray
    pitch: float
    evenness: float

    @property
    def characters(self) -> int:
        """Dots, with those that noise has hidden."""
        return 1 + int(np.round(np.diff(self.centres[:, 0]) / self.pitch).sum())


def find_leaders(image: Image, quads: Quads) -> tuple[Image, Quads, list[Leader]]:
    """The upright image without rows of dots, its lines of text, and the leaders after them."""
    if not len(quads):
        return image, quads, []
    height = float(np.median(sizes(quads)[1]))
    ink = ink_of(image)
    spots, rows = rows_of_dots(ink, height)
    if not rows:
        return image, quads, []
    chosen = np.zeros(spots.max() + 1, dtype=bool)
    chosen[np.concatenate([row.spots for row in rows])] = True
    dots = chosen[spots]
    ink[dots] = 0
    image = _painted_over(image, dots, height)
    quads = detect(image)
    leaders = [leader for row in rows if (leader := _leader(row, quads, ink)) is not None]
    return image, quads, leaders


def ink_of(image: Image) -> np.ndarray:
    """255 where there is ink, 0 elsewhere."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]


def rows_of_dots(ink: np.ndarray, height: float) -> tuple[np.ndarray, list[Dots]]:
    """Each pixel's spot by number, and the even rows of dots, where lines are ``height`` pixels."""
    _, spots, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    largest = max(2.0, _DOT * height)
    small = (wide <= largest) & (high <= largest) & (2 * stats[:, cv2.CC_STAT_AREA] >= wide * high)
    small[0] = False
    reach = cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, round(_NEXT * height)), 1))
    joined = cv2.connectedComponents(cv2.dilate(small[spots].astype(np.uint8), reach))[1]
    numbers = np.flatnonzero(small)
    at = centres[numbers].round().astype(int)
    group = joined[at[:, 1], at[:, 0]]
    order = np.lexsort((centres[numbers, 0], group))
    parts = np.split(numbers[order], np.flatnonzero(np.diff(group[order])) + 1)
    found = (_row(part, centres[part], height) for part in parts if len(part) >= _FEWEST)
    return spots, [row for row in found if row]


def _row(spots: np.ndarray, centres: np.ndarray, height: float) -> Dots | None:
    """Spots as a row, where enough of them stand on one line at one distance."""
    half = len(centres) // 2
    across, down = (centres[half:] - centres[:-half]).T
    level = centres[:, 1] - centres[:, 0] * np.median(down / np.maximum(across, 1))
    on_line = np.flatnonzero(np.abs(level - np.median(level)) <= max(1.0, _STRAIGHT * height))
    if len(on_line) < _FEWEST:
        return None
    gaps = np.diff(centres[on_line, 0])
    pitch = float(np.median(gaps))
    # A spot at an end that has no neighbour at that distance is a piece of a character.
    beside = np.flatnonzero(np.abs(gaps - pitch) <= max(1.0, _EVEN * pitch))
    if pitch <= 1 or not len(beside):
        return None
    on_line, gaps = on_line[beside[0] : beside[-1] + 2], gaps[beside[0] : beside[-1] + 1]
    off = np.abs(gaps - np.maximum(np.round(gaps / pitch), 1) * pitch)
    even = float((off <= max(1.0, _EVEN * pitch)).mean())
    if len(on_line) < _FEWEST or even < _MOSTLY:
        return None
    return Dots(spots[on_line], centres[on_line], pitch, even)


def _painted_over(image: Image, dots: np.ndarray, height: float) -> Image:
    """The image with the colour of the paper where the dots were, and on their soft edges."""
    around = 2 * max(2, round(_DOT * height)) + 1
    paper = cv2.medianBlur(image, around)
    edges = cv2.dilate(dots.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    painted = image.copy()
    painted[edges] = paper[edges]
    return painted


def _leader(row: Dots, quads: Quads, ink: np.ndarray) -> Leader | None:
    """The row as what follows a text; None where none ends just before it."""
    text = _text_before(row, quads)
    if text is None:
        return None
    first, last = row.centres[0], row.centres[-1]
    half, up, down = (row.pitch / 2, 0), (0, text[1, 1] - first[1]), (0, text[2, 1] - first[1])
    quad = np.array([first, last, last, first]) + np.array([up, up, down, down])
    quad += np.array([half, half, half, half]) * np.array([[-1], [1], [1], [-1]])
    if _above_the_foot(first, text, ink) > _CENTRED:
        return Leader(quad, "…" * max(1, round(row.characters / 3)), row.evenness)
    return Leader(quad, "." * row.characters, row.evenness)


def _text_before(row: Dots, quads: Quads) -> np.ndarray | None:
    """The box of text on the row's line that ends nearest before its first dot."""
    across, level = row.centres[0]
    heights = sizes(quads)[1]
    away = across - quads[:, [1, 2], 0].mean(axis=1)
    beside = (quads[:, 1, 1] < level) & (level < quads[:, 2, 1])
    near = np.flatnonzero(beside & (np.abs(away) <= _NEAR * heights))
    return quads[near[np.argmin(np.abs(away[near]))]] if len(near) else None


def _above_the_foot(dot: np.ndarray, text: np.ndarray, ink: np.ndarray) -> float:
    """How far a dot stands above the lowest ink of the end of a text, in heights of its ink."""
    right, foot = text[2].round().astype(int).clip(0)
    top = max(0, round(text[1, 1]))
    end = ink[top:foot, max(0, right - 3 * (foot - top)) : right]
    rows = np.flatnonzero(end.any(axis=1))
    if not len(rows):
        return 0.0
    return float((top + rows[-1] - dot[1]) / (rows[-1] - rows[0] + 1))
