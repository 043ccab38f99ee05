"""What notices call their buyers, besides by name: short forms in titles, other notices' buyers.

A title that begins with a short form of its own notice's buyer calls it so, or names it and its
other name in brackets. Where two notices of one project name two buyers, one may be short for the
other; or the title of one's notice begins with the other's whole name, and both are of one kind and
place: a hospital renamed between tender and contract. A record may give a number to a name of its
supplier that stands in no party's field: the one on the contract, the one it trades under. A text
may say what a party is called for short, or was called before; a site of a body publishes that
body's notices; an office may have its body's name with words cut short; a parent of the same name
is the same company, registered twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from sousveil.model import Called, NameBeside, NameKey, OrganisationId
from sousveil.resolve.mentions import Mention, Parties, folded
from sousveil.resolve.organisations.abbreviated import abbreviates
from sousveil.resolve.organisations.enough import named_alike
from sousveil.resolve.organisations.other_names import in_brackets
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.renamed import is_slip, may_be_own_site, may_be_stated
from sousveil.resolve.organisations.shortened import is_short_for
from sousveil.resolve.organisations.signs import named, signs
from sousveil.resolve.organisations.titles import in_title, may_be_renamed

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
        self._sites: dict[str, dict[str, tuple[NameKey, str]]] = defaultdict(dict)
        """By the name of a site the buyers whose notices it published, and its name as written."""
        self._numbered: dict[OrganisationId, dict[str, NameKey]] = defaultdict(dict)
        """By number of a register the names that bear it."""
        self._parents: dict[OrganisationId, set[str]] = defaultdict(set)
        """By number of a register the names that records give its bearer as a parent."""

    def note(self, buyer: NameKey, titles: Iterable[str], project: str | None = None) -> None:
        """Take in the buyer of one notice and its titles; ``project``: where it has others."""
        for title in titles:
            for other in filter(None, (in_title(title, buyer), *in_brackets(title, buyer))):
                self._say(buyer, Called(other, title, "titled"))
            if project is not None:
                buyers = self._buyers[project]
                known = buyers.get((buyer.name_id, title), buyer)
                buyers[buyer.name_id, title] = min(known, buyer, key=lambda key: key.name)

    def note_stated(self, parties: Parties, mentions: Sequence[Mention]) -> None:
        """Take in names that a record gives besides, with the number of one whom it names, and
        those that its text, its site or its columns of offices and parents put beside one."""
        for beside, words in parties.names_beside:
            for key in (mention.key for mention in mentions if mention.key.name == beside.name):
                if beside.sign == "parent":
                    self._note_parent(key, beside)
                else:
                    self._note_beside(key, beside, words)
        parties_called = {folded(mention.key.name) for mention in mentions}
        for mention in mentions:
            key = mention.key
            for own in key.identifiers:
                self._numbered[own][key.name_id] = key
            for number in parties.identifiers:
                own = OrganisationId(number.scheme, number.id)
                if own in key.identifiers and folded(number.name) not in parties_called:
                    self._say(key, Called(number.name, f"{number.name} {own}", "one_number"))

    def _note_beside(self, key: NameKey, beside: NameBeside, words: str) -> None:
        other = beside.other
        if beside.sign == "publisher" and "buyer" in key.roles:
            published = self._sites[folded(other)]
            written = published.get(key.name_id, (key, other))
            published[key.name_id] = min(written, (key, other), key=_spelled)
        elif beside.sign == "stated" and folded(other) != folded(key.name):
            if may_be_stated(other, key):
                self._say(key, Called(other, words, "stated"))
        elif beside.sign == "office" and abbreviates(other, key.name):
            self._say(key, Called(other, f"{other}: {key.name}", "own_office"))

    def _note_parent(self, key: NameKey, beside: NameBeside) -> None:
        """A parent of the same name; the number of any parent is one more name of its bearer."""
        if not beside.id:
            return
        parent = OrganisationId(beside.scheme, beside.id)
        self._parents[parent].add(beside.other)
        if parent not in key.identifiers and folded(beside.other) == folded(key.name):
            said = f"{beside.other} {parent}"
            self._say(key, Called(beside.other, said, "one_parent", str(parent)))

    def called(self) -> dict[str, tuple[Called, ...]]:
        """By name id all that its notices call it, the smallest words for each other name."""
        for buyers in self._buyers.values():
            if 1 < len({name_id for name_id, _ in buyers}) <= _MOST:
                self._of_one_project(buyers)
        for published in self._sites.values():
            self._of_one_site(list(published.values()))
        for number, parents in self._parents.items():
            self._of_one_number(number, parents)
        return {name_id: tuple(_first_words(said)) for name_id, said in self._said.items()}

    def _of_one_project(self, buyers: dict[tuple[str, str], NameKey]) -> None:
        """Two names of which each stands in a title of its own notice are two, however alike."""
        entitled = {
            name_id for (name_id, title), key in buyers.items() if signs(key.name) in signs(title)
        }
        for ((_, title), one), ((_, told), other) in permutations(buyers.items(), 2):
            if one.name_id == other.name_id:
                continue
            slip = not {one.name_id, other.name_id} <= entitled and is_slip(other.name, one)
            if slip or is_short_for(other.name, one):
                self._say(one, Called(other.name, told, "one_project"))
            elif may_be_renamed(title, one, other):
                self._say(one, Called(other.name, title, "one_project"))

    def _of_one_site(self, buyers: Sequence[tuple[NameKey, str]]) -> None:
        """A body's own site has the notices of one buyer; where the site's own name buys too, that
        of another buyer there is another's."""
        alone = len({parts_of(key).key for key, _ in buyers}) == 1
        for key, site in buyers:
            if folded(site) == folded(key.name):
                continue
            short = is_short_for(site, key) or is_short_for(key.name, named(key, site))
            if short or (alone and may_be_own_site(site, key)):
                self._say(key, Called(site, f"{site}: {key.name}", "own_site"))

    def _of_one_number(self, number: OrganisationId, parents: Iterable[str]) -> None:
        """A parent's name beside a number is its bearer's where it is like a name of it: the former
        parent of a company that was sold stands beside the number of today."""
        bearers = self._numbered.get(number, {}).values()
        own = {folded(key.name) for key in bearers}
        for name in (parent for parent in parents if folded(parent) not in own):
            for key in bearers:
                if _named_alike(name, key):
                    self._say(key, Called(name, f"{name} {number}", "one_number"))

    def _say(self, name: NameKey, called: Called) -> None:
        self._said.setdefault(name.name_id, set()).add(called)


def _spelled(written: tuple[NameKey, str]) -> tuple[str, str]:
    """The first in order of two spellings of one name is kept, whichever notice comes first."""
    key, site = written
    return site, key.name


def _named_alike(other: str, key: NameKey) -> bool:
    """Whether a name that stands beside a number of today may be its bearer's, of then: a company
    that was sold has its former parent's name beside its own number. One of other words begins
    as the other does and has no other legal form: Delta Inc is not Granite Delta LLC."""
    ours, theirs = parts_of(named(key, other)), parts_of(key)
    if not ours.rest or not named_alike(ours, theirs):
        return False
    begins_alike = ours.rest.split()[:1] == theirs.rest.split()[:1]
    one_form = len({ours.form, theirs.form} - {""}) < 2
    return ours.rest == theirs.rest or (begins_alike and one_form)


def _first_words(said: set[Called]) -> Iterator[Called]:
    seen: set[tuple[str, str]] = set()
    for one in sorted(said):
        if (one.name, one.sign) not in seen:
            seen.add((one.name, one.sign))
            yield one
