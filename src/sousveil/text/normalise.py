"""Bring text to one form (NFKC, radicals, spaces) and keep the way back to the original.

Three groups of characters are left as they are although NFKC would turn them into plain digits:
enclosed numbers (①), super- and subscripts (m²) and fractions (½). Beside a figure they would
become part of it: ``①500万元`` is five million yuan, not fifteen.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache

import msgspec

# U+2E80–2EF3 per Unicode's EquivalentUnifiedIdeograph.txt; PDF text layers are full of them and
# NFKC maps only two. U+2F00–2FD5 are mapped by NFKC itself.
_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺵网⺶羊⺷羊⺸羋⺹耂⺺肀⺻聿⺼月"
    "⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_RADICAL = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))

# Characters NFKC maps to exactly one starter (or leaves), whatever stands before them. All others
# take the slow way. tests/text/test_normalise.py checks every one of them.
_PLAIN = (
    r"\n\t -~¡-§©®°±¶·»¿-ıĴ-ľŁ-ňŊ-žƀ-ǃͰ-ͳͶͷͻ-ͽΆΈ-ΊΌΎ-ΡΣ-ώА-҂Ҋ-ԯԱ-Ֆא-תء-غف-ي٠-٩ۀ-ۓ۰-۹अ-ह०-९ก-าเ-ๆ๐-๙"
    r"ა-ჰẀ-ẙẠ-ỿ‐‒-―‘-‟†‡•‰※€₠-₧₩-₿←-↙─-╿■-◿☀-⚿✀-❵①-⓿∀-∫∮∱-⋿、-〩〰-〵ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣"
)
_WIDE = "！-～￠￡￥￦\u3000\u00a0\u2000-\u200a\u202f\u205f\u1680"
_NOT_PLAIN = re.compile(f"[^{_PLAIN}]")
_ODD = re.compile(f"[^{_PLAIN}{_WIDE}]")
_ODD_RUN = re.compile(f"[{_PLAIN}{_WIDE}]?[^{_PLAIN}{_WIDE}]+")
_USUAL = tuple(zip("，：（）；！？￥\u00a0\u3000", ",:();!?¥  ", strict=True))
_WIDE_RUN = re.compile(f"[{_WIDE}]+")
_ASCII_ODD = re.compile(r"[^\n\t -~]")

_STAND_INS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""What nobody sees on a page: marks of direction, width and variants, soft hyphens, fillers."""
_LINE_ENDS = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_KEPT = re.compile(r"<(?:circle|super|sub|fraction)>")


class Normalised(msgspec.Struct, frozen=True):
    """Normalised ``text``; ``offsets[i]`` is the original index where its code point i begins.

    ``offsets`` has ``len(text) + 1`` entries, the last one the length of the original. Where
    nothing moved it is a ``range``.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original [start, end) that the normalised [start, end) came from."""
        offsets = self.offsets
        if isinstance(offsets, range):
            return start, end
        first = offsets[start]
        if end <= start:
            return first, first
        # Several code points may come from one original character: it is taken whole.
        last = end
        while last < len(offsets) - 1 and offsets[last] == offsets[end - 1]:
            last += 1
        return first, offsets[last]


def normalise(text: str) -> Normalised:
    r"""NFKC with own rules for radicals, spaces and invisible characters.

    Zero-width characters, soft hyphens and direction marks go; ``\n`` and ``\t`` stay; other line
    ends become ``\n``; any other space or control character becomes one space; a lone surrogate
    becomes U+FFFD. Works for any string; normalising twice changes nothing more.
    """
    if text.isascii():
        if _ASCII_ODD.search(text) is None:
            return Normalised(text, range(len(text) + 1))
    elif _NOT_PLAIN.search(text) is None:
        return Normalised(text, range(len(text) + 1))
    elif _ODD.search(text) is None:
        return Normalised(_narrow_all(text), range(len(text) + 1))
    return _normalise_slowly(text)


def squash(text: str) -> str:
    """The comparison form: full NFKC, radicals mapped, no white space, nothing invisible."""
    if text.isascii():
        return "".join(text.split())
    plain = "".join(normalise(text).text.split())
    # Marks may have come to stand beside a letter, and kept figures become plain ones here.
    while not unicodedata.is_normalized("NFKC", plain):
        plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", plain))
        plain = "".join(plain.split())
    return plain


def ideographs(text: str) -> str:
    """``text`` with radicals and compatibility ideographs as the ideographs they stand for.

    One for one, so that offsets stay: PDF text layers have ⽤ where 用 is meant.
    """
    return _STAND_INS.sub(_ideograph, text) if _STAND_INS.search(text) else text


def _ideograph(match: re.Match[str]) -> str:
    char = match.group()
    form = unicodedata.normalize("NFKC", _RADICAL.get(char, char))
    return form if len(form) == 1 else char


def _narrow_all(text: str) -> str:
    """Full-width forms and odd spaces, one for one. Replacing the usual ones first is 3× faster."""
    for wide, narrow in _USUAL:
        text = text.replace(wide, narrow)
    return _WIDE_RUN.sub(_narrow, text)


def _narrow(match: re.Match[str]) -> str:
    run = match.group()
    return _narrow_one(run) if len(run) == 1 else "".join(map(_narrow_one, run))


@lru_cache(maxsize=512)
def _narrow_one(char: str) -> str:
    return " " if char.isspace() else unicodedata.normalize("NFKC", char)


def _normalise_slowly(text: str) -> Normalised:
    pieces: list[str] = []
    offsets = array("I")
    identity = _identity(len(text) + 1)
    moved = False
    done = 0
    for match in _ODD_RUN.finditer(text):
        start, end = match.span()
        pieces.append(_narrow_all(text[done:start]))
        offsets.extend(identity[done:start])
        count = 0
        for piece, piece_start in _clusters(text, start, end):
            pieces.append(piece)
            offsets.extend([piece_start] * len(piece))
            moved = moved or len(piece) != 1
            count += 1
        moved = moved or count != end - start
        done = end
    pieces.append(_narrow_all(text[done:]))
    result = "".join(pieces)
    if not moved:
        return Normalised(result, range(len(text) + 1))
    offsets.extend(identity[done : len(text) + 1])
    return Normalised(result, offsets)


_IDENTITY = [array("I", range(8192))]


def _identity(size: int) -> "array[int]":
    """0, 1, 2 … at least ``size`` long: copying slices is 20× faster than extending by a range."""
    known = _IDENTITY[0]
    if len(known) < size:
        known = array("I", range(max(size, 2 * len(known))))
        if size <= 1 << 20:
            _IDENTITY[0] = known
    return known


def _clusters(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """Split [start, end) into normalised pieces that do not act on each other.

    A character opens a new piece when it is a starter and does not compose with what precedes.
    """
    found: list[tuple[str, int]] = []
    raw, raw_start, plain = "", start, ""
    for index in range(start, end):
        char = _single(text[index])
        if not char or (text[index] == "\r" and text[index + 1 : index + 2] == "\n"):
            continue
        form = _form(char)
        if raw:
            # Marks are few in any honest text; the bound keeps a long run of them linear.
            if len(raw) < 64 and (
                unicodedata.combining(form[0]) or _form(raw + char) != plain + form
            ):
                raw += char
                plain = _form(raw)
                continue
            found.append((plain, raw_start))
        raw, raw_start, plain = char, index, form
    if raw:
        found.append((plain, raw_start))
    return found


@lru_cache(maxsize=4096)
def _single(char: str) -> str:
    """What stands for one character before composition; empty where it is invisible."""
    if char in "\n\t":
        return char
    if INVISIBLE.match(char):
        return ""
    if char in _LINE_ENDS:
        return "\n"
    kind = unicodedata.category(char)
    if kind == "Cs":
        return "\ufffd"
    if kind in {"Cc", "Zs"}:
        return " "
    return _RADICAL.get(char, char)


@lru_cache(maxsize=4096)
def _form(text: str) -> str:
    if any(_keeps(char) for char in text):
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=4096)
def _keeps(char: str) -> bool:
    """Whether NFKC would make a digit of an enclosed, raised or fractional figure."""
    if "\u2460" <= char <= "\u24ff":
        return True
    decomposition = unicodedata.decomposition(char)
    return bool(decomposition and _KEPT.match(decomposition) and _has_digit(char))


def _has_digit(char: str) -> bool:
    return any(c.isdigit() for c in unicodedata.normalize("NFKC", char))
