"""Ownership as BODS statements (0.2 to 0.4): from statements to links.

Of several statements about one record the last counts. What is not a statement is a fault; the rest
is read.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sousveil.errors import OwnershipError
from sousveil.model.ownership import NATURAL_PERSON, Link, Party
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
from sousveil.sources.ownership_read import (
    CHILD_IS_PERSON,
    MOST_PERSONS,
    NUMBER_OF_PERSON,
    Fault,
    IsPerson,
    Named,
    Persons,
    Read,
)
from sousveil.sources.ownership_values import (
    MOST_OF_SOURCE,
    Share,
    day_of,
    party_of,
    plain_words,
    register_number,
    share,
)
from sousveil.text.identifiers import SCHEME

MOST_STATEMENTS = 500_000
MOST_HELD = 256 << 20
"""Bytes of what is kept of all statements, written as JSON: held in memory until all are read."""

_ENTITY = frozenset(("entity", "entityStatement"))
_PERSON = frozenset(("person", "personStatement"))
_COUNTRY = re.compile("[A-Z]{2}")
_UNNAMED = frozenset(("anonymousEntity", "unknownEntity"))
_BODIES = frozenset(("state", "stateBody", "arrangement"))
STATED = "an organisation, as stated or by its name"
"""What our own export says of the type of an entity without a number, whose name may look like a
person's."""
STATED_AS = "stated as: "
"""Before the code of an interest that the list of BODS does not have."""
COUNTED = "Natural persons: "
"""Before the number of natural persons where no owner is named."""
_COUNT = re.compile(rf"{COUNTED}(\d{{1,7}})\.(?!\d)")
_encode = msgspec.json.Encoder().encode
_LOOKS_NATURAL = "its owner is called like a natural person, has no number, and is counted as one"
_SHORTEST_CODE = 2


def read_bods(path: Path, is_person: IsPerson) -> Read:
    """The links of a file of statements. Raises OwnershipError where it is no such file, or is
    larger than can be read."""
    known: dict[str, tuple[int, Statement]] = {}
    replaced: set[str] = set()
    faults: list[Fault] = []
    names: set[str] = set()
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
        names.update(filter(None, map(plain_words, statement.persons())))
        replaced.update(statement.replaces_statements)
        before = known.get(statement.key)
        if before is None or (before[1].statement_date or "") <= (statement.statement_date or ""):
            known[statement.key] = (line, statement)
    kept = {key: told for key, told in known.items() if key not in replaced}
    return _Linked(kept, is_person, faults, names).read()


class _Linked:
    """From statements to links."""

    def __init__(
        self,
        known: dict[str, tuple[int, Statement]],
        is_person: IsPerson,
        faults: list[Fault],
        names: set[str],
    ) -> None:
        self._known = known
        self._is_person = is_person
        self._faults = faults
        self._names = names
        self._persons = Persons()

    def read(self) -> Read:
        """Links in the order of the file, those of natural persons last."""
        links: list[Link] = []
        for key, (line, statement) in self._known.items():
            if statement.kind in _ENTITY:
                self._is_natural(key)  # its name is kept in no other words either
            elif statement.kind not in _PERSON:
                try:
                    links += self._links(line, statement)
                except ValueError as error:
                    self._faults.append(Fault(line, str(error)))
        faults = sorted(self._faults, key=lambda fault: fault.line)
        persons = Named(frozenset(self._names))
        return Read((*links, *self._persons.links()), tuple(faults), persons)

    def _links(self, line: int, statement: Statement) -> Iterator[Link]:
        """The links of a relationship. Raises ValueError with what is wrong with all of it."""
        details = statement.details
        subject, owner = _key(details.subject), _key(details.interested_party)
        child, _ = self._party(subject)
        if child is None:
            raise ValueError("its subject is no named entity of the file")
        if self._is_natural(subject):
            raise ValueError(CHILD_IS_PERSON)
        source = _source(statement)
        if self._is_natural(owner):
            self._persons.add(child, owner, 1, source, line)
            if self._known[owner][1].kind in _ENTITY:
                doubt = NUMBER_OF_PERSON if self._party(owner)[1] else _LOOKS_NATURAL
                self._faults.append(Fault(line, doubt, taken=True))
            return
        parent, _ = self._party(owner)
        if parent is None:
            counted = _counted(details.interested_party)
            if owner:
                raise ValueError("its owner is no named entity of the file")
            if counted:
                self._persons.add(child, f"line {line}", counted, source, line)
            return
        for interest in details.interests or (Interest(),):
            try:
                yield _held(child, parent, interest, statement, line)
            except ValueError as error:
                self._faults.append(Fault(line, str(error)))

    def _is_natural(self, key: str) -> bool:
        """Whether a person's statement stands behind a key, or an entity's that has a number of a
        natural person, or no number and the name of one (a sole trader)."""
        _, statement = self._known.get(key, (0, None))
        if statement is None:
            return False
        if statement.kind in _PERSON:
            return True
        party, has_persons_number = self._party(key)
        if party is None:
            return False
        if party.name.lower() == NATURAL_PERSON:
            return True
        looks = not party.identifiers and not _is_stated(statement)
        natural = has_persons_number or (looks and self._looks_natural(party.name))
        self._names.update([party.name] if natural and party.name else [])
        return natural

    def _looks_natural(self, name: str) -> bool:
        """Latin names of entities without a legal form are common; the statement's type is
        believed of them."""
        return not name.isascii() and self._is_person(name)

    def _party(self, key: str) -> tuple[Party | None, bool]:
        """The entity behind a key, and whether it has a number of a natural person; None where
        there is no entity, or it has neither name nor number."""
        _, statement = self._known.get(key, (0, None))
        if statement is None or statement.kind not in _ENTITY:
            return None, False
        details = statement.details
        name = plain_words((details.name or "").replace("〔", "").replace("〕", ""))
        identifiers = {
            number
            for one in details.identifiers
            if (scheme := (one.scheme or "").strip().upper())
            and SCHEME.fullmatch(scheme)
            and (number := register_number(scheme, one.id or ""))
        }
        place = details.jurisdiction or details.incorporated_in_jurisdiction
        country = ((place.code if place else None) or "")[:2].upper()
        party, has_persons_number = party_of(
            "" if _type(statement) in _UNNAMED else name,
            identifiers,
            country if _COUNTRY.fullmatch(country) else None,
        )
        return (party if party.name or party.identifiers else None), has_persons_number


def _type(statement: Statement) -> str:
    kind = statement.details.entity_type
    return kind.type if isinstance(kind, Kind) else kind or ""


def _is_stated(statement: Statement) -> bool:
    """Whether its type says that an entity is no natural person."""
    kind = statement.details.entity_type
    return _type(statement) in _BODIES or (isinstance(kind, Kind) and kind.details == STATED)


def _held(child: Party, parent: Party, interest: Interest, statement: Statement, line: int) -> Link:
    """The link of an interest. Raises ValueError with what is wrong."""
    held = _share_of(interest.share)
    if held is None:
        raise ValueError("a share is no percentage from 0 to 100")
    since = day_of(interest.start_date) if interest.start_date else None
    until = _until(interest, statement)
    if interest.start_date and since is None:
        raise ValueError("a startDate is no date")
    if since and until and since > until:
        raise ValueError("an interest ends before it begins")
    return Link(
        child, parent, _code(interest), held.low, held.high, held.above, since, until,
        "indirect" in (interest.direct_or_indirect, interest.interest_level),
        source=_source(statement), line=line,
    )  # fmt: skip


def _counted(owner: str | Reference | None) -> int:
    """How many natural persons our own export counts where it names no owner."""
    described = _COUNT.match(owner.description or "") if isinstance(owner, Reference) else None
    return min(int(described[1]), MOST_PERSONS) if described else 0


def _code(interest: Interest) -> str:
    """A code as BODS 0.4 writes it: voting-rights, of 0.2, is votingRights."""
    written, details = interest.type, interest.details or ""
    if written == "unknownInterest" and details.startswith(STATED_AS):
        written = details.removeprefix(STATED_AS)
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
        return plain_words(url, MOST_OF_SOURCE)
    published = statement.publication_details
    publisher = published.publisher if published else None
    return plain_words(publisher.name or "", MOST_OF_SOURCE) if publisher else ""


def _until(interest: Interest, statement: Statement) -> str | None:
    """The last day; None where it goes on. Raises ValueError where it ended nobody knows when."""
    if not interest.end_date and statement.record_status != "closed":
        return None
    day = day_of(interest.end_date or statement.statement_date or "", last=True)
    if day is None:
        raise ValueError("an interest ended on no known day: endDate or statementDate is no date")
    return day


def _share_of(stated: StatedShare | None) -> Share | None:
    """The share of an interest; None where it is no percentage."""
    if stated is None:
        return Share()
    flag = stated.exclusive_minimum
    low, above = stated.minimum, flag is True
    if isinstance(flag, float):
        low, above = flag, True
    high = stated.maximum
    if stated.exact is not None:
        low, high, above = stated.exact, stated.exact, False
    if low is None and high is None:
        return Share()
    return share(low or 0.0, 100.0 if high is None else high, above=above)
