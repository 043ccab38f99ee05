"""What a project needs of each of its notices."""

from datetime import date
from decimal import Decimal

import msgspec

from sousveil.model import NoticeType


class Member(msgspec.Struct, frozen=True):
    """What a project needs of one notice. Amounts are in units of ``currency``."""

    notice_id: str
    notice_type: NoticeType
    duplicate_of: str | None
    on: date | None
    """The notice's date: publication, else the nearest date it states."""
    project_id: str | None
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
