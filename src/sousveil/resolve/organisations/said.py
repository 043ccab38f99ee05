"""What a name alone says, whatever others there are: read once for each name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from sousveil.model import NameKey
from sousveil.resolve.organisations.other_names import bare_name, other_names
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Said

Read = Callable[[Sequence[NameKey]], Iterable[Said]]
"""Reads names: what each says, in their order."""
ReadOf = tuple[str, str | None, str | None, bool]
"""All that is read of a name: as written, country, place, whether it is a buyer's."""


def by_id(names: Iterable[NameKey]) -> list[NameKey]:
    """Names in the order of their ids, each once."""
    return sorted({name.name_id: name for name in names}.values(), key=attrgetter("name_id"))


def read(names: Sequence[NameKey]) -> Iterator[Said]:
    """What names say, read in this process."""
    return map(said_by, names)


def said_by(name: NameKey) -> Said:
    """What joining takes from a name."""
    parts = parts_of(name)
    others = tuple(dict.fromkeys(other.key for other in other_names(name)))
    bare = bare_name(name)
    return Said(parts, others, None if bare is None or bare.key == parts.key else bare.key)


def read_of(name: NameKey) -> ReadOf:
    """All that ``said_by`` reads of a name."""
    return name.name, name.country, name.place, name.buyer_type is not None


def name_of(one: ReadOf) -> NameKey:
    """A name that says the same as the one of which this was read."""
    name, country, place, buys = one
    return NameKey("", name, country, place, (), (), "" if buys else None)
