"""A notice's keys in the forms that rules compare, worked out once."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec
from rapidfuzz import fuzz

from sousveil.model import NoticeKey
from sousveil.resolve.fingerprints import text_hash
from sousveil.resolve.naming import Name, named
from sousveil.resolve.numbers import Strength, called_again, normal_number, strength
from sousveil.resolve.organisations.spelling import once
from sousveil.resolve.worked_out import WorkedOut
from sousveil.text.names import organisation_core

_NAME_RATIO = 82
_SHORTEST_PART = 6
_NOBODY = re.compile("^某|某(?:单位|部|医院|公司|学校|局)$")
_EMPTY_TEXT = text_hash("")


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """The comparable form of one NoticeKey; ``index`` is its place in the order of notice ids.

    ``number`` is None where it proves nothing; ``core`` is None where the name says nothing, and
    ``whole`` is the core with the buyer, where the name has it; ``day`` is the proleptic ordinal of
    the publication date; ``amount`` and ``amounts`` are equal where the sums are, ``awarded`` is
    the sum of an award or contract; ``deadline`` is the day until which a call
    is open; ``wording`` is the core with its Latin words apart, ``again``
    says that name or number tell of an earlier call, ``tail`` is a digit behind the name, which may
    be of the form; ``suppliers`` are in comparable form; ``digest`` is that of the key.
    """

    index: int
    notice_id: str
    notice_type: str
    number: str | None
    references: tuple[str, ...]
    buyer: str | None
    core: str | None
    whole: str | None
    phase: str | None
    lots: tuple[str, ...]
    calloff: bool
    day: int | None
    amount: str | None
    amounts: frozenset[str]
    text_hash: str | None
    sketch: int
    country: str | None
    ocid: str | None
    record_id: str | None
    document: str
    deadline: int | None = None
    wording: str = ""
    again: bool = False
    tail: str | None = None
    awarded: Decimal | None = None
    suppliers: tuple[str, ...] = ()
    digest: bytes = b""


def prepare(keys: Iterable[NoticeKey], known: WorkedOut | None = None) -> list[Prepared]:
    """Keys sorted by notice id, each id once, in comparable form. Where something is ``known``,
    names are taken over from it and notices have digests."""
    unique: dict[str, NoticeKey] = {}
    for key in keys:
        other = unique.setdefault(key.notice_id, key)
        if other is not key and repr(key) < repr(other):
            unique[key.notice_id] = key
    return [_prepare(index, unique[name], known) for index, name in enumerate(sorted(unique))]


def _prepare(index: int, key: NoticeKey, known: WorkedOut | None) -> Prepared:
    buyer = _buyer(key.buyer) if key.buyer else None
    digest = known.key("notice", key) if known else b""
    name = known.find(digest, Name) if known else None
    if name is None:
        name = named(key.project_name, buyer)
        if known:
            known.note(digest, name)
    number = _proving(key.project_id or name.mark)
    references = {_proving(reference) for reference in key.references} | set(name.codes)
    amount = _amount(key.amount)
    return Prepared(
        index=index,
        notice_id=key.notice_id,
        notice_type=key.notice_type,
        number=number,
        references=tuple(sorted(r for r in references if r and r != number)),
        buyer=buyer,
        core=name.core,
        whole=name.whole,
        phase=name.phase,
        lots=name.lots,
        calloff=name.calloff,
        day=_ordinal(key.published),
        amount=amount,
        amounts=frozenset(filter(None, (amount, *map(_amount, key.amounts)))),
        text_hash=key.text_hash if key.text_hash not in ("", _EMPTY_TEXT) else None,
        sketch=key.sketch,
        country=key.country,
        ocid=(key.ocid.strip().lower() or None) if key.ocid else None,
        record_id=key.record_id,
        document=key.document_sha256,
        deadline=_ordinal(key.deadline),
        wording=name.wording or "",
        tail=name.tail,
        again=name.again or (number is not None and called_again(number)),
        awarded=_decimal(key.awarded),
        suppliers=tuple(sorted(filter(None, map(organisation_core, key.suppliers)))),
        digest=digest,
    )


def _buyer(raw: str) -> str | None:
    """A buyer's name in comparable form; None for one that names nobody (某单位), once where it
    stands there twice."""
    buyer = organisation_core(raw)
    if not buyer or _NOBODY.search(buyer):
        return None
    return once(buyer)


def _proving(raw: str | None) -> str | None:
    number = normal_number(raw) if raw else ""
    return number if number and strength(number) > Strength.NOTHING else None


def _ordinal(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None


def _amount(amount: str | None) -> str | None:
    value = _decimal(amount)
    return None if value is None else format(value.normalize(), "f")


def _decimal(amount: str | None) -> Decimal | None:
    try:
        value = Decimal(amount) if amount else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def same_country(left: Prepared, right: Prepared) -> bool:
    """False only where both countries are known and differ."""
    return left.country is None or right.country is None or left.country == right.country


def may_be_one(left: Prepared, right: Prepared) -> bool:
    """Whether nothing keeps two notices apart whatever they share: countries that differ, a
    call-off beside its framework agreement, the call-offs of two buyers."""
    if not same_country(left, right) or left.calloff != right.calloff:
        return False
    return not left.calloff or left.buyer is None or right.buyer is None or same_buyer(left, right)


def same_buyer(left: Prepared, right: Prepared) -> bool:
    """Equal names, or one the other with higher levels before it or an office of it behind."""
    if left.buyer is None or right.buyer is None:
        return False
    if left.buyer == right.buyer:
        return True
    shorter, longer = sorted((left.buyer, right.buyer), key=len)
    return len(shorter) >= _SHORTEST_PART and (
        longer.endswith(shorter) or longer.startswith(shorter)
    )


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
