"""Which figure counts for a project: each sum of money once, with the reason."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.amounts import Counted, count
from sousveil.resolve.member import Member
from sousveil.resolve.projects import summarise
from tests.resolve.test_projects import member

Stated = tuple[str, str, str, int, str, tuple[str, ...]]
"""Type, name, kind of figure, figure, currency, suppliers; a day apart, in this order."""


def members(*stated: Stated) -> list[Member]:
    return [
        member(
            f"{day:02d}",
            notice_type,  # type: ignore[arg-type]
            on=date(2024, 1, 1 + day),
            project_name=name,
            currency=currency,
            suppliers=suppliers,
            **{kind: Decimal(figure), f"{kind}_usd": Decimal(figure) / 8},
        )
        for day, (notice_type, name, kind, figure, currency, suppliers) in enumerate(stated)
    ]


def counted(*stated: Stated) -> Counted:
    found = count(members(*stated))
    assert found is not None
    return found


def one(kind: str, figure: int, name: str = "视频监控平台", who: tuple[str, ...] = ()) -> Stated:
    field = "award" if kind in ("award", "contract", "acceptance") else "budget"
    return kind, name, field, figure, "CNY", who


LOT1, LOT2, LOT3 = (f"视频监控平台第{n}包" for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("stated", "amount", "ids"),
    [
        ((one("tender", 100), one("award", 95)), 95, ("01",)),
        ((one("award", 95), one("tender", 100)), 95, ("00",)),
        ((one("tender", 100), one("correction", 120)), 120, ("01",)),
        ((one("intention", 90), one("tender", 100)), 100, ("01",)),
        ((one("award", 95), one("contract", 94)), 94, ("01",)),
        ((one("award", 95, LOT1), one("award", 40, LOT2)), 135, ("00", "01")),
        ((one("award", 95, LOT1), one("award", 40, LOT2), one("award", 38, LOT2)), 133,
         ("00", "02")),
        ((one("award", 95, LOT1), one("award", 40, LOT2), one("contract", 40, LOT2)), 135,
         ("00", "01")),
        ((one("award", 95, LOT1), one("award", 40, LOT2), one("award", 135)), 135, ("02",)),
        ((one("award", 135), one("contract", 95, LOT1), one("contract", 40, LOT2)), 135, ("00",)),
        ((one("award", 95, LOT1), one("award", 40, LOT2), one("contract", 135)), 135, ("02",)),
        ((one("contract", 70, who=("甲",)), one("contract", 30, who=("乙",))), 100, ("00", "01")),
        ((one("contract", 70, who=("甲",)), one("contract", 75, who=("甲",))), 75, ("01",)),
        ((one("contract", 70, who=("甲",)), one("contract", 75)), 75, ("01",)),
        ((one("contract", 70, LOT1), one("contract", 30, LOT3)), 100, ("00", "01")),
        ((one("tender", 300), one("tender", 80, LOT2)), 300, ("00",)),
        ((one("tender", 60, LOT1), one("tender", 80, LOT2)), 140, ("00", "01")),
        ((one("tender", 60, LOT1),), 60, ("00",)),
        ((one("award", 9, "平台第1、2包"), one("award", 5, LOT3), one("award", 4, LOT1)),
         14, ("00", "01")),
    ],
)  # fmt: skip
def test_which_counts(stated: tuple[Stated, ...], amount: int, ids: tuple[str, ...]) -> None:
    found = counted(*stated)
    assert (found.amount, found.notice_ids) == (amount, ids)
    assert found.usd == Decimal(amount) / 8
    assert found.notice_id == ids[-1]


def test_reasons_are_told() -> None:
    assert counted(one("tender", 100)).reason == "no award is stated: the budget stated last"
    lots = counted(one("award", 95, LOT1), one("award", 40, LOT2))
    assert lots.reason == "the sum of 2 lots, each stated in notices of its own"
    parts = counted(one("award", 100, who=("甲", "乙")), one("contract", 70, who=("甲",)))
    assert parts.reason.startswith("the award: the contracts after it are for parts")


def test_sums_of_two_currencies_are_none() -> None:
    left, right = one("award", 95, LOT1), one("award", 40, LOT2)
    found = counted(left, (*right[:4], "USD", ()))
    assert (found.amount, found.notice_ids) == (40, ("01",))


def test_a_part_without_dollars_leaves_the_sum_without() -> None:
    first, second = members(one("award", 95, LOT1), one("award", 40, LOT2))
    second = member("01", "award", on=second.on, project_name=LOT2, award=Decimal(40),
                    currency="CNY")  # fmt: skip
    found = count([first, second])
    assert found is not None
    assert (found.amount, found.usd) == (135, None)


def test_lots_by_number() -> None:
    rows = [
        member(f"{n}", "award", on=date(2024, 1, 1), project_id=f"0811-224DSITC0366/0{n}",
               award=Decimal(10 * n), currency="CNY")
        for n in (1, 2)
    ]  # fmt: skip
    found = count(rows)
    assert found is not None
    assert found.amount == 30


def test_nothing_stated() -> None:
    assert count([]) is None
    assert count([member("1", "tender")]) is None


STATED = st.tuples(
    st.sampled_from(["tender", "correction", "award", "contract", "candidate"]),
    st.sampled_from(["平台", LOT1, LOT2, LOT3, "平台第1、2包"]),
    st.sampled_from(["award", "budget", "ceiling"]),
    st.integers(0, 500),
    st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
    st.sampled_from([(), ("甲",), ("乙",), ("甲", "乙")]),
)


@given(st.lists(STATED, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_no_order_changes_it_and_nothing_counts_twice(
    stated: list[Stated], shuffler: random.Random
) -> None:
    rows = members(*stated)
    expected = summarise("p", rows)
    assert expected.amount is not None
    assert len(set(expected.amount_notice_ids)) == len(expected.amount_notice_ids)
    by_id = {m.notice_id: m for m in rows}
    figures = [getattr(by_id[i], str(expected.amount_kind)) for i in expected.amount_notice_ids]
    assert sum(figures) == expected.amount
    copies = [member(f"c{m.notice_id}", m.notice_type, duplicate_of=m.notice_id, award=Decimal(999))
              for m in rows]  # fmt: skip
    shuffler.shuffle(rows)
    assert summarise("p", rows) == expected
    assert summarise("p", [*copies, *rows]).amount == expected.amount
