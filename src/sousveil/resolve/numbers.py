"""Project numbers: one form for all spellings, and how much two equal ones prove."""

import re
from enum import IntEnum
from functools import lru_cache

from sousveil.text import squash

_DASHES = re.compile("[-‐-―−﹘﹣~_·・]+")
_BRACKETS = str.maketrans("〔【（［﹝{[", "(((((((") | str.maketrans("〕】）］﹞}]", ")))))))")
_LABEL = re.compile(r"^(?:采购|招标|项目|合同|标段|计划)*(?:编号|号)[:：]?")
_EDGES = ".,;:、。，；：/\\-#№'\""
_PLACEHOLDER = re.compile(
    r"[/\\\-—_.*X×NULA]*|无|暂无|没有|见附件|详见.*|另行.*|待定|不适用|N/?A|NONE|TBD|TBA|XX.*XX.*|同上|空|自编号"
)
_YEAR_AND_SERIAL = re.compile(r"(?:19|20)\d{2}(?:[-/年(][^A-Z一-鿿]*)?\d{0,4}\)?号?")
_LOT_NUMBER = re.compile(r"[0-9A-Z]{6}/0?(\d{1,2})$")
_CLAUSE = re.compile(r"(?<=[A-Z0-9)])(?:招标|采购|项目|标段|包)[一-鿿]{0,6}:.*")
_ALNUM = re.compile(r"[0-9A-Z一-鿿]")
_MAX_LENGTH = 120


class Strength(IntEnum):
    """What a shared number proves.

    ``NOTHING``: a placeholder or a serial such as 001. ``WEAK``: a year and a serial, or few
    characters: many agencies have one like it. ``STRONG``: an agency's own number.
    ``SPECIFIC``: long, with letters and many digits: unique by itself.
    """

    NOTHING = 0
    WEAK = 1
    STRONG = 2
    SPECIFIC = 3


@lru_cache(maxsize=65536)
def normal_number(raw: str) -> str:
    """NFKC, upper case, no white space, one kind of dash and bracket; "" where nothing is left."""
    if len(raw) > _MAX_LENGTH:
        return ""
    text = squash(raw).upper().translate(_BRACKETS)
    text = _CLAUSE.sub("", _LABEL.sub("", _DASHES.sub("-", text)))
    return text.strip(_EDGES)


@lru_cache(maxsize=65536)
def strength(number: str) -> Strength:
    """How much two notices prove to be of one project by sharing this normal number."""
    if not number or _PLACEHOLDER.fullmatch(number):
        return Strength.NOTHING
    digits = sum(char.isdigit() for char in number)
    size = len(_ALNUM.findall(number))
    letters = size - digits
    if not digits or size < 4 or len(set(number)) < 3:
        return Strength.NOTHING
    if (letters == 0 and digits < 8) or size < 7 or _YEAR_AND_SERIAL.fullmatch(number):
        # Pure serials of up to four digits are counted anew in every list.
        return Strength.NOTHING if letters == 0 and digits < 5 else Strength.WEAK
    if size >= 12 and letters >= 2 and digits >= 6:
        return Strength.SPECIFIC
    return Strength.STRONG


def lot_of(raw: str) -> str | None:
    """The lot that a number says it is of (0811-224DSITC0366/01), None where it says none."""
    match = _LOT_NUMBER.search(normal_number(raw))
    return match[1] if match else None


def related(left: str, right: str) -> bool:
    """Whether one number is the other with a suffix (ABC-2024-01 and ABC-2024-01-2, …(重))."""
    shorter, longer = sorted((left, right), key=len)
    return len(shorter) >= 6 and longer.startswith(shorter)
