from hypothesis import given
from hypothesis import strategies as st

from sousveil.extract.masking import mask_page
from sousveil.extract.masking.spans import replace
from sousveil.model import Box, MaskedSpan, ParsedPage, RecognisedLine
from sousveil.model.document import MaskKind
from sousveil.report.record.places import as_parsed, boxes_of, places, rects

TEXT = "项目联系人：张三丰\n采购人：示例市公安局"


def page(boxes: tuple[Box, ...] = (), text: str = TEXT) -> ParsedPage:
    return ParsedPage("0" * 64, 1, text, "text_layer", "application/pdf", boxes=boxes)


def box(start: int, end: int, top: int) -> Box:
    return Box(start, end, 1_000, top, 9_000, top + 200)


BOXES = (box(0, 9, 1_000), box(10, 20, 2_000))


def masked_of(found: ParsedPage) -> tuple[MaskedSpan, ...]:
    return mask_page(found).masked


def test_a_line_with_a_person_is_black_as_a_whole() -> None:
    found = places(page(BOXES), masked_of(page(BOXES)))
    assert found.black == (BOXES[0],)
    assert found.seen == (BOXES[1],)
    assert found.known


def test_a_person_without_a_box_is_at_no_known_place() -> None:
    for boxes in ((), BOXES[1:], (box(0, 8, 1_000), BOXES[1])):
        assert not places(page(boxes), masked_of(page(boxes))).known


def test_a_page_without_persons_needs_no_boxes() -> None:
    found = places(page(text="采购人：示例市公安局"), ())
    assert (found.known, found.black) == (True, ())


def test_a_name_over_two_lines_makes_both_black() -> None:
    boxes = (box(0, 7, 1_000), box(7, 9, 1_500), BOXES[1])
    found = places(page(boxes), masked_of(page(boxes)))
    assert found.black == boxes[:2]


def test_lines_askew_have_the_box_around_them() -> None:
    line = RecognisedLine(0, 5, 0.9, (100, 120, 900, 100, 910, 180, 110, 200))
    assert boxes_of(ParsedPage("0" * 64, 1, TEXT, "ocr", "image/png", recognised=(line,))) == (
        Box(0, 5, 100, 100, 910, 200),
    )


@st.composite
def replaced(draw: st.DrawFn) -> tuple[str, str, tuple[MaskedSpan, ...]]:
    text = draw(st.text(alphabet="甲乙丙丁 \n", max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kind: MaskKind = "person"
    found = [(kind, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    masked, spans = replace(text, found)
    return text, masked, spans


@given(replaced(), st.data())
def test_spans_lead_back_to_the_text_that_was_parsed(
    given: tuple[str, str, tuple[MaskedSpan, ...]], data: st.DataObject
) -> None:
    text, masked, spans = given
    start = data.draw(st.integers(0, len(masked)))
    end = data.draw(st.integers(start, len(masked)))
    first, last = as_parsed(spans, start, end)
    touched = [s for s in spans if s.start < end and s.end > start]
    assert first >= 0
    assert last <= len(text)
    if not touched and start < end:
        assert text[first:last] == masked[start:end]
    for span in touched:
        assert first <= span.parsed_start
        assert last >= span.parsed_end


def test_words_are_placed_within_their_line_by_width() -> None:
    found = page((Box(0, 8, 0, 0, 8_000, 200),), "AB采购人CD示")
    (rect,) = rects(found, (), [(7, 2, 5)])
    # Widths: A B 1 each, 采 购 人 2 each, C D 1 each, 示 2: twelve parts of the line.
    assert (rect.id, rect.left, rect.right) == (7, 1_333, 5_333)


def test_words_in_a_cell_of_several_lines_have_its_whole_box() -> None:
    found = page((Box(0, 7, 100, 0, 8_100, 200),), "AB\n采购人C")
    (rect,) = rects(found, (), [(0, 3, 5)])
    assert (rect.left, rect.right) == (100, 8_100)


def test_words_over_two_lines_have_two_rectangles() -> None:
    found = page(BOXES)
    assert [r.top for r in rects(found, (), [(0, 5, 14)])] == [1_000, 2_000]
