"""CSV: the delimiter is found whatever the file is called, the encoding whatever it is."""

import csv
import io

import pytest
from parse_helpers import parsed

from sousveil.model import ParsedPage

ROWS = [
    ["采购人", "项目名称", "预算金额(万元)", "项目编号"],
    ["昌吉州公安局", "视频监控平台", "1,234.5", "XJ-1"],
    ["柳林县教育局", "办公桌;椅", "12", "XJ-2"],
]
EXPECTED = [
    "采购人：昌吉州公安局\n项目名称：视频监控平台\n预算金额(万元)：1,234.5\n项目编号：XJ-1",
    "采购人：柳林县教育局\n项目名称：办公桌;椅\n预算金额(万元)：12\n项目编号：XJ-2",
]


def written(delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    return out.getvalue()


def texts(data: bytes, name: str) -> list[str]:
    return [found.text for found in parsed(data, name) if isinstance(found, ParsedPage)]


@pytest.mark.parametrize("delimiter", list(",;\t|^~"))
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_every_delimiter_under_every_name(delimiter: str, name: str) -> None:
    assert texts(written(delimiter).encode(), name) == EXPECTED


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_encoding(encoding: str) -> None:
    assert texts(written(",").encode(encoding), "a.csv") == EXPECTED


@pytest.mark.parametrize("name", ["a.txt", "a.xls", "a"])
def test_rows_between_tabs_are_a_table_whatever_they_are_called(name: str) -> None:
    assert texts(written("\t").encode("gbk"), name) == EXPECTED


@pytest.mark.parametrize("delimiter", list(";|\t"))
def test_a_stated_delimiter_is_believed_and_no_row(delimiter: str) -> None:
    text = f"sep={delimiter}\r\n{written(delimiter)}"
    assert texts(text.encode("utf-8-sig"), "a.csv") == EXPECTED


def test_blank_rows_and_a_title_above() -> None:
    text = "\n,,,\n采购清单,,,\n" + written(",")
    assert texts(text.encode(), "a.csv") == [f"采购清单\n{text}" for text in EXPECTED]
