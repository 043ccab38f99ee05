"""Amounts of money in running text and in table cells, multiplied out to units of the currency.

A number becomes an amount only beside a unit (万元, US$, Mio €) or where the caller says by a hint
that amounts are to be expected. Percentages and discounts are found as well and flagged: they
stand where a price is asked for and must never be taken for one.
"""

from collections.abc import Iterator

from sousveil.text.amount import AmountMatch
from sousveil.text.amounts_in_digits import amounts_in_digits
from sousveil.text.amounts_in_numerals import amounts_in_numerals, numerals_alone

__all__ = ["AmountMatch", "find_amounts", "parse_amount"]


def find_amounts(
    text: str, *, unit_hint: str | None = None, currency_hint: str | None = None
) -> Iterator[AmountMatch]:
    """Amounts and rates in the order they stand.

    ``unit_hint`` is the unit a label or column head gives (万元): numbers without a unit of their
    own are then found as well and multiplied by it; pass "" to have them found unmultiplied. A
    unit beside the number always wins over the hint. ``currency_hint`` is the currency of 元, of a
    shared sign ($, ¥, kr) and of hinted numbers.
    """
    found = list(amounts_in_digits(text, unit_hint, currency_hint))
    numerals = list(amounts_in_numerals(text, currency_hint))
    if numerals:
        found = sorted([*found, *numerals], key=lambda match: (match.start, -match.end))
    end = 0
    for match in found:
        if match.start >= end:
            yield match
            end = match.end


def parse_amount(
    raw: str, *, unit_hint: str | None = None, currency_hint: str | None = None
) -> AmountMatch | None:
    """The amount that ``raw``, the value of a label or cell, states; None if it states none.

    The first amount with a unit of its own; else a rate; else the number if there is only one.
    Without any unit or hint ``unit`` is "" and the number is returned as it is.
    """
    hint = unit_hint or ""
    rate = bare = None
    count = 0
    for match in find_amounts(raw, unit_hint=hint, currency_hint=currency_hint):
        if match.unit_end > match.unit_start or (match.currency and match.start < match.unit_start):
            if not match.is_rate and _is_stated(raw, match):
                return match
            if match.is_rate:
                rate = rate or match
                continue
        bare = bare or match
        count += 1
    if rate is not None:
        return rate
    if count == 0:
        return numerals_alone(raw, unit_hint, currency_hint)
    return bare if count == 1 else None


def _is_stated(raw: str, match: AmountMatch) -> bool:
    """Whether an amount has a unit or currency word of its own beside it."""
    return match.unit_end > match.unit_start or raw[match.start].isdigit() is False
