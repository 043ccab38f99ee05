"""Whether levels rise over the years: a rank test and a robust slope, never a line alone.

Kendall's tau-b (Kendall 1945) allows for the many ties of an ordinal ladder; the slope is the
median of pairwise slopes with its 95 % interval (Theil 1950, Sen 1968).
"""

from collections.abc import Iterable

import msgspec
from scipy import stats

MINIMUM_PROJECTS = 8
MINIMUM_YEARS = 3
"""Below these nothing is said: a handful of records cannot show a trend."""

SIGNIFICANT = 0.05


class Trend(msgspec.Struct, frozen=True):
    """The test of one ladder. ``slope`` is levels a year with ``low``–``high`` its 95 % interval;
    numbers are None where the records are too few to say anything."""

    ladder: str
    projects: int
    first_year: int | None
    last_year: int | None
    tau: float | None
    p_value: float | None
    slope: float | None
    low: float | None
    high: float | None
    verdict: str


def trend(ladder: str, points: Iterable[tuple[int, int, int]]) -> Trend:
    """Test (year, level, projects) triples of one ladder."""
    years: list[int] = []
    levels: list[int] = []
    for year, level, count in points:
        years += [year] * count
        levels += [level] * count
    first, last = (min(years), max(years)) if years else (None, None)
    if len(years) < MINIMUM_PROJECTS or len(set(years)) < MINIMUM_YEARS:
        verdict = (
            f"Too few records to tell: {len(years)} projects with a seen specification in "
            f"{len(set(years))} years (at least {MINIMUM_PROJECTS} in {MINIMUM_YEARS} are needed)."
        )
        return Trend(ladder, len(years), first, last, None, None, None, None, None, verdict)
    if len(set(levels)) == 1:
        verdict = f"No change: all {len(levels)} projects stand on level {levels[0]}."
        return Trend(ladder, len(years), first, last, None, None, 0.0, 0.0, 0.0, verdict)
    tau = stats.kendalltau(years, levels)
    slope = stats.theilslopes(levels, years, alpha=0.95)
    rising = float(tau.statistic) > 0
    if float(tau.pvalue) >= SIGNIFICANT:
        verdict = "These records do not show a trend: what is seen could be chance."
    elif rising:
        verdict = "In these records later projects stand higher on the ladder."
    else:
        verdict = "In these records later projects stand lower on the ladder."
    return Trend(
        ladder, len(years), first, last, float(tau.statistic), float(tau.pvalue),
        float(slope[0]), float(slope[2]), float(slope[3]), verdict,
    )  # fmt: skip
