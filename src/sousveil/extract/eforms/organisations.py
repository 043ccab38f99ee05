"""The organisations of an eForms notice by their technical identifier, and the buyer among them."""

from collections.abc import Iterable, Iterator

from sousveil.extract.eforms.table import EXTENSION, NOTICE, ORGANISATION
from sousveil.extract.elements.reader import Reader
from sousveil.extract.party_ids import each_once, national_id
from sousveil.model import Field, PartyId
from sousveil.reference.country_codes import alpha_2
from sousveil.reference.nuts import region_of_nuts
from sousveil.text.outline import Element


class Organisations:
    """``efac:Organizations`` by ``ORG-0001``; ``TPO-0001`` is the organisation of that point."""

    def __init__(self, reader: Reader, root: Element, language: str) -> None:
        self._reader = reader
        self._language = language
        self._by_id: dict[str, Element] = {}
        for organisation in reader.all(root, f"{EXTENSION}/Organizations/Organization"):
            for part in organisation.children:
                key = reader.said(reader.first(part, "PartyIdentification/ID"))
                if key:
                    self._by_id.setdefault(key, organisation)

    def of(self, reference: Element | None) -> Element | None:
        """The organisation that an identifier means."""
        return self._by_id.get(self._reader.said(reference))

    def name(self, organisation: Element | None) -> Element | None:
        """The element with its name: in the notice's language, else the first that says one."""
        found = self._reader.all(organisation, *ORGANISATION["name"].paths)
        return in_language(self._reader, found, self._language)

    def names(self, references: Iterable[Element]) -> tuple[Field[str], ...]:
        """Names of several, each once."""
        return self._reader.fields(self.name(self.of(reference)) for reference in references)

    def buyer(self, root: Element) -> Element | None:
        """The organisation that buys: the one that leads the group, else the first."""
        reader = self._reader
        buyers = [self.of(found) for found in reader.all(root, *NOTICE["buyer"].paths)]
        known = [buyer for buyer in buyers if buyer is not None]
        if len(known) > 1:
            reader.flag("several_buyers")
        for buyer in known:
            if reader.said(reader.first(buyer, "GroupLeadIndicator")).lower() == "true":
                return buyer
        return known[0] if known else None

    def agency(self, root: Element) -> Field[str] | None:
        """The provider of procurement services: who only sends the notice is none."""
        reader = self._reader
        for provider in reader.all(root, *NOTICE["agency"].paths):
            if reader.said(reader.first(provider, "ServiceTypeCode")) == "serv-prov":
                reference = reader.first(provider, "Party/PartyIdentification/ID")
                found = reader.field(self.name(self.of(reference)))
                if found is not None:
                    return found
        return None

    def identifiers(self) -> tuple[Field[PartyId], ...]:
        """The national numbers of all organisations of the notice."""
        return each_once(self._numbers())

    def _numbers(self) -> Iterator[Field[PartyId] | None]:
        reader, seen = self._reader, set[int]()
        for organisation in self._by_id.values():
            person = reader.said(reader.first(organisation, "NaturalPersonIndicator"))
            if organisation.place in seen or person.lower() == "true":
                continue
            seen.add(organisation.place)
            name = reader.said(self.name(organisation))
            for number in reader.all(organisation, *ORGANISATION["identifiers"].paths):
                evidence = reader.evidence((number.start, number.end))
                country = self.country(organisation)
                yield national_id(name, country, reader.said(number), evidence)

    def country(self, organisation: Element | None) -> str | None:
        """ISO 3166-1 alpha-2 of its address."""
        found = self._reader.first(organisation, *ORGANISATION["country"].paths)
        return alpha_2(self._reader.said(found))

    def places(self, organisation: Element | None) -> tuple[Field[str], ...]:
        """Words for where it is, best first: the region of its NUTS code, the town."""
        reader = self._reader
        region, town = (reader.first(organisation, path) for path in ORGANISATION["places"].paths)
        name = region_of_nuts(reader.said(region))
        placed = None
        if region is not None and name is not None:
            placed = reader.coded(name, (region.start, region.end), 0.9)
        return tuple(field for field in (placed, reader.field(town)) if field is not None)


def in_language(reader: Reader, elements: Iterable[Element], language: str) -> Element | None:
    """Of the same text in several languages the one in ``language``, else the first."""
    first: Element | None = None
    for element in elements:
        if not reader.said(element):
            continue
        if reader.attribute(element, "languageID") == language:
            return element
        first = first or element
    return first
