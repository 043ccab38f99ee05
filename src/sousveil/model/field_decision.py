"""What a person says of a field of a notice: that it is right, or wrong and what is right."""

from typing import Literal, TypeAlias, get_args

import msgspec

from sousveil.model.decision import DecidedAs, Draw

FieldName: TypeAlias = Literal[
    "notice_type", "project_id", "project_name", "title", "buyer", "agency", "method",
    "suppliers", "budget", "ceiling", "award", "published",
]  # fmt: skip
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
"""Fields of a notice that a person may correct."""
AMOUNTS = frozenset({"budget", "ceiling", "award"})

FieldVerdict = Literal["right", "wrong", "unsure", "undone"]


class Quoted(msgspec.Struct, frozen=True):
    """Words of a page's masked text, [start, start + len(quote)) in code points."""

    page: int
    start: int
    quote: str


class FieldDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """One word of one coder on a field. Never changed: who thinks again decides again.

    ``values`` are what is right, as ``field_values`` gives them; () where the notice does not state
    the field. ``was`` is what stood there when it was decided. ``quoted`` is where what is right
    stands: every ``wrong`` with values has it. ``undone`` takes back what the coder said before.
    """

    coder: str
    at: str
    """UTC, ISO 8601."""
    notice_id: str
    text_hash: str
    field: FieldName
    verdict: FieldVerdict
    values: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    quoted: Quoted | None = None
    note: str | None = None
    source: Draw | None = None
    role: DecidedAs = "coder"
