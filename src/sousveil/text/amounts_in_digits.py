"""Amounts written in digits: 84.6万元, ￥1,234.50, US$1.2 million, 1 234 567,89 грн, 95%."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import msgspec

from sousveil.text.amount import AmountMatch
from sousveil.text.currency import COMMA_CURRENCIES, YUAN, settle
from sousveil.text.doubts import after_group, doubt_of_total, open_size
from sousveil.text.numerals import parse_digits, parse_number
from sousveil.text.separators import read_number
from sousveil.text.units import (
    BEFORE_LAST,
    PADDING,
    SIGN_CHARS,
    SIGNS,
    UNIT_FIRST,
    UNSURE_CODES,
    Unit,
    unit_after,
    word_before,
)

# A group that must not walk back looks at all it takes first: before Python 3.11.5 one that fails
# half-way does not go back to where it began (gh-106052), and "12," would be a number.
_NUMBER = re.compile(r"\d++(?:(?=[.,，．'’]\d)[.,，．'’]\d++)*+")
_LIST = re.compile(r"\d{4,}(?:\.\d+)?(?:[,，]\d{4,}(?:\.\d+)?)+$")
_NUMBER_OF_LIST = re.compile(r"\d+(?:\.\d+)?")
_BLOCK = r"[ \u00a0\u2009\u202f]\d{3}"
_SPACED = re.compile(rf"\d{{1,3}}(?:{_BLOCK})+(?!{_BLOCK})(?:[.,]\d{{1,8}})?(?![\d.,]*\d)")
_MIXED = re.compile(
    r"\d[\d.,]{0,20}+[亿億万萬千仟억만천兆조百][零又]?\s?(?:\d[\d.,]{0,12}+[十拾百佰千仟십백천]?[亿億万萬억만]?){1,4}+"
    r"\s?(?P<unit>[元圆圓円원])[整정]?"
)
_KOREAN = str.maketrans("억만천백조", "亿万千百兆", "零又")
_SMALL_COINS = re.compile(r"\s?(\d)角(?:\s?(\d)分)?|\s?(\d)分(?![之钟包标])")
_KOPECKS = re.compile(r"\.?\s?(\d{2})\s?коп(?:еек|ейки|ейка|\.)?")
_OF_YEN = frozenset("元圆圓币幣")
_DASH = re.compile(r",(?:--|[–—-])(?=\s?[€A-ZE])")
_OF_BRAZIL = {"mi": Decimal(10**6), "bi": Decimal(10**9)}
_BRAZIL = re.compile(r"[ \u00a0]?(mi|bi)\b")
_COUNTED = re.compile(r"[㐀-鿿]")
_AFTER_AMOUNT = frozenset("整正左以含由作及和元（")
_BEFORE = BEFORE_LAST | PADDING | frozenset(")）")
# Numbers with something beside them that may be a unit. The lookbehinds stand after the first
# digit so that the search jumps from digit to digit; they keep a failed number from being tried
# again from each of its digits.
_LETTERS = "A-Za-zÀ-ɏЀ-ӿ가-힣ก-๛"
_REST = r"\d*+(?:(?=[.,，．'’]\d)[.,，．'’]\d++)*+"
_CANDIDATE = re.compile(
    r"\d(?<!\d\d)(?<!\d[.,，．'’]\d)"
    rf"(?:(?<=[{''.join(map(re.escape, sorted(_BEFORE)))}]\d){_REST}"
    rf"|{_REST}(?=[ \u00a0\u2009\u202f\u3000\n]{{0,3}}"
    rf"[{re.escape(UNIT_FIRST)}{_LETTERS}{SIGN_CHARS}]"
    r"|[ \u00a0\u2009\u202f]\d{3}|,[–—-]))"
)
_NEVER_AFTER = frozenset(
    "年月日时時点點分号號个個台套家项項名人次条條批期天米楼层周、.。;；\t,，）)]】》：:-—~～至〜"
)


def amounts_in_digits(
    text: str, unit_hint: str | None, currency_hint: str | None
) -> Iterator[AmountMatch]:
    """Amounts and rates in digits, in order; see ``find_amounts`` for the hints."""
    if unit_hint and (whole := _spaced_cell(text, unit_hint, currency_hint)) is not None:
        yield whole
        return
    size = len(text)
    done = 0
    numbers = _CANDIDATE if unit_hint is None else _NUMBER
    for run in numbers.finditer(text):
        start, end = run.span()
        if start < done:
            continue
        if unit_hint is not None and _is_list(text, start, end, unit_hint, currency_hint):
            yield from _listed(text, start, end, unit_hint, currency_hint)
            continue
        following = text[end] if end < size else ""
        preceding = text[start - 1] if start else ""
        unit = None
        if following == "," and (dash := _DASH.match(text, end)) is not None:
            unit = unit_after(text, dash.end())  # 1.234,– €: no cents
        if following == "日" and text[end + 1 : end + 2] in _OF_YEN:
            following = "円"
        elif following == "个" and text[end + 1 : end + 2] in "亿億":
            following = "亿"
        if unit is None and following and following not in _NEVER_AFTER:
            unit = unit_after(text, end)
            if unit is None and following in " \u00a0\u2009\u202f":
                start, end, unit = _spaced(text, start, end)
            if unit is None:
                unit = _behind_words(text, end)
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


def _is_list(text: str, start: int, end: int, unit_hint: str, currency_hint: str | None) -> bool:
    """Whether commas stand between amounts; where the currency's custom makes them decimal signs,
    1665,6949 is one number."""
    if _LIST.match(text, start, end) is None:
        return False
    before = word_before(text, start)
    after = unit_after(text, end) or unit_of_hint(unit_hint)
    word = before[0] if before else after.currency if after else None
    currency = settle(word, currency_hint) if word else currency_hint
    return currency not in COMMA_CURRENCIES


def _listed(
    text: str, start: int, end: int, unit_hint: str, currency_hint: str | None
) -> Iterator[AmountMatch]:
    """Numbers with nothing but commas between them (6150000,2027500), each an amount."""
    for part in _NUMBER_OF_LIST.finditer(text, start, end):
        found = _from_parts(text, part.span(), None, None, unit_hint, currency_hint)
        if found is not None:
            yield found


def _spaced_cell(text: str, unit_hint: str, currency_hint: str | None) -> AmountMatch | None:
    """A cell that is one number grouped by spaces, where the currency's custom groups so."""
    match = _SPACED.match(text.rstrip(), len(text) - len(text.lstrip()))
    if match is None or match.end() < len(text.rstrip()):
        return None
    hinted = unit_of_hint(unit_hint)
    word = hinted.currency if hinted else None
    currency = settle(word, currency_hint) if word else currency_hint
    if currency not in COMMA_CURRENCIES:
        return None
    return _from_parts(text, match.span(), None, None, unit_hint, currency_hint)


def _spaced(text: str, start: int, end: int) -> tuple[int, int, Unit | None]:
    """A number grouped by spaces, only before a unit in letters (1 234 567,89 грн)."""
    match = _SPACED.match(text, start)
    if match is None or (start and text[start - 1] in ",."):
        return start, end, None
    unit = unit_after(text, match.end()) or _behind_words(text, match.end())
    if unit is not None and unit.currency and not _COUNTED.match(unit.currency):
        return start, match.end(), unit
    if unit is None and word_before(text, start):
        return start, match.end(), None
    return start, end, None


_WORDS_BETWEEN = re.compile(r"[ \u00a0]?\((?=[^\W\d_])[^()\d]{3,200}\)(?=[ \u00a0]?[^\W\d_])")


def _behind_words(text: str, end: int) -> Unit | None:
    """The currency behind the number in words: 1 200 (одна тысяча двести) рублей."""
    between = _WORDS_BETWEEN.match(text, end)
    unit = unit_after(text, between.end()) if between is not None else None
    return unit if unit is not None and unit.currency and not unit.magnitude else None


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
    short = _BRAZIL.match(text, end) if currency == "BRL" and unit is None else None
    if short is not None:
        scale = _OF_BRAZIL[short[1]]
        unit = effective = Unit(scale, None, short.start(1), short.end(), short.end(), short[1])
    size = effective.magnitude if effective else ""
    value, open_ = read_number(text[start:end], currency, size)
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
    small = _KOPECKS.match(text, until) if unit and currency == "RUB" else None
    if small is not None and unit is not None and not unit.magnitude:
        value += Decimal(small[1]) / 100
        until = small.end()
    begin = prefix[1] if prefix else start
    is_rate = hinted.is_rate if hinted else False
    last = unit.end if unit else end
    doubt = None if is_rate else doubt_of_total(text, begin, until, last)
    if open_ or (prefix is None and after_group(text, start, end)):
        doubt = "separator"
    elif open_size(text, begin, currency, prefix, unit):
        doubt = "unit"
    if unit is not None:
        written = text[unit.start : unit.end]
        return AmountMatch(begin, until, value, currency, written, unit.start, last, False, doubt)
    hint_word = (unit_hint or "").strip()
    return AmountMatch(begin, until, value, currency, hint_word, end, end, is_rate, doubt)


_LARGE = re.compile(
    r"(?:万亿|萬億|[百佰千仟十拾]?[万萬亿億])(?![一-龥]|(?<=[万萬])[亿億])"
    r"|(?:万亿|萬億|[百佰千仟十拾]?[万萬亿億])(?=[元圆圓美欧港日人]|为)|[百佰千仟]元"
)
_SIZE_BEHIND = re.compile(r"\s?('000|[^\W\d_]+\.?)")
_PARTS = re.compile(r"[,，、/:：;；\s]+")


@lru_cache(maxsize=256)
def unit_of_hint(hint: str) -> Unit | None:
    """The unit a hint names: 万元, （万元）, 单位：万元, EUR, %."""
    words = hint.strip().strip("（）()[]【】 ")
    words = re.sub(r"^(?:金额)?单位\s*[:：]?\s*", "", words)
    unit = unit_after("1" + words, 1)
    if unit is not None and unit.magnitude:
        return unit
    if unit is not None and unit.currency and (more := _SIZE_BEHIND.match(words, unit.until - 1)):
        size = unit_after("1" + more[1], 1) if more[1][0] != "'" else None
        scale = Decimal(1000) if size is None else size.scale
        if size is None or size.magnitude:  # R$ mil, USD million, HK$'000
            return msgspec.structs.replace(unit, scale=scale, magnitude=more[1])
    large = _LARGE.search(words)  # 人民币，万元; 含税/万元; 以万元为单位: never one by one
    if large is not None:
        return unit_after("1" + words[large.start() :], 1)
    starts = [part.end() for part in _PARTS.finditer(words)]
    return unit or next(filter(None, (unit_after("1" + words[at:], 1) for at in starts)), None)


def _mixed(
    text: str, start: int, prefix: tuple[str, int] | None, currency_hint: str | None
) -> AmountMatch | None:
    """1亿2000万元, 3万5千元."""
    match = _MIXED.match(text, start)
    if match is None:
        return None
    digits = text[start : match.start("unit")].translate(_KOREAN)
    value = parse_number("".join(digits.split()))
    if value is None:
        return None
    word = prefix[0] if prefix else match.group("unit")
    begin = prefix[1] if prefix else start
    first, last = match.span("unit")
    currency = settle(word, currency_hint)
    doubt = doubt_of_total(text, begin, match.end(), last)
    unit = match.group("unit")
    return AmountMatch(begin, match.end(), value, currency, unit, first, last, False, doubt)


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
    if word[-1] in SIGNS:
        return True
    if word in UNSURE_CODES and end - start < 5:
        return False
    if after in "-/" and text[end + 1 : end + 2].isdigit():
        return False
    return _COUNTED.match(after) is None or after in _AFTER_AMOUNT
