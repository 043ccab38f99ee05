import pytest

from sousveil.report.trend import trend


def test_rising_levels_are_called_rising() -> None:
    found = trend("online", [(2018 + i, i, 4) for i in range(6)])
    assert found.p_value is not None
    assert found.p_value < 0.001
    assert found.slope == pytest.approx(1.0)
    assert "higher" in found.verdict


def test_falling_levels_are_called_falling() -> None:
    assert "lower" in trend("online", [(2018 + i, 5 - i, 4) for i in range(6)]).verdict


def test_levels_without_order_show_no_trend() -> None:
    points = [(2018 + i, level, 1) for i in range(6) for level in (1, 2, 3)]
    found = trend("online", points)
    assert "do not show a trend" in found.verdict
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 0 <= found.high


@pytest.mark.parametrize("points", [[], [(2020, 1, 7)], [(2020, 1, 20), (2021, 5, 20)]])
def test_too_few_records_say_nothing(points: list[tuple[int, int, int]]) -> None:
    found = trend("online", points)
    assert found.slope is None
    assert found.verdict.startswith("Too few")


def test_one_level_is_no_change() -> None:
    found = trend("online", [(year, 2, 3) for year in range(2015, 2022)])
    assert found.slope == 0
    assert "No change" in found.verdict
