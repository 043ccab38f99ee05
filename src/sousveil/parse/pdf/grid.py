"""From lines to the cells and tables they bound.

The rules are those of pdfplumber's "lines" strategy (MIT; github.com/jsvine/pdfplumber, table.py),
after Anssi Nurminen's master's thesis: lines near each other are one; where two cross is a corner;
a cell is the smallest rectangle below and right of a corner whose four sides are drawn; cells that
share a corner are a table. Coordinates are points from the upper left of the page as it is read.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.parse.pdf.effort import Effort, TooMuchDrawnError

Line: TypeAlias = tuple[float, float, float]
"""Where a line stands (y of a horizontal, x of a vertical one), where it begins and ends."""

NEAR = 3.0
"""Points within which lines are one, or meet."""

_SHORTEST = 3.0
_MOST_CORNERS = 1_000_000
"""Pairs of a horizontal and a vertical line that are compared."""


class GridCell(msgspec.Struct, frozen=True):
    """A cell: row and column in its table, from 0, and the lines of the page it lies between."""

    row: int
    column: int
    top: int
    bottom: int
    left: int
    right: int


class Grid(msgspec.Struct, frozen=True):
    """The cells of a page by table, and where the lines between them stand."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    tables: tuple[tuple[GridCell, ...], ...]


_Area: TypeAlias = tuple[int, int, int, int]
"""top, left, bottom, right of a cell as numbers of lines."""


def find_grid(horizontal: Iterable[Line], vertical: Iterable[Line], effort: Effort) -> Grid:
    """The tables of two cells or more that lines bound. Raises TooMuchDrawnError."""
    across, down = _merged(horizontal), _merged(vertical)
    if len(across) < 2 or len(down) < 2:
        return Grid((), (), ())
    if len(across) * len(down) > _MOST_CORNERS:
        raise TooMuchDrawnError
    effort.spend(len(across) * len(down) // 50)
    ys, xs = sorted({y for y, _, _ in across}), sorted({x for x, _, _ in down})
    corners = _corners(across, down, ys, xs)
    areas = list(_cells(corners, effort))
    tables = sorted(_tables(areas), key=lambda table: table[0])
    return Grid(tuple(xs), tuple(ys), tuple(_numbered(t) for t in tables if len(t) > 1))


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Lines near each other moved onto one another and joined; without what stays short."""
    ordered = sorted(lines)
    groups: list[list[Line]] = []
    for line in ordered:
        if groups and line[0] - groups[-1][-1][0] <= NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    merged: list[Line] = []
    for group in groups:
        place = sum(line[0] for line in group) / len(group)
        spans = sorted((begin, end) for _, begin, end in group)
        start, stop = spans[0]
        for begin, end in spans[1:]:
            if begin > stop + NEAR:
                merged.append((place, start, stop))
                start, stop = begin, end
            else:
                stop = max(stop, end)
        merged.append((place, start, stop))
    return [line for line in merged if line[2] - line[1] >= _SHORTEST]


class _Corners(msgspec.Struct):
    """Which lines cross where: numbers of lines by (row, column), -1 where none cross, and for each
    line the rows or columns of its corners in order."""

    across: npt.NDArray[np.int32]
    down: npt.NDArray[np.int32]
    along: dict[int, list[int]]
    below: dict[int, list[int]]


def _corners(
    across: Sequence[Line], down: Sequence[Line], ys: Sequence[float], xs: Sequence[float]
) -> _Corners:
    rows = {y: index for index, y in enumerate(ys)}
    columns = {x: index for index, x in enumerate(xs)}
    h, v = np.array(across), np.array(down)
    meet = (
        (v[None, :, 1] <= h[:, None, 0] + NEAR)
        & (v[None, :, 2] >= h[:, None, 0] - NEAR)
        & (h[:, None, 1] <= v[None, :, 0] + NEAR)
        & (h[:, None, 2] >= v[None, :, 0] - NEAR)
    )
    shape = (len(ys), len(xs))
    of_across = np.full(shape, -1, np.int32)
    of_down = np.full(shape, -1, np.int32)
    along: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for one, other in zip(*(found.tolist() for found in np.nonzero(meet)), strict=True):
        row, column = rows[across[one][0]], columns[down[other][0]]
        if of_across[row, column] >= 0:  # two pieces of a line end at the same corner
            continue
        of_across[row, column], of_down[row, column] = one, other
        along[one].append(column)
        below[other].append(row)
    for places in (*along.values(), *below.values()):
        places.sort()
    return _Corners(of_across, of_down, along, below)


def _cells(corners: _Corners, effort: Effort) -> Iterator[_Area]:
    """For each corner the smallest rectangle below and right of it whose sides are all drawn."""
    across, down = corners.across.tolist(), corners.down.tolist()
    for row, (lines, others) in enumerate(zip(across, down, strict=True)):
        for column, (line, other) in enumerate(zip(lines, others, strict=True)):
            if line < 0:
                continue
            right = corners.along[line]
            right = right[bisect_right(right, column) :]
            below = corners.below[other]
            below = below[bisect_right(below, row) :]
            effort.spend(1 + len(right) // 8 + len(below) // 8)
            area = _smallest(across, down, (row, column), below, right, effort)
            if area is not None:
                yield area


def _smallest(
    across: list[list[int]],
    down: list[list[int]],
    corner: tuple[int, int],
    below: list[int],
    right: list[int],
    effort: Effort,
) -> _Area | None:
    row, column = corner
    for bottom in below:
        side = across[bottom][column]
        for end in right:
            if across[bottom][end] == side and down[bottom][end] == down[row][end]:
                return row, column, bottom, end
        effort.spend(len(right))
    return None


def _tables(areas: Sequence[_Area]) -> list[list[_Area]]:
    """Cells that share corners, together."""
    parents = list(range(len(areas)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    at: dict[tuple[int, int], int] = {}
    for number, (top, left, bottom, right) in enumerate(areas):
        for corner in ((top, left), (top, right), (bottom, left), (bottom, right)):
            other = at.setdefault(corner, number)
            if other != number:
                parents[root(number)] = root(other)
    tables: dict[int, list[_Area]] = defaultdict(list)
    for number, area in enumerate(areas):
        tables[root(number)].append(area)
    return [sorted(table) for table in tables.values()]


def _numbered(areas: Sequence[_Area]) -> tuple[GridCell, ...]:
    rows = {top: number for number, top in enumerate(sorted({area[0] for area in areas}))}
    columns = {left: number for number, left in enumerate(sorted({area[1] for area in areas}))}
    return tuple(
        GridCell(rows[top], columns[left], top, bottom, left, right)
        for top, left, bottom, right in areas
    )
