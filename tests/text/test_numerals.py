"""Numbers in digits and numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text import parse_number
from tests.text.writing import capital_sum, numerals

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@given(st.integers(0, 10**15))
def test_numerals_are_read_back(number: int) -> None:
    assert parse_number(numerals(number)) == number
    assert parse_number(numerals(number, capital=True)) == number


@given(st.integers(1, 10**13))
def test_capital_sums_are_read_back(fen: int) -> None:
    assert parse_number(capital_sum(fen)) == Decimal(fen) / 100


@given(st.decimals(0, 10**12, places=2), st.booleans())
def test_grouped_digits_are_read_back(number: Decimal, wide: bool) -> None:
    for text in (f"{number:,}", f"{number:f}", f"{number:,}".replace(",", " ")):
        assert parse_number(text.translate(WIDE) if wide else text) == number


@given(st.decimals(0, 10**12, places=2))
def test_continental_digits_are_read_back(number: Decimal) -> None:
    swapped = f"{number:,}".translate(str.maketrans(",.", ".,"))
    assert parse_number(swapped, decimal_comma=True) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_mixed_units(high: int, low: int) -> None:
    assert parse_number(f"{high}亿{low}万") == high * 10**8 + low * 10**4
    assert parse_number(f"{high}.5万") == high * 10**4 + 5000


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("二〇二六", "2026"),
        ("三百二", "320"),
        ("一万五", "15000"),
        ("一万零五", "10005"),
        ("廿三", "23"),
        ("两千零五", "2005"),
        ("兩萬", "20000"),
        ("三点五万", "35000"),
        ("壹拾萬圓整", "100000"),
        ("12,34,567", "1234567"),
        ("1'234'567.50", "1234567.50"),
        ("3,5", "3.5"),
        ("0,125", "0.125"),
        ("1,234", "1234"),
        ("-5", "-5"),
    ],
)
def test_values(raw: str, value: str) -> None:
    assert parse_number(raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw",
    ["", " ", "万", "百万", "元", "整", "1,2,3", "1.2.3", "十十", "一百千", "abc", "五元五元"],
)
def test_what_is_no_number(raw: str) -> None:
    assert parse_number(raw) is None


@given(
    st.text(max_size=50)
    | st.text(alphabet="0123456789.,，'’ 一二十百千万亿零元角分整点-", max_size=50)
)
def test_never_fails(raw: str) -> None:
    value = parse_number(raw)
    assert value is None or value.is_finite()
