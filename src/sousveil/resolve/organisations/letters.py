"""Letters of names as they compare: accents, letters that are written as two, words of any script.

An accent is left out, as upper case and foreign keyboards leave it out, but where it makes another
letter: German and Danish write their letters as two (ü as ue, å as aa; DIN 5007-2, the Danish
orthography of 1948), and Vietnamese tones tell one company from another. A name that lost such
letters joins by ``without_marks``, where one organisation alone is meant. Letters without an accent
of their own (ø, ł, ı) are written as CLDR's transform Latin-ASCII has them.
"""

import re
import unicodedata

from sousveil.text.currency import words

_TWO_LETTERS = {
    **{country: {"ä": "ae", "ö": "oe", "ü": "ue"} for country in words("DE AT CH LI LU")},
    **{country: {"å": "aa", "ø": "oe", "æ": "ae"} for country in words("DK NO GL FO")},
}
_TABLES = {country: str.maketrans(table) for country, table in _TWO_LETTERS.items()}
_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ё": "е",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u00ad": "",
        "\ufeff": "",
    }
)
_LATIN_ACCENTS = re.compile("(?<=[a-zα-ω])[\u0300-\u036f]+")
_ACCENT = re.compile("[\u0300-\u036f]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VIETNAMESE_WORD = re.compile("(?:[a-zđ][\u0300-\u036f]*)+")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer: a space there parts no words."""
_SPACE_WITHIN = re.compile(f"(?<=[{_UNSPACED}])[ \u00a0]+(?=[{_UNSPACED}])")
_BLOCKS_OF_MARKS = ((0x300, 0x1DFF), (0x20D0, 0x20FF), (0x3099, 0x309A), (0xA800, 0xABFF))
_MARKS = "".join(
    chr(code)
    for first, last in _BLOCKS_OF_MARKS
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
_WORD = re.compile(rf"(?:[^\W_][{re.escape(_MARKS)}]*)+")


def letters_of(text: str, country: str | None) -> str:
    """A folded name in the letters in which names of its country compare."""
    if text.isascii():
        return text.replace("`", "'")
    text = unicodedata.normalize("NFC", text).translate(_TABLES.get(country or "", {}))
    if country == "VN":
        decomposed = unicodedata.normalize("NFD", text)
        return unicodedata.normalize("NFC", _VIETNAMESE_WORD.sub(_tone_last, decomposed))
    return unaccented(text)


def unaccented(text: str) -> str:
    """A folded text without the accents of Latin and Greek letters; other scripts as they are."""
    plain = unicodedata.normalize("NFD", text.translate(_PLAIN))
    plain = unicodedata.normalize("NFC", _LATIN_ACCENTS.sub("", plain)).translate(_PLAIN)
    return _SPACE_WITHIN.sub("", plain)


def words_of(text: str) -> list[str]:
    """The words of a text, each with the marks that its script writes over, under and beside."""
    return _WORD.findall(text)


def without_marks(text: str, country: str | None) -> str:
    """A name as it stands where a keyboard had no marks (Munchen, Tan Phu); "" where the country's
    names do not tell letters apart by them, or it has none."""
    if country != "VN" and country not in _TABLES:
        return ""
    plain = unicodedata.normalize("NFD", text.lower().translate(_PLAIN))
    plain = _ACCENT.sub("", plain)
    return plain if plain != text.lower() and plain.isascii() else ""


def _tone_last(word: re.Match[str]) -> str:
    """A syllable with its tone behind it: hòa and hoà are one."""
    tones = "".join(_TONES.findall(word.group()))
    return _TONES.sub("", word.group()) + tones
