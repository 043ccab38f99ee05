"""Pairs of projects within strata and between buyers, counted against a plain double loop."""

from itertools import combinations

from benchmarks.trend_simulation import with_trend, without_trend
from hypothesis import given
from hypothesis import strategies as st

from sousveil.report.concordance import concordance

PROJECTS = st.lists(
    st.tuples(
        st.integers(2015, 2020), st.integers(0, 4), st.sampled_from("ab"), st.sampled_from("uvwxyz")
    ),
    max_size=40,
)


@given(PROJECTS)
def test_pairs_are_those_of_a_double_loop(projects: list[tuple[int, int, str, str]]) -> None:
    pairs = higher = lower = 0
    for one, other in combinations(sorted(projects), 2):
        if one[0] == other[0] or one[2] != other[2] or one[3] == other[3]:
            continue
        pairs += 1
        higher += other[1] > one[1]
        lower += other[1] < one[1]
    years, levels, strata, buyers = zip(*projects, strict=True) if projects else ((), (), (), ())
    found = concordance(years, levels, strata, buyers)
    assert found.pairs == pairs
    assert round(found.higher * pairs) == higher
    assert round(found.lower * pairs) == lower
    if found.difference is not None and found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.difference <= found.high <= 1


def test_the_test_keeps_its_word() -> None:
    """Seeded: 200 streams without a trend, 200 with one; the whole run is a benchmark."""
    tried, rejected = without_trend(200, seed=3)
    assert tried == 200
    assert rejected <= 0.08 * tried
    intervals, held, power = with_trend(200, seed=4, truth=10_000)
    assert held >= 0.91 * intervals
    assert sum(found for found, _ in power.values()) > 0
