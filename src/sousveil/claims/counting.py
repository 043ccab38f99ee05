"""Counting what a claim counts of the projects found: the figure, its range, and why it is one."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from sousveil.claims.judge import Range, accepted, judged, judged_one, nearest
from sousveil.model.claim import FAILS, HOLDS, UNTOLD, Claim, FoundProject, Verdict


class Tendency(msgspec.Struct, frozen=True):
    """What a test of a trend says of some projects. ``way`` None: too few records to tell.
    ``difference``: the share of pairs in which the later project stands higher, less the share in
    which it stands lower, with its 95 % interval."""

    way: str | None
    said: str
    difference: float | None = None
    low: float | None = None
    high: float | None = None


Tend = Callable[[frozenset[str], str], Tendency]
"""Tests projects (by key) for a trend on a ladder."""

Named = Callable[[frozenset[str], str], frozenset[str]]
"""The organisations that notices (by id) name in a role, by key."""


class Count(msgspec.Struct, frozen=True):
    """What was counted. ``figure`` is ``number`` in words; ``range`` None where it has none."""

    verdict: Verdict
    figure: str
    number: Decimal | None = None
    range: Range | None = None
    why: tuple[str, ...] = ()


def count(
    claim: Claim,
    projects: Sequence[FoundProject],
    organisations: Named,
    tend: Tend,
    interval: tuple[Decimal, Decimal] | None = None,
) -> Count:
    """Count a claim and judge it.

    ``projects`` are those that its query finds or may find. ``interval`` is the 95 % interval of
    the number of projects, where a random sample of what is found and not found was coded: it then
    stands in the place of what is sure and what is possible.
    """
    match claim.counted.what:
        case "things":
            return _things(claim, projects)
        case "trend":
            return _trend(claim, projects, tend)
        case "sum" | "largest" | "amount":
            return _money(claim, projects)
        case _:
            return _number(claim, projects, organisations, interval)


def _number(
    claim: Claim,
    projects: Sequence[FoundProject],
    organisations: Named,
    interval: tuple[Decimal, Decimal] | None,
) -> Count:
    found, sure, possible = (
        _counted(claim, projects, which, organisations) for which in ("found", "sure", "possible")
    )
    counted = Range(*interval) if interval else Range(Decimal(sure), Decimal(possible))
    bounds = _bounds(claim, counted)
    verdict = judged(bounds, accepted(claim.expected))
    unit = "projects" if claim.counted.what == "exists" else claim.counted.what
    why = []
    if not possible:
        why.append("No matching records.")
    if interval:
        why.append(
            f"By the coded sample, {interval[0]:,.0f} to {interval[1]:,.0f} {unit} (95 % interval)."
        )
    elif sure != possible:
        why.append(
            f"{sure:,} {unit} are sure and {possible:,} possible: "
            f"{_doubts(projects)} should be looked at by a person."
        )
    if verdict == UNTOLD and claim.definition.records == "some":
        why.append(_some(f"{_many(found, unit)} found are at least what there is"))
    figure = ("yes" if found else "no") if claim.counted.what == "exists" else _many(found, unit)
    return Count(verdict, figure, Decimal(found), bounds, tuple(why))


def _counted(
    claim: Claim, projects: Sequence[FoundProject], which: str, organisations: Named
) -> int:
    """How many there are of what is found, sure or possible."""
    kept = [p for p in projects if which == "possible" or getattr(p, which)]
    notices = frozenset(
        n.notice_id for p in kept for n in p.notices if which == "possible" or getattr(n, which)
    )
    match claim.counted.what:
        case "notices":
            return len(notices)
        case "organisations":
            return len(organisations(notices, claim.counted.role))
        case "countries":
            return len({p.country for p in kept if p.country})
        case _:
            return len(kept)


def _many(number: int, unit: str) -> str:
    """A number with its unit, which is given in the plural."""
    one = {"countries": "country"}.get(unit, unit.removesuffix("s"))
    return f"{number:,} {one if number == 1 else unit}"


def _bounds(claim: Claim, counted: Range) -> Range:
    return counted.without_end() if claim.definition.records == "some" else counted


def _doubts(projects: Sequence[FoundProject]) -> str:
    """How many notices are in doubt, and for what reasons."""
    doubted = [n for p in projects for n in p.notices if n.doubts or (n.found and not n.sure)]
    reasons = sorted({reason for notice in doubted for reason in notice.doubts})
    told = f" ({', '.join(reasons)})" if reasons else ""
    return f"{_many(len(doubted), 'notices')}{told}"


def _some(what: str) -> str:
    return f"The case holds some of the records that the claim speaks of, not all: the {what}."


class _Amounts(msgspec.Struct, frozen=True):
    """Amounts of projects, and why others have none: ``missing`` state none, ``doubted`` one that
    is in doubt, ``no_rate`` one without a rate of its day, ``other`` one in another currency."""

    certain: tuple[Decimal, ...]
    doubted: tuple[Decimal, ...]
    missing: int
    no_rate: int
    other: int

    @property
    def unknown(self) -> bool:
        """Whether some amount is not known."""
        return bool(self.missing or self.no_rate or self.doubted)


def _amounts(projects: Sequence[FoundProject], currency: str) -> _Amounts:
    certain, doubted = list[Decimal](), list[Decimal]()
    missing = no_rate = other = 0
    for project in projects:
        if project.amount is None:
            missing += 1
            continue
        if currency not in ("USD", project.currency):
            other += 1
            continue
        amount = project.amount_usd if currency == "USD" else project.amount
        if amount is None:
            no_rate += 1
        else:
            (doubted if project.amount_doubt else certain).append(amount)
    return _Amounts(tuple(certain), tuple(doubted), missing, no_rate, other)


def _money(claim: Claim, projects: Sequence[FoundProject]) -> Count:
    currency, wanted = claim.counted.currency, accepted(claim.expected)
    found = _amounts([p for p in projects if p.found], currency)
    sure = _amounts([p for p in projects if p.sure], currency)
    possible = _amounts(projects, currency)
    shown, every = (*found.certain, *found.doubted), (*possible.certain, *possible.doubted)
    bounds = None
    if claim.counted.what == "amount":
        number = nearest(shown, wanted)
        open_end = claim.definition.records == "some" or possible.unknown
        verdict = judged_one(sure.certain, every, wanted, open_end=open_end)
    else:
        total = claim.counted.what == "sum"
        pick = _total if total else _largest
        number = pick(shown)
        counted = Range(pick(sure.certain), None if possible.unknown else pick(every))
        bounds = _bounds(claim, counted)
        verdict = judged(bounds, wanted)
    figure = f"{currency} {number:,.2f}" if number is not None else "no amount"
    why = _money_why(claim, projects, possible, verdict)
    if claim.counted.what == "amount" and len(projects) > 1:
        why.insert(0, f"{len(projects):,} projects match: the amount nearest to it is shown.")
    return Count(verdict, figure, number, bounds, tuple(why))


def _total(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _largest(amounts: Sequence[Decimal]) -> Decimal:
    return max(amounts, default=Decimal(0))


def _money_why(
    claim: Claim, projects: Sequence[FoundProject], amounts: _Amounts, verdict: Verdict
) -> list[str]:
    of = f"of {_many(len(projects), 'projects')}"
    why = []
    if not projects:
        why.append("No matching records.")
    if amounts.missing:
        why.append(f"Amounts are missing in {amounts.missing:,} {of}.")
    if amounts.no_rate:
        why.append(f"No rate of the day is known for the amounts of {amounts.no_rate:,} {of}.")
    if amounts.other:
        why.append(f"{amounts.other:,} {of} state another currency and are left out.")
    if amounts.doubted:
        why.append(f"The amounts of {len(amounts.doubted):,} {of} are in doubt.")
    sure = sum(p.sure for p in projects)
    if sure != len(projects):
        why.append(
            f"{sure:,} projects are sure and {len(projects):,} possible: "
            f"{_doubts(projects)} should be looked at by a person."
        )
    if verdict == UNTOLD and claim.definition.records == "some":
        why.append(_some("amounts found are at least what was spent"))
    return why


def _things(claim: Claim, projects: Sequence[FoundProject]) -> Count:
    """Numbers beside a word. Notices of one project repeat each other, and so may the sentences of
    a notice: a project has at least the largest number that stands in it, and at most the sum of
    those in one notice."""
    found = sum(_at_most(p) for p in projects if p.found)
    missing = sum(not any(n.numbers for n in p.notices) for p in projects)
    low = sum(max((m for n in p.notices for m in n.numbers), default=0) for p in projects if p.sure)
    high = None if missing else Decimal(sum(map(_at_most, projects)))
    bounds = _bounds(claim, Range(Decimal(low), high))
    verdict = judged(bounds, accepted(claim.expected))
    why = [] if projects else ["No matching records."]
    if missing:
        why.append(f"{missing:,} of {_many(len(projects), 'projects')} state no number.")
    if low != found:
        why.append(f"At least {low:,}: numbers may repeat each other, or are in doubt.")
    if verdict == UNTOLD and claim.definition.records == "some":
        why.append(_some("numbers found are at least what there is"))
    return Count(verdict, f"{found:,}", Decimal(found), bounds, tuple(why))


def _at_most(project: FoundProject) -> int:
    return max((sum(notice.numbers) for notice in project.notices), default=0)


def _trend(claim: Claim, projects: Sequence[FoundProject], tend: Tend) -> Count:
    """A trend of the projects found; in doubt where sure ones alone, or possible ones too, show
    another."""
    found, sure, possible = (
        tend(frozenset(p.project_key for p in some), claim.counted.ladder)
        for some in (
            [p for p in projects if p.found],
            [p for p in projects if p.sure],
            projects,
        )
    )
    figure = found.way or "too few records"
    if found.difference is not None:
        figure = f"{figure}: {found.difference:+.2f} ({found.low:+.2f} to {found.high:+.2f})"
    why = [found.said]
    if {sure.way, found.way, possible.way} != {found.way}:
        why.append(
            "With only what is sure, or with all that is possible, it comes out otherwise: "
            f"{_doubts(projects)} should be looked at by a person."
        )
        return Count(UNTOLD, figure, why=tuple(why))
    return Count(_trend_verdict(found.way, claim.expected.trend), figure, why=tuple(why))


def _trend_verdict(way: str | None, wanted: str | None) -> Verdict:
    """That records show no trend does not show that there is none."""
    if way is None:
        return UNTOLD
    if way == wanted:
        return HOLDS
    return UNTOLD if way == "none" else FAILS
