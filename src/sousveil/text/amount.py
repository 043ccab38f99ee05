"""The record of an amount found in text."""

from decimal import Decimal

import msgspec


class AmountMatch(msgspec.Struct, frozen=True, gc=False):
    """An amount at code points [start, end), currency word and closing bracket included.

    ``amount`` is in units of ``currency`` (84.6 万元 → 846000); for a rate (``is_rate``) it is the
    number as written (95 for 95%, 8.5 for 8.5折). ``currency`` is an ISO 4217 code or None.
    ``unit`` is the unit as written at [unit_start, unit_end), or the hint that was applied (then
    both are the end of the number), or "".
    """

    start: int
    end: int
    amount: Decimal
    currency: str | None
    unit: str
    unit_start: int
    unit_end: int
    is_rate: bool = False
