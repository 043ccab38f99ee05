"""What fifty decisions teach: recall at the same precision on a kind of system no rule knows.

    python -m benchmarks.learning [--seeds N] [--labels N] [--keep]

Each seed draws a population of an invented kind beside harmless notices that share its words
(``benchmarks.learning_records``), decides on some of them at random as coders would, and measures
the rest before and after. Before: the rules' score; after: what the case's run would give (the
model where cross-validation lets it be used, else the rules). Recall at precision: the most that a
threshold finds while at least 95 of 100 found are right. ``--keep`` writes benchmarks/results.
"""

import argparse
import random
import statistics
import sys
from collections.abc import Sequence

import msgspec

from benchmarks.learning_records import KINDS, Drawn, population
from benchmarks.measure import keep
from sousveil.classify import classify
from sousveil.classify.features import Features, features
from sousveil.classify.model import Scorer, logistic
from sousveil.classify.passages import passages
from sousveil.classify.training import Example, learn

PRECISION = 0.95
COUNT = 400


class Outcome(msgspec.Struct, frozen=True):
    """One seed: recall at PRECISION and at the threshold, before and after, and precision there."""

    kind: int
    used: bool
    before: float
    after: float
    before_named: float
    after_named: float
    before_precision: float
    after_precision: float


def simulate(seed: int, labels: int) -> Outcome:
    """Draw, decide, learn, measure."""
    rng = random.Random(seed)
    kind = seed % len(KINDS)
    drawn = list(population(KINDS[kind], COUNT, rng))
    rows = [_row(one) for one in drawn]
    rng_order = list(range(COUNT))
    rng.shuffle(rng_order)
    decided, rest = rng_order[:labels], rng_order[labels:]
    examples = [
        Example(
            drawn[at].notice.notice_id,
            rows[at],
            drawn[at].relevant,
            (drawn[at].pages[1].text,),
            ("other_surveillance",),
        )
        for at in decided
    ]
    learned, _ = learn(examples, labels, 0)
    truth = [drawn[at].relevant for at in rest]
    rules = [logistic(rows[at].rule) for at in rest]
    scorer = Scorer(learned) if learned else None
    after = [scorer.probability(rows[at]) for at in rest] if scorer else rules
    return Outcome(
        kind,
        learned is not None,
        recall_at(rules, truth),
        recall_at(after, truth),
        *_named(rules, after, truth),
    )


def _row(one: Drawn) -> Features:
    return features(list(passages(one.notice, one.pages)), classify(one.notice, one.pages))


def recall_at(
    scores: Sequence[float], truth: Sequence[bool], precision: float = PRECISION
) -> float:
    """The most that a threshold on the scores finds with at least this precision. Ties stand
    together: what has one score is found or passed over as a whole."""
    best = right = 0
    ranked = sorted(zip(scores, truth, strict=True), key=lambda pair: -pair[0])
    for named, (score, relevant) in enumerate(ranked, start=1):
        right += relevant
        whole = named == len(ranked) or ranked[named][0] < score
        if whole and right >= precision * named:
            best = right
    return best / max(sum(truth), 1)


def _named(
    rules: Sequence[float], after: Sequence[float], truth: Sequence[bool]
) -> tuple[float, float, float, float]:
    counts = []
    for scores in (rules, after):
        named = [relevant for score, relevant in zip(scores, truth, strict=True) if score >= 0.5]
        counts.append((sum(named) / max(sum(truth), 1), sum(named) / len(named) if named else 1.0))
    (before, before_precision), (now, now_precision) = counts
    return before, now, before_precision, now_precision


def interval(values: Sequence[float], seed: int = 1, draws: int = 2_000) -> tuple[float, float]:
    """A 95 % percentile bootstrap interval of the mean over seeds."""
    rng = random.Random(seed)
    means = sorted(statistics.fmean(rng.choices(values, k=len(values))) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws) - 1]


def summary(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Means and intervals over seeds."""
    found: dict[str, object] = {
        "seeds": len(outcomes),
        "model used": sum(one.used for one in outcomes),
    }
    gains = [one.after - one.before for one in outcomes]
    for name, values in (
        (f"recall at precision {PRECISION} before", [one.before for one in outcomes]),
        (f"recall at precision {PRECISION} after", [one.after for one in outcomes]),
        ("gain", gains),
        ("recall at 0.5 before", [one.before_named for one in outcomes]),
        ("recall at 0.5 after", [one.after_named for one in outcomes]),
        ("precision at 0.5 after", [one.after_precision for one in outcomes]),
    ):
        low, high = interval(values)
        found[name] = [round(x, 3) for x in (statistics.fmean(values), low, high)]
    found["seeds that lose"] = sum(gain < 0 for gain in gains)
    return found


def main() -> int:
    """Print and, with --keep, write."""
    parser = argparse.ArgumentParser(prog="learning", description=__doc__)
    parser.add_argument("--seeds", type=int, default=80)
    parser.add_argument("--labels", type=int, default=50)
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    outcomes = [simulate(seed, options.labels) for seed in range(options.seeds)]
    found = {"labels": options.labels, **summary(outcomes)}
    for name, value in found.items():
        shown = f"{value[0]} ({value[1]} to {value[2]})" if isinstance(value, list) else value
        print(f"{name}: {shown}")
    if options.keep:
        keep(found, "learning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
