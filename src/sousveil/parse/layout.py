"""Lays out tags and text as lines, and table rows as cells between tabs, with their offsets.

A browser's copied text is the model: blocks and <br> end a line, white space collapses, the cells
of a row stand on one line. Where a table only arranges a page (a cell holds another table, or
paragraphs), its cells follow each other as lines, so that nothing is torn apart.
"""

import html
import re
from dataclasses import dataclass, field

from sousveil.model import Cell

_MOST_TABLES_DEEP = 12
"""Tables nested deeper than this are laid out as blocks; it also bounds the shifting of offsets."""

_PROSE = 240
"""A cell of several lines and more characters than this holds prose, not a value."""

_WIDEST = 1000
"""Columns for which row-spans are tracked; more make no table."""

_LABEL = re.compile(r"[：:]")


@dataclass(slots=True)
class _Flow:
    """Text being written, in the page or in one cell; cell offsets count from its beginning."""

    lines: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    cells: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    length: int = 0
    breaks: int = 0
    has_table: bool = False

    def end_line(self) -> bool:
        """Write the pending text as a line; False if there was none."""
        if not self.pending:
            return False
        raw = "".join(self.pending)
        self.pending.clear()
        if "&" in raw:
            raw = html.unescape(raw)
        line = " ".join(raw.split())
        if line:
            self.add(line)
        return bool(line)

    def add(self, text: str) -> int:
        """Append a line (or several); give the offset where it starts."""
        if self.breaks > 1 and self.lines:
            self.lines.append("")
            self.length += 1
        self.breaks = 0
        start = self.length + 1 if self.lines else 0
        self.lines.append(text)
        self.length = start + len(text)
        return start


@dataclass(slots=True)
class _Table:
    """A table being read: its number, and where its rows and row-spans stand."""

    number: int
    row: int = -1
    column: int = 0
    cells: list[tuple[int, _Flow]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)


class Layout:
    """Receives the events of one page; ``finish`` gives its text and cells."""

    def __init__(self) -> None:
        self._flow = _Flow()
        self._flows: list[_Flow] = []
        self._tables: list[_Table | None] = []
        self._count = 0
        self._open_tables = 0
        self._verbatim = 0

    def text(self, piece: str) -> None:
        """Text as written in the markup, entities and all."""
        if not self._verbatim:
            pending = self._flow.pending
            if pending or not piece.isspace():
                pending.append(piece)
        elif "\n" in piece:
            first, *others = piece.split("\n")
            self._flow.pending.append(first)
            for other in others:
                self.line_break()
                self._flow.pending.append(other)
        else:
            self._flow.pending.append(piece)

    def block(self) -> None:
        """A block begins or ends: so does a line."""
        flow = self._flow
        if flow.pending and flow.end_line():
            flow.breaks = 0

    def line_break(self) -> None:
        """<br>: ends a line; a second one leaves a blank line."""
        flow = self._flow
        if flow.end_line():
            flow.breaks = 1
        elif flow.lines:
            flow.breaks += 1

    def verbatim(self, on: bool) -> None:
        """Inside <pre> and the like line ends count."""
        self.block()
        self._verbatim = max(0, self._verbatim + (1 if on else -1))

    def open_table(self) -> None:
        """<table>."""
        self.block()
        if self._open_tables >= _MOST_TABLES_DEEP:
            self._tables.append(None)
            return
        self._open_tables += 1
        self._flow.has_table = True
        self._tables.append(_Table(self._count))
        self._count += 1

    def close_table(self) -> None:
        """</table>."""
        if not self._tables:
            self.block()
            return
        table = self._tables[-1]
        if table is not None:
            self.close_row()
            self._open_tables -= 1
        else:
            self.block()
        self._tables.pop()

    def open_row(self) -> None:
        """<tr>."""
        self.close_row()
        table = self._tables[-1] if self._tables else None
        if table is not None:
            table.row += 1
            table.column = 0

    def open_cell(self, columns: int, rows: int) -> None:
        """<td> or <th> with its colspan and rowspan."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.row < 0:
            self.block()
            return
        self.block()
        while table.spans.get(table.column, 0) > 0:
            table.spans[table.column] -= 1
            table.column += 1
        flow = _Flow()
        table.cells.append((table.column, flow))
        if rows > 1:
            for column in range(table.column, min(table.column + columns, _WIDEST)):
                table.spans[column] = rows - 1
        table.column += columns
        self._flows.append(self._flow)
        self._flow = flow

    def close_cell(self) -> None:
        """</td> or </th>."""
        self.block()
        table = self._tables[-1] if self._tables else None
        if table is not None and table.cells and table.cells[-1][1] is self._flow:
            self._flow = self._flows.pop()

    def close_row(self) -> None:
        """</tr>, or what implies it: the row's cells become text of the flow around it."""
        self.block()
        table = self._tables[-1] if self._tables else None
        if table is None or table.row < 0:
            return
        if table.cells and table.cells[-1][1] is self._flow:
            self._flow = self._flows.pop()
        while table.spans.get(table.column, 0) > 0:
            table.spans[table.column] -= 1
            table.column += 1
        if table.cells:
            self._write_row(table)
            table.cells = []

    def finish(self) -> tuple[str, tuple[Cell, ...]]:
        """The page's text and the cells of its tables, in order of their place."""
        while self._tables:
            self.close_table()
        self.block()
        text = "\n".join(self._flow.lines)
        return text, tuple(Cell(*cell) for cell in sorted(self._flow.cells, key=_place))

    def _write_row(self, table: _Table) -> None:
        filled = [flow for _, flow in table.cells if flow.lines]
        if not filled:
            return
        parts: list[str] = []
        spans: list[tuple[int, int, int]] = []
        nested: list[tuple[int, int, int, int, int]] = []
        length = 0
        several = False
        for column, flow in table.cells:
            alone = flow.has_table or len(filled) == 1
            lines = cell_lines(flow.lines, alone=alone)
            apart = several or flow.has_table
            if parts:
                parts.append("\n" if apart else "\t")
                length += 1
            elif apart and not lines:
                continue
            text = "\n".join(lines)
            spans.append((column, length, length + len(text)))
            nested.extend((t, r, c, s + length, e + length) for t, r, c, s, e in flow.cells)
            parts.append(text)
            length += len(text)
            several = len(lines) > 1 or flow.has_table
        start = self._flow.add("".join(parts))
        write = self._flow.cells.append
        for column, first, last in spans:
            write((table.number, table.row, column, start + first, start + last))
        for t, r, c, first, last in nested:
            write((t, r, c, start + first, start + last))


def cell_lines(lines: list[str], *, alone: bool) -> list[str]:
    """The lines of a cell: one, unless it is alone in its row, holds prose or labelled values."""
    if len(lines) < 2 or alone or sum(map(len, lines)) + len(lines) - 1 > _PROSE:
        return lines
    if sum(1 for line in lines if _LABEL.search(line)) > 1:
        return lines
    return [" ".join(line for line in lines if line)]


def _place(cell: tuple[int, int, int, int, int]) -> tuple[int, int, int, int, int]:
    table, row, column, start, end = cell
    return start, -end, table, row, column
