"""Rows of spreadsheets and CSV files as pages: one record a row, each value after its heading.

The heading row is found, not asked for: the first of the top rows that is all short words, as wide
as what follows. What stands above it (a title) heads every record. A table without one is given
whole, a few hundred rows a page, as cells between tabs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from sousveil.model import Cell, Document, ParsedPage

_SEARCHED = 15
"""Rows at the top among which the heading row is looked for."""

_LONGEST_HEADING = 120
_FEWEST = 3
_ROWS_A_PAGE = 200
_LONGEST_CELL = 100_000
MOST_ROWS = 2_000_000

_HAN = re.compile("[㐀-鿿]")
_NUMBER = re.compile(r"[-+]?[\d.,%/: -]+")

Row = Sequence[str]


def pages_of_rows(
    rows: Iterable[Row], document: Document, media_type: str, first: int, pointer: str = ""
) -> Iterator[ParsedPage]:
    """Yield the pages of one table, numbered from ``first``.

    ``pointer`` leads to the table (``/<sheet>``); a record's ends in its row from 1.
    """
    waiting = iter(rows)
    top = list(islice(waiting, _SEARCHED))
    at = _heading(top)
    everything = chain(top, waiting)
    if at is None:
        yield from _plain(everything, document, media_type, first, pointer)
        return
    headings = [_squeezed(cell) for cell in top[at]]
    above = [_squeezed(" ".join(filter(None, row))) for row in top[:at]]
    number = first
    title = "".join(f"{line}\n" for line in above if line)
    for place, row in islice(enumerate(everything, start=1), at + 1, None):
        text, cells = _as_record(title, headings, row)
        if cells:
            yield ParsedPage(
                document.sha256, number, text, "markup", media_type,
                pointer=f"{pointer}/{place}", cells=cells,
            )  # fmt: skip
            number += 1


def _as_record(title: str, headings: Sequence[str], row: Row) -> tuple[str, tuple[Cell, ...]]:
    """A line for each value with its heading before it: the cells of column 0 and 1."""
    parts, cells, position = [title], list[Cell](), len(title)
    for heading, cell in zip(headings, row, strict=False):
        value = cell[:_LONGEST_CELL].strip()
        if not heading or not value:
            continue
        mark = "：" if _HAN.search(heading) else ": "
        start = position + len(heading) + len(mark)
        line = len(cells) // 2
        cells.append(Cell(0, line, 0, position, position + len(heading)))
        cells.append(Cell(0, line, 1, start, start + len(value)))
        parts.append(f"{heading}{mark}{value}\n")
        position = start + len(value) + 1
    return "".join(parts).removesuffix("\n"), tuple(cells)


def _heading(top: Sequence[Row]) -> int | None:
    """The index of the heading row, if the table has one."""
    for at, row in enumerate(top[:-1]):
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) < _FEWEST or len(set(filled)) < len(filled) - 1:
            continue
        if any(len(cell) > _LONGEST_HEADING or _NUMBER.fullmatch(cell) for cell in filled):
            continue
        following = [cell for cell in top[at + 1] if cell.strip()]
        if len(following) * 2 >= len(filled):
            return at
    return None


def _plain(
    rows: Iterable[Row], document: Document, media_type: str, first: int, pointer: str
) -> Iterator[ParsedPage]:
    waiting = iter(rows)
    number = first
    while part := list(islice(waiting, _ROWS_A_PAGE)):
        text, cells = _as_cells(part)
        if text.strip():
            yield ParsedPage(
                document.sha256, number, text, "markup", media_type,
                pointer=f"{pointer}/{1 + (number - first) * _ROWS_A_PAGE}", cells=cells,
            )  # fmt: skip
        number += 1


def _as_cells(rows: Sequence[Row]) -> tuple[str, tuple[Cell, ...]]:
    lines: list[str] = []
    cells: list[Cell] = []
    position = 0
    for at, row in enumerate(rows):
        values = [_squeezed(cell[:_LONGEST_CELL]) for cell in row]
        start = position
        for column, value in enumerate(values):
            if value:
                cells.append(Cell(0, at, column, start, start + len(value)))
            start += len(value) + 1
        line = "\t".join(values)
        lines.append(line)
        position += len(line) + 1
    return "\n".join(lines), tuple(cells)


def _squeezed(cell: str) -> str:
    return " ".join(cell.split())
