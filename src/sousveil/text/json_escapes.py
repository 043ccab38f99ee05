r"""Undo the escapes of JSON strings and keep the way back to the text as written.

The text of a record page is its raw slice: a publisher that writes ``\u76d1\u63a7`` for 监控 has
every word hidden from a search of the slice. Whoever looks for words in such a page looks in this
form, and leads what is found back with ``span``.
"""

import re
from array import array

from sousveil.text.normalise import Normalised

_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([^u]))",
    re.DOTALL,
)
_SHORT = {"n": "\n", "t": "\t", "r": "\n", "b": " ", "f": " "}
_LONE_SURROGATE = range(0xD800, 0xE000)


def undo_escapes(text: str) -> Normalised:
    r"""The text with JSON's escapes undone; the text itself where it has none.

    Half of a surrogate pair becomes U+FFFD; ``\r`` a line end; ``\b``, ``\f`` and NUL a space; a
    broken escape stays as written. Works on a whole slice and on any part of it that cuts no
    escape in two.
    """
    if "\\" not in text:
        return Normalised(text, range(len(text) + 1))
    parts: list[str] = []
    offsets = array("l")
    at = 0
    for match in _ESCAPE.finditer(text):
        start, end = match.span()
        if start > at:
            parts.append(text[at:start])
            offsets.extend(range(at, start))
        parts.append(_meant(match))
        offsets.append(start)
        at = end
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return Normalised("".join(parts), offsets)


def _meant(match: re.Match[str]) -> str:
    high, low, code, short = match.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00))
    if code is not None:
        point = int(code, 16)
        return "\ufffd" if point in _LONE_SURROGATE else chr(point) if point else " "
    return _SHORT.get(short, short)
