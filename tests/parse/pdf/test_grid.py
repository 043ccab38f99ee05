"""Cells from lines: any ruled table, however its lines are drawn, and lines that are no table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.parse.pdf.effort import Effort, TooMuchDrawnError
from sousveil.parse.pdf.grid import Grid, Line, find_grid

Area = tuple[int, int, int, int]
"""top, left, bottom, right as numbers of grid lines."""


def found(horizontal: list[Line], vertical: list[Line]) -> Grid:
    return find_grid(horizontal, vertical, Effort())


@st.composite
def ruled(draw: st.DrawFn) -> tuple[list[float], list[float], set[Area]]:
    """Where lines stand, and the areas of the cells: a grid some of whose cells are merged."""
    sizes = st.lists(st.floats(8, 90), min_size=1, max_size=6)
    xs, ys = [40.0], [30.0]
    for width in draw(sizes):
        xs.append(xs[-1] + width)
    for height in draw(sizes):
        ys.append(ys[-1] + height)
    free = {(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    areas: set[Area] = set()
    while free:
        top, left = min(free)
        bottom = top + draw(st.integers(1, 3))
        right = left + draw(st.integers(1, 3))
        inside = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if not inside <= free:
            bottom, right, inside = top + 1, left + 1, {(top, left)}
        free -= inside
        areas.add((top, left, bottom, right))
    return xs, ys, areas


@given(ruled(), st.randoms(use_true_random=False), st.booleans())
def test_every_cell_is_found(
    shape: tuple[list[float], list[float], set[Area]], rng: object, pieces: bool
) -> None:
    xs, ys, areas = shape
    horizontal: list[Line] = []
    vertical: list[Line] = []
    for top, left, bottom, right in areas:
        for row in (top, bottom):
            horizontal += drawn(ys[row], xs[left], xs[right], rng, pieces)
        for column in (left, right):
            vertical += drawn(xs[column], ys[top], ys[bottom], rng, pieces)
    rng.shuffle(horizontal)  # type: ignore[attr-defined]
    rng.shuffle(vertical)  # type: ignore[attr-defined]
    grid = found(horizontal, vertical)
    cells = [cell for table in grid.tables for cell in table]
    got = sorted(
        (grid.xs[c.left], grid.ys[c.top], grid.xs[c.right], grid.ys[c.bottom]) for c in cells
    )
    expected = sorted(
        (xs[left], ys[top], xs[right], ys[bottom]) for top, left, bottom, right in areas
    )
    assert len(got) == (len(expected) if len(expected) > 1 else 0)
    for one, other in zip(got, expected, strict=False):
        assert one == pytest.approx(other, abs=1.5)


def drawn(place: float, begin: float, end: float, rng: object, pieces: bool) -> list[Line]:
    """A line as it may be drawn: a little off, in pieces, twice for the two edges it has."""
    off = rng.uniform(-0.7, 0.7)  # type: ignore[attr-defined]
    if not pieces:
        return [(place + off, begin, end)]
    cut = rng.uniform(begin, end)  # type: ignore[attr-defined]
    return [(place + off, begin - 0.5, cut), (place - off, cut - 0.2, end + 0.5)]


@given(
    st.lists(st.tuples(*[st.floats(0, 300)] * 3), max_size=40),
    st.lists(st.tuples(*[st.floats(0, 300)] * 3), max_size=40),
)
def test_any_lines_give_cells_that_do_not_begin_alike(
    horizontal: list[Line], vertical: list[Line]
) -> None:
    grid = found(
        [(p, min(a, b), max(a, b)) for p, a, b in horizontal],
        [(p, min(a, b), max(a, b)) for p, a, b in vertical],
    )
    cells = [cell for table in grid.tables for cell in table]
    corners = [(cell.top, cell.left) for cell in cells]
    assert len(set(corners)) == len(corners)
    assert all(cell.top < cell.bottom < len(grid.ys) for cell in cells)
    assert all(cell.left < cell.right < len(grid.xs) for cell in cells)
    assert all(len(table) > 1 for table in grid.tables)


def test_lines_that_enclose_nothing_are_no_table() -> None:
    assert found([(10, 0, 100), (20, 0, 100)], []).tables == ()
    assert found([(10, 0, 100), (20, 0, 100)], [(50, 0, 30)]).tables == ()


def test_two_tables_apart_are_two() -> None:
    horizontal = [(y, 0.0, 90.0) for y in (0.0, 20.0, 40.0, 100.0, 120.0, 140.0)]
    vertical = [(x, a, a + 40) for x in (0.0, 90.0) for a in (0.0, 100.0)]
    assert [len(table) for table in found(horizontal, vertical).tables] == [2, 2]


def test_cells_by_the_million_are_refused() -> None:
    many = [(4.0 * number, 0.0, 8_000.0) for number in range(2_000)]
    with pytest.raises(TooMuchDrawnError):
        found(many, many)


def test_a_hedge_of_crossing_lines_is_refused_before_it_costs_seconds() -> None:
    # Lines that cross but never close a cell: each corner would try every other.
    horizontal = [(4.0 * n, 0.0, 4_000.0) for n in range(900)]
    vertical = [(4.0 * n + 2, 4.0 * m - 3, 4.0 * m + 2) for n in range(40) for m in range(1, 900)]
    with pytest.raises(TooMuchDrawnError):
        found(horizontal, vertical)
