"""The one definition of a token, and the array tokenizer that must agree with it."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sousveil.search.encode import encode
from sousveil.search.terms import phrase, terms
from sousveil.search.tokenizer import MASKS, MAX_WORD, canonical, tokens

# Characters that decide something: each kind of token, each kind of separator.
TELLING = (
    "人脸监臉识別あア가กA b9٣é-_'.,:/&+@·|，。、（）\t\n\r \u3000\u200b😀𠮷\ud800Ａ９〔〕²①İςΣ་\x00"
)
telling = st.text(st.sampled_from(TELLING), max_size=40)
masked = st.lists(
    st.one_of(telling, st.sampled_from([f"〔{kind}〕" for kind in MASKS]), st.just("〔other〕")),
    max_size=5,
).map("".join)
anything = st.one_of(masked, st.text(max_size=60))


def written(text: str) -> str:
    """Tokens in one line, a break as /."""
    return " ".join(("/" if token.gap else "") + token.text for token in tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人脸识别", "人 脸 识 别"),
        ("人臉識別", "人 脸 识 别"),  # Traditional as Simplified
        ("視頻監控", "视 频 监 控"),
        ("办公、安全", "办 公 /安 全"),  # punctuation breaks
        ("办公\t安全", "办 公 /安 全"),  # so does a cell's border
        ("办公\n \n安全", "办 公 /安 全"),  # and a blank line
        ("视频监\n控", "视 频 监 控"),  # but not the end of a line
        ("名 称：\u3000张", "名 称 /张"),
        ("Face-Recognition SYSTEM", "face recognition system"),
        ("face, recognition", "face /recognition"),
        ("face - recognition", "face /recognition"),
        ("GB28181/H.265", "gb 28181 h 265"),
        ("1,000,000.50元", "1 000 000 50 元"),
        ("a,b", "a /b"),
        ("10:30", "10 30"),
        ("ＣＣＴＶ９", "cctv 9"),
        ("Vidéo-Überwachung", "video uberwachung"),
        ("всё", "все"),
        ("٢٠٢٢", "2022"),
        ("감시카메라", "감 시 카 메 라"),
        ("กล้อง", "ก ล ้ อ ง"),
        ("པོ་ལ", "པོ ལ"),
        ("50m²", "50 m"),
        ("😀", ""),
        ("", ""),
        ("《公安》", "公 安"),  # nothing before the first token is a gap
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert written(text) == expected


def test_offsets_point_into_the_text_as_given() -> None:
    text = "  《人臉》ＣＣＴＶ x"
    assert [text[t.start : t.end] for t in tokens(text)] == ["人", "臉", "ＣＣＴＶ", "x"]


@pytest.mark.parametrize("kind", MASKS)
def test_mask_tokens_are_no_words_and_part_what_stands_around_them(kind: str) -> None:
    assert written(f"公〔{kind}〕安 person〔{kind}〕phone") == "公 /安 person /phone"


def test_only_the_mask_tokens_themselves_are_hidden() -> None:
    assert written("〔someone〕 person") == "someone /person"


def test_long_words_are_compared_by_their_beginning() -> None:
    assert [t.text for t in tokens("x" * 200)] == ["x" * MAX_WORD]


@settings(deadline=None)
@given(anything)
def test_canonical_form_has_the_same_length_and_is_its_own(text: str) -> None:
    canon = canonical(text)
    assert len(canon) == len(text)
    assert canonical(canon) == canon


@settings(deadline=None)
@given(anything)
def test_tokens_stand_in_order(text: str) -> None:
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not found or not found[0].gap


@settings(deadline=None)
@given(st.lists(anything, min_size=1, max_size=6))
@example(["", ""])
@example(["a" * 70 + "b " + "c" * 64, "9" * 65])
@example(["x-1,000", "，", "\n\n\n", "人-脸"])
def test_array_tokenizer_agrees(texts: list[str]) -> None:
    assert [each.split() for each in encode(texts)] == [terms(tokens(each)) for each in texts]


def test_array_tokenizer_agrees_on_every_character() -> None:
    every = [chr(code) for code in range(0x110000) if code % 7 == 0 or code < 0x3500]
    lines = ["人".join(every[i : i + 50]) for i in range(0, len(every), 50)]
    lines += ["a" + "a".join(every[i : i + 50]) for i in range(0, 0x3500, 50)]
    assert [each.split() for each in encode(lines)] == [terms(tokens(each)) for each in lines]


def test_encoding_nothing() -> None:
    assert encode([]) == []


def test_terms_of_runs() -> None:
    assert terms(tokens("人脸，监控系统A区")) == (
        ["人", "人脸", "脸", "监", "监控", "控系", "系统", "统", "a", "区", "区"]
    )
    assert terms(tokens("a, b。人")) == ["a", "|", "b", "|", "人", "人"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人", []),
        ("人脸", [(0, "人脸")]),
        ("人脸识", [(0, "人脸"), (1, "脸识")]),
        ("人脸识别", [(0, "人脸"), (2, "识别")]),
        ("2020年", [(0, "2020"), (1, "年")]),
        ("第2期", [(0, "第"), (1, "2"), (2, "期")]),
        ("公，安", [(0, "公"), (1, "安")]),
        ("a, b", [(0, "a"), (1, "|"), (2, "b")]),
        ("a b", [(0, "a"), (1, "b")]),
    ],
)
def test_phrases(text: str, expected: list[tuple[int, str]]) -> None:
    assert phrase(tokens(text)) == expected
