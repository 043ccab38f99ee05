"""RTF documents: their text, cells of a table row between tabs."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from sousveil.errors import DamagedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.content import Content

VERSION = 1
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def parse_rtf(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the text as one page. Raises DamagedError where nothing can be made of it."""
    data = content.whole()
    stated = _CODEPAGE.search(data[:4096])
    encoding = f"cp{int(stated[1])}" if stated else "cp1252"
    try:
        b"".decode(encoding)
    except LookupError:
        encoding = "cp1252"
    try:
        text = str(rtf_to_text(data.decode("latin-1"), encoding, "replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, TypeError, RecursionError, OverflowError):
        raise DamagedError("The RTF document is broken.", "Save it anew and add that.") from None
    # A row of a table comes with a bar behind each cell.
    rows = (line.replace("|", "\t") if line.endswith("|") else line for line in text.split("\n"))
    lines = (row.rstrip() for row in rows)
    yield ParsedPage(
        document.sha256, 1, printable("\n".join(lines)).strip("\n"), "markup", media_type
    )
