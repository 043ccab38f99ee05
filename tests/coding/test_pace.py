"""The pace of decisions: told from the last ones, pauses left out."""

from datetime import UTC, datetime, timedelta

import pytest

from sousveil.coding.pace import FEWEST, LAST, PAUSE, per_hour


def moments(*seconds: float) -> list[str]:
    """Moments that far apart."""
    at, found = datetime(2026, 1, 1, tzinfo=UTC), [datetime(2026, 1, 1, tzinfo=UTC).isoformat()]
    for step in seconds:
        at += timedelta(seconds=step)
        found.append(at.isoformat())
    return found


def test_too_few_tell_nothing() -> None:
    assert per_hour([]) is None
    assert per_hour(moments(*[30] * (FEWEST - 1))) is None


def test_by_the_time_between_whatever_the_order() -> None:
    made = moments(*[30] * FEWEST)
    assert per_hour(made) == pytest.approx(120)
    assert per_hour(reversed(made)) == per_hour(made)
    assert per_hour([*made, *made]) == per_hour(made), "notices of one project are one decision"


def test_a_pause_is_no_reading() -> None:
    assert per_hour(moments(*[30] * FEWEST, PAUSE + 1, 30)) == pytest.approx(120)
    assert per_hour(moments(*[PAUSE + 1] * FEWEST)) is None


def test_only_the_last_ones_count() -> None:
    assert per_hour(moments(*[300] * LAST, *[60] * LAST)) == pytest.approx(60)
