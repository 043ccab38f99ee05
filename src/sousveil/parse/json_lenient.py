"""JSON with slips that leave no doubt what was meant, made readable without moving a byte.

Programs write NaN for a number they have not, and pass tabs and line ends on into strings. A reader
of the standard (RFC 8259) refuses both, and the whole record with them. Here only what is read for
structure is changed; the text of a record stays as it stands in the file.
"""

import re

_PARTS = re.compile(rb'"(?:[^"\\]++|\\.)*"|-?\b(?:NaN|Infinity)\b', re.DOTALL)
_CONTROLS = bytes(range(32))
_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))


def mended(data: bytes) -> bytes:
    """``data`` of the same length: control characters in strings are spaces, NaN and Infinity 0."""
    return _PARTS.sub(_readable, data)


def _readable(match: re.Match[bytes]) -> bytes:
    part = match[0]
    return part.translate(_SPACES) if part[:1] == b'"' else b"0".ljust(len(part))


def in_file(data: bytes, shadow: bytes, part: bytes, after: int) -> tuple[memoryview, int]:
    """The part of ``data`` that stands where ``part`` stands in its shadow, at or behind ``after``;
    and where it ends."""
    start = shadow.index(part, after)
    end = start + len(part)
    return memoryview(data)[start:end], end
