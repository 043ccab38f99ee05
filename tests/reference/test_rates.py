"""Exchange rates: the bank's own figures, and plain words where there is none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from currency_converter import CurrencyConverter, RateNotFoundError
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.errors import UsageError
from sousveil.model import Money
from sousveil.reference import rates
from sousveil.reference.rates import RATES_VERSION, conversion_disagrees, read_rates, to_usd

END = date.fromisoformat(RATES_VERSION.rsplit("/", 1)[1])


def money(amount: str, currency: str) -> Money:
    return Money(Decimal(amount), currency, "budget")


@pytest.fixture(scope="module")
def oracle() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


@settings(max_examples=150, deadline=None)
@given(
    currency=st.sampled_from(
        ["CNY", "GBP", "EUR", "JPY", "HKD", "SGD", "INR", "ZAR", "ISK", "RUB"]
    ),
    day=st.dates(date(1999, 1, 4), END),
    amount=st.decimals(1, 10**12, places=2),
)
def test_equals_the_package_on_days_with_a_rate(
    oracle: CurrencyConverter, currency: str, day: date, amount: Decimal
) -> None:
    converted = to_usd(Money(amount, currency, "award"), day)
    try:
        expected = oracle.convert(amount, currency, "USD", date=day)
    except RateNotFoundError:
        assert converted.rate_date != day
        return
    assert converted.rate_date == day
    assert converted.note is None
    assert converted.amount is not None
    assert abs(converted.amount - expected) <= Decimal("0.01") + expected * Decimal("1e-11")


@settings(max_examples=200, deadline=None)
@given(
    currency=st.sampled_from(["CNY", "EUR", "USD", "TWD", "UAH", "RUB", "ISK", "XXX", "", "HRK"]),
    day=st.none() | st.dates(date(1980, 1, 1), date(2060, 1, 1)),
    amount=st.decimals(0, 10**17, places=4),
)
def test_an_amount_has_its_rate_and_anything_else_its_reason(
    currency: str, day: date | None, amount: Decimal
) -> None:
    converted = to_usd(Money(amount, currency, "budget"), day)
    if converted.amount is None:
        assert converted.note
        assert converted.rate is None
        assert converted.rate_date is None
        return
    assert converted.rate is not None
    assert converted.amount == round(amount * converted.rate, 2)
    if currency != "USD":
        assert day is not None
        assert converted.rate_date is not None
        assert converted.rate_date <= day
        if (day - converted.rate_date).days > 7:
            assert converted.note


def test_a_weekend_takes_friday() -> None:
    converted = to_usd(money("1000000", "CNY"), date(2021, 3, 7))
    assert converted.rate_date == date(2021, 3, 5)
    assert converted.amount == Decimal("154060.58")
    assert converted.note is None


def test_dollars_are_themselves_even_without_a_date() -> None:
    converted = to_usd(money("30570.005", "USD"), None)
    assert (converted.amount, converted.rate) == (Decimal("30570.00"), Decimal(1))


def test_the_rate_has_twelve_digits_however_small() -> None:
    rate = to_usd(money("1", "IDR"), date(2020, 6, 1)).rate
    assert rate is not None
    assert len(rate.as_tuple().digits) >= 11
    assert Decimal("0.00006") < rate < Decimal("0.00008")


@pytest.mark.parametrize(
    ("currency", "day", "words"),
    [
        ("TWD", date(2021, 1, 4), "No rate is known for TWD"),
        ("UAH", date(2021, 1, 4), "No rate is known for UAH"),
        ("KZT", date(2021, 1, 4), "No rate is known for KZT"),
        ("RUB", date(2023, 1, 4), "no rate for RUB since 2022-03-01"),
        ("CNY", date(2004, 6, 29), "begin on 2005-04-01"),
        ("GBP", date(1998, 12, 31), "begin on 1999-01-04"),
        ("ISK", date(2012, 1, 1), "between 2008-12-09 and 2018-02-01"),
        ("CNY", END + timedelta(days=400), "more than a year before"),
        ("CNY", None, "no date"),
        ("XXX", date(2021, 1, 4), "does not say in which currency"),
        ("", date(2021, 1, 4), "does not say in which currency"),
    ],
)
def test_no_rate_says_why(currency: str, day: date | None, words: str) -> None:
    converted = to_usd(money("100", currency), day)
    assert converted.amount is None
    assert words in (converted.note or "")


def test_after_the_end_of_the_file_the_last_rate_is_used_and_said() -> None:
    converted = to_usd(money("100", "CNY"), END + timedelta(days=100))
    assert converted.rate_date == END
    assert converted.amount is not None
    assert converted.note == f"Last known rate: the rates shipped end on {END}."


def test_a_currency_that_ended_holds_for_a_month() -> None:
    converted = to_usd(money("100", "RUB"), date(2022, 3, 20))
    assert converted.rate_date == date(2022, 3, 1)
    assert converted.note == "Last known rate, of 2022-03-01."


def test_stated_conversions() -> None:
    sum_of_money, day = money("3100000000", "CNY"), date(2019, 6, 3)
    assert conversion_disagrees(Decimal(463_000), sum_of_money, day)
    assert conversion_disagrees(Decimal(463_000_000_000), sum_of_money, day)
    assert not conversion_disagrees(Decimal(463_000_000), sum_of_money, day)
    assert not conversion_disagrees(Decimal(1), money("5", "TWD"), day)


def test_own_table() -> None:
    own = read_rates(
        "currency,date,usd_per_unit\nTWD,2021-01-04,0.0355\ncny,2021-03-06,0.2\nCNY,2020-01-01,9\n"
    )
    taiwan = own.to_usd(money("1000", "TWD"), date(2021, 2, 1))
    assert (taiwan.amount, taiwan.rate_date) == (Decimal("35.50"), date(2021, 1, 4))
    assert taiwan.note == "Rate from your own table."
    assert own.to_usd(money("1000", "TWD"), date(2020, 2, 1)).amount is None
    old = own.to_usd(money("1000", "TWD"), date(2024, 2, 1))
    assert old.amount is None
    assert "your own table has none" in str(old.note)
    # the nearer of the two counts, a person's own on the same day
    assert own.to_usd(money("10", "CNY"), date(2021, 3, 7)).rate == Decimal("0.2")
    assert own.to_usd(money("10", "CNY"), date(2021, 3, 8)).rate_date == date(2021, 3, 8)
    assert own.to_usd(money("10", "CNY"), date(2020, 6, 2)).rate_date == date(2020, 6, 2)
    # and the shipped rates stay what they are
    assert to_usd(money("1000", "TWD"), date(2021, 2, 1)).amount is None


@pytest.mark.parametrize(
    "line",
    [
        "TWD,2021-13-01,1",
        "TWD,2021-01-01,",
        "TWD,2021-01-01,-1",
        "TWD,2021-01-01,nan",
        "TWD",
        "T,2021-01-01,1",
        "NTD,2021-01-01,1",
        "XXX,2021-01-01,1",
    ],
)
def test_own_table_with_a_bad_line(line: str) -> None:
    with pytest.raises(UsageError, match="Line 3"):
        read_rates(f"currency,date,usd_per_unit\nTWD,2021-01-01,0.03\n{line}\n")


@pytest.mark.parametrize("text", ["", "x,y\n", "currency,date\nTWD,2021-01-01\n"])
def test_own_table_without_its_columns(text: str) -> None:
    with pytest.raises(UsageError, match="Line 1"):
        read_rates(text)


def test_the_version_names_package_and_last_day() -> None:
    assert RATES_VERSION.startswith("currencyconverter-")
    assert rates.to_usd(money("1", "EUR"), END).rate_date == END
