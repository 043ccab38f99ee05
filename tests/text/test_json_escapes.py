"""JSON's escapes undone, with the way back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.json_escapes import undo_escapes

words = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\b\f\r") | st.sampled_from('"\\/\n\t监😀'),
    max_size=30,
)


@given(words, st.booleans())
def test_says_what_json_says_and_leads_back(value: str, ascii_only: bool) -> None:
    written = json.dumps(value, ensure_ascii=ascii_only)[1:-1]
    undone = undo_escapes(written)
    assert undone.text == value
    assert len(undone.offsets) == len(value) + 1
    for index in range(len(value)):
        start, end = undone.span(index, index + 1)
        assert json.loads(f'"{written[start:end]}"') == value[index]
    assert undone.span(0, len(value)) == (0, len(written))


@given(st.text(alphabet='\\u0dDcnx"a监', max_size=30))
def test_anything_goes(written: str) -> None:
    undone = undo_escapes(written)
    assert len(undone.offsets) == len(undone.text) + 1
    assert list(undone.offsets) == sorted(undone.offsets)
    undone.text.encode("utf-8")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\u76d1\u63a7 plain", "监控 plain"),
        (r"\ud83d\ude00", "😀"),
        (r"half \ud83d of it", "half \ufffd of it"),
        (r"a\u0000b", "a b"),
        (r"one\r\ntwo", "one\n\ntwo"),
        (r"C:\\new", "C:\\new"),
        ("broken \\u12", "broken \\u12"),
        ("ends in \\", "ends in \\"),
    ],
)
def test_odd_ones(written: str, text: str) -> None:
    assert undo_escapes(written).text == text


def test_a_find_leads_back_to_the_slice() -> None:
    page = r'{"title": "\u5883\u5916\u793e\u4ea4\u5a92\u4f53"}'
    undone = undo_escapes(page)
    at = undone.text.index("社交")
    start, end = undone.span(at, at + 2)
    assert page[start:end] == r"\u793e\u4ea4"
