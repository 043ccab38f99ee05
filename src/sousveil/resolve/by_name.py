"""Joins by name: the same buyer buying what has the same name, in the same phase, in one season.

What one year's purchase and the next one's have in common is the name; what tells them apart is
time, and that the one was awarded before the other was called. So a block of equal names is read
in the order of days, and a call after an award begins a new season. Two purchases of one name at a
time are two seasons side by side, told apart by their calls, numbers and results; what may be of
either joins neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapidfuzz import fuzz

from sousveil.resolve.blocks import Blocks, Decision
from sousveil.resolve.components import Components
from sousveil.resolve.contradiction import AWARDS, shared_supplier, within_budget
from sousveil.resolve.numbers import related
from sousveil.resolve.prepared import Prepared, may_be_one
from sousveil.resolve.seasons import (
    AWARDED_ANEW,
    CALLS,
    SPAN_RENUMBERED,
    Namesakes,
    Season,
    contradicts,
)
from sousveil.text.names import find_organisations

_SPAN = 548
"""18 months in days: the longest time between an intention and the acceptance of most projects."""

_SPAN_END = 900
"""Days after the beginning in which contracts are changed and what was bought is accepted."""

_CALLED_ANEW = 30
"""Days after an award from which a call that follows no failure is another purchase."""

_BODY = re.compile(
    "(?:局|厅|部|委|委员会|医院|保健院|学校|大学|学院|政府|办公室|中心|站|所|队|法院|检察院|处|小学|中学|國小)$"
)
_SAME_BODY = 80
_SHORTEST_BODY = 6
_SHORTEST_REST = 5
_MAX_OPEN = 8
_SPAN_BESIDE = 60
"""Days from a call to the award of most purchases."""


def join_by_name(blocks: Blocks, components: Components) -> None:
    """Join notices of one name and phase published within 18 months of the first: of one buyer, or
    where the name itself says who buys."""
    of_buyer: dict[tuple[str, str, str | None], list[Prepared]] = defaultdict(list)
    of_body: dict[tuple[str, str | None], list[Prepared]] = defaultdict(list)
    for notice in blocks.notices:
        if notice.core is None:
            continue
        if notice.buyer:
            of_buyer[notice.buyer, notice.core, notice.phase].append(notice)
        if notice.whole:
            of_body[notice.whole, notice.phase].append(notice)
    for members in of_buyer.values():
        if len(members) > 1:
            components.take(blocks.decided(_of_buyer, members))
    for members in of_body.values():
        if len({notice.buyer for notice in members}) > 1 and names_a_body(members):
            fitting = [notice for notice in members if _may_buy(notice)]
            components.take(blocks.decided(_of_body, fitting))


def names_a_body(members: Sequence[Prepared]) -> bool:
    """Whether a name, the same of all ``members``, says who buys: then the field of the buyer may
    say otherwise (an agency, another spelling)."""
    if any(notice.whole != notice.core for notice in members):
        return True
    whole = members[0].whole or ""
    return any(
        end - start >= _SHORTEST_BODY and len(whole) - end >= _SHORTEST_REST
        for start, end in find_organisations(whole)
    )


def _may_buy(notice: Prepared) -> bool:
    """Whether the field of the buyer goes with the body in the name: the same, much the same, none,
    or no public body at all, which acts for one."""
    if notice.buyer is None or notice.whole != notice.core or not _BODY.search(notice.buyer):
        return True
    return fuzz.partial_ratio(notice.buyer, notice.whole or "", score_cutoff=_SAME_BODY) > 0


def _of_buyer(members: Sequence[Prepared]) -> Iterator[Decision]:
    """Notices of one buyer and name, each with the first of its season."""
    return _of_one_name(members, one_number=False)


def _of_body(members: Sequence[Prepared]) -> Iterator[Decision]:
    """Notices of one name, which says who buys, each with the first of its season."""
    return _of_one_name(members, one_number=True)


def _of_one_name(members: Sequence[Prepared], *, one_number: bool) -> Iterator[Decision]:
    # Undated notices come last: they join the earliest season, the same whatever the order given.
    ordered = sorted(members, key=lambda n: (n.day is None, n.day or 0, n.index))
    namesakes = Namesakes(ordered, one_number=one_number)
    seasons: list[Season] = []
    for notice in ordered:
        there = seasons[:1] if notice.day is None else seasons[-_MAX_OPEN:]
        season, rule = _choose(there, notice, namesakes)
        if season is None:
            season = Season(notice)
            seasons.append(season)
        else:
            yield season.first, notice, rule
        season.take(notice)


def _choose(
    seasons: Sequence[Season], notice: Prepared, namesakes: Namesakes
) -> tuple[Season | None, str]:
    """The season that a notice is of, and the rule: of several the one that has most in common with
    it, else the latest; none where it may be of either of two side by side."""
    fitting = []
    for season in seasons:
        rule = _rule(season, notice, namesakes, several=len(seasons) > 1)
        if rule is not None:
            fitting.append((_common(season, notice), season, rule))
    if not fitting:
        return None, ""
    most = max(common for common, _, _ in fitting)
    best = [(season, rule) for common, season, rule in fitting if common == most]
    if len(best) > 1 and notice.notice_type == "award" and notice.awarded is not None:
        best = _tightest(best, notice.awarded)
    season, rule = best[-1]
    if any(_side_by_side(other, season) for other, _ in best[:-1]):
        return None, ""
    return season, rule


def _common(season: Season, notice: Prepared) -> tuple[bool, bool, bool]:
    """What a season and a notice have in common: the number, a sum, a supplier."""
    return (
        notice.number is not None and notice.number in season.numbers,
        bool(notice.amounts & season.amounts),
        bool(notice.suppliers) and any(shared_supplier(r, notice) for r in season.results),
    )


def _tightest(seasons: list[tuple[Season, str]], award: Decimal) -> list[tuple[Season, str]]:
    """Those whose budget is nearest above an award; all where none is known."""
    over: dict[int, Decimal] = {}
    for place, (season, _) in enumerate(seasons):
        sums = [s for s in (within_budget(call, award) for call in season.calls) if s is not None]
        if sums:
            over[place] = min(sums)
    least = min(over.values(), default=None)
    return [seasons[place] for place in sorted(over) if over[place] == least] or seasons


def _side_by_side(one: Season, later: Season) -> bool:
    """Whether a season began while the other ran."""
    if one.first.day is None or later.first.day is None:
        return False
    if later.first.day - one.first.day > _SPAN_BESIDE:
        return False
    return one.awarded is None or one.awarded >= later.first.day


def _rule(season: Season, notice: Prepared, namesakes: Namesakes, *, several: bool) -> str | None:
    first = season.first
    if not may_be_one(first, notice) or contradicts(season, notice, namesakes, several=several):
        return None
    renumbered = _renumbered(season, notice)
    awarded_apart = season.awarded is not None and notice.notice_type in AWARDS
    if renumbered and (namesakes.one_number or awarded_apart):
        return None
    if first.day is None or notice.day is None:
        return None if renumbered else "name_undated"
    gap = notice.day - first.day
    if renumbered:
        return "name_renumbered" if gap <= SPAN_RENUMBERED else None
    longest = _SPAN_END if notice.notice_type in ("contract", "acceptance") else _SPAN
    if gap > longest or _anew(season, notice, notice.day):
        return None
    return "name"


def _renumbered(season: Season, notice: Prepared) -> bool:
    """Whether a notice has a number of its own that none of the season has. Contracts are numbered
    apart."""
    known = notice.number
    if not known or not season.numbers or known in season.numbers:
        return False
    if any(reference in season.numbers for reference in notice.references) or any(
        related(known, number) for number in season.numbers
    ):
        return False
    contract = notice.notice_type in ("contract", "acceptance")
    return not contract or season.awarded is None or season.contracted is not None


def _anew(season: Season, notice: Prepared, day: int) -> bool:
    """Whether a notice begins another purchase: a call well after an award where nothing had
    failed, or another award long after a contract."""
    if season.failed is not None or season.awarded is None:
        return False
    if notice.number and notice.number in season.numbers:
        return False
    if notice.notice_type in CALLS:
        return day - season.awarded > _CALLED_ANEW
    if notice.notice_type == "award" and season.contracted is not None:
        other = not (notice.amounts & season.amounts)
        return other and day - season.contracted > AWARDED_ANEW
    return False
