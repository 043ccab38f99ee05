"""The order of reading: nothing lost or doubled, columns whole, headers first, footers last."""

from hypothesis import given
from hypothesis import strategies as st

from sousveil.parse.pdf.frame import Box
from sousveil.parse.pdf.order import in_columns, reading_order

boxes = st.builds(
    lambda x, y, w, h: (x, y, x + w, y + h),
    st.floats(0, 500), st.floats(0, 800), st.floats(0, 300), st.floats(0, 40),
)  # fmt: skip


def line(y: float, left: float = 50, right: float = 500) -> Box:
    return left, y, right, y + 12


@given(st.lists(boxes, max_size=40))
def test_every_box_stands_in_it_once(found: list[Box]) -> None:
    assert sorted(reading_order(found)) == list(range(len(found)))


@given(st.lists(st.lists(boxes, min_size=1, max_size=4), max_size=30))
def test_every_piece_stands_in_a_line_once(rows: list[list[Box]]) -> None:
    pieces = [piece for found in in_columns(rows) for piece in found]
    assert sorted(pieces) == [(r, p) for r, row in enumerate(rows) for p in range(len(row))]
    assert all(len({row for row, _ in found}) == 1 for found in in_columns(rows))


@given(st.lists(st.floats(12, 60), min_size=1, max_size=30))
def test_what_goes_down_stays(steps: list[float]) -> None:
    tops = [sum(steps[:number]) for number in range(len(steps))]
    assert reading_order([line(y) for y in tops]) == list(range(len(steps)))


def test_footer_and_header_drawn_first_go_to_their_places() -> None:
    header, footer = line(20, 60, 200), line(800, 280, 300)
    body = [line(60 + 14 * number) for number in range(30)]
    assert reading_order([footer, header, *body]) == [1, *range(2, 32), 0]
    assert reading_order([header, footer, *body]) == [0, *range(2, 32), 1]
    assert reading_order([*body, header, footer]) == [30, *range(30), 31]


def test_columns_drawn_one_after_the_other_stay() -> None:
    left = [line(60 + 14 * number, 50, 280) for number in range(20)]
    right = [line(60 + 14 * number, 310, 540) for number in range(20)]
    assert reading_order([*left, *right]) == list(range(40))
    footer = line(800, 290, 300)
    assert reading_order([footer, *left, *right]) == [*range(1, 41), 0]


def test_columns_drawn_by_row_are_read_by_column() -> None:
    rows = [[line(60 + 14 * n, 50, 280), line(60 + 14 * n, 310, 540)] for n in range(8)]
    title, end = [line(30)], [line(300)]
    assert in_columns([title, *rows, end]) == [
        [(0, 0)],
        *[[(n, 0)] for n in range(1, 9)],
        *[[(n, 1)] for n in range(1, 9)],
        [(9, 0)],
    ]


def test_columns_of_short_words_are_a_table_read_by_row() -> None:
    rows = [[line(60 + 14 * n, 50, 110), line(60 + 14 * n, 310, 350 + n)] for n in range(20)]
    assert in_columns(rows) == [[(n, 0), (n, 1)] for n in range(20)]
