"""Sums that a notice itself states in another currency, held against the rate of the day."""

from datetime import date, datetime

from sousveil.extract.chinese.reading import Reading
from sousveil.model import Field, Money
from sousveil.reference.rates import conversion_disagrees


def stated_conversions(
    reading: Reading, published: Field[date] | None, deadline: Field[datetime] | None
) -> tuple[Field[Money], ...]:
    """The conversions found beside amounts; one that is off by a fifth or more is flagged."""
    on = published.value if published else deadline.value.date() if deadline else None
    found: dict[tuple[int, int], Field[Money]] = {}
    for amount, stated in reading.conversions:
        local, dollars = amount.value, stated.value
        if local.currency == "USD":
            local, dollars = dollars, local
        if dollars.currency == "USD" and conversion_disagrees(dollars.amount, local, on):
            reading.flags.add("amount_conversion_disagrees")
        found.setdefault((stated.evidence.page, stated.evidence.start), stated)
    return tuple(found.values())
