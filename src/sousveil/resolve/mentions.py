"""Who a notice names: from its parties to names with an id, each the same in any case.

A name's id is made of what joining reads of it: country, place, the name folded and its numbers.
Spaces, width, script and case are folded; whatever may tell two bodies apart (place words, legal
form, brackets, punctuation within) stays.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from sousveil.model import Called, NameBeside, NameKey, OrganisationId, PartyId, Role
from sousveil.reference.places import locate
from sousveil.text import fold, squash
from sousveil.text.organisation_words import LEGAL_FORMS_HAN

_MASK = re.compile(r"〔[a-z_]+〕")
_HAN = re.compile("[\u3400-\u9fff]")
_TOLD_APART = re.compile(r"\w")
_OTHER_CHINESE = frozenset({"HK", "MO", "TW"})
_UNTOLD = "other"
"""The kind of a buyer that nothing tells: it is one all the same."""


class Parties(msgspec.Struct, frozen=True):
    """The parties of one notice by role, its numbers and titles, where and what its buyer is."""

    notice_id: str
    country: str | None
    place: str | None
    buyer: str | None = None
    buyer_type: str | None = None
    agency: str | None = None
    suppliers: tuple[str, ...] = ()
    bidders: tuple[str, ...] = ()
    identifiers: tuple[PartyId, ...] = ()
    names_beside: tuple[tuple[NameBeside, str], ...] = ()
    """With the words that say so."""
    title: str | None = None
    project_name: str | None = None


class Mention(msgspec.Struct, frozen=True):
    """One party of one notice; ``position`` counts the names of its role from 0. ``key`` has this
    role alone."""

    notice_id: str
    role: Role
    position: int
    key: NameKey


def mentions_of(parties: Parties) -> Iterator[Mention]:
    """The parties that a notice names, masked names left out.

    Country and place of a buyer are the notice's. Of others the place is what the name itself says,
    the country too where it does, else the notice's for lack of another; an agency that is a public
    body without a place in its name stands where the notice does.
    """
    numbers = _numbers(parties.identifiers)
    named: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("buyer", (parties.buyer,) if parties.buyer else ()),
        ("agency", (parties.agency,) if parties.agency else ()),
        ("supplier", parties.suppliers),
        ("bidder", parties.bidders),
    )
    for role, names in named:
        for position, name in enumerate(names):
            if _MASK.search(name) or not _TOLD_APART.search(name):
                continue
            country, place = _where(role, name, parties)
            identifiers = numbers.get(name, ())
            key = NameKey(
                name_id=name_id(country, place, name, identifiers),
                name=name,
                country=country,
                place=place,
                roles=(role,),
                identifiers=identifiers,
                buyer_type=(parties.buyer_type or _UNTOLD) if role == "buyer" else None,
            )
            yield Mention(parties.notice_id, role, position, key)


def name_id(
    country: str | None, place: str | None, name: str, identifiers: Iterable[OrganisationId]
) -> str:
    """``o`` and 24 hex digits: the same for the same naming in any case, order and version."""
    numbers = sorted({(number.scheme, number.id) for number in identifiers})
    said = msgspec.json.encode([country, place, folded(name), numbers])
    return "o" + hashlib.sha256(said).hexdigest()[:24]


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """The form in which two spellings are one name: script, width, case and white space folded."""
    return fold(squash(name))


def _where(role: Role, name: str, parties: Parties) -> tuple[str | None, str | None]:
    if role == "buyer":
        return parties.country, parties.place
    country, place = _place_of(name)
    # Latin letters may mean a place of another country by chance: Anyang lies in Korea too.
    sure = parties.country in (None, country) or _HAN.search(name)
    if sure and (place is not None or country in _OTHER_CHINESE):
        return country, place
    public = role == "agency" and not LEGAL_FORMS_HAN.search(name)
    return parties.country, parties.place if public else None


@lru_cache(maxsize=65536)
def _place_of(name: str) -> tuple[str | None, str | None]:
    """Country and path of divisions that a name itself says."""
    place = locate([name])
    if place is None:
        return None, None
    path = (place.province, place.prefecture, place.county)
    return place.country, "/".join(part for part in path if part) or None


def _numbers(stated: Iterable[PartyId]) -> Mapping[str, tuple[OrganisationId, ...]]:
    """Numbers by name. Two of one scheme for one name: the notice names two bodies alike, and
    neither number tells which."""
    found: dict[str, set[OrganisationId]] = {}
    for number in stated:
        found.setdefault(number.name, set()).add(OrganisationId(number.scheme, number.id))
    kept = {}
    for name, numbers in found.items():
        schemes = Counter(number.scheme for number in numbers)
        kept[name] = tuple(sorted(n for n in numbers if schemes[n.scheme] == 1))
    return kept


class Names:
    """The names of many notices, each once, in a form that no order of notices changes.

    Memory grows with the names, not with the notices.
    """

    def __init__(self) -> None:
        self._known: dict[str, NameKey] = {}
        self._counts: dict[str, int] = {}
        """How often a name is written as ``_known`` has it."""
        self._others: dict[str, Counter[str]] = {}
        """How often it is written otherwise: few are."""

    def note(self, key: NameKey) -> None:
        """Take in one naming."""
        name_id = key.name_id
        known = self._known.setdefault(name_id, key)
        if key.name == known.name:
            self._counts[name_id] = self._counts.get(name_id, 0) + 1
        else:
            self._others.setdefault(name_id, Counter())[key.name] += 1
        kind = _kind(known.buyer_type, key.buyer_type)
        if kind != known.buyer_type or not set(key.roles) <= set(known.roles):
            roles = tuple(sorted({*known.roles, *key.roles}))
            self._known[name_id] = msgspec.structs.replace(known, roles=roles, buyer_type=kind)

    def keys(self, called: Mapping[str, tuple[Called, ...]] | None = None) -> Iterator[NameKey]:
        """Every name with all its roles, by id, in its commonest spelling; ``called``: what its
        notices call it, by name id."""
        for name_id, known in sorted(self._known.items()):
            so = called.get(name_id, ()) if called else ()
            yield msgspec.structs.replace(known, name=self.commonest((name_id,)), called=so)

    def spellings(self, name_ids: Iterable[str]) -> list[str]:
        """Every way in which some names are written, sorted."""
        return sorted({said for name_id in name_ids for said in self._written(name_id)})

    def commonest(self, name_ids: Iterable[str]) -> str:
        """Of the spellings of some names the one to show: the commonest, then the longest, then
        the first in order."""
        counted: Counter[str] = Counter()
        for name_id in name_ids:
            counted.update(self._written(name_id))
        return min(counted, key=lambda said: (-counted[said], -len(said), said))

    def _written(self, name_id: str) -> dict[str, int]:
        first = {self._known[name_id].name: self._counts[name_id]}
        return {**first, **self._others.get(name_id, {})}


def _kind(known: str | None, other: str | None) -> str | None:
    """Of two kinds of one buyer the one that is told, then the first in order."""
    told = [kind for kind in (known, other) if kind is not None]
    return min(told, key=lambda kind: (kind == _UNTOLD, kind), default=None)
