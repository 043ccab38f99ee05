"""The simulation of learning: its measures, and that a few seeds show the gain it reports."""

import statistics

import pytest
from benchmarks.learning import interval, recall_at, simulate, summary
from benchmarks.learning_records import KINDS


@pytest.mark.parametrize(
    ("scores", "truth", "recall"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.9, 0.8, 0.1], [False, True, True], 0.0),
        ([0.9, 0.5, 0.4, 0.1], [True, False, True, False], 0.5),
        ([0.5, 0.5], [True, False], 0.0),
        ([], [], 0.0),
    ],
)
def test_recall_at_a_precision(scores: list[float], truth: list[bool], recall: float) -> None:
    assert recall_at(scores, truth) == recall


def test_the_interval_holds_the_mean() -> None:
    values = [0.1, 0.2, 0.4, 0.9]
    low, high = interval(values)
    assert 0.1 <= low < statistics.fmean(values) < high <= 0.9


def test_fifty_decisions_find_more_at_the_same_precision() -> None:
    outcomes = [simulate(seed, 50) for seed in range(len(KINDS))]
    told = summary(outcomes)
    gain = told["gain"]
    assert isinstance(gain, list)
    assert gain[1] > 0.2
    assert statistics.fmean(one.after_precision for one in outcomes) > 0.9


def test_five_decisions_teach_nothing() -> None:
    one = simulate(0, 5)
    assert not one.used
    assert one.after == one.before
