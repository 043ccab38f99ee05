"""Do later projects stand higher on a ladder? Pairs within strata, clustered by buyer.

Which records were given can make a trend: early award notices without a specification, later
bidding documents with one. So only projects of the same stratum (source and type of document) are
compared with each other, as van Elteren (1960) combines rank tests over strata. Purchases of one
buyer resemble each other, so a pair counts only between two buyers, and the interval comes from
leaving out one buyer at a time (the delete-one-cluster jackknife: Efron and Tibshirani, An
Introduction to the Bootstrap, 1993, chapter 11).

The measure is Kendall's (1938) over all pairs of different years: the share in which the later
project stands higher, less the share in which it stands lower (Goodman and Kruskal 1954; Somers
1962 for a ladder with ties). It says nothing of how large a step on the ladder is, which no ladder
could.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

FEWEST_PAIRS = 30
FEWEST_BUYERS = 8
"""Below these nothing is said: a jackknife over a handful of buyers cannot be trusted."""

_EDGE = 0.999
"""As far as Fisher's scale is followed: at 1 it has no end."""

_Ints = npt.NDArray[np.int64]


class Concordance(msgspec.Struct, frozen=True):
    """Of pairs of projects of different years, strata alike, buyers unlike: how many stand higher,
    lower or level. ``difference`` is the share higher less the share lower, −1 to 1, with its 95 %
    interval ``low``–``high`` and two-sided ``p_value``; None where there is too little to say.
    """

    pairs: int
    higher: float
    lower: float
    buyers: int
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None


def concordance(
    years: Sequence[int], levels: Sequence[int], strata: Sequence[str], buyers: Sequence[str]
) -> Concordance:
    """Compare projects given as four sequences of one length. O(n log n + years × levels)."""
    year, level = np.asarray(years, np.int64), np.asarray(levels, np.int64)
    stratum, buyer = _numbered(strata), _numbered(buyers)
    up, down = np.zeros(len(year), np.int64), np.zeros(len(year), np.int64)
    for which in _groups(stratum):
        _count(year, level, which, up, down, 1)
    same = stratum * (buyer.max(initial=0) + 1) + buyer
    several = np.flatnonzero(_sizes(same) > 1)
    for which in _groups(same[several]):
        _count(year, level, several[which], up, down, -1)
    pairs = _pairs(year, stratum, buyer)
    higher, lower, total = int(up.sum()) // 2, int(down.sum()) // 2, int(pairs.sum()) // 2
    counted = len(np.unique(buyer[pairs > 0]))
    shares = (higher / total, lower / total) if total else (0.0, 0.0)
    if total < FEWEST_PAIRS or counted < FEWEST_BUYERS:
        return Concordance(total, *shares, counted, None, None, None, None)
    found = (higher - lower) / total
    low, high, p_value = _jackknife(found, up - down, pairs, buyer, (higher - lower, total))
    return Concordance(total, *shares, counted, found, low, high, p_value)


def _jackknife(
    found: float, signed: _Ints, pairs: _Ints, buyer: _Ints, whole: tuple[int, int]
) -> tuple[float, float, float]:
    """95 % interval and p-value, on Fisher's (1915) scale so that it stays within −1 and 1."""
    from scipy import special  # Student's t; scipy.stats would take a second to load

    without_sum = whole[0] - np.bincount(buyer, signed)
    without_pairs = whole[1] - np.bincount(buyer, pairs)
    took_part = (np.bincount(buyer, pairs) > 0) & (without_pairs > 0)
    left = np.clip(without_sum[took_part] / without_pairs[took_part], -_EDGE, _EDGE)
    count = len(left)
    turned = np.arctanh(left)
    centre = float(np.arctanh(np.clip(found, -_EDGE, _EDGE)))
    spread = float(np.sqrt((count - 1) / count * np.sum((turned - turned.mean()) ** 2)))
    if spread == 0:
        return found, found, 0.0 if found else 1.0
    freedom = _freedom(turned)
    reach = float(special.stdtrit(freedom, 0.975)) * spread
    p_value = float(2 * special.stdtr(freedom, -abs(centre) / spread))
    return float(np.tanh(centre - reach)), float(np.tanh(centre + reach)), p_value


def _freedom(turned: npt.NDArray[np.float64]) -> float:
    """Degrees of freedom: as few as the buyers that make up the spread (Satterthwaite 1946)."""
    squared = (turned - turned.mean()) ** 2
    return max(float(squared.sum() ** 2 / np.sum(squared**2)) - 1, 1.0)


def _numbered(values: Sequence[str]) -> _Ints:
    return np.unique(np.asarray(values, dtype=object).astype(str), return_inverse=True)[1].astype(
        np.int64
    )


def _groups(keys: _Ints) -> list[_Ints]:
    """The positions of each key."""
    if not len(keys):
        return []
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)


def _count(year: _Ints, level: _Ints, which: _Ints, up: _Ints, down: _Ints, sign: int) -> None:
    """Add (or take off) each project's concordant and discordant pairs within one group."""
    ys, y = np.unique(year[which], return_inverse=True)
    ls, v = np.unique(level[which], return_inverse=True)
    table = np.zeros((len(ys) + 1, len(ls) + 1), np.int64)
    np.add.at(table, (y + 1, v + 1), 1)
    below = table.cumsum(0).cumsum(1)  # [a, b]: projects of years < a and levels < b
    whole = below[-1, -1]
    before_lower = below[y, v]
    before_upto, upto_lower = below[y, v + 1], below[y + 1, v]
    before_all, upto_all = below[y, -1], below[y + 1, -1]
    all_lower, all_upto = below[-1, v], below[-1, v + 1]
    after_higher = whole - upto_all - all_upto + below[y + 1, v + 1]
    up[which] += sign * (before_lower + after_higher)
    before_higher = before_all - before_upto
    after_lower = all_lower - upto_lower
    down[which] += sign * (before_higher + after_lower)


def _pairs(year: _Ints, stratum: _Ints, buyer: _Ints) -> _Ints:
    """For each project the number of projects of its stratum of another year and buyer."""
    wide = int(year.max(initial=0)) + 1
    many = int(buyer.max(initial=0)) + 1
    same = _sizes(stratum)
    same_year = _sizes(stratum * wide + year)
    same_buyer = _sizes(stratum * many + buyer)
    both = _sizes((stratum * many + buyer) * wide + year)
    return same - same_year - same_buyer + both


def _sizes(keys: _Ints) -> _Ints:
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return counts[inverse].astype(np.int64)
