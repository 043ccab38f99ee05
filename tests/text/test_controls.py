"""What may stand on a screen and in XML."""

from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.controls import for_xml, visible


def test_what_steers_a_screen_is_shown() -> None:
    assert visible("a\x1b[31m\u202eb\nc") == "a\ufffd[31m\ufffdb\nc"


@given(st.text())
def test_any_text_stands_in_xml(text: str) -> None:
    plain = for_xml(text).replace("\r", "\n")
    parsed = ElementTree.fromstring(f"<a>{escape(plain)}</a>")
    assert (parsed.text or "") == plain
