"""Taking over what was decided of a block gives what deciding everything anew gives."""

import random
from collections.abc import Iterator, Sequence

import msgspec
import pytest
from benchmarks.projects.generated import collection
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.model import Judgement, NoticeKey
from sousveil.resolve import resolve
from sousveil.resolve.blocks import Blocks, Decision
from sousveil.resolve.prepared import Prepared
from sousveil.resolve.worked_out import WorkedOut
from tests.resolve.test_resolve import BUYER, NAME, NUMBER, judged, key

LONG = "智慧安防小区视频监控平台建设"
GENERATED = [row.key for row in collection(40, 11).rows]
ALIKE = [
    key(name=LONG, buyer=BUYER, published="2024-01-10"),
    key(name="智慧安防小区视频监控平建设台", buyer=BUYER, published="2024-01-12"),
    key(name=LONG + "与运维", buyer=BUYER, published="2024-02-10", kind="award"),
    key(name=LONG, published="2024-01-20", kind="award"),
    key(name=LONG + "（西区）", buyer=BUYER, published="2024-01-15"),
    key(name=LONG + "（东区）", buyer=BUYER, published="2024-01-16"),
    key(name=BUYER + LONG, buyer="北江市政府采购中心", published="2024-01-25"),
    key(name=LONG, buyer="南岭县教育局", published="2024-01-10"),
    key(name=LONG, buyer=BUYER, published="2024-03-01", kind="award"),
    key(name=LONG, buyer=BUYER, published="2024-06-01"),
]
NUMBERED = [
    key(number=NUMBER, buyer=BUYER, name=NAME, published="2024-01-10", sketch=1),
    key(number=NUMBER, buyer=BUYER, name=NAME, published="2024-01-11", sketch=3),
    key(number=NUMBER.replace("-", ""), buyer=BUYER, name=NAME, kind="award"),
    key(number=NUMBER + "-2", buyer=BUYER, name=NAME, kind="contract"),
    key(number=NUMBER + "（重）", name=NAME, published="2024-05-10"),
    key(number="2024-001", name=NAME, references=(NUMBER,)),
    key(number="2024-001", buyer="南岭县教育局", name="南岭县校服采购"),
    *(key(number=NUMBER, buyer=f"{n}县教育局", name=f"校服采购{n}") for n in "东西南北上下"),
]
WRITTEN = [
    *ALIKE,
    *NUMBERED,
    *(msgspec.structs.replace(k, notice_id=f"{n:032x}f", amounts=("846000",)) for n, k in
      enumerate(ALIKE)),
]  # fmt: skip
NOTICES = [*WRITTEN, *GENERATED[:60]]
SOME = st.sets(st.sampled_from(NOTICES), min_size=1)
JUDGED = st.lists(
    st.builds(
        judged,
        st.sampled_from([k.notice_id for k in WRITTEN[::2]]),
        st.sampled_from([k.notice_id for k in WRITTEN[1::2]]),
        st.sampled_from(["same", "different"]),
        st.sampled_from(["2026-01-01", "2026-01-02"]),
    ),
    max_size=3,
)


def kept(known: WorkedOut, version: str = "1") -> WorkedOut:
    """What a run leaves to the next."""
    return WorkedOut(version, dict(known.rows()))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SOME, JUDGED), min_size=2, max_size=5))
def test_whatever_was_added_removed_and_judged_before_changes_nothing(
    states: list[tuple[set[NoticeKey], list[Judgement]]],
) -> None:
    known = WorkedOut("1")
    for keys, judgements in states:
        known, fresh = kept(known), WorkedOut("1")
        found = resolve(keys, judgements, known)
        assert found == resolve(keys, judgements)
        assert found == resolve(keys, judgements, fresh)
        assert list(known.rows()) == list(fresh.rows())


def test_whichever_notice_comes_last_finds_what_it_belongs_to() -> None:
    whole = resolve(WRITTEN)
    for last in WRITTEN:
        known = WorkedOut("1")
        resolve([k for k in WRITTEN if k is not last], (), known)
        assert resolve(WRITTEN, (), kept(known)) == whole


def test_a_changed_notice_is_decided_anew() -> None:
    known = WorkedOut("1")
    resolve(WRITTEN, (), known)
    for at, one in enumerate(WRITTEN):
        changed = [*WRITTEN]
        changed[at] = msgspec.structs.replace(one, buyer="西溪县公安局", published="2021-01-01")
        assert resolve(changed, (), kept(known)) == resolve(changed)


def test_only_blocks_that_a_new_notice_comes_to_are_decided_anew() -> None:
    keys = list(GENERATED)
    random.Random(3).shuffle(keys)
    known = WorkedOut("1")
    resolve(keys[1:], (), known)
    blocks = known.anew["blocks"] + known.taken_over["blocks"]  # of which some are the same
    again = kept(known)
    resolve(keys[1:], (), again)
    assert (again.anew["blocks"], again.anew["notices"]) == (0, 0)
    assert again.taken_over["notices"] == len(keys) - 1
    assert again.taken_over["blocks"] == blocks
    added = kept(known)
    resolve(keys, (), added)
    assert 0 < added.anew["blocks"] < 20 < added.taken_over["blocks"]
    assert 0 < added.anew["notices"] < len(keys) / 2


def test_what_another_rule_joins_meanwhile_is_decided_anew() -> None:
    """The block of two names that are alike has the same notices as before, two now
    of one project."""
    one = key(name=LONG, buyer=BUYER, published="2024-01-10", ocid="ocds-1")
    other = key(name=LONG + "与运维", buyer=BUYER, published="2024-01-12", number=NUMBER)
    before = key(name=LONG + "一批", buyer=BUYER, published="2021-01-10")
    between = key(number=NUMBER, buyer=BUYER, ocid="ocds-1")
    known = WorkedOut("1")
    assert {j.rule for j in resolve([one, other, before], (), known).joins} == {"name_nearly"}
    found = resolve([one, other, before, between], (), kept(known))
    assert found == resolve([one, other, before, between])
    assert {j.rule for j in found.joins} == {"ocid", "number_and_buyer"}


def test_another_version_takes_nothing_over() -> None:
    known = WorkedOut("1")
    resolve(WRITTEN, (), known)
    later = kept(known, "2")
    resolve(WRITTEN, (), later)
    assert later.taken_over["blocks"] == 0


def first_and_last(members: Sequence[Prepared], rule: str) -> Iterator[Decision]:
    yield members[0], members[-1], rule


def last_and_first(members: Sequence[Prepared], rule: str) -> Iterator[Decision]:
    yield members[-1], members[0], rule


@pytest.mark.parametrize("known", [None, WorkedOut()])
def test_a_decision_is_of_its_block_its_order_and_what_is_given(known: WorkedOut | None) -> None:
    blocks = Blocks([key("a" * 32), key("b" * 32), key("c" * 32)], known)
    a, b, c = blocks.notices
    for _ in range(2):
        assert blocks.decided(first_and_last, [a, b, c], "name") == [(a, c, "name")]
        assert blocks.decided(first_and_last, [a, b], "name") == [(a, b, "name")]
        assert blocks.decided(first_and_last, [b, a], "name") == [(b, a, "name")]
        assert blocks.decided(first_and_last, [a, b], "number") == [(a, b, "number")]
        assert blocks.decided(last_and_first, [a, b], "name") == [(b, a, "name")]
    if known is not None:
        assert (known.anew["blocks"], known.taken_over["blocks"]) == (5, 5)
        assert blocks.compared_anew == 3
