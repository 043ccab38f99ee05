"""Whether the test of a trend keeps its word: streams of projects with and without a trend.

    python -m benchmarks.trend_simulation [--streams 5000] [--seed 1] [--keep]

A stream has 40 to 400 projects of 15 to 150 buyers over six to twelve uneven years. Each project
stands in a stratum (source and type of document) with a level of its own, and the mix of strata
shifts over the years: without strata that alone would make a trend. Buyers differ from each other.
Printed: the share of streams without a trend that are rejected at 5 % (aim: at most 6 %), how often
the interval holds the true value of streams with one (aim: at least 93 %), and the power.
"""

import argparse
import sys
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from benchmarks.measure import keep
from sousveil.report.concordance import Concordance, concordance

RUNGS = 6


class Design(msgspec.Struct, frozen=True):
    """How a kind of stream is drawn. ``slope``: log odds a year; ``buyer_spread``: how buyers
    differ (standard deviation on the latent scale); ``drift``: how fast the mix of strata shifts.
    """

    slope: float
    projects: int
    buyers: int
    years: int
    strata: int
    buyer_spread: float
    drift: float
    even: bool = False
    """Whether all buyers buy alike; else a few buy much, most little (Pareto)."""


def _rest(
    rng: np.random.Generator, kind: Design
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    return rng.normal(0, 1.5, kind.strata), rng.dirichlet(np.full(kind.years, 3.0))


def design(rng: np.random.Generator, slope: float) -> Design:
    """A kind of stream at random."""
    projects = int(rng.integers(40, 401))
    return Design(
        slope=slope,
        projects=projects,
        buyers=max(15, int(projects * rng.uniform(0.3, 0.9))),
        years=int(rng.integers(6, 13)),
        strata=int(rng.integers(1, 7)),
        buyer_spread=float(rng.choice([0.0, 0.7, 1.5])),
        drift=float(rng.choice([0.0, 0.4, 0.8])),
    )


class Stream(msgspec.Struct, frozen=True):
    """Years, levels, strata and buyers of one stream's projects."""

    years: list[int]
    levels: list[int]
    strata: list[str]
    buyers: list[str]


def stream(
    rng: np.random.Generator,
    kind: Design,
    bases: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
) -> Stream:
    """Draw one stream. ``bases``: how high each stratum stands on the latent scale; ``weights``:
    the share of projects in each year."""
    years = rng.choice(kind.years, kind.projects, p=weights)
    lean = kind.drift * np.outer(years, np.linspace(-1, 1, kind.strata))
    shares = np.exp(lean) / np.exp(lean).sum(1, keepdims=True)
    strata = (shares.cumsum(1) < rng.random((kind.projects, 1))).sum(1)
    if kind.even:
        buyers = rng.integers(0, kind.buyers, kind.projects)
    else:
        buyers = (rng.pareto(1.5, kind.projects) * kind.buyers / 3).astype(int) % kind.buyers
    own = rng.normal(0, kind.buyer_spread, kind.buyers)
    latent = bases[strata] + kind.slope * years + own[buyers] + rng.logistic(size=kind.projects)
    levels = np.digitize(latent, np.linspace(-2.5, 2.5, RUNGS - 1))
    names = [f"s{s}" for s in strata], [f"b{b}" for b in buyers]
    return Stream((2014 + years).tolist(), levels.tolist(), *names)


def tested(one: Stream) -> Concordance:
    """The test of one stream."""
    return concordance(one.years, one.levels, one.strata, one.buyers)


def without_trend(streams: int, seed: int) -> tuple[int, int]:
    """(streams tested, streams rejected at 5 %) where nothing changes within a stratum."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(streams):
        kind = design(rng, 0.0)
        bases, weights = _rest(rng, kind)
        found.append(tested(stream(rng, kind, bases, weights)).p_value)
    values = [p for p in found if p is not None]
    return len(values), sum(p < 0.05 for p in values)


def with_trend(
    streams: int, seed: int, each: int = 50, truth: int = 60_000
) -> tuple[int, int, dict[str, list[int]]]:
    """(intervals, intervals that hold the true value, [rejected, streams] by slope and size).

    The true value of a kind of stream is that of one with ``truth`` projects of as many buyers.
    """
    rng = np.random.default_rng(seed)
    held = total = 0
    power: dict[str, list[int]] = {}
    for _ in range(streams // each):
        kind = design(rng, float(rng.choice([0.05, 0.1, 0.2, 0.3])))
        bases, weights = _rest(rng, kind)
        large = msgspec.structs.replace(kind, projects=truth, buyers=truth, even=True)
        true = tested(stream(rng, large, bases, weights)).difference
        for _ in range(each):
            found = tested(stream(rng, kind, bases, weights))
            if found.low is None or found.high is None or true is None or found.p_value is None:
                continue
            total += 1
            held += found.low <= true <= found.high
            size = "under 100" if kind.projects < 100 else "100-199"
            size = size if kind.projects < 200 else "200-400"
            count = power.setdefault(f"{kind.slope} a year, {size} projects", [0, 0])
            count[0] += found.p_value < 0.05
            count[1] += 1
    return total, held, dict(sorted(power.items()))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="trend_simulation", description=__doc__)
    parser.add_argument("--streams", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    tried, rejected = without_trend(options.streams, options.seed)
    print(f"without a trend: {tried} streams, {rejected} rejected at 5 % ({rejected / tried:.2%})")
    total, held, power = with_trend(options.streams, options.seed + 1)
    print(f"with a trend: {total} intervals, {held} hold the true value ({held / total:.2%})")
    for name, (found, of) in power.items():
        print(f"  power at {name}: {found / of:.1%} of {of}")
    if options.keep:
        figures: dict[str, Any] = {
            "seed": options.seed,
            "without_trend": {"streams": tried, "rejected": rejected},
            "with_trend": {"intervals": total, "held": held},
            "power": power,
        }
        keep(figures, "trend")
    return 0


if __name__ == "__main__":
    sys.exit(main())
