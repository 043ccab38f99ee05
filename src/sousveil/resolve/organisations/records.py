"""What passes between the parts of organisation joining."""

from collections.abc import Iterable, Mapping

import msgspec

from sousveil.model import NameKey, Organisation, OrganisationJoin
from sousveil.text.apart import apart_by
from sousveil.text.identifiers import LEI, UBN, UEI, USCC

Key = tuple[str, ...]
"""What ``Parts.key`` gives."""


class Parts(msgspec.Struct, frozen=True, gc=False):
    """A name taken apart.

    ``place``: code of the division in the name (or the notice's, for a body that does not say), the
    region of other countries, None where open. ``rest``: the name without place, legal form and
    unit; ``unit``: the branch or unit, "" for the whole body; ``marks``: numbers and directions in
    them, in order. ``form``: the legal form, "" where none is said. ``kind``: company, public_body,
    unknown. ``placed``: the name itself says where; ``open``: it names a place that several
    divisions go by, and nothing settles which.
    """

    country: str | None
    place: str | None
    rest: str
    unit: str
    marks: str
    kind: str
    placed: bool
    form: str = ""
    open: bool = False

    @property
    def key(self) -> Key:
        """Equal for spellings whose every part but the legal form agrees."""
        body = "body" if self.kind == "public_body" else ""
        return (self.country or "", body, self.place or "", self.rest, self.unit)


class Said(msgspec.Struct, frozen=True, gc=False):
    """What a name alone says: its parts, the keys of the other names that it gives of itself, and
    its key without its letters' marks, None where they tell nothing."""

    parts: Parts
    others: tuple[Key, ...] = ()
    bare: Key | None = None


class Group(msgspec.Struct, frozen=True, gc=False):
    """Names whose parts and numbers agree in full, in the order of their ids.

    ``key``: that of the parts; ``enough``: whether they mean one organisation (``says_enough``).
    ``identifiers``: the proven numbers that all of the names have; ``apart``: their numbers of
    other registers that give a body one, which join nothing by themselves, and tell the body from
    those with another. ``other_numbers``: those of registers without proof that any of them has:
    records fill in 0 or their own file's number, so alike they prove nothing alone, and different
    ones nothing but in registers of ``apart``. ``parents``: proven numbers of parents of the same
    name, which are the same company, registered twice. All are scheme:id, sorted.

    ``called``: the names that notices give another one; ``others``, ``bare``: what names give
    themselves besides (see ``Said``).
    """

    parts: Parts
    key: Key
    names: tuple[NameKey, ...]
    enough: bool
    identifiers: tuple[str, ...]
    apart: tuple[str, ...]
    other_numbers: tuple[str, ...]
    parents: tuple[str, ...]
    called: tuple[NameKey, ...]
    others: tuple[Key, ...]
    bare: tuple[Key, ...]

    def is_of(self, other: "Group") -> bool:
        """Whether the other, of the same name, has the number of this one's parent."""
        return self.key == other.key and not set(other.identifiers).isdisjoint(self.parents)

    def told_from(self, other: "Group") -> bool:
        """Whether ``apart`` tells this one from the other."""
        if not self.apart or not other.apart:
            return False
        return differ(by_register(self.apart), by_register(other.apart))


PROVEN = frozenset({USCC, LEI, UEI, UBN})
"""Registers whose numbers carry check digits, or are given by one office to one body."""


def proven(name: NameKey) -> tuple[str, ...]:
    """A name's numbers of such registers, as scheme:id."""
    if not name.identifiers:
        return ()
    return tuple(str(one) for one in name.identifiers if one.scheme in PROVEN)


def apart(name: NameKey) -> tuple[str, ...]:
    """What of a name's numbers, as scheme:id, is another body's where it differs."""
    if not name.identifiers:
        return ()
    found = ((one.scheme, apart_by(one.scheme, one.id)) for one in name.identifiers)
    return tuple(sorted({f"{scheme}:{number}" for scheme, number in found if number}))


def by_register(numbers: Iterable[str]) -> dict[str, set[str]]:
    """Numbers, as scheme:id, by scheme."""
    found: dict[str, set[str]] = {}
    for number in numbers:
        found.setdefault(number.split(":", 1)[0], set()).add(number)
    return found


def differ(ours: Mapping[str, set[str]], theirs: Mapping[str, set[str]]) -> bool:
    """Whether of one register both have numbers, and none in common."""
    return any(ours[scheme].isdisjoint(theirs[scheme]) for scheme in ours.keys() & theirs.keys())


class Edge(msgspec.Struct, frozen=True, order=True, gc=False):
    """Two groups by number, ``weight`` the probability with a minus sign: the strongest first.

    ``levels``: what agreed, as "part: level".
    """

    weight: float
    left: int
    right: int
    rule: str
    levels: tuple[str, ...]


class ResolvedOrganisations(msgspec.Struct, frozen=True):
    """Organisations and joins, both sorted, and the organisation of each name id."""

    organisations: tuple[Organisation, ...]
    joins: tuple[OrganisationJoin, ...]
    org_of: Mapping[str, str]
