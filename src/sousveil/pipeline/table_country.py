"""The country of rows that do not state it, where the other rows of their table agree on one.

An export of one portal names the ministry in some rows and only its office in others.
"""

from collections import Counter
from collections.abc import Sequence

import msgspec

from sousveil.model import Notice
from sousveil.reference.places import locate

FLAG = "country_of_other_rows"
_FEWEST = 5
"""Rows that must agree; none may differ."""

_SHARE = 5
"""At least one row in so many must say its country by itself."""


def with_country(notices: Sequence[Notice]) -> list[Notice]:
    """The notices of one table; those that got a country so are flagged.

    Only rows in a currency that rows of that country have take part: a list of purchases from many
    countries is no export of one.
    """
    known = [_country(notice) for notice in notices]
    found = Counter(country for country in known if country)
    if len(found) != 1 or found.total() < max(_FEWEST, len(notices) / _SHARE):
        return list(notices)
    (country,) = found
    currencies = {_currency(n) for n, own in zip(notices, known, strict=True) if own}
    return [
        msgspec.structs.replace(notice, country=country, flags=(*notice.flags, FLAG))
        if own is None and _currency(notice) in currencies
        else notice
        for notice, own in zip(notices, known, strict=True)
    ]


def _country(notice: Notice) -> str | None:
    """What the row says of its buyer. Names of projects do not count: much is bought for others."""
    if notice.country:
        return notice.country
    place = locate([field.value for field in (notice.buyer, *notice.places) if field])
    return place.country if place else None


def _currency(notice: Notice) -> str | None:
    amounts = (notice.award, notice.budget, notice.ceiling)
    return next((field.value.currency for field in amounts if field), None)
