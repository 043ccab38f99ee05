"""What readers of structured notices know of any value: what was masked, and what is too much."""

import re
from decimal import Decimal

UNKNOWN_CURRENCY = "XXX"
"""ISO 4217's code for no currency: stands where the record names none."""

TOO_MUCH = Decimal(10) ** 17
"""More than any purchase, and than the tables hold."""

# What templates, exports and clerks write where there is nothing to say.
_NOTHING = frozenset(
    {"", "-", "--", "---", ".", "/", "n/a", "#n/a", "none", "null", "nil", "nan", "undefined"}
    | {"unknown", "tbc", "tbd", "string", "number", "array", "object", "not available"}
    | {"integer", "boolean", "not applicable", "not specified", "sin información", "无", "無"}
    | {"暂无", "暫無", "见附件", "详见附件", "详见采购文件", "详见招标文件"}
)
_FROM_A_LIST = re.compile(r"string from \w+ codelist", re.I)
"""A blank template of OCDS writes what belongs there."""
_LONGEST_NOTHING = 40

MASK = re.compile(r"〔(?:person|phone|email|id_number|account|address)〕")
_ONLY_MASKS = re.compile(rf"(?:{MASK.pattern}|[\s,;、，。.·()（）-])*")


def says_nothing(value: str) -> bool:
    """Whether a value stands where there is nothing to say."""
    if len(value) > _LONGEST_NOTHING:
        return False
    return value.casefold() in _NOTHING or _FROM_A_LIST.fullmatch(value) is not None


def is_masked(value: str) -> bool:
    """Whether a value says only what was masked."""
    return "〔" in value and _ONLY_MASKS.fullmatch(value) is not None
