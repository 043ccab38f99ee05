"""Holds the amounts of a notice against each other: a unit misread shows as a hundredfold or more.

Every statement of an amount counts: summary table, body, table of lots, capital numerals beside
digits, budget beside ceiling. What does not fit together is flagged and kept, never mended.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import structs

from sousveil.extract.chinese.amounts import money
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.confidence import AGREED
from sousveil.model import Field, Money, MoneyKind

_FAR = 100
_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸")
_NOT_HERE = frozenset(
    {"documents", "qualification", "fee", "deposit", "policy", "question", "experts"}
    | {"correction", "candidates"}
)
_TIMES = 1000


def far_apart(one: Decimal, other: Decimal) -> bool:
    """Whether two sums of one thing differ a hundredfold or more."""
    low, high = sorted((one, other))
    return low > 0 and high >= _FAR * low


def check_amounts(
    reading: Reading,
    kind: MoneyKind,
    total: Field[Money] | None,
    lots: Mapping[str, Field[Money]],
    names: Iterable[str],
) -> None:
    """Flag what speaks against a total: its lots, and what ``names`` (labels) say elsewhere."""
    if total is None:
        return
    chosen = total.value
    known = [part.value for part in lots.values() if part.value.currency == chosen.currency]
    if known and far_apart(sum((part.amount for part in known), Decimal(0)), chosen.amount):
        reading.flags.add("lots_far_off_total")
    parts = {part.amount for part in known}
    for other in _stated(reading, kind, tuple(names)):
        value = other.value
        if value.currency != chosen.currency or value.amount in parts | {chosen.amount}:
            continue
        in_words = not _CAPITALS.isdisjoint(other.raw + total.raw)
        if far_apart(value.amount, chosen.amount):
            if not any(not far_apart(value.amount, part) for part in parts):
                reading.flags.add("amount_units_disagree")
        elif in_words and len(parts) <= 1:
            reading.flags.add("amounts_disagree")


def check_planned(
    reading: Reading, budget: Field[Money] | None, ceiling: Field[Money] | None
) -> None:
    """Flag a ceiling that is a hundredfold off the budget."""
    if budget is None or ceiling is None or budget.value.currency != ceiling.value.currency:
        return
    if far_apart(budget.value.amount, ceiling.value.amount):
        reading.flags.add("ceiling_far_off_budget")


def agreed_amount(
    reading: Reading, kind: MoneyKind, total: Field[Money] | None, names: Iterable[str]
) -> Field[Money] | None:
    """The total, surer where it is stated in another place as well."""
    if total is None:
        return None
    places = {
        (field.evidence.page, field.evidence.start)
        for field in _stated(reading, kind, tuple(names))
        if (field.value.amount, field.value.currency) == (total.value.amount, total.value.currency)
    }
    if places <= {(total.evidence.page, total.evidence.start)}:
        return total
    return structs.replace(total, confidence=max(total.confidence, AGREED))


def agreed_words(reading: Reading, field: Field[str] | None, *names: str) -> Field[str] | None:
    """A name or number, surer where another label is followed by the same."""
    if field is None:
        return None
    start, end = reading.source.span(field.evidence)
    words = "".join(reading.source.text[start:end].split())
    for pair in reading.pairs(*names):
        apart = pair.start >= end or pair.end <= start
        if apart and "".join(reading.source.text[pair.start : pair.end].split()) == words:
            return structs.replace(field, confidence=max(field.confidence, AGREED))
    return field


def _stated(reading: Reading, kind: MoneyKind, names: tuple[str, ...]) -> Iterable[Field[Money]]:
    """Amounts that labels and cells of these names state for the whole."""
    flags = set(reading.flags)
    spans = [
        (pair.start, pair.end, pair.label.hint)
        for pair in reading.pairs(*names)
        if not pair.lot and pair.section not in _NOT_HERE
    ]
    spans += [
        (cell.start, cell.end, cell.label.hint)
        for record in reading.records
        if record.section not in _NOT_HERE
        for name in names
        if (cell := record.cells.get(name)) is not None
    ]
    found = [money(reading, *span, kind) for span in spans[:_TIMES]]
    reading.flags = flags  # what these say of themselves was said when they were chosen
    return [field for field in found if field is not None]
