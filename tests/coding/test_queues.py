"""Queues and samples: what comes first, what chance draws, who is asked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.coding.queues import QUEUES, Waiting, population, queued, undecided
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
    assert (
        undecided(found, decisions, TEXTS, "Ana", lambda _: Draw("queue", "disagreements")) == found
    )


@given(WAITING, st.permutations(range(30)), st.sampled_from(QUEUES), st.integers())
def test_the_order_of_adding_changes_no_queue(
    waiting: list[Waiting], order: list[int], name: str, seed: int
) -> None:
    mixed = [waiting[at] for at in order if at < len(waiting)]
    assert queued(name, mixed, {}, seed) == queued(name, waiting, {}, seed)  # type: ignore[arg-type]
    assert population(mixed) == population(waiting)


def test_who_decided_is_not_asked_again_until_the_text_changes() -> None:
    def draw(_: Waiting) -> Draw:
        return Draw("queue", "likely")

    decisions = [said("n1", "Ana", "yes"), said("n2", "Bo", "no")]
    left = undecided(ALL, decisions, TEXTS, "Ana", draw)
    assert [one.project_key for one in left] == ["p2", "p3"]
    assert undecided(ALL, decisions, {**TEXTS, "n1": "other"}, "Ana", draw) == ALL


def test_of_a_sample_only_decisions_made_in_it_count() -> None:
    def draw(_: Waiting) -> Draw:
        return Draw("sample", "s/hits", "p" * 64, 7, 0.5)

    def other(_: Waiting) -> Draw:
        return Draw("sample", "s/hits", "p" * 64, 8, 0.5)

    assert undecided(ALL, [said("n1", "Ana", "yes")], TEXTS, "Ana", draw) == ALL
    made = [said("n1", "Ana", "yes", draw(ALL[0])), said("n1", "Ana", "no")]
    assert undecided(ALL, made, TEXTS, "Ana", draw) == ALL[1:]
    assert undecided(ALL, made, TEXTS, "Ana", other) == ALL
