"""The parsers, one a line, and the way from a document's bytes to its pages."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TypeAlias

import msgspec

from sousveil.errors import EmptyError, LimitError, UnsupportedError
from sousveil.model import Document, ParsedPage
from sousveil.parse import delimited, html, json_records, pdf, plain, xml_records
from sousveil.parse.containers import captures, libarchive, mail, outlook, packed, tars, zips
from sousveil.parse.containers.limits import DEEPEST
from sousveil.parse.content import SMALL, Content
from sousveil.parse.formats import OFFICE, format_of
from sousveil.parse.media import media_type, media_type_of
from sousveil.parse.member import Member
from sousveil.parse.ocr import pages as ocr
from sousveil.parse.ocr.pages import Unread
from sousveil.parse.office import doc, locked, opendocument, rtf, sheets, slides, word
from sousveil.parse.problem import RecordProblem

_BLANK = b"\0 \t\r\n\xef\xbb\xbf"

Item: TypeAlias = ParsedPage | Unread | Member | RecordProblem
_SNIFFED = 1 << 20

ParseFunction = Callable[[Content, Document, str], Iterator[Item]]


class Parser(msgspec.Struct, frozen=True):
    """One way of reading: which media types it takes, and the function that reads them.

    ``version`` goes into the keys of derived results: raise it when the output changes.
    """

    name: str
    version: int
    media_types: tuple[str, ...]
    description: str
    parse: ParseFunction


def _whole(
    function: Callable[[bytes, Document, str], Iterator[Item]],
) -> ParseFunction:
    """A parser of formats that are read whole, from memory."""

    @wraps(function)
    def parse(content: Content, document: Document, kind: str) -> Iterator[Item]:
        return iter(function(content.whole(), document, kind))

    return parse


PARSERS: tuple[Parser, ...] = (
    Parser(
        "html",
        html.VERSION,
        ("text/html",),
        "HTML in any encoding: visible text, tables as cells",
        _whole(html.parse_html),
    ),
    Parser(
        "plain",
        plain.VERSION,
        ("text/plain", "text/markdown", "application/yaml"),
        "text in any encoding, as it stands",
        _whole(plain.parse_plain),
    ),
    Parser(
        "pdf",
        pdf.VERSION,
        ("application/pdf",),
        "PDF, page by page, with tables and what is attached; scans are recognised",
        _whole(pdf.parse_pdf),
    ),
    Parser(
        "json",
        json_records.VERSION,
        ("application/json", "application/x-ndjson"),
        "JSON and JSON Lines: OCDS packages, records, releases; arrays of objects",
        json_records.parse_json_file,
    ),
    Parser(
        "xml",
        xml_records.VERSION,
        xml_records.MEDIA_TYPES,
        "XML notices: eForms and TED; other XML is named",
        xml_records.parse_xml,
    ),
    Parser(
        "zip",
        zips.VERSION,
        ("application/zip",),
        "ZIP archives, names in any encoding: what is inside",
        zips.parse_zip,
    ),
    Parser("tar", tars.VERSION, ("application/x-tar",), "tar archives", tars.parse_tar),
    Parser(
        "libarchive",
        libarchive.VERSION,
        libarchive.MEDIA_TYPES,
        "7z and RAR archives, where the system has libarchive",
        libarchive.parse_archive,
    ),
    Parser(
        "mail",
        mail.VERSION,
        ("message/rfc822",),
        "mail and pages saved as MHTML: text and attachments",
        mail.parse_mail,
    ),
    Parser(
        "outlook",
        outlook.VERSION,
        ("application/vnd.ms-outlook",),
        "Outlook mail (MSG): text and attachments",
        outlook.parse_outlook,
    ),
    Parser(
        "warc",
        captures.VERSION,
        ("application/warc",),
        "web captures: pages and documents with address and time",
        captures.parse_warc,
    ),
    Parser(
        "word",
        word.VERSION,
        (OFFICE + "wordprocessingml.document",),
        "Word files: paragraphs and tables",
        word.parse_word,
    ),
    Parser("doc", doc.VERSION, ("application/msword",), "Word 97–2003 files", doc.parse_doc),
    Parser(
        "slides",
        slides.VERSION,
        (OFFICE + "presentationml.presentation",),
        "slides (PPTX): text and tables",
        slides.parse_slides,
    ),
    Parser(
        "opendocument",
        opendocument.VERSION,
        ("application/vnd.oasis.opendocument.text",),
        "OpenDocument texts",
        opendocument.parse_text,
    ),
    Parser("rtf", rtf.VERSION, ("application/rtf",), "RTF documents", rtf.parse_rtf),
    Parser(
        "sheets",
        sheets.VERSION,
        (
            OFFICE + "spreadsheetml.sheet",
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        "spreadsheets (XLSX, XLSB, XLS, ODS): one record a row",
        sheets.parse_sheets,
    ),
    Parser(
        "delimited",
        delimited.VERSION,
        ("text/csv", "text/tab-separated-values"),
        "CSV and TSV in any encoding: one record a row",
        delimited.parse_delimited,
    ),
    Parser(
        "image",
        ocr.VERSION,
        ("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif"),
        "images and scans: their text is recognised",
        ocr.parse_image,
    ),
    Parser(
        "locked",
        1,
        ("application/x-encrypted-office",),
        "office files under a password: says so",
        locked.parse_locked,
    ),
)
"""Every parser. To add a format: one module, and one line here."""


def parser_for(kind: str, parsers: tuple[Parser, ...] = PARSERS) -> Parser | None:
    """The parser that takes a media type, if there is one."""
    return next((parser for parser in parsers if kind in parser.media_types), None)


def parse_document(
    source: bytes | Path, document: Document, parsers: tuple[Parser, ...] = PARSERS
) -> Iterator[Item]:
    """Yield the pages of a document or the documents inside it, and a problem for each part of it
    that cannot be read.

    A packed file (gzip, bzip2, xz, Zstandard) is unpacked first, one layer of it. Raises a
    DocumentError where the document as a whole cannot be read: UnsupportedError says what the
    format is, DamagedError, EncryptedError or LimitError what is wrong with it. Pages and members
    may have been given before it is raised.
    """
    content, name = Content(source), document.name
    if _is_empty(content):
        raise EmptyError("The file is empty.", "Check that it was saved or downloaded whole.")
    kind = media_type_of(content, name)
    if kind in packed.SUFFIXES:
        yield from _unpacked(content, document, kind, parsers)
    else:
        yield from _parsed(content, document, kind, parsers)


def _parsed(
    content: Content, document: Document, kind: str, parsers: tuple[Parser, ...]
) -> Iterator[Item]:
    parser = parser_for(kind, parsers)
    if parser is None:
        form = format_of(kind)
        raise UnsupportedError(f"This format is not read yet: {form.name}.", form.hint)
    for item in parser.parse(content, document, kind):
        if isinstance(item, Member) and document.depth >= DEEPEST:
            raise LimitError(
                f"It lies {document.depth} archives deep; {DEEPEST} is the most.",
                "Unpack it with care, and add what you need of it.",
            )
        yield item


def _unpacked(
    content: Content, document: Document, kind: str, parsers: tuple[Parser, ...]
) -> Iterator[Item]:
    """A packed tar or web capture is read as a stream; what is small and has pages is read as if
    it were not packed; all else is a document inside this one."""
    name = packed.inner_name(document.name, kind)
    with content.open() as file:
        stream = packed.Unpacked(file, kind, content.size)
        head = stream.peek(SMALL + 1)
        inner = media_type(head if len(head) <= SMALL else head[:_SNIFFED], name)
        if not head.strip(_BLANK):
            raise EmptyError("The packed file is empty.", "Check that it was downloaded whole.")
        if inner == "application/warc":
            yield from captures.parse_warc(content, document, inner)
        elif inner == "application/x-tar":
            yield from tars.members_of(stream, content.size)
        elif len(head) <= SMALL and inner not in packed.SUFFIXES and parser_for(inner, parsers):
            yield from _parsed(Content(stream.read()), document, inner, parsers)
        else:
            yield Member(name, stream.chunks())


def _is_empty(content: Content) -> bool:
    """Nothing but white space, NUL bytes or a mark; looks at the beginning first, for speed."""
    with content.open() as file:
        while chunk := file.read(1 << 20):
            if chunk[:4096].strip(_BLANK) or chunk.strip(_BLANK):
                return False
    return True
