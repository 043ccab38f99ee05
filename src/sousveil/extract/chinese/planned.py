"""Budget and ceiling: as labelled for the whole, else the sum of the lots, else from prose.

An estimate (工程合同估算价), a project's size or an unlabelled number is no budget.
"""

import re
from decimal import Decimal

from sousveil.extract.chinese.amounts import (
    lot_key,
    lot_of_record,
    money,
    of_cell,
    of_pair,
    summed,
)
from sousveil.extract.chinese.corrections import corrected
from sousveil.extract.chinese.reading import Reading
from sousveil.model import Field, Money, MoneyKind

_NOT_HERE = frozenset(
    {"documents", "qualification", "fee", "deposit", "policy", "question", "experts"}
)
_PROSE = re.compile(
    r"(?P<label>预算(?:总)?金额|采购预算|项目预算|项目总预算|总预算|预算总额|预算价|预算|最高(?:投标)?限价|控制价|采购限价)"
    r"(?:\([^()\n]{0,20}\))?\s{0,20}+(?:金额|总价|合计|总计|共计)?\s{0,20}+(?:不超过|为|是|:|共|约|人民币|￥|¥|\s){0,6}"
    r"(?P<amount>[\d,.]+\s{0,20}+(?:\([^()\n]{0,4}\))?\s{0,20}+(?:[亿万千百]*元|美元))"
)
_OF_LOTS = frozenset({"lot_number", "lot_name"})
_LOT_PROSE = re.compile(
    r"(?:第\s{0,20}+)?(?P<lot>[一二三四五六七八九十\d]{1,2}|[A-Z])\s{0,20}+(?:号)?(?:标段|标项|标包|包件|分包|包)[^。;；\n]{0,60}?"
    r"(?P<label>预算(?:金额)?|最高限价|限价|控制价)\s{0,20}+(?:金额)?(?:为|:|\s){0,3}(?P<amount>[\d,.]+\s{0,20}+[亿万]?元)"
)


def planned(reading: Reading, name: str) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """Budget or ceiling (``name``) of the whole, and of each lot."""
    kind: MoneyKind = "budget" if name == "budget" else "ceiling"
    if reading.type == "correction":
        return corrected(reading, name), {}
    total: Field[Money] | None = None
    lots: dict[str, Field[Money]] = {}
    for pair in reading.pairs(name, f"lot_{name}"):
        if pair.section in _NOT_HERE or pair.section == "correction":
            continue
        if pair.field == name and pair.how == "inline" and pair.section in ("other", "award"):
            continue
        is_lot = bool(pair.lot) or pair.field != name
        if is_lot and (key := lot_key(pair.lot) or "1") not in lots:
            field = of_pair(reading, pair, kind, 0.9)
            if field is not None:
                lots[key] = field
        elif not is_lot and total is None:
            total = of_pair(reading, pair, kind, 0.97)
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
        field = of_cell(reading, cell, kind)
        if field is None:
            continue
        chosen = record.table
        key = lot_of_record(reading, record, len(lots))
        if not record.lot and not record.cells.keys() & _OF_LOTS:
            key = f"i:{key}"  # items of one purchase: summed, but no lots
        lots.setdefault(key, field)
    return lots


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
