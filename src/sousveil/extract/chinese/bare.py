"""What a line without a colon is: a heading, a party, a label, a lot, or plain text.

A function of the line's words alone, so that what thousands of notices repeat is looked at once.
"""

import re
from functools import lru_cache

import msgspec

from sousveil.extract.chinese.forms import Label, find_label, find_party, find_section

LONGEST_BARE = 54
SHORT_HEADING = 34
_SHORT_PARTY = 14
_LONGEST_LABEL = 30

NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}[章节部]|[一二三四五六七八九十]{1,3}[、.:)\s]|"
    r"\([一二三四五六七八九十]{1,3}\)|\d{1,2}(?:\.\d{1,2})?[、.\s])"
)
HAN_NUMBERED = re.compile(r"(?:第[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]{1,3}[、.:)])")
_LOT = re.compile(
    r"(?:[【(]?\s*(?:第\s*(?P<a>[一二三四五六七八九十\d]{1,3})\s*(?:标项|标段|标包|分包|包件|包组|采购包|合同包|包)"
    r"|(?:标项|标段|合同包|采购包|分包|标包|包组|包件|包)\s*(?:号|序号|编号|:)?\s*第?\s*(?P<b>[一二三四五六七八九十]{1,2}|[A-Z\d]{1,2})(?![\d.年])"
    r"|(?P<c>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:标段|标包|标项|分包|包)(?=[:\s]))\s*[】)]?)"
)
_NUMBERED_BY = frozenset("第一二三四五六七八九十(0123456789")
LOT_STARTS = frozenset("【(第标合采分包0123456789一二三四五六七八九十")


class Bare(msgspec.Struct, frozen=True, gc=False):
    """What a line may be; the place it stands in decides between them."""

    numbered: bool
    party: str | None
    section: str | None
    label: Label | None
    lot: str


@lru_cache(maxsize=16384)
def bare_line(text: str) -> Bare | None:
    """What a line of at most LONGEST_BARE characters may be, None if it is plain text."""
    size = len(text)
    first = text[0]
    numbered = first in _NUMBERED_BY and NUMBERED.match(text) is not None
    party = find_party(text) if numbered or size <= _SHORT_PARTY else None
    section = None
    if size <= SHORT_HEADING:
        section = find_section(text, numbered)
        if section is not None and size > 20 and not HAN_NUMBERED.match(text):
            section = None
    label = None
    in_brackets = first == "(" and text[-1] == ")"
    if size <= _LONGEST_LABEL and text[-1] not in "。；;，," and not in_brackets:
        label = find_label(text)
        if label is not None and not label.bare:
            label = None
    lot = lot_at(text) if first in LOT_STARTS and label is None else None
    number = lot[0] if lot is not None and lot[1] == size else ""
    if party is None and section is None and label is None and not number:
        return None
    return Bare(numbered, party, section, label, number)


def lot_at(text: str) -> tuple[str, int] | None:
    """The number of the lot that a line begins with (第一包, 合同包2) and where its words end."""
    lot = _LOT.match(text)
    return None if lot is None else (lot["a"] or lot["b"] or lot["c"], lot.end())
