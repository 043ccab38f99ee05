"""From bytes of unknown encoding to text: declared names are a hint, plausible text decides.

Chinese portals declare gb2312 and write GBK, declare UTF-8 and write GBK, or declare nothing; a
saved page may carry the declaration of the page before it was converted. So each candidate is
decoded and what comes out is weighed: frequent Chinese characters and letters of a known script
speak for it, private-use, control and replacement characters against it.
"""

import codecs
import re
from functools import lru_cache

import msgspec
from charset_normalizer import from_bytes

from sousveil.parse.frequent import FREQUENT

_SAMPLE_BYTES = 1 << 18
_SAMPLE_CHARACTERS = 3000
_DECLARED_BONUS = 0.1
_PLAUSIBLE = 0.3
"""Below this nothing that was tried looks like writing: ask the statistical detector."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_WIDER = {  # a declared name → the superset people in fact write (WHATWG Encoding Standard)
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_LABELS = {
    "gb_2312-80": "gb18030",
    "gb_2312": "gb18030",
    "x-gbk": "gb18030",
    "chinese": "gb18030",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "unicode": "utf-16-le",
    "utf8": "utf-8",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ESCAPED_JAPANESE = b"\x1b$"


class Decoded(msgspec.Struct, frozen=True):
    """Text, the Python codec that gave it, and how many characters could not be decoded.

    ``plausibility`` is about 0.6–1 for writing, under 0.3 for what is none; 1 where the encoding
    was beyond doubt: ASCII, valid UTF-8, a byte order mark.
    """

    text: str
    encoding: str
    replaced: int
    plausibility: float


@lru_cache(maxsize=256)
def codec_of(label: str | None) -> str | None:
    """The Python codec for a declared charset label, widened to its superset; None if unknown."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    if name in _LABELS:
        return _LABELS[name]
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True):
        return None
    if codec.name.startswith(("utf-16", "utf-32")):
        return None  # a declaration that can be read byte for byte is not UTF-16 (WHATWG)
    return _WIDER.get(codec.name, codec.name)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is a charset label from the document itself, if any.

    Never fails: what cannot be decoded becomes U+FFFD and is counted in ``replaced``.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], codec, 1.0)
    wide = _without_mark(data)
    if wide is not None:
        return _finish(data, wide, 1.0)
    if data.isascii() and _ESCAPED_JAPANESE not in data and codec_of(declared) != "hz":
        return Decoded(data.decode("ascii"), "ascii", 0, 1.0)
    expected = codec_of(declared)
    utf8 = _as_utf8(data, expected)
    if utf8 is not None:
        return utf8
    return _weigh(data, expected)


def is_writing(decoded: Decoded) -> bool:
    """Whether what was decoded is text at all: few controls, little lost, letters that are used."""
    text = decoded.text
    return (
        len(_CONTROLS.findall(text)) <= 2 + 0.01 * len(text)
        and decoded.replaced <= 1 + 0.05 * len(text)
        and decoded.plausibility >= 0
    )


def plausibility(text: str) -> float:
    """How much the non-ASCII part of ``text`` looks like writing: -5 (none) to 1."""
    sample = "".join(_NOT_ASCII.findall(text[: 1 << 18]))[:_SAMPLE_CHARACTERS]
    if not sample:
        return 1.0
    score = 0.0
    for character in set(sample):
        score += _weight(character) * sample.count(character)
    return score / len(sample)


@lru_cache(maxsize=8192)
def _weight(character: str) -> float:
    if character in FREQUENT:
        return 1.0
    code = ord(character)
    if code == 0xFFFD or 0x80 <= code < 0xA0 or 0xE000 <= code < 0xF900:
        return -5.0
    if 0x4E00 <= code < 0xA000:
        return 0.4 if is_everyday(character) else 0.0
    if 0xC0 <= code < 0x250 and code not in (0xD7, 0xF7):
        return 0.5  # Latin letters
    if 0x370 <= code < 0x530 or 0x5D0 <= code < 0x700 or 0xE00 <= code < 0xE80:
        return 0.5  # Greek, Cyrillic, Hebrew, Arabic, Thai
    if 0x3040 <= code < 0x3100 or 0xAC00 <= code < 0xD7A4:
        return 0.7  # kana, hangul
    if 0x2010 <= code < 0x2050 or code in (0xA0, 0xA9, 0xAB, 0xB0, 0xB2, 0xB7, 0xBB, 0x20AC):
        return 0.5
    return 0.2 if character.isprintable() else -1.0


def is_everyday(character: str) -> bool:
    """In the first level of GB 2312 or of Big5: the characters of everyday use."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: NUL bytes, all in even or all in odd places."""
    head = data[:4096]
    if b"\0" not in head or len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    for zeros, others, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.01 * half and others <= 0.02 * zeros:
            text = head[: len(head) // 2 * 2].decode(codec, "replace")
            letters = sum(1 for character in text if character.isalnum() or character.isspace())
            if letters > 0.4 * len(text) and plausibility(text) > _PLAUSIBLE:
                return codec
    return None


def _as_utf8(data: bytes, expected: str | None) -> Decoded | None:
    """The text if it is UTF-8 beyond doubt: other encodings almost never happen to be valid."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(data) or error.reason != "unexpected end of data" or len(data) < 64:
            return None
        text = data[: error.start].decode("utf-8")  # cut off in the middle of a character
        return Decoded(text + "\ufffd", "utf-8", 1, 1.0)
    if expected in (None, "utf-8") or len(data) - len(text) >= 8:
        return Decoded(text, "utf-8", 0, 1.0)
    return None


def _weigh(data: bytes, expected: str | None) -> Decoded:
    candidates = dict.fromkeys(
        name for name in (expected, "utf-8", "gb18030", "big5hkscs") if name is not None
    )
    if _ESCAPED_JAPANESE in data:
        candidates["iso2022_jp"] = None
    sample = data[:_SAMPLE_BYTES]
    scores = {name: plausibility(sample.decode(name, "replace")) for name in candidates}
    if expected is not None:
        scores[expected] += _DECLARED_BONUS
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _PLAUSIBLE:
        guess = _statistical(sample)
        if guess is not None:
            other = plausibility(sample.decode(guess, "replace"))
            if other > scores[best]:
                return _finish(data, guess, other)
    return _finish(data, best, scores[best])


def _statistical(sample: bytes) -> str | None:
    """What charset-normalizer makes of it: the scripts that were not tried above."""
    match = from_bytes(sample[: 1 << 15]).best()
    return match.encoding if match is not None else None


def _finish(data: bytes, codec: str, score: float) -> Decoded:
    text = data.decode(codec, "replace")
    return Decoded(text, codec, text.count("\ufffd"), score)
