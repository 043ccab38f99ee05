"""A CSV manifest given with records: where and when each was captured.

Columns ``path``, ``source_url``, ``captured_at``, ``note``, in any order, the first one required;
other columns are passed over and named. Comma, semicolon, tab or bar between them.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import msgspec

from sousveil.errors import ManifestError
from sousveil.model import Provenance
from sousveil.sources.given_table import delimiter, given_text

COLUMNS = ("path", "source_url", "captured_at", "note")
_MOST_FIELD = 1 << 20
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"]{3,4000}", re.IGNORECASE)
_LOOSE_DATE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)


class ManifestRow(msgspec.Struct, frozen=True):
    """One row; ``line`` is the line of the file where it ends, from 1."""

    line: int
    path: str
    source_url: str | None
    captured_at: str | None
    note: str | None


class Manifest(msgspec.Struct, frozen=True):
    """The rows of a manifest. Where a path stands twice the first row counts."""

    rows: tuple[ManifestRow, ...]
    duplicates: tuple[ManifestRow, ...]
    """Rows left aside because an earlier one names the same path."""
    ignored_columns: tuple[str, ...]
    by_path: dict[str, ManifestRow]
    by_name: dict[str, tuple[ManifestRow, ...]]

    def row(self, relative: str) -> ManifestRow | None:
        """The row for a file's relative path.

        The path as it stands; else the one row whose path ends in it, or in which it ends: the
        manifest may be written from another folder than the one given.
        """
        wanted = _key(relative)
        found = self.by_path.get(wanted)
        if found is not None:
            return found
        near = [
            row
            for row in self.by_name.get(wanted.rsplit("/", 1)[-1], ())
            if _ends(_key(row.path), wanted) or _ends(wanted, _key(row.path))
        ]
        return near[0] if len(near) == 1 else None

    def lookup(self, relative: str) -> Provenance | None:
        """Where the file came from according to the manifest, or None if it is not in it."""
        row = self.row(relative)
        if row is None:
            return None
        return Provenance(relative, row.source_url, row.captured_at, row.note)

    def unmatched(self, relatives: Iterable[str]) -> tuple[ManifestRow, ...]:
        """The rows that name none of the files with these relative paths."""
        used = {row.line for row in map(self.row, relatives) if row is not None}
        return tuple(row for row in self.rows if row.line not in used)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest in UTF-8, UTF-16 with a mark, or GB 18030.

    Raises ManifestError, naming the line, where it cannot be read or a value cannot be used.
    """
    text = given_text(path, "manifest", "--manifest", ManifestError)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    previous = csv.field_size_limit(_MOST_FIELD)
    try:
        header = next((cells for cells in reader if any(cells)), None)
        if header is None:
            raise ManifestError("The manifest is empty.", f"Its first line names {_names()}.")
        places = _places(header)
        rows = [
            _row(cells, places, len(header), reader.line_num)
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error:
        raise ManifestError(
            f"Line {reader.line_num} of the manifest is no CSV.", "Look for a missing quote."
        ) from None
    finally:
        csv.field_size_limit(previous)
    ignored = tuple(name for name in header if name.strip().lower() not in COLUMNS)
    return _assembled(rows, ignored)


def _assembled(rows: list[ManifestRow], ignored: tuple[str, ...]) -> Manifest:
    by_path: dict[str, ManifestRow] = {}
    by_name: dict[str, tuple[ManifestRow, ...]] = {}
    duplicates: list[ManifestRow] = []
    named: dict[str, list[ManifestRow]] = {}
    for row in rows:
        key = _key(row.path)
        if key in by_path:
            duplicates.append(row)
            continue
        by_path[key] = row
        named.setdefault(key.rsplit("/", 1)[-1], []).append(row)
    by_name = {name: tuple(found) for name, found in named.items()}
    return Manifest(tuple(by_path.values()), tuple(duplicates), ignored, by_path, by_name)


def _places(header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = cell.strip().lower()
        if name in COLUMNS:
            if name in places:
                raise ManifestError(f"The manifest has two columns {name}.", "Keep one of them.")
            places[name] = index
    if "path" not in places:
        raise ManifestError(
            "The first line of the manifest names no column path.",
            f"Its columns are {_names()}.",
        )
    return places


def _row(cells: list[str], places: dict[str, int], width: int, line: int) -> ManifestRow:
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        raise ManifestError(
            f"Line {line} of the manifest has {len(cells)} values for {width} columns.",
            "Put values that hold the separator in quotes.",
        )
    values = {
        name: cells[index].strip() if index < len(cells) else "" for name, index in places.items()
    }
    if not values["path"]:
        raise ManifestError(
            f"Line {line} of the manifest names no path.", "Add it or drop the row."
        )
    url = values.get("source_url") or None
    if url is not None and not _URL.fullmatch(url):
        raise ManifestError(
            f"Line {line} of the manifest: source_url is no address.",
            "Write it in full, with http:// or https://, or leave it empty.",
        )
    captured = values.get("captured_at") or None
    if captured is not None:
        captured = _moment(captured, line)
    return ManifestRow(line, values["path"], url, captured, values.get("note") or None)


def _moment(written: str, line: int) -> str:
    """A date or date with time as ISO 8601; 2021/3/5 10:20, as spreadsheets write it, too."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written).isoformat()
    except ValueError:
        pass
    match = _LOOSE_DATE.fullmatch(written)
    if match is not None:
        year, month, day, hour, minute, second = (
            int(part) if part else 0 for part in match.groups()
        )
        try:
            moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (as written)
        except ValueError:
            pass
        else:
            return moment.isoformat() if match[4] else moment.date().isoformat()
    raise ManifestError(
        f"Line {line} of the manifest: captured_at is no date.",
        "Write it as 2021-03-05 or 2021-03-05T10:20:00+08:00.",
    )


def _key(path: str) -> str:
    """A path for comparing: NFC, forward slashes, no ``./`` in front."""
    key = unicodedata.normalize("NFC", path.strip().replace("\\", "/"))
    while key.startswith("./"):
        key = key[2:]
    return key.lstrip("/")


def _ends(longer: str, shorter: str) -> bool:
    return longer.endswith("/" + shorter)


def _names() -> str:
    return ", ".join(COLUMNS)
