"""CSV: the delimiter is found whatever the file is called, the encoding whatever it is."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parse_helpers import parsed

from sousveil.model import ParsedPage
from sousveil.parse.quotes import rows_of_text

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


HEAD = "buyer,title,amount\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_mark_that_is_never_closed_swallows_no_row(ending: str) -> None:
    rows = [
        "A,one,1",
        'B,"two,2',
        "C,three,3",
        'D,"four, or 4"" more",4',
        "E,five,5",
        '"F,six,6',
        "G,seven,7",
    ]
    found = texts((HEAD + "\n".join(rows)).replace("\n", ending).encode(), "a.csv")
    assert [text.splitlines()[0] for text in found] == [
        f"buyer: {name}" for name in ["A", "B", "C", "D", "E", '"F', "G"]
    ]
    assert found[1] == 'buyer: B\ntitle: "two\namount: 2'
    assert found[3] == 'buyer: D\ntitle: four, or 4" more\namount: 4'


def test_cells_of_several_lines_stay_whole() -> None:
    text = HEAD + 'A,"one,\ntwo, and\nB,three,3",1\nC,"x\ny",2\n'
    found = texts(text.encode(), "a.csv")
    assert found[0] == "buyer: A\ntitle: one,\ntwo, and\nB,three,3\namount: 1"
    assert found[1] == "buyer: C\ntitle: x\ny\namount: 2"


def test_a_giant_cell_without_an_end_costs_one_row() -> None:
    text = HEAD + 'A,"one,1\n' + f"B,{'two ' * 100},2\n" * 12_000
    assert len(texts(text.encode(), "a.csv")) == 12_001


@given(
    st.lists(
        st.lists(st.text(alphabet='a,"\n\r x', max_size=6), min_size=3, max_size=3), min_size=1
    )
)
def test_rows_written_by_the_rule_come_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    assert list(rows_of_text(out.getvalue(), ",")) == rows
