"""统一社会信用代码 and Taiwan's codes: whose they are, and when nobody can tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.extract.chinese import EXTRACTOR
from sousveil.model import Notice, Page

NAMES = ("天山慧眼科技有限公司", "钱江数视科技有限公司", "华北安讯科技有限公司")
CODES = ("91650100MA7ABCDE15", "91330108MA28XYW12G", "91110108MA01TEQT2L")

HEAD = """青禾县公安局视频监控运维项目中标公告
一、项目编号：QHX2022-031
二、项目名称：青禾县公安局视频监控运维项目
采购人：青禾县公安局
三、中标信息
"""


def numbers(text: str) -> list[tuple[str, str]]:
    """Names and numbers of the notice; every quote is checked."""
    page = Page("0" * 64, 1, text, "plain", "text/plain")
    (notice,) = EXTRACTOR.extract([page])
    check(notice, text)
    return [(field.value.name, field.value.id) for field in notice.identifiers]


def check(notice: Notice, text: str) -> None:
    for field in notice.identifiers:
        place = field.evidence
        assert text[place.start : place.end] == place.quote == field.raw


@pytest.mark.parametrize(
    "lines",
    [
        "供应商名称：{name}\n统一社会信用代码：{code}\n",
        "供应商名称：{name}（统一社会信用代码：{code}）\n",
        "供应商名称：{name}，统一社会信用代码{code}\n",
        "供应商名称：{name}\n供应商地址：新疆某路1号\n社会信用代码： {code}\n",
        "中标供应商\t统一社会信用代码\t中标金额（元）\n{name}\t{code}\t1200000\n",
        "统一社会信用代码\t中标供应商\t中标金额（元）\n{code}\t{name}\t1200000\n",
        "供应商名称：{name}\n统一社会信用代码：\n{code}\n",
    ],
)
def test_beside_its_name(lines: str) -> None:
    text = HEAD + lines.format(name=NAMES[0], code=CODES[0])
    assert numbers(text) == [(NAMES[0], CODES[0])]


def test_zero_width_characters_and_full_width_digits() -> None:
    written = "９１６５\u200b０１００MA7ABCDE15"
    text = HEAD + f"供应商名称：{NAMES[0]}\n统一社会信用代码：{written}\n"
    assert numbers(text) == [(NAMES[0], CODES[0])]


@pytest.mark.parametrize(
    "lines",
    [
        f"供应商名称：{NAMES[0]}\n监督单位：青禾县财政局\n统一社会信用代码：{CODES[0]}\n",
        f"供应商名称：{NAMES[0]}\n统一社会信用代码：91650100MA7ABCDE16\n",  # check digit
        f"供应商名称：{NAMES[0]}\n统一社会信用代码：92652300MA7ABCDE3B\n",  # a sole trader's
        f"供应商名称：{NAMES[0]}\n合同编号：{CODES[0]}\n",  # no credit code
        f"供应商名称：{NAMES[0]}\n统一社会信用代码：{CODES[0]}\n"
        f"{NAMES[0]}，统一社会信用代码：{CODES[1]}\n",  # two for one name
        f"供应商名称：{NAMES[0]}\n{NAMES[0]}乌鲁木齐分公司，统一社会信用代码：{CODES[0]}\n",
    ],
)
def test_nobody_can_tell_whose(lines: str) -> None:
    assert numbers(HEAD + lines) == []


@given(
    st.permutations(list(zip(NAMES, CODES, strict=True))),
    st.integers(0, 3),
    st.sampled_from(["\t", "\t 12 \t"]),
    st.booleans(),
)
def test_rows_keep_numbers_and_names_together(
    rows: list[tuple[str, str]], without: int, gap: str, code_first: bool
) -> None:
    middle = "\t" if gap == "\t" else "\t报价\t"
    names, codes = "投标供应商", "统一社会信用代码"
    head = f"{codes}{middle}{names}" if code_first else f"{names}{middle}{codes}"
    lines = [f"序号\t{head}"]
    for at, (name, code) in enumerate(rows):
        shown = "" if at == without else code
        pair = f"{shown}{gap}{name}" if code_first else f"{name}{gap}{shown}"
        lines.append(f"{at + 1}\t{pair}")
    found = numbers(HEAD + "\n".join(lines) + "\n")
    expected = dict(row for at, row in enumerate(rows) if at != without)
    assert all(expected[name] == code for name, code in found)
    assert len(found) == len(expected)
