"""Bidding documents in PDF: tables that go on over a page, specifications far behind the notice."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.parse.pdf.drawing import Draw, lines, pdf_of, table

from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.model import Document, Notice, Page, ParsedPage, Provenance
from sousveil.parse import parse_document

SHARED = Path(__file__).parents[4] / "shared/data"
HEAD = ("包号", "标的名称", "采购包预算金额（万元）")
WIDTHS = (50, 180, 140)


def read(data: bytes) -> tuple[Notice, list[Page]]:
    document = Document("0" * 64, len(data), (Provenance("招标文件.pdf"),))
    pages = [mask_page(p) for p in parse_document(data, document) if isinstance(p, ParsedPage)]
    (notice,) = extract_notices(pages)
    return notice, pages


def page(number: int, *words: str, rows: Sequence[Sequence[str]] = ()) -> Draw:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 280, 30, f"第 {number} 页")
        lines(canvas, 72, 810, "示例市政府采购项目公开招标文件", "示例市政府采购中心编制")
        lines(canvas, 72, 770, *words)
        if rows:
            table(canvas, 72, 740 - 14 * len(words), WIDTHS, rows)

    return draw


COVER = page(1, "示例市公安局视频监控采购项目", "招标文件", "项目编号：SLX-2021-017")
NOTICE = (
    "第一章 招标公告",
    "一、项目基本情况",
    "项目编号：SLX-2021-017",
    "项目名称：示例市公安局视频监控采购项目",
    "采购人：示例市公安局",
    "预算金额：84.6万元",
    "二、采购包",
)


def test_lots_of_a_table_that_goes_on_over_the_page() -> None:
    first = (HEAD, ("1", "人脸抓拍摄像机", "40"), ("2", "视频平台", "30"))
    rest = (("3", "交换机", "10"), ("4", "硬盘", "4.6"))
    notice, _ = read(pdf_of(COVER, page(2, *NOTICE, rows=first), page(3, rows=rest)))
    found = [(lot.number, lot.budget.value.amount) for lot in notice.lots if lot.budget]
    assert [(number, float(amount)) for number, amount in found] == [
        ("1", 400_000), ("2", 300_000), ("3", 100_000), ("4", 46_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["第三部分 视频监控项目招标要求", "第三章 技术规格", "附件2 工程量清单"]
)
def test_specifications_far_behind_the_notice_say_what_is_bought(heading: str) -> None:
    between = [page(number, "第二章 投标人须知", "投标费用自理。") for number in range(3, 60)]
    data = pdf_of(
        COVER,
        page(2, *NOTICE),
        *between,
        page(60, heading, "人脸抓拍，十万人名单库。"),
        page(61, "支持按车牌检索。", "第四章 合同格式", "甲方乙方。"),
    )
    notice, pages = read(data)
    assert notice.buyer
    assert notice.buyer.value == "示例市公安局"
    assert notice.buyer.evidence.page == 2
    purpose = "\n".join(
        pages[s.page - 1].text[s.start : s.end] for s in notice.sections if s.role == "purpose"
    )
    assert "十万人名单库" in purpose
    assert "车牌检索" in purpose
    assert "投标费用" not in purpose
    assert "甲方乙方" not in purpose


EXPECTED = {
    "tender-extract-pdfs/examples/example.pdf": (1, 4_376_770, ()),
    "tender-extract-pdfs/examples/public-01-beijing-landscape-lighting-2024.pdf": (
        3,
        93_739_900,
        (43, 50),
    ),
    "tender-extract-pdfs/examples/public-12-shanghai-xuhui-municipal-2026.pdf": (
        4,
        100_660_000,
        (16, 21),
    ),
    "huaxin-bidgpt/招标文件.pdf": (4, None, (60, 71)),
}
"""The last page of buyer and budget, the budget in yuan, and two pages of the specification, read
by hand."""


@pytest.mark.skipif(not SHARED.is_dir(), reason="no documents at ../shared/data")
@pytest.mark.parametrize("name", EXPECTED)
def test_real_bidding_documents(name: str) -> None:
    notice, _ = read((SHARED / name).read_bytes())
    last, budget, specified = EXPECTED[name]
    assert notice.buyer
    assert notice.buyer.evidence.page <= max(last, 5)
    assert notice.project_id
    assert (notice.budget.value.amount if notice.budget else None) == budget
    if notice.budget:
        assert notice.budget.evidence.page <= max(last, 5)
    purpose = {section.page for section in notice.sections if section.role == "purpose"}
    assert purpose.issuperset(specified)
