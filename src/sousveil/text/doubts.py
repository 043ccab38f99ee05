"""Whether an amount is what it looks like: all of a sum, in a known unit, and a total."""

import re
from decimal import Decimal

from sousveil.text.amount import Doubt
from sousveil.text.currency import COMMA_CURRENCIES
from sousveil.text.numerals import parse_digits
from sousveil.text.units import SIGNS, Unit

_SIGN = r"(?:US|HK|NT|R|C|A|S)?[$￥¥€£₩￦₽]|[A-Z]{3}|人民币|新臺幣|港幣"
_UNIT = r"[万萬亿億千百]?[元圆圓円]?|[만억천백]{0,2}\s?원|[€₽$£]|[A-Z]{3}|[a-zа-я]{1,9}\.?"
_TO = r"-|—|–|－|~|～|〜|至|到|から|부터|\b(?:to|and|bis|und|à|a|y|e|et|до|и|al?)\b"
_N = r"(?P<n>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:,\d+)?|\d[\d.,]{0,15})"
_NEXT = re.compile(rf"\s{{0,2}}(?:{_TO})\s{{0,2}}(?:{_SIGN})?\s?{_N}")
_LAST = re.compile(rf"{_N}\s{{0,2}}(?:{_UNIT})\s{{0,2}}(?:{_TO})\s{{0,2}}(?:{_SIGN})?\s?$")
_NUMBER = re.compile(_N)
_BACK = 44
_FAR = 10_000
"""Two numbers further apart than this are no range: 包1-2350000元."""
_EACH = re.compile(
    r"\s?(?:(?:HT|TTC|netto|brutto|net|含税)\s?)?(?:/|每|l['’](?=unité)|[al]a?\s(?=unidad)|per\s|pro\s|je\s|par\s|por\s|за\s|a\s(?=piece|unit|day|month))"
    r"\s?(?P<word>[^\W\d_]+|㎡|m[²³])"
)
_EACH_WORD = re.compile(r"\s?(?:each|apiece)\b|\s?[（(]每", re.IGNORECASE)
_BOUND = re.compile(r"\s?(?:及?以上|及?以下|或以上|or more\b|and above\b|以上)")
_MINUS = re.compile(r"(?:^|[^\w]|[㐀-鿿])[-−－]$")
_OF_ALL = re.compile(
    r"年|全|项目|annum|year|Jahr|an$|ans$|année|año|ano$|год|право|(?:participar|contrat)",
    re.IGNORECASE,
)
"""What a whole contract is counted by as well: 20万元/年 is what a year costs in all."""
_EACH_BEFORE = re.compile(
    r"\b(?:je|pro|per|par|por)\s[^\W\d_]{1,12}\s?:?\s?$"
    r"|(?:单价|單價|単価|단가|unit price|prix unitaire|Einzelpreis|Stückpreis)[^\d]{0,12}$"
    r"|每(?:[台个套件人天次米吨本辆部只张月日]|小时|平方米)\s?[:：为約约]?\s?$"
    r"|1?[台個件人本枚式]?(?:当たり|あたり|につき)の?\s?$|(?:개|대|명|시간)당\s?$",
    re.IGNORECASE,
)


_GLUED_SIZE = re.compile(r"\d[천백십千仟百佰十拾万萬만亿億억]{1,2}$")
_MORE = r"(?:und |et |e |y |и )?"
_REST_OF_IT = re.compile(
    rf"[ \u00a0]{{1,2}}{_MORE}\d[\d.,]*[ \u00a0]?(?:тыс|mille|mil\b|Tsd|thousand)"
)
_FIRST_OF_IT = re.compile(
    rf"\d[ \u00a0]?(?:млн|млрд|million|milli|Mio|Mrd|bilh|milh)[^\W\d_]*\.?[ \u00a0]{{1,2}}{_MORE}$"
)
"""The halves of one sum: 1 млн 200 тыс. руб."""
_GROUP_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})* $")


def after_group(text: str, start: int, end: int) -> bool:
    """Whether the number may be the last group of one with spaces: 678 345.67元."""
    whole = re.match(r"\d+", text[start:end])
    if whole is None or len(whole[0]) != 3:
        return False
    return _GROUP_BEFORE.search(text, max(0, start - 16), start) is not None


def open_size(
    text: str,
    begin: int,
    currency: str | None,
    prefix: tuple[str, int] | None,
    unit: Unit | None,
) -> bool:
    """Whether the size or currency is open: $2 mil, M$ 500, one half of 1 млн 200 тыс. руб."""
    if unit is not None and unit.magnitude == "mil" and currency not in COMMA_CURRENCIES:
        return True
    before = text[max(0, begin - 24) : begin]
    if _GLUED_SIZE.search(before[-3:]) or _FIRST_OF_IT.search(before):
        return True
    if unit is not None and unit.magnitude and _REST_OF_IT.match(text, unit.until):
        return True
    glued = before[-1:]
    return prefix is not None and text[begin] in SIGNS and glued.isascii() and glued.isalpha()


def doubt_of_total(text: str, start: int, end: int, unit_end: int) -> Doubt | None:
    """Why the amount at [start, end) may be no total; ``unit_end`` is where its unit ends."""
    for position in {end, unit_end}:
        each = _EACH.match(text, position)
        if each is not None and _OF_ALL.match(each["word"]) is None:
            return "unit_price"
    before = text[max(0, start - _BACK) : start]
    if _MINUS.search(before[-3:]):
        return "sign"
    if _EACH_WORD.match(text, end):
        return "unit_price"
    if _BOUND.match(text, end):
        return "range"
    if _EACH_BEFORE.search(before[-18:]):
        return "unit_price"
    number = _NUMBER.search(text, start, end)
    if number is None:
        return None
    other = _NEXT.match(text, end) or (_LAST.search(before) if before[-12:].strip() else None)
    return "range" if other is not None and _near(other["n"], number[0]) else None


def _near(one: str, other: str) -> bool:
    """Whether two numbers are of one size: a range, not the number of a lot and its amount."""
    first, second = (_plain(words) for words in (one, other))
    return bool(first and second) and max(first, second) <= _FAR * min(first, second)


def _plain(words: str) -> Decimal:
    return parse_digits(words.strip(".,")) or Decimal(re.sub(r"\D", "", words))
