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

from sousveil.model import NameKey, OrganisationId, PartyId, Role
from sousveil.reference.places import locate
from sousveil.text import fold, squash
from sousveil.text.organisation_words import LEGAL_FORMS_HAN

_MASK = re.compile(r"〔[a-z_]+〕")
_TOLD_APART = re.compile(r"\w")


class Parties(msgspec.Struct, frozen=True):
    """The parties of one notice by role, its numbers, and where and what its buyer is."""

    notice_id: str
    country: str | None
    place: str | None
    buyer: str | None = None
    buyer_type: str | None = None
    agency: str | None = None
    suppliers: tuple[str, ...] = ()
    bidders: tuple[str, ...] = ()
    identifiers: tuple[PartyId, ...] = ()


class Mention(msgspec.Struct, frozen=True):
    """One party of one notice; ``position`` counts the names of its role from 0. ``key`` has this
    role alone."""

    notice_id: str
    role: Role
    position: int
    key: NameKey


def mentions_of(parties: Parties) -> Iterator[Mention]:
    """The parties that a notice names, masked names left out.

    Country and place of a buyer are the notice's; of all others what the name itself says. An
    agency that is a public body without a place in its name stands where the notice does.
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
                buyer_type=parties.buyer_type if role == "buyer" else None,
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
    own = _place_of(name)
    public = role == "agency" and own == (None, None) and not LEGAL_FORMS_HAN.search(name)
    return (parties.country, parties.place) if public else own


@lru_cache(maxsize=65536)
def _place_of(name: str) -> tuple[str | None, str | None]:
    """Country and path of divisions that a name itself says."""
    place = locate([name])
    if place is None:
        return None, None
    return place.country, "/".join(
        part for part in (place.province, place.prefecture, place.county) if part
    ) or None


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
        self._spellings: dict[str, Counter[str]] = {}
        self._kinds: dict[str, Counter[str]] = {}

    def note(self, key: NameKey) -> None:
        """Take in one naming."""
        known = self._known.setdefault(key.name_id, key)
        roles = known.roles
        if not set(key.roles) <= set(roles):
            known = msgspec.structs.replace(known, roles=tuple(sorted({*roles, *key.roles})))
            self._known[key.name_id] = known
        if key.name != known.name or key.name_id in self._spellings:
            counted = self._spellings.setdefault(key.name_id, Counter())
            counted[key.name] += 1
        if key.buyer_type is not None:
            self._kinds.setdefault(key.name_id, Counter())[key.buyer_type] += 1

    def keys(self) -> Iterator[NameKey]:
        """Every name with all its roles, by id; the spelling and the kind are the commonest."""
        for name_id in sorted(self._known):
            yield self._of(name_id)

    def _of(self, name_id: str) -> NameKey:
        known = self._known[name_id]
        kinds = self._kinds.get(name_id)
        return msgspec.structs.replace(
            known,
            name=_first(self._spellings.get(name_id)) or known.name,
            buyer_type=_first(kinds),
        )


def _first(counted: Counter[str] | None) -> str | None:
    """The commonest, then the longest, then the first in order."""
    if not counted:
        return None
    return min(counted, key=lambda said: (-counted[said], -len(said), said))
