"""The record export: rows exactly as the fixed contract names them, streamed."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal, get_args

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sousveil.case.atomic import storage_errors
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.errors import UsageError
from sousveil.text.controls import shown_name

What = Literal[
    "notices",
    "pages",
    "projects",
    "links",
    "files",
    "organisations",
    "mentions",
    "joins",
    "ownership",
]
WHAT: tuple[str, ...] = get_args(What)
"""What can be exported."""
Format = Literal["jsonl", "csv", "parquet"]

NOTICE_COLUMNS = (
    "notice_id", "source_path", "source_url", "captured_at", "document_sha256", "page",
    "notice_type", "project_id", "plan_id", "project_name", "buyer", "buyer_type", "agency",
    "method", "budget", "ceiling", "award", "currency", "budget_usd", "ceiling_usd", "award_usd",
    "rate_date", "rate_note", "suppliers", "bidders", "lots", "published", "first_published",
    "bid_deadline", "country", "province", "surveillance", "surveillance_score", "capabilities",
    "platforms", "target_groups", "overseas_target", "sophistication", "sophistication_ladder",
    "basis", "taxonomy_version", "project_key", "duplicate_of", "evidence", "masked",
)  # fmt: skip
"""Columns of the notice export, in the order of the contract."""

_QUERIES = {
    "notices": f"SELECT {', '.join(NOTICE_COLUMNS)} FROM notices ORDER BY notice_id",
    "pages": "SELECT document_sha256, page, pointer, text FROM pages ORDER BY 1, 2",
    "projects": "SELECT * FROM projects ORDER BY project_key",
    "links": 'SELECT * FROM project_links ORDER BY "left", "right"',
    "files": "SELECT * FROM files ORDER BY path, document_sha256",
    "organisations": "SELECT * FROM organisations ORDER BY org_key",
    "mentions": "SELECT * FROM mentions ORDER BY notice_id, role, position",
    "joins": 'SELECT "left", "right", kind, rule, reason, NULL AS levels, probability FROM joins'
    ' UNION ALL SELECT "left", "right", \'same_organisation\', rule, reason, levels, probability'
    " FROM organisation_joins ORDER BY kind, 1, 2, rule",
    "ownership": "SELECT * FROM ownership ORDER BY child_key, parent_key, file, line, interest",
}
_JSON_COLUMNS = {"basis", "evidence", "masked", "levels"}
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_BEGINNING = 64
"""Characters of a cell in which the first that is seen is looked for."""
_BATCH = 5_000


CHOSEN = {
    "notices": f"SELECT {', '.join(NOTICE_COLUMNS)} FROM notices SEMI JOIN chosen USING (notice_id)"
    " ORDER BY notice_id",
    "pages": "SELECT document_sha256, page, pointer, text FROM pages SEMI JOIN (SELECT"
    " document_sha256, unnest(pages) AS page FROM notices SEMI JOIN chosen USING (notice_id))"
    " USING (document_sha256, page) ORDER BY 1, 2",
    "projects": "SELECT * FROM projects SEMI JOIN (SELECT project_key FROM notices SEMI JOIN"
    " chosen USING (notice_id)) USING (project_key) ORDER BY project_key",
    "mentions": "SELECT * FROM mentions SEMI JOIN chosen USING (notice_id)"
    " ORDER BY notice_id, role, position",
    "organisations": "SELECT * FROM organisations SEMI JOIN (SELECT org_key FROM mentions SEMI JOIN"
    " chosen USING (notice_id)) USING (org_key) ORDER BY org_key",
}
"""Of chosen notices: themselves, their pages, the projects they belong to, whom they name."""


class Chosen(msgspec.Struct, frozen=True):
    """The notices to export, and the committed state they were found in."""

    notice_ids: tuple[str, ...]
    state: Manifest


def export(
    case: Case, what: What, form: Format, out: BinaryIO, chosen: Chosen | None = None
) -> int:
    """Write every row, or those of the ``chosen`` notices, to ``out``; returns how many.

    Memory does not grow with the case, though it does with what is chosen (an id each). Raises
    UsageError for chosen ``files``: a file is no notice.
    """
    if chosen is not None and what not in CHOSEN:
        raise UsageError(
            f"A query finds notices, not {what}.",
            "Export notices, pages, projects, organisations or mentions by a query.",
        )
    query = _QUERIES[what] if chosen is None else CHOSEN[what]
    with connect(case, chosen.state if chosen else None) as connection:
        if chosen is not None:
            ids = pa.table({"notice_id": pa.array(chosen.notice_ids, pa.string())})
            connection.register("chosen", ids)
        if form == "parquet":
            return _parquet(connection.sql(query), out)
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        rows = _rows(cursor, names)
        return _jsonl(rows, out) if form == "jsonl" else _csv(rows, names, out)


def export_file(
    case: Case, what: What, form: Format, path: Path, chosen: Chosen | None = None
) -> int:
    """``export`` into a file, which appears whole or not at all. Raises UsageError likewise."""
    with whole_file(path) as out:
        return export(case, what, form, out, chosen)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which appears whole or not at all.

    A pipe or device is written to, a link followed: neither is replaced. Raises UsageError where
    the place cannot be a file.
    """
    path = path.resolve()
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written: it is no place for a file.", "Name a file.")
    if path.exists() and not path.is_file():
        with storage_errors(path), path.open("wb", buffering=0) as out:
            yield out
        return
    aside = path.with_name(f".{path.name}.aside")
    with storage_errors(path):
        try:
            with aside.open("wb") as out:
                yield out
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def _rows(cursor: duckdb.DuckDBPyConnection, names: list[str]) -> Iterator[dict[str, object]]:
    while batch := cursor.fetchmany(_BATCH):
        for values in batch:
            yield {name: _plain(name, value) for name, value in zip(names, values, strict=True)}


def _plain(name: str, value: object) -> object:
    if value is None:
        return None
    if name in _JSON_COLUMNS:
        return msgspec.json.decode(str(value))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _jsonl(rows: Iterator[dict[str, object]], out: BinaryIO) -> int:
    encode, count = msgspec.json.Encoder().encode, 0
    for row in rows:
        out.write(encode(row) + b"\n")
        count += 1
    return count


def _csv(rows: Iterator[dict[str, object]], names: list[str], out: BinaryIO) -> int:
    """Lists and objects stand as JSON in their cells; a cell that a spreadsheet could take for a
    formula is led by an apostrophe."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer, count = csv.writer(text), 0
    writer.writerow(names)
    for row in rows:
        writer.writerow([csv_cell(row[name]) for name in names])
        count += 1
    text.detach()
    return count


def csv_cell(value: object) -> object:
    """A value for a cell of any CSV file that is written: text that a spreadsheet could take for a
    formula is led by an apostrophe (owasp.org, CSV injection; full-width signs count too)."""
    if isinstance(value, list | dict):
        return msgspec.json.encode(value).decode()
    if isinstance(value, str) and shown_name(value[:_BEGINNING])[:1] in _FORMULA:
        return f"'{value}"
    return value


def _parquet(relation: duckdb.DuckDBPyRelation, out: BinaryIO) -> int:
    reader: pa.RecordBatchReader = relation.to_arrow_reader(_BATCH)
    count = 0
    with pq.ParquetWriter(out, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_table(pa.Table.from_batches([batch]))
            count += batch.num_rows
    return count
