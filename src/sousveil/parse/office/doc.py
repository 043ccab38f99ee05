"""Word 97–2003 files (DOC): the main text, cells of a table row between tabs.

Source: [MS-DOC] 2.5 (the file information block), 2.8.35 and 2.9.177 (pieces of text), 2.4.1 (how
characters are found), 2.4.3 (tables). A cell and a row end in the same mark; the formatting of its
paragraph tells them apart (``doc_rows``). Where that is lost, a row ends where a mark follows
another one directly: an empty cell then ends its row early.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from sousveil.errors import DamagedError, EncryptedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.content import Content
from sousveil.parse.office.doc_rows import ROW_END, Rows, rows_of

VERSION = 2
_MAGIC = 0xA5EC
_ENCRYPTED, _FIRST_TABLE = 0x0100, 0x0200
_TEXT_LENGTH, _PIECES = 0x4C, 0x1A2
_COMPRESSED = 1 << 30
_MOST_CHARACTERS = 64 << 20
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_MARKS = {0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x1E: "-", 0x1F: None, 0xA0: " ", 0x02: None}
_AGAIN = "Open it, save it anew, and add that."


def parse_doc(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the main text as one page. Raises DamagedError or EncryptedError."""
    try:
        with olefile.OleFileIO(BytesIO(content.whole())) as file:
            main = file.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if struct.unpack_from("<H", main)[0] != _MAGIC:
                raise DamagedError("The Word file is of a version before 1997.", _AGAIN)
            if flags & _ENCRYPTED:
                raise EncryptedError("The Word file needs a password.", "Save a copy without it.")
            table = file.openstream("1Table" if flags & _FIRST_TABLE else "0Table").read()
        raw = "".join(_pieces(main, table, rows_of(main, table)))
    except (OSError, struct.error, IndexError, ValueError, TypeError, AttributeError):
        raise DamagedError("The Word file is broken or cut off.", _AGAIN) from None
    yield ParsedPage(document.sha256, 1, _shown(raw), "markup", media_type)


def _pieces(main: bytes, table: bytes, rows: Rows) -> Iterator[str]:
    """The text piece by piece, up to the end of the main text; marks of rows told apart."""
    left = min(struct.unpack_from("<i", main, _TEXT_LENGTH)[0], _MOST_CHARACTERS)
    start, size = struct.unpack_from("<II", main, _PIECES)
    plc = _piece_table(table[start : start + size])
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    for index in range(count):
        length = min(ends[index + 1] - ends[index], left)
        if length <= 0:
            continue
        left -= length
        at = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
        if at & _COMPRESSED:
            first = (at & ~_COMPRESSED) // 2
            yield rows.marked(main[first : first + length].decode("cp1252", "replace"), first, 1)
        else:
            text = main[at : at + 2 * length].decode("utf-16-le", "replace")
            yield rows.marked(text, at, 2)


def _piece_table(clx: bytes) -> bytes:
    """The table of pieces, behind any number of property lists."""
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError
    size: int = struct.unpack_from("<I", clx, at + 1)[0]
    return clx[at + 5 : at + 5 + size]


def _shown(raw: str) -> str:
    """The text as it is read: results of fields for their codes, rows of cells on a line."""
    while "\x13" in raw:
        shorter = _FIELD.sub(lambda match: match[1] or "", raw)
        if shorter == raw:
            break
        raw = shorter
    if ROW_END in raw:
        raw = raw.replace("\x07", "\t").replace(ROW_END, "\n")
    else:
        raw = raw.replace("\x07\x07", "\n").replace("\x07", "\t")
    text = printable(raw.translate(_MARKS))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
