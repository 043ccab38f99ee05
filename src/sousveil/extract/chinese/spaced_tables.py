"""Tables whose cells stand on one line with only blanks between, as old notices in plain text have.

序号 中标供应商名称 中标供应商联系地址 中标金额(万元)
1 某某科技有限公司 某市某区 1388.600000
"""

import re
from collections.abc import Iterator

from sousveil.extract.chinese.forms import find_label
from sousveil.extract.chinese.layout import Layout, Row
from sousveil.extract.chinese.source import Source

_PART = re.compile(r"\S+")
_FEWEST, _MOST = 3, 14
_LONGEST = 300
_BEGINS = frozenset("序编标品条项排名包分采合第入推候中成")
"""What labels of running numbers begin with: few lines do."""
_COUNTING = frozenset({"item_number", "lot_number", "rank"})


def spaced_rows(source: Source, layout: Layout) -> Iterator[list[Row]]:
    """The head and the rows below it of each such table.

    A head is a line of three or more labels, the first a running number, and nothing else; a row
    has as many parts as the head and begins with a number: fewer or more parts, and nobody can say
    which is which.
    """
    number = 0
    lines = layout.lines
    while number < len(lines):
        head = _head(source, *lines[number])
        number += 1
        if not head:
            continue
        section = _section_at(layout, head[0][0])
        rows = [Row(number - 1, _cells(head), section, "")]
        while number < len(lines):
            parts = _parts(source, *lines[number])
            if len(parts) != len(head) or not source.skeleton[slice(*parts[0])].isdigit():
                break
            rows.append(Row(number, _cells(parts), section, ""))
            number += 1
        if len(rows) > 1:
            yield rows


def _head(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    skeleton = source.skeleton
    if skeleton[start] not in _BEGINS or end - start > _LONGEST or "\t" in skeleton[start:end]:
        return []
    parts = _parts(source, start, end)
    if not _FEWEST <= len(parts) <= _MOST:
        return []
    labels = [find_label(skeleton[a:b]) for a, b in parts]
    known = [label for label in labels if label is not None]
    counts = labels[0] is not None and labels[0].field in _COUNTING
    return parts if counts and len(known) >= _FEWEST and len(known) * 2 > len(parts) else []


def _parts(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in _PART.finditer(source.skeleton, start, end)]


def _cells(parts: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    return [(column, start, end) for column, (start, end) in enumerate(parts)]


def _section_at(layout: Layout, position: int) -> str:
    before = [mark.section for mark in layout.marks if mark.start <= position]
    return before[-1] if before else ""
