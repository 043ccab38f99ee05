"""Amounts and dates that can be read in two ways say so; those that cannot do not."""

from datetime import date, time
from decimal import Decimal

import pytest

from sousveil.text import find_amounts, parse_amount, parse_date


@pytest.mark.parametrize(
    ("raw", "currency", "doubt"),
    [
        ("1.234", None, "separator"),
        ("1,234", None, "separator"),
        ("1.234元", "CNY", "separator"),
        ("12,3456元", "CNY", "separator"),
        ("12 345.67元", "CNY", "separator"),
        ("1.234 Mio. EUR", None, "separator"),
        ("€1,234 million", None, "separator"),
        ("1,234 руб.", None, "separator"),
        ("$1.234", "CLP", None),
        ("1.234 €", None, None),
        ("€1,234", None, None),
        ("$1,234", None, None),
        ("1.234万元", None, None),
        ("100-200万元", None, "range"),
        ("100万元至200万元", None, "range"),
        ("between US$1,000 and US$2,000", None, "range"),
        ("от 1 000 до 2 000 руб.", None, "range"),
        ("100万元以上", None, "range"),
        ("包1-2350000.00元", None, None),
        ("85元/台", None, "unit_price"),
        ("每台85元", None, "unit_price"),
        ("单价：1,280元", None, "unit_price"),
        ("$85 per hour", None, "unit_price"),
        ("85 € l'unité", None, "unit_price"),
        ("1台当たり85円", None, "unit_price"),
        ("20万元/年", None, None),
        ("$5 mil", None, "unit"),
        ("500 mil reais", None, None),
        ("M$ 500", "CLP", "unit"),
        ("3천5백만원", None, "unit"),
        ("1 млн 200 тыс. руб.", None, "unit"),
        ("-500元", None, "sign"),
    ],
)
def test_doubts_of_amounts(raw: str, currency: str | None, doubt: str | None) -> None:
    found = parse_amount(raw, currency_hint=currency)
    assert found is not None
    assert found.doubt == doubt


@pytest.mark.parametrize(
    ("raw", "amount", "currency"),
    [
        ("1亿2千万元", "120000000", "CNY"),
        ("10亿零500万元", "1005000000" , "CNY"),
        ("2兆7,312億円", "2731200000000", "JPY"),
        ("5억 2,000만 원", "520000000", "KRW"),
        ("일금 구천이백만원정", "92000000", "KRW"),
        ("金壱百弐拾万円也", "1200000", "JPY"),
        ("280000日元", "280000", "JPY"),
        ("CAD $2,421", "2421", "CAD"),
        ("HK $80,365", "80365", "HKD"),
        ("RD$11,055.82", "11055.82", "DOP"),
        ("$170,000 M.N.", "170000", "MXN"),
        ("₹2300 Lakhs", "230000000", "INR"),
        ("1 409,101 млн руб.", "1409101000", "RUB"),
        ("15 730 913 рублей 49 копеек", "15730913.49", "RUB"),
        ("1 200 (одна тысяча двести) рублей", "1200", "RUB"),
        ("1.234,– €", "1234", "EUR"),
        ("1,2 milliards d'euros", "1200000000", "EUR"),
        ("350 TEUR", "350000", "EUR"),
        ("R$ 1,2 mi", "1200000", "BRL"),
        ("1113,200 mil reais", "1113200", "BRL"),
    ],
)  # fmt: skip
def test_forms_that_were_misread(raw: str, amount: str, currency: str) -> None:
    found = parse_amount(raw)
    assert found is not None
    assert (found.amount, found.currency, found.doubt) == (Decimal(amount), currency, None)


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("USD million", 10**6),
        ("R$ mil", 1000),
        ("HK$'000", 1000),
        ("in Tsd. EUR", 1000),
        ("以万亿元为单位", 10**12),
        ("人民币，千万元", 10**7),
        ("тыс. руб.", 1000),
        ("백만원", 10**6),
    ],
)
def test_units_of_headings(unit: str, scale: int) -> None:
    found = parse_amount("25", unit_hint=unit)
    assert found is not None
    assert found.amount == 25 * scale


@pytest.mark.parametrize("raw", ["5 percent", "5 per cent", "5 Prozent", "5\u202f%", "5 процентов"])
def test_rates_in_words(raw: str) -> None:
    (found,) = find_amounts(raw)
    assert found.is_rate


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("03/04/2026", "order"),
        ("3-4-2026", "order"),
        ("04/04/2026", None),
        ("13/04/2026", None),
        ("03.04.2026", None),
    ],
)
def test_doubts_of_dates(raw: str, doubt: str | None) -> None:
    found = parse_date(raw)
    assert found is not None
    assert found.doubt == doubt


@pytest.mark.parametrize(
    ("raw", "day", "clock"),
    [
        ("令和8年8月20日（木）午後5時", date(2026, 8, 20), time(17)),
        ("平成31年4月30日", date(2019, 4, 30), None),
        ("2026년 8월 20일 오후 2시 30분", date(2026, 8, 20), time(14, 30)),
        ("2026. 8. 20.(목) 10:00", date(2026, 8, 20), time(10)),
        ("12:00 noon (Hong Kong time) on 28 August 2026", date(2026, 8, 28), time(12)),
        ("14.00hrs on 1 October 2021", date(2021, 10, 1), time(14)),
        ("20 August 2026 at 6 pm", date(2026, 8, 20), time(18)),
        ("20. August 2026, 10.30 Uhr", date(2026, 8, 20), time(10, 30)),
        ("20 août 2026 à 9 heures", date(2026, 8, 20), time(9)),
        ("20 августа 2026 г. в 10 ч. 30 мин.", date(2026, 8, 20), time(10, 30)),
        ("20. 8. 2026", date(2026, 8, 20), None),
        ("26Feb1990", date(1990, 2, 26), None),
        ("20260820T093000Z", date(2026, 8, 20), time(9, 30)),
        ("2021-04-1517:00:00", date(2021, 4, 15), time(17)),
        ("2026年8月20日晚上12点", date(2026, 8, 20), time(23, 59)),
        ("2026年8月28日（星期五）正午", date(2026, 8, 28), time(12)),
    ],
)
def test_dates_and_times_that_were_misread(raw: str, day: date, clock: time | None) -> None:
    found = parse_date(raw)
    assert found is not None
    assert (found.value, found.time) == (day, clock)


@pytest.mark.parametrize("raw", ["115年8月20日", "1150820", "115.8.20"])
def test_years_of_the_republic(raw: str) -> None:
    found = parse_date(raw, republic=True)
    assert found is not None
    assert found.value == date(2026, 8, 20)
