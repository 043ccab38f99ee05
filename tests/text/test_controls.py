"""What may stand on a screen and in XML."""

from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.controls import drawable, for_xml, on_page, shown_name, visible


def test_what_steers_a_screen_is_shown() -> None:
    assert visible("a\x1b[31m\u202eb\nc") == "a\ufffd[31m\ufffdb\nc"


def test_what_is_drawn_stands_in_xml_and_steers_nothing() -> None:
    assert drawable("a\x00\u202e\ufffeb") == "a\ufffd\ufffd\ufffdb"


def test_cells_of_a_row_stand_apart_on_a_page_and_numbers_as_they_are() -> None:
    assert on_page("a\tb\u202e") == "a b\ufffd"
    assert on_page(7) == 7


@given(st.text())
def test_any_text_stands_in_xml(text: str) -> None:
    plain = for_xml(text).replace("\r", "\n")
    parsed = ElementTree.fromstring(f"<a>{escape(plain)}</a>")
    assert (parsed.text or "") == plain


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Alpha Example Ltd", "Alpha Example Ltd"),
        ("\ufeffAlpha\u202e Example\u200b Ltd\u2069", "Alpha Example Ltd"),
        ("示例\u00ad科技\u2060有限公司", "示例科技有限公司"),
    ],
)
def test_a_name_is_shown_without_what_nobody_sees(name: str, shown: str) -> None:
    assert shown_name(name) == shown
