"""Seasons of a name: the notices of one purchase so far, and what cannot be of it.

A block is all notices of one buyer and name (or of a name that says who buys). Looking at all of it
before any is joined shows what became of each number, and whether results of two purchases come.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import msgspec

from sousveil.resolve.contradiction import (
    AWARDS,
    COPIED_DAYS,
    SHORTEST_CALL,
    another_firms,
    calls_differ,
    closes_later,
    numbered_apart,
    other_process,
    other_sums,
    results_differ,
)
from sousveil.resolve.numbers import Strength, related, strength
from sousveil.resolve.prepared import Prepared

CALLS = frozenset(
    ("intention", "prequalification", "tender", "negotiation", "consultation", "inquiry",
     "single_source")
)  # fmt: skip

SPAN_RENUMBERED = 200
"""Days in which a failed call comes again under another number; later it is next year's call."""
AWARDED_ANEW = 60
"""Days after a contract from which an award of another sum is another purchase."""
_MOST_RESULTS = 60
"""Awards of one name above which it is no generic name but a register's."""
_MAX_NUMBERS = 4
"""Long numbers of its own in a block from which the name is a form's (FEDERAL SUPPLY SCHEDULE
CONTRACT) and another number another purchase."""


class Season(msgspec.Struct):
    """One run of notices of a name: the first of them, its calls, results and suppliers, the
    numbers and sums seen so far, on which days it was last awarded and contracted, and some of it
    failed."""

    first: Prepared
    numbers: set[str] = msgspec.field(default_factory=set)
    tails: set[str] = msgspec.field(default_factory=set)
    amounts: set[str] = msgspec.field(default_factory=set)
    ocids: set[str] = msgspec.field(default_factory=set)
    calls: list[Prepared] = msgspec.field(default_factory=list)
    results: list[Prepared] = msgspec.field(default_factory=list)
    """Awards, contracts, and candidates, which name the suppliers too. Of these and of calls the
    latest are kept: in a name of thousands each would be compared with all before it."""
    awarded: int | None = None
    contracted: int | None = None
    failed: int | None = None

    @property
    def called_off(self) -> bool:
        """Whether it failed and nothing was awarded since: what comes then is called again."""
        return self.failed is not None and (self.awarded is None or self.failed >= self.awarded)

    def take(self, notice: Prepared) -> None:
        """Note a notice of this season."""
        if notice.number:
            self.numbers.add(notice.number)
        if notice.ocid:
            self.ocids.add(notice.ocid)
        if notice.tail:
            self.tails.add(notice.tail)
        self.amounts |= notice.amounts
        if notice.notice_type == "termination":
            self.failed = notice.day or self.failed or 0
        if notice.notice_type in CALLS:
            self.calls = [*self.calls[-_MOST_RESULTS:], notice]
        elif notice.notice_type in AWARDS or notice.suppliers:
            self.results = [*self.results[-_MOST_RESULTS:], notice]
        if notice.day is not None and notice.notice_type in AWARDS:
            self.awarded = notice.day
            if notice.notice_type != "award":
                self.contracted = notice.day


class Namesakes:
    """What all notices of one name say together, before any is joined: what became of each number,
    and which results cannot be of one purchase."""

    def __init__(self, members: Sequence[Prepared], *, one_number: bool) -> None:
        own = {n.number for n in members if n.number and strength(n.number) == Strength.SPECIFIC}
        self.one_number = one_number or len(own) > _MAX_NUMBERS
        self.called = {n.number for n in members if n.number and n.notice_type in CALLS}
        self.awards: dict[str, list[Prepared]] = defaultdict(list)
        awards = [n for n in members if n.notice_type == "award"]
        for award in awards:
            if award.number:
                self.awards[award.number].append(award)
        dated = sorted((n for n in awards if n.day is not None), key=lambda n: (n.day, n.index))
        calls = [n for n in members if n.notice_type in CALLS]
        self.two_calls = any(
            other_sums(one, other) or numbered_apart(one, other)
            for one, other in combinations(calls[:_MOST_RESULTS], 2)
        )
        self._sums = frozenset(stated for call in calls for stated in call.amounts)
        self._calls = sorted(n.day for n in calls if n.day is not None)
        self._dated = dated if len(dated) <= _MOST_RESULTS else []

    def another_result(self, day: int, results: Sequence[Prepared]) -> bool:
        """Whether an award soon after a day is not of the purchase that had these results."""
        return any(results_differ(one, other) for one in results for other in self._soon_after(day))

    def two_results(self, day: int) -> bool:
        """Whether two awards soon after a day are not of one purchase."""
        return any(
            results_differ(one, other) for one, other in combinations(self._soon_after(day), 2)
        )

    def _soon_after(self, day: int) -> list[Prepared]:
        """The awards from a day on that no later call explains: one that came after the first."""
        soon = [n for n in self._dated if 0 <= (n.day or 0) - day <= SPAN_RENUMBERED]
        if not soon:
            return []
        anew = min((d for d in self._calls if d > (soon[0].day or 0)), default=None)
        return [n for n in soon if anew is None or (n.day or 0) < anew + SHORTEST_CALL]

    def another_purchase(self, awards: Sequence[Prepared], notice: Prepared) -> bool:
        """Whether an award is not of the purchase that has these. Of one day they may be lots that
        nothing marks, where one budget is enough for them and no two calls are known."""
        if any(award.amounts & notice.amounts for award in awards):
            return False
        return any(
            results_differ(award, notice) and not self._of_one_budget(award, notice)
            for award in awards
        )

    def _of_one_budget(self, award: Prepared, notice: Prepared) -> bool:
        if self.two_calls or award.day != notice.day or not award.awarded or not notice.awarded:
            return False
        both = award.awarded + notice.awarded
        return any(
            Decimal(stated) >= both for stated in award.amounts | notice.amounts | self._sums
        )

    def apart(self, known: str, number: str) -> bool:
        """Whether two numbers are of two purchases, neither the other called again: each has a
        call and the first was awarded, or each was awarded and not for the same sum."""
        first, second = self.awards.get(known, []), self.awards.get(number, [])
        if any(one.amounts & other.amounts for one in first for other in second):
            return False
        called = known in self.called and number in self.called
        return bool(first) and (called or bool(second))


def contradicts(season: Season, notice: Prepared, namesakes: Namesakes, *, several: bool) -> bool:
    """Whether a notice says what the season's purchase cannot have beside it."""
    if notice.number and notice.number in season.numbers:
        return False
    if notice.tail and season.tails and notice.tail not in season.tails:
        return True
    if season.called_off:
        return False
    if not notice.again and any(other_process(known, notice.ocid) for known in season.ocids):
        return True
    if season.calls and all(closes_later(call, notice) for call in season.calls):
        return True
    if notice.notice_type == "award":
        awards = [r for r in season.results if r.notice_type == "award"]
        if namesakes.another_purchase(awards, notice) or (
            several and _long_awarded(season, notice)
        ):
            return True
    elif notice.notice_type in AWARDS:
        results = [r for r in season.results if r.notice_type == "award"]
        if several and results and all(another_firms(result, notice) for result in results):
            return True
    elif (
        notice.notice_type in CALLS
        and not notice.again
        and _another_call(season, notice, namesakes)
    ):
        return True
    number = notice.number
    if number is None or notice.again:
        return False
    return any(
        not related(known, number) and namesakes.apart(known, number) for known in season.numbers
    )


def _long_awarded(season: Season, notice: Prepared) -> bool:
    """Whether an award comes long after another one of a season, where later seasons are known."""
    if season.awarded is None or notice.day is None:
        return False
    sums = {r.awarded for r in season.results if r.notice_type == "award"}
    return notice.day - season.awarded > AWARDED_ANEW and notice.awarded not in sums


def _another_call(season: Season, notice: Prepared, namesakes: Namesakes) -> bool:
    """Whether a call is of another purchase that runs beside the season's, or began after it."""
    alike = [call for call in season.calls if call.notice_type == notice.notice_type]
    if notice.day is None or any(call.day is None or _parts(call, notice) for call in alike):
        return False
    copied = [call for call in alike if _may_copy(call, notice)]
    if copied:
        # Of two portals one states the whole sum, the other that of a lot or a year.
        other = all(other_sums(call, notice) for call in copied)
        return other and namesakes.two_results(notice.day)
    if any(calls_differ(call, notice) for call in alike):
        return True
    awards = [r for r in season.results if r.notice_type == "award"]
    if awards:
        return namesakes.another_result(notice.day, awards)
    return bool(alike) and namesakes.two_results(notice.day)


def _parts(call: Prepared, notice: Prepared) -> bool:
    """Whether two calls are for marked lots, other ones."""
    return bool(call.lots and notice.lots) and call.lots != notice.lots


def _may_copy(call: Prepared, notice: Prepared) -> bool:
    """Whether a call may be an earlier one on another portal."""
    days = (notice.day or 0) - (call.day or 0)
    return days <= COPIED_DAYS and not numbered_apart(call, notice)
