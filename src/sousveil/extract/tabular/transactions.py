"""Rows of systems that write one transaction a row: what is bought, who pays, who acts for them."""

from collections.abc import Sequence

from sousveil.extract.tabular.cells import Found, Value
from sousveil.extract.tabular.headings import changes, listed
from sousveil.text import squash
from sousveil.text.headings import plain_heading


def no_purchase(everything: Sequence[Value]) -> bool:
    """Whether the headings say that the row is a grant or a loan."""
    return not listed("no_purchase").isdisjoint(plain_heading(v.heading) for v in everything)


def settle_name(found: Found, said: Sequence[Value]) -> None:
    """The award's own description where that of the transaction tells of a change to it."""
    name = found.get("project_name")
    if name is None or not changes().search(name.said):
        return
    base = _under(said, "base_descriptions")
    if base is not None:
        found["project_name"] = base


def settle_agency(found: Found, said: Sequence[Value]) -> None:
    """Who executes an award for another body that pays for it."""
    buyer, acting = found.get("buyer"), _under(said, "acts")
    if buyer is None or acting is None or "agency" in found:
        return
    if squash(acting.said).casefold() != squash(buyer.said).casefold():
        found["agency"] = acting


def _under(said: Sequence[Value], kind: str) -> Value | None:
    headings = listed(kind)
    return next((value for value in said if plain_heading(value.heading) in headings), None)
