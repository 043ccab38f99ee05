"""Names that a file declares to be persons', in the shapes that sources and file names have."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.extract.masking.declared import Declared

NAMES = [
    "Ann Example",
    "Bob O'Sample",
    "王小明",
    "欧阳雪",
    "José María López Pérez",
    "阿不都·买买提",
]
BODIES = ["Example Holding plc", "示例集团有限公司"]
DECLARED = Declared(NAMES, BODIES)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Example's declaration",
        "EXAMPLE, Ann",
        "Ann M. Example",
        "A. Example",
        "https://example.org/officers/ann-example/appointments",
        "https://example.org/officers/example_ann?page=2",
        "https://example.org/officers/Ann%20Example",
        "https://example.org/officers/Ann%2520Example",
        "https://example.org/officers/annexample2020",
        "https://annexample.example.org/",
        "AnnExample-holdings",
        "ann.example.shares",
        "the shares of Ann",
        "Ａｎｎ Ｅｘａｍｐｌｅ",
        "A\u200bnn Exa\u00admple",
        "Аnn Ехаmple",  # Cyrillic А, Е, х, а
        "bob-osample",
        "bob-o-sample",
        "Bob O’Sample",
        "jose-maria-lopez-perez",
        "López Pérez, José María",
        "Jose Lopez",
    ],
)
def test_no_form_of_a_latin_name_is_left(text: str) -> None:
    masked = DECLARED.mask(text)
    assert "〔person〕" in masked
    for word in ("ann", "osample", "lop", "lóp", "jos", "Ａｎｎ"):
        assert word not in masked.lower().replace("〔person〕", "").replace("annual", "")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("王小明股权声明", "〔person〕股权声明"),
        ("王 小 明 的声明", "〔person〕 的声明"),
        ("歐陽雪2020年披露", "〔person〕2020年披露"),
        ("https://example.org/wang-xiaoming", "https://example.org/〔person〕"),
        ("https://example.org/wang-xiao-ming.html", "https://example.org/〔person〕.html"),
        ("https://example.org/xiaoming_wang", "https://example.org/〔person〕"),
        ("wangxiaoming", "〔person〕"),
        ("https://example.org/ouyang-xue", "https://example.org/〔person〕"),
        (f"https://example.org/{quote('王小明')}/x", "https://example.org/〔person〕/x"),
        ("&#29579;&#23567;&#26126;", "〔person〕"),
        ("阿不都买买提", "〔person〕"),
    ],
)
def test_no_form_of_a_chinese_name_is_left(text: str, masked: str) -> None:
    assert DECLARED.mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Example Holding plc, annual report 2020 p. 12",
        "https://example.org/alpha?q=a%20b",
        "Companies House, 2 March 2021",
        "国家企业信用信息公示系统",
        "〔person〕's filing",
    ],
)
def test_words_that_name_nobody_stay(text: str) -> None:
    assert DECLARED.mask(text) == text


@pytest.mark.parametrize(
    "text", ["ivanov-ivan", "https://example.org/ivan_ivanov", "Ivanov Ivan Petrovich", "ИВАНОВ И."]
)
def test_cyrillic_names_are_found_in_latin_letters(text: str) -> None:
    assert (
        Declared(["Иванов Иван Петрович"])
        .mask(text)
        .endswith("〔person〕" + "." * text.endswith("."))
    )


def test_several_names_of_a_cell_are_each_declared() -> None:
    declared = Declared(
        ["王五、李四光", "赵六等3名自然人", "Ann Example; Bob Sample", "Cid Third, Dan Fourth"]
    )
    for name in ("王五", "李四光", "赵六", "ann-example", "bob-sample", "cid-third", "dan-fourth"):
        assert declared.mask(f"https://example.org/{name}") == "https://example.org/〔person〕"


WORDS = st.text("abcdeghijklmnopqrstuvwxyz", min_size=3, max_size=9)
SHAPES = st.sampled_from(
    [
        "{0} {1}",
        "{1}, {0}",
        "{0}-{1}",
        "{1}_{0}",
        "{0}{1}",
        "{1}{0}",
        "{0}%20{1}",
        "{0}+{1}",
        "{0}/{1}",
    ]
)


@given(WORDS, WORDS, SHAPES, st.booleans(), st.sampled_from(["", "https://x.example/", "Filing "]))
def test_any_name_in_any_shape(one: str, two: str, shape: str, capital: bool, before: str) -> None:
    first, last = (one.title(), two.title()) if capital else (one, two)
    text = before + shape.format(first, last)
    masked = Declared([f"{one.title()} {two.title()}"]).mask(text)
    assert masked.endswith("〔person〕")
    assert masked.startswith(before.strip() if before.endswith("/") else "")


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_is_masked_once(text: str, names: list[str]) -> None:
    declared = Declared(names)
    masked = declared.mask(text)
    assert declared.mask(masked) == masked
