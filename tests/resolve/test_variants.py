"""One project number in many spellings, and with marks of calls, lots and contracts behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.numbers import bare, called_again, normal_number, related, respelled, stem
from tests.resolve.test_resolve import BUYER, key, rules, together

NUMBER = "HBSL-2024-0131"


@pytest.mark.parametrize(
    "spelled",
    ["HBSL 2024—0131号", "HBSL20240131", "HBSL（2024）0131", "hbsl〔2024〕第0131号",
     "HBSL-2024-0131（重）", "HBSL-2024-0131-重1", "HBSL-2024-0131（二次）", "HBSL-2024-0131第二次",
     "HBSL-2024-0131-01包", "HBSL-2024-0131包2", "HBSL-2024-0131（第1标段）", "HBSL-2024-0131/01",
     "HBSL-2024-0131-HT01", "HBSL-2024-0131-GZ1", "HBSL-2024-0131C2"],
)  # fmt: skip
def test_variants_of_a_number_with_another_name(spelled: str) -> None:
    tender = key(number=NUMBER, buyer=BUYER, name="安防监控系统升级改造")
    other = key(number=spelled, buyer=BUYER, name="门诊楼监控", kind="award")
    assert rules(tender, other) <= {"number_variant", "number_and_buyer"}
    assert together(tender, other)
    assert not together(tender, key(number=spelled, buyer="南岭县教育局", name="校服采购"))


@pytest.mark.parametrize("other", ["HBSL-2024-01311", "HBSL-2024-0132", "HBSL-2023-0131"])
def test_another_number(other: str) -> None:
    left = key(number=NUMBER, buyer=BUYER, name="安防监控系统", amount="560000")
    assert not together(left, key(number=other, buyer=BUYER, name="消防监控系统", amount="560000"))
    assert not related(NUMBER, other)


def test_digits_behind_a_dash_may_be_a_serial() -> None:
    whole = key(number=NUMBER, buyer=BUYER, name="智慧警务装备采购")
    first = key(number=NUMBER + "-1", buyer=BUYER, name="智慧警务装备采购合同包1", kind="award")
    second = key(number=NUMBER + "-2", buyer=BUYER, name="东港分局监视系统", kind="award")
    other = key(number=NUMBER + "-1", buyer=BUYER, name="西港分局监视系统", kind="award")
    assert together(whole, first)
    assert not together(whole, second)
    assert not together(second, other)


def test_digits_parted_otherwise_are_another_number() -> None:
    assert not respelled("ABCD-2024-11-1", "ABCD-2024-1-11")
    assert respelled("ABCD-2024-11-1", "ABCD2024111")


def test_a_year_is_no_stem() -> None:
    assert stem(normal_number("ABCDEF-2024-HT01")) is None
    assert stem(normal_number("ABCDEF-2024-017-HT01")) == "ABCDEF-2024-017"
    assert called_again(normal_number("ABCDEF-2024-017（重）"))
    assert not called_again(normal_number("ABCDEF-2024-017"))


NUMBERS = st.text(alphabet="AB01239-/()重次二包第号 〔〕", max_size=24)


@given(NUMBERS, NUMBERS)
def test_relations_hold_either_way_round(left: str, right: str) -> None:
    one, other = normal_number(left), normal_number(right)
    assert related(one, other) == related(other, one)
    assert respelled(one, other) == respelled(other, one)
    assert respelled(one, one)
    shorter = stem(one)
    assert shorter is None or (one.startswith(shorter) and len(bare(shorter)) <= len(bare(one)))
