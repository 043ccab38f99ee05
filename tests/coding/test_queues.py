"""Queues and samples: what comes first, what chance draws, who is asked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.coding.queues import QUEUES, Waiting, population, queued, sampled, undecided
from sousveil.coding.rulings import rulings
from sousveil.model import Decision, Draw

WAITING = st.lists(
    st.builds(
        lambda number, score, review: Waiting(
            f"p{number:03d}", f"n{number}", (f"n{number}",), score, ("flag",) if review else ()
        ),
        st.integers(0, 200),
        st.floats(0, 1),
        st.booleans(),
    ),
    unique_by=lambda one: one.project_key,
    max_size=30,
)


def project(number: int, score: float, *, review: tuple[str, ...] = ()) -> Waiting:
    return Waiting(f"p{number}", f"n{number}", (f"n{number}",), score, review)


def said(notice: str, coder: str, relevant: str, source: Draw | None = None) -> Decision:
    return Decision(coder, "2026-01-01", notice, "t", relevant, source=source)  # type: ignore[arg-type]


ALL = [project(1, 0.9), project(2, 0.5, review=("score_uncertain",)), project(3, 0.1)]
TEXTS = {"n1": "t", "n2": "t", "n3": "t"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("likely", [1, 2, 3]), ("uncertain", [2, 1, 3]), ("review", [2]), ("disagreements", [])],
)
def test_what_a_queue_goes_by(name: str, expected: list[int]) -> None:
    found = [int(one.project_key[1:]) for one in queued(name, ALL, {})]  # type: ignore[arg-type]
    assert found == expected


def test_disagreements_hold_what_coders_see_differently() -> None:
    decisions = [said("n1", "Ana", "yes"), said("n1", "Bo", "no"), said("n3", "Ana", "no")]
    found = queued("disagreements", ALL, rulings(decisions, TEXTS))
    assert [one.project_key for one in found] == ["p1"]
    assert undecided(found, decisions, TEXTS, "Ana", Draw("queue", "disagreements")) == found


@given(WAITING, st.permutations(range(30)), st.sampled_from(QUEUES), st.integers())
def test_the_order_of_adding_changes_no_queue(
    waiting: list[Waiting], order: list[int], name: str, seed: int
) -> None:
    mixed = [waiting[at] for at in order if at < len(waiting)]
    assert queued(name, mixed, {}, seed) == queued(name, waiting, {}, seed)  # type: ignore[arg-type]
    assert population(mixed) == population(waiting)


@given(WAITING, st.integers(), st.integers(0, 40), st.integers(0, 40))
def test_a_larger_sample_of_a_seed_holds_the_smaller(
    waiting: list[Waiting], seed: int, one: int, other: int
) -> None:
    few, draw = sampled(waiting, seed, min(one, other))
    many, _ = sampled(waiting, seed, max(one, other))
    assert many[: len(few)] == few
    assert len(few) == min(one, other, len(waiting))
    if waiting:
        assert draw.probability == len(few) / len(waiting)


def test_chance_draws_all_alike() -> None:
    waiting = [project(at, 0.5) for at in range(10)]
    drawn = [one.project_key for seed in range(2_000) for one in sampled(waiting, seed, 3)[0]]
    counts = [drawn.count(one.project_key) for one in waiting]
    assert sum(counts) == 6_000
    assert all(520 < count < 680 for count in counts)  # 600 ± 4 standard deviations


def test_who_decided_is_not_asked_again_until_the_text_changes() -> None:
    draw = Draw("queue", "likely")
    decisions = [said("n1", "Ana", "yes"), said("n2", "Bo", "no")]
    left = undecided(ALL, decisions, TEXTS, "Ana", draw)
    assert [one.project_key for one in left] == ["p2", "p3"]
    assert undecided(ALL, decisions, {**TEXTS, "n1": "other"}, "Ana", draw) == ALL


def test_of_a_sample_only_decisions_made_in_it_count() -> None:
    drawn, draw = sampled(ALL, 7, 2)
    first = drawn[0].lead
    assert undecided(drawn, [said(first, "Ana", "yes")], TEXTS, "Ana", draw) == drawn
    made = [said(first, "Ana", "yes", draw)]
    assert undecided(drawn, made, TEXTS, "Ana", draw) == drawn[1:]
    larger = sampled(ALL, 7, 3)[1]
    assert undecided(drawn, made, TEXTS, "Ana", larger) == drawn[1:]
    assert undecided(drawn, made, TEXTS, "Ana", sampled(ALL, 8, 2)[1]) == drawn
