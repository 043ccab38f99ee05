"""Reads one amount of money: its unit, lists, conversions, and sums of parts.

Which of a notice's amounts is the budget or the award is for planned.py and awards.py to say.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sousveil.extract.chinese.layout import Pair
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.tables import Record, Value
from sousveil.extract.chinese.values import is_absent
from sousveil.model import Field, Money, MoneyKind
from sousveil.text.money import AmountMatch, find_amounts, parse_amount

_LIST = re.compile(r"\d+(?:\.\d+)?(?:\s*[,，、;；]\s*\d+(?:\.\d+)?)+")
_BETWEEN = re.compile(r"(?<=[元)])\s{0,9}[,，、;；]\s{0,9}")
_OF_LOT = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\dA-Z]{1,3}(?:标段|标项|分包|包)|(?:标段|标项|包)[一二三四五六七八九十\dA-Z]{1,3})\s*:?\s*"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?$")
_GLUED = re.compile(
    r"(\s*[￥¥]?\s*\d[\d,]*(?:\.\d+)?)(?=[一-龥])(?![万亿千百元圆美港欧日英年月号个家项包台套人名折])"
)
_FOREIGN = re.compile(r"美元|美金|USD|US\$|\$|欧元|EUR|€|港[元币]|HKD|英镑|日元|人民币|CNY|RMB")
_CONVERTS = re.compile(
    r"\s*(?:整|人民币|\(人民币\))?\s*[(,，]?\s*(?:约合|折合|约|合|相当于|即|等值|[A-Z$€]|\d)"
)
_CONVERSION_NEAR = 48
_LONGEST = 160


def money(
    reading: Reading, start: int, end: int, hint: str, kind: MoneyKind, confidence: float = 0.95
) -> Field[Money] | None:
    """The amount stated at a span; None for placeholders, rates and zero."""
    source = reading.source
    end = min(end, start + _LONGEST)
    text = source.skeleton[start:end]
    if is_absent(text):
        return None
    glued = _GLUED.match(text)
    if glued is not None:
        text = glued[1]
    pieces = _listed(text, hint, reading.currency)
    if pieces:
        return _added(reading, start, text, pieces, hint, kind)
    hint = hint or _unit_beside(text)
    match = _of_all(text, hint, reading.currency)
    if match is None:
        match = parse_amount(text, unit_hint=hint or None, currency_hint=reading.currency)
    if match is None or match.is_rate:
        match = _first_sure(text, hint, reading.currency)
    if match is None or match.is_rate or match.amount <= 0 or _of_one(text, match):
        return None
    if kind in ("award", "contract") and _PLANNED.search(text, 0, match.start):
        return None
    if match.unit_end == match.unit_start and (
        match.start > 12 or (not hint and match.amount < 100)
    ):
        return None
    _compare(reading, text, match)
    if match.doubt is not None and kind in _TOTALS:
        reading.flags.add(f"amount_{match.doubt}")
        confidence = min(confidence, 0.5)
    first = start + match.start
    last = start + match.end
    evidence = source.evidence(first, last)
    unit = match.unit or hint
    currency = match.currency or reading.currency
    amount = Money(_plain(match.amount), currency, kind, unit.strip("()（） "))
    field = Field(amount, evidence.quote, evidence, confidence)
    _convert(reading, field, last)
    return field


_TOTALS = frozenset({"budget", "ceiling", "award", "contract"})
_BESIDE = re.compile(
    r"\s*[(]?(?:人民币|单位|[:,/￥¥\s]){0,4}[(]?(?P<before>[百千]?[万亿]元)[)]?(?:人民币)?\s*:?\s*[￥¥]?\s*\d[\d,.]*\s*$"
    r"|\s*[￥¥]?\s*\d[\d,.]*\s*[(](?:人民币|单位|含税|[:,，/、\s]){1,5}(?P<behind>[百千]?[万亿]元)[)]"
)
_EACH = re.compile(r"\s?元?\s?(?:/|每)\s?(?!年|项|批|次|包|标|套|全)[一-龥㎡³a-zA-Z]")
_PRICED = re.compile(r"\s?元?\s?\((?:综合)?单价\)")
_EACH_BEFORE = re.compile(r"单价[^\d]{0,12}$|每(?![年项批次包标套])[一-龥]{1,4}[^\d,，。;；]{0,6}$")
_ALL = re.compile(r"(?:合计|总计|总价|总额|共计)(?:金额|为|是|:|人民币|[￥¥(),\s]){0,6}(?=[￥¥\d])")
_PLANNED = re.compile(r"预算|限价|控制价")


def _unit_beside(text: str) -> str:
    """The unit that stands in front of a number or behind it in a bracket: （万元）320.56."""
    found = _BESIDE.match(text)
    return (found["before"] or found["behind"]) if found else ""


def _of_all(text: str, hint: str, currency: str) -> AmountMatch | None:
    """Of several amounts the one that is said to be the sum: 年费36.5万元，三年合计109.5万元."""
    said = _ALL.search(text)
    if said is None or not any(char.isdigit() for char in text[: said.start()]):
        return None
    for match in find_amounts(text, unit_hint=hint or None, currency_hint=currency):
        if match.start >= said.end() - 1 and not match.is_rate and match.amount > 0:
            return match
    return None


def _of_one(text: str, match: AmountMatch) -> bool:
    """Whether an amount is the price of one piece (85元/人·天, 综合单价1,280元/台): no total."""
    if _EACH.match(text, match.end) is not None or _EACH.match(text, match.unit_end) is not None:
        return True
    if _PRICED.match(text, match.end) is not None:
        return True
    return _EACH_BEFORE.search(text[: match.start]) is not None


def _convert(reading: Reading, field: Field[Money], end: int) -> None:
    """Keep the same sum in another currency where one follows: 320万元（约合46.3万美元）."""
    tail = reading.source.skeleton[end : end + _CONVERSION_NEAR].split("\n")[0]
    if _FOREIGN.search(tail) is None or not _CONVERTS.match(tail):
        return
    for match in find_amounts(tail, currency_hint=reading.currency):
        if match.is_rate or match.currency in (None, field.value.currency) or match.amount <= 0:
            continue
        evidence = reading.source.evidence(end + match.start, end + match.end)
        value = Money(_plain(match.amount), match.currency or "USD", "conversion", match.unit)
        reading.conversions.append((field, Field(value, evidence.quote, evidence, 0.9)))
        return


def _first_sure(text: str, hint: str, currency: str) -> AmountMatch | None:
    for match in find_amounts(text, unit_hint=hint or None, currency_hint=currency):
        if not match.is_rate and match.amount > 0:
            return match
    return None


def _plain(amount: Decimal) -> Decimal:
    """Without trailing zeros, never in scientific notation."""
    normal = amount.normalize()
    exponent = normal.as_tuple().exponent
    return normal.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else normal


_AROUND_LIST = " ;；。\t"


def _listed(text: str, hint: str, currency: str) -> list[tuple[Decimal, str]]:
    """Amounts and currencies of one figure a lot in one field (6150000,2027500; A包：120万元；
    B包：86.5万元); none where the field is no such list."""
    stripped = text.strip(_AROUND_LIST)
    if _THOUSANDS.match(stripped):
        return []
    pieces = _BETWEEN.split(stripped) if _LIST.fullmatch(stripped) is None else None
    if pieces is None:
        pieces = re.split(r"\s*[,，、;；]\s*", stripped)
    if len(pieces) < 2:
        return []
    found: list[tuple[Decimal, str]] = []
    for piece in pieces:
        bare = _OF_LOT.sub("", piece, count=1)
        match = parse_amount(bare, unit_hint=hint or None, currency_hint=currency)
        if match is None or match.is_rate or match.end - match.start < len(bare.strip()) - 1:
            return []
        found.append((match.amount, match.currency or currency))
    return found if sum(amount for amount, _ in found) else []


def _added(
    reading: Reading,
    start: int,
    text: str,
    pieces: list[tuple[Decimal, str]],
    hint: str,
    kind: MoneyKind,
) -> Field[Money] | None:
    """The sum of a list of amounts; None, with a flag, where they are in several currencies."""
    currencies = {currency for _, currency in pieces}
    if len(currencies) > 1:  # nothing adds dollars to yuan
        reading.flags.add("currencies_differ")
        return None
    total = sum((amount for amount, _ in pieces), Decimal(0))
    first = start + len(text) - len(text.lstrip())
    evidence = reading.source.evidence(first, first + len(text.strip(_AROUND_LIST)))
    money = Money(_plain(total), currencies.pop(), kind, hint)
    return Field(money, evidence.quote, evidence, 0.8)


def _compare(reading: Reading, text: str, match: AmountMatch) -> None:
    """Flag capital numerals and digits of one value that disagree."""
    if not re.search(r"[壹贰叁肆伍陆柒捌玖拾佰仟]", text):
        return
    for other in find_amounts(text, unit_hint="", currency_hint=reading.currency):
        same = other.currency in (None, match.currency)
        if not other.is_rate and same and other.amount > 0 and other.amount != match.amount:
            reading.flags.add("amounts_disagree")


def of_pair(
    reading: Reading, pair: Pair, kind: MoneyKind, confidence: float
) -> Field[Money] | None:
    """The amount beside a label."""
    return money(reading, pair.start, pair.end, pair.label.hint, kind, confidence)


def of_cell(reading: Reading, cell: Value, kind: MoneyKind) -> Field[Money] | None:
    """The amount in a table cell, in the unit of its column."""
    return money(reading, cell.start, cell.end, cell.label.hint, kind, 0.85)


def lot_key(words: str) -> str:
    """One form for 一, 1, 01, A."""
    words = words.strip(" 第包标段项:号")
    numerals = "一二三四五六七八九十"
    if len(words) == 1 and words in numerals:
        return str(numerals.index(words) + 1)
    if words.startswith("十") and len(words) == 2 and words[1] in numerals:
        return str(10 + numerals.index(words[1]) + 1)
    return words.lstrip("0") or words


def summed(parts: Sequence[Field[Money]], reading: Reading, kind: MoneyKind) -> Field[Money] | None:
    """The sum of several amounts, with evidence from the first to the last; None, and a flag, where
    they are in several currencies."""
    if len(parts) == 1:
        return parts[0]
    if len({part.value.currency for part in parts}) > 1:
        reading.flags.add("currencies_differ")
        return None
    total = sum((part.value.amount for part in parts), Decimal(0))
    first = min(parts, key=lambda part: (part.evidence.page, part.evidence.start)).evidence
    last = max((p.evidence for p in parts if p.evidence.page == first.page), key=lambda e: e.end)
    source = reading.source
    evidence = source.evidence(source.span(first)[0], source.span(last)[1])
    value = Money(_plain(total), parts[0].value.currency, kind, parts[0].value.unit)
    return Field(value, evidence.quote, evidence, 0.8)


def lot_of_record(reading: Reading, record: Record, index: int) -> str:
    """Which lot a table row is about: its number, its running number, else its place."""
    for column in ("lot_number", "item_number"):
        cell = record.cells.get(column)
        if cell is not None and cell.end - cell.start <= 6:
            return lot_key(reading.source.skeleton[cell.start : cell.end])
    return lot_key(record.lot) or str(index + 1)


def currency_of(reading: Reading, amounts: Iterable[Field[Money] | None]) -> Field[str] | None:
    """The currency, quoted from the unit beside (or over) the first amount."""
    for amount in amounts:
        if amount is None:
            continue
        unit = amount.value.unit
        start, end = reading.source.span(amount.evidence)
        said = reading.source.text[start:end]
        at = said.find(unit) if unit else -1
        if at >= 0 and unit:
            start, end = start + at, start + at + len(unit)
        elif said[:1] in "￥¥$":
            end = start + 1
        else:
            label = reading.source.text.rfind("元", max(0, start - 300), start)
            if label >= 0:
                begin = label - (reading.source.text[label - 1] in "万亿千百")
                start, end = begin, label + 1
        evidence = reading.source.evidence(start, end)
        return Field(amount.value.currency, evidence.quote, evidence, 0.9)
    return None
