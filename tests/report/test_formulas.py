"""No CSV file that is written holds what a spreadsheet takes for a formula."""

import csv
import io

import pytest

from sousveil.report.export import csv_cell
from sousveil.report.figure_files import csv_of

HARMFUL = (
    "=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(1)",
    "\ufeff=1+1", "\u200b\u202e@SUM(1)",
    '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL)
def test_a_formula_is_text_when_it_is_read_back(text: str) -> None:
    data = csv_of(("=a", "b"), [(text, 3), ("plain", -2.5)])
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [[f"'{text}", "3"], ["plain", "-2.5"]]


def test_what_is_none_stays_as_it_is() -> None:
    for value in ("a=b", "", "示例", 5, -5, 2.5, None, True):
        assert csv_cell(value) == value
