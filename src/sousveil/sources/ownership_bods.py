"""Ownership as BODS statements (0.2 to 0.4): from statements to links.

Of several statements about one record the last counts. What is not a statement is a fault; the rest
is read.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sousveil.errors import OwnershipError
from sousveil.model import OrganisationId
from sousveil.model.ownership import Link, Party
from sousveil.sources.bods_statements import (
    CUT,
    Interest,
    Kind,
    Reference,
    StatedShare,
    Statement,
    decoded,
    raw_statements,
)
from sousveil.sources.ownership_read import CHILD_IS_PERSON, Fault, IsPerson, Persons, Read
from sousveil.sources.ownership_values import Share, day_of, plain_words
from sousveil.text.identifiers import normal_identifier

MOST_STATEMENTS = 500_000
MOST_HELD = 256 << 20
"""Bytes of what is kept of all statements, written as JSON: held in memory until all are read."""

_ENTITY = frozenset(("entity", "entityStatement"))
_PERSON = frozenset(("person", "personStatement"))
_SCHEME = re.compile("[A-Z]{2,3}(?:-[A-Z0-9]{2,10}){1,2}")
_COUNTRY = re.compile("[A-Z]{2}")
_UNNAMED = frozenset(("anonymousEntity", "unknownEntity"))
_encode = msgspec.json.Encoder().encode
_LOOKS_NATURAL = "its owner is called like a natural person, has no number, and is counted as one"
_SHORTEST_CODE = 2


def read_bods(path: Path, is_person: IsPerson) -> Read:
    """The links of a file of statements. Raises OwnershipError where it is no such file, or is
    larger than can be read."""
    known: dict[str, tuple[int, Statement]] = {}
    replaced: set[str] = set()
    faults: list[Fault] = []
    held = 0
    for count, (line, raw) in enumerate(raw_statements(path), start=1):
        if count > MOST_STATEMENTS:
            raise OwnershipError(f"There are more than {MOST_STATEMENTS:,} statements.", CUT)
        statement = decoded(raw)
        if isinstance(statement, str):
            faults.append(Fault(line, statement))
            continue
        held += len(_encode(statement))
        if held > MOST_HELD:
            raise OwnershipError(
                f"The statements say more than {MOST_HELD >> 20} MiB of names and holdings.", CUT
            )
        replaced.update(statement.replaces_statements)
        before = known.get(statement.key)
        if before is None or (before[1].statement_date or "") <= (statement.statement_date or ""):
            known[statement.key] = (line, statement)
    return _Linked({k: v for k, v in known.items() if k not in replaced}, is_person, faults).read()


class _Linked:
    """From statements to links."""

    def __init__(
        self, known: dict[str, tuple[int, Statement]], is_person: IsPerson, faults: list[Fault]
    ) -> None:
        self._known = known
        self._is_person = is_person
        self._faults = faults
        self._persons = Persons()

    def read(self) -> Read:
        """Links in the order of the file, those of natural persons last."""
        links = [
            link
            for line, statement in self._known.values()
            if statement.kind not in _ENTITY | _PERSON
            for link in self._links(line, statement)
        ]
        faults = sorted(self._faults, key=lambda fault: fault.line)
        return Read((*links, *self._persons.links()), tuple(faults))

    def _links(self, line: int, statement: Statement) -> Iterator[Link]:
        details = statement.details
        subject, owner = _key(details.subject), _key(details.interested_party)
        child = self._party(subject)
        if child is None:
            self._faults.append(Fault(line, "its subject is no named entity of the file"))
            return
        if self._is_natural(subject):
            self._faults.append(Fault(line, CHILD_IS_PERSON))
            return
        source = _source(statement)
        if self._is_natural(owner):
            self._persons.add(child, owner, 1, source, line)
            if self._known[owner][1].kind in _ENTITY:
                self._faults.append(Fault(line, _LOOKS_NATURAL, taken=True))
            return
        parent = self._party(owner)
        if parent is None:
            if owner:
                self._faults.append(Fault(line, "its owner is no named entity of the file"))
            return
        for interest in details.interests or (Interest(),):
            share = _share_of(interest.share)
            if share is None:
                self._faults.append(Fault(line, "a share is no percentage from 0 to 100"))
                continue
            yield Link(
                child, parent, _code(interest.type), share.low, share.high, share.above,
                day_of(interest.start_date or ""), _until(interest, statement),
                "indirect" in (interest.direct_or_indirect, interest.interest_level),
                source=source, line=line,
            )  # fmt: skip

    def _is_natural(self, key: str) -> bool:
        """Whether a person's statement stands behind a key, or an entity's that is called like a
        natural person (a sole trader) and has no number."""
        _, statement = self._known.get(key, (0, None))
        if statement is None:
            return False
        if statement.kind in _PERSON:
            return True
        party = self._party(key)
        return party is not None and not party.identifiers and self._looks_natural(party.name)

    def _looks_natural(self, name: str) -> bool:
        return not name.isascii() and " " not in name and self._is_person(name)

    def _party(self, key: str) -> Party | None:
        """The entity behind a key; None where none is, or it has neither name nor number."""
        _, statement = self._known.get(key, (0, None))
        if statement is None or statement.kind not in _ENTITY:
            return None
        details = statement.details
        kind = details.entity_type
        name = plain_words(details.name or "").replace("〔", "").replace("〕", "")
        if (kind.type if isinstance(kind, Kind) else kind) in _UNNAMED:
            name = ""
        identifiers = sorted(
            {
                OrganisationId(scheme, number)
                for one in details.identifiers
                if (scheme := (one.scheme or "").strip().upper())
                and _SCHEME.fullmatch(scheme)
                and (number := normal_identifier(scheme, one.id or ""))
            }
        )
        place = details.jurisdiction or details.incorporated_in_jurisdiction
        country = ((place.code if place else None) or "")[:2].upper()
        party = Party(name, tuple(identifiers), country if _COUNTRY.fullmatch(country) else None)
        return party if name or identifiers else None


def _code(written: str) -> str:
    """A code as BODS 0.4 writes it: voting-rights, of 0.2, is votingRights."""
    first, *more = re.sub("[^A-Za-z-]", "", written)[:60].removesuffix("-of-trust").split("-")
    code = first + "".join(word.capitalize() for word in more)
    return code if len(code) > _SHORTEST_CODE else "unknownInterest"


def _key(reference: str | Reference | None) -> str:
    if isinstance(reference, Reference):
        return reference.described_by_entity_statement or reference.described_by_person_statement
    return reference or ""


def _source(statement: Statement) -> str:
    """Its address on the web, else who published it: other words of a source may name a person."""
    url = statement.source.url if statement.source else None
    if url and url.startswith(("http://", "https://")):
        return plain_words(url)
    published = statement.publication_details
    publisher = published.publisher if published else None
    return plain_words(publisher.name or "") if publisher else ""


def _until(interest: Interest, statement: Statement) -> str | None:
    if interest.end_date:
        return day_of(interest.end_date, last=True)
    closed = statement.record_status == "closed"
    return day_of(statement.statement_date or "", last=True) if closed else None


def _share_of(share: StatedShare | None) -> Share | None:
    if share is None:
        return Share()
    flag = share.exclusive_minimum
    low, above = share.minimum, flag is True
    if isinstance(flag, float):
        low, above = flag, True
    if share.exact is not None:
        low, above = share.exact, False
    high = share.exact if share.exact is not None else share.maximum
    if low is None:
        low = 0.0 if high is not None else None
    if low is not None and high is None:
        high = 100.0
    fits = low is None or high is None or 0 <= low <= high <= 100
    return Share(low, high, above) if fits else None
