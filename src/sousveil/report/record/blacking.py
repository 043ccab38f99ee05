"""The pixels of a page that may be seen: what was read and is not personal; all else is covered.

Ink that nothing was read from (a signature, a stamp, a photograph, a note by hand) shows as grey
squares: that something is there, not what. Lines with anything personal are black.
"""

import io

import numpy as np
import numpy.typing as npt
import PIL.Image

from sousveil.model import Box
from sousveil.parse import Pixels
from sousveil.report.record.places import PARTS, Places

Image = npt.NDArray[np.uint8]
"""Height × width × 3, blue green red."""

_SQUARE = 16
"""Pixels of a side of the grey squares: larger than a character is told by."""

_INK = 40
"""Levels (of 255) that ink is darker than the paper."""

_LEAST_INK = 6
"""Pixels of ink from which on a square is grey."""

_GREY, _WHITE, _BLACK = 205, 255, 0
_COLOURS = 48


def covered(drawn: Pixels, places: Places) -> Image:
    """A copy of a page's image with only what may be seen of it, and its straight lines."""
    image = drawn.image
    high, wide = image.shape[:2]
    seen = np.zeros((high, wide), dtype=bool)
    for line in drawn.lines:
        seen[_area(line, high, wide, 2, 2)] = True
    for box in places.seen:
        seen[_area(_sides(box), high, wide, 3, 2)] = True
    black = [_black(box, high, wide) for box in places.black]
    accounted = seen.copy()
    for area in black:
        accounted[area] = True
    hidden = _squares(image, accounted)
    for picture in drawn.pictures:
        hidden[_area(picture, high, wide, 0, 0)] = _GREY
    shown: Image = np.where(seen[:, :, None], image, hidden[:, :, None])
    for area in black:
        shown[area] = _BLACK
    return shown


def _black(box: Box, high: int, wide: int) -> tuple[slice, slice]:
    """The area of a box and somewhat more, for boxes may be drawn a little too tight."""
    beyond = max(3, (box.bottom - box.top) * high // PARTS // 5)
    return _area(_sides(box), high, wide, 2 * beyond, beyond)


def _squares(image: Image, accounted: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """White, and grey squares wherever there is ink that is neither seen nor black."""
    light = image.min(axis=2)
    ink = (light < np.median(light) - _INK) & ~accounted
    high, wide = ink.shape
    rows, columns = -(-high // _SQUARE), -(-wide // _SQUARE)
    padded = np.zeros((rows * _SQUARE, columns * _SQUARE), dtype=bool)
    padded[:high, :wide] = ink
    counts = padded.reshape(rows, _SQUARE, columns, _SQUARE).sum(axis=(1, 3))
    small = np.where(counts >= _LEAST_INK, _GREY, _WHITE).astype(np.uint8)
    return small.repeat(_SQUARE, axis=0).repeat(_SQUARE, axis=1)[:high, :wide]


def _sides(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def _area(
    parts: tuple[int, int, int, int], high: int, wide: int, across: int, down: int
) -> tuple[slice, slice]:
    """The rows and columns of a box, some pixels more on each side."""
    left, top, right, bottom = parts
    return (
        slice(max(0, top * high // PARTS - down), -(-bottom * high // PARTS) + down),
        slice(max(0, left * wide // PARTS - across), -(-right * wide // PARTS) + across),
    )


def png(image: Image) -> bytes:
    """The pixels as a PNG of few colours, which holds nothing else."""
    picture = PIL.Image.fromarray(np.ascontiguousarray(image[:, :, ::-1]))
    few = picture.quantize(
        _COLOURS, method=PIL.Image.Quantize.FASTOCTREE, dither=PIL.Image.Dither.NONE
    )
    out = io.BytesIO()
    few.save(out, "PNG")
    return out.getvalue()
