"""Office files: the text a reader would see, tables as cells, one record a row of a sheet."""

import faulthandler
import os
import signal
import traceback
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parse.containers.building import encrypted
from tests.parse.office import building

from sousveil.errors import DamagedError, DocumentError, EncryptedError, LimitError
from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import parse_document


def pages(data: bytes, name: str = "a") -> list[ParsedPage]:
    document = Document("0" * 64, len(data), (Provenance(name),))
    found = list(parse_document(data, document))
    assert all(isinstance(page, ParsedPage) for page in found)
    return found  # type: ignore[return-value]


def cells(page: ParsedPage) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, page.text[cell.start : cell.end]) for cell in page.cells]


AS_CELLS = [(0, 0, "项目编号"), (0, 1, "预算金额"), (1, 0, "XJ-2020-017"), (1, 1, "84.6万元")]
TABLE = "项目编号\t预算金额\nXJ-2020-017\t84.6万元"


def test_word() -> None:
    (page,) = pages(building.word())
    assert page.text == f"{building.TITLE}\n一、项目基本情况\n{TABLE}\n二、申请人的资格要求"
    assert cells(page) == AS_CELLS


def test_slides_are_pages() -> None:
    first, second = pages(building.slides())
    assert first.text == f"{building.TITLE}\n{TABLE}"
    assert cells(first) == AS_CELLS
    assert (second.number, second.text) == (2, f"第二页\n{TABLE}")


def test_open_document() -> None:
    (page,) = pages(building.open_text())
    assert page.text == f"{building.TITLE}\n{TABLE}"
    assert cells(page) == AS_CELLS


def test_rtf() -> None:
    (page,) = pages(building.rtf())
    assert page.text.split("\n")[:2] == ["项目编号：XJ-1", "公告"]
    assert page.text.split("\n")[2].split() == ["预算", "100"]


def test_doc_rows_keep_their_empty_cells() -> None:
    body = (
        "公告\r项目编号\x07预算\x07备注\x07\x1dXJ-1\x07\x07无\x07\x1d\x0712万元\x07\x07\x1d"
        "两行\x0e文字\x07\x07𠀀\x07\x1d\x07\x07\x07\x1d结束\r"
    ) * 5
    (page,) = pages(building.doc(body, rows=True))
    lines = page.text.split("\n")
    assert lines[:6] == [
        "公告",
        "项目编号\t预算\t备注",
        "XJ-1\t\t无",
        "\t12万元",
        "两行 文字\t\t𠀀",
        "",
    ]
    assert lines[6] == "结束"
    assert len(lines) == 35


def test_doc_with_broken_properties_is_read_all_the_same() -> None:
    data = bytearray(building.doc("a\x07b\x07\x1d" * 9, rows=True))
    whole = bytes(data)
    for at in range(len(data) - 3000, len(data)):
        data[at] ^= 0xFF
    assert pages(bytes(data))[0].text or pages(whole)[0].text


def test_doc() -> None:
    body = "项目\x13 HYPERLINK x \x14编号\x15：XJ-1\r采购人\x07公安局\x07\x07预算\x0784.6\x07\x07"
    (page,) = pages(building.doc(body, compressed="End \xa9\r"))
    assert page.text == "项目编号：XJ-1\n采购人\t公安局\n预算\t84.6\nEnd ©"


@pytest.mark.parametrize(
    "make",
    [building.workbook, building.old_workbook, building.open_sheet],
    ids=["xlsx", "xls", "ods"],
)
def test_rows_of_sheets_are_records(make: Callable[[], bytes]) -> None:
    first, second = pages(make())
    assert first.text == (
        "某某市公安局采购意向\n序号：1\n采购单位：示例市公安局\n采购项目名称：人脸识别系统\n"
        "预算金额(万元)：84.6"
    )
    assert first.pointer in ("/采购~0意向/3", "/采购意向/3")
    assert second.number == 2
    assert "预算金额(万元)：12" in second.text


def test_a_sheet_without_headings_is_one_table() -> None:
    (page,) = pages(building.workbook([[1, 2, 3], [4.5, 5, 6]]))
    assert page.text == "1\t2\t3\n4.5\t5\t6"
    assert cells(page)[-1] == (1, 2, "6")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"buyer,title,amount\nCouncil,Cameras,12\n", "buyer: Council\ntitle: Cameras\namount: 12"),
        (
            '采购人;项目;预算\n公安局;"摄像机;云台";12\n'.encode("gbk"),
            "采购人：公安局\n项目：摄像机;云台\n预算：12",
        ),
        (
            "採購人,標案,預算\n警察局,攝影機,12\n".encode("big5"),
            "採購人：警察局\n標案：攝影機\n預算：12",
        ),
        (b'\xef\xbb\xbfa|b|c\r\n"x\r\ny"|2|3\r\n', "a: x\ny\nb: 2\nc: 3"),
    ],
)  # fmt: skip
def test_csv_in_any_encoding(data: bytes, expected: str) -> None:
    (page,) = pages(data, "a.csv")
    assert page.text == expected
    assert page.pointer == "/2"


def test_tabs() -> None:
    (page,) = pages(b"a\tb\tc\nx, y\t2\t3\n", "a.tsv")
    assert page.text == "a: x, y\nb: 2\nc: 3"


def test_formulas_are_not_evaluated() -> None:
    data = building.workbook([["name", "what", "sum"], ["x", '=HYPERLINK("http://a")', "=1+1"]])
    (page,) = pages(data)
    assert "http" not in page.text
    assert "2" not in page.text.replace("/2", "")


def _with_part(data: bytes, name: str, part: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, part if entry.filename == name else old.read(entry))
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b'<w:document xmlns:w="w"><w:body><w:p><w:t>&b;</w:t></w:p></w:body></w:document>'
)
OUTSIDE = LAUGHS.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize("part", [LAUGHS, OUTSIDE], ids=["entities", "outside"])
def test_document_types_are_refused(part: bytes) -> None:
    with pytest.raises(DamagedError, match="document type"):
        pages(_with_part(building.word(), "word/document.xml", part))


def test_parts_nested_too_deep() -> None:
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    with pytest.raises(LimitError):
        pages(_with_part(building.word(), "word/document.xml", deep))


@pytest.mark.parametrize("make", [building.word, building.workbook, building.slides])
def test_a_part_that_unpacks_to_far_too_much(make: Callable[[], bytes]) -> None:
    with pytest.raises(LimitError):
        pages(_with_part(make(), "docProps/app.xml", bytes(80 << 20)))


def test_passwords_are_said() -> None:
    with pytest.raises(EncryptedError):
        pages(encrypted(building.word()))
    with pytest.raises(EncryptedError):
        pages(building.doc("x", flags=0x0100))
    with pytest.raises(EncryptedError):
        pages(building.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))


MAKERS = (
    building.word, building.slides, building.open_text, building.workbook, building.old_workbook,
    building.open_sheet, building.rtf, lambda: building.doc("项目编号：XJ-1\r" * 50),
)  # fmt: skip
FILES = [make() for make in MAKERS]


def parsed_by_a_child(data: bytes) -> int:
    """How a child ends that parses a file: 0, 1 after another error than a document's, or by a
    signal."""
    child = os.fork()
    if child == 0:  # pragma: no cover
        code = 1
        faulthandler.disable()  # an abort is looked for here: no trace of it in the run's output
        try:
            document = Document("0" * 64, len(data), (Provenance("a"),))
            with suppress(DocumentError):
                list(parse_document(data, document))
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(FILES), st.binary(min_size=1, max_size=60), st.floats(0, 1))
def test_mutated_files_give_pages_or_words(data: bytes, junk: bytes, part: float) -> None:
    place = int(part * len(data))
    mutated = data[:place] + junk + data[place + len(junk) :]
    ended = parsed_by_a_child(mutated)
    # The library for sheets ends its process where a file asks for more memory than there is; the
    # engine lists the file with that reason.
    assert ended in (0, -signal.SIGABRT)


@pytest.mark.parametrize("data", FILES)
def test_cut_off_files_give_pages_or_words(data: bytes) -> None:
    for part in range(1, 20):
        with suppress(DocumentError):
            pages(data[: len(data) * part // 20])
