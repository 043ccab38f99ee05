"""Where the unit of an amount stands, and which amounts are no totals. All notices are invented."""

from decimal import Decimal

import pytest

from sousveil.extract.chinese import EXTRACTOR
from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.model import Document, Notice, ParsedPage, Provenance
from sousveil.parse import parse_document

AWARD = """示例市公安局视频监控项目中标公告
一、项目编号：EX-2021-17
二、项目名称：示例视频监控项目
三、中标信息
供应商名称：示例科技有限公司
{}
采购人信息
名称：示例市公安局
"""
CORRECTION = """示例市公安局视频监控项目更正公告
一、项目编号：EX-2021-17
二、项目名称：示例视频监控项目
三、更正信息
{}
采购人信息
名称：示例市公安局
"""


def read(text: str, name: str = "a.txt") -> list[Notice]:
    document = Document("0" * 64, 1, (Provenance(name),))
    pages = [
        mask_page(page)
        for page in parse_document(text.encode(), document)
        if isinstance(page, ParsedPage)
    ]
    return list(extract_notices(pages, [EXTRACTOR]))


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("中标金额（人民币，万元）：320.56", 3_205_600),
        ("中标金额（人民币/万元）：320.56", 3_205_600),
        ("成交金额（含税，万元）：320.56", 3_205_600),
        ("中标金额（￥万元）：320.56", 3_205_600),
        ("中标金额（币种：人民币，单位：万元）：320.56", 3_205_600),
        ("中标金额（以万元为单位）：320.56", 3_205_600),
        ("中标金额：（万元）320.56", 3_205_600),
        ("中标金额：万元 320.56", 3_205_600),
        ("中标金额：人民币（万元）：320.56", 3_205_600),
        ("中标金额：320.56（人民币，万元）", 3_205_600),
        ("中标金额（元）：3205600.00", 3_205_600),
        ("中标金额：3205600元（含税）", 3_205_600),
        ("中标金额：总价：3205600元", 3_205_600),
        ("中标金额：年服务费36.5万元，三年合计109.5万元", 1_095_000),
        ("中标金额：36.5万元/年", 365_000),
        ("中标金额：85元/人·天", None),
        ("中标金额：0.35元/条", None),
        ("中标金额：综合单价 1,280 元/台", None),
        ("中标金额：折扣率85%，预算金额300万元", None),
        ("中标金额：100,000美元；1,000,000元", None),
    ],
)
def test_the_unit_of_an_award(line: str, amount: int | None) -> None:
    (notice,) = read(AWARD.format(line))
    assert (notice.award.value.amount if notice.award else None) == amount
    if notice.award:
        assert notice.award.value.currency == "CNY"


def test_a_currency_in_a_bracket_is_that_of_the_amount() -> None:
    (notice,) = read(AWARD.format("中标金额（USD）：84,500"))
    assert notice.award is not None
    assert (notice.award.value.amount, notice.award.value.currency) == (Decimal(84_500), "USD")


def test_sums_in_several_currencies_are_flagged() -> None:
    (notice,) = read(AWARD.format("中标金额：100,000美元；1,000,000元"))
    assert "currencies_differ" in notice.flags


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        ("中标金额（万元）：798000.00", True),
        ("中标金额：79.8万元", False),
        ("中标金额：798元", True),
    ],
)
def test_an_award_far_off_the_budget_is_flagged(line: str, flagged: bool) -> None:
    (notice,) = read(AWARD.format(f"预算金额：80万元\n{line}"))
    assert ("award_far_off_budget" in notice.flags) is flagged


@pytest.mark.parametrize(
    "line",
    [
        "更正内容：预算金额由200万元调整为230万元。",
        "原预算金额：200万元，现变更为：230万元",
        "更正内容：预算金额为230万元。",
    ],
)
def test_the_new_amount_counts(line: str) -> None:
    (notice,) = read(CORRECTION.format(line))
    assert notice.budget is not None
    assert notice.budget.value.amount == 2_300_000


@pytest.mark.parametrize("first", ["", "<td>1</td>"])
def test_the_unit_of_a_change_stands_in_its_item(first: str) -> None:
    head = (
        f"<tr>{first and '<td>序号</td>'}<td>更正项</td><td>更正前内容</td><td>更正后内容</td></tr>"
    )
    row = f"<tr>{first}<td>预算金额（万元）</td><td>200</td><td>230</td></tr>"
    lines = CORRECTION.format("@").splitlines()
    body = "".join(
        f"<table>{head}{row}</table>" if line == "@" else f"<p>{line}</p>" for line in lines
    )
    (notice,) = read(f"<html><body>{body}</body></html>", "a.html")
    assert notice.budget is not None
    assert notice.budget.value.amount == 2_300_000


@pytest.mark.parametrize(
    "caption",
    [
        "单位：万元",
        "金额单位：人民币万元",
        "（单位：万元）",
        "单位：万元人民币",
        "采购意向表（单位：万元）",
    ],
)
def test_a_caption_gives_the_unit_of_a_table(caption: str) -> None:
    rows = [
        ("序号", "采购项目名称", "采购需求概况", "预算金额", "预计采购时间"),
        ("1", "视频监控", "建设视频监控", "1,250.00", "2022年6月"),
        ("2", "警务通", "采购警务通终端", "86", "2022年7月"),
        ("3", "执法记录仪", "采购执法记录仪", "120000元", "2022年7月"),
    ]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = "<h1>示例市公安局2022年6月政府采购意向</h1><p>示例市公安局</p>"
    notices = read(
        f"<html><body>{title}<p>{caption}</p><table>{table}</table></body></html>", "a.html"
    )
    assert [notice.budget and int(notice.budget.value.amount) for notice in notices] == [
        12_500_000, 860_000, 120_000,
    ]  # fmt: skip
