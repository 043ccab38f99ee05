"""The bytes of an XML file as UTF-8, whatever encoding it declares (XML 1.0, 4.3.3 and annex F)."""

import codecs
import re
from collections.abc import Iterator

from sousveil.errors import DamagedError, UnsupportedError
from sousveil.parse.content import Content
from sousveil.parse.encoding import codec_of

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_NO_ENCODINGS = frozenset(
    {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"}
)
"""Codecs of Python that are no encodings of files."""

_WHITE = b" \t\r\n"


def as_utf8(content: Content, size: int) -> Iterator[bytes]:
    """Pieces of about ``size`` bytes, in UTF-8; the last one is empty.

    White space before the declaration, which programs add, is left out. Raises UnsupportedError
    for an encoding nobody knows, DamagedError where the bytes are not of the declared one.
    """
    with content.open() as file:
        head = file.read(4096)
        codec, mark = _codec(head)
        piece = head[mark:] + file.read(size)
        if codec == "utf-8":
            piece = piece.lstrip(_WHITE)
            while piece:
                yield piece
                piece = file.read(size)
        else:
            decoder = codecs.getincrementaldecoder(codec)("strict")
            first = True
            while piece:
                text = _decoded(decoder, piece, final=False)
                yield (text.lstrip() if first else text).encode("utf-8", "surrogatepass") or b" "
                first = False
                piece = file.read(size)
            if rest := _decoded(decoder, b"", final=True):
                yield rest.encode("utf-8", "surrogatepass")
    yield b""


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool) -> str:
    try:
        return decoder.decode(piece, final)
    except UnicodeError:
        raise DamagedError(
            "The bytes of the XML are not in the encoding that it declares.",
            "Save it anew as UTF-8 and add that.",
        ) from None


def _codec(head: bytes) -> tuple[str, int]:
    """The Python codec, and how many bytes its mark has."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec, len(mark)
    for start, codec in _WITHOUT_MARK:
        if head.startswith(start):
            return codec, 0
    match = _DECLARED.match(head.lstrip(_WHITE))
    if match is None:
        return "utf-8", 0
    label = match[1].decode("ascii")
    if label.lower().startswith(("utf-16", "utf-32", "ucs-")):
        return "utf-8", 0  # the declaration was read byte for byte, so it is none of these
    declared = codec_of(label)
    if declared is None or declared.replace("-", "_") in _NO_ENCODINGS:
        raise UnsupportedError(
            "The XML declares an encoding that is not known.", "Save it as UTF-8 and add that."
        )
    return declared, 0
