from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from sousveil.report.record.passages import Passage, Piece, Span, passages, pieces, windows

TEXT = st.text(alphabet="甲乙a \t\n<", max_size=200)


@st.composite
def text_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXT)
    places = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(places, places), max_size=8))
    return text, [Span(n, min(pair), max(pair)) for n, pair in enumerate(ends)]


def flat(found: tuple[Passage, ...]) -> list[Piece]:
    return [p for a in found for b in a.blocks for row in b.rows for cell in row for p in cell]


def test_overlapping_spans_are_known_where_they_overlap() -> None:
    found = list(pieces("abcdef", [Span(1, 0, 4), Span(2, 2, 6), Span(3, 3, 4)], 0, 6, set()))
    assert [(p.text, p.ids) for p in found] == [
        ("ab", (1,)),
        ("c", (1, 2)),
        ("d", (3, 1, 2)),
        ("ef", (2,)),
    ]
    assert [p.begins for p in found] == [(1,), (2,), (3,), ()]


@given(text_and_spans())
def test_nothing_of_a_text_is_lost_and_each_character_knows_its_spans(
    given: tuple[str, list[Span]],
) -> None:
    text, spans = given
    found = passages(text, spans, [(0, len(text))])
    lines = [
        "\t".join("".join(p.text for p in cell) for cell in row)
        for block in found[0].blocks
        for row in block.rows
    ]
    assert "\n".join(lines) == text
    at, seen = 0, []
    for piece in flat(found):
        at = text.index(piece.text[0], at) if piece.text else at
        while text[at] in "\t\n":
            at += 1
        for offset in range(len(piece.text)):
            assert set(piece.ids) == {s.id for s in spans if s.start <= at + offset < s.end}
        at += len(piece.text)
        seen += piece.begins
    told = {p for piece in flat(found) for p in piece.ids}
    assert sorted(seen) == sorted(told), "each span that is shown begins once"


@given(text_and_spans(), st.integers(1, 60), st.integers(0, 200))
@example(("\n<<<", []), 1, 2)  # the only border of a line stands before the beginning
def test_parts_shown_are_in_order_apart_and_no_more_than_allowed(
    given: tuple[str, list[Span]], most: int, start: int
) -> None:
    text, spans = given
    shown = windows(text, spans, most, min(start, len(text)))
    assert sum(last - first for first, last in shown) <= max(most, 0)
    for (_, last), (first, _) in pairwise(shown):
        assert last < first
    assert all(0 <= first <= last <= len(text) for first, last in shown)


def test_a_long_page_is_shown_around_its_words() -> None:
    text = "\n".join(f"line {number}" for number in range(5_000))
    at = text.index("line 2500")
    shown = windows(text, [Span(0, at, at + 9)], 2_000)
    ((first, last),) = shown
    assert first <= at < at + 9 <= last
    assert last - first <= 2_000
    assert text[first - 1] == "\n"


def test_reading_on_begins_where_it_was_left() -> None:
    text = "x" * 5_000
    assert windows(text, [Span(0, 1, 2)], 1_000, start=3_000) == ((3_000, 4_000),)
    assert windows(text, [], 1_000, start=4_500) == ((4_500, 5_000),)


def test_rows_of_a_table_are_told_from_lines() -> None:
    (passage,) = passages("head\na\tb\nc\td\nfoot", [], [(0, 18)])
    assert [(block.kind, len(block.rows)) for block in passage.blocks] == [
        ("lines", 1),
        ("table", 2),
        ("lines", 1),
    ]
    assert len(passage.blocks[1].rows[0]) == 2
