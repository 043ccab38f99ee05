"""Names that say the same, as one group: what rules compare."""

from collections.abc import Collection, Iterable
from operator import attrgetter

import msgspec

from sousveil.model import NameKey
from sousveil.resolve.organisations.enough import says_enough
from sousveil.resolve.organisations.records import PROVEN, Group, Key, Parts, apart, proven
from sousveil.resolve.organisations.said import Read


class _Gathered(msgspec.Struct, gc=False):
    """A group while its names come."""

    parts: Parts
    key: Key
    enough: bool
    identifiers: tuple[str, ...]
    apart: tuple[str, ...]
    names: list[NameKey]
    called: tuple[NameKey, ...] = ()
    numbers: tuple[str, ...] = ()
    others: tuple[Key, ...] = ()
    bare: tuple[Key, ...] = ()


def grouped(names: Iterable[NameKey], told: Collection[str], reader: Read) -> list[Group]:
    """Names that agree in parts and numbers, in the order of their first names' ids. A name that
    says too little stands alone, and so does one whose id is ``told`` from another."""
    ordered = sorted({name.name_id: name for name in names}.values(), key=attrgetter("name_id"))
    found: dict[tuple[object, ...], _Gathered] = {}
    for name, said in zip(ordered, reader(ordered), strict=True):
        parts, key, identifiers, differing = said.parts, said.parts.key, proven(name), apart(name)
        enough = says_enough(parts)
        alike: tuple[object, ...] = (name.name_id,)
        if enough and name.name_id not in told:
            alike = (key, parts.form, identifiers, differing)
        one = found.get(alike)
        if one is None:
            one = found[alike] = _Gathered(parts, key, enough, identifiers, differing, [])
        one.names.append(name)
        # Few names say more than their parts, and nothing is added for the others.
        if name.identifiers:
            one.numbers += tuple(map(str, name.identifiers))
        if name.called:
            one.called += (name,)
        if said.others:
            one.others += said.others
        if said.bare is not None:
            one.bare += (said.bare,)
    return [_group(one) for one in found.values()]


def _group(one: _Gathered) -> Group:
    return Group(
        parts=one.parts,
        key=one.key,
        names=tuple(one.names),
        enough=one.enough,
        identifiers=one.identifiers,
        apart=one.apart,
        other_numbers=_others(one) if one.numbers else (),
        parents=_parents(one) if one.called else (),
        called=one.called,
        others=one.others,
        bare=one.bare,
    )


def _others(one: _Gathered) -> tuple[str, ...]:
    return tuple(sorted(set(one.numbers).difference(one.identifiers)))


def _parents(one: _Gathered) -> tuple[str, ...]:
    said = {called.number for name in one.called for called in name.called if called.number}
    return tuple(sorted(number for number in said if number.split(":", 1)[0] in PROVEN))
