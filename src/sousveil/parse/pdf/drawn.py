"""What a page draws beside text: straight lines along its edges, which bound cells, and images."""

import ctypes
import math
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium_c

from sousveil.parse.pdf import native
from sousveil.parse.pdf.effort import Effort

Stroke: TypeAlias = tuple[float, float, float, float]
"""x and y of two ends, in points of the page before it is turned; x or y is the same in both."""

_Matrix: TypeAlias = tuple[float, float, float, float, float, float]

_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SHORTEST = 1.0
_ASLANT = 0.5
"""Points by which the ends of a line may differ and it still runs along an edge."""

_THIN = 3.0
_SHAPE = 9
"""Points of what is filled and thinner than this: a line, whatever its few points."""

_FORMS_DEEP = 4
_MOST_OBJECTS = 100_000
_FEW = 64
_EVERY = 32
_TEXT, _IMAGE = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_IMAGE
_PATH, _FORM = pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM
_MOVE, _LINE = pdfium_c.FPDF_SEGMENT_MOVETO, pdfium_c.FPDF_SEGMENT_LINETO


def strokes(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, effort: Effort
) -> list[Stroke]:
    """All lines, also those around what is filled. Raises TooMuchDrawnError."""
    handle = ctypes.c_void_p(native.address_of(page.raw))
    count = pdfium_c.FPDFPage_CountObjects(page)
    effort.spend(count // 4)
    found = _not_text(handle, count, native.text_runs(native.address_of(textpage.raw), 0, -1))
    return list(_of_objects(found, list(map(native.object_type, found)), _SAME, effort, 0))


def has_image(page: pypdfium2.PdfPage) -> bool:
    """Whether an image is among the objects of a page that are looked at."""
    handle = ctypes.c_void_p(native.address_of(page.raw))
    count = min(pdfium_c.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    waiting = [(each, 0) for each in map(native.page_object, repeat(handle), range(count))]
    looked = 0
    while waiting and looked < _MOST_OBJECTS:
        each, depth = waiting.pop()
        looked += 1
        kind = native.object_type(each)
        if kind == _IMAGE:
            return True
        if kind == _FORM and depth < _FORMS_DEEP:
            inner = min(max(0, native.form_count(each)), _MOST_OBJECTS)
            waiting += ((native.form_object(each, at), depth + 1) for at in range(inner))
    return False


def _not_text(page: ctypes.c_void_p, count: int, runs: int) -> list[int]:
    """The objects of a page that are not text, mostly without looking at each of its hundreds.

    ``runs`` is how many pieces of text pdfium shows: mostly as many as there are text objects, so
    that it is known how many others there are. They are looked for from both ends until all are
    found. Text inside a form, or a piece that stands in two places, could make up for lines by
    chance: some of the objects left are looked at all the same, and all where one is not text.
    """
    others = count - runs
    if count > _FEW and 0 <= others < count // 4:
        found: list[int] = []
        first, last = 0, count
        while len(found) < others and first < last:
            middle, end = min(first + _EVERY, last), max(last - _EVERY, first + _EVERY)
            found += _filtered(page, [*range(first, middle), *range(end, last)])
            first, last = middle, min(end, last)
        if not _filtered(page, range(first, last, _EVERY)):
            return found
    return _filtered(page, range(count))


def _filtered(page: ctypes.c_void_p, numbers: Sequence[int]) -> list[int]:
    objects = list(map(native.page_object, repeat(page), numbers))
    kinds = list(map(native.object_type, objects))
    if kinds.count(_TEXT) == len(kinds):
        return []
    return [each for each, kind in zip(objects, kinds, strict=True) if kind != _TEXT]


def _of_objects(
    found: Sequence[int], kinds: Sequence[int], around: _Matrix, effort: Effort, depth: int
) -> Iterator[Stroke]:
    reader = _PathReader(around, effort)
    for each, kind in zip(found, kinds, strict=True):
        if kind == _PATH:
            yield from reader.read(each)
        elif kind == _FORM and depth < _FORMS_DEEP:
            count = max(0, native.form_count(each))
            effort.spend(count)
            inner = list(map(native.form_object, repeat(each), range(count)))
            matrix = _times(reader.matrix_of(each), around)
            types = list(map(native.object_type, inner))
            yield from _of_objects(inner, types, matrix, effort, depth + 1)


class _PathReader:
    """Reads the lines of one path after another into the same few buffers."""

    def __init__(self, around: _Matrix, effort: Effort) -> None:
        self._around, self._effort = around, effort
        self._floats = (ctypes.c_float * 6)()
        self._ints = (ctypes.c_int * 2)()
        self._f = ctypes.addressof(self._floats)
        self._i = ctypes.addressof(self._ints)

    def matrix_of(self, each: int) -> _Matrix:
        """The matrix of an object."""
        if not native.object_matrix(each, self._f):
            return _SAME
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def read(self, path: int) -> Iterator[Stroke]:
        """The lines of a path that is filled or stroked."""
        known = native.draw_mode(path, self._i, self._i + 4)
        filled, stroked = self._ints if known else (1, 1)
        count = native.segment_count(path)
        if count < 2 or not (filled or stroked):
            return
        self._effort.spend(count)
        if not stroked and self._around is _SAME and count < _SHAPE:
            f = self._f
            native.object_bounds(path, f, f + 4, f + 8, f + 12)
            left, bottom, right, top = self._floats[:4]
            if right - left < _THIN:
                yield from _sides(_straight((left, bottom), (left, top)), right - left, 0.0)
                return
            if top - bottom < _THIN:
                yield from _sides(_straight((left, bottom), (right, bottom)), 0.0, top - bottom)
                return
        yield from self._outline(path, count)

    def _outline(self, path: int, count: int) -> Iterator[Stroke]:
        a, b, c, d, e, f = _times(self.matrix_of(path), self._around)
        points = array("f", bytes(8 * count))
        start = points.buffer_info()[0]
        segments = list(map(native.segment, repeat(path), range(count)))
        places = range(start, start + 8 * count, 8)
        deque(
            map(native.segment_point, segments, places, range(start + 4, start + 8 * count, 8)), 0
        )
        kinds = map(native.segment_type, segments)
        closes = map(native.segment_closes, segments)
        first = last = (0.0, 0.0)
        for x, y, kind, is_end in zip(points[::2], points[1::2], kinds, closes, strict=True):
            at = (a * x + c * y + e, b * x + d * y + f)
            if kind == _MOVE:
                first = at
            elif kind == _LINE and (line := _straight(last, at)):
                yield line
            last = at
            if is_end:
                if line := _straight(at, first):
                    yield line
                last = first


def _sides(one: Stroke | None, wide: float, high: float) -> Iterator[Stroke]:
    """Both long sides of what is filled as thin as a line."""
    if one is not None:
        yield one
        yield one[0] + wide, one[1] + high, one[2] + wide, one[3] + high


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Stroke | None:
    """The line between two points if it runs along an edge of the page and is long enough."""
    (ax, ay), (bx, by) = one, other
    wide, high = abs(ax - bx), abs(ay - by)
    if not math.isfinite(wide + high) or min(wide, high) > _ASLANT or max(wide, high) < _SHORTEST:
        return None
    if wide > high:
        middle = (ay + by) / 2
        return min(ax, bx), middle, max(ax, bx), middle
    middle = (ax + bx) / 2
    return middle, min(ay, by), middle, max(ay, by)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """What first ``inner`` and then ``outer`` does to a point (PDF 32000-1, 8.3.4)."""
    if outer is _SAME:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
