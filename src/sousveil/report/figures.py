"""The figures of the report: each one a question, a query over the case's views, and its rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import duckdb
import msgspec

from sousveil.classify.overseas import ONLINE

Scalar = str | int | float | None
Row = tuple[Scalar, ...]
Shape = Literal["bars", "years", "trend", "table"]


class Definition(msgspec.Struct, frozen=True):
    """A figure to be drawn: ``query`` is SQL over the views of ``case.database``.

    The last column of every query is ``project_keys``: the projects that a row counts, so that
    anybody can follow and recount it; it goes into the data, not onto the page, and so does an
    ``org_key``, whose page the row leads to. ``note`` says how to read the figure.
    """

    name: str
    title: str
    question: str
    query: str
    shape: Shape
    label: str
    """Column that names a row."""
    value: str
    """Column that is drawn."""
    facet: str | None = None
    """Taxonomy facet whose codes stand in ``label``, for their names in words."""
    note: str = ""


class Figure(msgspec.Struct, frozen=True):
    """A figure with its data. ``columns`` and ``rows`` hold everything that the query gave."""

    definition: Definition
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """The columns shown on the page: all but keys."""
        return tuple(c for c in self.columns if c not in ("org_key", "project_keys"))

    def records(self) -> list[dict[str, Scalar]]:
        """Rows as mappings."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def measured(figure: Figure, value: str) -> Figure:
    """A figure that draws another of its columns, the largest first where it draws bars."""
    definition = msgspec.structs.replace(figure.definition, value=value)
    rows = figure.rows
    if definition.shape == "bars":
        at = figure.columns.index(value)
        rows = tuple(sorted(rows, key=lambda row: -float(row[at] or 0)))
    return Figure(definition, figure.columns, rows)


def by_year(figure: Figure) -> list[tuple[int, float]]:
    """What a figure draws, added up for each year from its first to its last."""
    label, value = figure.definition.label, figure.definition.value
    totals: dict[int, float] = {}
    for row in figure.records():
        year = int(row[label] or 0)
        totals[year] = totals.get(year, 0.0) + float(row[value] or 0)
    if not totals:
        return []
    return [(year, totals.get(year, 0.0)) for year in range(min(totals), max(totals) + 1)]


_MONEY = "round(sum(amount_usd), 0) AS usd, count(amount_usd) AS with_amount"
_KEYS = "string_agg(project_key, ' ' ORDER BY project_key) AS project_keys"
_WATCHING = "FROM projects WHERE surveillance"


def _by_code(column: str) -> str:
    return f"""SELECT code, count(*) AS projects, {_MONEY}, {_KEYS}
FROM (SELECT unnest({column}) AS code, project_key, amount_usd {_WATCHING})
GROUP BY code ORDER BY projects DESC, code"""


_BIDS = """(SELECT count(DISTINCT b.project_key)
 FROM project_roles b JOIN projects q USING (project_key)
 WHERE b.org_key = o.org_key AND b.role IN ('bidder', 'supplier') AND q.surveillance) AS bids,"""


def _by_organisation(role: str, more: str = "") -> str:
    """Organisations by the surveillance projects in which they have a role: how many, for how much,
    in which years and provinces, of which capabilities. Each project counts once. What takes long
    to tell is told only of those that are listed."""
    taken = f"""project_roles r JOIN projects p USING (project_key)
JOIN organisations o USING (org_key) WHERE r.role = '{role}' AND p.surveillance"""
    order = "projects DESC, usd DESC NULLS LAST, o.name, o.org_key"
    return f"""SELECT o.name, count(*) AS projects, round(sum(p.amount_usd), 0) AS usd,
       count(p.amount_usd) AS with_amount, {more} min(p.year) AS first_year,
       max(p.year) AS last_year, count(DISTINCT p.province) AS provinces,
       array_to_string(list_sort(list_distinct(flatten(list(p.capabilities)))), ' ')
           AS capabilities, o.org_key,
       string_agg(p.project_key, ' ' ORDER BY p.project_key) AS project_keys
FROM {taken} AND o.org_key IN (
    SELECT org_key FROM (
        SELECT o.org_key, count(*) AS projects, round(sum(p.amount_usd), 0) AS usd
        FROM {taken} GROUP BY o.org_key, o.name ORDER BY {order} LIMIT 25))
GROUP BY o.org_key, o.name ORDER BY {order}"""


FIGURES: tuple[Definition, ...] = (
    Definition(
        "buyers", "Who buys, by kind of body",
        "Which kinds of public body buy systems that watch people?",
        f"""SELECT coalesce(buyer_type, 'not stated') AS buyer_type, count(*) AS projects,
       {_MONEY}, {_KEYS}
{_WATCHING} GROUP BY 1 ORDER BY projects DESC, 1""",
        "bars", "buyer_type", "projects", "buyer_type",
        "Kinds are read from the buyer's name. Dollars count only projects that state an amount.",
    ),
    Definition(
        "places", "Where the buyers are",
        "Which countries and provinces do the buyers belong to?",
        """SELECT coalesce(country, 'not known') || coalesce(' ' || province, '') AS place,
       count(*) FILTER (surveillance) AS projects, count(*) AS projects_given,
       round(sum(amount_usd) FILTER (surveillance), 0) AS usd,
       count(amount_usd) FILTER (surveillance) AS with_amount,
       string_agg(project_key, ' ' ORDER BY project_key) FILTER (surveillance) AS project_keys
FROM projects GROUP BY 1 HAVING bool_or(surveillance) ORDER BY projects DESC, 1""",
        "bars", "place", "projects", None,
        "How many of the projects given from a place buy surveillance, not how many the place "
        "buys: more records from it can mean only that more were given. Countries are compared in "
        "“Countries, with what was given of each”.",
    ),
    Definition(
        "capabilities", "What the systems do",
        "Which capabilities are bought?",
        _by_code("capabilities"), "bars", "code", "projects", "capability",
        "A project with several capabilities counts once under each, so rows add up to more than "
        "the number of projects.",
    ),
    Definition(
        "platforms", "Which platforms are named",
        "From which platforms do projects say that they collect?",
        _by_code("platforms"), "bars", "code", "projects", "platform",
        "Only platforms named in the quoted words of a record count. 'sousveil brief CASE' writes "
        "what can be sent to each: its projects, the words that name it, the public rule.",
    ),
    Definition(
        "target_groups", "Which groups are watched",
        "Which groups of people do the records name as the ones watched?",
        _by_code("target_groups"), "bars", "code", "projects", "target_group",
        "Groups only: a person named in a record is masked and not counted.",
    ),
    Definition(
        "functions", "What the systems do with people",
        "What do the records say that the systems do: collect, search, alert, identify, link, "
        "predict, respond?",
        _by_code("functions"), "bars", "code", "projects", "function",
        "Only what the quoted words of a record say counts: most titles say little.",
    ),
    Definition(
        "data_sources", "What the systems draw on",
        "From which sources do the records say that the data comes?",
        _by_code("data_sources"), "bars", "code", "projects", "data_source",
        "Only sources named in the quoted words of a record count.",
    ),
    Definition(
        "spend", "Spend by year",
        "How much do these projects state, year by year?",
        f"""SELECT year, coalesce(currency, 'none stated') AS currency, count(*) AS projects,
       sum(amount) AS amount, {_MONEY},
       count(*) FILTER (amount_kind = 'award') AS by_award,
       count(*) FILTER (amount_kind IN ('budget', 'ceiling')) AS by_budget, {_KEYS}
{_WATCHING} AND year IS NOT NULL GROUP BY 1, 2 ORDER BY year, currency""",
        "years", "year", "usd", None,
        "One figure a project: the award or contract amount where one is stated, else the budget, "
        "else the ceiling. Dollars at the rate of the notice's date. Projects without a date are "
        "left out here; the headline sum has them.",
    ),
    Definition(
        "overseas", "Watching people and media abroad",
        "How many projects watch people or media outside the buyer's own country?",
        f"""SELECT year, count(*) AS projects, {_MONEY}, {_KEYS}
{_WATCHING} AND overseas_target AND year IS NOT NULL GROUP BY 1 ORDER BY year""",
        "years", "year", "projects", None,
        "Projects without a date are left out here; the headline figure has them.",
    ),
    Definition(
        "sophistication", "How sophisticated the systems are",
        "Are departments acquiring more sophisticated technology?",
        f"""SELECT year, sophistication_ladder AS ladder, sophistication AS level,
       count(*) AS projects, {_KEYS}
{_WATCHING} AND sophistication IS NOT NULL AND year IS NOT NULL
GROUP BY 1, 2, 3 ORDER BY 2, 1, 3""",
        "trend", "year", "level", None,
        "Levels 0 to 6 (online) and 0 to 5 (video and police systems) are read from quoted "
        "specifications; a project without one has no level.",
    ),
    Definition(
        "specifications", "Whose specifications were seen",
        "How many of these projects show what the system does, by year and source?",
        """SELECT p.year, n.source_standard AS source, n.notice_type AS document,
       count(*) AS projects, count(p.sophistication) AS with_level,
       string_agg(p.project_key, ' ' ORDER BY p.project_key) AS project_keys
FROM projects p JOIN notices n ON n.notice_id = p.lead_notice_id
WHERE p.surveillance AND p.year IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        "table", "year", "projects", None,
        "A project without a seen specification has no level. Which documents were given decides "
        "what can be seen.",
    ),
    Definition(
        "bodies", "Which bodies buy",
        "Which public bodies buy the most of these projects, since when, and what?",
        _by_organisation("buyer"), "bars", "name", "projects", None,
        "Spellings of one body count as one; its units (a branch, a division) stand for "
        "themselves. 'sousveil joins list CASE --of organisation' says why, and takes corrections.",
    ),
    Definition(
        "suppliers", "Who supplies",
        "Which suppliers won the most of these projects, where and what?",
        _by_organisation("supplier", _BIDS), "bars", "name", "projects", None,
        "Spellings of one company count as one; a project with several suppliers counts its amount "
        "under each. 'bids' are these projects for which it is named as a bidder or winner.",
    ),
)  # fmt: skip
"""Every figure of the report, in order."""

KIND = """CASE WHEN n.notice_type IN ('candidate', 'award', 'contract', 'acceptance', 'termination')
           THEN 'outcome' WHEN n.notice_type IN ('intention', 'filing') THEN n.notice_type
           ELSE 'call' END"""
"""Whether a notice is a plan, a call, an outcome or a filing."""

LEVELS = f"""SELECT coalesce(p.sophistication_ladder,
           CASE WHEN list_has_any(p.capabilities, {sorted(ONLINE)})
                THEN 'online' ELSE 'video_police' END) AS ladder,
       p.year, p.sophistication AS level,
       split_part(coalesce(n.source_standard, '?'), '-', 1) || ' ' || {KIND} AS stratum,
       coalesce(p.buyer, p.project_key) AS buyer,
       coalesce(p.buyer_type, 'not stated') AS buyer_type,
       coalesce(p.country, 'not known') || coalesce(' ' || p.province, '') AS place,
       p.project_key
FROM projects p JOIN notices n ON n.notice_id = p.lead_notice_id
WHERE p.surveillance AND p.year IS NOT NULL ORDER BY p.project_key"""
"""The projects that the tests of trends compare, in strata of the system that published a record
and whether it is a plan, a call, an outcome or a filing; those without a level stand on
the ladder of what they do and are counted as not seen."""

COVERAGE = """SELECT coalesce(f.media_type, 'unknown') AS format, f.status, count(*) AS files,
       coalesce(sum(f.notices), 0) AS notices
FROM files f GROUP BY 1, 2 ORDER BY files DESC, 1, 2"""

COVERAGE_YEARS = """SELECT coalesce(p.country, 'not known') AS country,
       coalesce(CAST(p.year AS VARCHAR), 'undated') AS year, count(*) AS projects,
       count(*) FILTER (p.surveillance) AS surveillance
FROM projects p GROUP BY 1, 2 ORDER BY 1, 2"""


def draw(
    connection: duckdb.DuckDBPyConnection, definitions: Sequence[Definition] = FIGURES
) -> Iterator[Figure]:
    """Run each figure's query."""
    for definition in definitions:
        columns, rows = table(connection, definition.query)
        yield Figure(definition, columns, rows)


def illustrative(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether records of the case say that they are no real ones."""
    query = "SELECT count(*) > 0 FROM documents WHERE note ILIKE '%illustrative%'"
    ((found,),) = connection.execute(query).fetchall()
    return bool(found)


def table(
    connection: duckdb.DuckDBPyConnection, query: str
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Columns and rows of a query, as plain numbers and strings."""
    cursor = connection.execute(query)
    columns = tuple(str(column[0]) for column in cursor.description or ())
    return columns, tuple(tuple(_plain(v) for v in row) for row in cursor.fetchall())


def _plain(value: object) -> Scalar:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
