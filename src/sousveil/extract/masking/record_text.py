"""The values of a record: what a raw JSON string says, with the way back to its raw offsets."""

import re

import msgspec

_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.S
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\n", "b": " ", "f": " "}

_HINT = re.compile(
    "Mr|Ms|Cllr|[Aa]sk for|[Cc]all|[Pp]roject [Ll]ead|Mme"
    "|Miss|Dr|Prof|Sr|Her|Frau|Ing|Eng|Att|att|ATT|onta|ONTA|QQ|t\\.me|Name|by"
)
_NUMBER = re.compile(r"\d[\d ().-]{5}[\d ().-]*\d")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]?[\d:.+\-Z]*")


class Text(msgspec.Struct):
    """A string value: its raw place, its decoded text, and raw offsets where escapes moved them."""

    start: int
    value: str
    offsets: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw place of a part of the decoded text."""
        if self.offsets is None:
            return self.start + start, self.start + end
        return self.start + self.offsets[start], self.start + self.offsets[end]


def decode(string: str) -> tuple[str, list[int]]:
    """A raw JSON string decoded, and for each code point (and the end) its raw offset."""
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _ESCAPE.finditer(string):
        parts.append(string[position : match.start()])
        offsets.extend(range(position, match.start()))
        parts.append(_unescape(match[0]))
        offsets.append(match.start())
        position = match.end()
    parts.append(string[position:])
    offsets.extend(range(position, len(string) + 1))
    return "".join(parts), offsets


def _unescape(escape: str) -> str:
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    if len(escape) == 6:
        char = chr(int(escape[2:], 16))
        return "\ufffd" if "\ud800" <= char <= "\udfff" else char
    return _SIMPLE.get(escape[1], escape[1])


def may_hold_person(value: str) -> bool:
    """Whether an ASCII string is worth a search: mail, a number of phone length, a word of ours."""
    if "@" in value:
        return True
    number = _NUMBER.search(value)
    if number and not _DATE.fullmatch(value):
        return True
    return " " in value and (":" in value or _HINT.search(value) is not None)
