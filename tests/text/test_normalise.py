"""Normal forms and the way back to the original."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text import normalise, squash
from sousveil.text.normalise import _PLAIN, _RADICALS, _WIDE, ideographs

ODD = "a元１，　\u00a0\u200b\u0301\u0315ﾊﾞ가\u11a8\u1161ᄀ①½²㎡⻚⼈\r\n\t…\u3099か\ud800é≠\u0338"
ANY_TEXT = st.text(max_size=60) | st.text(alphabet=ODD, max_size=40)


def second_of_a_pair() -> set[str]:
    """Characters that compose with what stands before them."""
    found = {chr(c) for c in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(chr(int(parts[1], 16)))
    return found


def test_characters_taken_the_fast_way_map_one_to_one() -> None:
    plain, wide = re.compile(f"[{_PLAIN}]"), re.compile(f"[{_WIDE}]")
    composing = second_of_a_pair()
    for code in range(0x110000):
        char = chr(code)
        if plain.match(char):
            form = unicodedata.normalize("NFKC", char)
            kept = 0x2460 <= code <= 0x24FF
            assert kept or form == char, hex(code)
            assert not unicodedata.combining(char), hex(code)
            assert char not in composing, hex(code)
        elif wide.match(char) and not char.isspace():
            form = unicodedata.normalize("NFKC", char)
            assert len(form) == 1, hex(code)
            assert form not in composing, hex(code)


def test_radicals_are_radicals() -> None:
    for radical, ideograph in zip(_RADICALS[::2], _RADICALS[1::2], strict=True):
        assert unicodedata.name(radical).startswith("CJK RADICAL")
        assert unicodedata.name(ideograph).startswith("CJK UNIFIED")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("预算：１２３ 万元", "预算:123 万元"),
        ("⻚码⼈⽬", "页码人目"),
        ("名\u3000\u3000称\u00a0：", "名  称 :"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("甲\r\n乙\r丙\u2028丁\tx", "甲\n乙\n丙\n丁\tx"),
        ("①500万元", "①500万元"),
        ("100²元 1½ ⒈5", "100²元 1½ ⒈5"),
        ("㎡…№", "m2...No"),
        ("e\u0301 ﾊﾞ", "é バ"),
        ("x\x00y\x07", "x y "),
        ("\ud800", "\ufffd"),
        ("", ""),
        ("plain ascii\n", "plain ascii\n"),
    ],
)
def test_forms(raw: str, expected: str) -> None:
    assert normalise(raw).text == expected


@given(ANY_TEXT)
def test_offsets_run_with_the_text(raw: str) -> None:
    result = normalise(raw)
    offsets = list(result.offsets)
    assert len(offsets) == len(result.text) + 1
    assert offsets[-1] == len(raw)
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(raw) for offset in offsets)


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = normalise(raw).text
    again = normalise(once)
    assert again.text == once
    once.encode()


@given(st.text(alphabet="甲乙１２㎡\u200b。…a é", max_size=30), st.data())
def test_span_leads_back_to_text_of_the_same_form(raw: str, data: st.DataObject) -> None:
    result = normalise(raw)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    first, last = result.span(start, end)
    assert 0 <= first <= last <= len(raw)
    if end > start:
        assert result.text[start:end] in normalise(raw[first:last]).text


@given(ANY_TEXT, ANY_TEXT)
def test_squash_ignores_white_space(left: str, right: str) -> None:
    assert not re.search(r"\s", squash(left))
    assert squash(f"甲{left}\n乙") == squash(f"甲 {left} 乙")
    assert squash(squash(left)) == squash(left)


def test_squash_compares_widths_and_enclosed_figures() -> None:
    assert squash("（ＡＢＣ） ①") == squash("(ABC)1")


@given(st.text(st.characters(min_codepoint=0x2E00, max_codepoint=0xFB00)))
def test_ideographs_are_put_for_radicals_one_for_one(text: str) -> None:
    plain = ideographs(text)
    assert len(plain) == len(text)
    assert squash(plain) == squash(text)
    assert not set(plain) & set(_RADICALS[::2])


def test_ideographs_for_the_radicals_of_text_layers() -> None:
    assert ideographs("采购⼈：⽰例⻚ \uf98e") == "采购人：示例页 年"
