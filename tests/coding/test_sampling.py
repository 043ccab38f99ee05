"""Samples that can be drawn again."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.coding.queues import Waiting, queued
from sousveil.coding.sampling import (
    allocate,
    population_hash,
    random_order,
    simple_sample,
    strata_by_score,
    stratified_sample,
)

keys = st.lists(st.text(max_size=5), unique=True, max_size=40)
KEYS = [f"project {number}" for number in range(400)]


@settings(deadline=None)
@given(keys, st.integers(0, 2**32), st.integers(0, 50), st.randoms())
def test_the_order_of_the_input_does_not_matter(
    given: list[str], seed: int, size: int, chance: random.Random
) -> None:
    turned = list(given)
    chance.shuffle(turned)
    assert simple_sample(turned, size, seed) == simple_sample(given, size, seed)


@settings(deadline=None)
@given(keys, st.integers(0, 99), st.integers(0, 30), st.integers(0, 30))
def test_a_larger_sample_begins_with_the_smaller(
    given: list[str], seed: int, size: int, more: int
) -> None:
    small = [one.key for one in simple_sample(given, size, seed).drawn]
    large = [one.key for one in simple_sample(given, size + more, seed).drawn]
    assert large[: len(small)] == small
    assert len(large) == len(set(large)) == min(size + more, len(given))


def test_each_key_is_drawn_as_often_as_any_other() -> None:
    counts = dict.fromkeys(KEYS[:20], 0)
    for seed in range(2000):
        for one in simple_sample(list(counts), 5, seed).drawn:
            counts[one.key] += 1
    # 2,000 draws with probability 1/4 have a standard deviation of 19.
    assert all(abs(count - 500) < 90 for count in counts.values())


def test_what_is_kept_with_a_decision() -> None:
    strata = {"b": KEYS[100:], "a": KEYS[:100]}
    sample = stratified_sample(strata, {"a": 50, "b": 30}, 7)
    draws = sample.draws("pilot")
    assert len(draws) == 80
    assert sample.sizes == {"a": 100, "b": 300}
    for key, draw in draws.items():
        name = "a" if key in KEYS[:100] else "b"
        assert (draw.kind, draw.name, draw.seed) == ("sample", f"pilot/{name}", 7)
        assert draw.probability == pytest.approx(0.5 if name == "a" else 0.1)
        assert draw.population == population_hash(strata[name])


def test_a_stratum_is_sampled_as_if_it_were_all() -> None:
    sample = stratified_sample({"a": KEYS[:100], "b": KEYS[100:]}, {"a": 20, "b": 9}, 3)
    for name, keys, size in (("a", KEYS[:100], 20), ("b", KEYS[100:], 9)):
        alone = [one.key for one in simple_sample(keys, size, 3).drawn]
        assert [one.key for one in sample.drawn if one.stratum == name] == alone


def test_a_sample_is_the_one_that_the_queue_of_chance_draws() -> None:
    waiting = [Waiting(key, key, (key,), 0.5) for key in KEYS]
    first = queued("random", waiting, {}, 11)[:40]
    sample = simple_sample(KEYS, 40, 11)
    assert [one.key for one in sample.drawn] == [one.project_key for one in first]
    assert {draw.probability for draw in sample.draws("random").values()} == {0.1}


def test_the_hash_tells_populations_apart() -> None:
    assert population_hash(["x", "y"]) == population_hash(["y", "x"])
    assert population_hash(["x", "y"]) != population_hash(["x", "z"])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 100), st.integers(0, 30)), min_size=1, max_size=6),
    st.integers(0, 90),
)
def test_sizes_of_strata_grow_with_the_whole(given: list[tuple[float, int]], size: int) -> None:
    weights, populations = [list(one) for one in zip(*given, strict=True)]
    less, more = allocate(weights, populations, size), allocate(weights, populations, size + 1)
    assert sum(less) == min(size, sum(populations))
    assert all(one <= other for one, other in zip(less, more, strict=True))
    assert all(one <= most for one, most in zip(more, populations, strict=True))
    assert allocate(weights, populations, 1, less) == [
        other - one for one, other in zip(less, more, strict=True)
    ]


def test_sizes_are_in_proportion() -> None:
    assert allocate([300, 100, 600], [300, 100, 600], 100) == [30, 10, 60]
    assert allocate([1, 1], [3, 50], 20) == [3, 17]
    assert allocate([0, 1], [50, 3], 5) == [2, 3]


def test_scores_make_strata() -> None:
    scores = {"c": 0.5, "a": 0.1, "b": 0.49, "d": 0.9}
    assert strata_by_score(scores, [0.2, 0.5]) == {"0": ["a"], "1": ["b"], "2": ["c", "d"]}
    assert strata_by_score(scores, [0.05]) == {"1": ["a", "b", "c", "d"]}
    with pytest.raises(ValueError, match="must rise"):
        strata_by_score(scores, [0.5, 0.2])


def test_a_key_is_in_the_population_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        random_order(["a", "a"], 1)
    with pytest.raises(ValueError, match="twice"):
        stratified_sample({"x": ["a"], "y": ["a"]}, {"x": 1}, 1)
