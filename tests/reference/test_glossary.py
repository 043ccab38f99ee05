import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.reference.glossary import gloss


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("昌吉回族自治州公安局", "Changji Prefecture Public Security Bureau"),
        ("中共福州市委宣传部", "CPC Fuzhou City Party Committee Propaganda Department"),
        ("花蓮縣警察局", "Hualien County Police Department"),
        ("2021年度雪亮工程视频监控维护服务（二期）",
         "2021 Sharp Eyes project video surveillance maintenance service (phase 2)"),
        ("外交部三年境外媒体监测",
         "Ministry of Foreign Affairs three-year foreign media monitoring"),
        ("陕西省公安厅", "Shaanxi Public Security Department"),
        ("内蒙古自治区公安厅", "Inner Mongolia Public Security Department"),
        ("臺東縣政府", "Taitung County Government"),
        ("人脸识别系统采购项目", "Face recognition system procurement project"),
    ],
)  # fmt: skip
def test_names_and_titles(chinese: str, english: str) -> None:
    assert gloss(chinese) == english


def test_unknown_words_become_pinyin() -> None:
    assert gloss("喵") == "Miao"


@pytest.mark.parametrize("text", ["", "Example Council", "2021-03", "Полиция"])
def test_nothing_chinese_has_no_gloss(text: str) -> None:
    assert gloss(text) is None


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_a_gloss_holds_no_chinese(text: str) -> None:
    english = gloss(text)
    assert english is not None
    assert not [ch for ch in english if "\u4e00" <= ch <= "\u9fff"]
