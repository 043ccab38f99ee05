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
_COUNTED = re.compile(r"第(?=\d)|(?<=[0-9A-Z)])号$")
"""Words around a serial (第0088号) that one notice has and the other leaves out."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SIGN = re.compile(r"[^\W_]")
_NUMERAL = "[一二三四五六七八九十0-9]{1,2}"
_MARKS = re.compile(
    rf"[-/(]*(?:第?[二三四五六2-6]次(?:公告|招标|采购)?|重(?:新?招标?|\d)?"
    rf"|第?{_NUMERAL}(?:分?包|标段|标项)|(?:合同)?(?:分?包|标段|标项|LOT){_NUMERAL}"
    r"|(?<=\d)C[1-9]|(?<=[-/(])(?:HT|GZ|BG|RE|R|AMD?|LOT)\d{0,4})\)*$"
)
"""Behind a number: a new call, a lot, the contract (HT), a correction (GZ, BG, AMD) of it."""
_CALLED_AGAIN = re.compile(r"(?:第?[二三四五六2-6]次|重(?:新?招标?|\d)?)\)?$")
_LOT_BEHIND_SLASH = re.compile(r"(?<=[0-9A-Z]{4})/0?[1-9]$")
_SUFFIX = re.compile(r"(?<=[0-9A-Z)])[-/](?:0{0,3}[1-9]|0?\d|P0{3}\d\d)$")
_YEAR_ALONE = re.compile(r"(?:^|\D)(?:19|20)\d{2}\)?$")
_SHORTEST_STEM = 6


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
    text = _CLAUSE.sub("", _LABEL.sub("", _DASHES.sub("-", text))).strip(_EDGES)
    text = _COUNTED.sub("", text)
    return (text[1:-1] if _IN_BRACKETS.fullmatch(text) else text).strip(_EDGES)


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


@lru_cache(maxsize=65536)
def bare(number: str) -> str:
    """The letters and digits of a normal number: the key of its spellings (ABC-2024-01, ABC202401).
    What two numbers of one key have in common, ``respelled`` says."""
    return "".join(_SIGN.findall(number))


def respelled(left: str, right: str) -> bool:
    """Whether two normal numbers are one with other marks between: no digits are parted in each
    at another place (2024-11-1 is not 2024-1-11)."""
    if bare(left) != bare(right):
        return False
    one, other = _partings(left), _partings(right)
    return one <= other or other <= one


def _partings(number: str) -> set[int]:
    """The places in ``bare(number)`` where marks stand between two digits."""
    found: set[int] = set()
    at, parted, before = 0, False, ""
    for sign in number:
        if not _SIGN.match(sign):
            parted = True
            continue
        if parted and before.isdigit() and sign.isdigit():
            found.add(at)
        at, parted, before = at + 1, False, sign
    return found


@lru_cache(maxsize=65536)
def stem(number: str) -> str | None:
    """A normal number without what it says of a lot, a new call, a contract or a correction behind
    it (…(重), …第二次, …包2, …-HT01); None where it says nothing of that kind."""
    shorter = _LOT_BEHIND_SLASH.sub("", number)
    while match := _MARKS.search(shorter):
        shorter = shorter[: match.start()]
    return _worth(shorter) if shorter != number else None


@lru_cache(maxsize=65536)
def called_again(number: str) -> bool:
    """Whether a normal number says that it is of a new call (…(重), …二次)."""
    return _CALLED_AGAIN.search(number) is not None


@lru_cache(maxsize=65536)
def unsuffixed(number: str) -> str | None:
    """A normal number without the one or two digits behind its last dash, which may be a lot or a
    new call (ABC-2024-001-2), and may be a serial: only a notice that has the rest for its number
    can tell. None where no such digits stand there, or a year before them."""
    shorter = _SUFFIX.sub("", number)
    return _worth(shorter) if shorter != number else None


def _worth(shorter: str) -> str | None:
    if _YEAR_ALONE.search(shorter) or strength(shorter) < Strength.STRONG:
        return None
    return shorter


@lru_cache(maxsize=65536)
def shape(number: str) -> str:
    """A number with 0 for every run of digits: two of one shape are two of one count."""
    return re.sub(r"\d+", "0", number)


def related(left: str, right: str) -> bool:
    """Whether one number is the other in another spelling or with a suffix (ABC-2024-01 and
    ABC-2024-01-2, …(重)). A digit more is another number (ABC-2024-012)."""
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < _SHORTEST_STEM:
        return False
    if respelled(left, right):
        return True
    stems = {stem(left) or left, stem(right) or right}
    if len(stems) == 1:
        return True
    if not longer.startswith(shorter):
        return False
    return not (shorter[-1].isdigit() and longer[len(shorter)].isdigit())
