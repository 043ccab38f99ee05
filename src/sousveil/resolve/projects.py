"""What a project is: the notices of one procurement put together, each figure counted once."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from sousveil.model import NoticeType

_STAGES: dict[str, int] = {
    "filing": 0, "other": 1, "intention": 2, "prequalification": 3, "inquiry": 4, "tender": 5,
    "negotiation": 5, "consultation": 5, "single_source": 5, "correction": 6, "termination": 6,
    "candidate": 7, "award": 8, "contract": 9, "acceptance": 9,
}  # fmt: skip
"""How far a procurement has come when such a notice appears (domain order of the forms)."""


class Member(msgspec.Struct, frozen=True):
    """What a project needs of one notice. Amounts are in units of ``currency``."""

    notice_id: str
    notice_type: NoticeType
    duplicate_of: str | None
    on: date | None
    """The notice's date: publication, else the nearest date it states."""
    project_name: str | None
    buyer: str | None
    buyer_type: str | None
    country: str | None
    province: str | None
    place: str | None
    surveillance: bool
    surveillance_score: float
    capabilities: tuple[str, ...]
    platforms: tuple[str, ...]
    target_groups: tuple[str, ...]
    functions: tuple[str, ...]
    data_sources: tuple[str, ...]
    overseas_target: bool
    sophistication: int | None
    sophistication_ladder: str | None
    suppliers: tuple[str, ...]
    budget: Decimal | None
    ceiling: Decimal | None
    award: Decimal | None
    currency: str | None
    budget_usd: Decimal | None
    ceiling_usd: Decimal | None
    award_usd: Decimal | None
    rate_date: date | None
    rate_note: str | None


class Project(msgspec.Struct, frozen=True):
    """One procurement. Field by field the columns of the ``projects`` table, in order."""

    project_key: str
    name: str | None
    buyer: str | None
    buyer_type: str | None
    country: str | None
    province: str | None
    place: str | None
    year: int | None
    first_date: date | None
    last_date: date | None
    notice_ids: tuple[str, ...]
    notice_types: tuple[str, ...]
    lead_notice_id: str
    surveillance: bool
    surveillance_score: float
    capabilities: tuple[str, ...]
    platforms: tuple[str, ...]
    target_groups: tuple[str, ...]
    functions: tuple[str, ...]
    data_sources: tuple[str, ...]
    overseas_target: bool
    sophistication: int | None
    sophistication_ladder: str | None
    suppliers: tuple[str, ...]
    amount: Decimal | None
    currency: str | None
    amount_usd: Decimal | None
    amount_kind: str | None
    amount_notice_id: str | None
    rate_date: date | None
    rate_note: str | None


def summarise(project_key: str, members: Sequence[Member]) -> Project:
    """Put the notices of one project together. The order of ``members`` does not matter.

    The figure that counts: the latest award or contract amount, else the latest budget, else the
    latest ceiling; copies never count. Awards of different notices are not added: a contract
    repeats its award, or a part of it: then the award counts. A project buys surveillance when any
    of its notices does; its level is the highest that any of them shows.
    """
    ordered = sorted(members, key=_order)
    firsts = [m for m in ordered if m.duplicate_of is None] or ordered
    dates = [m.on for m in ordered if m.on]
    coded = [m for m in firsts if m.surveillance]
    lead = max(coded or firsts, key=lambda m: (m.surveillance_score, _size(m), m.notice_id))
    kind, counted = _amount(firsts)
    level = max(
        (m for m in coded if m.sophistication is not None),
        key=lambda m: (m.sophistication or 0, m.sophistication_ladder or "", m.notice_id),
        default=None,
    )
    return Project(
        project_key=project_key,
        name=_last(m.project_name for m in firsts),
        buyer=_last(m.buyer for m in firsts),
        buyer_type=_last(m.buyer_type for m in firsts),
        country=_last(m.country for m in firsts),
        province=_last(m.province for m in firsts),
        place=_last(m.place for m in firsts if m.province),
        year=dates[0].year if dates else None,
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
        notice_ids=tuple(sorted(m.notice_id for m in members)),
        notice_types=tuple(sorted({m.notice_type for m in members})),
        lead_notice_id=lead.notice_id,
        surveillance=bool(coded),
        surveillance_score=max(m.surveillance_score for m in firsts),
        capabilities=_union(m.capabilities for m in coded),
        platforms=_union(m.platforms for m in coded),
        target_groups=_union(m.target_groups for m in coded),
        functions=_union(m.functions for m in coded),
        data_sources=_union(m.data_sources for m in coded),
        overseas_target=any(m.overseas_target for m in coded),
        sophistication=level.sophistication if level else None,
        sophistication_ladder=level.sophistication_ladder if level else None,
        suppliers=_union(m.suppliers for m in firsts),
        amount=_figure(counted, kind),
        currency=counted.currency if counted else None,
        amount_usd=_usd(counted, kind),
        amount_kind=kind,
        amount_notice_id=counted.notice_id if counted else None,
        rate_date=counted.rate_date if counted else None,
        rate_note=counted.rate_note if counted else None,
    )


def _order(member: Member) -> tuple[date, int, str]:
    return (member.on or date.min, _STAGES[member.notice_type], member.notice_id)


def _size(member: Member) -> int:
    return len(member.capabilities) + len(member.platforms) + len(member.target_groups)


def _amount(firsts: Sequence[Member]) -> tuple[str | None, Member | None]:
    for kind in ("award", "budget", "ceiling"):
        stated = [m for m in firsts if _figure(m, kind) is not None]
        if stated:
            whole = _award_of_all(stated) if kind == "award" else None
            return kind, whole or stated[-1]
    return None, None


def _award_of_all(stated: Sequence[Member]) -> Member | None:
    """The latest award that contracts behind it are parts of, None where there is no such: they are
    several of different amounts, or the award names more suppliers than its one contract."""
    awards = [m for m in stated if m.notice_type == "award"]
    contracts = [m for m in stated if m.notice_type in ("contract", "acceptance")]
    if not awards or not contracts:
        return None
    award = awards[-1]
    largest = max(m.award or Decimal(0) for m in contracts)
    parts = len({m.award for m in contracts}) > 1 or any(
        0 < len(m.suppliers) < len(award.suppliers) for m in contracts
    )
    return award if parts and largest < (award.award or Decimal(0)) else None


def _figure(member: Member | None, kind: str | None) -> Decimal | None:
    if member is None:
        return None
    return {"award": member.award, "budget": member.budget, "ceiling": member.ceiling}.get(
        kind or ""
    )


def _usd(member: Member | None, kind: str | None) -> Decimal | None:
    if member is None:
        return None
    return {
        "award": member.award_usd,
        "budget": member.budget_usd,
        "ceiling": member.ceiling_usd,
    }.get(kind or "")


def _last(values: Iterable[str | None]) -> str | None:
    found = [value for value in values if value]
    return found[-1] if found else None


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
