"""Exact intervals: against scipy's tests, and what must hold of any."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from sousveil.coding.intervals import (
    clopper_pearson,
    lower_mass,
    number_positive,
    quantile,
    upper_mass,
)


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    """(positive, coded, population)."""
    population = draw(st.integers(1, 80))
    coded = draw(st.integers(1, population))
    return draw(st.integers(0, coded)), coded, population


@pytest.mark.parametrize(("positive", "sample"), [(0, 10), (3, 10), (10, 10), (263, 300)])
def test_shares_have_the_interval_of_scipy(positive: int, sample: int) -> None:
    found = clopper_pearson(positive, sample)
    known = stats.binomtest(positive, sample).proportion_ci(method="exact")
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-9)


@settings(deadline=None)
@given(samples())
@example((1, 1, 40))  # 1 of 40 is rejected at just 2.5 %
@example((0, 1, 40))
def test_numbers_are_those_that_the_hypergeometric_tests_keep(given: tuple[int, int, int]) -> None:
    positive, coded, population = given
    found = number_positive(positive, coded, population)
    kept = [
        number
        for number in range(population + 1)
        if stats.hypergeom.cdf(positive, population, number, coded) > 0.025 + 1e-9
        and stats.hypergeom.sf(positive - 1, population, number, coded) > 0.025 + 1e-9
    ]
    assert (found.low, found.high) == (kept[0], kept[-1])
    assert found.low <= found.value <= found.high


@settings(deadline=None)
@given(samples())
def test_distributions_lie_within_what_is_possible(given: tuple[int, int, int]) -> None:
    positive, coded, population = given
    for mass in (lower_mass(*given), upper_mass(*given)):
        assert len(mass) == population + 1
        assert mass.sum() == pytest.approx(1)
        assert not mass[:positive].any()
        assert not mass[population - coded + positive + 1 :].any()


def test_a_large_population_is_like_one_without_end() -> None:
    found = number_positive(7, 200, 500_000)
    share = clopper_pearson(7, 200)
    assert found.low / 500_000 == pytest.approx(share.low, rel=2e-3)
    assert found.high / 500_000 == pytest.approx(share.high, rel=2e-3)


def test_quantiles_are_reached() -> None:
    assert [quantile(upper_mass(1, 1, 3), share) for share in (0.1, 1.0)] == [3, 3]
    assert quantile(lower_mass(0, 2, 3), 0.999) == 0


@pytest.mark.parametrize("counts", [(3, 2, 9), (-1, 2, 9), (1, 10, 9)])
def test_impossible_counts_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="impossible"):
        number_positive(*counts)
    with pytest.raises(ValueError, match="no share"):
        clopper_pearson(0, 0)
