"""Which format bytes are in: the content decides, the file name only where content cannot."""

import re
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

import msgspec
import olefile

from sousveil.parse.content import Content
from sousveil.parse.encoding import decode
from sousveil.parse.formats import OFFICE

_HEAD = 4096

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"{\\rtf", "application/rtf"),
    (b"WARC/", "application/warc"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"%!PS", "application/postscript"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"\x7fELF", "application/x-executable"),
)
_ZIP_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", OFFICE + "wordprocessingml.document"),
    ("xl/", OFFICE + "spreadsheetml.sheet"),
    ("ppt/", OFFICE + "presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{26}([\x20-\x7e]{1,100})", re.DOTALL)
"""Before each file of a ZIP archive stands its name; what follows it may look like more of it."""

_NAMES_IN = 64 << 10
_OFFICE_FIRST = ("[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "OFD.xml")
_ZIP_MIMETYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/epub+zip",
)
_COMPOUND_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("MatOST", "application/vnd.ms-works"),
)
_COMPOUND = "application/x-ole-storage"
_COMPOUND_SUFFIXES = {  # for files of which the part that tells is lost
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_TEXT_SUFFIXES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
}
_PLAIN_SUFFIXES = frozenset(("", ".txt", ".dat", ".tab", ".prn"))
_SHEET_SUFFIXES = frozenset((".xls", ".xlsx", ".et", ".tab"))
"""Programs that export text as a spreadsheet name it so."""

_JSON_SUFFIXES = {
    ".json": "application/json",
    ".geojson": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
}
_HTML_SUFFIXES = frozenset(
    (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".jsp", ".jspx", ".asp", ".aspx", ".php")
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1d\x1f]")
_HTML_START = re.compile(
    r"(?:<!--.*?-->\s*|<\?(?!xml)[^>]{0,500}>\s*)*<(?:!doctype\s+html|html|head|body|meta|title"
    r"|link|base|script|style|table|tbody|tr|td|div|p|span|center|font|h[1-6]|ul|ol|form|iframe"
    r"|frameset|section|article|main|header|nav|br|hr|b|strong|a|img|input)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_HTML_LATER = re.compile(r"<(?:!doctype\s+html|html|head|body|table|div|p|br|span)[\s>/]", re.I)
_XML_ROOT = re.compile(
    r"(?:<\?xml[^>]{0,500}\?>\s*)?(?:<!--.*?-->\s*|<\?[^>]{0,500}\?>\s*|<!DOCTYPE[^>]{0,2000}>\s*)*"
    r"<((?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*))([^>]{0,3000})",
    re.DOTALL,
)
_EFORMS_ROOTS = frozenset(
    (
        "contractnotice",
        "contractawardnotice",
        "priorinformationnotice",
        "businessregistrationinformationnotice",
    )
)
_TED_ROOTS = frozenset(("ted_export", "ted_esenders"))
_JSON_START = re.compile(r'\{\s*(?:"|\}|\Z)|\[\s*(?:[{\["\]\-0-9tfn]|\Z)')
_MAIL_START = re.compile(
    r"(?:From |(?:From|Received|Return-Path|MIME-Version|Message-ID|Delivered-To|Subject|Date):"
    r"|Content-Type:\s{0,20}multipart/)"
)
_MAIL_LATER = re.compile(r"^(?:MIME-Version|Content-Type|Message-ID|Received):", re.M | re.I)


def media_type_of(content: Content, name: str) -> str:
    """The media type of a document of any size, a key of ``formats.FORMATS``."""
    return media_type(content.beginning(), name, content.open)


def media_type(data: bytes, name: str, whole: Callable[[], BinaryIO] | None = None) -> str:
    """The media type of a document's bytes, a key of ``formats.FORMATS``.

    ``whole`` opens the document where ``data`` may be its beginning alone: ZIP and compound files
    say elsewhere what they hold. ``name`` is the file name: it tells Markdown from text, and an
    HTML fragment from prose.
    Text of no recognised kind is ``text/plain``; bytes that are no text and carry no known
    signature are ``application/octet-stream`` unless the name says they should be text.
    """
    suffix = PurePosixPath(name).suffix.lower()
    found = _by_signature(data, suffix, whole or partial(BytesIO, data))
    if found is not None:
        return found
    decoded = decode(data[:_HEAD])
    head = decoded.text.lstrip("\ufeff \t\r\n\x1e\x0c")
    if _looks_binary(head):
        if suffix in _HTML_SUFFIXES:
            return "text/html"
        if suffix in _JSON_SUFFIXES:
            return _JSON_SUFFIXES[suffix]
        return _TEXT_SUFFIXES.get(suffix, "application/octet-stream")
    if head[:1] == "<":
        marked = _by_markup(head)
        if marked is not None:
            return marked
    if _JSON_START.match(head):
        kind = _json_kind(data, suffix)
        if kind is not None:
            return kind
    if _MAIL_START.match(head) and _MAIL_LATER.search(head):
        return "message/rfc822"
    return _by_name(head, suffix)


def _by_name(head: str, suffix: str) -> str:
    if suffix in _SHEET_SUFFIXES or (suffix in _PLAIN_SUFFIXES and _rows_between_tabs(head)):
        return "text/tab-separated-values"
    if suffix in _JSON_SUFFIXES:
        return _JSON_SUFFIXES[suffix]
    if suffix in _HTML_SUFFIXES or (suffix not in _TEXT_SUFFIXES and _HTML_LATER.search(head)):
        return "text/html"
    if suffix in (".xml", ".xsd") and head[:1] == "<":
        return "application/xml"
    return _TEXT_SUFFIXES.get(suffix, "text/plain")


def _rows_between_tabs(head: str) -> bool:
    """Whether a text is nothing but rows of a table: as many tabs in each of its first lines."""
    lines = [line for line in head.split("\n")[:20] if line.strip()]
    if len(head) >= _HEAD // 4 and len(lines) > 2:
        lines.pop()  # cut off
    tabs = {line.count("\t") for line in lines}
    return len(lines) >= 3 and len(tabs) == 1 and min(tabs) >= 2


def _by_signature(data: bytes, suffix: str, whole: Callable[[], BinaryIO]) -> str | None:
    head = data[:_HEAD]
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(data, whole)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_kind(data, suffix, whole)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and len(head) > 14 and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if head.startswith(b"MZ") and b"\0" in head:
        return "application/x-executable"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    # Readers of PDF forgive what stands before it; an archive that holds one was told apart above.
    return "application/pdf" if b"%PDF-" in head[:1024] else None


def _zip_kind(data: bytes, whole: Callable[[], BinaryIO]) -> str:
    try:
        with whole() as file, zipfile.ZipFile(file) as archive:
            # The directory of an archive inside one that is cut off has nothing at the beginning.
            at_first = min((entry.header_offset for entry in archive.infolist()), default=0) <= 4
            names = archive.namelist() if at_first else []
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError):
        names = _names_before_members(data[:_NAMES_IN])
    for start, kind in _ZIP_MEMBERS:
        if any(name.startswith(start) for name in names):
            return kind
    for kind in _ZIP_MIMETYPES:
        if kind.encode() in data[:256]:
            return kind
    return "application/zip"


def _names_before_members(head: bytes) -> list[str]:
    """What stands at the beginning of an office file that is cut off; of no other archive, which
    may hold an office file."""
    names = [match[1].decode("utf-8", "replace") for match in _LOCAL_HEADER.finditer(head)]
    office = bool(names) and names[0].startswith(_OFFICE_FIRST)
    return [name for name in names if office]


def _compound_kind(data: bytes, suffix: str, whole: Callable[[], BinaryIO]) -> str:
    """By what stands at the top: a mail may hold a Word file, and a Word file a workbook."""
    try:
        with whole() as opened, olefile.OleFileIO(opened) as file:
            top = {path[0] for path in file.listdir() if len(path) == 1}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, KeyError):
        top = set()
    for stream, kind in _COMPOUND_STREAMS:
        if stream in top or (not top and stream.encode("utf-16-le") in data):
            return kind
    return _COMPOUND if top else _COMPOUND_SUFFIXES.get(suffix, _COMPOUND)


def _looks_binary(head: str) -> bool:
    if not head:
        return False
    strange = len(_CONTROLS.findall(head))
    replaced = max(0, head.count("\ufffd") - 2)
    return strange > 0.01 * len(head) + 1 or replaced > 0.1 * len(head)


def _by_markup(head: str) -> str | None:
    """HTML, an XML vocabulary, or None for a text that merely begins with ``<``."""
    if _HTML_START.match(head):
        return "text/html"
    match = _XML_ROOT.match(head)
    if match is None:
        return "application/xml" if head.startswith("<?xml") else None
    root, attributes = match[2].lower(), match[3]
    if root == "html":
        return "text/html"
    if root == "svg":
        return "image/svg+xml"
    if root in _EFORMS_ROOTS and ("specification:ubl" in attributes or "eforms" in attributes):
        return "application/vnd.eforms+xml"
    if root in _TED_ROOTS:
        return "application/vnd.ted+xml"
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "application/vnd.ms-excel+xml"
    if "schemas.microsoft.com/office/word/2003/wordml" in head:
        return "application/vnd.ms-word+xml"
    if head.startswith("<?xml") or "xmlns" in attributes:
        return "application/xml"
    return None


def _json_kind(data: bytes, suffix: str) -> str | None:
    """JSON or JSON Lines; None where a text file merely begins like JSON."""
    sample = data[: 1 << 20]
    first, _, rest = sample.strip(b"\xef\xbb\xbf \t\r\n\x1e").partition(b"\n")
    first = first.strip()
    follows = rest.lstrip(b" \t\r\n\x1e")[:1] in (b"{", b"[")
    if first[-1:] in (b"}", b"]") and follows and _is_json(first):
        return "application/x-ndjson"
    if suffix in _TEXT_SUFFIXES and not (_is_json(data) or _is_json(first)):
        return None
    return "application/json"


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
