"""Exact intervals for a share and for a number of records, from a random sample.

With replacement: Clopper & Pearson (1934), Biometrika 26:404. Without, from a population of known
size: inversion of the hypergeometric tests (Buonaccorsi 1987, The American Statistician 41:215).

What a sample says of the number of positive records is held as two distributions, a lower and an
upper one, of which the limits are quantiles. With ``x`` positive among ``n`` of ``N`` they are

    lower:  x + BetaBinomial(N - n, x, n - x + 1)
    upper:  x + BetaBinomial(N - n, x + 1, n - x)

since P(X <= x | m) - P(X <= x | m + 1) = C(m, x) C(N - m - 1, n - x - 1) / C(N, n), which is the
second one's probability of m. Distributions of several strata can be added up: see ``estimates``.
"""

from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, gammaln

CONFIDENCE = 0.95

Mass: TypeAlias = npt.NDArray[np.float64]
"""Probabilities of 0, 1, 2, ... positive records."""


class Estimate(msgspec.Struct, frozen=True):
    """A figure with its interval, ends included."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2


def clopper_pearson(positive: float, sample: float, confidence: float = CONFIDENCE) -> Estimate:
    """The share of positives where the population is far larger than the sample.

    Counts need not be whole: Korn & Graubard (1998) use effective ones.
    """
    if not 0 <= positive <= sample or not sample:
        raise ValueError(f"{positive} of {sample} is no share")
    tail = (1 - confidence) / 2
    rest = sample - positive
    low = float(betaincinv(positive, rest + 1, tail)) if positive else 0.0
    high = float(betaincinv(positive + 1, rest, 1 - tail)) if rest else 1.0
    return Estimate(positive / sample, low, high)


def number_positive(
    positive: int, sample: int, population: int, confidence: float = CONFIDENCE
) -> Estimate:
    """The number of positives in a population sampled without replacement."""
    tail = (1 - confidence) / 2
    low = exceeding(lower_mass(positive, sample, population), tail)
    high = quantile(upper_mass(positive, sample, population), 1 - tail)
    return Estimate(population * positive / sample if sample else 0.0, low, high)


def lower_mass(positive: int, sample: int, population: int) -> Mass:
    """The lower distribution of the number of positives: ``population`` + 1 probabilities."""
    _check(positive, sample, population)
    if not positive:
        return _point(0, population)
    return _beta_binomial(positive, sample, population, positive, sample - positive + 1)


def upper_mass(positive: int, sample: int, population: int) -> Mass:
    """The upper distribution of the number of positives: ``population`` + 1 probabilities."""
    _check(positive, sample, population)
    if positive == sample:
        return _point(population - sample + positive, population)
    return _beta_binomial(positive, sample, population, positive + 1, sample - positive)


def quantile(mass: Mass, share: float) -> int:
    """The least number that is not exceeded with probability ``share``."""
    reached = np.cumsum(mass) >= share - _ROUNDING
    return int(np.argmax(reached)) if reached[-1] else len(mass) - 1


def exceeding(mass: Mass, share: float) -> int:
    """The least number that is not exceeded with more than probability ``share``. As a lower limit
    it leaves out the numbers that a test rejects at just its level, as ``quantile`` does above."""
    return quantile(mass, share + 2 * _ROUNDING)


_ROUNDING = 1e-12


def _check(positive: int, sample: int, population: int) -> None:
    if not 0 <= positive <= sample <= population:
        raise ValueError(f"{positive} positive among {sample} coded of {population}: impossible")


def _point(at: int, population: int) -> Mass:
    mass = np.zeros(population + 1)
    mass[at] = 1.0
    return mass


def _beta_binomial(positive: int, sample: int, population: int, a: float, b: float) -> Mass:
    """``positive`` and what a beta-binomial says of those that were not drawn."""
    rest = population - sample
    more = np.arange(rest + 1)
    ways = gammaln(more + 1)
    weights = gammaln(more + a) + gammaln(rest - more + b) - ways - ways[::-1]
    found = np.exp(weights - weights.max())
    mass = np.zeros(population + 1)
    mass[positive : positive + rest + 1] = found / found.sum()
    return mass
