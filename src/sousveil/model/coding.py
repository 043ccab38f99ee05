"""What a notice buys: tags with reasons, and the codes derived from them."""

from datetime import date
from decimal import Decimal

import msgspec

from sousveil.model.notice import Evidence


class Reason(msgspec.Struct, frozen=True):
    """Why a code was given: the words, where they stand, and what they weighed.

    ``weight`` is negative for words that speak against the code.
    """

    term: str
    evidence: Evidence
    weight: float


class Tag(msgspec.Struct, frozen=True):
    """A taxonomy code with its score (0–1) and reasons, strongest first.

    ``facet`` is ``capability``, ``platform``, ``target_group``, ``function`` or ``data_source``;
    ``candidate`` for a capability that is too weak to be given, ``model`` for what a learned model
    says.
    """

    facet: str
    code: str
    score: float
    reasons: tuple[Reason, ...]


class UsdAmount(msgspec.Struct, frozen=True):
    """An amount in US dollars, or None with the reason in ``note``.

    ``rate`` is US dollars for one unit of the currency on ``rate_date``.
    """

    amount: Decimal | None
    rate: Decimal | None
    rate_date: date | None
    note: str | None


class Coding(msgspec.Struct, frozen=True):
    """All that the classifier says of one notice."""

    notice_id: str
    taxonomy_version: str
    classifier: str
    """Name and version, e.g. ``rules/1``."""
    surveillance: bool
    surveillance_score: float
    tags: tuple[Tag, ...]
    against: tuple[Reason, ...] = ()
    buyer_type: str | None = None
    overseas_target: bool = False
    sophistication: int | None = None
    sophistication_ladder: str | None = None
    sophistication_reasons: tuple[Reason, ...] = ()
    rule_score: float = 0.0
    """The rules' own score (0–1, no probability), which ``surveillance_score`` was made from."""
    review: tuple[str, ...] = ()
    """Why a person should look, as codes; empty where nothing is in doubt."""

    basis: dict[str, str] = {}
    """Who says so, ``model`` or ``coder``, for coded fields where it is not the rules."""

    def codes(self, facet: str) -> tuple[str, ...]:
        """Codes of one facet, in the order of their scores."""
        return tuple(t.code for t in self.tags if t.facet == facet)
