"""The form in which headings of tables and keys of records are compared."""

import re
import unicodedata
from functools import lru_cache

from sousveil.text.scripts import fold

_BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]{0,30}[)）\]】]")
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_/\-.:：]+")
_ACCENT = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=8192)
def plain_heading(heading: str) -> str:
    """Lower case, Simplified, words apart by blanks; without brackets and without accents, which
    exports lose."""
    words = _HUMP.sub(" ", _BRACKET.sub("", heading))  # publishTime, as programs write it
    return without_accents(_BETWEEN.sub(" ", fold(words)).strip())


def without_numbers(plain: str) -> str:
    """A plain heading without the numbers that count those of whom it tells: ``supplier 1 name``
    and ``winner2``."""
    return " ".join(_NUMBER.sub(" ", plain).split())


def without_accents(text: str) -> str:
    """The letters without the marks on them."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", text)))
