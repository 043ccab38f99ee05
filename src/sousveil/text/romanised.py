"""Cyrillic words in Latin letters, as passports and addresses of the web write them.

Tables: ICAO Doc 9303 part 3 (passports), BGN/PCGN 1947 without its marks, and Ukraine's resolution
55 of 2010, each letter for itself.
"""

import re

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LETTERS = "абвгдезиклмнопрстуфы"
_COMMON = dict(zip(_LETTERS, "abvgdeziklmnoprstufy", strict=True))
_COMMON |= {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "э": "e",
    "ґ": "g", "і": "i", "ў": "u", "’": "", "ʼ": "", "қ": "k", "ғ": "g", "ң": "n", "ө": "o",
    "ү": "u", "ұ": "u", "һ": "h", "ә": "a",
    "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
}  # fmt: skip
_TABLES = (
    _COMMON | {"ё": "e", "й": "i", "ю": "iu", "я": "ia", "є": "ie", "ї": "i"},
    _COMMON | {"ё": "yo", "й": "y", "ю": "yu", "я": "ya", "є": "ye", "ї": "yi"},
    _COMMON | {"г": "h", "и": "y", "ё": "io", "й": "i", "ю": "iu", "я": "ia", "є": "ie", "ї": "i"},
    _COMMON | {"г": "h", "и": "y", "ё": "yo", "й": "y", "ю": "yu", "я": "ya", "є": "ye", "ї": "yi"},
    _COMMON | {"ё": "e", "й": "j", "х": "h", "ю": "ju", "я": "ja", "є": "je", "ї": "ji", "ц": "c"},
)
_TRANSLATED = tuple(str.maketrans(table) for table in _TABLES)


def romanised(text: str) -> tuple[str, ...]:
    """The text in small Latin letters by each table, each once; nothing where it has no Cyrillic.
    Letters that no table has stay."""
    if not _CYRILLIC.search(text):
        return ()
    plain = text.casefold()
    return tuple(dict.fromkeys(plain.translate(table) for table in _TRANSLATED))
