"""Projects that belong together and stay apart."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.model import NoticeKey
from sousveil.resolve import resolve
from tests.resolve.test_resolve import BUYER, NAME, NOTICES, NUMBER, key, project_of


def kinds(*keys: NoticeKey) -> dict[str, int]:
    """How many links of each kind; every link is between two projects that exist."""
    result = resolve(keys)
    there = set(project_of(result).values())
    found: dict[str, int] = {}
    for link in result.links:
        assert link.left < link.right
        assert {link.left, link.right} <= there
        found[link.kind] = found.get(link.kind, 0) + 1
    return found


def test_phases_are_linked_one_after_the_other() -> None:
    phases = [
        key(name=f"雪亮工程{n}期", buyer=BUYER, published=f"202{i}-01-01")
        for i, n in enumerate("一二三")
    ]
    assert kinds(*phases) == {"phase": 2}
    assert "phase:1 and phase:2" in {link.reason[-19:] for link in resolve(phases).links}


def test_the_next_years_purchase_is_linked() -> None:
    years = [
        key(name=f"{year}年度舆情监测服务", buyer=BUYER, published=f"{year}-03-01")
        for year in (2022, 2023, 2024)
    ]
    assert kinds(*years) == {"again": 2}


def test_what_is_one_project_is_not_linked() -> None:
    assert kinds(key(name=NAME, buyer=BUYER), key(name=NAME, buyer=BUYER, kind="award")) == {}
    assert kinds(key(name=NAME, buyer=BUYER), key(name=NAME, buyer="南岭县公安局")) == {}


def test_call_offs_are_linked_to_their_framework_and_not_merged() -> None:
    framework = key(name="视频监控设备框架协议采购", buyer="北江市采购中心", number=NUMBER)
    called = [
        key(
            name="视频监控设备框架协议采购（二次竞价）成交公告",
            buyer=buyer,
            number=NUMBER,
            kind="award",
        )
        for buyer in ("北江市公安局", "南岭县公安局")
    ]
    again = key(
        name="视频监控设备（二次竞价）合同", buyer="南岭县公安局", number=NUMBER, kind="contract"
    )
    found = project_of(resolve([framework, *called, again]))
    assert len(set(found.values())) == 3
    assert found[called[1].notice_id] == found[again.notice_id]
    assert kinds(framework, *called, again) == {"framework": 2}


@settings(max_examples=60, deadline=None)
@given(st.lists(NOTICES, max_size=20), st.randoms(use_true_random=False))
def test_no_order_changes_links(keys: list[NoticeKey], shuffler: random.Random) -> None:
    expected = resolve(keys).links
    kinds(*keys)
    shuffler.shuffle(keys)
    assert resolve(keys).links == expected
