"""The text of a page's table cells, read from the characters that stand in them."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.parse.pdf.frame import Box, Boxes, hull
from sousveil.parse.pdf.grid import Grid, GridCell
from sousveil.parse.pdf.pieces import Span, cleaned, lines_of

_PADDING = 12.0
"""Points that both sides of a cell may leave free, at most, beside a line that fills it."""

_SAME_LINE = 0.5


class FilledCell(msgspec.Struct, frozen=True):
    """A cell with text: its row and column, its lines, and the box around its text."""

    row: int
    column: int
    lines: list[str]
    box: Box


class Table(msgspec.Struct, frozen=True):
    """A table: its box, and its cells by row, from left to right; rows without text left out."""

    box: Box
    rows: list[list[FilledCell]]


def tables_of(text: str, boxes: Boxes, grid: Grid) -> tuple[list[Table], list[Span]]:
    """The tables of a page that have text in two cells at least, and the stretches of text outside
    of them. A character is where its middle is."""
    cells = [cell for table in grid.tables for cell in table]
    owners = _owners(boxes, grid, cells)
    inside: dict[int, list[Span]] = defaultdict(list)
    for start, end in lines_of(text):
        for first, last, owner in _stretches(text, owners, start, end):
            if owner >= 0:
                inside[owner].append((first, last))
    tables: list[Table] = []
    taken: set[int] = set()
    number = 0
    for table in grid.tables:
        filled = [at for at in range(number, number + len(table)) if at in inside]
        number += len(table)
        if len(filled) < 2:
            continue
        taken.update(filled)
        read = [_filled(text, boxes, grid, cells[at], inside[at]) for at in filled]
        rows: dict[int, list[FilledCell]] = defaultdict(list)
        for cell in read:
            rows[cell.row].append(cell)
        tables.append(Table(hull([c.box for c in read]), [rows[row] for row in sorted(rows)]))
    return tables, _outside(text, owners, taken)


def _outside(text: str, owners: Sequence[int], taken: set[int]) -> list[Span]:
    """The stretches of lines that no table has taken. Empty lines go: most stood in cells."""
    spans: list[Span] = []
    for start, end in lines_of(text):
        found = list(_stretches(text, owners, start, end))
        if found and not any(owner in taken for _, _, owner in found):
            spans.append((start, end))
        else:
            spans += [(first, last) for first, last, owner in found if owner not in taken]
    return spans


def _stretches(
    text: str, owners: Sequence[int], start: int, end: int
) -> Iterator[tuple[int, int, int]]:
    """Parts of a line with the same owner; white space goes with what stands before it."""
    first, owner = -1, -1
    for at in range(start, end):
        if text[at].isspace():
            continue
        if first < 0:
            first, owner = at, owners[at]
        elif owners[at] != owner:
            yield first, at, owner
            first, owner = at, owners[at]
    if first >= 0:
        yield first, end, owner


def _owners(boxes: Boxes, grid: Grid, cells: Sequence[GridCell]) -> list[int]:
    """For each character the number of its cell or -1; of cells over each other the smallest."""
    board: npt.NDArray[np.int32] = np.full((len(grid.ys) + 1, len(grid.xs) + 1), -1, np.int32)
    sizes = [(cell.bottom - cell.top) * (cell.right - cell.left) for cell in cells]
    for number in sorted(range(len(cells)), key=lambda at: -sizes[at]):
        cell = cells[number]
        board[cell.top + 1 : cell.bottom + 1, cell.left + 1 : cell.right + 1] = number
    columns = np.searchsorted(grid.xs, (boxes[:, 0] + boxes[:, 2]) / 2, "right")
    rows = np.searchsorted(grid.ys, (boxes[:, 1] + boxes[:, 3]) / 2, "right")
    found: list[int] = board[rows, columns].tolist()
    return found


class _Line(msgspec.Struct):
    """A line of a cell as it is drawn."""

    words: str
    box: Box
    first: float
    token: float
    blank: bool
    """Width of its first character, of its first word, and whether it was drawn with a blank at
    its end."""


def _filled(
    text: str, boxes: Boxes, grid: Grid, cell: GridCell, spans: Sequence[Span]
) -> FilledCell:
    width = grid.xs[cell.right] - grid.xs[cell.left]
    lines = [_line(text, boxes, span) for span in spans]
    drawn = _by_place(lines)
    said = [drawn[0].words]
    for one, other in itertools.pairwise(drawn):
        joint = _joint(one, other, width)
        if joint is None:
            said.append(other.words)
        else:
            said[-1] += joint + other.words
    return FilledCell(cell.row, cell.column, said, hull([line.box for line in lines]))


def _line(text: str, boxes: Boxes, span: Span) -> _Line:
    start, end = span
    shown = [at for at in range(start, end) if not text[at].isspace()]
    places = boxes[shown]
    low, high = places[:, :2].min(axis=0).tolist(), places[:, 2:].max(axis=0).tolist()
    word = next((n for n in range(1, len(shown)) if shown[n] - shown[n - 1] > 1), len(shown))
    if not text[shown[0]].isascii():
        word = 1
    first = float(places[0, 2] - places[0, 0])
    token = float(places[word - 1, 2] - places[0, 0])
    words = " ".join(cleaned(text[start:end]).split())
    return _Line(words, (low[0], low[1], high[0], high[1]), first, token, text[end - 1].isspace())


def _by_place(lines: Sequence[_Line]) -> list[_Line]:
    """Lines from the top down; pieces of one line from left to right become one."""
    rows: list[list[_Line]] = []
    for line in sorted(lines, key=lambda each: each.box[1] + each.box[3]):
        middle = (line.box[1] + line.box[3]) / 2
        if rows:
            last = rows[-1][-1].box
            near = _SAME_LINE * min(line.box[3] - line.box[1], last[3] - last[1])
            if middle - (last[1] + last[3]) / 2 < near:
                rows[-1].append(line)
                continue
        rows.append([line])
    return [_joined(sorted(row, key=lambda each: each.box[0])) for row in rows]


def _joined(row: Sequence[_Line]) -> _Line:
    if len(row) == 1:
        return row[0]
    words = " ".join(line.words for line in row if line.words)
    first, last = row[0], row[-1]
    return _Line(words, hull([line.box for line in row]), first.first, first.token, last.blank)


def _joint(one: _Line, other: _Line, width: float) -> str | None:
    """What stands between two lines of a cell if the second only goes on where there was no room;
    None where it begins anew."""
    free = width - (one.box[2] - one.box[0])
    if free > other.token + _PADDING:
        return None
    before, after = one.words[-1:], other.words[:1]
    if one.blank and before.isascii() and after.isascii():
        return " "
    if not before.isascii() or not after.isascii():
        return ""
    broken = free <= other.first + _PADDING and before.isdigit() and after.isdigit()
    return "" if broken else " "
