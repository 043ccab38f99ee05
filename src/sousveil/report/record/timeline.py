"""The notices of one project in the order of their dates, and what each states otherwise than those
before it: corrections, and versions that contradict each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import msgspec

from sousveil.reference.glossary import gloss
from sousveil.report.record.view import Shown, shown

MOST_NOTICES = 40
"""Notices of a project that are listed."""
_MOST_LOOKED_UP = 100
"""Notices that are looked for one by one; the table is read whole for more."""

_COLUMNS = (
    "n.notice_id", "n.notice_type", "coalesce(n.published, n.first_published) AS published",
    "coalesce(n.title, n.project_name) AS title", "n.project_name", "n.buyer", "n.agency",
    "n.method", "n.budget", "n.ceiling", "n.award", "n.currency", "n.suppliers",
    "n.bid_deadline", "n.lots", "d.source_path", "r.duplicate_of",
)  # fmt: skip

_COMPARED = (
    "project_name", "buyer", "agency", "method", "budget", "ceiling", "award", "suppliers",
    "bid_deadline", "lots",
)  # fmt: skip
"""Fields of which it is said where a later notice states another value."""

_MONEY = frozenset({"budget", "ceiling", "award"})
_ONLY_TOLD_TOGETHER = frozenset({"lots"})
"""A notice that says nothing of lots has one by default: only more than one was said."""


class Change(msgspec.Struct, frozen=True):
    """A field that was stated before, in the notice ``since``, and is stated otherwise now; of
    lists what went and what came."""

    field: str
    old: tuple[Shown, ...]
    new: tuple[Shown, ...]
    since: str


class Event(msgspec.Struct, frozen=True):
    """A notice of the project. ``here``: the one that is being read; ``duplicate_of``: the notice
    it is a copy of; ``joined``: why it belongs to the one being read, where a rule says so."""

    notice_id: str
    notice_type: str
    published: date | None
    title: Shown
    gloss: str | None
    source_path: str | None
    here: bool
    duplicate_of: str | None
    changes: tuple[Change, ...]
    joined: str | None = None


class Timeline(msgspec.Struct, frozen=True):
    """The notices of a project, ``more`` of which are not listed."""

    events: tuple[Event, ...]
    more: int = 0


def timeline(
    connection: duckdb.DuckDBPyConnection,
    own: Mapping[str, Any],
    documents_of: Callable[[Sequence[str]], Mapping[str, str]] | None = None,
) -> Timeline:
    """The project of a notice, whose row is ``own``, and which is among them in any case.

    ``documents_of`` gives the documents of notices where they are known: rows lie in their order,
    so that little else is read.
    """
    notice_id = own["notice_id"]
    found = connection.execute(
        "SELECT notice_ids FROM projects WHERE project_key = ?", [own["project_key"]]
    ).fetchone()
    others = [each for each in found[0] if each != notice_id] if found else []
    known = documents_of(others) if documents_of and len(others) <= _MOST_LOOKED_UP else {}
    rows = [_own(own), *(_rows(connection, others, known) if others else ())]
    rows.sort(key=_order)
    here = next((at for at, row in enumerate(rows) if row["notice_id"] == notice_id), 0)
    first = max(0, min(here - MOST_NOTICES // 2, len(rows) - MOST_NOTICES))
    kept = rows[first : first + MOST_NOTICES]
    beside = [row["notice_id"] for row in kept if row["notice_id"] != notice_id]
    joined = _joined(connection, notice_id, beside) if beside else {}
    return Timeline(tuple(events(kept, notice_id, joined)), len(rows) - len(kept))


def events(
    rows: Iterable[Mapping[str, Any]], here: str, joined: Mapping[str, str] | None = None
) -> Iterator[Event]:
    """Notices in the order given, each compared with what the last before it said of each field."""
    said: dict[str, tuple[tuple[str, ...], str]] = {}
    for row in rows:
        title = str(row["title"] or row["notice_id"])
        yield Event(
            row["notice_id"],
            row["notice_type"],
            row["published"],
            shown(title),
            gloss(title),
            row["source_path"],
            row["notice_id"] == here,
            row["duplicate_of"],
            tuple(_changes(row, said)),
            (joined or {}).get(row["notice_id"]),
        )


def _changes(
    row: Mapping[str, Any], said: dict[str, tuple[tuple[str, ...], str]]
) -> Iterator[Change]:
    for field in _COMPARED:
        now = _stated(row, field)
        if not now:
            continue
        before = said.get(field)
        said[field] = (now, row["notice_id"])
        if before and _alike(before[0]) != _alike(now):
            yield Change(field, *_differing(before[0], now), before[1])


def _differing(
    old: Sequence[str], new: Sequence[str]
) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """What of the old is gone and what of the new was not there."""
    kept = _alike(old) & _alike(new)
    return (
        tuple(shown(value) for value in old if _plain(value) not in kept),
        tuple(shown(value) for value in new if _plain(value) not in kept),
    )


def _alike(values: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_plain, values))


def _plain(value: str) -> str:
    return "".join(value.split()).casefold()


def _stated(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """What a notice states of a field, in words; nothing where it does not."""
    value = row[field]
    if value is None or (field in _ONLY_TOLD_TOGETHER and value == 1):
        return ()
    if field in _MONEY and isinstance(value, Decimal):
        return (f"{row['currency'] or ''} {value:,.2f}".strip(),)
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return (str(value).replace("T", " ") if field == "bid_deadline" else str(value),)


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    stated = {"published": row["published"] or row["first_published"]}
    return {**row, **stated, "title": row["title"] or row["project_name"]}


def _rows(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str], documents: Mapping[str, str]
) -> list[dict[str, Any]]:
    # Joined with their ids, each table is read only where they can stand; asked for one of them,
    # it is read whole.
    among = sorted(set(documents.values())) if len(documents) == len(ids) else []
    where = f"WHERE document_sha256 IN ({_marks(among)})" if among else ""
    cursor = connection.execute(
        f"""WITH w AS (SELECT unnest(?) AS notice_id),
        n AS (SELECT * FROM notice_rows JOIN w USING (notice_id) {where}),
        r AS (SELECT * FROM resolutions JOIN w USING (notice_id))
        SELECT {", ".join(_COLUMNS)} FROM n LEFT JOIN r USING (notice_id)
        LEFT JOIN documents d USING (document_sha256)""",
        [list(ids), *among],
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _order(row: Mapping[str, Any]) -> tuple[bool, date, bool, str]:
    """By date, those without one last; a copy after what it is a copy of."""
    day: date | None = row["published"]
    return day is None, day or date.max, row["duplicate_of"] is not None, row["notice_id"]


def _joined(
    connection: duckdb.DuckDBPyConnection, notice_id: str, others: Sequence[str]
) -> dict[str, str]:
    """Why others of some notices belong to this one, by their ids. Joins lie in the order of
    their left sides: each half of the query reads little."""
    marks = _marks(others)
    rows = connection.execute(
        f"""SELECT "right" AS other, reason FROM joins WHERE "left" = ? AND "right" IN ({marks})
        UNION ALL
        SELECT "left", reason FROM joins WHERE "right" = ? AND "left" IN ({marks})
        ORDER BY 1, 2""",
        [notice_id, *others] * 2,
    ).fetchall()
    return dict(rows)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
