"""Web captures (WARC, ISO 28500): pages and documents with their address and time of capture.

WACZ is a ZIP of WARC files: the archive gives them, and they are read like any other.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sousveil.errors import DamagedError
from sousveil.model import Document
from sousveil.parse.containers.limits import CHUNK, Budget
from sousveil.parse.containers.names import member_path
from sousveil.parse.content import Content
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

VERSION = 1
_FURNITURE = (
    "image/svg", "image/x-icon", "image/vnd.microsoft.icon", "image/gif", "font/", "text/css",
    "audio/", "video/", "application/javascript", "application/x-javascript", "text/javascript",
    "application/font", "application/x-font",
)  # fmt: skip
"""What pages are drawn with. Scans come as PNG, JPEG, TIFF and PDF."""

_BROKEN = (
    ArchiveLoadFailed, EOFError, OSError, ValueError, LookupError, AttributeError, TypeError,
)  # fmt: skip


def parse_warc(
    content: Content, document: Document, media_type: str
) -> Iterator[Member | RecordProblem]:
    """Yield what servers answered with success, furniture of pages left out.

    Raises DamagedError where the file breaks off; what stood before has been given.
    """
    budget = Budget(content.size)
    with content.open() as file:
        try:
            for number, record in enumerate(ArchiveIterator(file), start=1):
                budget.member()
                if _is_document(record):
                    address = record.rec_headers.get_header("WARC-Target-URI") or ""
                    yield Member(
                        _label(address, number),
                        budget.counted(_chunks(record)),
                        source_url=address[:2000] if address.startswith("http") else None,
                        captured_at=record.rec_headers.get_header("WARC-Date"),
                    )
        except _BROKEN:
            raise DamagedError(
                "The web capture is broken or cut off.", "Ask for a whole copy, or capture again."
            ) from None


def _is_document(record: Any) -> bool:
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
        return not kind.lower().startswith(_FURNITURE)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode().startswith("2") and not kind.startswith(_FURNITURE)


def _label(address: str, number: int) -> str:
    """``<number>/<host>/<last part of the path>``: one address may be captured many times."""
    try:
        parts = urlsplit(address)
        host, last = parts.hostname or "", unquote(parts.path).rstrip("/").rsplit("/", 1)[-1]
    except ValueError:
        host = last = ""
    return f"{number}/" + (member_path("/".join(filter(None, (host, last)))) or "record")


def _chunks(record: Any) -> Iterator[bytes]:
    try:
        stream = record.content_stream()
        while chunk := stream.read(CHUNK):
            yield chunk
        rest = record.raw_stream
        if getattr(rest, "limit", 0) > 0 and not rest.read(1):  # the library ends it in silence
            raise EOFError
    except _BROKEN:
        raise DamagedError("A record of the web capture is broken.") from None
