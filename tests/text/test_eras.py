"""Dates by eras of Japan and as Korean writes them."""

from datetime import date, time

import pytest

from sousveil.text import find_dates, parse_date


@pytest.mark.parametrize(
    ("raw", "day", "clock"),
    [
        ("令和6年3月5日", date(2024, 3, 5), None),
        ("令和元年５月１日（水）", date(2019, 5, 1), None),
        ("平成30年12月1日 15:00", date(2018, 12, 1), time(15)),
        ("昭和 63 年 1 月 7 日", date(1988, 1, 7), None),
        ("2024년 3월 5일 10:00", date(2024, 3, 5), time(10)),
        ("2024. 3. 5.", date(2024, 3, 5), None),
        ("2024. 12. 31", date(2024, 12, 31), None),
    ],
)
def test_a_day_is_read(raw: str, day: date, clock: time | None) -> None:
    found = parse_date(raw)
    assert found is not None
    assert (found.value, found.time) == (day, clock)


@pytest.mark.parametrize(
    "raw", ["令和6年13月5日", "2024. 13. 5.", "1.2024. 3. 5", "令和6年3月", "3. 5."]
)
def test_what_is_no_day_is_none(raw: str) -> None:
    assert parse_date(raw) is None


def test_days_in_prose_stand_where_they_are() -> None:
    text = "公告は令和6年3月5日、開札は令和6年3月20日です。"
    assert [text[found.start : found.end] for found in find_dates(text)] == [
        "令和6年3月5日",
        "令和6年3月20日",
    ]
