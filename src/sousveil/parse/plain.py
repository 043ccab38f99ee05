"""Plain text (also Markdown, YAML, licence texts): one page, its lines as they stand."""

from collections.abc import Iterator

from sousveil.errors import DamagedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.encoding import decode, is_writing
from sousveil.parse.problem import RecordProblem

VERSION = 1


def parse_plain(
    data: bytes, document: Document, media_type: str
) -> Iterator[ParsedPage | RecordProblem]:
    """Yield the one page of a text file in any encoding; line ends become ``\\n``.

    Raises DamagedError where the bytes are not text in any encoding we know.
    """
    decoded = decode(data)
    if not is_writing(decoded):
        raise DamagedError(
            "The file is named as text, but its bytes are not text in any known encoding.",
            "Check the file; it may be a program's own format under a wrong name.",
        )
    yield ParsedPage(
        document_sha256=document.sha256,
        number=1,
        text=printable(decoded.text),
        obtained="plain",
        media_type=media_type,
    )
