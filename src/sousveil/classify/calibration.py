"""From the rules' score to a probability: the share of labelled records of like score that were
surveillance.

``calibration.toml`` holds counts by score, measured by ``python -m
benchmarks.classification_calibration``; between two measured scores the share is taken from the
line that joins them. A record without any hit (score 0) has the share of such records that turned
out to be surveillance all the same: what the rules miss, not nothing. Decision 0019.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sousveil.classify.scores import THRESHOLD
from sousveil.errors import UsageError

_HALF = 0.5
_PRIOR = 0.5
"""Added to both counts (Jeffreys' prior): few records never make a certainty."""
_UNDER = 0.499
"""The most that a score below the threshold stands for: score and answer never contradict."""


def probability(score: float) -> float:
    """The probability, 0–1 and to four places, that a notice with this rule score buys
    surveillance. Never falls as the score rises; 0.5 and more from the rules' threshold on."""
    return interpolated(score, *_table())


def interpolated(score: float, scores: Sequence[float], shares: Sequence[float]) -> float:
    """The probability of a score by a table: ``shares`` at ``scores``, from 0 on and rising."""
    at = bisect_right(scores, score)
    if at == len(scores):
        found = shares[-1]
    else:
        low, high = scores[at - 1], scores[at]
        found = shares[at - 1] + (score - low) / (high - low) * (shares[at] - shares[at - 1])
    return round(sided(found, yes=score >= THRESHOLD), 4)


def sided(probability: float, *, yes: bool) -> float:
    """A probability on the side of the answer."""
    return max(probability, _HALF) if yes else min(probability, _UNDER)


@cache
def _table() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Scores in rising order, from 0 on, and the share that each stands for."""
    text = files("sousveil.classify").joinpath("calibration.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["rules"]["counts"]
    scores = tuple(float(score) for score, _, _ in rows)
    shares = tuple(share(right, wrong) for _, right, wrong in rows)
    if not scores or scores[0] != 0 or list(scores) != sorted(set(scores)):
        raise UsageError("calibration.toml: scores must begin at 0 and rise.")
    if list(shares) != sorted(shares):
        raise UsageError("calibration.toml: the shares must not fall as scores rise.")
    return scores, shares


def share(surveillance: int, other: int) -> float:
    """The share that is expected of records like these."""
    return (surveillance + _PRIOR) / (surveillance + other + 2 * _PRIOR)
