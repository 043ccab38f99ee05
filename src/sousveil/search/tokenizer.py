"""What a searchable token is: the one definition that index, snippets and scan share.

A text is first brought to a *canonical form* of the same length, in which only four things are
left: characters of scripts written without spaces (Han, kana, Hangul, Thai …: one token each),
digits, other letters (a run is one token, a run of digits another), and two separators: a space,
which phrases pass over, and ``|``, a *break*, which they do not.

* Lower case, Simplified Han, ASCII digits, full width letters as ASCII, Latin letters without
  accents: words meet whatever way they were typed.
* White space joins: PDF text breaks lines inside Chinese words and labels are spaced out (名 称).
* Punctuation, tabs (cell borders), blank lines and mask tokens break: 办公、安全 holds no 公安.
* Between two letters or digits a lone ``- _ ' . / & + @ ·`` joins (``face-recognition`` is also
  the phrase *face recognition*), and so do ``,`` and ``:`` between two digits (1,000).
"""

import re
import unicodedata
from functools import cache, lru_cache

import msgspec

from sousveil.text.scripts import fold

MASKS = ("person", "phone", "email", "id_number", "account", "address")
MAX_WORD = 64
"""Longer words are compared by their first 64 characters."""

BREAK = "|"
JOINER = "-"
COMMA = ","

# Kinds of canonical characters, for the array tokenizer of the index.
SEPARATOR_KIND, BREAK_KIND, SPACE_KIND, NEWLINE_KIND = 0, 1, 2, 3
JOINER_KIND, COMMA_KIND, DIGIT_KIND, LETTER_KIND, CHARACTER_KIND = 4, 5, 6, 7, 8

_LIMIT = 0x10000  # end of the table: what is beyond it is rare and looked at one by one

# Scripts written without spaces between words: each character is a token. Within these ranges
# only letters and marks count; punctuation and digits keep their own kind.
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul Jamo
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x31FF),  # Bopomofo, Hangul compatibility, small kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFFDC),
    (0x1B000, 0x1B16F),
    (0x20000, 0x323AF),
)
_ALL_LETTERS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3))
# Where not only letters and digits have a kind of their own: marks, spaces, joiners.
_MIXED = (range(0x3100), range(0xA000, 0xAC00), range(0xFE00, 0x10000))
_CHARACTER = "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED_RANGES)
_WORD_CHAR = f"[^{_CHARACTER}|,\\- \n]"
_JOINERS = frozenset("-_'’./&+@·‐‑")
_COMMAS = frozenset(",:")
_TSHEG = "\u0f0b\u0f0c"  # between Tibetan syllables: as good as a space

_MASK = re.compile("〔(?:" + "|".join(MASKS) + ")〕")
_BEYOND = re.compile(f"[{chr(_LIMIT)}-\U0010ffff]")
_JOINING = re.compile(f"(?<={_WORD_CHAR})-(?={_WORD_CHAR})")
_JOINING_COMMA = re.compile("(?<=[0-9]),(?=[0-9])")
_BLANK_LINE = re.compile("\n(?= *\n)")
_TOKEN = re.compile(f"[{_CHARACTER}]|[0-9]+|[^{_CHARACTER}0-9| ]+|\\|")

_ONE_CHARACTER = re.compile(f"[{_CHARACTER}]")

LETTER_CLASS = f"[^{_CHARACTER}0-9| ]"
"""Regular expression class of a letter in a canonical text."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token: canonical ``text``, code points [start, end) of the source it stands in.

    ``gap``: a break stands between it and the token before (never for the first of a text).
    """

    text: str
    start: int
    end: int
    gap: bool = False


def tokens(text: str) -> list[Token]:
    """All tokens of a text, in order. Works for any string."""
    out: list[Token] = []
    gap = False
    for match in _TOKEN.finditer(canonical(text)):
        word = match.group()
        if word == BREAK:
            gap = True
            continue
        out.append(Token(word[:MAX_WORD], match.start(), match.end(), gap and bool(out)))
        gap = False
    return out


def canonical(text: str) -> str:
    """The canonical form, of the same length (see above)."""
    table, _ = tables()
    text = hide_masks(text).translate(table)
    if not text.isascii():
        text = _BEYOND.sub(lambda match: beyond_table(match.group())[0], text)
    if "\n" in text:
        text = _BLANK_LINE.sub(BREAK, text).replace("\n", " ")
    if JOINER in text:
        text = _JOINING.sub(" ", text).replace(JOINER, BREAK)
    if COMMA in text:
        text = _JOINING_COMMA.sub(" ", text).replace(COMMA, BREAK)
    return text


def hide_masks(text: str) -> str:
    """The text with each mask token replaced by as many breaks: nobody searches for masks."""
    if "〔" not in text:
        return text
    return _MASK.sub(lambda match: BREAK * len(match.group()), text)


def is_character(token: str) -> bool:
    """Whether a token is one character of a script written without spaces."""
    return _ONE_CHARACTER.fullmatch(token) is not None


@cache
def tables() -> tuple[str, bytes]:
    """Canonical character and kind of each code point below U+10000, by index."""
    chars = (
        "".join(map(chr, range(0xD800))) + BREAK * 0x800 + "".join(map(chr, range(0xE000, _LIMIT)))
    )
    canon, kinds = list(fold(chars)), bytearray(_LIMIT)
    for first, last in _ALL_LETTERS:
        kinds[first : last + 1] = bytes((CHARACTER_KIND,)) * (last + 1 - first)
    mixed = {code for codes in _MIXED for code in codes}
    for code, char in enumerate(canon):
        if kinds[code]:
            continue
        if char.isalnum() or code in mixed:
            canon[code], kinds[code] = _classify(code, char)
        else:
            canon[code], kinds[code] = BREAK, BREAK_KIND
    return "".join(canon), bytes(kinds)


@lru_cache(4096)
def beyond_table(char: str) -> tuple[str, int]:
    """Canonical form and kind of a character from U+10000 on."""
    return _classify(ord(char), fold(char))


def _classify(code: int, char: str) -> tuple[str, int]:
    """Canonical character and kind of one code point, given its folded form."""
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
        char = chr(code).lower()
    if char == "\n" or char in _TSHEG:
        return ("\n", NEWLINE_KIND) if char == "\n" else (" ", SPACE_KIND)
    if char in _JOINERS:
        return JOINER, JOINER_KIND
    if char in _COMMAS:
        return COMMA, COMMA_KIND
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char)), DIGIT_KIND
    if category[0] in "LM" or category == "Nl":
        if _ONE_CHARACTER.match(char):
            return char, CHARACTER_KIND
        return _unaccented(char), LETTER_KIND
    if category in ("Zs", "Cf") or char == "\r":
        return " ", SPACE_KIND
    if category in ("Zl", "Zp"):
        return "\n", NEWLINE_KIND
    return BREAK, BREAK_KIND


def _unaccented(char: str) -> str:
    """A Latin letter without its accent (é → e), ё as е; any other letter as it is."""
    if char == "ё":
        return "е"
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char
