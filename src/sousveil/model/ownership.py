"""Who owns whom, as files that people give say it. Natural persons are counted, never named."""

import msgspec

from sousveil.model.organisation import OrganisationId

NATURAL_PERSON = "natural person"
"""What stands in the place of every natural person."""


class Party(msgspec.Struct, frozen=True):
    """An organisation as a file of ownership names it: by name, by numbers, or both."""

    name: str = ""
    identifiers: tuple[OrganisationId, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2 of where it is registered, where the file says so."""


class Link(msgspec.Struct, frozen=True):
    """One interest of a parent in a child.

    ``parent`` None: natural persons, ``natural_persons`` of them, and nothing else is known of
    them. ``interest`` is a code of BODS (``shareholding``, ``votingRights``,
    ``appointmentOfBoard`` …), or ``parent`` where a file only says that one is the other's parent.
    ``share_min`` and ``share_max`` are percent; ``above``: more than ``share_min``. ``since`` and
    ``until`` are ISO days (until: the last one). ``indirect``: held through others. ``source``
    says where it comes from; ``file`` and ``line`` where it is written in the case.
    """

    child: Party
    parent: Party | None
    interest: str
    share_min: float | None = None
    share_max: float | None = None
    above: bool = False
    since: str | None = None
    until: str | None = None
    indirect: bool = False
    natural_persons: int = 0
    source: str = ""
    file: str = ""
    line: int = 0


class Holding(msgspec.Struct, frozen=True):
    """A link between organisations by key: of the case (``org_key``), or of ownership data alone.

    ``controls``: by it, or by it with others, the parent controls the child.
    """

    child_key: str
    parent_key: str | None
    link: Link
    controls: bool = False
