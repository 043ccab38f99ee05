"""Bring a text to the form the rules are written for, with the way back to its offsets.

The common case keeps every offset: wide punctuation and blanks become narrow, Traditional becomes
Simplified, one character for one. Only texts with characters that hide words (zero-width, radicals,
compatibility forms) go through ``normalise`` and its offset map.
"""

import re

import msgspec

from sousveil.text.normalise import Normalised, normalise
from sousveil.text.scripts import to_simplified

_WIDE = "：（），；\u3000\u00a0／"
_NARROW = ":(),;  /"
_FULL = {chr(0xFF00 + code): chr(0x20 + code) for code in range(1, 0x5F)}
_STILL_WIDE = re.compile("[＂-＞＠-～]")
_HIDING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\u2e80-\u2fd5\uf900-\ufaff\U0001d400-\U0001d7ff\U000e0000-\U000e0fff]"
)
_EASTERN = re.compile("[٠-٩۰-۹]")
"""Arabic and Persian digits."""
_BLANKS = re.compile("[\u1680\u2000-\u200a\u202f\u205f\r\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(
    "|".join((_STILL_WIDE.pattern, _HIDING.pattern, _BLANKS.pattern)).replace("]|[", "")
)
_MARKUP = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9]{0,12})(?=[\s/>])[^<>]{0,400}>|&(?:nbsp"
    r"|ensp|emsp|#160|#12288|#x3000|#xa0);",
    re.I,
)
_INLINE = frozenset(
    (
        "a",
        "b",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "o",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    )
)
_CELLS = frozenset(("td", "th"))


class Folded(msgspec.Struct, frozen=True):
    """The folded text, and how to come back: both maps None where offsets are the same.

    ``normal`` leads from the folded text to the text without markup, ``plain[i]`` from code point i
    of that to the original.
    """

    text: str
    normal: Normalised | None = None
    plain: list[int] | None = None

    @property
    def moved(self) -> bool:
        """Whether offsets differ from those of the original."""
        return self.normal is not None or self.plain is not None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original [start, end) of a folded [start, end)."""
        if self.normal is not None:
            start, end = self.normal.span(start, end)
        if self.plain is not None:
            return self.plain[start], self.plain[end - 1] + 1 if end > start else self.plain[start]
        return start, end


def fold(text: str) -> Folded:
    """Fold ``text`` for finding; see the module."""
    plain = normal = None
    if ("</" in text or "<br" in text or "&nbsp;" in text) and _MARKUP.search(text):
        text, plain = _without_markup(text)
    if text.isascii():
        return Folded(text, None, plain)
    for wide, narrow in zip(_WIDE, _NARROW, strict=True):
        text = text.replace(wide, narrow)
    if _ODD.search(text):
        if _HIDING.search(text):
            normal = normalise(text)
            text = normal.text
        text = _STILL_WIDE.sub(lambda match: _FULL[match[0]], text)
        text = _BLANKS.sub(" ", text)
    text = _EASTERN.sub(lambda match: str(int(match[0])), text)
    return Folded(to_simplified(text), normal, plain)


def _without_markup(text: str) -> tuple[str, list[int]]:
    """Tags as what they mean for reading: a new line, the next cell, or nothing."""
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _MARKUP.finditer(text):
        parts.append(text[position : match.start()])
        offsets.extend(range(position, match.start()))
        name = (match["name"] or "").lower()
        mark = " " if not name else "" if name in _INLINE else "\n"
        if name in _CELLS:
            mark = "" if match["close"] else "\t"
        if mark:
            parts.append(mark)
            offsets.append(match.start())
        position = match.end()
    parts.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    return "".join(parts), offsets
