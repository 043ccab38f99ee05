"""No 10,000-fold slip goes unseen: unit of heading, cell and text; lots, total; words, digits.

All notices are invented. Each property writes one sum in two places; where one of them is in a
wrong unit, a flag says so, and where both agree none does.
"""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.chinese.test_money_units import AWARD, read
from tests.text.writing import capital_sum

from sousveil.model import Notice

SUMS = st.integers(20, 90_000).map(lambda thousands: thousands * 1000)
SLIPS = st.sampled_from([1, 10_000, Decimal("0.0001")])
_SEEN = {
    "amount_units_disagree", "amounts_disagree", "lots_far_off_total", "lots_exceed_total",
    "ceiling_far_off_budget", "award_far_off_budget",
}  # fmt: skip
TENDER = """<html><body><p>示例市公安局视频监控项目公开招标公告</p>
<p>公告概要：</p><table><tr><td>采购项目名称</td><td>示例视频监控项目</td></tr>
<tr><td>预算金额</td><td>￥{summary}万元（人民币）</td></tr></table>
<p>一、项目基本情况</p><p>项目编号：EX-2024-17</p><p>项目名称：示例视频监控项目</p>
<p>预算金额：{body}</p>{more}
<p>采购人信息</p><p>名称：示例市公安局</p></body></html>"""


def only(text: str, name: str = "a.html") -> Notice:
    (notice,) = read(text, name)
    return notice


def wan(yuan: Decimal | int) -> str:
    """A sum of yuan in 万元 as portals write it."""
    return f"{Decimal(yuan) / 10_000:f}"


def seen(notice: Notice, slip: Decimal | int) -> bool:
    """Whether flags tell of a slip where there is one, and are silent where there is none."""
    return bool(_SEEN & set(notice.flags)) is (slip != 1)


@settings(max_examples=40, deadline=None)
@given(SUMS, SLIPS)
def test_summary_table_against_text(yuan: int, slip: Decimal | int) -> None:
    notice = only(TENDER.format(summary=wan(yuan), body=f"{yuan * slip:.2f}元", more=""))
    assert seen(notice, slip), notice.flags


@settings(max_examples=40, deadline=None)
@given(SUMS, SLIPS)
def test_heading_of_a_column_against_text(yuan: int, slip: Decimal | int) -> None:
    rows = "<tr><td>包号</td><td>包名称</td><td>预算金额（万元）</td></tr>"
    rows += f"<tr><td>1</td><td>视频监控</td><td>{wan(yuan * slip)}</td></tr>"
    table = f"<p>采购需求：</p><table>{rows}</table>"
    notice = only(TENDER.format(summary=wan(yuan), body=f"{yuan}元", more=table))
    assert seen(notice, slip), notice.flags


@settings(max_examples=40, deadline=None)
@given(SUMS)
def test_a_cell_with_its_own_unit_is_read_in_it(yuan: int) -> None:
    rows = "<tr><td>包号</td><td>包名称</td><td>预算金额（万元）</td></tr>"
    rows += f"<tr><td>1</td><td>视频监控</td><td>{yuan}元</td></tr>"
    table = f"<p>采购需求：</p><table>{rows}</table>"
    notice = only(TENDER.format(summary=wan(yuan), body=f"{yuan}元", more=table))
    assert seen(notice, 1), notice.flags
    assert notice.budget is not None
    assert notice.budget.value.amount == yuan


@settings(max_examples=40, deadline=None)
@given(st.lists(SUMS, min_size=2, max_size=4, unique=True), SLIPS)
def test_lots_against_the_total(lots: list[int], slip: Decimal | int) -> None:
    rows = "<tr><td>包号</td><td>包名称</td><td>预算金额（元）</td></tr>"
    for number, yuan in enumerate(lots, start=1):
        rows += f"<tr><td>{number}</td><td>视频监控{number}</td><td>{yuan}</td></tr>"
    total = sum(lots) * slip
    table = f"<p>采购需求：</p><table>{rows}</table>"
    notice = only(TENDER.format(summary=wan(total), body=f"{wan(total)}万元", more=table))
    assert seen(notice, slip), notice.flags


@settings(max_examples=60, deadline=None)
@given(
    SUMS,
    st.sampled_from([1, 10_000, Decimal("0.0001"), Decimal("1.1")]),
    st.sampled_from(
        [
            "中标金额：{d}元（大写：{c}）",
            "中标金额：{c}（￥{d}）",
            "中标金额（小写）：{d}元\n中标金额（大写）：{c}",
            "中标金额：人民币{c}（¥{d}元）",
        ]
    ),
)
def test_words_against_digits(yuan: int, slip: Decimal | int, shape: str) -> None:
    fen = int(yuan * slip * 100)
    line = shape.format(d=yuan, c=capital_sum(fen))
    notice = only(AWARD.format(line), "a.txt")
    assert notice.award is not None
    assert seen(notice, slip), notice.flags


@settings(max_examples=40, deadline=None)
@given(SUMS, SLIPS)
def test_budget_against_ceiling(yuan: int, slip: Decimal | int) -> None:
    more = f"<p>最高限价：{yuan * slip:.2f}元</p>"
    notice = only(TENDER.format(summary=wan(yuan), body=f"{yuan}元", more=more))
    assert seen(notice, slip), notice.flags
