"""Project numbers and what they prove."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.numbers import Strength, normal_number, strength


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("abc－2024—001", "ABC-2024-001"),
        ("ABC 2024 [001]号", "ABC2024〔001〕号"),
        ("项目编号：ABC-2024-001", "ABC–2024–001"),
        ("ＡＢＣ2024001", "ABC2024001"),
        ("ABC-2024-001。", "ABC-2024-001"),
    ],
)
def test_spellings_of_one_number(left: str, right: str) -> None:
    assert normal_number(left) == normal_number(right)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", Strength.NOTHING),
        ("/", Strength.NOTHING),
        ("无", Strength.NOTHING),
        ("详见公告", Strength.NOTHING),
        ("1", Strength.NOTHING),
        ("001", Strength.NOTHING),
        ("0001", Strength.NOTHING),
        ("000000000000", Strength.NOTHING),
        ("第一包", Strength.NOTHING),
        ("2024-001", Strength.WEAK),
        ("2024001", Strength.WEAK),
        ("ABC-01", Strength.WEAK),
        ("ABCZB-2024-01", Strength.STRONG),
        ("ABCZB-CG-2024-0123", Strength.SPECIFIC),
        ("〔2024〕0123456", Strength.STRONG),
    ],
)
def test_strength(raw: str, expected: Strength) -> None:
    assert strength(normal_number(raw)) == expected


@given(st.text(max_size=80))
def test_never_fails_and_is_stable(raw: str) -> None:
    number = normal_number(raw)
    assert normal_number(number) in (number, normal_number(normal_number(number)))
    strength(number)
