"""What readers of structured notices know of any value: what was masked, and what is too much."""

import re
from decimal import Decimal

UNKNOWN_CURRENCY = "XXX"
"""ISO 4217's code for no currency: stands where the record names none."""

TOO_MUCH = Decimal(10) ** 17
"""More than any purchase, and than the tables hold."""

MASK = re.compile(r"〔(?:person|phone|email|id_number|account|address)〕")
_ONLY_MASKS = re.compile(rf"(?:{MASK.pattern}|[\s,;、，。.·()（）-])*+")


def is_masked(value: str) -> bool:
    """Whether a value says only what was masked."""
    return "〔" in value and _ONLY_MASKS.fullmatch(value) is not None
