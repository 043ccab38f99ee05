"""Two purchases of one buyer under one name at a time, and what must still be one."""

import random
import time

import msgspec
import pytest

from sousveil.model import NoticeKey
from tests.resolve.test_resolve import BUYER, key, project_of, resolve, rules, together

NAME = "监控设备采购"


def note(
    kind: str, day: str, *, budget: str | None = None, award: str | None = None,
    firm: str | None = None, number: str | None = None, name: str = NAME,
    deadline: str | None = None,
) -> NoticeKey:  # fmt: skip
    made = key(kind=kind, name=name, buyer=BUYER, published=day, number=number, amount=budget)
    return msgspec.structs.replace(
        made,
        amounts=tuple(filter(None, (budget, award))),
        awarded=award,
        suppliers=(firm,) if firm else (),
        deadline=deadline,
    )


def parts(*projects: list[NoticeKey]) -> bool:
    """Whether exactly these are the projects, in whatever order the notices come."""
    keys = [notice for project in projects for notice in project]
    found = project_of(resolve(keys))
    for seed in range(3):
        random.Random(seed).shuffle(keys)
        assert project_of(resolve(keys)) == found
    of = [{found[notice.notice_id] for notice in project} for project in projects]
    return all(len(keys) == 1 for keys in of) and len(set.union(*of)) == len(projects)


def test_results_that_differ_are_of_two_purchases() -> None:
    a = [
        note("tender", "2024-03-01", budget="500000"),
        note("award", "2024-03-28", award="486000", firm="河南甲安科技有限公司"),
        note("contract", "2024-04-10", award="486000", firm="河南甲安科技有限公司"),
    ]
    b = [
        note("tender", "2024-03-04", budget="800000"),
        note("award", "2024-03-30", award="779000", firm="郑州乙视电子有限公司"),
        note("contract", "2024-04-12", award="779000", firm="郑州乙视电子有限公司"),
    ]
    assert parts(a, b)


def test_numbers_of_one_count_with_a_result_each() -> None:
    projects = [
        [
            note("tender", f"2024-03-0{n}", budget=f"{n}00000", number=f"PCCG-2024-01{n}"),
            note("award", f"2024-03-2{n}", award=f"{n}0000", number=f"PCCG-2024-01{n}"),
        ]
        for n in (1, 2, 3)
    ]
    assert parts(*projects)


def test_a_result_that_may_be_of_either_joins_neither() -> None:
    calls = [note("tender", "2024-03-01"), note("tender", "2024-03-12")]
    awards = [note("award", "2024-04-01", firm="河南甲安科技"),
              note("award", "2024-04-12", firm="郑州乙视电子")]  # fmt: skip
    found = project_of(resolve([*calls, *awards]))
    assert len(set(found.values())) == 4


def test_the_day_until_which_a_call_is_open_tells_whose_a_result_is() -> None:
    a = [note("tender", "2024-03-01", deadline="2024-03-22"),
         note("award", "2024-03-25", firm="河南甲安科技")]  # fmt: skip
    b = [note("tender", "2024-03-11", deadline="2024-04-01"),
         note("award", "2024-04-05", firm="郑州乙视电子")]  # fmt: skip
    assert parts(a, b)


def test_a_call_while_another_is_open_is_another() -> None:
    first = note("tender", "2024-03-01", budget="500000", deadline="2024-03-22")
    beside = note("tender", "2024-03-12", budget="500000", deadline="2024-04-02")
    again = note("tender", "2024-03-25", budget="500000", deadline="2024-04-16")
    portal = note("tender", "2024-03-02", budget="500000", deadline="2024-03-20")
    assert not together(first, beside)
    assert together(first, again)
    assert together(first, portal)


def test_a_purchase_soon_after_an_award() -> None:
    a = [note("tender", "2023-02-01", budget="200000"),
         note("award", "2023-02-25", award="196000", firm="新疆甲警备有限公司")]  # fmt: skip
    b = [note("tender", "2023-03-10", budget="450000"),
         note("award", "2023-04-03", award="441000", firm="新疆乙盾有限公司")]  # fmt: skip
    assert parts(a, b)


def test_results_of_one_day_are_lots_where_one_budget_is_enough() -> None:
    awards = [note("award", "2024-06-03", award="480000", firm="成都甲备有限公司"),
              note("award", "2024-06-03", award="765000", firm="广元乙装有限公司")]  # fmt: skip
    assert not together(*awards)
    assert together(note("tender", "2024-05-06", budget="1300000"), *awards)


def test_what_failed_is_awarded_anew() -> None:
    assert together(
        note("tender", "2023-03-01", budget="920000"),
        note("award", "2023-03-28", award="905000", firm="成都甲安有限公司"),
        note("termination", "2023-04-10"),
        note("tender", "2023-04-20", budget="920000", name=NAME + "（二次）公开招标公告"),
        note("award", "2023-05-15", award="899000", firm="绵阳乙御有限公司"),
    )


def test_marked_lots_have_results_of_their_own() -> None:
    assert together(
        note("tender", "2024-04-01", budget="3000000"),
        note("award", "2024-04-25", award="980000", firm="内蒙甲装备", name=NAME + "第一包"),
        note("award", "2024-05-05", award="1200000", firm="包头乙通信", name=NAME + "第二包"),
    )


def test_a_portal_states_the_sum_of_a_year() -> None:
    assert together(
        note("tender", "2024-12-16", budget="1800000"),
        note("tender", "2024-12-17", budget="600000"),
    )


@pytest.mark.parametrize(
    "names",
    [
        ("路口监控摄像机402", "路口监控摄像机403", "路口监控摄像机404"),
        ("警务云A系统建设项目", "警务云B系统建设项目", "警务云C系统建设项目"),
        ("龙泉县人像比对系统", "龙泉县车辆识别系统", "龙泉县声纹采集系统"),
        ("电子围栏设备2", "电子围栏设备3", "电子围栏设备"),
        ("门禁 (DOOR-402)", "门禁 (DOOR-403)", "门禁 (DOOR-404)"),
        ("天网工程一期中标公告", "天网工程二期中标公告", "天网工程三期中标公告"),
        ("视频监控运行项目2", "视频监控运行项目3", "视频监控运行项目4"),
    ],
)
def test_names_that_differ_in_a_number_or_a_word_are_no_project_and_no_copies(
    names: tuple[str, ...],
) -> None:
    notices = [
        msgspec.structs.replace(
            note("tender", "2024-01-08", budget="120000", name=name), sketch=0xFFFF | 1 << n + 20
        )
        for n, name in enumerate(names)
    ]
    found = resolve(notices)
    assert len(set(project_of(found).values())) == len(names)
    assert all(r.duplicate_of is None for r in found.resolutions)


def test_a_name_that_may_be_of_either_joins_neither() -> None:
    towns = [note("tender", "2024-01-08", budget="265000", name=f"{town}镇综治视联网建设")
             for town in ("兴隆", "永丰")]  # fmt: skip
    unclear = note("award", "2024-02-08", budget="265000", name="综治视联网建设")
    assert not together(*towns)
    assert len(set(project_of(resolve([*towns, unclear])).values())) == 3
    assert rules(towns[0], unclear) == {"name_and_sum"}


def test_a_name_of_a_year_is_not_of_what_was_bought_years_before() -> None:
    first = note("tender", "2021-12-01", budget="300000", name="网络舆情监测服务采购")
    later = note("award", "2022-12-30", budget="300000", name="2023年网络舆情监测服务成交公告")
    assert not together(first, later)


def test_processes_of_one_publisher_are_two() -> None:
    one, two, elsewhere = (
        msgspec.structs.replace(note("tender", "2024-03-01"), ocid=ocid)
        for ocid in ("ocds-b5fd17-11", "ocds-b5fd17-12", "ocds-h6vhtk-11")
    )
    again = msgspec.structs.replace(
        note("tender", "2024-04-20", name=NAME + "（第二次）"), ocid="ocds-b5fd17-13"
    )
    assert not together(one, two)
    assert together(one, elsewhere)
    assert together(one, again)


def test_thousands_of_one_name_take_no_time() -> None:
    notices = [
        note(kind, f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}", budget=f"{n}000", award=f"{n}00")
        for n in range(1, 3000)
        for kind in ("tender", "award")
    ]
    started = time.process_time()
    resolve(notices)
    assert time.process_time() - started < 20


def test_a_slip_in_a_short_name() -> None:
    slips = ["县城视频监控平台", "县城视屏监控平台", "县城视频监平控台"]
    notices = [note("tender", f"2024-03-0{n}", name=name) for n, name in enumerate(slips, 1)]
    assert rules(*notices) == {"name_nearly"}
    assert together(*notices)
    assert not together(notices[0], note("tender", "2024-03-01", name="县城视频会议平台"))


def test_one_number_outranks_what_differs() -> None:
    told = {"number": "PCCG-2024-0123"}
    assert together(
        note("award", "2024-03-28", award="486000", firm="河南甲安科技", name="A系统设备", **told),
        note("award", "2024-04-28", award="779000", firm="郑州乙视电子", name="B系统设备", **told),
    )


def test_a_weak_number_does_not_outrank_a_phase() -> None:
    phases = [
        note("tender", "2024-02-09", budget=f"53{n}", name=f"档案数字化{p}期", number="2024-036")
        for n, p in enumerate("一二")
    ]
    assert not together(*phases)
