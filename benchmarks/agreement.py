"""How often the intervals of kappa and alpha hold the truth: pairs of coders drawn by chance.

    python -m benchmarks.agreement [--runs 1000] [--seed 1] [--keep]

Two coders say yes to the same share of units and agree beyond chance by a known kappa, which is
alpha's value as well in the long run. Bootstrap intervals are approximate: aim, at least 93 %.
"""

import argparse
import sys
from itertools import product
from typing import Any

import numpy as np

from benchmarks.measure import keep
from sousveil.coding.agreement import agreement

UNITS = (50, 100, 200)
KINDS = ((0.5, 0.7), (0.1, 0.7), (0.1, 0.9), (0.3, 0.8))
"""Share of yes, and kappa."""
LEAST_COVERAGE = 0.93
_PAIRS = (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no"))


def coverage(
    rng: np.random.Generator, runs: int, units: int, share: float, kappa: float
) -> dict[str, float]:
    """The share of runs in which each interval holds ``kappa``; of runs with both codes."""
    both = share * share + kappa * share * (1 - share)
    shares = [both, share - both, share - both, 1 - 2 * share + both]
    held: dict[str, list[bool]] = {"kappa": [], "alpha": []}
    for run in range(runs):
        counts = rng.multinomial(units, shares)
        pairs = [pair for pair, n in zip(_PAIRS, counts, strict=True) for _ in range(n)]
        codings = {
            side: {str(at): pair[side == "two"] for at, pair in enumerate(pairs)}
            for side in ("one", "two")
        }
        found = agreement(codings, seed=run)
        for name, figure in (("kappa", found.kappa), ("alpha", found.alpha)):
            if figure is not None:
                held[name].append(figure.low <= kappa <= figure.high)
    return {name: float(np.mean(some)) for name, some in held.items()}


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="agreement", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    figures: list[dict[str, Any]] = []
    for units, (share, kappa) in product(UNITS, KINDS):
        found = coverage(rng, options.runs, units, share, kappa)
        figures.append({"units": units, "share": share, "kappa": kappa, "held": found})
        told = ", ".join(f"{name} {value:.1%}" for name, value in found.items())
        print(f"{units:4} units, {share:.0%} yes, kappa {kappa}: held {told}", flush=True)
    if options.keep:
        keep({"runs": options.runs, "seed": options.seed, "coverage": figures}, "agreement")
    wrong = any(min(one["held"].values()) < LEAST_COVERAGE for one in figures)
    print("aim missed" if wrong else "aim reached")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
