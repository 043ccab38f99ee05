"""Dates in every way notices write them."""

import calendar
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text import find_dates, parse_date
from tests.text.writing import DIGITS, numerals

DAY = date(2026, 8, 20)
FORMS = [
    ("2026年08月20日 09点30分", time(9, 30)),
    ("2026年08月20日 09时30分00秒", time(9, 30)),
    ("2026 年 8 月 20 日 9 时 30 分", time(9, 30)),
    ("2026年8月20日上午9:30", time(9, 30)),
    ("2026年8月20日下午2时30分", time(14, 30)),
    ("2026年8月20日（星期四）下午2点半", time(14, 30)),
    ("2026年8月20日9时", time(9)),
    ("2026年08月20日24:00", time(23, 59)),
    ("2026\n年\n8\n月\n20\n日\n9\n时\n30\n分", time(9, 30)),
    ("2026-08-20 09:30:00", time(9, 30)),
    ("2026-08-20T09:30:00+08:00", time(9, 30)),
    ("2026-08-20T09:30:00.000Z", time(9, 30)),
    ("2026-8-20 9：30", time(9, 30)),
    ("2026-08-20\n09:30", time(9, 30)),
    ("2026/8/20", None),
    ("2026.8.20", None),
    ("２０２６年８月２０日", None),
    ("20260820", None),
    ("二〇二六年八月二十日", None),
    ("二○二六年八月二十日上午九时三十分", time(9, 30)),
    ("民國115年8月20日", None),
    ("中華民國一百一十五年八月二十日", None),
    ("民國115/08/20", None),
    ("20 August 2026", None),
    ("August 20, 2026 at 3:30 pm", time(15, 30)),
    ("Aug 20 2026", None),
    ("20th August 2026", None),
    ("20-Aug-2026", None),
    ("20 de agosto de 2026", None),
    ("20. August 2026, 10:00 Uhr", time(10)),
    ("20 août 2026", None),
    ("20 августа 2026 г.", None),
    ("20 серпня 2026", None),
    ("2026. augusztus 20.", None),
    ("20.08.2026", None),
    ("20/08/2026 14:00", time(14)),
]


@pytest.mark.parametrize(("raw", "moment"), FORMS)
@pytest.mark.parametrize("around", ["{}", "时间：{}（北京时间）", "({})", "\t{}\n"])
def test_forms(raw: str, moment: time | None, around: str) -> None:
    text = around.format(raw)
    (match,) = find_dates(text)
    assert (match.value, match.time) == (DAY, moment)
    assert raw.startswith(text[match.start : match.end])
    parsed = parse_date(raw)
    assert parsed is not None
    assert (parsed.value, parsed.time) == (DAY, moment)


@pytest.mark.parametrize(
    "raw",
    ["2026年8月", "8月20日", "TC20260820", "13/14/2026", "2025-02-30", "2026-001-05", "1.2.3.2026",
     "20260820123456789", "ABC-2026-08-20", "may be 2026", "", "2026"],
)  # fmt: skip
def test_what_is_no_date(raw: str) -> None:
    assert list(find_dates(raw)) == []


def test_republic_only_when_asked() -> None:
    assert parse_date("115/08/20") is None
    match = parse_date("115/08/20", republic=True)
    assert match is not None
    assert match.value == DAY


def test_order_of_day_and_month() -> None:
    both = [parse_date("03/04/2026", day_first=order) for order in (True, False)]
    assert [match.value for match in both if match] == [date(2026, 4, 3), date(2026, 3, 4)]


def test_compact_value_with_time() -> None:
    match = parse_date(" 202608200930 ")
    assert match is not None
    assert (match.value, match.time, match.start) == (DAY, time(9, 30), 1)


def test_range_gives_two() -> None:
    found = list(find_dates("2026年07月30日至2026年08月07日，每天上午8:00至12:00"))
    assert [match.value for match in found] == [date(2026, 7, 30), date(2026, 8, 7)]
    assert all(match.time is None for match in found)


def tens(number: int) -> str:
    """Numerals as dates write them: 十二, not 一十二."""
    text = numerals(number)
    return text.removeprefix("一") if 10 <= number < 20 else text


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.times(), st.booleans())
def test_dates_are_read_back(day: date, moment: time, with_time: bool) -> None:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year)).replace("零", "〇")
    written = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
        f"{day.year}/{day.month}/{day.day}",
        f"{year}年{tens(day.month)}月{tens(day.day)}日",
        f"民国{day.year - 1911}年{day.month}月{day.day}日",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {calendar.month_name[day.month]} {day.year}",
        f"{calendar.month_abbr[day.month]} {day.day}, {day.year}",
    ]
    for text in written:
        suffix = f" {moment:%H:%M}" if with_time else ""
        match = parse_date(text + suffix)
        assert match is not None, text
        assert match.value == day, text
        assert match.time == (moment.replace(second=0, microsecond=0) if with_time else None), text


@given(
    st.text(max_size=80)
    | st.text(alphabet="0123456789-/.:年月日时分 一二〇十民国上午下T（）Z+augmay,\n", max_size=80)
)
def test_never_fails_and_spans_hold(text: str) -> None:
    end = 0
    for match in find_dates(text, republic=True):
        assert end <= match.start < match.end <= len(text)
        end = match.end
    parse_date(text)


@pytest.mark.parametrize(
    "attack", ["1" * 50_000, "2026" * 12_000, "2026年" * 12_000, "2026-" * 10_000, " " * 50_000,
               "2026年8月20日" + " " * 50_000, "民国" * 25_000, "20 de " * 8_000]
)  # fmt: skip
def test_hostile_text_takes_linear_time(attack: str) -> None:
    list(find_dates(attack, republic=True))
