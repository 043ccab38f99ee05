"""Finding a notice and its pages in the database of a case."""

from collections.abc import Sequence
from typing import Any

import duckdb
import msgspec

from sousveil.errors import UsageError
from sousveil.model import Coding

LEAST_DIGITS = 6
_WHOLE = 32
"""Digits of a notice id."""

Row = dict[str, Any]


def notice_row(connection: duckdb.DuckDBPyConnection, notice_id: str) -> Row | None:
    """The row of the view ``notices`` of a notice, by its id or first digits; None where there is
    none. Raises UsageError where several answer."""
    if len(notice_id) < LEAST_DIGITS:
        return None
    where = "notice_id = ?" if len(notice_id) == _WHOLE else "starts_with(notice_id, ?)"
    cursor = connection.execute(f"SELECT * FROM notices WHERE {where} LIMIT 2", [notice_id])
    names = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchall()
    if len(rows) > 1:
        raise UsageError(
            f"Several notices begin with '{notice_id[:_WHOLE]}'.",
            "Give more digits of the notice id.",
        )
    return dict(zip(names, rows[0], strict=True)) if rows else None


def by_rules(connection: duckdb.DuckDBPyConnection, row: Row) -> Coding:
    """What the rules alone say of a notice, whatever stands in its place."""
    found = connection.execute(
        "SELECT coding FROM notice_rows WHERE notice_id = ?", [row["notice_id"]]
    ).fetchone()
    return msgspec.json.decode(str(found[0] if found else row["coding"]), type=Coding)


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
