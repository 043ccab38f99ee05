"""The form that states a claim: what it asks for, and the claim it makes."""

from typing import Annotated, get_args

import msgspec
from fastapi import Form

from sousveil.claims import stating
from sousveil.model.claim import Claim, Counted, Definition, Source, What
from sousveil.text.query_names import query_name

COUNTS: tuple[What, ...] = get_args(What)
EXPECTED = (
    "equals", "more_than", "at_least", "at_most", "about", "exists=yes", "exists=no",
    "trend=rises", "trend=falls",
)  # fmt: skip
"""What can be expected; those with ``=`` take no number."""
ROLES: tuple[str, ...] = tuple(filter(None, get_args(Counted.__annotations__["role"])))
LADDERS: tuple[str, ...] = tuple(filter(None, get_args(Counted.__annotations__["ladder"])))
_MOST = 20_000

_Text = Annotated[str, Form(max_length=_MOST)]
_Short = Annotated[str, Form(max_length=400)]


class Stated(msgspec.Struct, frozen=True):
    """What somebody typed, to be shown again where it cannot be used. ``within`` is in percent."""

    name: str = ""
    statement: str = ""
    who: str = ""
    where: str = ""
    date: str = ""
    url: str = ""
    query: str = ""
    every: str = ""
    counts: str = "projects"
    currency: str = ""
    role: str = ""
    ladder: str = ""
    words: str = ""
    expects: str = "at_least"
    number: str = ""
    within: str = ""
    note: str = ""

    def claim(self) -> Claim:
        """The claim. What its kind of count does not ask for is passed over: the form shows all.

        Raises ClaimError.
        """
        counts, about = self.counts, self.expects == "about"
        expected = self.expects if "=" in self.expects else f"{self.expects}={self.number}"
        words = [word.strip() for word in self.words.replace("，", ",").split(",") if word.strip()]
        return Claim(
            query_name(self.name.strip()) or self.name.strip(),
            self.statement.strip(),
            Source(self.who.strip(), self.where.strip(), self.date.strip(), self.url.strip()),
            Definition(self.query.strip(), "all" if self.every else "some"),
            stating.counted(
                counts,
                currency=self.currency.strip().upper() if counts in _OF_MONEY else "",
                role=self.role if counts == "organisations" else "",
                ladder=self.ladder if counts == "trend" else "",
                words=words if counts == "things" else (),
            ),
            stating.expected(f"{expected}±{self.within or 0}e-2" if about else expected),
            self.note.strip(),
        )


_OF_MONEY = ("sum", "largest", "amount")


def stated(
    name: _Short = "",
    statement: _Text = "",
    who: _Short = "",
    where: _Short = "",
    date: _Short = "",
    url: _Text = "",
    query: _Text = "",
    every: _Short = "",
    counts: _Short = "projects",
    currency: _Short = "",
    role: _Short = "",
    ladder: _Short = "",
    words: _Text = "",
    expects: _Short = "at_least",
    number: _Short = "",
    within: _Short = "",
    note: _Text = "",
) -> Stated:
    """The fields of the form."""
    return Stated(**locals())
