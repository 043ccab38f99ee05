"""A document found inside another: a file of an archive, a part of a mail, a page of a capture."""

from collections.abc import Iterable

import msgspec


class Member(msgspec.Struct, frozen=True):
    """A document inside a document.

    ``path`` is its name there (POSIX separators), a label only: nothing is ever written to it.
    ``chunks`` are its bytes, read while they are asked for, once, before the next member.
    ``source_url`` and ``captured_at`` (ISO 8601) are what the container says of it.
    """

    path: str
    chunks: Iterable[bytes]
    source_url: str | None = None
    captured_at: str | None = None
