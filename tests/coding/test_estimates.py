"""Estimates from stratified samples."""

import random
from itertools import product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sousveil.coding.estimates import Stratum, more_to_code, precision, recall, total
from sousveil.coding.intervals import clopper_pearson, number_positive


@st.composite
def stratum(draw: st.DrawFn, most: int = 300) -> Stratum:
    population = draw(st.integers(1, most))
    coded = draw(st.integers(1, population))
    return Stratum("s", population, coded, draw(st.integers(0, coded)), draw(st.booleans()))


strata = st.lists(stratum(), min_size=1, max_size=4)
ELUSION = [
    Stratum("hits", 400, 120, 96, hit=True),
    Stratum("near", 900, 120, 6),
    Stratum("far", 6000, 160, 0),
]


@settings(deadline=None)
@given(stratum())
def test_one_stratum_has_the_exact_interval(one: Stratum) -> None:
    found = total([one])
    exact = number_positive(one.positive, one.coded, one.population)
    assert (found.low, found.high) == (exact.low, exact.high)


@settings(deadline=None)
@given(strata)
def test_estimates_lie_in_their_intervals_and_those_in_what_is_possible(
    given: list[Stratum],
) -> None:
    found = total(given)
    seen = sum(one.positive for one in given)
    left = sum(one.population - one.coded for one in given)
    assert seen <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= seen + left
    for share in (precision(given), recall(given)):
        if share is not None:
            assert 0 <= share.low <= share.value + 1e-9
            assert share.value - 1e-9 <= share.high <= 1


@settings(deadline=None)
@given(strata, st.randoms())
def test_the_order_of_strata_does_not_matter(given: list[Stratum], chance: random.Random) -> None:
    turned = list(given)
    chance.shuffle(turned)
    assert (total(turned).low, total(turned).high) == (total(given).low, total(given).high)
    one, other = recall(turned), recall(given)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-6)


@settings(deadline=None)
@given(strata, st.integers(0, 3))
def test_one_more_positive_never_lowers_the_total(given: list[Stratum], at: int) -> None:
    one = given[at % len(given)]
    if one.positive == one.coded:
        return
    more = [*given]
    more[at % len(given)] = msgspec.structs.replace(one, positive=one.positive + 1)
    assert total(more).low >= total(given).low
    assert total(more).high >= total(given).high
    before, after = recall(given), recall(more)
    if before is not None and after is not None:
        way = 1 if one.hit else -1
        assert way * (after.low - before.low) >= -1e-6
        assert way * (after.high - before.high) >= -1e-6


@settings(deadline=None)
@given(strata)
def test_more_confidence_is_never_narrower(given: list[Stratum]) -> None:
    narrow, wide = total(given, 0.8), total(given, 0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@settings(deadline=None)
@given(strata)
def test_a_census_leaves_nothing_open(given: list[Stratum]) -> None:
    whole = [msgspec.structs.replace(one, population=one.coded) for one in given]
    for found in (total(whole), precision(whole), recall(whole)):
        if found is not None:
            assert found.half_width == pytest.approx(0, abs=1e-8)


def test_an_elusion_test() -> None:
    found = recall(ELUSION)
    assert found is not None
    assert found.value == pytest.approx(320 / 365)
    # No stratum by itself may say more than all of them do.
    assert 0.6 < found.low < found.value < found.high < 1
    hits = precision(ELUSION)
    assert hits is not None
    share = clopper_pearson(96, 120)
    assert share.low < hits.low < 0.8 < hits.high < share.high
    assert total(ELUSION).value == pytest.approx(365)
    assert total(ELUSION).high - total(ELUSION).low < 300


def test_where_all_hits_are_wrong_recall_is_0_from_below() -> None:
    found = recall([Stratum("hits", 50, 20, 0, hit=True), Stratum("rest", 100, 50, 5)])
    assert found is not None
    assert (found.value, found.low) == (0, 0)
    assert 0 < found.high < 1


def test_nothing_found_says_no_recall_and_no_hits_no_precision() -> None:
    nothing = [Stratum("hits", 50, 20, 0, hit=True), Stratum("rest", 100, 50, 0)]
    assert recall(nothing) is None
    assert more_to_code(nothing, recall, 0.1) is None
    assert precision([nothing[1]]) is None
    assert precision([Stratum("hits", 0, 0, 0, hit=True)]) is None
    assert total(nothing).low == 0
    assert total(nothing).high > 0


@pytest.mark.parametrize("numbers", [(3, 20), (0, 0), (12, 1), (12, 20)])
def test_two_strata_are_covered_exactly_often_enough(numbers: tuple[int, int]) -> None:
    """All samples that can be drawn, each with its chance: no simulation."""
    sizes, coded = (12, 40), (6, 10)
    covered = shares = 0.0
    for drawn in product(range(coded[0] + 1), range(coded[1] + 1)):
        chance = 1.0
        for x, n, size, number in zip(drawn, coded, sizes, numbers, strict=True):
            chance *= float(stats.hypergeom.pmf(x, size, number, n))
        if chance < 1e-12:
            continue
        given = [
            Stratum("hits", sizes[0], coded[0], drawn[0], hit=True),
            Stratum("rest", sizes[1], coded[1], drawn[1]),
        ]
        found, share = total(given), recall(given)
        covered += chance * (found.low <= sum(numbers) <= found.high)
        true = numbers[0] / max(1, sum(numbers))
        shares += chance * (share is None or share.low - 1e-8 <= true <= share.high + 1e-8)
    assert covered >= 0.95 - 1e-9
    assert shares >= 0.95 - 1e-9


@settings(max_examples=25, deadline=None)
@given(st.lists(stratum(most=120), min_size=1, max_size=3), st.floats(1, 40))
def test_coding_as_many_more_is_enough_and_one_less_is_not(
    given: list[Stratum], half_width: float
) -> None:
    named = [msgspec.structs.replace(one, name=str(at)) for at, one in enumerate(given)]
    more = more_to_code(named, total, half_width)
    assert more is not None
    for one in named:
        assert 0 <= more[one.name] <= one.population - one.coded
    assert (sum(more.values()) == 0) == (total(named).half_width <= half_width)


def test_how_many_more_for_a_narrower_figure() -> None:
    wide, narrow = more_to_code(ELUSION, recall, 0.12), more_to_code(ELUSION, recall, 0.05)
    assert wide is not None
    assert narrow is not None
    assert 0 < sum(wide.values()) < sum(narrow.values())
    assert narrow["far"] > narrow["hits"]
    with pytest.raises(ValueError, match="half-width"):
        more_to_code(ELUSION, recall, 0)


def test_further_hits_alone_make_the_precision_narrower() -> None:
    more = more_to_code([ELUSION[0]], precision, 0.04)
    assert more is not None
    coded = 120 + more["hits"]
    after = number_positive(round(coded * 0.8), coded, 400)
    assert after.half_width / 400 <= 0.04


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="'x' are impossible"):
        Stratum("x", 10, 5, 6)
    with pytest.raises(ValueError, match="nothing of stratum 'x'"):
        Stratum("x", 10, 0, 0)
