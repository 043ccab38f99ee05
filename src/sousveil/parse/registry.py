"""The parsers, one a line, and the way from a document's bytes to its pages."""

from collections.abc import Callable, Iterator

import msgspec

from sousveil.errors import DamagedError, UnsupportedError
from sousveil.model import Document, ParsedPage
from sousveil.parse import html, json_records, pdf, plain
from sousveil.parse.formats import format_of
from sousveil.parse.media import media_type
from sousveil.parse.problem import RecordProblem
from sousveil.parse.unpack import gunzip

_BLANK = b"\0 \t\r\n\xef\xbb\xbf"

ParseFunction = Callable[[bytes, Document, str], Iterator[ParsedPage | RecordProblem]]


class Parser(msgspec.Struct, frozen=True):
    """One way of reading: which media types it takes, and the function that reads them.

    ``version`` goes into the keys of derived results: raise it when the output changes.
    """

    name: str
    version: int
    media_types: tuple[str, ...]
    description: str
    parse: ParseFunction


PARSERS: tuple[Parser, ...] = (
    Parser(
        "html",
        html.VERSION,
        ("text/html",),
        "HTML in any encoding: visible text, tables as cells",
        html.parse_html,
    ),
    Parser(
        "plain",
        plain.VERSION,
        ("text/plain", "text/markdown", "application/yaml"),
        "text in any encoding, as it stands",
        plain.parse_plain,
    ),
    Parser(
        "pdf",
        pdf.VERSION,
        ("application/pdf",),
        "PDF with a text layer, page by page",
        pdf.parse_pdf,
    ),
    Parser(
        "json",
        json_records.VERSION,
        ("application/json", "application/x-ndjson"),
        "JSON and JSON Lines: OCDS packages, records, releases; arrays of objects",
        json_records.parse_json,
    ),
)
"""Every parser. To add a format: one module, and one line here."""


def parser_for(kind: str, parsers: tuple[Parser, ...] = PARSERS) -> Parser | None:
    """The parser that takes a media type, if there is one."""
    return next((parser for parser in parsers if kind in parser.media_types), None)


def parse_document(
    data: bytes, document: Document, parsers: tuple[Parser, ...] = PARSERS
) -> Iterator[ParsedPage | RecordProblem]:
    """Yield the pages of a document, and a problem for each record of it that cannot be read.

    gzip is unpacked first, one layer of it. Raises a DocumentError where the document as a whole
    cannot be read: UnsupportedError says what the format is, DamagedError, EncryptedError or
    LimitError what is wrong with it. Pages may have been given before it is raised.
    """
    name = document.name
    if _is_empty(data):
        raise EmptyError("The file is empty.", "Check that it was saved or downloaded whole.")
    kind = media_type(data, name)
    if kind == "application/gzip":
        data = gunzip(data)
        name = name[:-3] if name.lower().endswith((".gz", ".gzip")) else name
        if _is_empty(data):
            raise EmptyError("The gzip file is empty.", "Check that it was downloaded whole.")
        kind = media_type(data, name)
    parser = parser_for(kind, parsers)
    if parser is None:
        form = format_of(kind)
        raise UnsupportedError(f"This format is not read yet: {form.name}.", form.hint)
    yield from parser.parse(data, document, kind)


def _is_empty(data: bytes) -> bool:
    """Nothing but white space, NUL bytes or a mark; looks at the beginning first, for speed."""
    return not data[:4096].strip(_BLANK) and not data.strip(_BLANK)


class EmptyError(DamagedError):
    """A file without content."""

    reason = "empty"
