"""Finding a notice and its pages in the database of a case."""

from collections.abc import Sequence
from typing import Any

import duckdb
import msgspec

from sousveil.errors import UsageError

LEAST_DIGITS = 6
_WHOLE = 32
"""Digits of a notice id."""

Row = dict[str, Any]


def notice_row(
    connection: duckdb.DuckDBPyConnection, notice_id: str, document: str | None = None
) -> Row | None:
    """A notice, by its id or first digits, with the columns of the view ``notices`` and what the
    rules alone say of it as ``by_rules``; None where there is none. Raises UsageError where several
    answer.

    The view joins tables of all notices; looking into each of them for the one is much quicker.
    Rows lie in the order of their ``document``: where that is known, little else is read.
    """
    if len(notice_id) < LEAST_DIGITS:
        return None
    where = "notice_id = ?" if len(notice_id) == _WHOLE else "starts_with(notice_id, ?)"
    values = [notice_id]
    if document is not None:
        where += " AND document_sha256 = ?"
        values.append(document)
    rows = _rows(connection, f"SELECT * FROM notice_rows WHERE {where} LIMIT 2", *values)
    if len(rows) > 1:
        raise UsageError(
            f"Several notices begin with '{notice_id[:_WHOLE]}'.",
            "Give more digits of the notice id.",
        )
    if not rows:
        return None
    (row,) = rows
    row["by_rules"] = row["coding"]
    row |= dict.fromkeys(("project_key", "duplicate_of", "source_path"))
    for table in ("codings", "resolutions"):
        for found in _rows(
            connection, f"SELECT * FROM {table} WHERE notice_id = ?", row["notice_id"]
        ):
            row |= found
    query = "SELECT source_path, source_url, captured_at FROM documents WHERE document_sha256 = ?"
    for found in _rows(connection, query, row["document_sha256"]):
        row |= {name: value for name, value in found.items() if value is not None}
    return row


def _rows(connection: duckdb.DuckDBPyConnection, query: str, *values: str) -> list[Row]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Text(msgspec.Struct, frozen=True):
    """A page's masked text and how it was obtained."""

    number: int
    pointer: str | None
    text: str
    obtained: str
    media_type: str

    @property
    def may_have_picture(self) -> bool:
        """Whether it is a page of a PDF, or was recognised in an image."""
        return self.obtained == "ocr" or self.media_type == "application/pdf"


def texts(
    connection: duckdb.DuckDBPyConnection, sha256: str, numbers: Sequence[int]
) -> dict[int, Text]:
    """Pages of a document by number."""
    if not numbers:
        return {}
    rows = connection.execute(
        "SELECT page, pointer, text, obtained, media_type FROM pages"
        f" WHERE document_sha256 = ? AND page IN ({', '.join('?' * len(numbers))})",
        [sha256, *numbers],
    ).fetchall()
    return {row[0]: Text(*row) for row in sorted(rows)}
