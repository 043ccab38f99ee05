import re
from pathlib import Path

import pytest
from benchmarks.gloss import Expected, rows
from hypothesis import given
from hypothesis import strategies as st

from sousveil.reference.gloss_places import pinyin
from sousveil.reference.gloss_terms import cut, number, terms
from sousveil.reference.glossary import gloss

TYPED = list(rows())


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("昌吉回族自治州公安局", "Changji Hui Autonomous Prefecture Public Security Bureau"),
        ("中共福州市委宣传部", "Propaganda Department, CPC Fuzhou City Committee"),
        ("花蓮縣警察局", "Hualien County Police Department"),
        ("2021年度雪亮工程视频监控维护服务（二期）",
         "2021 Sharp Eyes project video surveillance maintenance service (phase 2)"),
        ("外交部三年境外媒体监测",
         "Ministry of Foreign Affairs three-year foreign media monitoring"),
        ("陕西省公安厅", "Shaanxi Province Public Security Department"),
        ("臺東縣政府", "Taitung County Government"),
        ("人脸识别系统采购项目", "Face recognition system procurement project"),
        ("二〇二一年度视频监控项目", "2021 video surveillance project"),
        ("重新招标第3次", "Retender third time"),
        ("苏州璟科金属科技有限公司", "Suzhou Jingke Metal Technology Co., Ltd."),
        ("关于视频监控项目的更正公告", "Correction notice on video surveillance project"),
        ("碑林区公安局", "Beilin District Public Security Bureau"),
        ("长白朝鲜族自治县公安局", "Changbai Korean Autonomous County Public Security Bureau"),
    ],
)  # fmt: skip
def test_names_and_titles(chinese: str, english: str) -> None:
    assert gloss(chinese) == english


@pytest.mark.parametrize(
    ("text", "word"),
    [("西安", "Xi'an"), ("六安", "Lu'an"), ("重庆", "Chongqing"), ("厦门", "Xiamen"),
     ("喀什", "Kashgar"), ("乌鲁木齐", "Ürümqi"), ("呼和浩特", "Hohhot"), ("都匀", "Duyun"),
     ("长武", "Changwu"), ("闵行", "Minhang"), ("民乐", "Minle"), ("新竹", "Hsinchu")],
)  # fmt: skip
def test_places_go_by_the_name_in_use(text: str, word: str) -> None:
    assert gloss(f"{text}公安局") == f"{word} Public Security Bureau"


def test_a_county_that_the_table_does_not_have_keeps_the_level_it_is_given() -> None:
    assert gloss("余江县公安局") == "Yujiang County Public Security Bureau"
    assert gloss("崇文区人民法院") == "Chongwen District People's Court"
    assert (
        gloss("云南省滇岚州公安局") == "Dianlan Prefecture Public Security Bureau, Yunnan Province"
    )


def test_typed_names_and_titles_are_glossed_as_counted() -> None:
    """No fewer than were counted when the grammar was written; docs/explanation/accuracy.md."""

    def right(part: str, sort: str) -> int:
        return sum(_right(row) for row in TYPED if (row.part, row.sort) == (part, sort))

    assert right("tune", "name") >= 100
    assert right("final", "name") >= 94
    assert right("tune", "title") >= 39
    assert right("final", "title") >= 35


def _right(row: Expected) -> bool:
    return gloss(row.original) in (row.english, *row.accepted)


def test_the_table_of_names_is_whole() -> None:
    assert sum(row.sort == "name" for row in TYPED) == 200
    assert sum(row.sort == "title" for row in TYPED) == 80
    assert len({row.original for row in TYPED}) == len(TYPED)


def test_masks_stay_as_they_are() -> None:
    english = gloss("昌吉市公安局〔person〕工作室采购项目〔phone〕")
    assert english is not None
    assert english.count("〔person〕") == english.count("〔phone〕") == 1


def test_unknown_words_become_pinyin() -> None:
    assert gloss("喵") == "Miao"
    assert pinyin("绿岸") == "Lü'an"


def test_glossary_holds_no_chinese_in_english() -> None:
    assert all(not re.search("[\u3400-\u9fff]", t.english + t.before) for t in terms().values())


@pytest.mark.parametrize("section", ["bodies", "units", "words", "qualifiers", "companies"])
def test_the_glossary_is_sorted_into_the_sections_the_grammar_knows(section: str) -> None:
    text = Path("src/sousveil/reference/data/glossary.toml").read_text(encoding="utf-8")
    assert f"\n[{section}]\n" in text


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("7", 7)],
)
def test_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value


@pytest.mark.parametrize("text", ["", "Example Council", "2021-03", "Полиция"])
def test_nothing_chinese_has_no_gloss(text: str) -> None:
    assert gloss(text) is None


_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
_PIECES = st.sampled_from(
    ["市", "县", "委", "局", "公安局", "第三", "第", "期", "包", "12", "〇", "十", "（", ")",
     "关于", "的", "公告", "集团", "有限公司", "昌吉", "镇", "区", "某", "中共", " ",
     "年", "2021", "〔person〕"]
)  # fmt: skip


@given(st.lists(_HAN | _PIECES, min_size=1, max_size=30).map("".join))
def test_a_gloss_holds_no_chinese(text: str) -> None:
    english = gloss(text)
    assert english is None or not re.search("[\u4e00-\u9fa5]", english)


@given(st.lists(_HAN | _PIECES, min_size=1, max_size=30).map("".join))
def test_a_cut_makes_up_its_text(text: str) -> None:
    assert "".join(token.text for token in cut(text)) == text
