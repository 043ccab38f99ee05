"""Whatever the text: no failure, quotes equal their spans, time grows with length alone."""

import random
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.extract.chinese import EXTRACTOR
from sousveil.extract.registry import extract_notices
from sousveil.model import Field, Notice, Page

FIXTURES = Path(__file__).parent / "fixtures"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.txt"))]
LINES = sorted({line for text in TEXTS for line in text.splitlines() if line.strip()})


def page(text: str, obtained: str = "plain", number: int = 1) -> Page:
    return Page("f" * 64, number, text, obtained, "text/plain")  # type: ignore[arg-type]


def check(pages: list[Page], notices: list[Notice]) -> None:
    texts = {p.number: p.text for p in pages}
    for notice in notices:
        for name in notice.__struct_fields__:
            value = getattr(notice, name)
            for field in value if isinstance(value, tuple) else (value,):
                if isinstance(field, Field):
                    evidence = field.evidence
                    text = texts[evidence.page]
                    assert text[evidence.start : evidence.end] == evidence.quote == field.raw or (
                        text[evidence.start : evidence.end] == evidence.quote
                    )
        for section in notice.sections:
            assert 0 <= section.start < section.end <= len(texts[section.page])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40), st.sampled_from(["plain", "text_layer"]))
def test_lines_of_notices_in_any_order(lines: list[str], obtained: str) -> None:
    pages = [page("\n".join(lines[:20]), obtained), page("\n".join(lines[20:]), obtained, 2)]
    check(pages, list(EXTRACTOR.extract(pages)))


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.sampled_from(
            "采购人项目编号名称：:（）()\t\n 一二、.0123万元〔person〕中标成交金额\u200b"
        ),
        max_size=200,
    )
)
def test_scraps_of_labels(text: str) -> None:
    pages = [page("采购公告\n" + text)]
    check(pages, list(EXTRACTOR.extract(pages)))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEXTS) - 1), st.randoms(use_true_random=False))
def test_zero_width_characters_change_nothing(index: int, source: random.Random) -> None:
    clean = page(TEXTS[index])
    ghosts = page("".join(c + "\u200b" * (source.random() < 0.05) for c in TEXTS[index]))
    before, after = list(extract_notices([clean])), list(extract_notices([ghosts]))
    check([ghosts], after)
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        for name in ("project_id", "budget", "award", "bid_deadline", "buyer"):
            first, second = getattr(one, name), getattr(other, name)
            assert (first and first.value) == (second and second.value)


def test_the_currency_is_quoted_where_zero_width_characters_part_its_amount() -> None:
    text = (
        "某县公安局视频监控项目采购公告\n一、项目编号：A-2026-1\n二、项目名称：视频监控\n"
        "预算金额：1\u200b2\u200b0\u200b0\u200b0\u200b0元"
    )
    (notice,) = extract_notices([page(text)])
    assert notice.currency is not None
    assert notice.currency.evidence.quote == "元"


def seconds(text: str) -> float:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        list(EXTRACTOR.extract([page(text)]))
        best = min(best, time.process_time() - start)
    return best


def test_time_grows_with_length() -> None:
    hostile = [
        "采购公告\n" + "项目编号：A" * 20000,
        "采购公告\n" + "（" * 100000,
        "采购公告\n" + "序号\n名称\n金额\n" * 8000,
        "采购公告\n" + "一、" * 50000,
        "采购公告\n" + "第一包预算" * 20000,
        "采购公告\n" + "受" * 100000,
        "采购公告\n" + "本项目" * 30000,
        "采购公告\n" + "2023年1月1日" * 10000,
        "采购公告\n" + "\t" * 100000,
        "采购公告\n" + "标项名称：甲\n" * 10000,
        "采购公告\n" + "供应商名称：甲乙丙丁公司\n中标金额：1元\n" * 5000,
        "更正公告\n" + "更正为" * 30000,
    ]
    for text in hostile:
        assert seconds(text) < 4, text[:30]


def test_traditional_script_with_the_labels_of_the_mainland() -> None:
    text = (
        "示例市採購公告\n項目編號：EX-2020-1\n項目名稱：示例項目\n"
        "採購人：臺北市政府警察局\n預算金額：新臺幣1,000,000元\n"
    )
    (notice,) = extract_notices([page(text)])
    assert notice.buyer is not None
    assert notice.buyer.value == "臺北市政府警察局"
    assert notice.currency is not None
    assert notice.currency.value == "TWD"
