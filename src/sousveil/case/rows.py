"""From records to table rows: the one place where a notice becomes columns."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from sousveil.case import tables
from sousveil.case.segments import Row
from sousveil.model import (
    Coding,
    Evidence,
    Field,
    Money,
    Notice,
    NoticeKey,
    Outcome,
    Page,
    Reason,
    UsdAmount,
)
from sousveil.model.mapping import Sheet

CODED = (
    "buyer_type",
    "surveillance",
    "capabilities",
    "platforms",
    "target_groups",
    "overseas_target",
    "sophistication",
)
"""Fields that are a judgement: ``basis`` says whose."""

_QUANTUM = Decimal("0.0001")
_LARGEST = Decimal(10) ** 18
_encode = msgspec.json.Encoder().encode
_NOTICE_COLUMNS = tuple(tables.NOTICES.names)


class Derived(msgspec.Struct, frozen=True):
    """What is derived of a notice beside its coding: money in US dollars and the place."""

    usd: Mapping[str, UsdAmount]
    """By ``budget``, ``ceiling``, ``award``."""
    country: str | None
    province: str | None
    place: str | None


def page_row(page: Page) -> Row:
    """A row of ``pages``."""
    return (
        page.document_sha256,
        page.number,
        page.pointer,
        page.text,
        page.obtained,
        page.media_type,
    )


def sheet_row(sheet: Sheet) -> Row:
    """A row of ``sheets``."""
    return (
        sheet.document_sha256,
        sheet.page,
        sheet.pointer,
        list(sheet.headings),
        sheet.rows,
        sheet.notices,
        _encode(sheet.columns).decode(),
        sheet.mapping,
    )


def outcome_row(outcome: Outcome) -> Row:
    """A row of ``outcomes``. Seconds are left out: the same input gives the same row."""
    return (
        outcome.document_sha256,
        outcome.status,
        outcome.media_type,
        outcome.reason,
        outcome.stage,
        outcome.message,
        outcome.hint,
        outcome.pages,
        outcome.notices,
        outcome.members,
        outcome.failed_records,
    )


def notice_row(
    notice: Notice,
    coding: Coding,
    derived: Derived,
    key: NoticeKey,
    pages: Mapping[int, Page],
) -> Row:
    """A row of ``notices``. ``pages`` are the notice's pages by number."""
    money, currency, mixed = _one_currency(notice)
    usd = {name: derived.usd.get(name) for name in money}
    rated = next((u for u in usd.values() if u and u.rate_date), None)
    noted = next((u.note for u in usd.values() if u and u.note), None)
    values: dict[str, object] = {
        "notice_id": notice.notice_id,
        "document_sha256": notice.document_sha256,
        "page": notice.page,
        "pages": list(notice.pages),
        "pointer": notice.pointer,
        "source_standard": notice.source_standard,
        "source_url": notice.source_url,
        "captured_at": notice.captured_at,
        "notice_type": notice.notice_type,
        "buyer_type": coding.buyer_type,
        **{name: _value(getattr(notice, name)) for name in _PLAIN},
        **{name: amount(field.value.amount) if field else None for name, field in money.items()},
        "currency": currency,
        **{f"{name}_usd": amount(u.amount) if u and u.amount is not None else None
           for name, u in usd.items()},
        "rate_date": rated.rate_date if rated else None,
        "rate_note": noted,
        "suppliers": [f.value for f in notice.suppliers],
        "bidders": [f.value for f in notice.bidders],
        "identifiers": _encode([f.value for f in notice.identifiers]).decode()
        if notice.identifiers
        else None,
        "names_beside": _encode([(f.value, f.raw) for f in notice.names_beside]).decode()
        if notice.names_beside
        else None,
        "lots": notice.lot_count.value if notice.lot_count else max(1, len(notice.lots)),
        "published": notice.published.value if notice.published else None,
        "first_published": notice.first_published.value if notice.first_published else None,
        "bid_deadline": notice.bid_deadline.value.replace(tzinfo=None).isoformat(timespec="minutes")
        if notice.bid_deadline
        else None,
        "country": derived.country,
        "province": derived.province,
        "place": derived.place,
        **_coded(notice, coding, money, pages),
        "taxonomy_version": coding.taxonomy_version,
        "masked": _encode(notice.masked).decode(),
        "flags": [*notice.flags, *(["mixed_currencies"] if mixed else [])],
        "notice": _encode(notice).decode(),
        "key": _encode(key).decode(),
    }  # fmt: skip
    return tuple(values[name] for name in _NOTICE_COLUMNS)


def coding_row(notice: Notice, coding: Coding, pages: Mapping[int, Page]) -> Row:
    """A row of ``codings``: what holds of a notice in the place of its own row's columns."""
    money, _, _ = _one_currency(notice)
    values = _coded(notice, coding, money, pages)
    return (notice.notice_id, *(values[name] for name in tables.CODED_COLUMNS))


def _coded(
    notice: Notice,
    coding: Coding,
    money: Mapping[str, Field[Money] | None],
    pages: Mapping[int, Page],
) -> dict[str, object]:
    """The columns that a coding fills: ``tables.CODED_COLUMNS``."""
    return {
        "surveillance": coding.surveillance,
        "surveillance_score": coding.surveillance_score,
        "capabilities": list(coding.codes("capability")),
        "platforms": list(coding.codes("platform")),
        "target_groups": list(coding.codes("target_group")),
        "functions": list(coding.codes("function")),
        "data_sources": list(coding.codes("data_source")),
        "overseas_target": coding.overseas_target,
        "sophistication": coding.sophistication,
        "sophistication_ladder": coding.sophistication_ladder,
        "basis": _encode(
            {
                **dict.fromkeys(CODED, "rule"),
                **coding.basis,
                **dict.fromkeys(notice.corrected, "coder"),
            }
        ).decode(),
        "evidence": _encode(evidence_of(notice, coding, money, pages)).decode(),
        "review": list(coding.review),
        "coding": _encode(coding).decode(),
    }


_PLAIN = ("project_id", "plan_id", "project_name", "title", "buyer", "agency", "method")


def _value(field: Field[str] | None) -> str | None:
    return field.value if field else None


def amount(value: Decimal) -> Decimal | None:
    """An amount as tables hold it (four decimals), None where no column could hold it."""
    if not value.is_finite() or abs(value) >= _LARGEST:
        return None
    return value.quantize(_QUANTUM)


def _one_currency(
    notice: Notice,
) -> tuple[dict[str, Field[Money] | None], str | None, bool]:
    """Amounts in the notice's currency (the award's first), that currency, and whether another
    amount had to be left out because it is in a different one."""
    fields = {"budget": notice.budget, "ceiling": notice.ceiling, "award": notice.award}
    stated = [f for f in (notice.award, notice.budget, notice.ceiling) if f]
    if not stated:
        return fields, None, False
    currency = stated[0].value.currency
    kept = {n: f if f and f.value.currency == currency else None for n, f in fields.items()}
    return kept, currency, any(f.value.currency != currency for f in stated)


def evidence_of(
    notice: Notice,
    coding: Coding,
    money: Mapping[str, Field[Money] | None],
    pages: Mapping[int, Page],
) -> dict[str, dict[str, object]]:
    """Evidence by contract field: {page, start, end, quote} for each value the document states."""
    found: dict[str, Evidence] = {}
    for name in (*_PLAIN, "published", "first_published", "bid_deadline"):
        field: Field[object] | None = getattr(notice, name)
        if field:
            found[name] = field.evidence
    for name, value in money.items():
        if value:
            found[name] = value.evidence
    if any(money.values()):
        stated = next(f for f in (money["award"], money["budget"], money["ceiling"]) if f)
        found["currency"] = notice.currency.evidence if notice.currency else stated.evidence
    if notice.suppliers:
        found["suppliers"] = _covering([f.evidence for f in notice.suppliers], pages)
    if notice.bidders:
        found["bidders"] = _covering([f.evidence for f in notice.bidders], pages)
    if notice.lot_count:
        found["lots"] = notice.lot_count.evidence
    for facet, name in (
        ("capability", "capabilities"),
        ("platform", "platforms"),
        ("target_group", "target_groups"),
    ):
        reason = first_reason(r for t in coding.tags if t.facet == facet for r in t.reasons)
        if reason:
            found[name] = reason.evidence
    level = first_reason(coding.sophistication_reasons)
    if coding.sophistication is not None and level:
        found["sophistication"] = level.evidence
    return {
        name: {"page": e.page, "start": e.start, "end": e.end, "quote": e.quote}
        for name, e in found.items()
    }


COVERING_LIMIT = 2_000
"""Code points up to which one quote may cover all the items of a list."""


def _covering(items: list[Evidence], pages: Mapping[int, Page]) -> Evidence:
    """One quote that covers every item of a list; the first item's where they stand too far apart.

    Each item's own evidence stays in the ``notice`` column.
    """
    first = items[0]
    start, end = min(e.start for e in items), max(e.end for e in items)
    page = pages.get(first.page)
    if (
        page is None
        or any(e.page != first.page for e in items)
        or end - start > COVERING_LIMIT
        or len(items) == 1
    ):
        return first
    return msgspec.structs.replace(first, start=start, end=end, quote=page.text[start:end])


def first_reason(reasons: Iterable[Reason]) -> Reason | None:
    """The first of some reasons, or None."""
    return next(iter(reasons), None)


def conversion_date(notice: Notice) -> tuple[date | None, str | None]:
    """The day a notice's amounts are converted at, and a note where it is not its publication."""
    if notice.published:
        return notice.published.value, None
    if notice.first_published:
        return notice.first_published.value, None
    if notice.bid_deadline:
        return (
            notice.bid_deadline.value.date(),
            "at the bid deadline: the notice states no publication date",
        )
    if notice.captured_at:
        try:
            return (
                date.fromisoformat(notice.captured_at[:10]),
                "at the capture date: the notice states no date",
            )
        except ValueError:
            pass
    return None, "no date to convert at: the notice states none"
