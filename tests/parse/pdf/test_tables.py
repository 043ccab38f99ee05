"""Tables on pages: cells with their text, merged, turned and continued; boxes; no text lost."""

import ctypes
import io
from collections import Counter
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from tests.parse.pdf.drawing import Draw, lines, pdf_of, table, upright

from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import RecordProblem, parse_document
from sousveil.parse.characters import printable
from sousveil.parse.garbled import is_garbled
from sousveil.parse.pdf.symbols import PRIVATE, UNREADABLE, symbol
from sousveil.text.normalise import ideographs

SHARED = Path(__file__).parents[4] / "shared/data"
HEAD = ("序号", "采购标的", "数量", "预算金额（万元）")
ROWS = (
    HEAD,
    ("1", "人脸抓拍摄像机", "120", "84.6"),
    ("2", "视频监控平台\n升级服务", "1", "30"),
    ("合计", None, None, "114.6"),
)
WIDTHS = (50, 110, 60, 120)


def pages(data: bytes) -> list[ParsedPage]:
    document = Document("0" * 64, len(data), (Provenance("a.pdf"),))
    found = list(parse_document(data, document))
    assert all(isinstance(page, ParsedPage) for page in found)
    return found  # type: ignore[return-value]


def rows(page: ParsedPage) -> list[list[tuple[int, str]]]:
    """Cells as rows of (column, text)."""
    found: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for cell in page.cells:
        row = found.setdefault((cell.table, cell.row), [])
        row.append((cell.column, page.text[cell.start : cell.end]))
    return [found[key] for key in sorted(found)]


def squeezed(text: str) -> "Counter[str]":
    return Counter("".join(text.split()))


def notice(canvas: Canvas) -> None:
    lines(canvas, 72, 780, "示例县公安局采购公告", "采购人：示例县公安局")
    end = table(canvas, 72, 730, WIDTHS, ROWS)
    lines(canvas, 72, end - 30, "二〇二一年三月")


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_cells_whichever_way_the_page_and_its_text_are_turned(rotate: int, turned: int) -> None:
    def draw(canvas: Canvas) -> None:
        upright(canvas, turned)
        notice(canvas)

    data = pdf_of(draw, rotate=turned)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.pages[0].rotate(rotate - turned)
    out = io.BytesIO()
    writer.write(out)
    (page,) = pages(out.getvalue())
    assert page.text.split("\n") == [
        "示例县公安局采购公告",
        "采购人：示例县公安局",
        "序号\t采购标的\t数量\t预算金额（万元）",
        "1\t人脸抓拍摄像机\t120\t84.6",
        "2\t视频监控平台 升级服务\t1\t30",
        "合计\t114.6",
        "二〇二一年三月",
    ]
    assert rows(page)[3] == [(0, "合计"), (3, "114.6")]
    assert [(cell.row, cell.column) for cell in page.cells[:5]] == [
        (0, 0), (0, 1), (0, 2), (0, 3), (1, 0),
    ]  # fmt: skip


def test_lines_that_are_filled_boxes_bound_cells_too() -> None:
    (page,) = pages(pdf_of(lambda canvas: _end(table(canvas, 72, 730, WIDTHS, ROWS, fill=True))))
    assert len(page.cells) == 14


def _end(_: float) -> None:
    return None


def test_a_value_broken_at_the_edge_of_its_cell_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        words = (("采购人", "示例市公安局交通警\n察支队"), ("电话", "0100-1234567\n891"))
        table(canvas, 72, 730, (60, 98), words)
        table(canvas, 72, 600, (60, 70), (("电话", "0100-1234567\n891"), ("项", "一\n二")))

    (page,) = pages(pdf_of(draw))
    assert rows(page) == [
        [(0, "采购人"), (1, "示例市公安局交通警察支队")],
        [(0, "电话"), (1, "0100-1234567 891")],
        [(0, "电话"), (1, "0100-1234567891")],
        [(0, "项"), (1, "一 二")],
    ]


def test_a_cell_of_labelled_lines_keeps_them() -> None:
    def draw(canvas: Canvas) -> None:
        words = (("联系方式", "联系人：王某\n电话：0100-123\n地址：示例路1号"), ("备注", "无"))
        table(canvas, 72, 730, (60, 200), words)

    (page,) = pages(pdf_of(draw))
    assert page.text == "联系方式\t联系人：王某\n电话：0100-123\n地址：示例路1号\n备注\t无"


def test_rows_merged_downwards_stand_in_their_first() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(72, 660, 60, 60)
        lines(canvas, 76, 690, "甲包")
        for index, words in enumerate(("摄像机", "服务器", "交换机")):
            canvas.rect(132, 700 - 20 * index, 100, 20)
            lines(canvas, 136, 706 - 20 * index, words)

    (page,) = pages(pdf_of(draw))
    assert rows(page) == [[(0, "甲包"), (1, "摄像机")], [(1, "服务器")], [(1, "交换机")]]


def test_a_table_goes_on_over_the_page() -> None:
    def second(canvas: Canvas) -> None:
        table(canvas, 72, 780, WIDTHS, (("3", "交换机", "4", "2"), ("4", "硬盘", "8", "1")))

    first, other = pages(pdf_of(notice, second))
    assert rows(first)[0] == list(enumerate(HEAD))
    assert rows(other) == [
        [(0, "3"), (1, "交换机"), (2, "4"), (3, "2")],
        [(0, "4"), (1, "硬盘"), (2, "8"), (3, "1")],
    ]


def test_a_page_frame_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(30, 30, 500, 780)
        canvas.line(30, 780, 530, 780)
        lines(canvas, 72, 700, "采购公告", "采购人：示例县公安局")

    (page,) = pages(pdf_of(draw))
    assert page.text == "采购公告\n采购人：示例县公安局"
    assert page.cells == ()


def test_two_columns_drawn_by_row_are_read_by_column() -> None:
    left = [f"第{number}行左边的文字写得很长很长直到栏边" for number in "一二三四五六七"]
    right = [f"第{number}行右边的文字写得很长很长直到栏边" for number in "一二三四五六七"]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 200, 800, "示例文件")
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            lines(canvas, 60, 760 - 14 * index, one)
            lines(canvas, 320, 760 - 14 * index, other)
        lines(canvas, 60, 600, "以下各行横贯整页")

    (page,) = pages(pdf_of(draw))
    assert page.text.split("\n") == ["示例文件", *left, *right, "以下各行横贯整页"]


def test_a_footer_drawn_first_is_read_last() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 280, 30, "第 3 页")
        lines(canvas, 72, 810, "招标文件")
        notice(canvas)

    (page,) = pages(pdf_of(draw))
    assert page.text.split("\n")[0] == "招标文件"
    assert page.text.split("\n")[-1] == "第 3 页"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_are_where_the_words_are_shown(rotate: int) -> None:
    def draw(canvas: Canvas) -> None:
        upright(canvas, rotate)
        lines(canvas, 100, 300, "采购人")
        table(canvas, 100, 200, (60, 80), (("项", "目"), ("甲", "乙")))

    width, height = A4
    (page,) = pages(pdf_of(draw, rotate=rotate))
    words = {page.text[box.start : box.end]: box for box in page.boxes}
    assert list(words) == ["采购人", "项", "目", "甲", "乙"]
    box = words["采购人"]
    assert box.left == pytest.approx(100 / width * 10_000, abs=40)
    assert box.right == pytest.approx(130 / width * 10_000, abs=40)
    assert box.top < (height - 300) / height * 10_000 < box.bottom + 60
    assert box.bottom - box.top < 20 / height * 10_000
    assert words["项"].right < words["目"].left
    assert words["项"].bottom <= words["甲"].top + 40


@pytest.mark.parametrize("more", [90, 180, 270])
def test_boxes_of_text_that_is_shown_turned(more: int) -> None:
    data = pdf_of(lambda canvas: lines(canvas, 100, 700, "采购人"))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.pages[0].rotate(more)
    out = io.BytesIO()
    writer.write(out)
    ((box,),) = (page.boxes for page in pages(data))
    ((turned,),) = (page.boxes for page in pages(out.getvalue()))
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    for _ in range(more // 90):
        left, top, right, bottom = 10_000 - bottom, left, 10_000 - top, right
    assert (turned.left, turned.top, turned.right, turned.bottom) == (left, top, right, bottom)


def test_radicals_become_the_characters_they_stand_for() -> None:
    (page,) = pages(pdf_of(lambda canvas: lines(canvas, 72, 700, "采购⼈：⽰例县公安局⻚")))
    assert page.text == "采购人：示例县公安局页"


def test_signs_of_symbol_fonts() -> None:
    assert symbol("\uf0fe", "CSKSUK+Wingdings-Regular") == "☑"
    assert symbol("\uf052", "QJLWVE+Wingdings2") == "☑"
    assert symbol("\uf0b7", "Symbol") == "•"
    assert symbol("\uf0fe", "ABCDEE+Custom") == UNREADABLE
    assert symbol("\ue123", "Wingdings") == UNREADABLE


def given_pdfs() -> list[Path]:
    return sorted(SHARED.rglob("*.pdf")) if SHARED.is_dir() else []


@pytest.mark.skipif(not given_pdfs(), reason="no PDFs at ../shared/data")
@pytest.mark.parametrize("path", given_pdfs(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_is_lost_or_doubled(path: Path) -> None:
    """The characters of each page, white space aside, are those that pdfium gives."""
    data = path.read_bytes()
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        pytest.skip("a file that does not open")
    document = Document("0" * 64, len(data), (Provenance("a.pdf"),))
    ours = {p.number: p for p in parse_document(data, document) if isinstance(p, ParsedPage)}
    for number, page in enumerate(pdf, start=1):
        textpage = page.get_textpage()
        raw = textpage.get_text_range().replace("\ufffe", "-").replace("\x02", "-")
        textpage.close()
        if number in ours:
            said = PRIVATE.sub("", ideographs(printable(raw)))
            signs = set("☑☒✓✗□■●•▪➢◆❖○→" + UNREADABLE)
            differing = squeezed(ours[number].text)
            differing.subtract(squeezed(said))
            assert {c for c, n in differing.items() if n} <= signs, number
            assert all(b.start < b.end <= len(ours[number].text) for b in ours[number].boxes)
        else:
            assert not raw.strip() or is_garbled(printable(raw))
    pdf.close()


def many(count: int, one: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 72, 800, "采购人：示例县公安局")
        for _ in range(count):
            one(canvas)

    return draw


def test_more_lines_than_are_looked_at_are_said_and_the_text_is_read() -> None:
    data = pdf_of(many(60_000, lambda canvas: canvas.rect(1, 1, 9, 9)), notice)
    document = Document("0" * 64, len(data), (Provenance("a.pdf"),))
    first, second, problem = parse_document(data, document)
    assert isinstance(first, ParsedPage)
    assert first.text == "采购人：示例县公安局"
    assert first.cells == ()
    assert isinstance(second, ParsedPage)
    assert second.cells
    assert isinstance(problem, RecordProblem)
    assert (problem.number, problem.reason) == (1, "limit")


def test_a_grid_of_a_million_cells_is_said() -> None:
    def hedge(canvas: Canvas) -> None:
        canvas.translate(-5_000, -5_000)
        canvas.grid([4 * n for n in range(1_100)], [4 * n for n in range(1_100)])

    data = pdf_of(many(1, hedge))
    document = Document("0" * 64, len(data), (Provenance("a.pdf"),))
    page, problem = parse_document(data, document)
    assert isinstance(page, ParsedPage)
    assert isinstance(problem, RecordProblem)
    assert problem.reason == "limit"


def test_handles_are_pointers() -> None:
    """pdfium's functions are called by address: a null handle must be answered, not followed."""
    from sousveil.parse.pdf import native

    assert native.object_type(None) == 0
    assert native.segment_count(None) == -1
    assert native.address_of(ctypes.c_void_p(None)) == 0
