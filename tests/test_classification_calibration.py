"""The map from the rules' score to a probability, and how its error is measured."""

import random
import tomllib

import pytest
from benchmarks.classification_calibration import (
    LEAST,
    Seen,
    as_toml,
    bins,
    counted,
    error,
    figures,
    left_out,
    mapped,
)
from hypothesis import given
from hypothesis import strategies as st

from sousveil.classify.calibration import interpolated, probability
from sousveil.classify.scores import THRESHOLD


def drawn(count: int, seed: int) -> list[Seen]:
    """Records of which half have no hit; the others are surveillance with probability score²."""
    rng = random.Random(seed)
    made = []
    for number in range(count):
        score = 0.0 if rng.random() < 0.5 else round(rng.uniform(0.1, 1), 3)
        made.append(Seen("real", str(number), score, rng.random() < max(score**2, 0.02)))
    return made


def test_the_map_learns_what_scores_mean() -> None:
    probable = mapped(counted(drawn(4_000, 1)))
    for score in (0.2, 0.4, 0.8, 0.95):
        assert probable(score) == pytest.approx(score**2, abs=0.12)
    assert probable(0.0) == pytest.approx(0.02, abs=0.01)


def test_the_error_left_out_is_small_on_records_of_one_kind_and_large_for_a_wrong_map() -> None:
    seen = drawn(2_000, 2)
    assert error(bins(left_out(seen), equal_width=True)) < 0.05
    as_it_stands = [(one.rule_score, one.surveillance) for one in seen]
    assert error(bins(as_it_stands, equal_width=True)) > 0.05


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.3, 0.45, 0.5, 0.7, 0.9]), st.booleans()),
                min_size=1, max_size=200))  # fmt: skip
def test_counts_rise_and_lose_no_record(rows: list[tuple[float, bool]]) -> None:
    seen = [Seen("real", str(n), score, said) for n, (score, said) in enumerate(rows)]
    counts = counted(seen)
    assert sum(right + wrong for _, right, wrong in counts) == len(seen)
    assert counts[0][0] == 0
    probable = mapped(counts)
    said = [probable(score / 50) for score in range(51)]
    assert said == sorted(said)
    assert all((p >= 0.5) is (score / 50 >= THRESHOLD) for score, p in enumerate(said))


def test_what_has_no_hit_is_counted_from_real_records() -> None:
    real = [Seen("real", f"r{n}", 0.0, n == 0) for n in range(99)]
    written = [Seen("written", f"w{n}", 0.0, surveillance=True) for n in range(50)]
    assert counted([*real, *written])[0] == (0.0, 1, 98)
    assert counted(written)[0] == (0.0, 50, 0)


def test_bins_of_even_size_hold_enough() -> None:
    pairs = [(n / 1_000, n % 2 == 0) for n in range(LEAST * 3 + 1)]
    assert [count for *_, count in bins(pairs, equal_width=False)] == [LEAST, LEAST, LEAST + 1]


def test_figures_name_every_part() -> None:
    seen = [*drawn(300, 3), Seen("written", "w", 0.9, surveillance=True)]
    found = figures(seen)
    assert set(found) == {"real", "written", "all"}
    assert found["all"]["records"] == 301
    assert "left_out" in found["all"]


def test_counts_are_written_as_they_are_read() -> None:
    counts = counted(drawn(500, 4))
    assert tomllib.loads(as_toml(counts))["rules"]["counts"] == [list(row) for row in counts]


def test_the_shipped_map_is_a_probability_on_the_side_of_the_answer() -> None:
    said = [probability(score / 1_000) for score in range(1_001)]
    assert said == sorted(said)
    assert said[0] < 0.1
    assert said[-1] > 0.9
    assert said[499] < 0.5 <= said[500]


def test_between_two_counts_lies_the_line() -> None:
    assert interpolated(0.8, (0.0, 0.6, 1.0), (0.0, 0.6, 0.8)) == pytest.approx(0.7)
    assert interpolated(2.0, (0.0, 0.6, 1.0), (0.0, 0.6, 0.8)) == 0.8
