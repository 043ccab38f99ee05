"""Showing what was understood of each table, and writing it down for a person to correct."""

import json
from collections.abc import Iterator, Sequence

import msgspec

from sousveil.case.atomic import replace_file
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.extract.tabular import chosen
from sousveil.model.mapping import Column, Sheet
from sousveil.pipeline.mappings import expected, load_mappings
from sousveil.pipeline.standing import Said

FILE = "mappings/tables.toml"
_HEAD = """\
# What the columns of tables mean. Change a field, then run: sousveil process CASE
# Fields: {fields}.
# "" is a column that means nothing. Amounts may say more:
#   "heading" = {{ field = "budget", unit = "万元", currency = "CNY" }}
# Of several columns for one field the first that has a value is taken.
# An entry may also say: notices = false (no row is a notice), type = "award", currency = "USD",
# country = "US". Only tables whose entry is changed are read again.
"""


class ColumnView(msgspec.Struct, frozen=True):
    """A heading and what it means; an empty ``field`` where it means nothing."""

    heading: str
    field: str = ""
    unit: str = ""
    currency: str = ""


class TableView(msgspec.Struct, frozen=True):
    """A table of a case. ``told_by`` is the file and line that a person wrote; empty for a guess.

    ``notices`` of its ``rows`` are notices. ``waiting``: something else is said since it was read.
    """

    path: str
    document_sha256: str
    sheet: str
    rows: int
    notices: int
    told_by: str
    waiting: bool
    columns: tuple[ColumnView, ...]


class Mappings(msgspec.Struct, frozen=True):
    """Every table of a case, and the entries of ``mappings/`` that were used for none: another
    entry comes first, they say what was guessed anyway, or no table is like that."""

    tables: tuple[TableView, ...]
    unused: tuple[str, ...] = ()


_QUERY = """SELECT d.source_path, s.document_sha256, s.sheet, s.rows, s.notices, s.mapping,
       s.headings, s.columns
FROM sheets s JOIN documents d USING (document_sha256) ORDER BY 1, 2, s.page"""


def shown(case: Case) -> Mappings:
    """What was understood when the tables were last read. Raises MappingError."""
    entries = load_mappings(case)
    said = expected(entries, case.documents())
    with connect(case) as connection:
        tables = tuple(_view(row, said) for row in connection.execute(_QUERY).fetchall())
    used = {table.told_by for table in tables}
    unused = sorted(e.mapping.origin for e in entries if e.mapping.origin not in used)
    return Mappings(tables, tuple(unused))


def _view(row: tuple[object, ...], said: Said) -> TableView:
    path, sha256, sheet, rows, notices, mapping, headings, columns = row
    meant = msgspec.json.decode(str(columns), type=dict[str, Column])
    views = (ColumnView(h, c.field, c.unit, c.currency) for h, c in meant.items())
    names = headings if isinstance(headings, list) else []
    told = chosen(Sheet("", 1, "", tuple(names), 0), said.get(str(sha256), ()))
    return msgspec.convert(
        {
            "path": path,
            "document_sha256": sha256,
            "sheet": str(sheet)[1:].replace("~1", "/").replace("~0", "~"),
            "rows": rows,
            "notices": notices,
            "told_by": told.origin if told else "",
            "waiting": mapping != (told.digest if told else ""),
            # What means something stands in its own order, which tells the first from the second.
            "columns": [next(views) if name in meant else ColumnView(name) for name in names],
        },
        TableView,
        from_attributes=True,
    )


def write(case: Case, fields: Sequence[str]) -> int:
    """Write an entry for each heading row of which nothing is said yet, after what stands there.

    The entries say what was guessed: nothing changes until one is edited. Returns how many were
    written. The case's lock must be held. Raises MappingError or StorageError.
    """
    path = case.root / FILE
    entries = load_mappings(case)
    said = {entry.mapping.headings for entry in entries if entry.mapping.headings}
    fresh: dict[tuple[str, ...], list[TableView]] = {}
    for table in shown(case).tables:
        headings = tuple(column.heading for column in table.columns)
        if not table.told_by and not any(set(known) <= set(headings) for known in said):
            fresh.setdefault(tuple(sorted(headings)), []).append(table)
    if fresh:
        before = (
            path.read_text("utf-8") if path.exists() else _HEAD.format(fields=", ".join(fields))
        )
        parts = ["\n".join(_entry(tables)) for tables in fresh.values()]
        replace_file(path, ("\n".join([before.rstrip("\n"), *parts]) + "\n").encode())
    return len(fresh)


def _entry(tables: Sequence[TableView]) -> Iterator[str]:
    first = tables[0]
    paths = sorted({table.path for table in tables})
    yield ""
    yield f"# {sum(t.rows for t in tables)} rows, {sum(t.notices for t in tables)} notices."
    if len(paths) > 1:
        yield f"# In {len(paths)} files, {_comment(paths[0])} the first."
    yield "[[table]]"
    yield f"file = {_quoted(_escaped(paths[0]) if len(paths) == 1 else '*')}"
    yield f"headings = [{', '.join(_quoted(column.heading) for column in first.columns)}]"
    yield "[table.columns]"
    for column in first.columns:
        yield f"{_quoted(column.heading)} = {_meaning(column)}"


def _meaning(column: ColumnView) -> str:
    if not (column.unit or column.currency):
        return _quoted(column.field)
    parts = [f"field = {_quoted(column.field)}"]
    parts += [f"unit = {_quoted(column.unit)}"] if column.unit else []
    parts += [f"currency = {_quoted(column.currency)}"] if column.currency else []
    return f"{{ {', '.join(parts)} }}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _escaped(path: str) -> str:
    """A path as a pattern that only it matches."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


def _comment(path: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in path)
