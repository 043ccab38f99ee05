"""The straight lines a page draws along its edges: what cells of tables are bounded by."""

import ctypes
import math
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

_FORMS_DEEP = 4
_PATH, _FORM = pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM
_MOVE, _LINE = pdfium_c.FPDF_SEGMENT_MOVETO, pdfium_c.FPDF_SEGMENT_LINETO


def strokes(page: pypdfium2.PdfPage, effort: Effort) -> list[Stroke]:
    """All lines, also those around what is filled. Raises TooMuchDrawnError."""
    handle = ctypes.c_void_p(native.address_of(page.raw))
    count = pdfium_c.FPDFPage_CountObjects(page)
    effort.spend(count // 4)
    found = list(map(native.page_object, repeat(handle), range(count)))
    kinds = list(map(native.object_type, found))
    if _PATH not in kinds and _FORM not in kinds:
        return []
    return list(_of_objects(found, kinds, _SAME, effort, 0))


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
        if native.draw_mode(path, self._i, self._i + 4) and not (self._ints[0] or self._ints[1]):
            return
        count = native.segment_count(path)
        if count < 2:
            return
        self._effort.spend(count)
        a, b, c, d, e, f = _times(self.matrix_of(path), self._around)
        first = last = (0.0, 0.0)
        x, y = self._f, self._f + 4
        for index in range(count):
            segment = native.segment(path, index)
            native.segment_point(segment, x, y)
            px, py = self._floats[0], self._floats[1]
            at = (a * px + c * py + e, b * px + d * py + f)
            kind = native.segment_type(segment)
            if kind == _MOVE:
                first = at
            elif kind == _LINE and (line := _straight(last, at)):
                yield line
            last = at
            if native.segment_closes(segment):
                if line := _straight(at, first):
                    yield line
                last = first


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
