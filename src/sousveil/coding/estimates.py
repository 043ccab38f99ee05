"""How many records are relevant, how many of a query's hits are, and how many it missed.

The population of projects is cut into strata (hits and not-hits of a query, each by score if
wished); in each a random sample was coded. What each stratum says is combined as Fay, Proschan &
Brittain (2015), Biometrics 71:146, "meld" one-sample intervals: the lower limit of a figure that
rises with a stratum's positives is a quantile over its lower distribution, and of one that falls
with them over its upper one. Strata are independent, so the sum's distribution is a convolution.
With one stratum the limits are those of the exact hypergeometric intervals. A stratum that was
coded whole adds no width, one of which nothing was found adds none below.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import TypeAlias

import msgspec
import numpy as np

from sousveil.coding.intervals import (
    CONFIDENCE,
    Estimate,
    Mass,
    exceeding,
    lower_mass,
    quantile,
    upper_mass,
)
from sousveil.coding.sampling import allocate


class Stratum(msgspec.Struct, frozen=True):
    """A part of the population, ``coded`` of which at random and ``positive`` found relevant.

    ``hit``: whether the query found its projects. All counts are of projects.
    """

    name: str
    population: int
    coded: int
    positive: int
    hit: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.positive <= self.coded <= self.population:
            raise ValueError(f"the counts of stratum '{self.name}' are impossible: {self}")
        if self.population and not self.coded:
            raise ValueError(f"nothing of stratum '{self.name}' is coded: it says nothing")

    @property
    def expected(self) -> float:
        """Relevant projects, estimated."""
        return self.population * self.positive / self.coded if self.coded else 0.0


Figure: TypeAlias = Callable[[Sequence[Stratum], float], Estimate | None]
"""``total``, ``precision`` or ``recall``."""


def total(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate:
    """The number of relevant projects in all strata together."""
    tail = (1 - confidence) / 2
    low = exceeding(_sum(strata, lower_mass), tail)
    high = quantile(_sum(strata, upper_mass), 1 - tail)
    return Estimate(sum(stratum.expected for stratum in strata), low, high)


def precision(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate | None:
    """The share of the hits that is relevant; None where there are no hits."""
    hits = [stratum for stratum in strata if stratum.hit]
    size = sum(stratum.population for stratum in hits)
    if not size:
        return None
    found = total(hits, confidence)
    return Estimate(found.value / size, found.low / size, found.high / size)


def recall(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate | None:
    """The share of the relevant projects that are hits; None where no sample holds any."""
    hits = [stratum for stratum in strata if stratum.hit]
    others = [stratum for stratum in strata if not stratum.hit]
    found = sum(stratum.expected for stratum in hits)
    missed = sum(stratum.expected for stratum in others)
    if not found + missed:
        return None
    tail = (1 - confidence) / 2
    low = _share_quantile(_sum(hits, lower_mass), _sum(others, upper_mass), tail)
    # The upper limit is one less the lower limit of the share that was missed.
    high = round(
        1 - _share_quantile(_sum(others, lower_mass), _sum(hits, upper_mass), tail), _DIGITS
    )
    return Estimate(found / (found + missed), low, high)


def more_to_code(
    strata: Sequence[Stratum],
    figure: Figure,
    half_width: float,
    confidence: float = CONFIDENCE,
) -> dict[str, int] | None:
    """How many more projects of each stratum to code for an interval of ``half_width`` to each
    side, in the figure's units; None where the figure has no value.

    It is a forecast: strata are taken to go on with the shares seen. Further projects go where
    they tell most (Neyman 1934), with shares drawn to a half so that a stratum of which nothing was
    found is not left alone.
    """
    if half_width <= 0:
        raise ValueError("the wished half-width must be above 0")
    most = sum(stratum.population - stratum.coded for stratum in strata)

    def reached(more: int) -> bool:
        found = figure(_forecast(strata, more), confidence)
        return found is not None and found.half_width <= half_width

    if figure(strata, confidence) is None:
        return None
    low, high = 0, 0
    while high < most and not reached(high):
        low, high = high + 1, min(most, 2 * high + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return dict(zip((s.name for s in strata), _shares(strata, high), strict=True))


def _sum(strata: Iterable[Stratum], mass: Callable[[int, int, int], Mass]) -> Mass:
    """The distribution of the sum over strata."""
    parts = [_trimmed(mass(s.positive, s.coded, s.population)) for s in strata]
    return reduce(_convolved, parts, np.ones(1))


def _trimmed(mass: Mass) -> Mass:
    """Without the large numbers that are next to impossible: most of a large stratum."""
    return mass[: np.flatnonzero(mass > _NOTHING)[-1] + 1]


def _convolved(one: Mass, other: Mass) -> Mass:
    """The distribution of the sum of two; by Fourier transform, exact to about 1e-15."""
    if min(len(one), len(other)) == 1:
        return one * other
    length = len(one) + len(other) - 1
    size = 1 << (length - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size), size)[:length]
    mass: Mass = np.maximum(product, 0.0)
    return mass


def _share_quantile(found: Mass, missed: Mass, share: float) -> float:
    """The quantile of found / (found + missed), where 0 of 0 counts as 0."""
    numbers = np.flatnonzero(found > _NOTHING)
    found = found[numbers]
    at_least = np.append(np.cumsum(missed[::-1])[::-1], 0.0)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        # found / (found + missed) <= middle: missed >= found (1 - middle) / middle
        needed = np.ceil(numbers * (1 - middle) / middle - _ROUNDING)
        within = at_least[np.minimum(needed, len(missed)).astype(np.int64)]
        low, high = (low, middle) if found @ within > share else (middle, high)
    return round(low, _DIGITS)


_NOTHING = 1e-18
_HALVINGS = 40
_DIGITS = 9
_ROUNDING = 1e-9


def _shares(strata: Sequence[Stratum], more: int) -> list[int]:
    """How ``more`` projects are spread over strata."""
    rates = [(s.positive + 1) / (s.coded + 2) for s in strata]
    weights = [
        s.population * (rate * (1 - rate)) ** 0.5 for s, rate in zip(strata, rates, strict=True)
    ]
    return allocate(weights, [s.population for s in strata], more, [s.coded for s in strata])


def _forecast(strata: Sequence[Stratum], more: int) -> list[Stratum]:
    forecast = []
    for stratum, extra in zip(strata, _shares(strata, more), strict=True):
        coded = stratum.coded + extra
        positive = round(coded * stratum.positive / stratum.coded) if stratum.coded else 0
        forecast.append(msgspec.structs.replace(stratum, coded=coded, positive=positive))
    return forecast
