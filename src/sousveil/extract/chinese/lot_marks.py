"""The marks of lots between the names of one value: 第一包：甲公司 第二包：乙公司."""

import re
from collections.abc import Iterator

NUMERAL = r"[一二三四五六七八九十\dA-Z]"
WORD = "标段|标项|标包|分包|包组|包件|采购包|合同包|包"
_MARK = re.compile(
    rf"(?<![^\s;；,，、。])(?:第\s{{0,3}}(?P<a>{NUMERAL}{{1,3}})\s{{0,3}}号?(?:{WORD})"
    rf"|(?:{WORD})\s{{0,3}}号?第?(?P<b>{NUMERAL}{{1,2}})"
    rf"|(?P<c>{NUMERAL}{{1,2}})\s{{0,3}}号?(?:标段|标项|标包|分包|包组|包))"
    r"(?:\s{0,3}\([^()\n]{1,40}\))?(?:\s{0,3}:|(?=\s))\s{0,20}"
)
"""A mark stands at the start or behind a blank or stop, and a colon or a blank follows it."""


def marks_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Span of each mark in a skeleton's words, and the lot's number as it is written."""
    for found in _MARK.finditer(text):
        yield found.start(), found.end(), found["a"] or found["b"] or found["c"]


def marked_parts(text: str) -> list[tuple[int, int, str]]:
    """What stands behind each mark, to the next; nothing where the text begins with no mark."""
    marks = list(marks_in(text))
    if not marks or marks[0][0] > len(text) - len(text.lstrip()):
        return []
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    return [(end, until, lot) for (_, end, lot), until in zip(marks, ends, strict=True)]
