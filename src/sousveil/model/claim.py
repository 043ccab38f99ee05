"""A published statement, what would count it again, and what a check of it found."""

from decimal import Decimal
from typing import Literal

import msgspec

What = Literal[
    "projects", "notices", "organisations", "countries", "sum", "largest", "amount", "exists",
    "trend", "things",
]  # fmt: skip
"""What is counted of the records that a claim's query finds. ``largest`` is the largest amount of
one project, ``amount`` that of any one project, ``things`` what numbers beside a word say."""

Verdict = Literal["holds", "does not hold", "cannot be told from these records"]
HOLDS: Verdict = "holds"
FAILS: Verdict = "does not hold"
UNTOLD: Verdict = "cannot be told from these records"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who published the statement, where, when (year, month or day) and at which address."""

    who: str
    where: str
    date: str
    url: str = ""


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which records are meant. ``records``: whether the case holds ``all`` records that the
    statement speaks of, or ``some``: then what is counted is a lower bound."""

    query: str
    records: Literal["some", "all"] = "some"


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is counted. ``currency`` of a sum or amount, ``role`` of organisations, ``ladder`` of a
    trend, ``words`` that name things."""

    what: What
    currency: str = ""
    role: Literal["", "buyer", "agency", "supplier", "bidder"] = ""
    ladder: Literal["", "online", "video_police"] = ""
    words: tuple[str, ...] = ()


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was published: exactly one of these. ``within`` is a share of ``about``, 0 to 1."""

    equals: Decimal | None = None
    more_than: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    about: Decimal | None = None
    within: Decimal | None = None
    exists: bool | None = None
    trend: Literal["rises", "falls"] | None = None


class Claim(msgspec.Struct, frozen=True):
    """One file of ``claims/``. ``name`` is the file's, without its ending."""

    name: str
    statement: str
    source: Source
    definition: Definition
    counted: Counted
    expected: Expected
    note: str = ""


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words of a document that decided, and where they stand: code points of the masked text."""

    field: str
    quote: str
    page: int
    start: int
    end: int


class FoundNotice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A notice that a claim's query finds, or may find. ``found``: it does as things stand;
    ``sure``: it does whichever way its doubts are settled. ``values`` are those of its fields that
    the query asks for, in words; ``numbers`` those of the things that a claim counts."""

    notice_id: str
    document_sha256: str
    page: int
    title: str | None
    found: bool
    sure: bool
    doubts: tuple[str, ...] = ()
    decided: Literal["yes", "no", "undecided"] = "undecided"
    coders: tuple[str, ...] = ()
    values: dict[str, str] = {}
    words: tuple[Words, ...] = ()
    numbers: tuple[int, ...] = ()


class FoundProject(msgspec.Struct, frozen=True, omit_defaults=True):
    """A project with notices that a claim's query finds. ``amount``: its one figure, in units of
    ``currency``; ``amount_doubt``: why that figure is not sure."""

    project_key: str
    name: str | None
    buyer: str | None
    country: str | None
    year: int | None
    notices: tuple[FoundNotice, ...]
    amount: Decimal | None = None
    currency: str | None = None
    amount_usd: Decimal | None = None
    amount_kind: str | None = None
    amount_notice_id: str | None = None
    amount_words: Words | None = None
    amount_doubt: str | None = None

    @property
    def found(self) -> bool:
        """Whether the query finds it as things stand."""
        return any(notice.found for notice in self.notices)

    @property
    def sure(self) -> bool:
        """Whether it counts whichever way doubts are settled."""
        return any(notice.sure for notice in self.notices)


class CodersOnHits(msgspec.Struct, frozen=True):
    """What coders decided of the notices found: relevant, not relevant, nothing (yet)."""

    yes: int
    no: int
    undecided: int


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """One check of a claim: what it counted, from what, and what that says.

    ``definition`` is the query written out, ``claim_hash`` the SHA-256 of what decides the count
    and the verdict. ``low``–``high`` is what the figure may be where doubts are settled one way or
    the other (``high`` None: any more). ``interval``: 95 %, where a random sample of what the query
    finds and does not find was coded; ``sampled``: by which, or why there is none. ``heads``: how
    many lines each ledger had. ``evidence_sha256`` is the hash of the
    evidence as JSON.
    """

    claim: str
    at: str
    by: str
    software: str
    taxonomy_version: str
    corpus: str
    heads: dict[str, int]
    definition: str
    claim_hash: str
    what: What
    expected: str
    verdict: Verdict
    why: tuple[str, ...]
    figure: str
    low: Decimal | None
    high: Decimal | None
    coded: CodersOnHits
    evidence_sha256: str
    evidence: tuple[FoundProject, ...] = ()
    number: Decimal | None = None
    interval: tuple[Decimal, Decimal] | None = None
    sampled: str = ""
