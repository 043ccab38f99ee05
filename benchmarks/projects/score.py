"""Pairs of notices that are one project: how many are found, how many of the found are right."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from sousveil.measure import interval


class Score(msgspec.Struct, frozen=True):
    """Pairwise precision and recall with their 95 % intervals; ``pairs``: those that are one."""

    precision: float | None
    precision_interval: tuple[float, float]
    recall: float | None
    recall_interval: tuple[float, float]
    pairs: int


def score(
    found: Mapping[str, str], truth: Mapping[str, str], unsure: Iterable[tuple[str, str]] = ()
) -> Score:
    """Of the notices of ``truth`` (its project each), which pairs are one in ``found``.

    Pairs that the labels leave open (``unsure``) count neither way.
    """
    right = _pairs(Counter((found[n], truth[n]) for n in truth).values())
    given = _pairs(Counter(found[n] for n in truth).values())
    wanted = _pairs(Counter(truth.values()).values())
    for left, other in {tuple(sorted(pair)) for pair in unsure}:
        if left in truth and other in truth and truth[left] != truth[other]:
            given -= found[left] == found[other]
    low, high = interval(right, given)
    lower, higher = interval(right, wanted)
    return Score(
        precision=round(right / given, 4) if given else None,
        precision_interval=(round(low, 4), round(high, 4)),
        recall=round(right / wanted, 4) if wanted else None,
        recall_interval=(round(lower, 4), round(higher, 4)),
        pairs=wanted,
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
