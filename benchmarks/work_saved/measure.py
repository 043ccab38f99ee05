"""Work saved over sampling, and the mean of paired differences with its interval."""

import math
import statistics
from collections.abc import Sequence

from scipy.stats import t

RECALL = 95
"""Per cent."""


def wanted(relevant: int, recall: int = RECALL) -> int:
    """How many relevant records make so many per cent of them, rounded up."""
    return -(-recall * relevant // 100)


def work_saved(read: Sequence[bool], total: int, relevant: int, recall: int = RECALL) -> float:
    """Work saved over sampling (Cohen et al. 2006, JAMIA 13:206): the share of records that need
    not be read when so many per cent of the relevant ones are found, less what reading in any order
    would save.

    ``read``: whether each record was relevant, in the order read, until enough were found at least.
    Negative where more is read than by chance. Raises ValueError where too few were found.
    """
    left = wanted(relevant, recall)
    if not left:
        raise ValueError("nothing is relevant")
    for place, one in enumerate(read, start=1):
        left -= one
        if not left:
            return (total - place) / total - (100 - recall) / 100
    raise ValueError("too few of the relevant records were read")


def most_work_saved(total: int, relevant: int, recall: int = RECALL) -> float:
    """What a perfect order saves."""
    return work_saved([True] * wanted(relevant, recall), total, relevant, recall)


def mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean of at least two values and its 95 % interval (Student's t)."""
    mean = statistics.fmean(values)
    spread = statistics.stdev(values) / math.sqrt(len(values))
    half = float(t.ppf(0.975, len(values) - 1)) * spread
    return mean, mean - half, mean + half
