"""Which way up a page image is: by the shape of its lines, and by letters on their heads.

The recogniser reads upright lines only. Small skew is left in the image (each line is straightened
when it is cut out) and taken out of the order of the lines.
"""

import numpy as np

from sousveil.parse.ocr.engine import Image, Quads, crop, detect, recognise, upside_down

_LOOKED_AT = 12
_SURE = 0.75
_SQUAT = 4.0
"""Width of a piece of a line, in heights, that the classifier looks at."""


def upright(image: Image) -> tuple[Image, Quads, int]:
    """The image turned upright, its lines, and by how many degrees it was turned clockwise."""
    turned = 0
    quads = detect(image)
    if _is_sideways(quads):
        height = image.shape[0]
        image = np.ascontiguousarray(np.rot90(image, -1))
        turned = 90
        # (x, y) becomes (height - y, x); the corner that was lower left is now the upper left.
        quads = np.stack([height - quads[:, :, 1], quads[:, :, 0]], axis=2)[:, [3, 0, 1, 2]]
    if len(quads) and _on_its_head(image, quads):
        height, width = image.shape[:2]
        image = np.ascontiguousarray(np.rot90(image, 2))
        quads = (np.array([width, height]) - quads)[:, [2, 3, 0, 1]]
        turned += 180
    return image, quads, turned


def sizes(quads: Quads) -> tuple[np.ndarray, np.ndarray]:
    """Width and height of each box, along its own sides."""
    widths = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    heights = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return widths, np.maximum(heights, 1.0)


def _is_sideways(quads: Quads) -> bool:
    """Whether the longer lines are taller than wide; single characters say nothing."""
    if not len(quads):
        return False
    widths, heights = sizes(quads)
    tall = heights[heights > 2 * widths].sum()
    wide = widths[widths > 2 * heights].sum()
    return bool(tall > wide)


def _on_its_head(image: Image, quads: Quads) -> bool:
    """By the classifier on pieces of the longest lines; by recognition where they disagree."""
    widths, _ = sizes(quads)
    longest = [quads[at] for at in np.argsort(-widths)[:_LOOKED_AT]]
    crops = [crop(image, quad) for quad in longest]
    pieces = [part[:, : max(1, round(part.shape[0] * _SQUAT))] for part in crops]
    votes = upside_down(pieces)
    against = sum(score for turned, score in votes if turned)
    share = against / max(sum(score for _, score in votes), 1e-9)
    if share >= _SURE or share <= 1 - _SURE:
        return share >= _SURE
    some = crops[:5]
    as_is = sum(score for _, score in recognise(some))
    flipped = [np.ascontiguousarray(np.rot90(part, 2)) for part in some]
    return sum(score for _, score in recognise(flipped)) > as_is
