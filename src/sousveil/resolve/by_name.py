"""Joins by name: the same buyer buying what has the same name, in the same phase, in one season."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from sousveil.resolve.components import Components
from sousveil.resolve.numbers import related
from sousveil.resolve.prepared import Prepared, same_country

_SPAN = 548
"""18 months in days: the longest time between an intention and the acceptance of most projects."""

_SPAN_RENUMBERED = 200
"""Days in which a failed call comes again under another number; later it is next year's call."""

_MAX_OPEN = 8
_OUTCOMES = frozenset({"award", "contract", "acceptance"})


class _Season(msgspec.Struct):
    """One run of notices of a name: the first of them, and the numbers seen so far."""

    first: Prepared
    numbers: set[str]
    outcome: bool
    """Whether an award or a contract is among them."""


def join_by_name(notices: Iterable[Prepared], components: Components) -> None:
    """Join notices of one buyer, name core and phase published within 18 months of the first."""
    blocks: dict[tuple[str, str, str | None], list[Prepared]] = defaultdict(list)
    for notice in notices:
        if notice.buyer and notice.core:
            blocks[notice.buyer, notice.core, notice.phase].append(notice)
    for members in blocks.values():
        if len(members) > 1:
            _join_block(members, components)


def _join_block(members: Sequence[Prepared], components: Components) -> None:
    # Undated notices come last: they join the earliest season, the same whatever the order given.
    ordered = sorted(members, key=lambda n: (n.day is None, n.day or 0, n.index))
    seasons: list[_Season] = []
    for notice in ordered:
        for season in seasons[:1] if notice.day is None else seasons[-_MAX_OPEN:]:
            rule = _rule(season, notice)
            if rule is not None:
                components.join(season.first, notice, rule)
                if notice.number:
                    season.numbers.add(notice.number)
                season.outcome = season.outcome or notice.notice_type in _OUTCOMES
                break
        else:
            numbers = {notice.number} if notice.number else set()
            seasons.append(_Season(notice, numbers, notice.notice_type in _OUTCOMES))


def _rule(season: _Season, notice: Prepared) -> str | None:
    first = season.first
    if not same_country(first, notice):
        return None
    known = notice.number
    renumbered = bool(
        known
        and season.numbers
        and known not in season.numbers
        and not any(reference in season.numbers for reference in notice.references)
        and not any(related(known, number) for number in season.numbers)
    )
    if first.day is None or notice.day is None:
        return None if renumbered else "name_undated"
    gap = notice.day - first.day
    if renumbered:
        # Two outcomes under two numbers are two contracts, whatever both are called.
        if season.outcome and notice.notice_type in _OUTCOMES:
            return None
        return "name_renumbered" if gap <= _SPAN_RENUMBERED else None
    return "name" if gap <= _SPAN else None
