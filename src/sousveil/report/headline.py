"""The headline table: the few figures a reporter asks for first, each with its query."""

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case


class Headline(msgspec.Struct, frozen=True):
    """One headline figure: what it says, its value, and the query that counts it again."""

    name: str
    value: str
    query: str


_FIGURES: tuple[tuple[str, str, str], ...] = (
    ("Files given", "{:,.0f}", "SELECT count(*) FROM files WHERE parent_sha256 IS NULL"),
    (
        "Files that could not be read",
        "{:,.0f}",
        "SELECT count(*) FROM files WHERE status = 'failed'",
    ),
    ("Notices found", "{:,.0f}", "SELECT count(*) FROM notices"),
    ("Notices that are copies", "{:,.0f}", "SELECT count(duplicate_of) FROM notices"),
    ("Projects", "{:,.0f}", "SELECT count(*) FROM projects"),
    (
        "Projects that buy surveillance",
        "{:,.0f}",
        "SELECT count(*) FROM projects WHERE surveillance",
    ),
    (
        "… that watch people or media abroad",
        "{:,.0f}",
        "SELECT count(*) FROM projects WHERE surveillance AND overseas_target",
    ),
    (
        "… of these since 2020",
        "{:,.0f}",
        "SELECT count(*) FROM projects WHERE surveillance AND overseas_target AND year >= 2020",
    ),
    (
        "Buyers of surveillance (names as written)",
        "{:,.0f}",
        "SELECT count(DISTINCT buyer) FROM projects WHERE surveillance",
    ),
    (
        "Surveillance projects that state an amount",
        "{:,.0f}",
        "SELECT count(amount) FROM projects WHERE surveillance",
    ),
    (
        "… in a currency whose rate of the day is known",
        "{:,.0f}",
        "SELECT count(amount_usd) FROM projects WHERE surveillance",
    ),
    (
        "… sum of these, at the rates of their dates",
        "US${:,.0f}",
        "SELECT coalesce(sum(amount_usd), 0) FROM projects WHERE surveillance",
    ),
    (
        "Surveillance notices a person should look at",
        "{:,.0f}",
        "SELECT count(*) FROM notices WHERE len(review) > 0 OR (surveillance AND len(flags) > 0)",
    ),
)


def headline_of(connection: duckdb.DuckDBPyConnection) -> list[Headline]:
    """The headline figures of a connected case."""
    return [
        Headline(name, form.format(connection.execute(query).fetchall()[0][0]), query)
        for name, form, query in _FIGURES
    ]


def headline(case: Case) -> list[tuple[str, str]]:
    """The headline figures of a case, as (name, value)."""
    with connect(case) as connection:
        return [(item.name, item.value) for item in headline_of(connection)]
