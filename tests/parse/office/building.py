"""Office files as real programs' libraries write them, and a DOC file by hand."""

import io
import struct

import docx
import openpyxl
import pptx
import xlwt
from odf import opendocument, table, text
from pptx.util import Inches

TITLE = "公共安全视频监控项目 <公开招标> & 公告"
TABLE = [["项目编号", "预算金额"], ["XJ-2020-017", "84.6万元"]]
ROWS = [
    ["某某市公安局采购意向", "", "", ""],
    ["序号", "采购单位", "采购项目名称", "预算金额(万元)"],
    [1, "示例市公安局", "人脸识别系统", 84.6],
    [2, "示例市财政局", "办公家具", 12],
]


def word() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph("一、项目基本情况")
    grid = document.add_table(2, 2)
    for row, values in enumerate(TABLE):
        for column, value in enumerate(values):
            grid.cell(row, column).text = value
    document.add_paragraph("二、申请人的资格要求")
    return _saved(document)


def slides() -> bytes:
    show = pptx.Presentation()
    for name in (TITLE, "第二页"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = name
        size = (Inches(1), Inches(2), Inches(4), Inches(1))
        grid = slide.shapes.add_table(2, 2, *size).table
        for row, values in enumerate(TABLE):
            for column, value in enumerate(values):
                grid.cell(row, column).text = value
    return _saved(show)


def open_text() -> bytes:
    document = opendocument.OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text=TITLE))
    grid = table.Table()
    for values in TABLE:
        row = table.TableRow()
        for value in values:
            cell = table.TableCell()
            cell.addElement(text.P(text=value))
            row.addElement(cell)
        grid.addElement(row)
    document.text.addElement(grid)
    return _saved(document)


def workbook(rows: list[list[object]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "采购~意向"
    for row in rows or ROWS:
        sheet.append(row)
    return _saved(book)


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("采购意向")
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    return _saved(book)


def open_sheet() -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    grid = table.Table(name="采购意向")
    for values in ROWS:
        row = table.TableRow()
        for value in values:
            number = not isinstance(value, str)
            kind = {"valuetype": "float", "value": value} if number else {"valuetype": "string"}
            cell = table.TableCell(**kind)
            if value != "":
                cell.addElement(text.P(text=str(value)))
            row.addElement(cell)
        grid.addElement(row)
    document.spreadsheet.addElement(grid)
    return _saved(document)


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def rtf() -> bytes:
    def written(words: str) -> str:
        return "".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in words)

    gbk = "".join(f"\\'{byte:02x}" for byte in "公告".encode("gbk"))
    return (
        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fnil Sim;}}\\f0 "
        + written("项目编号：XJ-1") + "\\par " + gbk + "\\par "
        + "\\trowd\\cellx100\\cellx200 " + written("预算") + "\\cell 100\\cell\\row\\pard}"
    ).encode("ascii")  # fmt: skip


def doc(body: str, *, compressed: str = "", flags: int = 0, rows: bool = False) -> bytes:
    """A DOC file of a UTF-16 piece and a piece of one byte a character ([MS-DOC]).

    With ``rows`` a mark that ends a row is written as ``\\x1d`` in ``body``, one that ends a
    paragraph in a cell as ``\\x0e``, and the properties of paragraphs tell which they are.
    """
    units = body.encode("utf-16-le")  # places are counted in these
    body = "".join(map(chr, struct.unpack(f"<{len(units) // 2}H", units)))
    paragraphs = _paragraphs(body) if rows else []
    body = body.replace("\x1d", "\x07").replace("\x0e", "\r")
    first = body.encode("utf-16-le", "surrogatepass")
    second = compressed.encode("cp1252")
    at = 0x800
    main = bytearray(at + len(first) + len(second))
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C, len(body) + len(compressed))
    main[at:] = first + second
    ends = [0, len(body), len(body) + len(compressed)]
    places = [at, (at + len(first)) * 2 | 1 << 30]
    plc = struct.pack("<3I", *ends) + b"".join(struct.pack("<HIH", 0, p, 0) for p in places)
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", main, 0x1A2, 16, len(clx))
    pages, plc_of_pages = _property_pages(paragraphs, at, -(-len(main) // 512))
    struct.pack_into("<II", main, 0x102, 16 + len(clx), len(plc_of_pages))
    main += bytes(-len(main) % 512) + pages
    return compound({"WordDocument": bytes(main), "0Table": bytes(16) + clx + plc_of_pages})


def _paragraphs(body: str) -> list[tuple[int, int, bytes]]:
    """First and last character of each paragraph, and its properties."""
    found, start = [], 0
    for at, char in enumerate(body):
        if char in "\r\x07\x0e\x1d":
            in_table = b"\x16\x24\x01" if char != "\r" else b""
            # A property of varying length stands before the one that tells.
            row = b"\x08\xd6\x04\x00\xaa\xbb\xcc" + b"\x17\x24\x01" if char == "\x1d" else b""
            found.append((start, at + 1, in_table + row))
            start = at + 1
    return found


def _property_pages(
    paragraphs: list[tuple[int, int, bytes]], text_at: int, first_page: int
) -> tuple[bytes, bytes]:
    """Pages of properties of eight paragraphs each, and the table of those pages."""
    pages, places = b"", []
    for group in (paragraphs[at : at + 8] for at in range(0, len(paragraphs), 8)):
        page, free = bytearray(512), 510
        page[511] = len(group)
        ends = [group[0][0], *(end for _, end, _ in group)]
        struct.pack_into(f"<{len(ends)}I", page, 0, *(text_at + 2 * end for end in ends))
        for number, (_, _, properties) in enumerate(group):
            written = b"\0\0" + properties + b"\0" * (len(properties) % 2)
            free = (free - len(written) - 2) & ~1
            page[free : free + 2 + len(written)] = bytes([0, len(written) // 2]) + written
            page[4 * len(ends) + 13 * number] = free // 2
        places.append(text_at + 2 * group[0][0])
        pages += page
    if not places:
        return b"", b""
    places.append(text_at + 2 * paragraphs[-1][1])
    numbers = range(first_page, first_page + len(places) - 1)
    return pages, struct.pack(f"<{len(places)}I", *places) + struct.pack(
        f"<{len(numbers)}I", *numbers
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams, each padded beyond the size of mini streams ([MS-CFB])."""
    sector = 512
    bodies = {
        name: data + bytes(max(4096, -(-len(data) // sector) * sector) - len(data))
        for name, data in streams.items()
    }
    fat: list[int] = [0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE]  # the FAT itself, two directory sectors
    fat[1] = 2
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    body = b""
    names = list(bodies)
    for at, name in enumerate(names):
        start, count = len(fat), len(bodies[name]) // sector
        fat += [*range(start + 1, start + count), 0xFFFFFFFE]
        right = at + 2 if at + 1 < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, len(bodies[name]), right=right))
        body += bodies[name]
    assert len(fat) <= 128
    table_sector = struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    directory = b"".join(entries)
    directory += bytes(2 * sector - len(directory))
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE,
        9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + table_sector + directory + body


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, 0xFFFFFFFF, right, child, bytes(16), 0, 0, 0,
        start, size,
    )  # fmt: skip
