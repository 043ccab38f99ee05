"""Copies of a notice: the same text, or nearly the same with all that matters equal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sousveil.resolve.blocks import Blocks, Decision
from sousveil.resolve.components import Components
from sousveil.resolve.contradiction import another_firms
from sousveil.resolve.numbers import respelled
from sousveil.resolve.prepared import Prepared
from sousveil.resolve.wording import says_another

_NEAR_BITS = 3
_BANDS = 4
_BAND_BITS = 16
_ALL_PAIRS = 32
_WINDOW = 16

_REPUBLISHED_BITS = 20
"""Portals wrap a notice in words of their own; unrelated texts differ in about 32 bits."""

_NEARER_BITS = 10
_REPUBLISHED_DAYS = 3
_REPEATED = frozenset({"correction", "other"})
"""Types of which one procurement may well have several within days."""

_UNTOLD = "other"
_TOLD_AND_NOT = 2

_NEAR_DAYS = 7
"""A nearly equal text published later than this is a new announcement, not a copy."""


def join_duplicates(blocks: Blocks, components: Components, copies: Components) -> None:
    """Join exact and near copies in ``copies``, and as one project in ``components``, which must
    hold all other joins already."""
    # All are found before any is joined: other portals are looked for in what other rules joined.
    found = [
        *_same_record(blocks.notices),
        *_same_text(blocks.notices),
        *_near_text(blocks),
        *_on_other_portals(blocks, components),
    ]
    copies.take(found, "duplicate")
    components.take(found, "duplicate")


def first_copies(notices: Sequence[Prepared], copies: Components) -> dict[int, Prepared]:
    """The first copy by root: earliest published (unknown last), then smallest notice id."""
    first: dict[int, Prepared] = {}
    for notice in notices:
        root = copies.root(notice.index)
        known = first.get(root)
        if known is None or _age(notice) < _age(known):
            first[root] = notice
    return first


def _age(notice: Prepared) -> tuple[bool, int, str]:
    return notice.day is None, notice.day or 0, notice.notice_id


def _same_record(notices: Iterable[Prepared]) -> Iterator[Decision]:
    """The id that the record itself gives. A register may use one id for all states of a thing:
    type and day must be the same. A type that nothing told (an excerpt was cut off) differs from
    none, but joins no two types that were told."""
    first: dict[tuple[str, int | None], dict[str, Prepared]] = defaultdict(dict)
    for notice in notices:
        if notice.record_id:
            types = first[notice.record_id, notice.day]
            other = types.setdefault(notice.notice_type, notice)
            if other is not notice:
                yield other, notice, "same_record"
    for types in first.values():
        if len(types) == _TOLD_AND_NOT and _UNTOLD in types:
            one, other = types.values()
            yield one, other, "same_record"


def _same_text(notices: Iterable[Prepared]) -> Iterator[Decision]:
    """Equal hashes. One page may hold several notices: what they state must be equal too."""
    first: dict[tuple[object, ...], Prepared] = {}
    for notice in notices:
        if notice.text_hash:
            stated = (
                notice.text_hash,
                notice.notice_type,
                notice.number,
                notice.core,
                notice.phase,
                notice.lots,
                notice.tail,
                notice.buyer,
                notice.amount,
                notice.ocid,
            )
            other = first.setdefault(stated, notice)
            if other is not notice:
                yield other, notice, "same_text"


def _near_text(blocks: Blocks) -> Iterator[Decision]:
    groups: dict[tuple[object, ...], list[Prepared]] = defaultdict(list)
    for notice in blocks.notices:
        if notice.sketch and notice.buyer and (notice.number or notice.core):
            groups[
                notice.notice_type,
                notice.buyer,
                notice.number,
                notice.core,
                notice.phase,
                notice.lots,
                notice.tail,
                notice.amount,
                notice.country,
                notice.ocid,
            ].append(notice)
    for members in groups.values():
        if len(members) > 1:
            yield from blocks.decided(_near_each_other, members)


def _near_each_other(members: Sequence[Prepared]) -> Iterator[Decision]:
    if len(members) <= _ALL_PAIRS:
        yield from _near_pairs(members, len(members))
    else:
        yield from _near_by_band(members)


def _near_by_band(members: Sequence[Prepared]) -> Iterator[Decision]:
    """Sketches within 3 bits agree in one of four bands of 16 bits (pigeonhole)."""
    bands: dict[tuple[int, int], list[Prepared]] = defaultdict(list)
    for notice in members:
        for band in range(_BANDS):
            part = notice.sketch >> (band * _BAND_BITS) & (1 << _BAND_BITS) - 1
            bands[band, part].append(notice)
    for bucket in bands.values():
        bucket.sort(key=lambda notice: (notice.sketch, notice.day or 0, notice.index))
        yield from _near_pairs(bucket, _WINDOW)


def _near_pairs(members: Sequence[Prepared], window: int) -> Iterator[Decision]:
    for place, left in enumerate(members):
        for right in members[place + 1 : place + 1 + window]:
            distance = (left.sketch ^ right.sketch).bit_count()
            if distance <= _NEAR_BITS and _together(left, right):
                yield left, right, "near_text"


def _on_other_portals(blocks: Blocks, components: Components) -> Iterator[Decision]:
    """The same notice of one project on another portal, in that portal's words around it, and at
    times with another title."""
    groups: dict[tuple[int, str, tuple[str, ...]], list[Prepared]] = defaultdict(list)
    for notice, root in zip(blocks.notices, components.roots(), strict=True):
        if notice.sketch and notice.day is not None:
            name = (root, notice.notice_type, notice.lots)
            groups[name].append(notice)
    for members in groups.values():
        if len(members) > 1:
            yield from blocks.decided(_of_one_notice, members)


def _of_one_notice(members: Sequence[Prepared]) -> Iterator[Decision]:
    ordered = sorted(members, key=lambda notice: (notice.day or 0, notice.index))
    for place, left in enumerate(ordered):
        for right in ordered[place + 1 : place + 1 + _ALL_PAIRS]:
            if _republished(left, right):
                yield left, right, "republished"


def _republished(left: Prepared, right: Prepared) -> bool:
    """A similar text within days that states the same sum. Where none is stated, and of
    corrections, which may differ in what they correct, texts must be nearer and the day the same.
    """
    if left.day is None or right.day is None or left.amounts != right.amounts:
        return False
    if _listed_twice(left, right):
        return False
    if left.number and right.number and not respelled(left.number, right.number):
        return False
    if left.tail and right.tail and left.tail != right.tail:
        return False
    if another_firms(left, right) or says_another(left.wording, right.wording):
        return False
    distance = (left.sketch ^ right.sketch).bit_count()
    if left.notice_type in _REPEATED or not left.amounts:
        return distance <= _NEARER_BITS and left.day == right.day
    return distance <= _REPUBLISHED_BITS and abs(left.day - right.day) <= _REPUBLISHED_DAYS


def _listed_twice(left: Prepared, right: Prepared) -> bool:
    """Whether one table lists a number twice: then these are two events under it."""
    return left.document == right.document and left.number is not None


def _together(left: Prepared, right: Prepared) -> bool:
    if _listed_twice(left, right):
        return False
    if left.day is None or right.day is None:
        return True
    return abs(left.day - right.day) <= _NEAR_DAYS
