"""Trends: what is said of levels over the years, and what is not."""

import pytest

from sousveil.report.trend import Levelled, trends


def projects(
    levels: dict[int, list[int | None]], *, stratum: str = "s", ladder: str = "online"
) -> list[Levelled]:
    return [
        Levelled(ladder, year, level, stratum, f"buyer {year} {number}", "police", "CN")
        for year, some in levels.items()
        for number, level in enumerate(some)
    ]


def test_rising_levels_are_called_rising() -> None:
    (found,) = trends(projects({2018 + i: [i, i, i + 1] for i in range(6)}))
    assert found.found is not None
    assert found.found.difference is not None
    assert found.found.difference > 0.5
    assert "higher" in found.verdict


def test_falling_levels_are_called_falling() -> None:
    (found,) = trends(projects({2018 + i: [5 - i, 5 - i, 4 - i] for i in range(5)}))
    assert "lower" in found.verdict


def test_levels_without_order_show_no_trend() -> None:
    (found,) = trends(projects({2018 + i: [1, 2, 3] for i in range(6)}))
    assert "do not show a trend" in found.verdict
    assert found.found is not None
    assert found.found.low is not None
    assert found.found.high is not None
    assert found.found.low <= 0 <= found.found.high


def test_a_change_of_sources_is_no_trend() -> None:
    early = projects({2015 + i: [0, 0, 1, 0] for i in range(4)}, stratum="award notices")
    late = projects({2019 + i: [4, 5, 4, 4] for i in range(4)}, stratum="bidding documents")
    (found,) = trends(early + late)
    assert "do not show a trend" in found.verdict


@pytest.mark.parametrize(
    "levels",
    [{}, {2020: [1, 1, 1]}, {2020: [1] * 20, 2021: [5] * 20}, {2020: [None], 2021: [1], 2022: [2]}],
)
def test_too_few_records_say_nothing(levels: dict[int, list[int | None]]) -> None:
    for found in trends(projects(levels)):
        assert found.p_value is None
        assert found.verdict.startswith("Too few")


def test_a_project_without_a_specification_has_no_level() -> None:
    with_none: dict[int, list[int | None]] = {2018 + i: [i, i, i + 1, None] for i in range(6)}
    without: dict[int, list[int | None]] = {2018 + i: [i, i, i + 1] for i in range(6)}
    (one,) = trends(projects(with_none))
    (other,) = trends(projects(without))
    assert (one.projects, one.seen) == (24, 18)
    assert one.found == other.found


def test_one_level_is_no_change() -> None:
    (found,) = trends(projects({year: [2, 2, 2] for year in range(2015, 2022)}))
    assert "No change" in found.verdict


def test_groups_are_tested_and_adjusted_together() -> None:
    rising = projects({2015 + i: [i, i, i + 1] for i in range(5)})
    flat = [
        Levelled("online", p.year, 2, p.stratum, f"other {p.buyer}", "education", "CN")
        for p in rising
    ]
    found = {(t.kind, t.group): t for t in trends(rising + flat)}
    assert set(found) == {("all", ""), ("buyer_type", "police"), ("buyer_type", "education")}
    assert "higher" in found["buyer_type", "police"].verdict
    alone = trends(rising)[0].p_value
    assert alone is not None
    assert (found["buyer_type", "police"].p_value or 0) >= alone
