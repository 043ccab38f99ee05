"""A notice with its fields as people say they are: what is right replaces what was extracted."""

from collections.abc import Mapping
from datetime import date

import msgspec

from sousveil.coding.field_rulings import FieldRuling
from sousveil.coding.field_values import EXTRACTOR, field_values, located
from sousveil.extract.confidence import measured
from sousveil.model import Evidence, Field, Money, Notice, Page
from sousveil.model.field_decision import AMOUNTS, FieldName, Quoted

OUTDATED = "correction_outdated"
DISPUTED = "correction_disputed"
_CONTRACTS = frozenset({"contract", "acceptance"})


def corrected(
    notice: Notice, pages: Mapping[int, Page], rulings: Mapping[FieldName, FieldRuling]
) -> Notice:
    """The notice as its coders have it. A value that they find right is as sure as can be; one that
    they correct has their quote as evidence; one that they find not stated is empty.

    What was corrected on another text, or by coders who differ, stays as extracted, and is flagged
    as such and as unsure.
    """
    changed: dict[str, object] = {}
    flags = list(notice.flags)
    settled: set[str] = set()
    given: list[str] = []
    for field, ruling in sorted(rulings.items()):
        decision = ruling.decision
        if ruling.standing == "disputed":
            flags += [DISPUTED, f"unsure_{field}"]
        elif ruling.standing == "outdated" and decision.verdict == "wrong":
            flags += [OUTDATED, f"unsure_{field}"]
        if ruling.standing != "decided":
            continue
        if decision.values == field_values(notice, field):
            changed[field] = _sure(getattr(notice, field))
        elif decision.verdict == "right":
            continue  # right was another value: nobody has looked at this one
        elif not decision.values:
            changed[field] = () if field == "suppliers" else None
            given.append(field)
        elif place := _place(decision.quoted, notice, pages):
            changed[field] = _value(field, decision.values, place, notice)
            given.append(field)
        else:
            flags += [OUTDATED, f"unsure_{field}"]
            continue
        settled.add(field)
    against = measured().flags
    kept = [
        flag
        for flag in dict.fromkeys(flags)
        if flag.removeprefix("unsure_") not in settled
        and not (flag in against and against[flag] <= settled)
    ]
    notice = msgspec.structs.replace(notice, **changed, flags=tuple(kept), corrected=tuple(given))
    return _one_currency(notice) if AMOUNTS.intersection(given) else notice


def _sure(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_sure, value))
    return msgspec.structs.replace(value, confidence=1.0) if isinstance(value, Field) else value


def _place(quoted: Quoted | None, notice: Notice, pages: Mapping[int, Page]) -> Quoted | None:
    """Where the quote stands now: offsets may have moved where its words have not."""
    if quoted is None:
        return None
    return located(quoted.quote, notice, pages, (quoted.page, quoted.start))


def _value(field: FieldName, values: tuple[str, ...], place: Quoted, notice: Notice) -> object:
    evidence = Evidence(
        notice.document_sha256,
        place.page,
        place.start,
        place.start + len(place.quote),
        place.quote,
        EXTRACTOR,
    )
    if field == "notice_type":
        return values[0]
    if field == "suppliers":
        return tuple(Field(value, value, _within(evidence, value)) for value in values)
    if field == "published":
        return Field(date.fromisoformat(values[0]), place.quote, evidence)
    if field in AMOUNTS:
        amount, currency = values[0].split()
        contract = field == "award" and notice.notice_type in _CONTRACTS
        kind = "contract" if contract else field
        money = msgspec.convert({"amount": amount, "currency": currency, "kind": kind}, Money)
        return Field(money, place.quote, evidence)
    return Field(values[0], values[0], _within(evidence, values[0]))


def _within(evidence: Evidence, value: str) -> Evidence:
    """The words of the value in the quote, where they stand there letter by letter."""
    at = evidence.quote.find(value)
    if at < 0:
        return evidence
    start = evidence.start + at
    return msgspec.structs.replace(evidence, start=start, end=start + len(value), quote=value)


def _one_currency(notice: Notice) -> Notice:
    """Without the words for the currency where they name another than the amounts now have."""
    first = next((f for f in (notice.award, notice.budget, notice.ceiling) if f), None)
    if notice.currency and (first is None or first.value.currency != notice.currency.value):
        return msgspec.structs.replace(notice, currency=None)
    return notice
