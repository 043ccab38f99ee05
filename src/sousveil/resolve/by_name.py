"""Joins by name: the same buyer buying what has the same name, in the same phase, in one season.

What one year's purchase and the next one's have in common is the name; what tells them apart is
time, and that the one was awarded before the other was called. So a block of equal names is read
in the order of days, and a call after an award begins a new season.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from rapidfuzz import fuzz

from sousveil.resolve.components import Components
from sousveil.resolve.numbers import Strength, related, strength
from sousveil.resolve.prepared import Prepared, may_be_one
from sousveil.text.names import find_organisations

_SPAN = 548
"""18 months in days: the longest time between an intention and the acceptance of most projects."""

_SPAN_END = 900
"""Days after the beginning in which contracts are changed and what was bought is accepted."""

_SPAN_RENUMBERED = 200
"""Days in which a failed call comes again under another number; later it is next year's call."""

_CALLED_ANEW = 30
"""Days after an award from which a call that follows no failure is another purchase."""

_AWARDED_ANEW = 60
"""Days after a contract from which an award of another sum is another purchase."""

_BODY = re.compile(
    "(?:局|厅|部|委|委员会|医院|保健院|学校|大学|学院|政府|办公室|中心|站|所|队|法院|检察院|处|小学|中学|國小)$"
)
_SAME_BODY = 80
_SHORTEST_BODY = 6
_SHORTEST_REST = 5
_MAX_OPEN = 8
_MAX_NUMBERS = 4
"""Long numbers of its own in a block from which the name is a form's (FEDERAL SUPPLY SCHEDULE
CONTRACT) and another number another purchase."""

CALLS = frozenset(
    ("intention", "prequalification", "tender", "negotiation", "consultation", "inquiry",
     "single_source")
)  # fmt: skip
AWARDS = frozenset(("award", "contract", "acceptance"))


class _Season(msgspec.Struct):
    """One run of notices of a name: the first of them, the numbers and sums seen so far, when it
    was last awarded and contracted, whether some of it failed."""

    first: Prepared
    numbers: set[str] = msgspec.field(default_factory=set)
    amounts: set[str] = msgspec.field(default_factory=set)
    awarded: int | None = None
    contracted: int | None = None
    failed: bool = False

    def take(self, notice: Prepared) -> None:
        """Note a notice of this season."""
        if notice.number:
            self.numbers.add(notice.number)
        self.amounts |= notice.amounts
        self.failed = self.failed or notice.notice_type == "termination"
        if notice.day is not None and notice.notice_type in AWARDS:
            if self.awarded is None:
                self.awarded = notice.day
            if notice.notice_type != "award":
                self.contracted = notice.day


def join_by_name(notices: Iterable[Prepared], components: Components) -> None:
    """Join notices of one name and phase published within 18 months of the first: of one buyer, or
    where the name itself says who buys."""
    of_buyer: dict[tuple[str, str, str | None], list[Prepared]] = defaultdict(list)
    of_body: dict[tuple[str, str | None], list[Prepared]] = defaultdict(list)
    for notice in notices:
        if notice.core is None:
            continue
        if notice.buyer:
            of_buyer[notice.buyer, notice.core, notice.phase].append(notice)
        if notice.whole:
            of_body[notice.whole, notice.phase].append(notice)
    for members in of_buyer.values():
        if len(members) > 1:
            _join_block(members, components)
    for members in of_body.values():
        if len({notice.buyer for notice in members}) > 1 and names_a_body(members):
            fitting = [notice for notice in members if _may_buy(notice)]
            _join_block(fitting, components, one_number=True)


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


def _join_block(
    members: Sequence[Prepared], components: Components, *, one_number: bool = False
) -> None:
    # Undated notices come last: they join the earliest season, the same whatever the order given.
    ordered = sorted(members, key=lambda n: (n.day is None, n.day or 0, n.index))
    own = {n.number for n in members if n.number and strength(n.number) == Strength.SPECIFIC}
    one_number = one_number or len(own) > _MAX_NUMBERS
    seasons: list[_Season] = []
    for notice in ordered:
        for season in seasons[:1] if notice.day is None else _likeliest(seasons, notice):
            rule = _rule(season, notice, one_number)
            if rule is not None:
                components.join(season.first, notice, rule)
                break
        else:
            season = _Season(notice)
            seasons.append(season)
        season.take(notice)


def _likeliest(seasons: Sequence[_Season], notice: Prepared) -> list[_Season]:
    """The seasons to try: those that know the number, then the latest."""
    latest = list(reversed(seasons[-_MAX_OPEN:]))
    return sorted(latest, key=lambda s: notice.number is None or notice.number not in s.numbers)


def _rule(season: _Season, notice: Prepared, one_number: bool) -> str | None:
    first = season.first
    if not may_be_one(first, notice):
        return None
    renumbered = _renumbered(season, notice)
    if renumbered and (one_number or (season.awarded is not None and notice.notice_type in AWARDS)):
        return None
    if first.day is None or notice.day is None:
        return None if renumbered else "name_undated"
    gap = notice.day - first.day
    if renumbered:
        return "name_renumbered" if gap <= _SPAN_RENUMBERED else None
    longest = _SPAN_END if notice.notice_type in ("contract", "acceptance") else _SPAN
    if gap > longest or _anew(season, notice, notice.day):
        return None
    return "name"


def _renumbered(season: _Season, notice: Prepared) -> bool:
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


def _anew(season: _Season, notice: Prepared, day: int) -> bool:
    """Whether a notice begins another purchase: a call well after an award where nothing had
    failed, or another award long after a contract."""
    if season.failed or season.awarded is None:
        return False
    if notice.number and notice.number in season.numbers:
        return False
    if notice.notice_type in CALLS:
        return day - season.awarded > _CALLED_ANEW
    if notice.notice_type == "award" and season.contracted is not None:
        other = not (notice.amounts & season.amounts)
        return other and day - season.contracted > _AWARDED_ANEW
    return False
