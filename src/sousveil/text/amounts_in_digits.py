"""Amounts written in digits: 84.6万元, ￥1,234.50, US$1.2 million, 1 234 567,89 грн, 95%."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from sousveil.text.amount import AmountMatch
from sousveil.text.currency import COMMA_CURRENCIES, YUAN, settle, words
from sousveil.text.numerals import parse_digits, parse_number
from sousveil.text.units import (
    BEFORE_LAST,
    PADDING,
    UNIT_FIRST,
    UNSURE_CODES,
    Unit,
    unit_after,
    word_before,
)

_NUMBER = re.compile(r"\d++(?:[.,，．'’]\d++)*+")
_LIST = re.compile(r"\d{4,}(?:\.\d+)?(?:[,，]\d{4,}(?:\.\d+)?)+$")
_NUMBER_OF_LIST = re.compile(r"\d+(?:\.\d+)?")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})++(?:[.,]\d{1,2})?(?![\d.,])")
_MIXED = re.compile(
    r"\d[\d.,]{0,20}+[亿億万萬千仟](?:\d[\d.,]{0,12}+[万萬千仟百佰]?){1,4}+\s?(?P<unit>[元圆圓])整?"
)
_SMALL_COINS = re.compile(r"\s?(\d)角(?:\s?(\d)分)?|\s?(\d)分(?![之钟包标])")
_ENGLISH = words("million millions billion billions m mn bn b k thousand trillion tn")
_COUNTED = re.compile(r"[㐀-鿿]")
_AFTER_AMOUNT = frozenset("整正左以含由作及和元（")
_SIGN_CHARS = "$¥￥€£₽₴₸₹₩₺₫฿₦₱₪₾₼₲₡₵₮"
_SIGNS = frozenset(_SIGN_CHARS)
_BEFORE = BEFORE_LAST | PADDING | frozenset(")）")
# Numbers with something beside them that may be a unit. The lookbehinds stand after the first
# digit so that the search jumps from digit to digit; they keep a failed number from being tried
# again from each of its digits.
_LETTERS = "A-Za-zÀ-ɏЀ-ӿ가-힣ก-๛"
_REST = r"\d*+(?:[.,，．'’]\d++)*+"
_CANDIDATE = re.compile(
    r"\d(?<!\d\d)(?<!\d[.,，．'’]\d)"
    rf"(?:(?<=[{''.join(map(re.escape, sorted(_BEFORE)))}]\d){_REST}"
    rf"|{_REST}(?=[ \u00a0\u3000\n]{{0,3}}[{re.escape(UNIT_FIRST)}{_LETTERS}{_SIGN_CHARS}]"
    r"|[ \u00a0\u2009\u202f]\d{3}))"
)
_NEVER_AFTER = frozenset(
    "年月日时時点點分号號个個台套家项項名人次条條批期天米楼层周、.。;；\t,，）)]】》：:-—~～至〜"
)


def amounts_in_digits(
    text: str, unit_hint: str | None, currency_hint: str | None
) -> Iterator[AmountMatch]:
    """Amounts and rates in digits, in order; see ``find_amounts`` for the hints."""
    size = len(text)
    done = 0
    numbers = _CANDIDATE if unit_hint is None else _NUMBER
    for run in numbers.finditer(text):
        start, end = run.span()
        if start < done:
            continue
        if unit_hint is not None and _LIST.match(text, start, end):
            yield from _listed(text, start, end, unit_hint, currency_hint)
            continue
        following = text[end] if end < size else ""
        preceding = text[start - 1] if start else ""
        unit = None
        if following and following not in _NEVER_AFTER:
            unit = unit_after(text, end)
            if unit is None and following in " \u00a0\u2009\u202f":
                start, end, unit = _spaced(text, start, end)
        if unit is not None and unit.is_rate:
            match = _rate(text, start, end, unit)
        else:
            prefix = None
            if preceding and preceding in _BEFORE:
                prefix = word_before(text, start)
            match = _amount(text, (start, end), unit, prefix, unit_hint, currency_hint)
        if match is not None:
            yield match
            done = match.end


def _listed(
    text: str, start: int, end: int, unit_hint: str, currency_hint: str | None
) -> Iterator[AmountMatch]:
    """Numbers with nothing but commas between them (6150000,2027500), each an amount."""
    for part in _NUMBER_OF_LIST.finditer(text, start, end):
        found = _from_parts(text, part.span(), None, None, unit_hint, currency_hint)
        if found is not None:
            yield found


def _spaced(text: str, start: int, end: int) -> tuple[int, int, Unit | None]:
    """A number grouped by spaces, only before a unit in letters (1 234 567,89 грн)."""
    match = _SPACED.match(text, start)
    if match is None or (start and text[start - 1] in ",."):
        return start, end, None
    unit = unit_after(text, match.end())
    if unit is not None and unit.currency and not _COUNTED.match(unit.currency):
        return start, match.end(), unit
    if unit is None and word_before(text, start):
        return start, match.end(), None
    return start, end, None


def _rate(text: str, start: int, end: int, unit: Unit) -> AmountMatch | None:
    value = parse_digits(text[start:end])
    if value is None:
        return None
    written = text[unit.start : unit.end]
    return AmountMatch(start, unit.until, value, None, written, unit.start, unit.end, True)


def _amount(
    text: str,
    span: tuple[int, int],
    unit: Unit | None,
    prefix: tuple[str, int] | None,
    unit_hint: str | None,
    currency_hint: str | None,
) -> AmountMatch | None:
    start, end = span
    if _of_exponent(text, start, end):
        return None
    if unit is not None and unit.currency is None and unit.magnitude:
        mixed = _mixed(text, start, prefix, currency_hint)
        if mixed is not None:
            return mixed
        if prefix is None and (unit_hint is None or not _stands_alone(text, start, unit.until)):
            unit = None
    if unit is None:
        if prefix is not None and _follows_currency(text, span, prefix):
            return _from_parts(text, span, None, prefix, unit_hint, currency_hint)
        if unit_hint is None or not _stands_alone(text, start, end):
            return None
        prefix = None
    return _from_parts(text, span, unit, prefix, unit_hint, currency_hint)


def _from_parts(
    text: str,
    span: tuple[int, int],
    unit: Unit | None,
    prefix: tuple[str, int] | None,
    unit_hint: str | None,
    currency_hint: str | None,
) -> AmountMatch | None:
    start, end = span
    hinted = unit_of_hint(unit_hint) if unit is None and unit_hint else None
    effective = unit or hinted
    word = effective.currency if effective else None
    if prefix is not None and (word is None or word in YUAN):
        word = prefix[0]
    if word is None and unit is not None and unit.magnitude and _COUNTED.match(unit.magnitude):
        word = "元" if currency_hint or unit.magnitude not in "萬億" else "圓"
    currency = settle(word, currency_hint) if word else currency_hint
    if currency == "CNY" and word in YUAN and unit and unit.magnitude in ("萬", "億"):
        currency = currency_hint
    value = _value(text[start:end], currency, unit.magnitude if unit else "")
    if value is None:
        return None
    if effective is not None:
        value *= effective.scale
    coins = _SMALL_COINS.match(text, unit.end) if unit and word in YUAN else None
    until = unit.until if unit else end
    if coins and unit and not unit.magnitude:
        ten, one, only = coins.groups()
        value += Decimal(f"0.{ten or 0}{one or only or 0}")
        until = coins.end()
    begin = prefix[1] if prefix else start
    if unit is not None:
        written = text[unit.start : unit.end]
        return AmountMatch(begin, until, value, currency, written, unit.start, unit.end)
    is_rate = hinted.is_rate if hinted else False
    hint_word = (unit_hint or "").strip()
    return AmountMatch(begin, until, value, currency, hint_word, end, end, is_rate)


_LARGE = re.compile(
    r"[百佰千仟十拾]?[万萬亿億](?![一-龥])|[百佰千仟十拾]?[万萬亿億](?=[元圆圓美欧港日人]|为)|[千仟]元"
)
_PARTS = re.compile(r"[,，、/:：;；\s]+")


@lru_cache(maxsize=256)
def unit_of_hint(hint: str) -> Unit | None:
    """The unit a hint names: 万元, （万元）, 单位：万元, EUR, %."""
    words = hint.strip().strip("（）()[]【】 ")
    words = re.sub(r"^(?:金额)?单位\s*[:：]?\s*", "", words)
    unit = unit_after("1" + words, 1)
    if unit is not None and unit.magnitude:
        return unit
    large = _LARGE.search(words)  # 人民币，万元; 含税/万元; 以万元为单位: never one by one
    if large is not None:
        return unit_after("1" + words[large.start() :], 1)
    return unit or next(
        filter(None, (unit_after("1" + part, 1) for part in _PARTS.split(words))), None
    )


def _value(raw: str, currency: str | None, magnitude: str) -> Decimal | None:
    """The number, with the separators of the currency's countries where they are ambiguous."""
    decimal_comma = False
    if currency in COMMA_CURRENCIES:
        tail = re.split(r"[.,]", raw)[-1]
        one = raw.count(",") + raw.count(".") == 1 and len(tail) == 3
        if not one:
            decimal_comma = True
        elif "," in raw:
            decimal_comma = bool(magnitude) and magnitude.lower().rstrip(".") not in _ENGLISH
        else:
            decimal_comma = not magnitude
    return parse_digits(raw, decimal_comma=decimal_comma)


def _mixed(
    text: str, start: int, prefix: tuple[str, int] | None, currency_hint: str | None
) -> AmountMatch | None:
    """1亿2000万元, 3万5千元."""
    match = _MIXED.match(text, start)
    if match is None:
        return None
    value = parse_number(text[start : match.start("unit")])
    if value is None:
        return None
    word = prefix[0] if prefix else match.group("unit")
    begin = prefix[1] if prefix else start
    first, last = match.span("unit")
    currency = settle(word, currency_hint)
    return AmountMatch(begin, match.end(), value, currency, match.group("unit"), first, last)


def _of_exponent(text: str, start: int, end: int) -> bool:
    """Whether the digits are one side of 1.205E+07: by themselves they are no number."""
    if text[end : end + 1] in ("e", "E") and text[end + 1 : end + 3].strip("+-")[:1].isdigit():
        return True
    before = text[max(0, start - 3) : start].rstrip("+-")
    return before[-1:] in ("e", "E") and before[-2:-1].isdigit()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a number is a value of its own, not part of a date, a code or a count."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isdigit() or before in "-—/.:#_" or (before.isascii() and before.isalpha()):
        return False
    if after in "（(":
        return True
    return not (
        after.isalnum() or (after in "-—/:：_~～、.%" and text[end + 1 : end + 2].isalnum())
    )


def _follows_currency(text: str, span: tuple[int, int], prefix: tuple[str, int]) -> bool:
    """Whether a number without a unit is a sum of the currency word before it."""
    start, end = span
    word, _ = prefix
    after = text[end] if end < len(text) else " "
    if after.isascii() and after.isalpha():
        return False
    if word[-1] in _SIGNS:
        return True
    if word in UNSURE_CODES and end - start < 5:
        return False
    if after in "-/" and text[end + 1 : end + 2].isdigit():
        return False
    return _COUNTED.match(after) is None or after in _AFTER_AMOUNT
