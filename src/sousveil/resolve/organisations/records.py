"""What passes between the parts of organisation joining."""

from collections.abc import Mapping

import msgspec

from sousveil.model import NameKey, Organisation, OrganisationJoin
from sousveil.resolve.organisations.parts import Parts


class Group(msgspec.Struct, frozen=True):
    """Names whose parts and numbers agree in full, in the order of their ids."""

    parts: Parts
    names: tuple[NameKey, ...]

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The numbers that the names have, as scheme:id."""
        return tuple(map(str, self.names[0].identifiers))


class Edge(msgspec.Struct, frozen=True, order=True):
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
