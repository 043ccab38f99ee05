"""Numbers as people write them: ASCII and full-width digits, Chinese numerals, mixtures.

Sources: GB/T 15835 (numerals in publications) for Chinese numerals, the People's Bank's rules for
filling in bills (支付结算办法, annex 1) for capital numerals, CLDR for digit grouping.
"""

import re
from decimal import Decimal

from sousveil.text.normalise import squash

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("貳參陸兩两弍弌弎", (2, 3, 6, 2, 2, 2, 1, 3), strict=True)),
    **dict(zip("○叄叅壱弐参", (0, 3, 3, 1, 2, 3), strict=True)),
}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "阡": 1000}
TENS = {"廿": 20, "卅": 30}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

CAPITALS = "零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸叄叅萬億壱弐"
NUMERALS = "".join(dict.fromkeys([*DIGITS, *SMALL_UNITS, *TENS, *MYRIADS]))

_ZEROS = frozenset("零〇○")
_LIMIT = 40
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d*)?")
_BY_FOUR = re.compile(r"\d{1,4}(?:,\d{4})+(?:\.\d*)?")
_COMMA_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?")
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_APOSTROPHES = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_MIXED_PART = re.compile(r"([\d.,]+)?([十拾百佰千仟]*)([万萬亿億兆]*)")
_FRACTION = dict(zip("角毛分厘", map(Decimal, ("0.1", "0.1", "0.01", "0.001")), strict=True))
_YUAN = re.compile(r"[元圆圓]")
_CHINESE = re.compile(f"[{NUMERALS}]+")


def parse_number(raw: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The value of a number that is all of ``raw``, or None.

    Reads ``1,234.50``, ``１２３４``, ``1,23,456``, ``三百二十万``, ``叁拾贰万元整``, ``二〇二六``,
    ``3.5万``, ``1亿2000万``, ``5万3千``; a leading minus. With ``decimal_comma`` (continental
    Europe, Latin America) also ``1.234.567,89`` and ``3,5``; spaces or apostrophes between groups
    of three are read either way. A number grouped in no known way (``1,2,3``) is None: never
    guessed at.
    """
    if len(raw) > 4 * _LIMIT:
        return None
    text = squash(_SPACES.sub("", raw.strip()))
    negative = text.startswith(("-", "−", "负", "負"))
    text = text[1:] if negative else text
    if not text or len(text) > _LIMIT:
        return None
    value = parse_digits(text, decimal_comma=decimal_comma)
    if value is None:
        value = parse_chinese(text)
    if value is None:
        value = _parse_mixed(text)
    return -value if negative and value is not None else value


def parse_digits(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """A number in digits with ``.``, ``,``, spaces or apostrophes, without other words."""
    if not text or not (text[0].isdigit() or text[0] == "."):
        return None
    if len(text) > _LIMIT:
        return None
    text = text.replace("，", ",").replace("．", ".")
    text = _APOSTROPHES.sub("", _SPACES.sub("", text))
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal_comma = text.rindex(",") > text.rindex(".")
    elif dots > 1:
        decimal_comma = True
    elif dots == 1 and decimal_comma:
        decimal_comma = _COMMA_GROUPED.fullmatch(text) is not None
    elif commas == 1 and not decimal_comma:
        # 3,5 and 1234,50 cannot be grouped thousands; 0,125 neither.
        head, tail = text.split(",")
        decimal_comma = len(tail) in (1, 2) or (len(tail) != 4 and head == "0")
    elif commas > 1:
        decimal_comma = False
    return _digits_with_comma(text) if decimal_comma else _digits_with_dot(text)


def _digits_with_dot(text: str) -> Decimal | None:
    if "," in text:
        if not (_GROUPED.fullmatch(text) or _INDIAN.fullmatch(text) or _BY_FOUR.fullmatch(text)):
            return None
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        return None
    return Decimal(text)


def _digits_with_comma(text: str) -> Decimal | None:
    if "." in text:
        if not _COMMA_GROUPED.fullmatch(text):
            return None
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        return None
    return Decimal(text)


def parse_chinese(text: str) -> Decimal | None:
    """A number in Chinese numerals, with 元, 角, 分 and 整 if it is a sum of money."""
    text = text.removesuffix("整").removesuffix("正")
    if not text or len(text) > _LIMIT or text[0] in "元圆圓":
        return None
    whole, *rest = _YUAN.split(text)
    if len(rest) > 1:
        return None
    tail = rest[0] if rest else ""
    if not rest and whole[-1] in _FRACTION:
        whole, tail = "", text
    fraction = _parse_fraction(tail)
    if fraction is None:
        return None
    if not whole:
        return fraction if tail else None
    if "点" in whole or "點" in whole:
        return None if tail else _parse_point(whole)
    number = _parse_integer(whole)
    return None if number is None else number + fraction


def _parse_fraction(text: str) -> Decimal | None:
    """The part after 元: 柒角玖分, 零玖分, or nothing."""
    total = Decimal(0)
    last = Decimal(1)
    text = text.replace("零", "").replace("〇", "")
    if len(text) % 2:
        return None
    for digit, unit in zip(text[::2], text[1::2], strict=True):
        size = _FRACTION.get(unit)
        value = DIGITS.get(digit)
        if value is None and digit.isascii() and digit.isdigit():
            value = int(digit)
        if size is None or value is None or size >= last:
            return None
        total += value * size
        last = size
    return total


def _parse_point(text: str) -> Decimal | None:
    whole, _, digits = text.replace("點", "点").partition("点")
    number = _parse_integer(whole) if whole else Decimal(0)
    scale = Decimal(1)
    while digits and digits[-1] in MYRIADS:
        scale *= MYRIADS[digits[-1]]
        digits = digits[:-1]
    if number is None or not digits or any(d not in DIGITS for d in digits):
        return None
    return (number + Decimal("0." + "".join(str(DIGITS[d]) for d in digits))) * scale


def _parse_integer(text: str) -> Decimal | None:
    if not _CHINESE.fullmatch(text):
        return None
    if len(text) > 1 and all(char in DIGITS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))
    value = _above(text.replace("億", "亿").replace("萬", "万"), "兆亿万")
    return None if value is None else Decimal(value)


def _above(text: str, units: str) -> int | None:
    """Split at the first of the largest unit: 一万亿 is (一万) × 亿, 一万亿零三亿 a sum of 亿."""
    for index, unit in enumerate(units):
        if unit not in text:
            continue
        left, right = text.split(unit, 1)
        head = _above(left, units[index + 1 :]) if left else None
        if head is None:
            return None
        size = MYRIADS[unit]
        if not right:
            return head * size
        tail = _tail(right, size, units[index:])
        # What follows must be smaller than the smallest place the head fills.
        if tail is None or tail >= (size if head % 10**4 else size * 10**4):
            return None
        return head * size + tail
    return _section(text)


def _tail(text: str, unit: int, units: str) -> int | None:
    """What follows a unit; one bare digit counts tenths of it (一万五 is 15,000)."""
    if len(text) == 1 and text in DIGITS and text not in _ZEROS:
        return DIGITS[text] * unit // 10
    return _above(text, units)


def _section(text: str) -> int | None:
    """A number below 10,000."""
    total, digit, last = 0, None, 10_000
    zero = False
    for char in text:
        if char in _ZEROS:
            if digit is not None:
                return None
            zero = True
            continue
        if char in DIGITS:
            if digit is not None:
                return None
            digit = DIGITS[char]
            continue
        size = SMALL_UNITS.get(char)
        if char in TENS:
            size, digit = 10, TENS[char] // 10
        if size is None or size >= last:
            return None
        if digit is None and size != 10:
            return None
        total += (1 if digit is None else digit) * size
        digit, last, zero = None, size, False
    if digit is None:
        return total if total or zero else None
    shorthand = not zero and last in (100, 1000)
    return total + digit * (last // 10 if shorthand else 1)


def _parse_mixed(text: str) -> Decimal | None:
    """Digits with Chinese units: 3.5万, 1亿2000万, 5万3千, 1,200万."""
    text = text.removesuffix("整").removesuffix("正")
    text = text[:-1] if text[-1:] in ("元", "圆", "圓") else text
    if not text:
        return None
    total, last, position = Decimal(0), None, 0
    while position < len(text):
        match = _MIXED_PART.match(text, position)
        if match is None or match.end() == position or match.group(1) is None:
            return None
        value = parse_digits(match.group(1))
        if value is None:
            return None
        scale = 1
        for unit in match.group(2) + match.group(3):
            scale *= SMALL_UNITS.get(unit) or MYRIADS[unit]
        if last is not None and value * scale >= last:
            return None
        total += value * scale
        last, position = scale, match.end()
    return total
