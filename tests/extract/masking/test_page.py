"""Pages: title, cells and hidden characters."""

import pytest

from sousveil.extract.masking import mask_page, mask_text
from sousveil.model import Cell, ParsedPage


def page(text: str, cells: tuple[Cell, ...] = (), title: str | None = None) -> ParsedPage:
    return ParsedPage("0" * 64, 1, text, "markup", "text/html", cells=cells, title=title)


def test_title_is_masked_with_names_of_the_page() -> None:
    masked = mask_page(page("联系人：高原\n", title="高原、13800138000 的公告"))
    assert masked.title == "〔person〕、〔phone〕 的公告"


def test_cells_follow_the_text() -> None:
    text = "姓名\t单位\n王小明\t财政局\n李红\t公安局"
    cells = tuple(
        Cell(0, row, column, text.index(word), text.index(word) + len(word))
        for row, column, word in [
            (0, 0, "姓名"),
            (0, 1, "单位"),
            (1, 0, "王小明"),
            (1, 1, "财政局"),
            (2, 0, "李红"),
            (2, 1, "公安局"),
        ]
    )
    masked = mask_page(page(text, cells))
    words = [masked.text[cell.start : cell.end] for cell in masked.cells]
    assert words == ["姓名", "单位", "〔person〕", "财政局", "〔person〕", "公安局"]


def test_cells_with_lines_inside() -> None:
    text = "序号\t评审\n专家\n1\t王小明"
    cells = (
        Cell(0, 0, 0, 0, 2),
        Cell(0, 0, 1, 3, 8),
        Cell(0, 1, 0, 9, 10),
        Cell(0, 1, 1, 11, 14),
    )
    masked = mask_page(page(text, cells))
    assert "王小明" not in masked.text
    assert masked.text[masked.cells[3].start : masked.cells[3].end] == "〔person〕"


@pytest.mark.parametrize(
    "text",
    [
        "联\u200b系人：王\u200b小明",
        "联系⼈：王⼩明",
        "联系人：王\u00ad小明",
        "联 系 人：王\u3000小\u3000明",
        "聯絡人：王小明",
        "联系人\ufeff：王小明",
    ],
)
def test_hidden_and_odd_characters(text: str) -> None:
    masked = mask_text(text)
    assert masked.endswith("〔person〕")
    assert masked[0] == text[0]


@pytest.mark.parametrize(
    "text",
    [
        "电话：１３８００１３８０００",
        "电话：138\u200b00138000",
        "电话：138\u00a00013\u00a08000",
        "电话：138‑0013‑8000",
    ],
)
def test_odd_digits(text: str) -> None:
    assert mask_text(text) == "电话：〔phone〕"


def test_names_found_once_go_everywhere() -> None:
    text = (
        "联系人：褚思\n联系人：高原\n由褚思负责，高原地区的高原设备，褚思明路。联系：高原"
        "、褚思。王褚思源集团有限公司"
    )
    masked = mask_text(text)
    assert "由〔person〕负责" in masked
    assert "高原地区的高原设备" in masked
    assert "王褚思源集团有限公司" in masked
    assert "联系：〔person〕、〔person〕" in masked


def test_placeholders_and_departments_stay() -> None:
    for value in (
        "详见附件",
        "同上",
        "/",
        "无",
        "采购科",
        "招标办",
        "长宁县财政局采购办",
        "联系代表",
    ):
        assert mask_text(f"联系人：{value}\n电话：见公告") == f"联系人：{value}\n电话：见公告"


def test_rosters_beside_a_table_are_read_too() -> None:
    """A PDF page has cells where lines are ruled, and rosters set with blanks below them."""
    table = "品名\t数量\n摄像机\t12"
    text = f"{table}\n评审专家 工作单位\n王小明 财政局\n李红 公安局"
    cells = tuple(
        Cell(0, row, column, text.index(word), text.index(word) + len(word))
        for row, column, word in [(0, 0, "品名"), (0, 1, "数量"), (1, 0, "摄像机"), (1, 1, "12")]
    )
    expected = f"{table}\n评审专家 工作单位\n〔person〕 财政局\n〔person〕 公安局"
    assert mask_page(page(text, cells)).text == expected
