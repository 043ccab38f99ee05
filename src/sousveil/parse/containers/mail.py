"""Mail and MHTML pages: the text as it was sent, and what was attached.

Sources: RFC 5322, RFC 2045 to 2049, RFC 2557 (MHTML). Header lines name people and are not read.
"""

import codecs
import email
import email.errors
import email.header
import email.policy
import re
from collections.abc import Iterator
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import pairwise

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document
from sousveil.parse.containers.limits import Budget
from sousveil.parse.containers.names import part_label
from sousveil.parse.content import Content
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

VERSION = 2
_BOUNDARY = re.compile(rb"(?:\A|(?<=\n))From \S[^\r\n]{0,200} \d{4}\r?\n(?=[A-Za-z-]{1,60}:)")
_DEEPEST = 30
_FURNITURE = ("image/", "font/", "text/css", "application/javascript", "text/javascript")
"""What a saved page is drawn with; a mail's images are kept: they may be scans."""


def parse_mail(
    content: Content, document: Document, media_type: str
) -> Iterator[Member | RecordProblem]:
    """Yield the text of a mail and its attachments, or the pages of an MHTML file.

    Of a text sent both as HTML and plain the HTML is given. Raises DamagedError where there is no
    part at all, LimitError where parts are nested too deep.
    """
    raw = content.whole().removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
    mails = [match.start() for match in _BOUNDARY.finditer(raw)] if raw[:5] == b"From " else []
    if len(mails) > 1:
        yield from _mailbox(raw, mails, Budget(content.size))
        return
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
    except (ValueError, LookupError, RecursionError, TypeError):
        raise DamagedError("The mail is broken.", "Ask the source for a whole copy.") from None
    saved_page = _saved_page(message)
    when = _moment(message)
    budget = Budget(content.size)
    number = 0
    for part in _parts(message, 0):
        budget.member()
        kind = part.get_content_type()
        if saved_page and kind.startswith(_FURNITURE):
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data.strip():
            continue
        number += 1
        budget.spend(len(data))
        yield Member(
            part_label(_name(part), kind, number),
            (data,),
            source_url=_address(part, message) if saved_page else None,
            captured_at=when,
        )
    if not number:
        raise DamagedError("There is no text and no attachment in the mail.", "Open it and look.")


def _mailbox(data: bytes, starts: list[int], budget: Budget) -> Iterator[Member]:
    """The mails of a mailbox file (RFC 4155), each a document of its own."""
    for number, (start, end) in enumerate(pairwise((*starts, len(data))), start=1):
        budget.member()
        budget.spend(end - start)
        yield Member(f"{number}.eml", (data[start:end],))


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The parts that hold something, alternatives reduced to the best one."""
    if depth > _DEEPEST:
        raise LimitError("The parts of the mail are nested too deep.", "Save its parts as files.")
    inner = message.get_payload() if message.is_multipart() else None
    if not isinstance(inner, list):
        yield message
        return
    if message.get_content_type() == "multipart/alternative":
        best = [p for p in inner if isinstance(p, Message) and _rank(p)]
        inner = [max(best, key=_rank)] if best else inner
    for part in inner:
        if isinstance(part, Message):
            yield from _parts(part, depth + 1)


def _rank(part: Message) -> int:
    kind = part.get_content_type()
    if kind.startswith("multipart/"):
        return 2
    return 3 if kind == "text/html" else 1 if kind == "text/plain" else 0


def _saved_page(message: Message) -> bool:
    """Whether this is a page as a browser saved it, not a mail that somebody sent."""
    return "Snapshot-Content-Location" in message or (
        (message.get_content_type() == "multipart/related" or "Content-Location" in message)
        and not any(name in message for name in ("Received", "Message-ID", "Delivered-To"))
    )


def _address(part: Message, message: Message) -> str | None:
    for holder, name in ((part, "Content-Location"), (message, "Snapshot-Content-Location")):
        value = "".join(str(holder.get(name, "")).split())
        if value.startswith(("http://", "https://")):
            return value[:2000]
    return None


def _moment(message: Message) -> str | None:
    try:
        when = parsedate_to_datetime(str(message["Date"]))
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError):
        return None
    return _plain(name) if name else None


def _plain(name: str) -> str:
    """A file name with its RFC 2047 words decoded; many senders put them where RFC 2231 belongs."""
    try:
        parts = email.header.decode_header(name)
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
            for part, charset in parts
        )
    except (email.errors.HeaderParseError, LookupError, ValueError):
        return name
