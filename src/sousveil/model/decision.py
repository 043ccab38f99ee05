"""What a person decided about a notice, and where they took it from."""

from typing import Literal

import msgspec

Relevance = Literal["yes", "no", "unsure"]
DecidedAs = Literal["coder", "adjudicator"]


class Draw(msgspec.Struct, frozen=True, omit_defaults=True):
    """The queue or sample that a record was taken from.

    A sample says what an estimate needs: the hash of the population it was drawn from, the seed,
    and the probability with which this record came into it. ``model`` is the hash of the one that
    had ranked the queue when the record was shown; None: the case's own scores had.
    """

    kind: Literal["queue", "sample"]
    name: str
    population: str | None = None
    seed: int | None = None
    probability: float | None = None
    model: str | None = None


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decision of one coder. Never changed: who thinks again decides again.

    ``text_hash`` is that of the text the decision was made on; on another text it says nothing.
    Codes are of the facet's taxonomy (``taxonomy_version``), all that the coder holds right, ()
    for none; None where they said nothing: the classifier's stand then.
    """

    coder: str
    at: str
    """UTC, ISO 8601."""
    notice_id: str
    text_hash: str
    relevant: Relevance
    """Whether it buys surveillance."""
    capabilities: tuple[str, ...] | None = None
    platforms: tuple[str, ...] | None = None
    target_groups: tuple[str, ...] | None = None
    overseas_target: bool | None = None
    taxonomy_version: str = ""
    source: Draw | None = None
    note: str | None = None
    scheme: str = ""
    """Of the coding scheme it was made under: the first digits of its hash."""
    role: DecidedAs = "coder"
    """An adjudicator settles what coders differ on, and outranks them."""
    settles: tuple[str, ...] = ()
    """Of an adjudication the ids of the decisions it settles."""

    def says(self) -> tuple[object, ...]:
        """What was decided, apart from who and when: equal for decisions that say the same."""
        return (
            self.relevant, self.capabilities, self.platforms, self.target_groups,
            self.overseas_target, self.note,
        )  # fmt: skip
