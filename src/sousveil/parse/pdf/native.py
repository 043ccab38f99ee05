"""pdfium's functions that are called for each character or object of a page, without detours.

The functions pypdfium2 offers let go of the interpreter's lock at every call, which costs more than
calls as short as these. The library and its addresses are those that pypdfium2 has loaded.
"""

import ctypes
from typing import Protocol

import pypdfium2.raw as pdfium_c

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int


class _Function(Protocol):
    def __call__(self, *arguments: int | ctypes.c_void_p | None) -> int: ...


def _direct(function: object, result: type, *arguments: type) -> _Function:
    address = ctypes.cast(function, _POINTER).value  # type: ignore[arg-type]
    direct: _Function = ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]
    return direct


page_object = _direct(pdfium_c.FPDFPage_GetObject, _POINTER)
"""(page as a ``c_void_p``, index) → object. Arguments are not checked, for speed."""

form_object = _direct(pdfium_c.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
"""(form object, index) → object inside it."""

form_count = _direct(pdfium_c.FPDFFormObj_CountObjects, _INT, _POINTER)

object_type = _direct(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)

object_matrix = _direct(pdfium_c.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
"""(object, address of six floats a b c d e f) → whether there is one."""

object_bounds = _direct(
    pdfium_c.FPDFPageObj_GetBounds, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
"""(object, addresses of the floats left, bottom, right, top) → whether it has any."""

draw_mode = _direct(pdfium_c.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
"""(path, address of the int fill mode, address of the int stroke) → whether it worked."""

segment_count = _direct(pdfium_c.FPDFPath_CountSegments, _INT, _POINTER)

segment = _direct(pdfium_c.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
"""(path, index) → segment."""

segment_point = _direct(pdfium_c.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
"""(segment, address of the float x, address of the float y) → whether it worked."""

segment_type = _direct(pdfium_c.FPDFPathSegment_GetType, _INT, _POINTER)

segment_closes = _direct(pdfium_c.FPDFPathSegment_GetClose, _INT, _POINTER)

page_text = _direct(pdfium_c.FPDFText_GetText, _INT, _POINTER, _INT, _INT, _POINTER)
"""(text page, first character, how many, address of UTF-16 units) → units written, with a NUL."""

character_box = _direct(pdfium_c.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
"""(text page, index, address of four floats left top right bottom) → whether there is one.

The box is as high as the font, whatever the character; its bottom is below its top."""

text_runs = _direct(pdfium_c.FPDFText_CountRects, _INT, _POINTER, _INT, _INT)
"""(text page, first character, how many or -1) → rectangles: one for each text object shown."""

ink_box = _direct(
    pdfium_c.FPDFText_GetCharBox, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER
)
"""(text page, index, addresses of the doubles left, right, bottom, top) → whether there is one.

The box is around what is inked."""

character_angle = ctypes.PYFUNCTYPE(ctypes.c_float, _POINTER, _INT)(
    ctypes.cast(pdfium_c.FPDFText_GetCharAngle, _POINTER).value  # type: ignore[arg-type]
)
"""(text page, index) → how far a character is turned, clockwise, in radians from 0 to 2π."""

character_at = _direct(pdfium_c.FPDFText_GetCharIndexFromTextIndex, _INT, _POINTER, _INT)
"""(text page, index in its text) → index of the character."""


def address_of(handle: object) -> int:
    """The pointer in a handle of pypdfium2; 0 where it is null."""
    return ctypes.cast(handle, _POINTER).value or 0  # type: ignore[arg-type]
