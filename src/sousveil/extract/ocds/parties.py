"""Who buys, who sells, who bids, and where the buyer sits.

In 1.1 the organisations stand in ``parties`` and are referred to by id; in 1.0 they stand inline.
Names are taken where they are written for the role, else from the party with the same id, else
from the parties that claim the role.
"""

import re
from collections.abc import Sequence

import msgspec

from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.stage import standing
from sousveil.extract.ocds.table import RELEASE
from sousveil.extract.record_scan import Members, Node
from sousveil.model import Field
from sousveil.reference.countries import country_of

_CODE = re.compile(r"[A-Za-z]{2}")
# org-id.guide list codes begin with the country; XI, XM and XR are international, EU is no state.
_SCHEME = re.compile(r"([A-Z]{2})[-_][A-Z]")
_NO_COUNTRY = frozenset({"XI", "XM", "XR", "EU", "ID", "UN"})
_SAME_AS = {"UK": "GB", "EL": "GR"}
_ROLE = re.compile(r"parties\[(\w+)\]")


class Parties(msgspec.Struct, frozen=True):
    """The organisations of a release by role, each name once; ``named`` as the release has them."""

    buyer: Field[str] | None
    agency: Field[str] | None
    suppliers: tuple[Field[str], ...]
    bidders: tuple[Field[str], ...]
    places: tuple[Field[str], ...]
    country: str | None
    named: tuple[Members, ...] = ()


class Directory:
    """The ``parties`` of a release by id and by role."""

    def __init__(self, reader: Reader, release: Members) -> None:
        self._reader = reader
        self._by_id: dict[str, Members] = {}
        self._by_role: dict[str, list[Members]] = {}
        for party in reader.objects(release, "parties"):
            key = reader.plain(party.get("id"))
            if key is not None:
                self._by_id.setdefault(key, party)
            for role in reader.leaves(party.get("roles")):
                self._by_role.setdefault(reader.word(role), []).append(party)

    def with_role(self, role: str) -> list[Members]:
        """Parties that claim a role (lower case)."""
        return self._by_role.get(role, [])

    def at(self, release: Members, paths: Sequence[str]) -> list[Members]:
        """The organisations that paths of a mapping table lead to."""
        found: list[Node] = []
        for path in paths:
            role = _ROLE.fullmatch(path)
            if role is not None:
                found += self.with_role(role[1].lower())
                continue
            for node in self._reader.nodes(release, path):
                found += node if isinstance(node, list) else [node]
        return [node for node in found if isinstance(node, dict) and node]

    def full(self, reference: Members) -> Members:
        """The party that a reference means; {} where there is none."""
        return self._by_id.get(self._reader.plain(reference.get("id")) or "", {})

    def name(self, organisation: Members) -> Field[str] | None:
        """The name written with a reference, else that of the party it means."""
        reader = self._reader
        for holder in (organisation, self.full(organisation)):
            legal = reader.object(holder, "identifier").get("legalName")
            found = reader.field(holder.get("name")) or reader.field(legal)
            if found is not None:
                return found
        return None

    def names(self, organisations: list[Members]) -> tuple[Field[str], ...]:
        """Names of several, each once."""
        found: dict[str, Field[str]] = {}
        for organisation in organisations:
            name = self.name(organisation)
            if name is not None:
                found.setdefault(_same(name.value), name)
        return tuple(found.values())


def _same(name: str) -> str:
    return "".join(name.casefold().split())


def find_parties(reader: Reader, release: Members, directory: Directory) -> Parties:
    """All organisations of a release by role."""
    buying = directory.at(release, RELEASE["buyer"].paths)
    named, claimed = ([path] for path in RELEASE["agency"].paths)
    procuring = directory.at(release, named) or directory.at(release, claimed)
    buyer, buying_party = _first_named(directory, [*buying, *procuring])
    agency, _ = _first_named(directory, procuring)
    if agency is not None and buyer is not None and _same(agency.value) == _same(buyer.value):
        agency = None
    party = {**directory.full(buying_party), **buying_party} if buying_party else {}
    sellers, bidding = _suppliers(reader, release, directory), _bidders(release, directory)
    address = reader.object(party, "address") or reader.object(
        directory.full(buying_party or {}), "address"
    )
    holder: Members = {"address": address}
    nodes = (node for path in RELEASE["places"].paths for node in reader.nodes(holder, path))
    places = (reader.field(node) for node in nodes)
    return Parties(
        buyer,
        agency,
        directory.names(sellers),
        directory.names(bidding),
        tuple(place for place in places if place is not None),
        _country(reader, address, [party, directory.full(buying_party or {})]),
        (*([buying_party] if buying_party else []), *procuring, *sellers, *bidding),
    )


def _first_named(
    directory: Directory, organisations: list[Members]
) -> tuple[Field[str] | None, Members | None]:
    for organisation in organisations:
        name = directory.name(organisation)
        if name is not None:
            return name, organisation
    return None, None


def _suppliers(reader: Reader, release: Members, directory: Directory) -> list[Members]:
    """Suppliers of awards that stand; of contracts (an extension); else who has the role."""
    awarded, contracted, claimed = RELEASE["suppliers"].paths
    awards = reader.objects(release, "awards")
    good = standing(reader, awards)
    kept: Members = {
        "awards": list[Node](good),
        "contracts": list[Node](standing(reader, reader.objects(release, "contracts"))),
    }
    listed = directory.at(kept, [awarded, contracted])
    if awards and not good and not listed:
        return []
    return listed if directory.names(listed) else directory.at(release, [claimed])


def _bidders(release: Members, directory: Directory) -> list[Members]:
    bids = release.get("bids")
    if isinstance(bids, list):  # some leave out the object around the list
        release = {**release, "bids": {"details": bids}}
    return directory.at(release, RELEASE["bidders"].paths)


def _country(reader: Reader, address: Members, parties: list[Members]) -> str | None:
    """ISO 3166-1 alpha-2 from the buyer's address, else from the register it is listed in."""
    holder: Members = {"address": address}
    paths = RELEASE["country"].paths
    for stated in (reader.plain(n) for path in paths for n in reader.nodes(holder, path)):
        if stated is None:
            continue
        if _CODE.fullmatch(stated):
            return _SAME_AS.get(stated.upper(), stated.upper())
        known = country_of([stated])
        if known is not None:
            return known
    for party in parties:
        identifiers = [reader.object(party, "identifier")]
        identifiers += reader.objects(party, "additionalIdentifiers")
        listed = [identifier.get("scheme") for identifier in identifiers]
        for node in (*listed, party.get("id")):
            match = _SCHEME.match(reader.plain(node) or "")
            if match is not None and match[1] not in _NO_COUNTRY:
                return _SAME_AS.get(match[1], match[1])
    return None
