"""Budget, ceiling and award: which of the amounts in a notice is which.

Never an award: the agency's fee (金额 alone), a candidate's price, a unit price, a discount. Where
only lots have amounts their sum stands for the whole, with evidence from the first to the last.
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
_THOUSANDS = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?$")
_NOT_HERE = frozenset(
    {"documents", "qualification", "fee", "deposit", "policy", "question", "experts"}
)
_GLUED = re.compile(
    r"(\s*[￥¥]?\s*\d[\d,]*(?:\.\d+)?)(?=[一-龥])(?![万亿千百元圆美港欧日英年月号个家项包台套人名折])"
)
_TOTAL = re.compile(r"总|合计")
_LONGEST = 160
_PROSE = re.compile(
    r"(?P<label>预算(?:总)?金额|采购预算|项目预算|项目总预算|总预算|预算总额|预算价|预算|最高(?:投标)?限价|控制价|采购限价)"
    r"(?:\([^()\n]{0,20}\))?\s*(?:金额|总价|合计|总计|共计)?\s*(?:不超过|为|是|:|共|约|人民币|￥|¥|\s){0,6}"
    r"(?P<amount>[\d,.]+\s*(?:\([^()\n]{0,4}\))?\s*(?:[亿万千百]*元|美元))"
)
_LOT_PROSE = re.compile(
    r"(?:第\s*)?(?P<lot>[一二三四五六七八九十\d]{1,2})\s*(?:号)?(?:标段|标项|标包|包件|分包|包)[^。;；\n]{0,60}?"
    r"(?P<label>预算(?:金额)?|最高限价|限价|控制价)\s*(?:金额)?(?:为|:|\s){0,3}(?P<amount>[\d,.]+\s*[亿万]?元)"
)


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
    total = _listed(reading, start, text, hint, kind)
    if total is not None:
        return total
    match = parse_amount(text, unit_hint=hint or None, currency_hint=reading.currency)
    if match is None or match.is_rate:
        match = _first_sure(text, hint, reading.currency)
    if match is None or match.is_rate or match.amount <= 0:
        return None
    if match.unit_end == match.unit_start and (
        match.start > 12 or (not hint and match.amount < 100)
    ):
        return None
    _compare(reading, text, match)
    first = start + match.start
    last = start + match.end
    evidence = source.evidence(first, last)
    unit = match.unit or hint
    amount = Money(
        _plain(match.amount), match.currency or reading.currency, kind, unit.strip("()（） ")
    )
    return Field(amount, evidence.quote, evidence, confidence)


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


def _listed(
    reading: Reading, start: int, text: str, hint: str, kind: MoneyKind
) -> Field[Money] | None:
    """6150000,2027500,3849600: one figure a lot in one field; their sum."""
    found = _LIST.fullmatch(text.strip())
    if found is None or _THOUSANDS.match(text.strip()):
        return None
    total = Decimal(0)
    for piece in re.split(r"\s*[,，、;；]\s*", text.strip()):
        match = parse_amount(piece, unit_hint=hint or None, currency_hint=reading.currency)
        if match is None or match.is_rate:
            return None
        total += match.amount
    if not total:
        return None
    first = start + len(text) - len(text.lstrip())
    evidence = reading.source.evidence(first, first + len(text.strip()))
    return Field(Money(_plain(total), reading.currency, kind, hint), evidence.quote, evidence, 0.8)


def _compare(reading: Reading, text: str, match: AmountMatch) -> None:
    """Flag capital numerals and digits of one value that disagree."""
    if not re.search(r"[壹贰叁肆伍陆柒捌玖拾佰仟]", text):
        return
    for other in find_amounts(text, unit_hint="", currency_hint=reading.currency):
        same = other.currency in (None, match.currency)
        if not other.is_rate and same and other.amount > 0 and other.amount != match.amount:
            reading.flags.add("amounts_disagree")


def _of_pair(
    reading: Reading, pair: Pair, kind: MoneyKind, confidence: float
) -> Field[Money] | None:
    return money(reading, pair.start, pair.end, pair.label.hint, kind, confidence)


def _of_cell(reading: Reading, cell: Value, kind: MoneyKind) -> Field[Money] | None:
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


def summed(parts: Sequence[Field[Money]], reading: Reading, kind: MoneyKind) -> Field[Money]:
    """The sum of several amounts, with evidence from the first to the last."""
    if len(parts) == 1:
        return parts[0]
    total = sum((part.value.amount for part in parts), Decimal(0))
    first = min(parts, key=lambda part: (part.evidence.page, part.evidence.start)).evidence
    last = max((p.evidence for p in parts if p.evidence.page == first.page), key=lambda e: e.end)
    page = next(p for p in reading.source.pages if p.number == first.page)
    base = reading.source.bases[reading.source.pages.index(page)]
    evidence = reading.source.evidence(base + first.start, base + last.end)
    value = Money(_plain(total), parts[0].value.currency, kind, parts[0].value.unit)
    return Field(value, evidence.quote, evidence, 0.8)


def planned(reading: Reading, name: str) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """Budget or ceiling (``name``) of the whole, and of each lot."""
    kind: MoneyKind = "budget" if name == "budget" else "ceiling"
    total: Field[Money] | None = None
    lots: dict[str, Field[Money]] = {}
    for pair in reading.pairs(name, f"lot_{name}"):
        if pair.section in _NOT_HERE or pair.section == "correction":
            continue
        if pair.field == name and pair.how == "inline" and pair.section in ("other", "award"):
            continue
        is_lot = bool(pair.lot) or pair.field != name
        if is_lot and (key := lot_key(pair.lot) or "1") not in lots:
            field = _of_pair(reading, pair, kind, 0.9)
            if field is not None:
                lots[key] = field
        elif not is_lot and total is None:
            total = _of_pair(reading, pair, kind, 0.97)
    if total is None or not lots:
        from_tables = _lots_of_tables(reading, name, kind)
        if from_tables and (not lots or len(from_tables) >= len(lots)):
            lots = from_tables
    if total is None and not lots:
        total, lots = _in_prose(reading, name, kind)
    if total is None and lots:
        total = summed(list(lots.values()), reading, kind)
    elif total is not None and len(lots) > 1:
        whole = sum(part.value.amount for part in lots.values())
        if whole > total.value.amount * Decimal("1.001"):
            reading.flags.add("lots_exceed_total")
    return total, lots


def _lots_of_tables(reading: Reading, name: str, kind: MoneyKind) -> dict[str, Field[Money]]:
    """Amounts in a table's column: of lots, or of the items of one project."""
    lots: dict[str, Field[Money]] = {}
    chosen: int | None = None
    for record in reading.records:
        cell = record.cells.get(name) or record.cells.get(f"lot_{name}")
        if (
            cell is None
            or record.section in _NOT_HERE
            or (chosen is not None and record.table != chosen)
        ):
            continue
        field = _of_cell(reading, cell, kind)
        if field is None:
            continue
        chosen = record.table
        lots.setdefault(_lot_of_record(reading, record, len(lots)), field)
    return lots


def _lot_of_record(reading: Reading, record: Record, index: int) -> str:
    for column in ("lot_number", "item_number"):
        cell = record.cells.get(column)
        if cell is not None and cell.end - cell.start <= 6:
            return lot_key(reading.source.skeleton[cell.start : cell.end])
    return lot_key(record.lot) or str(index + 1)


def _in_prose(
    reading: Reading, name: str, kind: MoneyKind
) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """本项目采购预算为 100 万元; 第一包最高限价176.686万元；第二包…"""
    skeleton = reading.source.skeleton
    words = "预算" if name == "budget" else "限价"
    if words not in skeleton and not (name == "ceiling" and "控制价" in skeleton):
        return None, {}
    lots: dict[str, Field[Money]] = {}
    for match in _LOT_PROSE.finditer(skeleton):
        if (name == "budget") == ("预算" in match["label"]):
            field = money(reading, *match.span("amount"), "", kind, 0.75)
            if field is not None:
                lots.setdefault(lot_key(match["lot"]), field)
    if len(lots) > 1:
        return None, lots
    for match in _PROSE.finditer(skeleton):
        if (name == "budget") != ("预算" in match["label"]):
            continue
        before = skeleton[max(0, match.start() - 12) : match.start()]
        after = skeleton[match.end() : match.end() + 8]
        if (
            re.search(r"超过|低于|高于|以上|以下|万元的|预留|业绩", before + after)
            and "本项目" not in before
        ):
            continue
        field = money(reading, *match.span("amount"), "", kind, 0.7)
        if field is not None:
            return field, {}
    return None, {}


def award(
    reading: Reading,
) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """The award of an award notice, the amount of a contract; of the whole and of each lot."""
    names: tuple[str, ...] = ("award",)
    kind: MoneyKind = "award"
    if reading.type in ("contract", "acceptance"):
        names, kind = ("contract_amount",), "contract"
    elif reading.type not in ("award", "other", "filing"):
        return None, {}
    found = _awards(reading, names, kind)
    if found[0] is None and kind == "contract":
        found = _awards(reading, ("award",), kind)
        if found[0] is None:
            found = _standing_alone(reading, ("contract", "goods"), kind)
    elif found[0] is None and reading.type == "award":
        found = _awards(reading, ("contract_amount",), kind)
        if found[0] is None:
            found = _standing_alone(reading, ("award",), kind)
    return found


def _awards(
    reading: Reading, names: tuple[str, ...], kind: MoneyKind
) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    total: Field[Money] | None = None
    parts: dict[str, Field[Money]] = {}
    skeleton = reading.source.skeleton
    for pair in reading.pairs(*names):
        if pair.section in ("fee", "experts", "documents", "deposit", "candidates"):
            continue
        field = _of_pair(reading, pair, kind, 0.95)
        if field is None:
            continue
        label = skeleton[pair.label_start : pair.label_end]
        if _TOTAL.search(label) and not pair.lot:
            total = total or field
        else:
            key = lot_key(pair.lot) if pair.lot else _supplier_before(reading, pair)
            parts.setdefault(key, field)
    rows = _award_rows(reading, names, kind)
    if len(rows) > len(parts) or not parts:
        parts = rows
    if total is not None:
        if len(parts) > 1:
            whole = sum(part.value.amount for part in parts.values())
            if whole > total.value.amount * Decimal("1.001"):
                reading.flags.add("lots_exceed_total")
        elif parts and abs(_only(parts).value.amount - total.value.amount) > Decimal("0.01"):
            reading.flags.add("amounts_disagree")
        return total, parts
    if not parts:
        return None, {}
    return summed(list(parts.values()), reading, kind), parts


def _only(parts: dict[str, Field[Money]]) -> Field[Money]:
    return next(iter(parts.values()))


def _supplier_before(reading: Reading, pair: Pair) -> str:
    """The supplier an amount follows: two suppliers are two parts, one named twice is one."""
    name = ""
    for other in reading.by_field.get("supplier", ()):
        if other.start > pair.start:
            break
        if other.end > other.start:
            name = reading.source.skeleton[other.start : other.end]
    return "s:" + "".join(name.split())


def _award_rows(reading: Reading, names: Iterable[str], kind: MoneyKind) -> dict[str, Field[Money]]:
    """Amounts in the winner's column of a table of lots or winners."""
    rows: dict[str, Field[Money]] = {}
    chosen: int | None = None
    for record in reading.records:
        if record.section in ("fee", "experts", "candidates") or "rank" in record.cells:
            continue
        cell = next((record.cells[name] for name in names if name in record.cells), None)
        if cell is None or (chosen is not None and record.table != chosen):
            continue
        field = _of_cell(reading, cell, kind)
        if field is None:
            continue
        chosen = record.table
        key = _lot_of_record(reading, record, len(rows))
        rows[key if key not in rows else f"{key}/{len(rows)}"] = field
    return rows


def _standing_alone(
    reading: Reading, sections: tuple[str, ...], kind: MoneyKind
) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """金额 or 总价 without more words: an award only inside the award or contract section."""
    for pair in reading.pairs("amount"):
        if pair.section in sections:
            field = _of_pair(reading, pair, kind, 0.7)
            if field is not None:
                return field, {}
    parts: dict[str, Field[Money]] = {}
    for record in reading.records:
        cell = record.cells.get("amount")
        if cell is not None and record.section in sections and "unit_price" not in record.cells:
            field = _of_cell(reading, cell, kind)
            if field is not None:
                parts[_lot_of_record(reading, record, len(parts))] = field
    return (summed(list(parts.values()), reading, kind), parts) if parts else (None, {})


_OTHER: tuple[tuple[str, MoneyKind], ...] = (
    ("fee", "fee"),
    ("unit_price", "unit"),
    ("offer", "candidate"),
)
_MOST_OTHERS = 60


def others(reading: Reading) -> tuple[Field[Money], ...]:
    """Fees, unit prices and offers: kept apart, so that nobody takes them for the award."""
    found: dict[tuple[int, int], Field[Money]] = {}
    for name, kind in _OTHER:
        spans = [(p.start, p.end, p.label.hint) for p in reading.pairs(name)]
        spans += [
            (cell.start, cell.end, cell.label.hint)
            for record in reading.records
            if (cell := record.cells.get(name)) is not None
        ]
        for start, end, hint in spans[:_MOST_OTHERS]:
            field = money(reading, start, end, hint, kind, 0.7)
            if field is not None:
                found.setdefault((field.evidence.page, field.evidence.start), field)
    for pair in reading.pairs("amount"):
        if pair.section == "fee":
            field = _of_pair(reading, pair, "fee", 0.8)
            if field is not None:
                found.setdefault((field.evidence.page, field.evidence.start), field)
    if reading.type == "candidate":
        for pair in reading.pairs("award", "amount"):
            field = _of_pair(reading, pair, "candidate", 0.8)
            if field is not None:
                found.setdefault((field.evidence.page, field.evidence.start), field)
    return tuple(found.values())


def currency_of(reading: Reading, amounts: Iterable[Field[Money] | None]) -> Field[str] | None:
    """The currency, quoted from the unit beside (or over) the first amount."""
    for amount in amounts:
        if amount is None:
            continue
        quote, unit = amount.evidence.quote, amount.value.unit
        page = amount.evidence
        at = quote.find(unit) if unit else -1
        base = reading.source.bases[
            next(i for i, p in enumerate(reading.source.pages) if p.number == page.page)
        ]
        start, end = base + page.start, base + page.end
        if at >= 0 and unit:
            start, end = start + at, start + at + len(unit)
        elif quote[:1] in "￥¥$":
            end = start + 1
        else:
            label = reading.source.text.rfind("元", max(0, start - 300), start)
            if label >= 0:
                begin = label - (reading.source.text[label - 1] in "万亿千百")
                start, end = begin, label + 1
        evidence = reading.source.evidence(start, end)
        return Field(amount.value.currency, evidence.quote, evidence, 0.9)
    return None
