"""Confidence is a share that was counted; what is unsure goes to review."""

from decimal import Decimal

import msgspec
import pytest
from tests.extract.chinese.test_crosscheck import TENDER, only, wan

from sousveil.extract.confidence import AGREED, REVIEW_BELOW, WEIGHED, Reliability, measured, weigh
from sousveil.model import Evidence, Field, Money, Notice

EVIDENCE = Evidence("0" * 64, 1, 0, 4, "某某单位", "x/1")
NOTHING = Reliability({}, {"doubt": frozenset({"buyer"})})


def notice(**fields: object) -> Notice:
    return Notice(
        "n", "0" * 64, 1, (1,), None, "cn-free", "tender", **fields  # type: ignore[arg-type]
    )  # fmt: skip


def buyer(strength: float) -> Field[str]:
    return Field("某某单位", "某某单位", EVIDENCE, strength)


@pytest.mark.parametrize(
    ("right", "wrong", "strength", "share"),
    [
        (0, 0, 0.9, 0.9),
        (0, 0, 1.0, 0.97),
        (96, 0, 0.5, 0.98),
        (16, 0, 1.0, 0.994),
        (0, 16, 1, 0.194),
    ],
)
def test_counts_outweigh_what_a_rule_says(
    right: int, wrong: int, strength: float, share: float
) -> None:
    table = Reliability({("x", "buyer", strength): (right, wrong)}, {})
    assert table.of("x", "buyer", strength) == pytest.approx(share, abs=1e-3)


def test_a_field_below_the_threshold_goes_to_review() -> None:
    sure = weigh(notice(buyer=buyer(0.97)), NOTHING)
    unsure = weigh(notice(buyer=buyer(REVIEW_BELOW - 0.01)), NOTHING)
    assert (sure.flags, unsure.flags) == ((), ("unsure_buyer",))
    assert unsure.buyer is not None
    assert unsure.strengths == {"buyer": REVIEW_BELOW - 0.01}


def test_a_flag_lowers_the_fields_it_speaks_against() -> None:
    found = weigh(notice(buyer=buyer(0.97), project_name=buyer(0.97), flags=("doubt",)), NOTHING)
    assert found.buyer is not None
    assert found.project_name is not None
    assert (found.buyer.confidence, found.project_name.confidence) == (0.5, 0.97)
    assert found.flags == ("doubt", "unsure_buyer")


def test_of_a_list_the_least_sure_decides() -> None:
    found = weigh(notice(suppliers=(buyer(0.97), buyer(0.3))), NOTHING)
    assert [field.confidence for field in found.suppliers] == [0.97, 0.3]
    assert found.flags == ("unsure_suppliers",)


def test_nothing_else_of_a_notice_changes() -> None:
    money = Field(Money(Decimal(5), "CNY", "budget"), "5元", EVIDENCE, 0.5)
    before = notice(budget=money, title=buyer(0.4), flags=("x",))
    after = weigh(before, NOTHING)
    assert after.budget is not None
    assert after.budget.value == money.value
    assert after.title == before.title
    kept = msgspec.structs.replace(after, budget=money, flags=before.flags, strengths={})
    assert kept == before


def test_the_shipped_counts() -> None:
    table = measured()
    assert sum(right for right, _ in table.counts.values()) > 900
    assert {field for _, field, _ in table.counts} <= set(WEIGHED)
    assert {field for fields in table.flags.values() for field in fields} <= set(WEIGHED)
    assert all(0 < table.of(*key) < 1 for key in table.counts)


def test_agreement_never_lowers_what_one_place_alone_is_worth() -> None:
    table = Reliability({("x", "buyer", 0.97): (60, 0), ("x", "buyer", AGREED): (1, 0)}, {})
    assert table.of("x", "buyer", AGREED) > table.of("x", "buyer", 0.97)
    for extractor, field, strength in measured().counts:
        if extractor == "cn_forms":
            once, twice = (measured().of(extractor, field, said) for said in (strength, AGREED))
            assert twice >= once, (field, strength)


def test_agreement_that_proved_wrong_is_less_sure() -> None:
    table = Reliability({("x", "buyer", 0.97): (10, 0), ("x", "buyer", AGREED): (0, 10)}, {})
    assert table.of("x", "buyer", AGREED) < REVIEW_BELOW


def test_a_humble_rule_that_was_always_right_is_sure() -> None:
    table = Reliability({("x", "buyer", 0.5): (20, 0)}, {})
    assert table.of("x", "buyer", 0.5) > 0.9
    assert weigh(notice(buyer=buyer(0.5)), table).flags == ()


def test_a_value_stated_twice_is_surer_and_one_contradicted_less() -> None:
    def budget(summary: int, body: int) -> float:
        found = only(TENDER.format(summary=wan(summary), body=f"{body}元", more=""))
        weighed = weigh(found, Reliability({}, measured().flags))
        assert weighed.budget is not None
        return weighed.budget.confidence

    agreed, contradicted = budget(1_250_000, 1_250_000), budget(1_250_000, 125)
    assert contradicted < REVIEW_BELOW < agreed
