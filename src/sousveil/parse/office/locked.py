"""Office files under a password: an encrypted package in a compound file ([MS-OFFCRYPTO] 2.3.4)."""

from collections.abc import Iterator

from sousveil.errors import EncryptedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content


def parse_locked(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Raise EncryptedError."""
    raise EncryptedError(
        "The office file needs a password.", "Save a copy without it and add that."
    )
