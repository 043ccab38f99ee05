"""The projects that tests of trends compare, by key."""

import duckdb

from sousveil.report import figures
from sousveil.report.trend import Levelled


def levelled(
    connection: duckdb.DuckDBPyConnection, query: str = figures.LEVELS
) -> dict[str, Levelled]:
    """Surveillance projects with a date, by project key, in its order. ``query`` may narrow
    ``figures.LEVELS`` down."""
    columns, rows = figures.table(connection, query)
    records = (dict(zip(columns, row, strict=True)) for row in rows)
    return {
        str(r["project_key"]): Levelled(
            ladder=str(r["ladder"]),
            year=int(r["year"] or 0),
            level=None if r["level"] is None else int(r["level"]),
            stratum=str(r["stratum"]),
            buyer=str(r["buyer"]),
            buyer_type=str(r["buyer_type"]),
            place=str(r["place"]),
        )
        for r in records
    }
