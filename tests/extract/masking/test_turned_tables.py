"""Persons, and numbers of persons, in tables that no label in their rows tells them by."""

import pytest

from sousveil.extract.masking import mask_page
from sousveil.model import Cell, ParsedPage


def masked(*rows: tuple[str, ...]) -> list[list[str]]:
    """The cells of a table, masked."""
    text, cells = "", []
    for at, row in enumerate(rows):
        for column, word in enumerate(row):
            cells.append(Cell(0, at, column, len(text), len(text) + len(word)))
            text += word + ("\n" if column == len(row) - 1 else "\t")
    page = mask_page(
        ParsedPage("0" * 64, 1, text, "markup", "text/html", cells=tuple(cells), title=None)
    )
    found: list[list[str]] = [[] for _ in rows]
    for cell in page.cells:
        found[cell.row].append(page.text[cell.start : cell.end])
    return found


P, T, A, N = "〔person〕", "〔phone〕", "〔account〕", "〔id_number〕"


def test_a_roster_turned_by_90_degrees() -> None:
    rows = masked(
        ("姓名", "赵晓燕", "钱德明", "零兰英"),
        ("单位", "某大学", "某学院", "某院"),
        ("职称", "教授", "高工", "工程师"),
    )
    assert rows == [
        ["姓名", P, P, P],
        ["单位", "某大学", "某学院", "某院"],
        ["职称", "教授", "高工", "工程师"],
    ]


def test_evaluators_over_their_marks_and_under_them() -> None:
    rows = masked(
        ("投标人", "赵晓燕", "钱德明", "覃世龙", "平均分"),
        ("某公司", "90", "91.5", "92", "91"),
        ("签名", "赵晓雁", "钱德民", "覃世珑", ""),
    )
    assert rows[0] == ["投标人", P, P, P, "平均分"]
    assert rows[1] == ["某公司", "90", "91.5", "92", "91"]
    assert rows[2] == ["签名", P, P, P, ""]


def test_makes_over_figures_stay() -> None:
    rows = (("品牌", "华为", "海康威视", "金山云"), ("台数", "12", "40", "7"))
    assert masked(*rows) == [list(row) for row in rows]


def test_numbers_below_their_headers() -> None:
    rows = masked(
        ("部门", "短号电话", "电话", "QQ", "微信号", "身份证号码", "账号", "家庭住址"),
        ("法制科", "x", "66668", "123456789", "zxy_1990", "110105491231002",
         "6222021234567890123", "某市幸福路12号"),
        ("名称", "", "金额", "数量", "型号", "编号", "账号", "备注"),
        ("相机", "", "66668", "123456789", "zxy_1990", "110105491231002", "622", "某市幸福路12号"),
    )  # fmt: skip
    assert rows[1] == ["法制科", "x", T, A, A, N, A, "〔address〕"]
    assert rows[3][2:5] == ["66668", "123456789", "zxy_1990"]
    assert rows[3][-1] == "某市幸福路12号"


def test_an_account_of_a_person_who_is_paid() -> None:
    rows = masked(("收款人", "开户行", "账号"), ("赵晓燕", "工商银行", "6222021234567890123"))
    assert rows[1] == [P, "工商银行", A]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("Name", "Position", "Phone"), ("Jane Doe", "Contracts officer", "555-0100")),
        (("Contact Person", "Agency", "Telephone"), ("Jane Q. Doe", "County Police", "555-0100")),
        (("Evaluation panel", "Signature"), ("Ali Khan", "")),
        (("Nombre", "Cargo", "Firma"), ("María López García", "Vocal", "")),
        (("ФИО", "Должность", "Телефон"), ("Петрова Анна", "инженер", "22-33-44")),
    ],
)
def test_columns_of_persons_in_other_languages(
    header: tuple[str, ...], row: tuple[str, ...]
) -> None:
    assert masked(header, row)[1][:2] == [P, row[1]]


def test_labels_beside_their_values_head_no_column() -> None:
    rows = masked(
        ("Contact", "Jane Doe", "Position", "Manager"),
        ("Delivery Address", "Main Street", "Contract Value", "May Two"),
    )
    assert rows == [
        ["Contact", P, "Position", "Manager"],
        ["Delivery Address", "Main Street", "Contract Value", "May Two"],
    ]


def test_a_name_in_letters_beside_a_chinese_label() -> None:
    assert masked(("联系人", "Zhao Xiaoyan"), ("单位", "Police")) == [
        ["联系人", P],
        ["单位", "Police"],
    ]
