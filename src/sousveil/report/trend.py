"""Whether levels rise over the years: a test with its interval, never a line alone.

Only projects with a seen specification have a level; the others are counted beside it as not seen.
The test is ``report.concordance``: within strata, between buyers. Where several tests stand in one
report their p-values are adjusted together (Holm 1979), so that one in twenty does not shine by
chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from sousveil.report.concordance import FEWEST_BUYERS, FEWEST_PAIRS, Concordance, concordance

MINIMUM_YEARS = 3
"""Below this nothing is said: two years cannot show a trend."""

SIGNIFICANT = 0.05
_MOST_GROUPS = 8

Outcome = Literal["too_few", "no_change", "no_trend", "higher", "lower"]
"""What can be said of a ladder: ``higher`` and ``lower`` are of later projects."""


class Levelled(msgspec.Struct, frozen=True):
    """A surveillance project with a date, on a ladder; ``level`` None: no specification was seen.

    ``stratum``: the source and type of the document that it was read from.
    """

    ladder: str
    year: int
    level: int | None
    stratum: str
    buyer: str
    buyer_type: str
    place: str


class Trend(msgspec.Struct, frozen=True):
    """The test of one ladder, of all projects or of one group of them (``kind``: all, buyer_type
    or place). ``seen`` of ``projects`` have a level. ``p_value`` is adjusted; ``found`` None: too
    few records to tell."""

    ladder: str
    kind: str
    group: str
    projects: int
    seen: int
    first_year: int | None
    last_year: int | None
    found: Concordance | None
    p_value: float | None
    verdict: str


def trends(projects: Iterable[Levelled], *, groups: bool = True) -> list[Trend]:
    """The tests of each ladder: all of it, then, where ``groups`` are asked for, its largest groups
    by buyer type and place."""
    ladders: dict[str, list[Levelled]] = defaultdict(list)
    for project in projects:
        ladders[project.ladder].append(project)
    found: list[Trend] = []
    for ladder, members in sorted(ladders.items()):
        found.append(_test(ladder, "all", "", members))
        for kind in ("buyer_type", "place") if groups else ():
            grouped: dict[str, list[Levelled]] = defaultdict(list)
            for member in members:
                grouped[getattr(member, kind)].append(member)
            ranked = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
            if len(ranked) > 1:
                found += [_test(ladder, kind, name, some) for name, some in ranked[:_MOST_GROUPS]]
    return _adjusted(found)


def trend_of(ladder: str, projects: Iterable[Levelled]) -> Trend:
    """The one test of the projects on a ladder, as it stands where no other is made beside it."""
    members = [project for project in projects if project.ladder == ladder]
    (found,) = _adjusted([_test(ladder, "all", "", members)])
    return found


def _test(ladder: str, kind: str, group: str, members: Sequence[Levelled]) -> Trend:
    seen = [(m, m.level) for m in members if m.level is not None]
    years = [m.year for m, _ in seen]
    found = None
    if len(set(years)) >= MINIMUM_YEARS:
        found = concordance(
            years,
            [level for _, level in seen],
            [m.stratum for m, _ in seen],
            [m.buyer for m, _ in seen],
        )
    first, last = (min(years), max(years)) if years else (None, None)
    p_value = found.p_value if found is not None else None
    return Trend(ladder, kind, group, len(members), len(seen), first, last, found, p_value, "")


def _adjusted(found: Sequence[Trend]) -> list[Trend]:
    """With Holm's p-values, and the verdicts that follow from them."""
    tested = sorted(
        (trend.p_value, number) for number, trend in enumerate(found) if trend.p_value is not None
    )
    adjusted: dict[int, float] = {}
    least = 0.0
    for rank, (p_value, number) in enumerate(tested):
        least = max(least, min(1.0, p_value * (len(tested) - rank)))
        adjusted[number] = least
    told = [
        msgspec.structs.replace(trend, p_value=adjusted.get(number))
        for number, trend in enumerate(found)
    ]
    return [msgspec.structs.replace(trend, verdict=_verdict(trend)) for trend in told]


def outcome(trend: Trend) -> Outcome:
    """What the test of a trend lets one say."""
    found = trend.found
    if found is None or trend.p_value is None or found.difference is None:
        return "too_few"
    if not found.higher and not found.lower:
        return "no_change"
    if trend.p_value >= SIGNIFICANT:
        return "no_trend"
    return "higher" if found.difference > 0 else "lower"


def _verdict(trend: Trend) -> str:
    pairs, buyers = (trend.found.pairs, trend.found.buyers) if trend.found else (0, 0)
    said = outcome(trend)
    match said:
        case "too_few":
            return (
                f"Too few records to tell: {trend.seen} projects with a seen specification,"
                f" {pairs} comparable pairs among {buyers} buyers (needed: {FEWEST_PAIRS} pairs,"
                f" {FEWEST_BUYERS} buyers, {MINIMUM_YEARS} years)."
            )
        case "no_change":
            return f"No change: in all {pairs:,} comparable pairs both stand on the same level."
        case "no_trend":
            return "These records do not show a trend: what is seen could be chance."
        case _:
            return f"In these records later projects stand {said} on the ladder."
