"""Names that say the same, as one group: what rules compare."""

from collections.abc import Collection, Iterable, Sequence

from sousveil.model import NameKey
from sousveil.resolve.organisations.enough import says_enough
from sousveil.resolve.organisations.records import PROVEN, Group, Said, apart, proven
from sousveil.resolve.organisations.said import Read, by_id


def grouped(names: Iterable[NameKey], told: Collection[str], reader: Read) -> list[Group]:
    """Names that agree in parts and numbers, in the order of their first names' ids. A name that
    says too little stands alone, and so does one whose id is ``told`` from another."""
    ordered = by_id(names)
    found: dict[tuple[object, ...], list[tuple[NameKey, Said]]] = {}
    for name, said in zip(ordered, reader(ordered), strict=True):
        parts = said.parts
        alike: tuple[object, ...] = (name.name_id,)
        if says_enough(parts) and name.name_id not in told:
            alike = (*parts.key, parts.form, proven(name), apart(name))
        found.setdefault(alike, []).append((name, said))
    return [_group(members) for members in found.values()]


def _group(members: Sequence[tuple[NameKey, Said]]) -> Group:
    first, said = members[0]
    identifiers = proven(first)
    called = tuple([name for name, _ in members if name.called])
    numbers = {str(number) for name, _ in members for number in name.identifiers}
    parents = {one.number for name in called for one in name.called if one.number}
    return Group(
        parts=said.parts,
        key=said.parts.key,
        names=tuple([name for name, _ in members]),
        enough=says_enough(said.parts),
        identifiers=identifiers,
        apart=apart(first),
        other_numbers=tuple(sorted(numbers.difference(identifiers))),
        parents=tuple(sorted(n for n in parents if n.split(":", 1)[0] in PROVEN)),
        called=called,
        others=tuple([other for _, one in members for other in one.others]),
        bare=tuple([one.bare for _, one in members if one.bare is not None]),
    )
