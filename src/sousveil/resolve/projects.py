"""What a project is: the notices of one procurement put together, each figure counted once."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from sousveil.resolve.amounts import count
from sousveil.resolve.member import Member

_STAGES: dict[str, int] = {
    "filing": 0, "other": 1, "intention": 2, "prequalification": 3, "inquiry": 4, "tender": 5,
    "negotiation": 5, "consultation": 5, "single_source": 5, "correction": 6, "termination": 6,
    "candidate": 7, "award": 8, "contract": 9, "acceptance": 9,
}  # fmt: skip
"""How far a procurement has come when such a notice appears (domain order of the forms)."""


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
    amount_reason: str | None
    amount_notice_id: str | None
    amount_notice_ids: tuple[str, ...]
    rate_date: date | None
    rate_note: str | None


def summarise(project_key: str, members: Sequence[Member]) -> Project:
    """Put the notices of one project together. The order of ``members`` does not matter.

    Which figure counts is said by ``amounts``; copies never count. A project buys surveillance
    when any of its notices does; its level is the highest that any of them shows.
    """
    ordered = sorted(members, key=_order)
    firsts = [m for m in ordered if m.duplicate_of is None] or ordered
    dates = [m.on for m in ordered if m.on]
    coded = [m for m in firsts if m.surveillance]
    lead = max(coded or firsts, key=lambda m: (m.surveillance_score, _size(m), m.notice_id))
    counted = count(firsts)
    stated = {m.notice_id: m for m in firsts}
    states = stated[counted.notice_id] if counted else None
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
        amount=counted.amount if counted else None,
        currency=states.currency if states else None,
        amount_usd=counted.usd if counted else None,
        amount_kind=counted.kind if counted else None,
        amount_reason=counted.reason if counted else None,
        amount_notice_id=counted.notice_id if counted else None,
        amount_notice_ids=counted.notice_ids if counted else (),
        rate_date=states.rate_date if states else None,
        rate_note=states.rate_note if states else None,
    )


def _order(member: Member) -> tuple[date, int, str]:
    return (member.on or date.min, _STAGES[member.notice_type], member.notice_id)


def _size(member: Member) -> int:
    return len(member.capabilities) + len(member.platforms) + len(member.target_groups)


def _last(values: Iterable[str | None]) -> str | None:
    found = [value for value in values if value]
    return found[-1] if found else None


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
