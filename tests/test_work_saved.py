"""Work saved: that the measure is right, and that both sides read what they should."""

import math
import random
import statistics

import numpy as np
import pytest
from benchmarks.work_saved.measure import mean_interval, most_work_saved, wanted, work_saved
from benchmarks.work_saved.ours import ours
from benchmarks.work_saved.reading import Goal, batch, prior
from benchmarks.work_saved.records import Collection, Record
from hypothesis import given
from hypothesis import strategies as st

from sousveil.classify.features import Features

ORDERS = st.lists(st.booleans(), min_size=1, max_size=60).filter(any)


@pytest.mark.parametrize(
    ("relevant", "found"), [(0, 0), (1, 1), (10, 10), (19, 19), (20, 19), (21, 20), (40, 38)]
)
def test_how_many_make_95_per_cent(relevant: int, found: int) -> None:
    assert wanted(relevant) == found


def test_known_orders() -> None:
    first = [True] * 20 + [False] * 80
    assert work_saved(first, 100, 20) == pytest.approx(1 - 0.19 - 0.05)
    assert work_saved(first[::-1], 100, 20) == pytest.approx(1 - 0.99 - 0.05)
    assert work_saved([False, True], 2, 1) == pytest.approx(-0.05)
    assert work_saved([True], 1, 1) == pytest.approx(-0.05)
    half = [True, False] * 20
    assert work_saved(half, 100, 20) == pytest.approx(1 - 0.37 - 0.05)


def test_what_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="nothing is relevant"):
        work_saved([False, False], 2, 0)
    with pytest.raises(ValueError, match="too few"):
        work_saved([True, False], 10, 2)


@given(ORDERS)
def test_it_is_the_least_that_must_be_read(order: list[bool]) -> None:
    relevant = sum(order)
    least = next(n for n in range(1, len(order) + 1) if 20 * sum(order[:n]) >= 19 * relevant)
    saved = work_saved(order, len(order), relevant)
    assert saved == pytest.approx(1 - least / len(order) - 0.05)
    assert saved <= most_work_saved(len(order), relevant)


@given(ORDERS)
def test_what_stands_behind_does_not_count(order: list[bool]) -> None:
    relevant = sum(order)
    saved = work_saved(order, len(order) + 5, relevant)
    assert work_saved([*order, False], len(order) + 5, relevant) == saved


def test_an_order_by_chance_saves_nothing() -> None:
    rng, order = random.Random(1), [True] * 40 + [False] * 160
    saved = []
    for _ in range(500):
        rng.shuffle(order)
        saved.append(work_saved(order, 200, 40))
    # Of 40 among 200 the 38th stands at 38 × 201 / 41 on average.
    expected = 1 - 38 * 201 / 41 / 200 - 0.05
    assert statistics.fmean(saved) == pytest.approx(expected, abs=0.005)


def test_the_interval_is_students() -> None:
    mean, low, high = mean_interval([1.0, 2.0, 3.0])
    half = 4.302653 / math.sqrt(3)
    assert (mean, low, high) == pytest.approx((2, 2 - half, 2 + half))


def record(number: int, relevant: bool, columns: list[int], score: float = 0.5) -> Record:
    row = Features(np.array(columns, np.int64), np.full(len(columns), 0.5), 0.0)
    name, words = f"r{number}", " ".join(f"word{column}" for column in columns)
    return Record(
        name, "written", False, "en", relevant, name, words, row, row, score, (f"text {name}",)
    )


def collection(size: int = 120) -> list[Record]:
    """Every fourth is relevant, and told by its words; the rules see nothing."""
    found = []
    for number in range(size):
        relevant = not number % 4
        sort = [1, 2] if relevant else [3, 4]
        found.append(record(number, relevant, [*sort, 10 + number % 7]))
    random.Random(1).shuffle(found)
    return found


def test_what_is_known_is_one_of_each_and_does_not_count() -> None:
    some = collection()
    known = prior(some, 3)
    assert [some[place].relevant for place in known] == [True, False]
    assert known == prior(some, 3)
    goal = Goal(some, known)
    assert (goal.total, goal.relevant) == (118, 29)
    others = [place for place, one in enumerate(some) if one.relevant and place not in known]
    assert goal.reached([*known, *others[:28]])
    assert not goal.reached([*known, *others[:27]])
    assert goal.found([others[0], known[1]]) == [True, False]


def test_batches_grow() -> None:
    assert [batch(decided) for decided in (0, 2, 109, 110, 1000)] == [10, 10, 10, 11, 100]


def test_ours_begins_with_the_rules_scores() -> None:
    some = [record(n, n >= 30, [1], score=n / 40) for n in range(40)]
    assert ours(some, [39, 0])[:9] == [*range(38, 29, -1)]


@pytest.mark.parametrize("rules", [True, False])
def test_ours_learns_as_it_goes(rules: bool) -> None:
    some = collection()
    known = prior(some, 1)
    order = ours(some, known, rules=rules)
    goal = Goal(some, known)
    assert len({*order, *known}) == len(order) + len(known)
    assert goal.reached([*known, *order])
    assert work_saved(goal.found(order), goal.total, goal.relevant) > 0.2


@pytest.mark.parametrize("size", [1, 10])
def test_the_peer_reads_the_same_records_by_the_same_rules(size: int) -> None:
    pytest.importorskip("asreview", reason="in the bench group only")
    from benchmarks.work_saved.peer import peer

    some = collection()
    known = prior(some, 1)
    order = peer(some, known, 1, lambda _: size)
    goal = Goal(some, known)
    assert len({*order, *known}) == len(order) + len(known)
    assert goal.reached([*known, *order])
    assert not goal.reached([*known, *order[:-size]])
    assert order == peer(some, known, 1, lambda _: size)
    assert work_saved(goal.found(order), goal.total, goal.relevant) > 0.4


def test_a_collection_is_drawn_by_its_seed() -> None:
    every = [*collection(), record(900, True, [1])]
    drawn = Collection("some", "written", size=40, share=0.1)
    first = drawn.drawn(every, 1)
    assert first == drawn.drawn(every[::-1], 1)
    assert first != drawn.drawn(every, 2)
    assert (len(first), sum(one.relevant for one in first)) == (40, 4)
    assert len(Collection("all", "written").drawn(every, 1)) == 121
    assert not Collection("sealed", "written", sealed_only=True).drawn(every, 1)
    assert not Collection("English", "written", language="zh").drawn(every, 1)
