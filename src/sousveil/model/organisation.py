"""Organisations: the names that notices give, who stands behind them, and why names are one."""

from typing import Literal

import msgspec

Role = Literal["buyer", "agency", "supplier", "bidder"]


class OrganisationId(msgspec.Struct, frozen=True, order=True):
    """A number that a register gave an organisation.

    ``scheme`` is a code of org-id.guide where there is one (``CN-USCC``, ``XI-LEI``, ``US-SAM``
    for a UEI, ``TW-UBN``, ``GB-COH`` …); ``id`` is in its normal form, check digits proved.
    """

    scheme: str
    id: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.id}"


class Called(msgspec.Struct, frozen=True, order=True):
    """Another name by which a notice calls an organisation, and its words that say so. ``sign``:
    the name opens a title (``titled``), names the buyer in another notice of the same project
    (``one_project``), has the organisation's number in the same record (``one_number``), is told in
    the text (``stated``), is the site's that published the notice (``own_site``), is an office's
    and has its words cut short (``own_office``), or is a parent's, whose ``number`` (scheme:id)
    it has, and the same (``one_parent``)."""

    name: str
    words: str
    sign: Literal[
        "titled", "one_project", "one_number", "stated", "own_site", "own_office", "one_parent"
    ]
    number: str = ""


class NameKey(msgspec.Struct, frozen=True, order=True):
    """One way in which notices name an organisation: what joining reads of it.

    ``name_id`` is made of the rest, so that the same naming has the same id in any case. ``name``
    is as written; ``country`` and ``place`` (a path of divisions, 新疆/昌吉) are those of the
    notice for a buyer, and of the name itself, where it says so, for others. ``called``: other
    names that its notices give it, which are no part of the id.
    """

    name_id: str
    name: str
    country: str | None
    place: str | None
    roles: tuple[Role, ...]
    identifiers: tuple[OrganisationId, ...] = ()
    buyer_type: str | None = None
    called: tuple[Called, ...] = ()


class Organisation(msgspec.Struct, frozen=True, order=True):
    """One organisation: the names that are its own.

    ``org_key`` is made of the smallest name id and does not depend on the order of adding.
    ``name`` is the spelling to show: the commonest, then the longest, then the first. ``kind``:
    ``public_body``, ``company`` or ``unknown``. ``division`` is the code of the administrative
    division that it stands on (GB/T 2260 in China; None where none is known), ``parent_key`` the
    organisation that it is a unit of, where a notice names that too.
    """

    org_key: str
    name: str
    name_ids: tuple[str, ...]
    country: str | None
    place: str | None
    division: str | None
    kind: str
    parent_key: str | None = None
    identifiers: tuple[OrganisationId, ...] = ()


class OrganisationJoin(msgspec.Struct, frozen=True, order=True):
    """Why two names are one organisation. ``left`` < ``right`` (name ids).

    ``rule`` is a code; ``reason`` says it in words for people, ``levels`` what agreed and what did
    not, name part by name part; ``probability`` 0–1.
    """

    left: str
    right: str
    rule: str
    reason: str
    levels: dict[str, str]
    probability: float


class Judgement(msgspec.Struct, frozen=True):
    """What a person said of a join. The last one of a pair counts; a person outranks the model.

    ``kind``: ``organisation`` (``left`` and ``right`` are name ids) or ``project`` (notice ids).
    ``verdict``: ``same`` (join them), ``different`` (never join them, nor what each is joined to
    through them).
    """

    by: str
    at: str
    kind: Literal["organisation", "project"]
    verdict: Literal["same", "different"]
    left: str
    right: str
    note: str = ""
