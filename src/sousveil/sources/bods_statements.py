"""Statements of BODS 0.2 to 0.4 as they stand in a file: only what links need of them.

Of persons only their names are decoded, and only so that they can be masked in what the file says
elsewhere. A file is an array, or a statement a line; limits hold for hostile
ones, and a line without end is passed over without being held.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from sousveil.errors import OwnershipError

MOST_BYTES = 1 << 30
MOST_OF_ARRAY = 64 << 20
MOST_OF_STATEMENT = 1 << 20
CUT = "Cut the file down to the organisations you need."
_DEEP = "is nested deeper than any statement"


class Kind(msgspec.Struct, rename="camel"):
    """The type of an entity, as 0.4 states it."""

    type: str = ""
    details: str | None = None


class Identifier(msgspec.Struct, rename="camel"):
    """A number of a register."""

    id: str | None = None
    scheme: str | None = None


class Reference(msgspec.Struct, rename="camel"):
    """Whom a statement before 0.4 is about; empty where nobody is named."""

    described_by_entity_statement: str = ""  # BODS 0.2 and 0.3
    described_by_person_statement: str = ""
    description: str | None = None  # why nobody is named


class StatedShare(msgspec.Struct, rename="camel"):
    """Percent."""

    exact: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | bool | None = None  # a flag before 0.4


class Interest(msgspec.Struct, rename="camel"):
    """What somebody holds."""

    type: str = "unknownInterest"
    details: str | None = None
    direct_or_indirect: str = ""
    interest_level: str = ""  # before 0.4
    share: StatedShare | None = None
    start_date: str | None = None
    end_date: str | None = None


class Place(msgspec.Struct, rename="camel"):
    """Where an entity is registered."""

    code: str | None = None


class Details(msgspec.Struct, rename="camel"):
    """An entity or a relationship; before 0.4 these keys stand in the statement itself."""

    name: str | None = None
    names: msgspec.Raw = msgspec.Raw(b"null")  # of a person
    entity_type: str | Kind | None = None
    identifiers: tuple[Identifier, ...] = ()
    jurisdiction: Place | None = None
    incorporated_in_jurisdiction: Place | None = None
    subject: str | Reference | None = None
    interested_party: str | Reference | None = None
    interests: tuple[Interest, ...] = ()


class Publisher(msgspec.Struct, rename="camel"):
    """Who publishes."""

    name: str | None = None


class Published(msgspec.Struct, rename="camel"):
    """How it was published."""

    publisher: Publisher | None = None


class Source(msgspec.Struct, rename="camel"):
    """Where it comes from."""

    url: str | None = None


class Statement(Details, rename="camel"):
    """A statement about an entity, a person or a relationship."""

    statement_id_before: str = msgspec.field(name="statementID", default="")  # before 0.4
    statement_id: str = ""
    statement_type: str = ""
    statement_date: str | None = None
    record_type: str = ""
    record_id: str = ""
    record_status: str = ""
    record_details: Details | None = None
    replaces_statements: tuple[str, ...] = ()
    source: Source | None = None
    publication_details: Published | None = None

    @property
    def kind(self) -> str:
        """Its type, in the words of its version."""
        return self.record_type or self.statement_type

    @property
    def key(self) -> str:
        """What others refer to it by."""
        return self.record_id or self.statement_id_before or self.statement_id

    @property
    def details(self) -> Details:
        """What it says."""
        return self.record_details or self

    def persons(self) -> Iterator[str]:
        """Names of persons that it states, in whatever form. They are masked, never kept, so that
        what is damaged is no fault."""
        try:
            told = msgspec.json.decode(self.details.names)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        for name in told if isinstance(told, list) else [told]:
            parts = name if isinstance(name, dict) else {"fullName": name}
            said = [part for key in _NAME_PARTS if isinstance(part := parts.get(key), str)]
            yield " ".join(said)
            full = parts.get("fullName")
            if isinstance(full, str):
                yield full


_NAME_PARTS = ("givenName", "patronymicName", "familyName")
_statement = msgspec.json.Decoder(Statement)
_items = msgspec.json.Decoder(list[msgspec.Raw])


def decoded(raw: bytes | msgspec.Raw) -> Statement | str:
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


def raw_statements(path: Path) -> Iterator[tuple[int, bytes | msgspec.Raw]]:
    """The values of a file with the line where each begins."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise OwnershipError(
            f"The file has more than {MOST_BYTES >> 30} GiB.",
            CUT,
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
