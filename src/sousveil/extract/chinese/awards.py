"""The award, and the amounts that must never be taken for it: fees, unit prices, offers.

金额 alone is the agency's fee unless it stands in the award's own section; a candidate's price, a
discount and a unit price are no award.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from sousveil.extract.chinese.amounts import lot_key, lot_of_record, money, of_cell, of_pair, summed
from sousveil.extract.chinese.layout import Pair
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.table import AWARDS
from sousveil.extract.chinese.winners import losers, winners_said
from sousveil.model import Field, Money, MoneyKind

_TOTAL = re.compile(r"总|合计")


def award(
    reading: Reading,
) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """The award of an award notice, the amount of a contract; of the whole and of each lot."""
    kind: MoneyKind = "contract" if reading.type in ("contract", "acceptance") else "award"
    found: tuple[Field[Money] | None, dict[str, Field[Money]]] = (None, {})
    for label in AWARDS.get(reading.type, ()):
        found = _awards(reading, (label,), kind)
        if found[0] is not None:
            return found
    if kind == "contract":
        return _standing_alone(reading, ("contract", "goods"), kind)
    if reading.type == "award":
        found = _said(reading, kind)
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
        field = of_pair(reading, pair, kind, 0.95)
        if field is None:
            continue
        label = skeleton[pair.label_start : pair.label_end]
        if _TOTAL.search(label) and not pair.lot:
            total = total or field
        else:
            key = lot_key(pair.lot) if pair.lot else _supplier_before(reading, pair)
            parts.setdefault(key, field)
    rows = _award_rows(reading, names, kind) or _award_rows(reading, ("result",), kind)
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


def _said(reading: Reading, kind: MoneyKind) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """Amounts of winners told in sentences."""
    parts: dict[str, Field[Money]] = {}
    for index, winner in enumerate(winners_said(reading)):
        field = money(reading, *winner.amount, "", kind, 0.8)
        if field is not None:
            parts.setdefault(lot_key(winner.lot) or f"s:{index}", field)
    return (summed(list(parts.values()), reading, kind), parts) if parts else (None, {})


def _award_rows(reading: Reading, names: Iterable[str], kind: MoneyKind) -> dict[str, Field[Money]]:
    """Amounts in the winner's column of a table of lots or winners."""
    rows: dict[str, Field[Money]] = {}
    chosen: int | None = None
    lost = losers(reading)
    for record in reading.records:
        if record.line in lost:
            continue
        if record.section in ("fee", "experts", "candidates") or "rank" in record.cells:
            continue
        cell = next((record.cells[name] for name in names if name in record.cells), None)
        beside = record.section == "award" and "supplier" in record.cells
        if cell is None or (chosen is not None and record.table != chosen and not beside):
            continue
        field = of_cell(reading, cell, kind)
        if field is None:
            continue
        chosen = record.table if chosen is None else chosen
        key = lot_of_record(reading, record, len(rows))
        rows[key if key not in rows else f"{key}/{len(rows)}"] = field
    return rows


def _standing_alone(
    reading: Reading, sections: tuple[str, ...], kind: MoneyKind
) -> tuple[Field[Money] | None, dict[str, Field[Money]]]:
    """金额 or 总价 without more words: an award only inside the award or contract section."""
    for pair in reading.pairs("amount"):
        if pair.section in sections:
            field = of_pair(reading, pair, kind, 0.7)
            if field is not None:
                return field, {}
    parts: dict[str, Field[Money]] = {}
    lost = losers(reading)
    for record in reading.records:
        cell = record.cells.get("amount")
        if record.line in lost or ("unit_price" in record.cells and "supplier" not in record.cells):
            continue  # a list of goods; where the row names the winner it is what it is paid
        if cell is not None and record.section in sections:
            field = of_cell(reading, cell, kind)
            if field is not None:
                parts[lot_of_record(reading, record, len(parts))] = field
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
            field = of_pair(reading, pair, "fee", 0.8)
            if field is not None:
                found.setdefault((field.evidence.page, field.evidence.start), field)
    if reading.type == "candidate":
        for pair in reading.pairs("award", "amount"):
            field = of_pair(reading, pair, "candidate", 0.8)
            if field is not None:
                found.setdefault((field.evidence.page, field.evidence.start), field)
    return tuple(found.values())
