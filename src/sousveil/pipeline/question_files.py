"""Reading a file of named queries: text, CSV, TOML or JSON Lines. A wrong line stops no other."""

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sousveil.errors import UsageError
from sousveil.search.parser import MAX_LENGTH

_LARGEST_LINE = 8 * MAX_LENGTH
"""Bytes of a line; a longer one holds no query that is accepted."""

_LARGEST_TOML = 50_000_000


class Question(msgspec.Struct, frozen=True):
    """A query to count. ``line`` of the file it stands in, 0 for a saved query."""

    name: str
    query: str
    line: int = 0


class WrongLine(msgspec.Struct, frozen=True):
    """A line that cannot be used, and why. It holds nothing of the line."""

    line: int
    message: str
    hint: str = ""


def read_questions(path: Path) -> Iterator[Question | WrongLine]:
    """The queries of a file in its order, wrong lines in their places; read line by line.

    The ending tells the format: ``.csv`` (columns ``query`` and ``name``), ``.toml`` (``name =
    "query"``, or a table with ``query``), ``.jsonl`` (objects with ``query`` and ``name``), else
    text: a query a line, or a name, a tab and a query; ``#`` begins a comment. What has no name
    is called by its line. Raises UsageError where the file as a whole cannot be read.
    """
    readers = {".csv": _csv, ".toml": _toml, ".jsonl": _jsonl, ".ndjson": _jsonl}
    if not path.is_file():
        raise UsageError(f"{path} is no file of queries.", "Name a file.")
    used: dict[str, int] = {}
    try:
        for item in readers.get(path.suffix.lower(), _text)(path):
            if isinstance(item, Question):
                before = used.setdefault(item.name, item.line)
                if before != item.line:
                    yield WrongLine(
                        item.line, f"Its name is that of line {before}.", "Give it another name."
                    )
                    continue
            yield item
    except OSError as error:
        raise UsageError(f"{path} cannot be read.", "Check the file and its rights.") from error


def _lines(path: Path) -> Iterator[tuple[int, str | WrongLine]]:
    """Lines without their ends, decoded one by one."""
    with path.open("rb") as source:
        number = 0
        while line := source.readline(_LARGEST_LINE + 1):
            number += 1
            if len(line) > _LARGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = source.readline(_LARGEST_LINE)
                yield number, WrongLine(number, "It is too long.", "Ask in several queries.")
                continue
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                yield number, WrongLine(number, "It is not UTF-8.", "Save the file as UTF-8.")
                continue
            yield number, text.rstrip("\r\n")


def _text(path: Path) -> Iterator[Question | WrongLine]:
    for number, line in _lines(path):
        if isinstance(line, WrongLine):
            yield line
        elif line.strip() and not line.lstrip().startswith("#"):
            name, tab, query = line.partition("\t")
            yield _question(number, name if tab else None, query if tab else line)


def _jsonl(path: Path) -> Iterator[Question | WrongLine]:
    for number, line in _lines(path):
        if isinstance(line, WrongLine):
            yield line
        elif line.strip():
            try:
                stated = json.loads(line)
            except (ValueError, RecursionError):
                yield WrongLine(number, "It is no JSON.", 'Write {"name": "…", "query": "…"}.')
                continue
            fields = stated if isinstance(stated, dict) else {}
            yield _question(number, fields.get("name"), fields.get("query"))


def _csv(path: Path) -> Iterator[Question | WrongLine]:
    """Rows by their first line; a cell may go on over lines."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as source:
        rows = csv.reader(source)
        heading: list[str] | None = None
        while True:
            line = rows.line_num + 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error:
                yield WrongLine(line, "It is no row of a CSV table.", "Check its quotation marks.")
                continue
            if heading is None:
                heading = [cell.strip().lower() for cell in row]
                if "query" not in heading:
                    raise UsageError(
                        f"{path} has no column 'query'.", "Its first line is: name,query"
                    )
            elif any(cell.strip() for cell in row):
                cells = dict(zip(heading, row, strict=False))
                yield _question(line, cells.get("name") or None, cells.get("query"))


def _toml(path: Path) -> Iterator[Question | WrongLine]:
    if path.stat().st_size > _LARGEST_TOML:
        raise UsageError(f"{path} is too large for TOML.", "Write the queries as JSON Lines.")
    try:
        text = path.read_text(encoding="utf-8")
        stated = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise UsageError(f"{path} is no TOML{where}.", 'Write name = "query".') from error
    for number, (name, value) in enumerate(stated.items(), 1):
        query = value.get("query") if isinstance(value, dict) else value
        yield _question(number, name, query)


def _question(line: int, name: object, query: object) -> Question | WrongLine:
    if not isinstance(query, str) or not isinstance(name, str | None):
        return WrongLine(line, "It has no query in words.", "Give it a name and a query.")
    if any("\ud800" <= char <= "\udfff" for char in (name or "") + query):
        return WrongLine(line, "It is not UTF-8.", "Save the file as UTF-8.")
    if len(name or "") > 200:
        return WrongLine(line, "Its name is too long.", "200 characters are the most.")
    return Question((name or "").strip() or f"line {line}", query.strip(), line)
