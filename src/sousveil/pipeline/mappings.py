"""What people say of tables: the files of the case's ``mappings/`` read, checked, and written.

A file holds ``[[table]]`` entries: which tables it is for, and what their columns mean.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import get_args

import msgspec

from sousveil.case.folder import Case
from sousveil.errors import MappingError
from sousveil.extract.tabular import field_names
from sousveil.model import Document, NoticeType
from sousveil.model.mapping import Column, TableMapping
from sousveil.text import parse_amount
from sousveil.text.currency import ISO_CODES

_KEYS = frozenset(
    ("file", "document", "headings", "notices", "type", "currency", "country", "columns")
)
_COLUMN_KEYS = frozenset(("field", "unit", "currency"))
_AMOUNTS = ("budget", "ceiling", "award")
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*table[ \t]*\]\]", re.MULTILINE)


class Entry(msgspec.Struct, frozen=True):
    """One entry of a file: the tables it is for, by ``file`` (a pattern of paths) or ``document``
    (SHA-256 or its first digits), and what it says of them."""

    mapping: TableMapping
    file: str = ""
    document: str = ""

    def concerns(self, document: Document) -> bool:
        """Whether the entry is for tables of this document."""
        if self.document:
            return document.sha256.startswith(self.document)
        return any(_matches(self.file, p.path) for p in document.provenance)


def _matches(pattern: str, path: str) -> bool:
    """A pattern without a slash is one of file names; ``!/`` stands before a file of an archive."""
    if "/" not in pattern:
        path = path.rsplit("/", 1)[-1]
    return fnmatchcase(path, pattern)


def load_mappings(case: Case) -> list[Entry]:
    """Every entry of every file, those that name a document first, in the files' order.

    Raises MappingError for a file that cannot be used: it names file, line and key.
    """
    entries: list[Entry] = []
    for path in sorted((case.root / "mappings").glob("*.toml")):
        entries += _entries(path)
    return sorted(entries, key=lambda entry: not entry.document)


def offered(entries: Iterable[Entry], document: Document) -> tuple[TableMapping, ...]:
    """What may hold for tables of a document, in the order in which it is tried."""
    return tuple(entry.mapping for entry in entries if entry.concerns(document))


def _entries(path: Path) -> Iterator[Entry]:
    name = f"mappings/{path.name}"
    try:
        text = path.read_text("utf-8")
        stated = tomllib.loads(text)
    except OSError as error:
        raise MappingError(
            f"{name} cannot be read.", "Give yourself the right to read it."
        ) from error
    except UnicodeDecodeError as error:
        raise MappingError(f"{name} is not UTF-8 text.", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise MappingError(
            f"{name} is no TOML: {error}.", "Correct that line; see toml.io."
        ) from error
    tables = stated.pop("table", [])
    if stated or not isinstance(tables, list):
        key = next(iter(stated), "table")
        raise MappingError(f"{name}: '{key}' means nothing here.", "Write entries as [[table]].")
    lines = [text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)]
    for number, table in enumerate(tables):
        line = lines[number] if number < len(lines) else 1
        yield _entry(table, _Place(name, line))


class _Place:
    """Where an entry stands; raises errors that say so."""

    def __init__(self, name: str, line: int) -> None:
        self.name = f"{name}, line {line}"

    def fail(self, key: str, problem: str, hint: str) -> MappingError:
        return MappingError(f"{self.name}: {key}: {problem}", hint)

    def text(self, table: Mapping[str, object], key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.fail(key, "it is no text.", 'Put it between quotes: "…".')
        return " ".join(value.split())


def _entry(table: Mapping[str, object], place: _Place) -> Entry:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise place.fail(unknown[0], "there is no such key.", f"Use {', '.join(sorted(_KEYS))}.")
    file, document = place.text(table, "file"), place.text(table, "document").lower()
    if bool(file) == bool(document):
        raise place.fail(
            "file", "an entry needs either 'file' or 'document'.",
            'Write file = "*.xlsx" (a pattern of paths) or document = "<SHA-256>".',
        )  # fmt: skip
    if document and not re.fullmatch("[0-9a-f]{8,64}", document):
        raise place.fail("document", "it is no SHA-256.", "Give at least 8 hexadecimal digits.")
    return Entry(_mapping(table, place), file, document)


def _mapping(table: Mapping[str, object], place: _Place) -> TableMapping:
    notices, headings = table.get("notices", True), table.get("headings", [])
    if not isinstance(notices, bool):
        raise place.fail("notices", "it is neither true nor false.", "Write notices = false.")
    if not isinstance(headings, list) or not all(isinstance(h, str) for h in headings):
        raise place.fail("headings", "it is no list of texts.", 'Write headings = ["…", "…"].')
    columns = table.get("columns", {})
    if not isinstance(columns, dict) or (notices and not columns):
        raise place.fail(
            "columns", "no column is given a meaning.",
            'Write [table.columns] and below it "heading" = "field", or notices = false.',
        )  # fmt: skip
    kind = place.text(table, "type")
    if kind and kind not in get_args(NoticeType):
        raise place.fail(
            "type", f"there is no type '{kind}'.", f"Use {', '.join(get_args(NoticeType))}."
        )
    country = place.text(table, "country").upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise place.fail("country", "it is no country code.", "Use two letters, e.g. CN or US.")
    return TableMapping(
        {
            " ".join(heading.split()): _column(meaning, heading, place)
            for heading, meaning in columns.items()
        },
        tuple(" ".join(h.split()) for h in headings),
        notices,
        kind,
        _currency(place.text(table, "currency"), "currency", place),
        country,
        place.name,
    )


def _column(meaning: object, heading: str, place: _Place) -> Column:
    key = f'columns."{heading}"'
    if isinstance(meaning, str):
        meaning = {"field": meaning}
    if not isinstance(meaning, dict) or set(meaning) - _COLUMN_KEYS:
        raise place.fail(
            key,
            "it is no field.",
            'Write "heading" = "field" or { field = "budget", unit = "万元" }.',
        )
    field, unit = place.text(meaning, "field"), place.text(meaning, "unit")
    if field and field not in field_names():
        raise place.fail(
            key, f"there is no field '{field}'.",
            f'Use one of: {", ".join(field_names())}; or "" for a column that means nothing.',
        )  # fmt: skip
    currency = _currency(place.text(meaning, "currency"), key, place)
    if (unit or currency) and field not in _AMOUNTS:
        raise place.fail(
            key, "only amounts have a unit or currency.", f"Use {', '.join(_AMOUNTS)}."
        )
    if unit:
        amount = parse_amount(f"1{unit}")
        if amount is None or not amount.unit:
            raise place.fail(key, f"there is no unit '{unit}'.", "Use 元, 万元, 亿元, million …")
    return Column(field, unit, currency)


def _currency(code: str, key: str, place: _Place) -> str:
    if code and code.upper() not in ISO_CODES:
        raise place.fail(key, f"there is no currency '{code}'.", "Use ISO 4217, e.g. CNY or USD.")
    return code.upper()


def expected(
    entries: Sequence[Entry], documents: Iterable[Document]
) -> dict[str, tuple[TableMapping, ...]]:
    """What may hold for each document of which anything is said, by SHA-256."""
    if not entries:
        return {}
    said = ((document.sha256, offered(entries, document)) for document in documents)
    return {sha256: mappings for sha256, mappings in said if mappings}
