"""Which marks of a Word 97–2003 file end a row of a table, and which paragraphs stand in cells.

Source: [MS-DOC] 2.8.6 (PlcBtePapx), 2.9.188 (PapxFkp), 2.9.190 (PapxInFkp), 2.6.1 and 2.6.2
(properties of paragraphs): sprmPFInTable 0x2416, sprmPFTtp 0x2417.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator

ROW_END = "\x1d"
_CELL_END, _PARAGRAPH_END = "\x07", "\r"
_IN_TABLE, _ROW = 0x2416, 0x2417
_PLACE = 0x102
_PAGE = 512
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of a property's value by the upper three bits of its number; 0: the first byte says."""

_TWO_BYTE_SIZES = frozenset((0xD608, 0xD609))
_MOST_PAGES = 200_000


class Rows:
    """Paragraphs that end rows or stand in cells, by where they begin in the stream (bytes)."""

    def __init__(self, paragraphs: list[tuple[int, int, bool, bool]]) -> None:
        self._starts = [start for start, _, _, _ in paragraphs]
        self._paragraphs = paragraphs

    def marked(self, text: str, start: int, width: int) -> str:
        """A piece of text that begins at byte ``start``, ``width`` bytes a character, in which
        marks that end rows are ROW_END and paragraphs in cells end in a space."""
        if not self._paragraphs or _CELL_END not in text:
            return text
        parts: list[str] = []
        done = place = 0  # place: units of two bytes, where a character beyond U+FFFF takes two
        for at, char in enumerate(text):
            if char in (_CELL_END, _PARAGRAPH_END):
                in_cell, ends_row = self._at(start + place * width)
                new = ROW_END if ends_row else " " if in_cell and char == _PARAGRAPH_END else char
                parts += (text[done:at], new)
                done = at + 1
            place += 2 if char > "\uffff" else 1
        return "".join((*parts, text[done:]))

    def _at(self, place: int) -> tuple[bool, bool]:
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return False, False
        _, end, in_cell, ends_row = self._paragraphs[index]
        return (in_cell, ends_row) if place < end else (False, False)


def rows_of(main: bytes, table: bytes) -> Rows:
    """What the paragraphs' properties say; nothing where they are lost or broken."""
    try:
        return Rows(sorted(_paragraphs(main, table)))
    except (struct.error, IndexError):
        return Rows([])


def _paragraphs(main: bytes, table: bytes) -> Iterator[tuple[int, int, bool, bool]]:
    start, size = struct.unpack_from("<II", main, _PLACE)
    count = min((size - 4) // 8, _MOST_PAGES)
    if count <= 0 or start + size > len(table):
        return
    seen: set[int] = set()
    for number in struct.unpack_from(f"<{count}I", table, start + 4 * (count + 1)):
        at = (number & 0x3FFFFF) * _PAGE
        if at in seen or at + _PAGE > len(main):
            continue
        seen.add(at)
        yield from _of_page(main[at : at + _PAGE])


def _of_page(page: bytes) -> Iterator[tuple[int, int, bool, bool]]:
    count = page[_PAGE - 1]
    if 4 * (count + 1) + 13 * count >= _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        offset = 2 * page[4 * (count + 1) + 13 * index]
        if offset:
            in_cell, ends_row = _flags(page, offset)
            if in_cell or ends_row:
                yield places[index], places[index + 1], in_cell, ends_row


def _flags(page: bytes, offset: int) -> tuple[bool, bool]:
    """Whether a paragraph stands in a cell, and whether it ends a row."""
    half = page[offset]
    first, size = (offset + 1, 2 * half - 1) if half else (offset + 2, 2 * page[offset + 1])
    at, end = first + 2, min(first + size, _PAGE - 1)
    in_cell = ends_row = False
    while at + 2 < end:
        number = struct.unpack_from("<H", page, at)[0]
        at += 2
        if number == _IN_TABLE:
            in_cell = page[at] == 1
        elif number == _ROW:
            ends_row = page[at] == 1
        at += _size(page, number, at)
    return in_cell, ends_row


def _size(page: bytes, number: int, at: int) -> int:
    if number in _TWO_BYTE_SIZES:
        return 1 + int(struct.unpack_from("<H", page, at)[0])
    return _SIZES[number >> 13] or 1 + page[at]
