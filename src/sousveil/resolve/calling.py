"""What notices call their buyers, besides by name: short forms in titles, other notices' buyers.

A title that begins with a short form of its own notice's buyer calls it so, or names it and its
other name in brackets. Where two notices of one project name two buyers, one may be short for the
other; or the title of one's notice begins with the other's whole name, and both are of one kind and
place: a hospital renamed between tender and contract. A record may give a number to a name of its
supplier that stands in no party's field: the one on the contract, the one it trades under.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from sousveil.model import Called, NameKey, OrganisationId
from sousveil.resolve.mentions import Mention, Parties, folded
from sousveil.resolve.organisations.other_names import in_brackets
from sousveil.resolve.organisations.shortened import in_title, is_short_for, may_be_renamed

_MOST = 6
"""Buyers of one project above which they are many, and no names of one."""


class Calling:
    """Collects what notices say; the result depends on the set of notices alone.

    Memory grows with the names, and with the buyers of the projects that are noted.
    """

    def __init__(self) -> None:
        self._said: dict[str, set[Called]] = {}
        self._buyers: dict[str, dict[tuple[str, str], NameKey]] = defaultdict(dict)
        """By project the buyers, one for each title of theirs."""

    def note(self, buyer: NameKey, titles: Iterable[str], project: str | None = None) -> None:
        """Take in the buyer of one notice and its titles; ``project``: where it has others."""
        for title in titles:
            other = in_title(title, buyer) or in_brackets(title, buyer)
            if other:
                self._say(buyer, Called(other, title, "titled"))
            if project is not None:
                self._buyers[project][buyer.name_id, title] = buyer

    def note_numbers(self, parties: Parties, mentions: Sequence[Mention]) -> None:
        """Take in names that a record gives besides, with the number of one whom it names."""
        named = {folded(mention.key.name) for mention in mentions}
        for mention in mentions:
            key = mention.key
            for number in parties.identifiers:
                own = OrganisationId(number.scheme, number.id)
                if own in key.identifiers and folded(number.name) not in named:
                    self._say(key, Called(number.name, f"{number.name} {own}", "one_number"))

    def called(self) -> dict[str, tuple[Called, ...]]:
        """By name id all that its notices call it, the smallest words for each other name."""
        for buyers in self._buyers.values():
            if 1 < len({name_id for name_id, _ in buyers}) <= _MOST:
                self._of_one_project(buyers)
        return {name_id: tuple(_first_words(said)) for name_id, said in self._said.items()}

    def _of_one_project(self, buyers: dict[tuple[str, str], NameKey]) -> None:
        for ((_, title), one), ((_, told), other) in permutations(buyers.items(), 2):
            if one.name_id == other.name_id:
                continue
            if is_short_for(other.name, one):
                self._say(one, Called(other.name, told, "one_project"))
            elif may_be_renamed(title, one, other):
                self._say(one, Called(other.name, title, "one_project"))

    def _say(self, name: NameKey, called: Called) -> None:
        self._said.setdefault(name.name_id, set()).add(called)


def _first_words(said: set[Called]) -> Iterator[Called]:
    seen: set[tuple[str, str]] = set()
    for one in sorted(said):
        if (one.name, one.sign) not in seen:
            seen.add((one.name, one.sign))
            yield one
