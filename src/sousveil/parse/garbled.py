"""Tells a text layer that looks like text but is none: fonts that do not name their characters.

Such a font gives glyph numbers for characters. They come out as private-use or unassigned code
points, or, shifted, as letters of a dozen scripts on one page and ideographs nobody uses.
"""

import unicodedata

from sousveil.parse.encoding import is_everyday

FEWEST = 12
"""Texts with fewer characters than this are not judged: a page number, a stamp."""

_MOST_UNREADABLE = 0.3
_MOST_RARE = 0.5
_MOST_SCRIPTS = 6
_IDEOGRAPHS = range(0x4E00, 0xA000)
_COMMON_BLOCKS = frozenset((0x00, 0x01, 0x1E, 0x20, 0x21, 0x22, 0x25, 0x30, 0xFF))
"""Blocks of 256 code points that any page may use: Latin, punctuation, kana, full-width forms."""


def is_garbled(text: str) -> bool:
    """Whether most of what is not ASCII in ``text`` cannot be writing."""
    total = len("".join(text.split()))
    if total < FEWEST:
        return False
    counts = {character: text.count(character) for character in set(text) if character > "~"}
    unreadable = sum(n for character, n in counts.items() if _is_unreadable(character))
    if unreadable > _MOST_UNREADABLE * total:
        return True
    other = sum(counts.values())
    rare = 0
    blocks: set[int] = set()
    for character, n in counts.items():
        code = ord(character)
        if code in _IDEOGRAPHS:
            rare += 0 if is_everyday(character) else n
        elif character.isalpha() and code >> 8 not in _COMMON_BLOCKS:
            blocks.add(0xAC if 0xAC00 <= code < 0xD7A4 else code >> 8)
            rare += n
    return other > 0.3 * total and rare > _MOST_RARE * other and len(blocks) >= _MOST_SCRIPTS


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs")
