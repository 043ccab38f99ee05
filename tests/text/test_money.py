"""Amounts in every way notices write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text import AmountMatch, find_amounts, parse_amount
from tests.text.writing import capital_sum

FORMS = [
    ("84.6000000（万元）", "846000", "CNY"),
    ("84.6（单位：万元）", "846000", "CNY"),
    ("500.00(万元)", "5000000", "CNY"),
    ("540.000000 万元（人民币）", "5400000", "CNY"),
    ("￥1,234.50", "1234.50", "CNY"),
    ("￥ 0.0  元", "0", "CNY"),
    ("￥1,234.50元", "1234.50", "CNY"),
    ("￥12.5万元", "125000", "CNY"),
    ("人民币叁拾贰万元整", "320000", "CNY"),
    ("人民币（大写）：叁拾贰万元整", "320000", "CNY"),
    ("叁 拾 贰 万 元 整", "320000", "CNY"),
    ("三百二十万元", "3200000", "CNY"),
    ("拾万元整", "100000", "CNY"),
    ("１２３．５万元", "1235000", "CNY"),
    ("20 万 元", "200000", "CNY"),
    ("2.5亿元", "250000000", "CNY"),
    ("1.5万亿元", "1500000000000", "CNY"),
    ("5千元", "5000", "CNY"),
    ("5百万元", "5000000", "CNY"),
    ("1亿2000万元", "120000000", "CNY"),
    ("3万5千元", "35000", "CNY"),
    ("12元5角", "12.5", "CNY"),
    ("RMB 100万元", "1000000", "CNY"),
    ("人民币500000元整", "500000", "CNY"),
    ("CNY 1,000", "1000", "CNY"),
    ("3 billion renminbi", "3000000000", "CNY"),
    ("USD 216,000", "216000", "USD"),
    ("usd 216,000", "216000", "USD"),
    ("US$1.2 million", "1200000", "USD"),
    ("U.S.$463,000", "463000", "USD"),
    ("$500k", "500000", "USD"),
    ("216,000 US dollars", "216000", "USD"),
    ("500万美元", "5000000", "USD"),
    ("1.2 Mrd. EUR", "1200000000", "EUR"),
    ("3,5 Mio €", "3500000", "EUR"),
    ("€1.2bn", "1200000000", "EUR"),
    ("€3,500", "3500", "EUR"),
    ("EUR 1.500", "1500", "EUR"),
    ("1.234.567,89 €", "1234567.89", "EUR"),
    ("1 234 567,89 €", "1234567.89", "EUR"),
    ("£2.5m", "2500000", "GBP"),
    ("港币500万元", "5000000", "HKD"),
    ("港币：500,000元", "500000", "HKD"),
    ("HK$5,000", "5000", "HKD"),
    ("NT$1,234,000", "1234000", "TWD"),
    ("新臺幣120萬元", "1200000", "TWD"),
    ("新台幣1,000,000元整", "1000000", "TWD"),
    ("100,5 ₽", "100.5", "RUB"),
    ("100 тыс. руб.", "100000", "RUB"),
    ("1 234 567,89 грн", "1234567.89", "UAH"),
    ("5 млн тенге", "5000000", "KZT"),
    ("R$ 1.234.567,89", "1234567.89", "BRL"),
    ("CHF 1'234'567.50", "1234567.50", "CHF"),
    ("Rs 2.5 crore", "25000000", "INR"),
    ("5억 원", "500000000", "KRW"),
    ("1,200万円", "12000000", "JPY"),
    ("12,50 zł", "12.50", "PLN"),
]


@pytest.mark.parametrize(("raw", "amount", "currency"), FORMS)
@pytest.mark.parametrize("around", ["{}", "预算金额：{}。", "金额\t{}\t备注", "（{}）"])
def test_forms(raw: str, amount: str, currency: str, around: str) -> None:
    text = around.format(raw)
    found = list(find_amounts(text))
    assert [(m.amount, m.currency, m.is_rate) for m in found] == [
        (Decimal(amount), currency, False)
    ]
    assert_spans(text, found)
    parsed = parse_amount(raw)
    assert parsed is not None
    assert (parsed.amount, parsed.currency) == (Decimal(amount), currency)


def assert_spans(text: str, found: list[AmountMatch]) -> None:
    end = 0
    for match in found:
        assert end <= match.start < match.end <= len(text)
        assert match.unit_start <= match.unit_end <= len(text)
        if match.unit_end > match.unit_start:
            assert text[match.unit_start : match.unit_end] == match.unit
        end = match.end


@pytest.mark.parametrize(
    ("raw", "number"),
    [("95%", "95"), ("下浮率 8.5％", "8.5"), ("3‰", "3"), ("9.5折", "9.5"), ("百分之九十五", "95")],
)
def test_rates_are_flagged(raw: str, number: str) -> None:
    (match,) = find_amounts(raw)
    assert match.is_rate
    assert match.amount == Decimal(number)
    assert match.currency is None


@pytest.mark.parametrize(
    "raw",
    [
        "200万像素摄像机",
        "覆盖3万人、1万平方米",
        "2026年08月20日",
        "币种：人民币 2026年08月",
        "数十万元",
        "项目编号：ABC-2026-0123",
        "电话：0101-12345678",
        "三元区 二元制",
        "5块硬盘",
        "8 GB, 10 m, 12 months",
        "第三名 万元",
    ],
)
def test_what_is_no_amount(raw: str) -> None:
    assert list(find_amounts(raw)) == []


@pytest.mark.parametrize(
    ("raw", "hint", "amount", "currency"),
    [
        ("84.6", "万元", "846000", "CNY"),
        ("84.6", "（万元）", "846000", "CNY"),
        ("84.6", "单位：万元", "846000", "CNY"),
        ("846,000.00元", "万元", "846000", "CNY"),
        ("84.6万元", "元", "846000", "CNY"),
        ("84.6万", "元", "846000", "CNY"),
        ("三十万", "元", "300000", "CNY"),
        ("叁拾贰万", "万元", "320000", "CNY"),
        ("40.5 （一包）", "万元", "405000", "CNY"),
        ("1.5", "亿元", "150000000", "CNY"),
        ("2,000", "千元", "2000000", "CNY"),
        ("216,000", "USD", "216000", "USD"),
        ("1.2", "million EUR", "1200000", "EUR"),
        ("1210000", None, "1210000", None),
        ("2包 40万元", None, "400000", "CNY"),
        ("小写：￥320,000.00 大写：叁拾贰万元整", None, "320000", "CNY"),
    ],
)
def test_values_of_labels(raw: str, hint: str | None, amount: str, currency: str | None) -> None:
    match = parse_amount(raw, unit_hint=hint)
    assert match is not None
    assert (match.amount, match.currency) == (Decimal(amount), currency)


def test_a_list_of_numbers_under_one_label() -> None:
    found = find_amounts("6150000,2027500.50，384960", unit_hint="元")
    assert [match.amount for match in found] == [
        Decimal(6150000),
        Decimal("2027500.50"),
        Decimal(384960),
    ]


def test_a_unit_may_stand_on_the_next_line() -> None:
    (match,) = find_amounts("预算金额：\n84.6\n万元\n")
    assert match.amount == 846000
    assert list(find_amounts("序号 2\n万元以下的项目")) == []
    assert list(find_amounts("共 3\n\n\n\n万元")) == []


def test_without_unit_or_hint_the_unit_is_empty() -> None:
    match = parse_amount("1,210,000.00")
    assert match is not None
    assert (match.unit, match.currency, match.amount) == ("", None, Decimal(1210000))


@pytest.mark.parametrize("raw", ["", "详见附件", "2026-08-20", "/", "无", "1 2", "30天"])
def test_values_without_an_amount(raw: str) -> None:
    assert parse_amount(raw, unit_hint="万元") is None


def test_hints_settle_shared_signs() -> None:
    def currency(raw: str, hint: str) -> str | None:
        match = parse_amount(raw, currency_hint=hint)
        return match.currency if match else None

    assert currency("$100", "CAD") == "CAD"
    assert currency("$100", "EUR") == "USD"
    assert currency("¥100", "JPY") == "JPY"
    assert currency("120萬元", "TWD") == "TWD"
    assert currency("120萬元", "HKD") == "HKD"
    assert currency("500万美元", "CNY") == "USD"


@given(
    st.decimals(1, 10**8, places=2),
    st.sampled_from([("元", 1), ("千元", 1000), ("万元", 10**4), ("亿元", 10**8)]),
    st.sampled_from(["{}{}", "{} {}", "{}（{}）", "￥{}{}", "人民币{}{}"]),
    st.booleans(),
)
def test_units_multiply_and_never_slip(
    number: Decimal, unit: tuple[str, int], form: str, grouped: bool
) -> None:
    word, scale = unit
    written = f"{number:,}" if grouped else f"{number:f}"
    (match,) = find_amounts(f"预算：{form.format(written, word)}，其中")
    assert match.amount == number * scale
    assert match.currency == "CNY"
    hinted = parse_amount(written, unit_hint=word)
    assert hinted is not None
    assert hinted.amount == number * scale


@given(st.integers(100, 10**13))
def test_capital_sums_in_text(fen: int) -> None:
    (match,) = find_amounts(f"人民币（大写）：{capital_sum(fen)}（小写见附件）")
    assert match.amount == Decimal(fen) / 100


@given(
    st.text(max_size=80)
    | st.text(
        alphabet="0123456789.,，'（）() 万亿千百元整角分%折$€￥USDkMio人民币港十一百点\n",
        max_size=80,
    ),
    st.sampled_from([None, "", "万元", "%", "??"]),
)
def test_never_fails_and_spans_hold(text: str, hint: str | None) -> None:
    found = list(find_amounts(text, unit_hint=hint))
    assert_spans(text, found)
    assert all(match.amount.is_finite() and match.amount >= 0 for match in found)
    parse_amount(text, unit_hint=hint)


@pytest.mark.parametrize(
    "attack",
    ["1", "1,", "1 234 ", "一", "$", "（", "1万", "叁 ", "1万1千", "百分之", "元", ".1"],
)
def test_hostile_text_takes_linear_time(attack: str) -> None:
    text = attack * (50_000 // len(attack))
    list(find_amounts(text))
    list(find_amounts(text, unit_hint="万元"))
