"""Ownership as BODS statements (0.2 to 0.4): a JSON array, or a statement a line.

Only what links need is decoded: names of persons are not. Of several statements about one record
the last counts. What is not a statement is a fault; the rest is read.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from sousveil.errors import OwnershipError
from sousveil.model import OrganisationId
from sousveil.model.ownership import Link, Party
from sousveil.sources.ownership_read import CHILD_IS_PERSON, Fault, IsPerson, Persons, Read
from sousveil.sources.ownership_values import Share, day_of, plain_words
from sousveil.text.identifiers import normal_identifier

MOST_BYTES = 1 << 30
MOST_OF_ARRAY = 64 << 20
MOST_OF_STATEMENT = 1 << 20
MOST_STATEMENTS = 500_000
_ENTITY = frozenset(("entity", "entityStatement"))
_PERSON = frozenset(("person", "personStatement"))
_SCHEME = re.compile("[A-Z]{2,3}(?:-[A-Z0-9]{2,10}){1,2}")
_COUNTRY = re.compile("[A-Z]{2}")
_UNNAMED = frozenset(("anonymousEntity", "unknownEntity"))


class _Kind(msgspec.Struct):
    type: str = ""


class _Identifier(msgspec.Struct):
    id: str | None = None
    scheme: str | None = None


class _Reference(msgspec.Struct):
    describedByEntityStatement: str = ""  # noqa: N815 - BODS 0.2 and 0.3
    describedByPersonStatement: str = ""  # noqa: N815


class _Share(msgspec.Struct):
    exact: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    exclusiveMinimum: float | bool | None = None  # noqa: N815 - a flag before 0.4


class _Interest(msgspec.Struct):
    type: str = "unknownInterest"
    directOrIndirect: str = ""  # noqa: N815
    interestLevel: str = ""  # noqa: N815 - before 0.4
    share: _Share | None = None
    startDate: str | None = None  # noqa: N815
    endDate: str | None = None  # noqa: N815


class _Place(msgspec.Struct):
    code: str | None = None


class _Details(msgspec.Struct):
    """An entity or a relationship; before 0.4 these keys stand in the statement itself."""

    name: str | None = None
    entityType: str | _Kind | None = None  # noqa: N815
    identifiers: tuple[_Identifier, ...] = ()
    jurisdiction: _Place | None = None
    incorporatedInJurisdiction: _Place | None = None  # noqa: N815
    subject: str | _Reference | None = None
    interestedParty: str | _Reference | None = None  # noqa: N815
    interests: tuple[_Interest, ...] = ()


class _Publisher(msgspec.Struct):
    name: str | None = None


class _Published(msgspec.Struct):
    publisher: _Publisher | None = None


class _Source(msgspec.Struct):
    url: str | None = None


class _Statement(_Details):
    statementID: str = ""  # noqa: N815
    statementId: str = ""  # noqa: N815
    statementType: str = ""  # noqa: N815
    statementDate: str | None = None  # noqa: N815
    recordType: str = ""  # noqa: N815
    recordId: str = ""  # noqa: N815
    recordStatus: str = ""  # noqa: N815
    recordDetails: _Details | None = None  # noqa: N815
    replacesStatements: tuple[str, ...] = ()  # noqa: N815
    source: _Source | None = None
    publicationDetails: _Published | None = None  # noqa: N815

    @property
    def kind(self) -> str:
        """Its type, in the words of its version."""
        return self.recordType or self.statementType

    @property
    def key(self) -> str:
        """What others refer to it by."""
        return self.recordId or self.statementID or self.statementId

    @property
    def details(self) -> _Details:
        """What it says."""
        return self.recordDetails or self


_statement = msgspec.json.Decoder(_Statement)
_items = msgspec.json.Decoder(list[msgspec.Raw])
_LOOKS_NATURAL = "its owner is called like a natural person, has no number, and is counted as one"
_SHORTEST_CODE = 2
_DEEP = "is nested deeper than any statement"


def read_bods(path: Path, is_person: IsPerson) -> Read:
    """The links of a file of statements. Raises OwnershipError where it is no such file, or is
    larger than can be read."""
    known: dict[str, tuple[int, _Statement]] = {}
    replaced: set[str] = set()
    faults: list[Fault] = []
    for count, (line, raw) in enumerate(_raw(path), start=1):
        if count > MOST_STATEMENTS:
            raise OwnershipError(
                f"There are more than {MOST_STATEMENTS:,} statements.",
                "Cut the file down to the organisations you need.",
            )
        statement = _decoded(raw)
        if isinstance(statement, str):
            faults.append(Fault(line, statement))
            continue
        replaced.update(statement.replacesStatements)
        before = known.get(statement.key)
        if before is None or (before[1].statementDate or "") <= (statement.statementDate or ""):
            known[statement.key] = (line, statement)
    return _Linked({k: v for k, v in known.items() if k not in replaced}, is_person, faults).read()


def _decoded(raw: bytes | msgspec.Raw) -> _Statement | str:
    """A statement, or what is wrong with it, without any text of it."""
    if len(memoryview(raw)) > MOST_OF_STATEMENT:
        return f"the statement has more than {MOST_OF_STATEMENT >> 20} MiB"
    try:
        statement = _statement.decode(raw)
    except msgspec.ValidationError as error:
        return f"it is no BODS statement: {error}"
    except msgspec.DecodeError:
        return "it is no JSON"
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except RecursionError:
        return f"it {_DEEP}"
    if not statement.kind or not statement.key:
        return "it is no BODS statement: it has no type or no id"
    return statement


def _raw(path: Path) -> Iterator[tuple[int, bytes | msgspec.Raw]]:
    """The values of a file with the line where each begins."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise OwnershipError(
            f"The file has more than {MOST_BYTES >> 30} GiB.",
            "Cut it down to the organisations you need.",
        )
    with path.open("rb") as file:
        if file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"[":
            file.seek(0)
            yield from _lines(file.readline)
            return
    if size > MOST_OF_ARRAY:
        raise OwnershipError(
            f"The JSON array has more than {MOST_OF_ARRAY >> 20} MiB.",
            "Write it as JSON Lines, one statement a line, e.g. with jq -c '.[]'.",
        )
    yield from _array(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))


def _lines(readline: Callable[[int], bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := readline(MOST_OF_STATEMENT + 2):
        number += 1
        if not line.endswith(b"\n") and len(line) > MOST_OF_STATEMENT:
            while (rest := readline(MOST_OF_STATEMENT)) and not rest.endswith(b"\n"):
                pass  # a line of any length is passed over without being held
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            yield number, line


def _array(data: bytes) -> Iterator[tuple[int, msgspec.Raw]]:
    try:
        items = _items.decode(data)
    except msgspec.DecodeError as error:
        raise OwnershipError(f"The file is no JSON array: {error}.", "Get it again.") from None
    except RecursionError:
        raise OwnershipError(f"The JSON {_DEEP}.", "Get it again.") from None
    at, line = 0, 1
    for item in items:
        start = data.index(bytes(item), at)
        line += data.count(b"\n", at, start)
        at = start
        yield line, item


class _Linked:
    """From statements to links."""

    def __init__(
        self, known: dict[str, tuple[int, _Statement]], is_person: IsPerson, faults: list[Fault]
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

    def _links(self, line: int, statement: _Statement) -> Iterator[Link]:
        details = statement.details
        subject, owner = _key(details.subject), _key(details.interestedParty)
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
        for interest in details.interests or (_Interest(),):
            share = _share_of(interest.share)
            if share is None:
                self._faults.append(Fault(line, "a share is no percentage from 0 to 100"))
                continue
            yield Link(
                child, parent, _code(interest.type), share.low, share.high, share.above,
                day_of(interest.startDate or ""), _until(interest, statement),
                "indirect" in (interest.directOrIndirect, interest.interestLevel),
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
        kind = details.entityType
        name = plain_words(details.name or "").replace("〔", "").replace("〕", "")
        if (kind.type if isinstance(kind, _Kind) else kind) in _UNNAMED:
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
        place = details.jurisdiction or details.incorporatedInJurisdiction
        country = ((place.code if place else None) or "")[:2].upper()
        party = Party(name, tuple(identifiers), country if _COUNTRY.fullmatch(country) else None)
        return party if name or identifiers else None


def _code(written: str) -> str:
    """A code as BODS 0.4 writes it: voting-rights, of 0.2, is votingRights."""
    first, *more = re.sub("[^A-Za-z-]", "", written)[:60].removesuffix("-of-trust").split("-")
    code = first + "".join(word.capitalize() for word in more)
    return code if len(code) > _SHORTEST_CODE else "unknownInterest"


def _key(reference: str | _Reference | None) -> str:
    if isinstance(reference, _Reference):
        return reference.describedByEntityStatement or reference.describedByPersonStatement
    return reference or ""


def _source(statement: _Statement) -> str:
    """Its address on the web, else who published it: other words of a source may name a person."""
    url = statement.source.url if statement.source else None
    if url and url.startswith(("http://", "https://")):
        return plain_words(url)
    published = statement.publicationDetails
    publisher = published.publisher if published else None
    return plain_words(publisher.name or "") if publisher else ""


def _until(interest: _Interest, statement: _Statement) -> str | None:
    if interest.endDate:
        return day_of(interest.endDate, last=True)
    closed = statement.recordStatus == "closed"
    return day_of(statement.statementDate or "", last=True) if closed else None


def _share_of(share: _Share | None) -> Share | None:
    if share is None:
        return Share()
    flag = share.exclusiveMinimum
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
