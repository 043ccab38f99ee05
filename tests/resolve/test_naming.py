"""What a project's name says, whatever portals put around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.naming import named
from sousveil.text.names import organisation_core

BUYER = organisation_core("北江市第一人民医院")


@pytest.mark.parametrize(
    "raw",
    [
        "手术室行为管理系统",
        "北江市第一人民医院手术室行为管理系统采购项目公开招标公告",
        "北江市第一人民医院北江市第一人民医院手术室行为管理系统项目合同公开",
        "[公开]北江市第一人民医院手术室行为管理系统招标公告",
        "【初始合同】北江市第一人民医院手术室行为管理系统采购合同公示",
        "某某招标有限公司关于北江市第一人民医院手术室行为管理系统的中标结果公告",
        "关于北江市第一人民医院手术室行为管理系统的公开征求意见的公告[北江工程咨询有限公司]",
        "手术室行为管理系统（第三次）",
        "北江市第一人民医院手术室行为管理系统二次公开招标公告",
        "手术室行为管理系统（BJZC2024-G1-00412）采购公告",
        "北江市第一人民医院手术室行为管理系统采购项目，详见招标文件",
        "手术室行为管理系统项目涉及包号：01手术室行为管理系统项目",
        "北江第一人民医院手术室行为管理系统采购需求公示",
    ],
)
def test_one_core_for_all(raw: str) -> None:
    assert named(raw, BUYER).core == "手术室行为管理系统"


@pytest.mark.parametrize(
    ("raw", "phase", "lots", "codes"),
    [
        ("雪亮工程二期第3包", "phase:2", ("3",), ()),
        ("2024年度雪亮工程第1、3包中标公告", "year:2024", ("1", "3"), ()),
        ("雪亮工程02包:监控设备", None, ("2",), ()),
        ("雪亮工程（项目编号：BJZC2024-G1-00412）", None, (), ("BJZC2024-G1-00412",)),
        ("雪亮工程（2024-JL13（03）-F10141）", None, (), ("2024-JL13(03)-F10141",)),
        ("BQM-177A型设备采购", None, (), ()),
        ("雪亮工程", None, (), ()),
    ],
)
def test_phase_lots_and_codes(
    raw: str, phase: str | None, lots: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    name = named(raw, None)
    assert (name.phase, name.lots, name.codes) == (phase, lots, codes)


@pytest.mark.parametrize("raw", [None, "", "中标结果公告", "公开招标公告", "某单位", "采购项目"])
def test_names_that_say_nothing(raw: str | None) -> None:
    assert named(raw, BUYER).core is None


@pytest.mark.parametrize(
    "raw", ["视频监控框架协议（二次竞价）", "CCTV call-off", "Mini-competition"]
)
def test_call_offs(raw: str) -> None:
    assert named(raw, None).calloff
    assert not named("视频监控框架协议二次公开招标", None).calloff


@given(st.text(max_size=400), st.text(max_size=20))
def test_any_text_is_taken(raw: str, buyer: str) -> None:
    name = named(raw, buyer)
    assert name == named(raw, buyer)
    assert name.core is None or len(name.core) >= 4


@pytest.mark.parametrize("attack", ["[", "(", "公司关于", "第1、", "A-", "1次", "包:", "；1、"])
def test_hostile_names_take_linear_time(attack: str) -> None:
    named(attack * (100_000 // len(attack)), "公司")
