"""Tells a text layer that looks like text but is none: fonts that do not name their characters.

Such a font gives glyph numbers for characters. They come out as private-use or unassigned code
points, or, shifted, as letters of a dozen scripts on one page and ideographs nobody uses.
"""

import unicodedata
from collections import Counter
from functools import lru_cache

from sousveil.parse.encoding import is_everyday

FEWEST = 12
"""Texts with fewer characters than this are not judged: a page number, a stamp."""

_MOST_UNREADABLE = 0.3
_MOST_RARE = 0.5
_FEWEST_OTHER = 0.3
_MOST_SCRIPTS = 6
_FEW = _MOST_RARE * _FEWEST_OTHER
"""Up to this share of odd characters no page is garbled."""

_PLAIN: set[str] = set()
_HAN, _HANGUL = -1, 0xAC
_IDEOGRAPHS = range(0x4E00, 0xA000)
_COMMON_BLOCKS = frozenset((0x00, 0x01, 0x1E, 0x20, 0x21, 0x22, 0x25, 0x30, 0xFF))
"""Blocks of 256 code points that any page may use: Latin, punctuation, kana, full-width forms."""


def is_garbled(text: str) -> bool:
    """Whether most of what is not ASCII in ``text`` cannot be writing."""
    total = len("".join(text.split()))
    if total < FEWEST:
        return False
    odd = {character for character in set(text) - _PLAIN if not _is_plain(character)}
    if sum(map(text.count, odd)) <= _FEW * total:
        return False
    counts = Counter(text)
    unreadable = other = rare = 0
    blocks: set[int] = set()
    for character, n in counts.items():
        if character <= "~":
            continue
        other += n
        is_unreadable, block = _judged(character)
        if is_unreadable:
            unreadable += n
        if block is not None:
            rare += n
            blocks.add(block)
    if unreadable > _MOST_UNREADABLE * total:
        return True
    blocks.discard(_HAN)
    return (
        other > _FEWEST_OTHER * total and rare > _MOST_RARE * other and len(blocks) >= _MOST_SCRIPTS
    )


def _is_plain(character: str) -> bool:
    """Whether a character is one that many pages use; those that are need not be judged again."""
    if character > "~" and _judged(character) != (False, None):
        return False
    _PLAIN.add(character)
    return True


@lru_cache(maxsize=1 << 15)
def _judged(character: str) -> tuple[bool, int | None]:
    """Whether a character cannot be read; and its block where it is one that few pages use."""
    code = ord(character)
    unreadable = _is_unreadable(character)
    if code in _IDEOGRAPHS:
        return unreadable, None if is_everyday(character) else _HAN
    if character.isalpha() and code >> 8 not in _COMMON_BLOCKS:
        return unreadable, _HANGUL if 0xAC00 <= code < 0xD7A4 else code >> 8
    return unreadable, None


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs")
