"""The projects of a case, put together from its tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb
import msgspec

from sousveil.resolve.member import Member
from sousveil.resolve.projects import Project, summarise

_COLUMNS = tuple(f for f in Member.__struct_fields__ if f != "on")
_DATE = """coalesce(n.published, n.first_published, try_cast(left(n.bid_deadline, 10) AS DATE),
                    try_cast(left(n.captured_at, 10) AS DATE))"""
_SELECT = f"SELECT n.project_key, {_DATE}, {', '.join(f'n.{name}' for name in _COLUMNS)}"


def projects(connection: duckdb.DuckDBPyConnection) -> Iterator[Project]:
    """Every project, by key. The date of a notice is its publication, else the nearest it states,
    else the day it was captured."""
    cursor = connection.execute(f"{_SELECT} FROM notices n ORDER BY n.project_key")
    for key, group in groupby(_fetch(cursor), key=itemgetter(0)):
        yield summarise(key, [_member(row) for row in group])


def members(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> list[Member]:
    """The notices of these projects, as projects are made of them."""
    cursor = connection.execute(
        f"{_SELECT} FROM notices n WHERE list_contains(?, n.project_key)", [list(keys)]
    )
    return [_member(row) for row in _fetch(cursor)]


def _fetch(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while batch := cursor.fetchmany(2_000):
        yield from batch


def _member(row: tuple[object, ...]) -> Member:
    values = dict(zip(_COLUMNS, row[2:], strict=True))
    on = row[1] if isinstance(row[1], date) else None
    return msgspec.convert({**values, "on": on}, Member)
