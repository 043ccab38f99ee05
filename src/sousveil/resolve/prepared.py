"""A notice's keys in the forms that rules compare, worked out once."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec
from rapidfuzz import fuzz

from sousveil.model import NoticeKey
from sousveil.resolve.fingerprints import text_hash
from sousveil.resolve.numbers import Strength, normal_number, strength
from sousveil.resolve.organisations.parts import once
from sousveil.text.names import number_in, organisation_core, split_phase
from sousveil.text.titles import names_nothing

_NAME_RATIO = 82
_SHORTEST_PART = 6
_SHORTEST_OFFICE = 4
_SHORTEST_REST = 4
_EMPTY_TEXT = text_hash("")


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """The comparable form of one NoticeKey; ``index`` is its place in the order of notice ids.

    ``number`` is None where it proves nothing; ``core`` is None where the name says nothing;
    ``day`` is the proleptic ordinal of the publication date.
    """

    index: int
    notice_id: str
    notice_type: str
    number: str | None
    references: tuple[str, ...]
    buyer: str | None
    core: str | None
    phase: str | None
    day: int | None
    amount: str | None
    text_hash: str | None
    sketch: int
    country: str | None
    ocid: str | None
    record_id: str | None = None


def prepare(keys: Iterable[NoticeKey]) -> list[Prepared]:
    """Keys sorted by notice id, each id once, in comparable form."""
    unique: dict[str, NoticeKey] = {}
    for key in keys:
        known = unique.setdefault(key.notice_id, key)
        if known is not key and repr(key) < repr(known):
            unique[key.notice_id] = key
    return [_prepare(index, unique[name]) for index, name in enumerate(sorted(unique))]


def _prepare(index: int, key: NoticeKey) -> Prepared:
    core, phase = split_phase(key.project_name) if key.project_name else ("", None)
    buyer = (once(organisation_core(key.buyer)) or None) if key.buyer else None
    core = _without_buyer(core, buyer or "")
    number = _proving(key.project_id or (number_in(key.project_name) if key.project_name else None))
    references = {_proving(reference) for reference in key.references} - {None, number}
    return Prepared(
        index=index,
        notice_id=key.notice_id,
        notice_type=key.notice_type,
        number=number,
        references=tuple(sorted(reference for reference in references if reference)),
        buyer=buyer,
        core=core if len(core) >= 4 and not names_nothing(core) else None,
        phase=phase,
        day=_ordinal(key.published),
        amount=_amount(key.amount),
        text_hash=key.text_hash if key.text_hash not in ("", _EMPTY_TEXT) else None,
        sketch=key.sketch,
        country=key.country,
        ocid=(key.ocid.strip().lower() or None) if key.ocid else None,
        record_id=key.record_id,
    )


def _without_buyer(core: str, buyer: str) -> str:
    """A project's name without the buyer's before it: portals and forms put it there or leave it,
    often its lower level alone. As it was where no name would be left."""
    for start in range(len(buyer) - _SHORTEST_OFFICE + 1):
        if core.startswith(buyer[start:]):
            rest = core[len(buyer) - start :].removeprefix("的")
            if len(rest) < _SHORTEST_REST or names_nothing(rest):
                return core
            return _without_buyer(rest, buyer)  # some portals put it there twice
    return core


def _proving(raw: str | None) -> str | None:
    number = normal_number(raw) if raw else ""
    return number if number and strength(number) > Strength.NOTHING else None


def _ordinal(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None


def _amount(amount: str | None) -> str | None:
    try:
        value = Decimal(amount) if amount else None
    except InvalidOperation:
        return None
    if value is None or not value.is_finite():
        return None
    return format(value.normalize(), "f")


def same_country(left: Prepared, right: Prepared) -> bool:
    """False only where both countries are known and differ."""
    return left.country is None or right.country is None or left.country == right.country


def same_buyer(left: Prepared, right: Prepared) -> bool:
    """Equal names, or one the other with the names of higher levels before it."""
    if left.buyer is None or right.buyer is None:
        return False
    if left.buyer == right.buyer:
        return True
    shorter, longer = sorted((left.buyer, right.buyer), key=len)
    return len(shorter) >= _SHORTEST_PART and longer.endswith(shorter)


def similar_name(left: Prepared, right: Prepared) -> bool:
    """Equal cores, one part of the other, or nearly the same letters."""
    if left.core is None or right.core is None:
        return False
    if left.core == right.core:
        return True
    shorter, longer = sorted((left.core, right.core), key=len)
    if len(shorter) >= _SHORTEST_PART and shorter in longer:
        return True
    return fuzz.ratio(shorter, longer, score_cutoff=_NAME_RATIO) > 0
