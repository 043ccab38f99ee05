"""When a review by likelihood may stop, with a guarantee of the recall reached.

The most likely projects are read first until it seems that nearly all relevant ones are found;
then the rest is read in random order until that is proved, or nothing is left. Only the second part
proves anything: how the first was ranked, and when it was left, may be chosen at will.

When to change over is told by the test of Callaghan & Müller-Hansen (2020), Systematic Reviews
9:273 ("buscar"), at a lax level: it takes the last records read for a random sample, which they are
not. Their sound variant samples what is left at random and tests after each record. A test repeated
a thousand times errs more often than one; so the proof here is a confidence sequence for sampling
without replacement (Waudby-Smith & Ramdas 2020, NeurIPS 33): it may be looked at after each record.
With M relevant of N left over at the change, and x of n read at random relevant, the ratio

    P(reads | M) / P(reads | prior) = [C(N - n, M - x) / C(N, M)] / [B(a + x, b + n - x) / B(a, b)]

falls below 1 - confidence at any time with at most that probability (Ville 1939), if M is the true
number. So with the stated confidence the true M is always among those for which it does not.
"""

from collections.abc import Sequence
from math import ceil, exp, floor, lgamma, log
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from sousveil.coding.intervals import CONFIDENCE

RECALL = 0.95
_LAX = 0.5
_PRIOR = 0.5
_HOPE = 4.0


class Standing(msgspec.Struct, frozen=True):
    """What to do next, and what is proved.

    ``found`` of the relevant projects; ``missed_at_most``: not found, at the confidence asked for;
    ``recall``: the share found at least (None while nothing is found and something may be left).
    ``p_value``: how likely reads like these are at most, at any time, if the recall asked for is
    not reached; it is proved where that falls below one less the confidence.
    """

    next: Literal["most_likely", "at_random", "stop"]
    found: int
    missed_at_most: int
    recall: float | None
    p_value: float


def standing(
    population: int,
    ranked: Sequence[bool],
    audit: Sequence[bool] | None = None,
    recall: float = RECALL,
    confidence: float = CONFIDENCE,
) -> Standing:
    """How a review stands.

    ``ranked``: whether each project read by likelihood was relevant, in the order read. ``audit``:
    the same of those read at random afterwards; None: not begun. Its order must be random anew,
    from a seed that no ranking has seen. Who has begun it goes on with it.
    """
    rest = population - len(ranked)
    before = sum(ranked)
    drawn = audit or ()
    if len(drawn) > rest:
        raise ValueError("more projects were read than there are")
    found = before + sum(drawn)
    left = rest - len(drawn)
    missed = left
    reads = _Reads(rest, before, len(drawn), sum(drawn), recall)
    if drawn and left:
        missed = _most_relevant(reads, 1 - confidence) - reads.positive
    proved = found / (found + missed) if found + missed else None
    p_value = _p_value(reads)
    if not left or (proved is not None and proved >= recall):
        return Standing("stop", found, missed, proved, p_value)
    random = audit is not None or seems_complete(population, ranked, recall)
    return Standing("at_random" if random else "most_likely", found, missed, proved, p_value)


def more_expected(
    population: int,
    ranked: Sequence[bool],
    audit: Sequence[bool] | None = None,
    recall: float = RECALL,
    confidence: float = CONFIDENCE,
) -> int:
    """How many more projects to read at random until the recall is proved, if as many of them are
    relevant as of those read at random so far; none, where none was read: then it is the least.
    Where nothing is found all are to be read: a share of nothing cannot be proved."""
    drawn = audit or ()
    rest, positive = population - len(ranked), sum(drawn)
    share = positive / len(drawn) if drawn else 0.0

    def proved(more: int) -> bool:
        forecast = min(positive + round(more * share), rest)
        reads = _Reads(rest, sum(ranked), len(drawn) + more, forecast, recall)
        return bool(reads.before + forecast) and _p_value(reads) < 1 - confidence

    low, high = 0, rest - len(drawn)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if proved(middle) else (middle + 1, high)
    return low


def seems_complete(population: int, ranked: Sequence[bool], recall: float = RECALL) -> bool:
    """Whether the last projects read look as if the wished recall were reached: no proof."""
    reads = np.asarray(ranked, dtype=np.int64)
    found = int(reads.sum())
    if not found:
        return False
    last = 2 ** np.arange(int(np.log2(len(reads))) + 1)
    seen = np.append(np.cumsum(reads[::-1])[last - 1], found)
    last = np.append(last, len(reads))
    left = population - len(reads) + last
    # The fewest relevant ones among those left with which the recall would not be reached.
    fewest = np.floor(found / recall - (found - seen) + _ROUNDING).astype(np.int64) + 1
    possible = fewest <= left
    cases = zip(seen, left, np.minimum(fewest, left), last, strict=True)
    chances = np.array([at_most(*map(int, case)) for case in cases])
    return bool((~possible | (chances < _LAX)).any())


def at_most(seen: int, whole: int, relevant: int, drawn: int) -> float:
    """The chance that of so many ``drawn`` of a whole, ``relevant`` ones among it, at most ``seen``
    are relevant: the hypergeometric distribution, as scipy.stats has it, which takes seconds to
    load."""
    least, most = max(0, drawn - (whole - relevant)), min(seen, relevant, drawn)
    few = np.arange(least, most + 1)
    logs = (
        _log_chooses(relevant, few)
        + _log_chooses(whole - relevant, drawn - few)
        - _log_choose(whole, drawn)
    )
    return min(1.0, float(np.exp(logs).sum()))


def _log_chooses(whole: int, parts: NDArray[np.int64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = (
        gammaln(whole + 1) - gammaln(parts + 1) - gammaln(whole - parts + 1)
    )
    return found


def _allowed(found: int, recall: float) -> int:
    """How many may be missed when ``found`` are found."""
    return floor(found / recall - found + _ROUNDING)


_ROUNDING = 1e-9


class _Reads(msgspec.Struct, frozen=True):
    """``drawn`` of ``rest`` projects were read at random, of which ``positive`` are relevant;
    ``before`` are relevant of those read by likelihood."""

    rest: int
    before: int
    drawn: int
    positive: int
    recall: float

    @property
    def likeliest(self) -> int:
        """The number of relevant ones of the rest of which the reads are likeliest."""
        possible = self.rest - self.drawn + self.positive
        return min(ceil(self.rest * self.positive / self.drawn), possible)

    def log_ratio(self, relevant: int) -> float:
        """How likely the reads are with so many relevant ones of the rest, beside the prior."""
        hoped = max(1.0, _allowed(self.before, self.recall)) / _HOPE / self.rest
        a = _PRIOR
        b = a * (1 / min(hoped, 0.5) - 1)
        missed = _log_choose(self.rest - self.drawn, relevant - self.positive)
        prior = _log_beta(a + self.positive, b + self.drawn - self.positive) - _log_beta(a, b)
        return missed - _log_choose(self.rest, relevant) - prior


def _most_relevant(reads: _Reads, level: float) -> int:
    """The largest number of relevant ones of the rest that the reads do not rule out.

    The chance of the reads falls with the number from where it is likeliest, so the largest is
    found by halving.
    """
    low, high = reads.likeliest, reads.rest - reads.drawn + reads.positive
    while low < high:
        middle = (low + high + 1) // 2
        ruled_out = reads.log_ratio(middle) < log(level)
        low, high = (low, middle - 1) if ruled_out else (middle, high)
    return low


def _p_value(reads: _Reads) -> float:
    """The largest ratio of all numbers with which the recall is not reached, at most 1."""
    found = reads.before + reads.positive
    fewest = reads.positive + _allowed(found, reads.recall) + 1
    if fewest > reads.rest - reads.drawn + reads.positive:
        return 0.0
    if not reads.drawn:
        return 1.0
    return min(1.0, exp(reads.log_ratio(max(fewest, reads.likeliest))))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
