"""Verdicts against every figure that a range may hold."""

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sousveil.claims.judge import Range, accepted, judged, judged_one, nearest
from sousveil.model.claim import FAILS, HOLDS, UNTOLD, Expected

_FAR = 60
_small = st.integers(0, 20)
_wanted = st.one_of(
    st.builds(lambda n: Expected(equals=Decimal(n)), _small),
    st.builds(lambda n: Expected(more_than=Decimal(n)), _small),
    st.builds(lambda n: Expected(at_least=Decimal(n)), _small),
    st.builds(lambda n: Expected(at_most=Decimal(n)), _small),
    st.builds(
        lambda n, s: Expected(about=Decimal(n), within=Decimal(s) / 10), _small, st.integers(0, 10)
    ),
    st.builds(lambda yes: Expected(exists=yes), st.booleans()),
)


def says(expected: Expected, figure: int) -> bool:
    """Whether a figure answers a statement, read off the statement."""
    if expected.exists is not None:
        return (figure > 0) == expected.exists
    if expected.equals is not None:
        return figure == expected.equals
    if expected.more_than is not None:
        return figure > expected.more_than
    if expected.at_least is not None:
        return figure >= expected.at_least
    if expected.at_most is not None:
        return figure <= expected.at_most
    assert expected.about is not None
    assert expected.within is not None
    return abs(figure - expected.about) <= expected.about * expected.within


@given(_wanted, _small, st.one_of(st.none(), _small))
def test_a_verdict_is_that_of_every_figure_in_the_range(
    expected: Expected, low: int, more: int | None
) -> None:
    high = None if more is None else low + more
    answers = {says(expected, n) for n in range(low, (_FAR if high is None else high) + 1)}
    verdict = judged(Range(Decimal(low), None if high is None else Decimal(high)),
                     accepted(expected))  # fmt: skip
    if answers == {True}:
        assert verdict == HOLDS
    elif answers == {False}:
        # Between two whole numbers a figure may answer that no whole number does.
        assert verdict == FAILS or (verdict == UNTOLD and expected.about is not None)
    else:
        assert verdict == UNTOLD


@given(_wanted, st.lists(_small, max_size=5), st.lists(_small, max_size=5), st.booleans())
def test_one_amount_answers_if_any_does(
    expected: Expected, sure: list[int], more: list[int], open_end: bool
) -> None:
    verdict = judged_one(
        map(Decimal, sure), map(Decimal, [*sure, *more]), accepted(expected), open_end=open_end
    )
    outcomes = set()
    for kept in product([True, False], repeat=len(more)):
        amounts = [*sure, *(n for n, there in zip(more, kept, strict=True) if there)]
        outcomes.add(any(says(expected, n) for n in amounts))
    if outcomes == {True}:
        assert verdict == HOLDS
    elif outcomes == {False} and not open_end:
        assert verdict == FAILS
    else:
        assert verdict == UNTOLD


@given(_wanted, st.lists(_small, max_size=6))
def test_the_nearest_amount_answers_where_any_does(expected: Expected, amounts: list[int]) -> None:
    found = nearest([Decimal(n) for n in amounts], accepted(expected))
    if not amounts:
        assert found is None
        return
    assert found in amounts
    if any(says(expected, n) for n in amounts):
        assert says(expected, int(found or 0))


def test_a_lower_bound_refutes_what_it_exceeds_and_proves_what_it_reaches() -> None:
    at_least_20 = Range(Decimal(20), None)
    assert judged(at_least_20, accepted(Expected(more_than=Decimal(300)))) == UNTOLD
    assert judged(at_least_20, accepted(Expected(more_than=Decimal(19)))) == HOLDS
    assert judged(at_least_20, accepted(Expected(at_most=Decimal(19)))) == FAILS
    assert judged(at_least_20, accepted(Expected(equals=Decimal(20)))) == UNTOLD
