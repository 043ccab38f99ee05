"""The record of an amount found in text."""

from decimal import Decimal
from typing import Literal

import msgspec

Doubt = Literal["separator", "range", "unit_price", "unit", "sign"]


class AmountMatch(msgspec.Struct, frozen=True, gc=False):
    """An amount at code points [start, end), currency word and closing bracket included.

    ``amount`` is in units of ``currency`` (84.6 万元 → 846000); for a rate (``is_rate``) it is the
    number as written (95 for 95%, 8.5 for 8.5折). ``currency`` is an ISO 4217 code or None.
    ``unit`` is the unit as written at [unit_start, unit_end), or the hint that was applied (then
    both are the end of the number), or "".

    ``doubt`` is why the amount may not be what it looks like: ``separator``, the sign in it can be
    read as one of thousands or of decimals (1.234); ``range``, it is one end of a range
    (100-200万元); ``unit_price``, it is the price of one piece or hour (85元/台); ``unit``, the
    word for its size or currency means several things ($2 mil, M$ 500); ``sign``, a minus is before
    it.
    """

    start: int
    end: int
    amount: Decimal
    currency: str | None
    unit: str
    unit_start: int
    unit_end: int
    is_rate: bool = False
    doubt: Doubt | None = None
