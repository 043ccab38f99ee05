"""Places on a page, from its upper left corner downwards: as it is read, and as it is shown.

A page is shown turned by its /Rotate. It is read the way up its text is, which may be another: a
wide table drawn sideways, a page somebody turned.
"""

import ctypes
import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium_c

PARTS = 10_000
"""Parts of the width and height of a page that boxes are kept in."""

Box: TypeAlias = tuple[float, float, float, float]
"""left, top, right, bottom in points, downwards."""

Boxes: TypeAlias = npt.NDArray[np.float64]
"""n × 4: left, top, right, bottom."""

_FARTHEST = 1e6


def hull(boxes: Sequence[Box]) -> Box:
    """The box that holds all of some; at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


class Frame:
    """The visible box of a page and how it is turned. ``turned`` are the quarter turns, clockwise,
    after which its text is upright."""

    def __init__(self, page: pypdfium2.PdfPage, turned: int) -> None:
        box = pdfium_c.FS_RECTF()
        found = pdfium_c.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        sides = (box.left, box.bottom, box.right, box.top) if found else (0.0, 0.0, 1.0, 1.0)
        left, bottom, right, top = (side if math.isfinite(side) else 0.0 for side in sides)
        self._turned = turned
        self._more = (pdfium_c.FPDFPage_GetRotation(page) - turned) % 4
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        width, height = max(right - left, 1.0), max(top - bottom, 1.0)
        if turned % 2:
            width, height = height, width
        self._wide, self._high = PARTS / width, PARTS / height

    def read(self, boxes: Boxes) -> Boxes:
        """Boxes as pdfium gives them (left, top, right, bottom, upwards), as they are read."""
        if not (np.abs(boxes) < _FARTHEST).all():
            boxes = np.clip(np.nan_to_num(boxes), -_FARTHEST, _FARTHEST)
        left, top, right, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
        if self._turned == 0:
            x0, x1 = left - self._left, right - self._left
            y0, y1 = self._top - top, self._top - bottom
        elif self._turned == 1:
            x0, x1 = bottom - self._bottom, top - self._bottom
            y0, y1 = left - self._left, right - self._left
        elif self._turned == 2:
            x0, x1 = self._right - right, self._right - left
            y0, y1 = bottom - self._bottom, top - self._bottom
        else:
            x0, x1 = self._top - top, self._top - bottom
            y0, y1 = self._right - right, self._right - left
        return np.stack(
            (np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)), axis=1
        )

    def read_one(self, left: float, top: float, right: float, bottom: float) -> Box:
        """One box, as ``read`` does it; quick where the page is not turned."""
        if self._turned or not abs(left) + abs(top) + abs(right) + abs(bottom) < _FARTHEST:
            a, b, c, d = self.read(np.array([[left, top, right, bottom]])).tolist()[0]
            return a, b, c, d
        return left - self._left, self._top - top, right - self._left, self._top - bottom

    def shown(self, box: Box) -> tuple[int, int, int, int]:
        """A box as it is read, as it is shown: in PARTS of the page, cut at its edges."""
        wide, high = self._wide, self._high
        left, top = int(box[0] * wide + 0.5), int(box[1] * high + 0.5)
        right, bottom = int(box[2] * wide + 0.5), int(box[3] * high + 0.5)
        if left < 0 or top < 0 or right > PARTS or bottom > PARTS:
            left, top, right, bottom = (
                min(PARTS, max(0, side)) for side in (left, top, right, bottom)
            )
        if self._more == 1:
            return PARTS - bottom, left, PARTS - top, right
        if self._more == 2:
            return PARTS - right, PARTS - bottom, PARTS - left, PARTS - top
        if self._more == 3:
            return top, PARTS - right, bottom, PARTS - left
        return left, top, right, bottom
