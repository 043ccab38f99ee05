"""Amounts and dates as real notices write them, read by a person and typed by hand.

``literals_of_notices.tsv`` holds one short expression a line: what it is (an amount, a rate, the
price of one piece, a date), as it stands (``\\n`` for a line break), the unit of its column and the
currency where the notice says them elsewhere, the value a reader takes from it (times to
the minute), and its source in
../shared. The values were typed before any parser had seen the literals.
"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sousveil.text import parse_amount, parse_date

_LINES = (Path(__file__).parent / "literals_of_notices.tsv").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in _LINES.splitlines()[1:]]
AMOUNTS = [row[:5] for row in ROWS if row[0] != "date"]
DATES = [(row[1], row[4]) for row in ROWS if row[0] == "date"]


def test_there_are_enough_of_both() -> None:
    assert len(ROWS) >= 320
    assert min(len(AMOUNTS), len(DATES)) >= 150


@pytest.mark.parametrize(("kind", "literal", "unit", "currency", "value"), AMOUNTS)
def test_amounts(kind: str, literal: str, unit: str, currency: str, value: str) -> None:
    text = literal.replace("\\n", "\n")
    found = parse_amount(text, unit_hint=unit or None, currency_hint=currency or None)
    assert found is not None
    if kind == "unit_price":
        assert found.doubt == "unit_price"
        return
    assert found.is_rate == (kind == "rate")
    assert found.doubt is None
    number, _, code = value.partition(" ")
    assert (found.amount, found.currency or "") == (Decimal(number), code)


@pytest.mark.parametrize(("literal", "value"), DATES)
def test_dates(literal: str, value: str) -> None:
    found = parse_date(literal.replace("\\n", "\n"))
    assert found is not None
    assert found.doubt is None
    expected = datetime.fromisoformat(value)
    stated = expected.time() if "T" in value else None
    clock = found.time.replace(second=0) if found.time else None
    assert (found.value, clock) == (expected.date(), stated)
