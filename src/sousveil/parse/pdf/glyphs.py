"""The characters of a page in pdfium's order, and where each is read."""

import ctypes
import math
import re
import sys
from array import array
from collections import Counter, deque
from collections.abc import Sequence
from itertools import repeat
from operator import sub

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c

from sousveil.parse.pdf import native
from sousveil.parse.pdf.frame import Box, Boxes, Frame
from sousveil.parse.pdf.symbols import PRIVATE, symbol
from sousveil.text.normalise import ideographs

_HYPHENS = re.compile("[\ufffe\x02]")
"""How pdfium marks a hyphen at a line's end."""

_ODD = re.compile("[\t\x02\u2e80-\u2fdf\ue000-\ufaff\ufffe\U000f0000-\U0010fffd]")
"""What is made readable: tabs, these hyphens, radicals, compatibility and private characters."""

_TOO_HIGH = 3
"""Times the usual height of a page's characters: what is higher is looked at again."""

_SAMPLE = 8
_QUARTER = math.pi / 2
_UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"
_LONGEST_NAME = 256


class Glyphs:
    """``text`` is all of the page's text as pdfium gives it, lines ended by carriage return and
    line feed, radicals and signs of symbol fonts made readable, one for one. Places are asked for
    by position in it."""

    def __init__(self, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> None:
        self._textpage = textpage
        self._handle = native.address_of(textpage.raw)
        count = textpage.count_chars()
        text = _text(textpage, count)
        self._direct = len(text) == count
        if _ODD.search(text):
            text = ideographs(_HYPHENS.sub("-", text).replace("\t", " "))
            text = PRIVATE.sub(lambda match: symbol(match.group(), self._font(match.start())), text)
        self.text = text
        self.frame = Frame(page, self._turned())

    def boxes(self, positions: Sequence[int]) -> Boxes:
        """Where the characters at these positions are shown. What has no place, such as a blank
        between words that pdfium inferred, has a box of no size."""
        return self.frame.read(np.array(self._raw(positions)).reshape(-1, 4))

    def all_boxes(self) -> Boxes:
        """The boxes of all characters of the text."""
        return self.boxes(range(len(self.text)))

    def around(self, ends: Sequence[int]) -> list[Box]:
        """For each two positions the box around both characters."""
        sides = self._raw(ends)
        read = self.frame.read_one
        return [
            read(
                min(sides[at], sides[at + 4]),
                max(sides[at + 1], sides[at + 5]),
                max(sides[at + 2], sides[at + 6]),
                min(sides[at + 3], sides[at + 7]),
            )
            for at in range(0, len(sides), 8)
        ]

    def _raw(self, positions: Sequence[int]) -> list[float]:
        """Left, top, right and bottom of each character as pdfium counts, upwards."""
        count = len(positions)
        buffer = array("f", bytes(16 * count))
        start = buffer.buffer_info()[0]
        characters = positions if self._direct else [self._character(at) for at in positions]
        places = range(start, start + 16 * count, 16)
        deque(map(native.character_box, repeat(self._handle), characters, places), maxlen=0)
        sides = buffer.tolist()
        high = list(map(sub, sides[1::4], sides[3::4]))
        most = _TOO_HIGH * sorted(high)[count // 2] if count else 0.0
        for number, height in enumerate(high):
            if not 0.0 < height <= most and not self.text[positions[number]].isspace():
                found = self._ink(characters[number])
                if found is not None:
                    sides[4 * number : 4 * number + 4] = found
        return sides

    def _ink(self, character: int) -> tuple[float, float, float, float] | None:
        """The box around a character's ink, for those whose other box cannot be right: boxes of
        turned text are flat, those of fonts for vertical writing may be many times too large."""
        sides = (ctypes.c_double * 4)()
        at = ctypes.addressof(sides)
        if not native.ink_box(self._handle, character, at, at + 8, at + 16, at + 24):
            return None
        left, right, bottom, top = sides
        return left, top, right, bottom

    def _turned(self) -> int:
        """Quarter turns, clockwise, after which most of the text is upright."""
        step = max(1, len(self.text) // _SAMPLE)
        votes = Counter[int]()
        for at in range(step // 2, len(self.text), step):
            if not self.text[at].isspace():
                character = at if self._direct else self._character(at)
                angle = native.character_angle(self._handle, character)
                votes[-round(angle / _QUARTER) % 4] += 1
        return votes.most_common(1)[0][0] if votes else 0

    def _character(self, position: int) -> int:
        return native.character_at(self._handle, position)

    def _font(self, position: int) -> str:
        """The name of a character's font, empty where it has none."""
        buffer = ctypes.create_string_buffer(_LONGEST_NAME)
        flags = ctypes.c_int()
        at = position if self._direct else self._character(position)
        pdfium_c.FPDFText_GetFontInfo(self._textpage, at, buffer, len(buffer), ctypes.byref(flags))
        return buffer.value.decode("utf-8", "replace")


def _text(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    if count <= 0:
        return ""
    buffer = array("H", bytes(2 * (2 * count + 2)))
    written = native.page_text(native.address_of(textpage.raw), 0, count, buffer.buffer_info()[0])
    return buffer[: max(written - 1, 0)].tobytes().decode(_UTF16, "replace")
