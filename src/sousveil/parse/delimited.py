"""CSV and TSV tables: encoding and delimiter found, one record a row."""

import csv
import io
import re
from collections.abc import Iterator

from sousveil.errors import DamagedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.content import Content
from sousveil.parse.encoding import decode, is_writing
from sousveil.parse.quotes import rows_of_text
from sousveil.parse.rows import pages_of_rows

VERSION = 3
_DELIMITERS = ",;\t|^~"
_STATED = re.compile(r"\"?sep=([,;\t|^~:])\"?\r?\n", re.IGNORECASE)
"""What Excel reads, and people write, in the first line."""

_SAMPLE = 64 << 10
_FIELD_LIMIT = 4 << 20


def parse_delimited(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the records of a table. Raises DamagedError where it is no text."""
    decoded = decode(content.whole())
    if not is_writing(decoded):
        raise DamagedError("The bytes of the table are not text in any known encoding.", "")
    text = printable(decoded.text.lstrip("\ufeff"))
    csv.field_size_limit(_FIELD_LIMIT)
    stated = _STATED.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text, media_type)
    try:
        yield from pages_of_rows(rows_of_text(text, delimiter), document, media_type, 1)
    except csv.Error:
        raise DamagedError(
            "A row of the table is broken or has a giant cell.", "Save the table anew."
        ) from None


def _delimiter(text: str, media_type: str) -> str:
    """The delimiter that splits the first rows most evenly; names of files are often wrong."""
    sample = text[:_SAMPLE]
    best, most = "\t" if media_type == "text/tab-separated-values" else ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = [
            row
            for _, row in zip(
                range(30), csv.reader(io.StringIO(sample), delimiter=delimiter), strict=False
            )
        ]
        widths = [len(row) for row in rows if row]
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        even = widths.count(usual) / len(widths) if usual > 1 else 0.0
        if (even, usual) > most:
            best, most = delimiter, (even, usual)
    return best
