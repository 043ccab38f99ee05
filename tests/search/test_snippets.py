"""Snippets show where the query's words stand: exactly where the index found them."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sousveil.search import IndexRow, matches, parse_query, snippet, tokens
from sousveil.search.query import Words
from sousveil.search.scan import contains


def marked(text: str, query: str, width: int = 160) -> str:
    """The snippet with what matched in brackets, … where the text goes on."""
    found = snippet(text, parse_query(query), width=width)
    out, last = "…" if found.more_before else "", 0
    for start, end in found.spans:
        out += found.text[last:start] + "[" + found.text[start:end] + "]"
        last = end
    return out + found.text[last:] + ("…" if found.more_after else "")


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("采购人脸识别系统", "人脸", "采购[人脸]识别系统"),
        ("採購人臉識別", "人脸", "採購[人臉]識別"),
        ("采购人脸识别", "人臉識別 采购", "[采购][人脸识别]"),
        ("视频监\n控系统", "监控", "视频[监\n控]系统"),
        ("办公、安全 公安", "公安", "办公、安全 [公安]"),
        ("公安局", "公安 OR 安局", "[公安局]"),
        ("Face-Recognition", "face recognition", "[Face]-[Recognition]"),
        ("Face-Recognition", '"face recognition"', "[Face-Recognition]"),
        ("the surface facial", "fac*", "the surface [facial]"),
        ("surface face", "face", "surface [face]"),
        ("2020年 12020", "2020", "[2020]年 12020"),
        ("ＣＣＴＶ系统", "cctv", "[ＣＣＴＶ]系统"),
        ("〔person〕person", "person", "〔person〕[person]"),
        ("人脸 监控", "人脸 NOT 监控", "[人脸] 监控"),
        ("人脸 监控", "NOT (人脸 NOT 监控)", "人脸 [监控]"),
        ("甲公安局", "buyer:公安局 year:2020", "甲[公安局]"),
        ("人脸", "year:2020", "人脸"),
        ("人脸", "监控", "人脸"),
        ("", "监控", ""),
        ("aaa", "", "aaa"),
    ],
)
def test_what_is_marked(text: str, query: str, expected: str) -> None:
    assert marked(text, query) == expected


def test_the_window_with_most_of_the_words_is_shown() -> None:
    text = "监控" + "，" * 300 + "监控 人脸" + "。" * 300 + "人脸"
    assert marked(text, "监控 人脸", width=20).strip("…，。") == "[监控] [人脸]"


def test_the_earliest_of_equals_and_the_width() -> None:
    text = "。" * 100 + "人脸" + "。" * 500 + "人脸" + "。" * 100
    found = snippet(text, parse_query("人脸"), width=60)
    assert len(found.text) == 60
    assert found.start < 100 < found.start + 60
    assert found.more_before
    assert found.more_after


def test_neither_words_nor_mask_tokens_are_cut() -> None:
    text = "surveillance 〔person〕 监控 〔id_number〕 procurement"
    for width in range(1, 60):
        shown = snippet(text, parse_query("监控"), width=width).text
        assert shown.count("〔") == shown.count("〕")
        assert all(word in text.split() for word in shown.split())


def test_a_window_without_any_place_is_the_beginning() -> None:
    found = snippet("字" * 500, parse_query("监控"), width=100)
    assert (found.start, len(found.text), found.spans) == (0, 100, ())


def test_a_phrase_longer_than_the_width_is_shown_whole() -> None:
    assert marked("前" * 50 + "a b c d e f" + "后" * 50, '"a b c d e f"', width=4).count("[") == 1


pieces = st.sampled_from(
    [
        "人脸",
        "监控",
        "監控",
        "公",
        "安",
        "face",
        "recognition",
        "fac",
        "2020",
        "年",
        "1",
        "x" * 70,
        " ",
        "\n",
        "\n\n",
        "，",
        "-",
        ".",
        ",",
        "\t",
        "〔person〕",
        "😀",
        "é",
        "𠮷",
    ]
)
texts = st.lists(pieces, max_size=20).map("".join)
asked = st.lists(pieces, min_size=1, max_size=4).map("".join).map(lambda t: t + "脸"[: len(t) % 2])


@settings(deadline=None)
@given(texts, asked, st.booleans(), st.integers(1, 80))
def test_spans_are_just_what_the_scan_finds(text: str, words: str, star: bool, width: int) -> None:
    assume(tokens(words))
    query = parse_query(f'"{words}"' + "*" * star)
    assert isinstance(query.root, Words)
    sequence, prefix = tokens(query.root.text), query.root.prefix
    whole = snippet(text, query, width=len(text) + 1)
    assert bool(whole.spans) is contains(tokens(text), sequence, prefix)
    assert bool(whole.spans) is matches(query, IndexRow("n", text=text))
    for start, end in whole.spans:
        assert contains(tokens(whole.text[start:end]), sequence, prefix)
    found = snippet(text, query, width=width)
    assert found.text == text[found.start : found.start + len(found.text)]
    assert (found.start > 0) is found.more_before
    assert (found.start + len(found.text) < len(text)) is found.more_after
    assert bool(found.spans) is bool(whole.spans)
    assert all(0 <= start < end <= len(found.text) for start, end in found.spans)


def test_long_texts_with_many_places_are_quick() -> None:

    text = "监控 " * 300_000
    snippet(text, parse_query("监控 OR 控监 OR 监* OR face"))
