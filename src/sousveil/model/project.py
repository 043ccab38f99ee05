"""Notices of one procurement: the keys that joining reads, and what it decides."""

import msgspec


class NoticeKey(msgspec.Struct, frozen=True, gc=False):
    """The little of a notice that joining needs; held in memory for a whole collection.

    ``published`` is the best known date (ISO 8601) or None. ``text_hash`` is a hash of the
    normalised text, equal for exact copies; ``sketch`` a 64-bit simhash of it for near ones.
    ``references`` are other project numbers the notice names. ``amount`` is the budget, else the
    ceiling, else the award, as a decimal string of the currency's units; ``amounts`` every total
    that is stated, ``awarded`` the one of the award or contract. ``suppliers`` as the notice has
    them, masked where they are natural persons.
    """

    notice_id: str
    document_sha256: str
    notice_type: str
    project_id: str | None
    references: tuple[str, ...]
    project_name: str | None
    buyer: str | None
    published: str | None
    amount: str | None
    text_hash: str
    sketch: int
    country: str | None = None
    ocid: str | None = None
    amounts: tuple[str, ...] = ()
    record_id: str | None = None
    """The id that the source's own export gives the record; None where it has none, or a short one
    that another export may use too."""
    awarded: str | None = None
    suppliers: tuple[str, ...] = ()
    deadline: str | None = None
    """Until when bids are taken (ISO 8601), None where the notice does not say."""


class Join(msgspec.Struct, frozen=True, order=True):
    """Why two notices belong together. ``left`` < ``right`` (notice ids).

    ``kind``: ``same_project`` or ``duplicate``; ``reason``: the rule, in words for people;
    ``probability`` 0–1.
    """

    left: str
    right: str
    kind: str
    rule: str
    reason: str
    probability: float


class Resolution(msgspec.Struct, frozen=True, order=True):
    """What joining decided of one notice.

    ``project_key`` is the same for all notices of one project and does not depend on the order of
    adding; ``duplicate_of`` the notice_id of the first copy, None for a first copy.
    """

    notice_id: str
    project_key: str
    duplicate_of: str | None


class ProjectLink(msgspec.Struct, frozen=True, order=True):
    """Two projects that belong together and are not one. ``left`` < ``right`` (project keys).

    ``kind``: ``phase`` (another phase or batch of the same), ``again`` (the same bought again: the
    next year, the next call after an award), ``framework`` (a call-off and its framework
    agreement); ``reason`` says it in words for people.
    """

    left: str
    right: str
    kind: str
    reason: str
