"""Amounts written in Chinese numerals: 人民币叁拾贰万元整, 三百二十万元, 百分之九十五."""

import re
from collections.abc import Iterator

from sousveil.text.amount import AmountMatch
from sousveil.text.amounts_in_digits import unit_of_hint
from sousveil.text.currency import YUAN, settle
from sousveil.text.numerals import CAPITALS, MYRIADS, NUMERALS, parse_chinese, parse_number
from sousveil.text.units import CURRENCY_FIRST, unit_after, word_before

# A numeral before the first character of a currency's name: where numerals are a sum of money.
_NUMERAL_END = re.compile(rf"[{NUMERALS}][ 　]?(?=[{CURRENCY_FIRST}])")
_NUMERAL_CHARS = frozenset(NUMERALS)
_MAX_NUMERALS = 40
_NUMERALS_ALONE = re.compile(
    rf"\s*(?:人民[币幣]\s*)?(?:[（(]?大[写寫][）)]?\s*[:：]?\s*)?"
    rf"(?P<number>[{NUMERALS}](?:(?=\s?[{NUMERALS}])\s?[{NUMERALS}])*+)[整正]?\s*"
)
_COINS = re.compile(
    rf"(?:\s?[零〇])?(?:\s?[{NUMERALS}]\s?[角毛])?(?:\s?[零〇])?(?:\s?[{NUMERALS}]\s?分)?\s?[整正]?"
)
_PERCENT_WORD = re.compile(rf"百分之(?P<number>[{NUMERALS}点點]++|\d+(?:\.\d+)?)")
_HANGUL = str.maketrans("영일이삼사오육륙칠팔구십백천만억조", "零一二三四五六六七八九十百千万亿兆")
_IN_HANGUL = re.compile(
    r"(?<![가-힣\d])(?P<number>[일이삼사오육륙칠팔구십백천만억조]{2,30}) ?(?P<unit>원)정?"
)
_LAST_DIGIT = re.compile("(?<=[百千万亿兆])(?=[一二三四五六七八九](?:$|[万亿兆]))")
_VAGUE = frozenset("数數几幾")


def amounts_in_numerals(text: str, currency_hint: str | None) -> Iterator[AmountMatch]:
    """Amounts in numerals before a currency, and 百分之; not in order."""
    if "百分之" in text:
        yield from _percent_words(text)
    if "원" in text:
        yield from _korean(text)
    for match in _NUMERAL_END.finditer(text):
        end = match.start() + 1
        start = _numerals_start(text, end)
        if end - start < 2 and text[start] not in CAPITALS:
            continue
        if start and (text[start - 1].isdigit() or text[start - 1] in "第."):
            continue
        amount = _numeral_amount(text, start, end, currency_hint)
        if amount is not None:
            yield amount


def _korean(text: str) -> Iterator[AmountMatch]:
    """일백이십만원: numerals of Sino-Korean before 원."""
    for match in _IN_HANGUL.finditer(text):
        # Korean has no shorthand: 구천이 is 9,002, where 九千二 is 9,200.
        number = _LAST_DIGIT.sub("零", match["number"].translate(_HANGUL))
        value = parse_chinese(number)
        if value is not None:
            start, end = match.span("unit")
            yield AmountMatch(match.start(), match.end(), value, "KRW", "원", start, end)


def _numerals_start(text: str, end: int) -> int:
    """Where the run of numerals that ends at ``end`` begins; one space may stand between two."""
    start = end - 1
    low = max(0, end - _MAX_NUMERALS)
    while start > low:
        char = text[start - 1]
        if char in _NUMERAL_CHARS:
            start -= 1
        elif char in " 　点點" and start - 1 > low and text[start - 2] in _NUMERAL_CHARS:
            start -= 2
        else:
            break
    return start


def _numeral_amount(
    text: str, start: int, end: int, currency_hint: str | None
) -> AmountMatch | None:
    unit = unit_after(text, end)
    if unit is None or unit.is_rate or not unit.currency or unit.magnitude:
        return None
    if start and text[start - 1] in _VAGUE:
        return None
    number = parse_chinese("".join(text[start:end].split()))
    if number is None:
        return None
    prefix = word_before(text, start)
    word = unit.currency
    if prefix is not None and word in YUAN:
        word = prefix[0]
    until = unit.until
    if unit.currency in YUAN:
        coins = _COINS.match(text, unit.end)
        if coins and coins.group().strip():
            whole = parse_chinese("零元" + "".join(coins.group().split()))
            number += whole or 0
            until = max(until, coins.end())
    begin = prefix[1] if prefix else start
    written = text[unit.start : unit.end]
    currency = settle(word, currency_hint)
    return AmountMatch(begin, until, number, currency, written, unit.start, unit.end)


def _percent_words(text: str) -> Iterator[AmountMatch]:
    for match in _PERCENT_WORD.finditer(text):
        value = parse_number(match.group("number"))
        if value is not None:
            start, end = match.span()
            yield AmountMatch(start, end, value, None, "百分之", start, start + 3, True)


def numerals_alone(
    raw: str, unit_hint: str | None, currency_hint: str | None
) -> AmountMatch | None:
    """Numerals that are all of a value (叁拾贰万); with 万 or 亿 in them the hint adds none."""
    match = _NUMERALS_ALONE.fullmatch(raw)
    value = parse_chinese("".join(match.group("number").split())) if match else None
    if match is None or value is None:
        return None
    start, end = match.span("number")
    hinted = unit_of_hint(unit_hint) if unit_hint else None
    currency = currency_hint
    if hinted is not None:
        currency = settle(hinted.currency, currency_hint) if hinted.currency else currency_hint
        if not any(char in MYRIADS for char in match.group("number")):
            value *= hinted.scale
    rate = hinted.is_rate if hinted else False
    return AmountMatch(start, end, value, currency, (unit_hint or "").strip(), end, end, rate)
