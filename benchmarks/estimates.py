"""Whether estimates and the stopping rule keep their word: collections whose truth is known.

    python -m benchmarks.estimates [--runs 1000] [--seed 1] [--keep]

A collection has so many projects, a share of which is relevant; a classifier scores relevant ones
higher by so many standard deviations (1: poor, area under the curve 0.76; 2: 0.92; 2.5: 0.96; 3:
0.98). Work saved over sampling at 95 % recall is 54 % of 2, 68 % of 2.5 and 77 % of 3; van de
Schoot et al. (2021), Nature Machine Intelligence 3:125, report 67 to 92 % on four reviews. A query
hits as many as are relevant, those of highest score. A third of the sample is taken of the hits,
the rest of two strata of the others: the fifth next by score, and what remains.

Printed: how often 95 % intervals hold the truth (aim: at least 94 %) and their width beside
Clopper and Pearson's of a simple sample of the same size and estimate (aim: at most 1.3 in the
median); beside it the coverage of two usual intervals. Then how often the stopping rule reaches its
recall (aim: at least the stated 95 %), and its median effort at 10 % relevant (aim: at most 60 %
of the records, where the ranking is of quality 3). Exits with 1 where an aim is missed.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from benchmarks.measure import keep
from sousveil.coding.estimates import Stratum, precision, recall, total
from sousveil.coding.intervals import Estimate, clopper_pearson
from sousveil.coding.sampling import allocate
from sousveil.coding.stopping import standing

Labels: TypeAlias = npt.NDArray[np.bool_]

SIZES = {500: 150, 2000: 300, 10_000: 400}
"""Coded projects by projects."""
PREVALENCES = (0.02, 0.1, 0.3)
QUALITIES = (1.0, 2.0, 3.0)
REALISTIC = 3.0
STOPPING = (
    *product((2000,), (0.02, 0.1, 0.3), (1.0, 2.0, 3.0)),
    *product((2000,), (0.1,), (2.5,)),
    *product((10_000,), (0.1,), (2.0, 2.5, 3.0)),
    *product((1000,), (0.1,), (3.0,)),
)
LEAST_COVERAGE = 0.94
MOST_WIDTH = 1.3
MOST_EFFORT = 0.6
EFFORT_FROM = 2000
"""In smaller collections any proof reads most of what is left."""
_TOLERANCE = 1e-6


class Cell(msgspec.Struct, frozen=True):
    """What came of one kind of collection: by figure, shares and ratios."""

    projects: int
    prevalence: float
    quality: float
    coverage: dict[str, float]
    width: dict[str, float]


class Stop(msgspec.Struct, frozen=True):
    """How the stopping rule fared: the share of runs that reached the recall, and the median share
    of the records that was read, altogether and before random reading."""

    projects: int
    prevalence: float
    quality: float
    recall: float
    reached: float
    effort: float
    ranked: float


def collection(
    rng: np.random.Generator, projects: int, prevalence: float, quality: float
) -> Labels:
    """Whether each project is relevant, highest score first."""
    relevant = np.arange(projects) < round(projects * prevalence)
    scores = rng.normal(size=projects) + quality * relevant
    return relevant[np.argsort(-scores)]


def sampled(rng: np.random.Generator, parts: Sequence[Labels], coded: int) -> list[Stratum]:
    """A random sample of each part, the first being the hits."""
    others = [len(part) * guess**0.5 for part, guess in zip(parts[1:], (0.05, 0.01), strict=True)]
    sizes = [min(coded // 3, len(parts[0]))]
    sizes += allocate(others, [len(part) for part in parts[1:]], coded - coded // 3)
    return [
        Stratum(str(at), len(part), size, int(rng.choice(part, size, replace=False).sum()), not at)
        for at, (part, size) in enumerate(zip(parts, sizes, strict=True))
    ]


def usual(rng: np.random.Generator, strata: Sequence[Stratum]) -> dict[str, tuple[float, float]]:
    """Two usual intervals of the total: the normal one of Cochran (1977) and that of beta
    posteriors with Jeffreys' prior (Webber 2013, ACM TOIS 31:2)."""
    value = sum(one.expected for one in strata)
    variance = 0.0
    draws = np.zeros(2000)
    for one in strata:
        share, rest = one.positive / one.coded, one.population - one.coded
        variance += one.population * rest * share * (1 - share) / max(1, one.coded - 1)
        rates = rng.beta(one.positive + 0.5, one.coded - one.positive + 0.5, len(draws))
        draws += one.positive + rng.binomial(rest, rates)
    low, high = np.quantile(draws, [0.025, 0.975])
    spread = 1.96 * variance**0.5
    return {"normal": (value - spread, value + spread), "Jeffreys": (float(low), float(high))}


def estimated(
    rng: np.random.Generator, runs: int, projects: int, prevalence: float, quality: float
) -> Cell:
    """Coverage and widths of one kind of collection; the width of a census counts as 0."""
    held: dict[str, list[bool]] = {}
    widths: dict[str, list[float]] = {}
    for _ in range(runs):
        relevant = collection(rng, projects, prevalence, quality)
        hits = int(relevant.sum())
        near = hits + (projects - hits) // 5
        parts = [relevant[:hits], relevant[hits:near], relevant[near:]]
        strata = sampled(rng, parts, SIZES[projects])
        found, share, hit = total(strata), recall(strata), precision(strata)
        coded = sum(one.coded for one in strata)
        all_share = found.value / projects
        truth = hits
        caught = int(parts[0].sum())
        _count(held, "total", found, truth)
        simple = clopper_pearson(all_share * coded, coded)
        widths.setdefault("total", []).append(found.half_width / projects / simple.half_width)
        if hit is not None:
            _count(held, "precision", hit, caught / hits)
            simple = clopper_pearson(strata[0].positive, strata[0].coded)
            widths.setdefault("precision", []).append(hit.half_width / simple.half_width)
        if share is not None:
            _count(held, "recall", share, caught / truth)
            simple = clopper_pearson(share.value * all_share * coded, all_share * coded)
            widths.setdefault("recall", []).append(share.half_width / simple.half_width)
        for name, (low, high) in usual(rng, strata).items():
            held.setdefault(name, []).append(low <= truth <= high)
    return Cell(
        projects,
        prevalence,
        quality,
        {name: float(np.mean(some)) for name, some in held.items()},
        {name: float(np.median(some)) for name, some in widths.items()},
    )


def _count(held: dict[str, list[bool]], name: str, found: Estimate, truth: float) -> None:
    within = found.low - _TOLERANCE <= truth <= found.high + _TOLERANCE
    held.setdefault(name, []).append(within)


def reviewed(rng: np.random.Generator, relevant: Labels, aim: float) -> tuple[float, float, float]:
    """(recall, share read, share read before random reading) of a review that heeds the rule after
    each hundredth of the records."""
    projects = len(relevant)
    step = max(1, projects // 100)
    ranked = step
    reads = relevant.tolist()
    while ranked < projects:
        if standing(projects, reads[:ranked], None, aim).next != "most_likely":
            break
        ranked += step
    rest = rng.permutation(relevant[ranked:]).tolist()
    drawn = 0
    while standing(projects, reads[:ranked], rest[:drawn], aim).next != "stop":
        drawn = min(drawn + step, len(rest))
    found = sum(reads[:ranked]) + sum(rest[:drawn])
    return found / sum(reads), (ranked + drawn) / projects, ranked / projects


def stopped(
    rng: np.random.Generator,
    runs: int,
    projects: int,
    prevalence: float,
    quality: float,
    aim: float,
) -> Stop:
    """The stopping rule on one kind of collection."""
    found = np.array(
        [reviewed(rng, collection(rng, projects, prevalence, quality), aim) for _ in range(runs)]
    )
    reached = float(np.mean(found[:, 0] >= aim - _TOLERANCE))
    effort, ranked = float(np.median(found[:, 1])), float(np.median(found[:, 2]))
    return Stop(projects, prevalence, quality, aim, reached, effort, ranked)


def _told(cell: Cell) -> str:
    named = [f"{name} {share:.1%}" for name, share in cell.coverage.items()]
    wide = [f"{name} {ratio:.2f}" for name, ratio in cell.width.items()]
    kind = f"{cell.projects:6} projects {cell.prevalence:4.0%} relevant quality {cell.quality:.0f}"
    return f"{kind}: held {', '.join(named)}; width {', '.join(wide)}"


def missed(cells: Sequence[Cell], stops: Sequence[Stop]) -> list[str]:
    """The aims that are not reached."""
    wrong = []
    for cell in cells:
        for name, ratio in cell.width.items():
            if cell.coverage[name] < LEAST_COVERAGE or ratio > MOST_WIDTH:
                wrong.append(f"{name}: {_told(cell)}")
    for stop in stops:
        kept = stop.reached >= stop.recall
        realistic = stop.quality == REALISTIC and stop.projects >= EFFORT_FROM
        bound = stop.prevalence == 0.1 and realistic
        if not kept or (bound and stop.effort > MOST_EFFORT):
            wrong.append(f"stopping: {stop}")
    return wrong


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="estimates", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    cells = []
    for kind in product(SIZES, PREVALENCES, QUALITIES):
        cells.append(estimated(rng, options.runs, *kind))
        print(_told(cells[-1]), flush=True)
    stops = []
    for aim, kinds in ((0.95, STOPPING), (0.9, [(2000, 0.1, 3.0), (2000, 0.1, 2.0)])):
        for kind in kinds:
            stops.append(stopped(rng, options.runs, *kind, aim))
            stop = stops[-1]
            print(
                f"{stop.projects:6} projects {stop.prevalence:4.0%} relevant quality"
                f" {stop.quality}: {aim:.0%} recall reached in {stop.reached:.1%} of runs,"
                f" read {stop.effort:.1%} (by likelihood {stop.ranked:.1%})",
                flush=True,
            )
    wrong = missed(cells, stops)
    for line in wrong:
        print(f"aim missed: {line}")
    if options.keep:
        keep(
            {
                "runs": options.runs,
                "seed": options.seed,
                "intervals": msgspec.to_builtins(cells),
                "stopping": msgspec.to_builtins(stops),
                "missed": wrong,
            },
            "estimates",
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
