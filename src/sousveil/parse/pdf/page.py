"""One page of a PDF: its text in the order of reading, the cells of its tables, and boxes."""

from collections.abc import Sequence

import msgspec
import numpy as np
import pypdfium2

from sousveil.model import Box as KeptBox
from sousveil.model import Cell
from sousveil.parse.layout import cell_lines
from sousveil.parse.pdf.drawn import Stroke, strokes
from sousveil.parse.pdf.effort import Effort, TooMuchDrawnError
from sousveil.parse.pdf.frame import Box, Frame
from sousveil.parse.pdf.glyphs import Glyphs
from sousveil.parse.pdf.grid import Grid, find_grid
from sousveil.parse.pdf.order import reading_order
from sousveil.parse.pdf.pieces import Piece, lines_of, pieces_of
from sousveil.parse.pdf.tables import FilledCell, Table, tables_of

_NO_GRID = Grid((), (), ())


class PageText(msgspec.Struct, frozen=True):
    """What a page says. ``searched`` is False where it draws more lines than are looked at: its
    tables, if it has any, are text then."""

    text: str
    cells: tuple[Cell, ...]
    boxes: tuple[KeptBox, ...]
    searched: bool


def read_page(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, effort: Effort) -> PageText:
    """Read a page that is open. Raises PdfiumError where pdfium cannot."""
    glyphs = Glyphs(page, textpage)
    frame = glyphs.frame
    if not glyphs.text.strip():
        return PageText("", (), (), searched=True)
    effort.next_page()
    try:
        grid, searched = _grid(strokes(page, textpage, effort), frame, effort), True
    except TooMuchDrawnError:
        grid, searched = _NO_GRID, False
    tables: list[Table] = []
    spans = lines_of(glyphs.text)
    if grid.tables:
        tables, spans = tables_of(glyphs.text, glyphs.all_boxes(), grid)
    pieces = pieces_of(glyphs, spans)
    writer = _Writer(frame)
    for item in _in_order(pieces, tables):
        if isinstance(item, Piece):
            writer.line(item)
        else:
            writer.table(item)
    return PageText(
        "\n".join(writer.lines), tuple(writer.cells), tuple(writer.boxes), searched=searched
    )


def _grid(found: Sequence[Stroke], frame: Frame, effort: Effort) -> Grid:
    if len(found) < 4:
        return _NO_GRID
    lines = frame.read(np.array(found)[:, (0, 3, 2, 1)])
    wide = lines[:, 2] - lines[:, 0] > lines[:, 3] - lines[:, 1]
    horizontal = [(top, left, right) for left, top, right, _ in lines[wide].tolist()]
    vertical = [(left, top, bottom) for left, top, _, bottom in lines[~wide].tolist()]
    return find_grid(horizontal, vertical, effort)


def _in_order(pieces: Sequence[Piece], tables: Sequence[Table]) -> list[Piece | Table]:
    """Lines and tables as they are read."""
    items: list[Piece | Table] = list(pieces)
    for table in tables:
        items.insert(_place(items, table.box), table)
    return [items[number] for number in reading_order([item.box for item in items])]


def _place(items: Sequence[Piece | Table], box: Box) -> int:
    """Where a table belongs among lines in the order drawn: before the first of its column that is
    below it, else after the last that is above."""
    above = 0
    for number, item in enumerate(items):
        if item.box[0] < box[2] and box[0] < item.box[2]:
            if item.box[1] + item.box[3] > box[1] + box[3] and item.box[1] >= box[1]:
                return number
            above = number + 1
    return above if above else len(items)


class _Writer:
    """Writes lines and rows, and keeps where they stand in the text and on the page."""

    def __init__(self, frame: Frame) -> None:
        self.lines: list[str] = []
        self.cells: list[Cell] = []
        self.boxes: list[KeptBox] = []
        self._frame = frame
        self._length = 0
        self._tables = 0

    def line(self, piece: Piece) -> None:
        """A line outside of tables, empty lines before it where it is not the first."""
        if piece.blank and self.lines:
            for _ in range(piece.blank):
                self._add("")
        start = self._add(piece.words)
        self.boxes.append(KeptBox(start, self._length, *self._frame.shown(piece.box)))

    def table(self, table: Table) -> None:
        """The rows of a table, their cells between tabs."""
        for number, row in enumerate(table.rows):
            self._row(row, number)
        self._tables += 1

    def _row(self, row: Sequence[FilledCell], number: int) -> None:
        parts: list[str] = []
        length = 0
        several = False
        spans: list[tuple[FilledCell, int, int]] = []
        for cell in row:
            lines = cell_lines(cell.lines, alone=len(row) == 1)
            if parts:
                parts.append("\n" if several else "\t")
                length += 1
            text = "\n".join(lines)
            spans.append((cell, length, length + len(text)))
            parts.append(text)
            length += len(text)
            several = len(lines) > 1
        start = self._add("".join(parts))
        for cell, first, last in spans:
            self.cells.append(Cell(self._tables, number, cell.column, start + first, start + last))
            self._keep(start + first, start + last, cell.box)

    def _add(self, text: str) -> int:
        start = self._length + 1 if self.lines else 0
        self.lines.append(text)
        self._length = start + len(text)
        return start

    def _keep(self, start: int, end: int, box: Box) -> None:
        if end > start:
            self.boxes.append(KeptBox(start, end, *self._frame.shown(box)))
