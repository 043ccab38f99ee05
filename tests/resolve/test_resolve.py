"""Notices of one procurement, copies, and what must be kept apart."""

import random
from collections import defaultdict

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.model import Judgement, NoticeKey
from sousveil.resolve import RULES, Resolved, resolve

_COUNT = iter(range(10**9))
BUYER = "北江市公安局"
NAME = "北江市公安局视频监控平台采购项目"
NUMBER = "BJZB-CG-2024-0123"


def key(
    notice_id: str | None = None,
    *,
    kind: str = "tender",
    number: str | None = None,
    references: tuple[str, ...] = (),
    name: str | None = None,
    buyer: str | None = None,
    published: str | None = None,
    amount: str | None = None,
    text: str = "",
    sketch: int = 0,
    country: str | None = "CN",
    ocid: str | None = None,
) -> NoticeKey:
    serial = next(_COUNT)
    return NoticeKey(
        notice_id=notice_id or f"{serial:032x}",
        document_sha256=f"{serial:064x}",
        notice_type=kind,
        project_id=number,
        references=references,
        project_name=name,
        buyer=buyer,
        published=published,
        amount=amount,
        text_hash=text or f"{serial:032x}",
        sketch=sketch,
        country=country,
        ocid=ocid,
    )


def together(*keys: NoticeKey) -> bool:
    return len({r.project_key for r in resolve(keys).resolutions}) == 1


def rules(*keys: NoticeKey) -> set[str]:
    return {join.rule for join in resolve(keys).joins}


def test_same_ocid() -> None:
    assert rules(key(ocid="ocds-abc-1"), key(ocid="ocds-abc-1 ")) == {"ocid"}
    assert not together(key(ocid="ocds-abc-1"), key(ocid="ocds-abc-2"))


def test_same_number_and_buyer_or_name() -> None:
    award = key(kind="award", number="ＢＪ－ＺＢ－20240", buyer=BUYER + "（本级）")
    assert rules(key(number="BJ-ZB-20240", buyer=BUYER), award) == {"number_and_buyer"}
    named = key(number="BJ-ZB-20240", name=NAME), key(number="BJ-ZB-20240", name=NAME + "中标公告")
    assert rules(*named) == {"number_and_name"}


def test_two_agencies_may_count_alike() -> None:
    left = key(number="2024-001", buyer=BUYER, name=NAME)
    right = key(number="2024-001", buyer="南岭县教育局", name="南岭县校服采购")
    assert not together(left, right)
    strong = [key(number="ZB-20240123", buyer=k.buyer, name=k.project_name) for k in (left, right)]
    assert not together(*strong)


def test_a_long_number_is_enough_by_itself_within_a_country() -> None:
    assert rules(key(number=NUMBER), key(number=NUMBER, buyer=BUYER)) == {"number"}
    assert not together(key(number=NUMBER), key(number=NUMBER, country="US"))


@pytest.mark.parametrize("number", ["1", "001", "无", "/", "", "详见附件", "第一包"])
def test_numbers_that_prove_nothing(number: str) -> None:
    left = key(number=number, buyer=BUYER, name="视频监控平台")
    right = key(number=number, buyer=BUYER, name="办公家具购置")
    assert not together(left, right)


def test_reference_to_an_original_number() -> None:
    original = key(number=NUMBER, buyer=BUYER, name=NAME)
    correction = key(kind="correction", references=(NUMBER,), buyer=BUYER)
    retender = key(number="BJZB-CG-2025-0007", references=(NUMBER,), name=NAME, buyer=BUYER)
    assert rules(original, correction) == {"reference_and_buyer"}
    assert together(original, correction, retender)
    other = key(kind="correction", references=("2024-001",), buyer="南岭县教育局")
    assert not together(key(number="2024-001", buyer=BUYER), other)


def test_same_buyer_and_name() -> None:
    tender = key(name=NAME + "公开招标公告", buyer=BUYER, published="2024-01-10")
    award = key(kind="award", name=NAME + "中标公告", buyer=BUYER, published="2024-03-01")
    contract = key(kind="contract", name=NAME, buyer=BUYER, published="2025-06-30")
    assert rules(tender, award) == {"name"}
    assert together(tender, award, contract)
    late = key(name=NAME, buyer=BUYER, published="2026-01-10")
    assert not together(tender, late)
    assert not together(tender, key(name=NAME, buyer="南岭县公安局", published="2024-01-12"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("雪亮平台工程一期", "雪亮平台工程二期"),
        ("2023年度舆情监测服务", "2024年度舆情监测服务"),
        ("雪亮平台工程第1批", "雪亮平台工程第2批"),
        ("CCTV system phase 1", "CCTV system phase II"),
    ],
)
def test_phases_and_years_are_kept_apart(left: str, right: str) -> None:
    keys = [key(name=name, buyer=BUYER, published="2024-01-10") for name in (left, right)]
    assert not together(*keys)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("北江市公安局南岸分局雪亮工程运维服务采购项目", "南岸分局雪亮工程运维服务采购项目", True),
        ("北江市公安局南岸分局雪亮工程运维服务采购项目", "雪亮工程运维服务", True),
        ("北江市公安局南岸分局采购项目", "南岸分局雪亮工程运维服务采购项目", False),
        ("南岸分局雪亮工程运维服务采购项目", "南岸分局执法记录仪采购项目", False),
    ],
)
def test_a_name_may_begin_with_the_buyers(left: str, right: str, same: bool) -> None:
    buyer = "北江市公安局南岸分局"
    one, other = key(name=left, buyer=buyer), key(name=right, buyer=buyer, kind="award")
    assert together(one, other) is same


def test_next_years_call_under_a_new_number_is_another_project() -> None:
    first = key(name=NAME, buyer=BUYER, number="BJ-ZB-20240", published="2024-01-10")
    again = key(name=NAME, buyer=BUYER, number="BJ-ZB-20241", published="2024-03-10")
    next_year = key(name=NAME, buyer=BUYER, number="BJ-ZB-20250", published="2025-01-15")
    assert rules(first, again) == {"name_renumbered"}
    assert not together(first, next_year)


def test_exact_and_near_copies() -> None:
    same = {"number": NUMBER, "buyer": BUYER, "name": NAME, "amount": "846000"}
    first = key(text="a" * 32, sketch=0b1011, published="2024-01-10", **same)
    exact = key(text="a" * 32, sketch=0b1011, published="2024-01-09", **same)
    near = key(
        text="b" * 32, sketch=0b0001, published="2024-01-12", **{**same, "amount": "846000.00"}
    )
    other_amount = key(
        text="c" * 32, sketch=0b1011, published="2024-01-12", **{**same, "amount": "1"}
    )
    later = key(text="d" * 32, sketch=0b1011, published="2024-03-12", **same)
    award = key(kind="award", text="e" * 32, sketch=0b1011, published="2024-01-10", **same)
    far = key(text="f" * 32, sketch=0b1011 | 0xFFFFFF << 40, published="2024-01-10", **same)
    result = resolve([first, exact, near, other_amount, later, award, far])
    copies = {r.notice_id: r.duplicate_of for r in result.resolutions if r.duplicate_of}
    assert copies == {first.notice_id: exact.notice_id, near.notice_id: exact.notice_id}
    assert len({r.project_key for r in result.resolutions}) == 1


def test_another_portals_wrapping_is_a_copy_unless_it_is_a_correction() -> None:
    same = {"number": NUMBER, "buyer": BUYER, "name": NAME, "amount": "846000"}
    first = key(sketch=1, published="2024-01-10", **same)
    again = key(sketch=0xFFFF, published="2024-01-11", **same)
    assert "republished" in rules(first, again)
    assert "republished" not in rules(first, key(sketch=0xFFFF, published="2024-01-20", **same))
    bare = {**same, "number": None}
    assert "republished" not in rules(
        key(sketch=1, published="2024-01-10", **bare), key(sketch=0xFFFF, **bare)
    )
    corrections = [
        key(kind="correction", sketch=bits, published="2024-01-10", **same) for bits in (1, 0xFFFF)
    ]
    assert "republished" not in rules(*corrections)


def test_first_copy_unknown_date_last_then_smallest_id() -> None:
    undated = key("0" * 32, text="a" * 32)
    later, earlier = (key(text="a" * 32, published=day) for day in ("2024-02-02", "2024-02-01"))
    result = resolve([undated, later, earlier])
    assert {r.duplicate_of for r in result.resolutions} == {None, earlier.notice_id}
    two = resolve([key("b" * 32, text="a" * 32), key("a" * 32, text="a" * 32)])
    assert [r.duplicate_of for r in two.resolutions] == [None, "a" * 32]


def test_several_notices_of_one_page_are_no_copies() -> None:
    rows = [key(text="a" * 32, name=f"第{n}台特种车辆购置", buyer=BUYER) for n in ("甲", "乙")]
    assert all(r.duplicate_of is None for r in resolve(rows).resolutions)


def test_copies_on_other_portals_are_looked_for_in_what_the_other_rules_joined() -> None:
    """One record listed twice makes no two notices copies that no rule has in one project."""
    told = {"published": "2024-01-10"}
    one = msgspec.structs.replace(
        key("a" * 32, number=NUMBER, sketch=2**64 - 1, **told), record_id="rec-12345"
    )
    listed = msgspec.structs.replace(key("b" * 32, sketch=1, **told), record_id="rec-12345")
    other = key("c" * 32, number=NUMBER, sketch=3, **told)
    assert rules(one, listed, other) == {"same_record", "number"}
    found = {r.notice_id: r.duplicate_of for r in resolve([one, listed, other]).resolutions}
    assert found[other.notice_id] is None


def test_nothing_in_nothing_out() -> None:
    assert resolve([]) == Resolved((), ())
    bare = [key(country=None) for _ in range(3)]
    assert len({r.project_key for r in resolve(bare).resolutions}) == 3


NOTICES = st.builds(
    key,
    notice_id=st.integers(0, 60).map(lambda n: f"{n * 7919 % 61:032x}"),
    kind=st.sampled_from(["tender", "award"]),
    number=st.sampled_from([None, "001", "2024-001", "BJ-ZB-20240", "BJ-ZB-20241", NUMBER]),
    references=st.sampled_from([(), ("2024-001",), (NUMBER, "BJ-ZB-20240")]),
    name=st.sampled_from([None, NAME, NAME + "二期", "南岭县校服采购", "招标公告"]),
    buyer=st.sampled_from([None, BUYER, "南岭县教育局"]),
    published=st.sampled_from([None, "2024-01-01", "2024-05-05", "2025-01-01", "2026-01-01", "x"]),
    amount=st.sampled_from([None, "1", "846000", "n/a"]),
    text=st.sampled_from(["a" * 32, "b" * 32, ""]),
    sketch=st.sampled_from([0, 1, 3, 0xFF, 1 << 63]),
    country=st.sampled_from([None, "CN", "US"]),
    ocid=st.sampled_from([None, "ocds-1", "ocds-2"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(NOTICES, max_size=25), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_result_is_sound(
    keys: list[NoticeKey], shuffler: random.Random
) -> None:
    result = resolve(keys)
    shuffled = list(keys)
    shuffler.shuffle(shuffled)
    assert resolve(shuffled) == result
    project = {r.notice_id: r.project_key for r in result.resolutions}
    assert set(project) == {k.notice_id for k in keys}
    assert list(result.resolutions) == sorted(result.resolutions)
    neighbours = defaultdict(set)
    for join in result.joins:
        assert join.left < join.right
        assert join.rule in RULES
        assert 0.5 < join.probability < 1
        assert project[join.left] == project[join.right]
        neighbours[join.left].add(join.right)
        neighbours[join.right].add(join.left)
    originals = {r.notice_id: r.duplicate_of for r in result.resolutions}
    for notice_id, original in originals.items():
        if original is not None:
            assert originals[original] is None
            assert project[original] == project[notice_id]
    assert_joins_explain(project, neighbours)


def assert_joins_explain(project: dict[str, str], neighbours: dict[str, set[str]]) -> None:
    """Every project is connected by the joins that are listed."""
    for key_of_project in set(project.values()):
        members = {n for n, p in project.items() if p == key_of_project}
        seen, todo = set(), [min(members)]
        while todo:
            notice_id = todo.pop()
            if notice_id not in seen:
                seen.add(notice_id)
                todo += neighbours[notice_id]
        assert seen == members


def sizes(result: Resolved) -> list[int]:
    count: dict[str, int] = defaultdict(int)
    for resolution in result.resolutions:
        count[resolution.project_key] += 1
    return sorted(count.values(), reverse=True)


@pytest.mark.parametrize("number", ["001", "2024-001", "BJZB-CG-2024-0001"])
def test_one_shared_number_makes_no_giant(number: str) -> None:
    keys = [
        key(
            number=number,
            buyer=BUYER,
            name=f"第{chr(0x4E00 + n)}{chr(0x5E00 + n * 7 % 5000)}类物资购置安排",
        )
        for n in range(10_000)
    ]
    result = resolve(keys)
    assert sizes(result)[0] < 50


def test_exact_copies_survive_any_block_size() -> None:
    keys = [key(text="a" * 32, buyer=BUYER, number="001", name=NAME) for _ in range(3_000)]
    result = resolve(keys)
    assert sum(r.duplicate_of is None for r in result.resolutions) == 1


def test_near_copies_are_found_in_a_large_block() -> None:
    rng = random.Random(7)
    base = [rng.getrandbits(64) for _ in range(400)]
    keys = [key(sketch=s, buyer=BUYER, name=NAME) for s in base]
    twins = [key(sketch=s ^ (1 << 3) ^ (1 << 40), buyer=BUYER, name=NAME) for s in base]
    result = resolve([*keys, *twins])
    assert sum(r.duplicate_of is not None for r in result.resolutions) == 400


def judged(left: str, right: str, verdict: str, at: str = "2026-01-01") -> Judgement:
    return Judgement("Li", at, "project", verdict, min(left, right), max(left, right))  # type: ignore[arg-type]


def project_of(found: Resolved) -> dict[str, str]:
    return {r.notice_id: r.project_key for r in found.resolutions}


def test_who_is_split_off_leaves_the_others_together() -> None:
    keys = [key(f"{n}" * 32, number=NUMBER, buyer=BUYER, name=NAME) for n in "abcd"]
    hub, *others = (k.notice_id for k in keys)
    found = project_of(resolve(keys, [judged(hub, other, "different") for other in others]))
    assert len({found[other] for other in others}) == 1
    assert found[hub] != found[others[0]]


def test_the_last_word_on_a_pair_counts() -> None:
    one, two = key("a" * 32), key("b" * 32)
    words = [judged("a" * 32, "b" * 32, "same"), judged("a" * 32, "b" * 32, "different", "2026-02")]
    assert len(set(project_of(resolve([one, two], words[:1])).values())) == 1
    assert len(set(project_of(resolve([one, two], words)).values())) == 2
    assert resolve([one, two], words[:1]).joins[0].rule == "judged"


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["same", "different"])),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_judgements_hold_whatever_the_order(
    words: list[tuple[int, int, str]], shuffle: random.Random
) -> None:
    keys = [
        key(f"{n:032x}", number=NUMBER if n < 6 else f"{NUMBER}-{n}", buyer=BUYER, name=NAME)
        for n in range(10)
    ]
    told = [
        judged(f"{a:032x}", f"{b:032x}", verdict, f"2026-01-{day + 1:02d}")
        for day, (a, b, verdict) in enumerate(words)
        if a != b
    ]
    found = resolve(keys, told)
    last = {(j.left, j.right): j.verdict for j in told}
    projects = project_of(found)
    for (left, right), verdict in last.items():
        if verdict == "different":
            assert projects[left] != projects[right]
    for join in found.joins:
        assert projects[join.left] == projects[join.right]
    shuffle.shuffle(keys)
    shuffle.shuffle(told)
    assert resolve(keys, told) == found


@settings(max_examples=60, deadline=None)
@given(st.permutations("abcd"), st.sampled_from([(0, 2), (0, 3), (1, 3), (0, 1)]))
def test_what_is_parted_is_no_copy(ids: list[str], apart: tuple[int, int]) -> None:
    """A chain of near copies, cut somewhere: nobody is a copy of a notice of another project."""
    same = {"number": NUMBER, "buyer": BUYER, "name": NAME, "published": "2024-01-10"}
    chain = [key(i * 32, sketch=0b111 << 2 * n, **same) for n, i in enumerate(ids)]
    ends = [chain[n].notice_id for n in apart]
    result = resolve(chain, [judged(ends[0], ends[1], "different")])
    project = project_of(result)
    assert project[ends[0]] != project[ends[1]]
    for resolution in result.resolutions:
        if resolution.duplicate_of:
            assert project[resolution.duplicate_of] == resolution.project_key


def test_two_contracts_under_two_numbers_are_two() -> None:
    contracts = [
        key(kind="contract", number=f"47QRAA25D00{n}X", buyer="Federal Acquisition Service",
            name="Multiple award schedule", published=f"2025-01-0{n}", country="US")
        for n in (1, 2, 3)
    ]  # fmt: skip
    assert len(set(project_of(resolve(contracts)).values())) == 3
    tender = key(number="BJZB-2024-0001", buyer=BUYER, name=NAME, published="2024-01-01")
    again = key(number="BJZB-2024-0077", buyer=BUYER, name=NAME, published="2024-03-01")
    assert len(set(project_of(resolve([tender, again])).values())) == 1


def test_one_record_of_a_source_is_one_notice_whatever_was_cut_out_of_it() -> None:
    told = {"name": NAME, "buyer": BUYER, "published": "2024-01-01"}
    one, two = (
        msgspec.structs.replace(key(text=t, **told), record_id="ABCY1xWYTIOLDw7Amtzc") for t in "ab"
    )  # type: ignore[arg-type]
    other = msgspec.structs.replace(key(text="c", **told), record_id="ABCY1xWYTIOLDw7Amtzd")  # type: ignore[arg-type]
    found = resolve([one, two, other])
    assert sum(r.duplicate_of is not None for r in found.resolutions) == 1
    assert "same_record" in {j.rule for j in found.joins}


@pytest.mark.parametrize(
    ("kinds", "copies"), [(("other", "tender"), 1), (("tender", "award"), 0), (("other",) * 2, 1)]
)
def test_a_record_whose_type_an_excerpt_does_not_tell(kinds: tuple[str, ...], copies: int) -> None:
    keys = [
        msgspec.structs.replace(
            key(kind=kind, name=NAME, buyer=BUYER, published="2024-01-01", text=kind + str(number)),
            record_id="ABCY1xWYTIOLDw7Amtzc",
        )
        for number, kind in enumerate(kinds)
    ]
    for order in (keys, keys[::-1]):
        found = resolve(order)
        assert sum(r.duplicate_of is not None for r in found.resolutions) == copies
