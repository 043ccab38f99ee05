"""When a review may stop."""

import random
from collections.abc import Sequence
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.coding.stopping import at_most, more_expected, seems_complete, standing

labels = st.lists(st.booleans(), max_size=60)


@settings(deadline=None)
@given(labels, labels, st.integers(0, 100), st.sampled_from([0.7, 0.8, 0.95]))
def test_what_is_proved_is_possible(
    ranked: list[bool], audit: list[bool], left: int, recall: float
) -> None:
    population = len(ranked) + len(audit) + left
    found = standing(population, ranked, audit, recall)
    assert found.found == sum(ranked) + sum(audit)
    assert 0 <= found.missed_at_most <= left
    if found.next == "stop":
        assert not left or (found.recall is not None and found.recall >= recall)
    else:
        assert found.next == "at_random"


@settings(deadline=None)
@given(labels, labels, st.integers(1, 100))
def test_less_confidence_proves_no_less(ranked: list[bool], audit: list[bool], left: int) -> None:
    population = len(ranked) + len(audit) + left
    bold = standing(population, ranked, audit, confidence=0.6)
    careful = standing(population, ranked, audit, confidence=0.99)
    assert bold.missed_at_most <= careful.missed_at_most


def test_relevant_ones_read_at_random_prove_less() -> None:
    ranked = [True] * 90 + [False] * 60
    bounds = [
        standing(1000, ranked, [True] * some + [False] * (200 - some)).missed_at_most
        for some in range(6)
    ]
    assert bounds == sorted(bounds)
    assert bounds[0] < 20 < bounds[5]


def test_the_bound_is_what_cannot_be_ruled_out() -> None:
    """With nothing relevant among 100 of 400, and the formula's numbers by whole-number counts."""
    found = standing(600, [True] * 100 + [False] * 100, [False] * 100, recall=0.9)
    a, b = 0.5, 0.5 * (400 * 4 / 11 - 1)
    prior = 1.0
    for read in range(100):
        prior *= (b + read) / (a + b + read)
    ratios = {m: comb(300, m) / comb(400, m) / prior for m in range(301)}
    assert found.missed_at_most == max(m for m, ratio in ratios.items() if ratio >= 0.05)


def test_reading_everything_ends_it() -> None:
    assert standing(3, [True, False, False]).next == "stop"
    assert standing(3, [False], [False, False]) == standing(3, [False] * 3)
    assert standing(3, [False] * 3).recall is None
    with pytest.raises(ValueError, match="more projects"):
        standing(3, [True], [False] * 3)


def test_a_run_of_irrelevant_ones_starts_the_audit_and_does_not_end_the_review() -> None:
    rich = [True, False] * 50
    assert standing(2000, rich).next == "most_likely"
    assert not seems_complete(2000, [False] * 300)
    quiet = [True] * 100 + [False] * 900
    assert standing(2000, quiet).next == "at_random"
    assert standing(2000, quiet, []).next == "at_random"


def _reads(
    ranked: Sequence[bool], rest: Sequence[bool], recall: float, confidence: float
) -> tuple[float, int]:
    """(recall when the review stops, records read)."""
    audit: list[bool] = []
    population = len(ranked) + len(rest)
    for read in rest:
        if standing(population, ranked, audit, recall, confidence).next == "stop":
            break
        audit.append(read)
    return (sum(ranked) + sum(audit)) / (sum(ranked) + sum(rest)), len(ranked) + len(audit)


def test_the_recall_is_reached_though_the_change_came_too_early() -> None:
    """40 of 70 relevant projects are found when random reading starts, tested after each read."""
    chance = random.Random(5)
    ranked = [True] * 40 + [False] * 40
    rest = [True] * 30 + [False] * 190
    reached = early = 0
    for _ in range(200):
        chance.shuffle(rest)
        recall, read = _reads(ranked, rest, 0.8, 0.8)
        reached += recall >= 0.8
        early += read < 300
    assert reached >= 160
    assert early > 100


@settings(deadline=None)
@given(labels, labels, st.integers(0, 100), st.sampled_from([0.7, 0.8, 0.95]))
def test_it_is_proved_where_the_p_value_falls_below_the_level(
    ranked: list[bool], audit: list[bool], left: int, recall: float
) -> None:
    found = standing(len(ranked) + len(audit) + left, ranked, audit, recall)
    assert 0 <= found.p_value <= 1
    if found.found:
        assert (found.p_value < 0.05) == (found.next == "stop")


def test_the_p_value_is_the_largest_ratio_that_the_recall_allows() -> None:
    """100 found, 90 % asked: with 12 or more of 400 missed it is not reached."""
    found = standing(600, [True] * 100 + [False] * 100, [False] * 100, recall=0.9)
    a, b = 0.5, 0.5 * (400 * 4 / 11 - 1)
    prior = 1.0
    for read in range(100):
        prior *= (b + read) / (a + b + read)
    ratios = [comb(300, m) / comb(400, m) / prior for m in range(12, 301)]
    assert found.p_value == pytest.approx(max(ratios))


@settings(deadline=None)
@given(labels, st.integers(1, 60), st.integers(0, 300))
def test_what_is_expected_proves_it(ranked: list[bool], drawn: int, left: int) -> None:
    population = len(ranked) + drawn + left
    more = more_expected(population, ranked, [False] * drawn)
    assert 0 <= more <= left
    assert standing(population, ranked, [False] * (drawn + more)).next == "stop"
    if more:
        assert standing(population, ranked, [False] * (drawn + more - 1)).next != "stop"


def test_relevant_ones_among_the_reads_make_more_expected() -> None:
    ranked = [True] * 90 + [False] * 60
    expected = [more_expected(1000, ranked, [True] * n + [False] * (100 - n)) for n in range(4)]
    assert expected == sorted(expected)
    assert expected[0] < expected[3]
    assert more_expected(1000, ranked) >= more_expected(1000, ranked, [False] * 20)


@given(st.integers(1, 60), st.data())
def test_a_chance_is_that_of_all_ways_to_draw(whole: int, data: st.DataObject) -> None:
    relevant, drawn = data.draw(st.integers(0, whole)), data.draw(st.integers(0, whole))
    seen = data.draw(st.integers(0, drawn))
    ways = sum(comb(relevant, k) * comb(whole - relevant, drawn - k) for k in range(seen + 1))
    chance = ways / comb(whole, drawn)
    assert at_most(seen, whole, relevant, drawn) == pytest.approx(chance, abs=1e-12)
