"""Names of organisations listed in one value: parted by marks, marks of lots, 与 between firms."""

import re

from sousveil.extract.chinese.lot_marks import marks_in

_SPLIT = re.compile(
    r"[、;；\n]|,(?=[^,]{4,})|，(?=[^，]{4,})|\s{2,}|\d[.、](?=[一-龥])"
    r"|(?<=公司)[与和及](?=[一-龥()]{3,40}(?:公司|集团|学院|大学|研究[院所]|中心))"
)
_LEADING = re.compile(
    r"^\s{0,20}+(?:(?:名称|单位名称|供应商名称|全称|牵头人|联合体牵头人|联合体牵头方|联合体成员|牵头方|成员方|成员|主体|第?[一二三四五六七八九十\d]{1,2}(?:包|标段|标项|分包))\s{0,20}+:\s{0,20}+|(?:采购包|合同包|标段|标项|分包|包)[一二三四五六七八九十\d]{1,2}(?:\s{0,20}+:|\s)\s{0,20}+|\(?\d{1,2}[.、)]\s{0,20}+)"
)


def names_in(text: str, *, whole: bool = False) -> list[tuple[int, int]]:
    """Where each name in a list begins and ends; ``whole``: its lines are one name."""
    marks = [(start, end) for start, end, _ in marks_in(text)]
    bounds = [0]
    if marks and not text[: marks[0][0]].strip():
        bounds = [marks.pop(0)[1]]
    splits = marks if whole else [*(found.span() for found in _SPLIT.finditer(text)), *marks]
    depth = at = 0
    for left, right in sorted(splits):
        if left < bounds[-1]:
            if len(bounds) > 1:
                bounds[-1] = max(bounds[-1], right)
            continue
        depth += text.count("(", at, left) - text.count(")", at, left)
        at = left
        if not depth:
            bounds += [left, right]
    bounds.append(len(text))
    return [_named(text, *span) for span in zip(bounds[::2], bounds[1::2], strict=True)]


def _named(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEADING.match(text[start:end])
    return (start + lead.end() if lead else start, end)
