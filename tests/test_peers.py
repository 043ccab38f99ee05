"""The peers are given a fair chance: what they can read, they read; and counting is right."""

import json
from datetime import datetime
from decimal import Decimal

import pytest
from benchmarks.peer_fields import compared, text
from benchmarks.peer_literals import literals, same, score
from benchmarks.peer_patterns import FIELDS, amount, fields, moment

from sousveil.measure import Label, evaluate

TENDER = """示例市公安局视频监控采购项目公开招标公告
一、项目基本情况
项目编号：SL-2026-01(二次)
项目名称：示例市公安局视频监控采购项目(二次)
采购方式：公开招标
预算金额：125.50 万元
最高限价（万元）：120
投标截止时间：2026年8月20日 下午2点30分
1.采购人信息
名 称：示例市公安局
2.采购代理机构信息
名 称：示例招标代理有限公司
"""
AWARD = """示例项目中标公告
供应商名称：示例科技有限公司
中标（成交）金额：1,234,500.00（元）
公告日期：二〇二六年三月五日
"""


@pytest.mark.parametrize(
    ("words", "label", "value"),
    [("125.50 万元", "", 1255000), ("120", "最高限价(万元):", 1200000), ("1,234.5元", "", 1234.5),
     ("1.2亿元", "", 120000000), ("详见附件", "", None)],
)  # fmt: skip
def test_amounts(words: str, label: str, value: float | None) -> None:
    assert amount(words, label) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2026年8月20日 下午2点30分", "2026-08-20T14:30"),
        ("2026-08-20T09:30", "2026-08-20T09:30"),
        ("二〇二六年三月五日", "2026-03-05T00:00"),
        ("2026年13月1日", None),
        ("另行通知", None),
    ],
)
def test_moments(words: str, value: str | None) -> None:
    found = moment(words)
    assert (found and found.isoformat(timespec="minutes")) == value


def test_free_text() -> None:
    found = fields(TENDER)
    assert {name: found[name] for name in FIELDS if found[name]} == {
        "project_id": "SL-2026-01(二次)",
        "project_name": "示例市公安局视频监控采购项目(二次)",
        "buyer": "示例市公安局",
        "agency": "示例招标代理有限公司",
        "method": "公开招标",
        "budget": 1255000,
        "ceiling": 1200000,
        "bid_deadline": "2026-08-20T14:30",
    }
    award = fields(AWARD)
    assert (award["award"], award["suppliers"]) == (1234500, ["示例科技有限公司"])
    assert award["published"] == "2026-03-05"


def test_records_of_other_systems() -> None:
    release = {"ocid": "x", "tender": {"id": "T", "title": "Cameras", "value": {"amount": 5}}}
    assert fields(json.dumps(release))["budget"] == 5
    taiwan = {"case_no": "A1", "title": "監視系統", "agency": "示例局", "winner": "甲公司,乙公司"}
    assert fields(json.dumps(taiwan))["suppliers"] == ["甲公司", "乙公司"]
    row = "award_id_piid: P1\nrecipient_name: Example Inc\ntotal_dollars_obligated: 12.50\n"
    assert fields(row)["award"] == 12.5
    intention = "标题：示例局2026年01月政府采购意向\n预算金额(万元)：3\n预计采购时间：2026年03月\n"
    assert (fields(intention)["buyer"], fields(intention)["budget"]) == ("示例局", 30000)


def test_counting_fields() -> None:
    label = Label(1, "a", {"buyer": "甲", "lots": 2}, None, "0" * 64, 1, part="set")
    (chosen,) = compared([label, Label(2, "b", {}, is_notice=False)])
    assert chosen.values == {"buyer": "甲"}
    row = {"notice_id": "n", "document_sha256": "0" * 64, "page": 1, "source_path": ""}
    right = evaluate([chosen], [{**row, "buyer": "甲"}])
    wrong = evaluate([chosen], [{**row, "buyer": "乙"}])
    lines = {line.split()[0]: line.split() for line in text([(right, wrong)]).splitlines()[1:]}
    assert lines["set"][1:3] == ["1", "1.000"]
    assert lines["buyer"][5] == "0.000"
    assert lines["all"][1] == "1"


def test_counting_literals() -> None:
    amounts, dates = literals()
    assert len(amounts) + len(dates) > 350
    answers: dict[str, object] = {"a": Decimal(5), "b": Decimal(6), "c": None}

    def read(words: str, unit: str) -> object:
        return answers[words]  # an error of its own where it does not know the words

    cases: list[tuple[str, str, object]] = [(words, "", Decimal(5)) for words in "abcd"]
    assert score(read, cases) == {"right": 1, "wrong": 1, "nothing": 2}
    assert same(5.001, Decimal(5))
    assert not same(50000.0, Decimal(5))
    moments = (datetime.fromisoformat(said) for said in ("2026-01-02T03:04:59", "2026-01-02T03:04"))
    assert same(*moments)
