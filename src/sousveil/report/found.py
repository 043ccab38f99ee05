"""The report's figures of what a search found: of the projects that the notices belong to.

The queries are those of the report, word for word; before each stands what ``projects`` means.
``sousveil export CASE projects --query …`` lists the same projects.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import msgspec
import pyarrow as pa

from sousveil.report.figures import LEVELS, Definition, Figure, table
from sousveil.report.levels import levelled
from sousveil.report.network_ties import ROLES
from sousveil.report.trend import Trend, trends

NARROWED = """WITH projects AS (SELECT * FROM found), project_roles AS (SELECT * FROM roles)
"""
"""Stands before a figure's query: what it reads of projects is read once for all figures."""

_FOUND = """CREATE OR REPLACE TEMP TABLE found AS
SELECT project_key, lead_notice_id, buyer, buyer_type, country, province, year, surveillance,
       capabilities, platforms, target_groups, functions, data_sources, overseas_target,
       sophistication, sophistication_ladder, amount, currency, amount_usd, amount_kind
FROM projects SEMI JOIN (
    SELECT project_key FROM resolutions SEMI JOIN asked USING (notice_id)) USING (project_key)"""

_HEAD = """SELECT count(*) AS projects, count(*) FILTER (surveillance) AS surveillance,
       count(*) FILTER (surveillance AND year IS NULL) AS undated,
       min(year) FILTER (surveillance) AS first, max(year) FILTER (surveillance) AS last,
       count(amount) FILTER (surveillance) AS with_amount,
       count(amount_usd) FILTER (surveillance) AS with_usd,
       coalesce(sum(amount_usd) FILTER (surveillance), 0)::DOUBLE AS usd
FROM projects"""


class Head(msgspec.Struct, frozen=True):
    """What was found: ``notices``, their ``projects``, and of these the ``surveillance`` ones, to
    which all that follows refers: ``undated`` of them, the years of the others, how many state an
    amount, and how many in a currency whose rate is known, with their sum in US dollars."""

    notices: int
    projects: int
    surveillance: int
    undated: int
    first: int | None
    last: int | None
    with_amount: int
    with_usd: int
    usd: float


@contextmanager
def narrowed(connection: duckdb.DuckDBPyConnection, notice_ids: Sequence[str]) -> Iterator[Head]:
    """The database with the projects of these notices found; what was found, counted."""
    ids = pa.table({"notice_id": pa.array(notice_ids, pa.string())})
    connection.register("asked", ids)
    try:
        connection.execute(_FOUND)
        connection.execute(ROLES)
    finally:
        connection.unregister("asked")
    columns, (row,) = table(connection, NARROWED + _HEAD)
    said = {"notices": len(notice_ids), **dict(zip(columns, row, strict=True))}
    yield msgspec.convert(said, Head)
    connection.execute("DROP TABLE found")


def figure_found(connection: duckdb.DuckDBPyConnection, definition: Definition) -> Figure:
    """A figure of the projects found."""
    columns, rows = table(connection, NARROWED + definition.query)
    return Figure(definition, columns, rows)


def trends_found(connection: duckdb.DuckDBPyConnection) -> list[Trend]:
    """The test of each ladder, of the projects found."""
    return trends(levelled(connection, NARROWED + LEVELS).values(), groups=False)
