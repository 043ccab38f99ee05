"""Table rows into records: each cell under the label at the head of its column.

Tables come as lines of cells between tabs, and in plain text as one cell a line. A head is a row
(or a run of lines) of known labels; the rows below it are its records.
"""

import re

import msgspec

from sousveil.extract.chinese.bare import LOT_STARTS, lot_at
from sousveil.extract.chinese.forms import Label, find_label, with_hint
from sousveil.extract.chinese.layout import Layout, Pair, Row
from sousveil.extract.chinese.source import Source
from sousveil.extract.chinese.spaced_tables import spaced_rows


class Value(msgspec.Struct, gc=False):
    """One cell: its span and the label of its column."""

    label: Label
    start: int
    end: int


class Record(msgspec.Struct, gc=False):
    """One row of a table by field; ``table`` numbers the heads in the text."""

    table: int
    section: str
    lot: str
    line: int
    cells: dict[str, Value]


_NUMBER = re.compile(r"\d{1,3}(?:-\d{1,3})?$|第?[一二三四五六七八九十]{1,3}(?:名)?$")
_UNIT_LINE = re.compile(r"[(（]?(?:单位[:：])?[万亿]?元[)）]?$|[(（][^()（）]{1,16}[)）]$")
_CELL = re.compile(
    r"(?:最终|投标|评审|中标|成交|响应)?(?:报价|总价|单价|折扣|下浮率|费率)(?:\([^()]*\))?:"
)
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计)")
_MOST_ROWS = 400
_APART = 3
_APART_OVER_PAGES = 8
"""Lines between rows of one table, at most; where a page ends, its footer and the next header and
the rest of a broken row stand between."""


def read_tables(source: Source, layout: Layout) -> list[Record]:
    """Records of all tables, in the order they stand."""
    records = _from_rows(source, layout.rows)
    for rows in spaced_rows(source, layout):
        records += _renumbered(_from_rows(source, rows), len(records))
    if not source.paged:  # the lines of a PDF do not tell cells apart
        records += _from_lines(source, layout, len(records))
    records.sort(key=lambda record: record.line)
    return records


def _renumbered(records: list[Record], table: int) -> list[Record]:
    for record in records:
        record.table += table
    return records


def _from_rows(source: Source, rows: list[Row]) -> list[Record]:
    records: list[Record] = []
    head: dict[int, Label] = {}
    table = -1
    last, page = -2, 0
    section = ""
    skeleton = source.skeleton
    for row in rows:
        if row.section != section:  # a heading stands between: another table
            head, section = {}, row.section
        labels = {
            column: label
            for column, start, end in row.cells
            if end > start and (label := find_label(skeleton[start:end].strip(": "))) is not None
        }
        here = source.index(row.cells[0][1])
        apart = _APART if here == page else _APART_OVER_PAGES
        filled = sum(end > start for _, start, end in row.cells)
        if len(labels) >= 2 and len(labels) * 2 >= filled:
            unit = _caption(skeleton, row.cells[0][1])
            head = {column: _in_unit(label, unit) for column, label in labels.items()}
            table += 1
        elif head and row.line - last <= apart:
            cells: dict[str, Value] = {}
            for column, start, end in row.cells:
                label = head.get(column)
                if label is not None and end > start and label.field not in cells:
                    cells[label.field] = Value(label, start, end)
            _unit_of_row(skeleton, row, cells)
            first = row.cells[0]
            if cells and not _TOTAL.match(skeleton[first[1] : first[2]]):
                records.append(Record(table, row.section, row.lot, row.line, cells))
        else:
            head = {}
        last, page = row.line, here
    return records


_UNIT_CELL = re.compile(r"[百千]?[万亿]?元")


def _unit_of_row(skeleton: str, row: Row, cells: dict[str, Value]) -> None:
    """Give amounts without a unit that of a cell of its own: 中标金额 796.32 | 单位 万元."""
    units = {skeleton[a:b] for _, a, b in row.cells if _UNIT_CELL.fullmatch(skeleton, a, b)}
    if len(units) != 1:
        return
    unit = units.pop()
    for value in cells.values():
        value.label = _in_unit(value.label, unit)


_CAPTION = re.compile(
    r"(?:金额)?单位\s*[:：]?\s*(?:人民币)?[(（]?(?P<unit>[百千]?[万亿]?元)[)）]?(?:人民币)?\s*[)）]?\s*$"
)
_CAPTION_LINES = 2
_OF_MONEY = frozenset(
    {"budget", "ceiling", "award", "contract_amount", "lot_budget", "lot_ceiling", "item_budget"}
    | {"estimate", "offer", "unit_price", "paid_amount"}
)


def _caption(skeleton: str, start: int) -> str:
    """The unit that a line above a table gives for all of it: 单位：万元."""
    end = start
    for _ in range(_CAPTION_LINES):
        while end and skeleton[end - 1].isspace():
            end -= 1
        begin = skeleton.rfind("\n", 0, end) + 1
        found = _CAPTION.search(skeleton, max(begin, end - 40), end)
        if found is not None:
            return found["unit"]
        end = begin
    return ""


def _in_unit(label: Label, unit: str) -> Label:
    """The label with a table's unit, where it has none of its own and heads amounts."""
    return with_hint(label, unit) if unit and not label.hint and label.field in _OF_MONEY else label


def _from_lines(source: Source, layout: Layout, table: int) -> list[Record]:
    """Tables of one cell a line: a run of three or more bare labels, then rows as long as it."""
    records: list[Record] = []
    bare: dict[int, Pair] = {pair.label_start: pair for pair in layout.pairs if pair.how == "bare"}
    if len(bare) < 2:
        return records
    lines = layout.lines
    number = 0
    while number < len(lines):
        head, after = _head_at(source, layout, bare, number)
        if len(head) < 3:
            number += 1
            continue
        table += 1
        first = bare.get(lines[number][0])
        unit = _caption(source.skeleton, lines[number][0])
        head = [label and _in_unit(label, unit) for label in head]
        records += _rows_below(source, layout, bare, head, after, table, first)
        number = after
    return records


def _head_at(
    source: Source, layout: Layout, bare: dict[int, Pair], number: int
) -> tuple[list[Label | None], int]:
    """Labels of the lines from ``number`` on while they look like heads of columns."""
    head: list[Label | None] = []
    known = 0
    lines, skeleton = layout.lines, source.skeleton
    at = number
    if lines[at][0] not in bare:
        return [], number
    while at < len(lines) and len(head) < 14:
        start, end = lines[at]
        text = skeleton[start:end]
        pair = bare.get(start)
        if pair is not None:
            head.append(pair.label)
            known += 1
        elif head and _UNIT_LINE.match(text):
            label = find_label(
                skeleton[lines[at - 1][0] : lines[at - 1][1]] + f"({text.strip('()（）')})"
            )
            head[-1] = label or head[-1]
        elif (
            head
            and ":" not in text
            and end - start <= 14
            and not _NUMBER.match(text)
            and _more(layout, bare, at)
        ):
            head.append(None)
        else:
            break
        at += 1
    if len(head) < 2 or head[1] is None:  # label, value, label, value: no table
        return [], number
    return (head, at) if known >= 2 * (len(head) - known) else ([], number)


def _more(layout: Layout, bare: dict[int, Pair], at: int) -> bool:
    """Whether another column's label follows a line within the next two."""
    following = layout.lines[at + 1 : at + 3]
    return any(start in bare for start, _ in following)


def _rows_below(
    source: Source,
    layout: Layout,
    bare: dict[int, Pair],
    head: list[Label | None],
    after: int,
    table: int,
    first: Pair | None,
) -> list[Record]:
    lines, stops, skeleton = layout.lines, layout.stops, source.skeleton
    headings = {mark.start for mark in layout.marks}
    width = len(head)
    fields = {label.field for label in head if label is not None}
    ends = after
    while (
        ends < len(lines)
        and ends - after < _MOST_ROWS
        and not (
            (stops[ends] == 2 and _ends_table(skeleton[slice(*lines[ends])]))
            or lines[ends][0] in headings
            or _begins_lot(skeleton[slice(*lines[ends])])
            or ((again := bare.get(lines[ends][0])) and again.field in fields)
        )
    ):
        ends += 1
    counted = head[0] is not None and head[0].field in ("item_number", "lot_number", "rank")
    starts = list(range(after, ends, width))
    if counted:
        starts = _numbered(skeleton, lines, after, ends)
    records: list[Record] = []
    for index, begin in enumerate(starts):
        until = starts[index + 1] if index + 1 < len(starts) else ends
        if not counted or index + 1 == len(starts):
            last = head[-1]
            if not (counted and last is not None and last.field == "new"):
                until = min(begin + width, ends)
        spans = _fitted(head, lines[begin:until])
        if spans is None:
            continue
        cells: dict[str, Value] = {}
        for label, (start, end) in zip(head, spans, strict=True):
            if label is not None and label.field not in cells:
                cells[label.field] = Value(label, start, end)
        section = first.section if first else ""
        records.append(Record(table, section, first.lot if first else "", begin, cells))
    return records


def _ends_table(line: str) -> bool:
    """Whether a line with a known label stands below a table; 报价：12 元 is one of its cells."""
    return ":" in line and not _CELL.match(line)


def _begins_lot(line: str) -> bool:
    """Whether a line says that another lot follows: 合同包2(镇街点位):"""
    if line[0] not in LOT_STARTS or line[-1] != ":":
        return False
    return lot_at(line) is not None


def _fitted(head: list[Label | None], spans: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
    """The lines of a row, one for each column; a correction's middle cell may take several."""
    if len(spans) == len(head):
        return spans
    last = head[-1]
    if len(spans) > len(head) > 2 and last is not None and last.field == "new":
        middle = len(head) - 2
        return [*spans[: middle - 1], (spans[middle - 1][0], spans[-3][1]), *spans[-2:]]
    return None


def _numbered(skeleton: str, lines: list[tuple[int, int]], after: int, ends: int) -> list[int]:
    """Lines where rows begin, told by their running numbers."""
    starts: list[int] = []
    expected: str | None = None
    for at in range(after, ends):
        start, end = lines[at]
        text = skeleton[start:end]
        if end - start > 8 or (starts and at - starts[-1] < 2):
            continue
        if (expected is None and _NUMBER.match(text)) or text == expected:
            starts.append(at)
            expected = _following(text)
        elif not starts and at - after > 2:
            break
    return starts


def _following(number: str) -> str:
    """The running number after one: 1 → 2, 01 → 02, 1-1 → 1-2, 一 → 二."""
    numerals = "一二三四五六七八九十"
    head, dash, tail = number.rpartition("-")
    if tail.isdigit():
        return f"{head}{dash}{int(tail) + 1:0{len(tail)}d}"
    if number in numerals[:-1]:
        return numerals[numerals.index(number) + 1]
    return number
