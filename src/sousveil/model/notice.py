"""A notice and its fields: no value without evidence, raw text beside each cleaned value."""

from datetime import date, datetime
from decimal import Decimal
from typing import Generic, Literal, TypeVar

import msgspec

from sousveil.model.document import Section

T = TypeVar("T")

NoticeType = Literal[
    "intention",
    "prequalification",
    "tender",
    "negotiation",
    "consultation",
    "inquiry",
    "candidate",
    "award",
    "correction",
    "termination",
    "contract",
    "acceptance",
    "single_source",
    "filing",
    "other",
]

MoneyKind = Literal[
    "budget", "ceiling", "award", "contract", "unit", "fee", "candidate", "conversion"
]
"""``conversion``: the same sum as the document itself states it in another currency."""


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Where a value stands: code points [start, end) of a page's masked text, and the quote."""

    document_sha256: str
    page: int
    start: int
    end: int
    quote: str
    extractor: str
    """Name and version, e.g. ``cn_forms/1``."""


class Field(msgspec.Struct, Generic[T], frozen=True):
    """A value, the words it was read from, where they stand, and how sure we are (0–1): the share
    of such values that is expected to be right."""

    value: T
    raw: str
    evidence: Evidence
    confidence: float = 1.0


class Money(msgspec.Struct, frozen=True):
    """An amount in units of ``currency`` (yuan, not 万元); ``unit`` is the unit as written."""

    amount: Decimal
    currency: str
    kind: MoneyKind
    unit: str = ""


class PartyId(msgspec.Struct, frozen=True):
    """A number of the organisation that the notice names ``name``, maybe beside another name:
    ``scheme`` is a code of org-id.guide where there is one (``CN-USCC``, ``US-SAM`` …), ``id`` in
    its normal form."""

    name: str
    scheme: str
    id: str


class NameBeside(msgspec.Struct, frozen=True):
    """A name that a notice puts beside one of its parties, ``name``. ``sign``: the text gives it as
    the party's own, as a short form or a former or later one (``stated``); its own site published
    the notice (``publisher``); it is an office of the party (``office``); it is the party's parent
    (``parent``), with the number that a register gave that parent, if it is known."""

    name: str
    other: str
    sign: Literal["stated", "publisher", "office", "parent"]
    scheme: str = ""
    id: str = ""


class Lot(msgspec.Struct, frozen=True):
    """One lot (标项, 包, 标段, 分包) with what it states of its own."""

    number: str
    title: Field[str] | None = None
    budget: Field[Money] | None = None
    ceiling: Field[Money] | None = None
    award: Field[Money] | None = None
    suppliers: tuple[Field[str], ...] = ()
    outcome: Literal["awarded", "void"] | None = None


class Notice(msgspec.Struct, frozen=True):
    """One notice as extracted. Absent values are None or (), never a placeholder.

    ``pages`` are the page numbers it covers. ``source_standard`` says which extractor's rules read
    it (``cn-mof-2020``, ``ocds-1.1`` …). ``type_raw`` is the words that decided ``notice_type``.
    ``references`` are the numbers of other notices it names (a correction's original project
    number, a retender's former number). ``flags`` are things a person should look at, as codes
    such as ``amount_conversion_disagrees``. ``masked`` counts masked spans by kind.
    ``strengths`` is by field how sure its rule says it is, before that was weighed. ``corrected``
    are the fields that a coder gave, or emptied.
    """

    notice_id: str
    document_sha256: str
    page: int
    pages: tuple[int, ...]
    pointer: str | None
    source_standard: str
    notice_type: NoticeType
    type_raw: str | None = None
    language: str | None = None
    project_id: Field[str] | None = None
    plan_id: Field[str] | None = None
    project_name: Field[str] | None = None
    title: Field[str] | None = None
    buyer: Field[str] | None = None
    agency: Field[str] | None = None
    method: Field[str] | None = None
    budget: Field[Money] | None = None
    ceiling: Field[Money] | None = None
    award: Field[Money] | None = None
    other_amounts: tuple[Field[Money], ...] = ()
    currency: Field[str] | None = None
    suppliers: tuple[Field[str], ...] = ()
    bidders: tuple[Field[str], ...] = ()
    identifiers: tuple[Field[PartyId], ...] = ()
    """Numbers of buyer, agency, suppliers and bidders; none of a natural person."""
    names_beside: tuple[Field[NameBeside], ...] = ()
    lots: tuple[Lot, ...] = ()
    lot_count: Field[int] | None = None
    """None where the notice has one lot and does not say so."""
    published: Field[date] | None = None
    first_published: Field[date] | None = None
    bid_deadline: Field[datetime] | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 of the buyer, derived from the standard or the place; None: not known."""
    places: tuple[Field[str], ...] = ()
    """Words that say where the buyer is (address, region field), best first."""
    sections: tuple[Section, ...] = ()
    references: tuple[Field[str], ...] = ()
    source_url: str | None = None
    captured_at: str | None = None
    flags: tuple[str, ...] = ()
    masked: dict[str, int] = {}
    strengths: dict[str, float] = {}
    corrected: tuple[str, ...] = ()
