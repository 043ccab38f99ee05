"""Rows for the pages of organisations: SQL over the case's views, read side by side in one order.

``prepare`` makes tables of the organisations chosen; ``Rows`` reads one sorted result a part of the
page, all at the same organisation. So a page holds its own rows and no other, and no table is read
again for each of thousands. A project counts once for an organisation and role, whatever number of
notices and copies say so.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

import duckdb

from sousveil.report.network_ties import MOST_BIDDERS, ROLES, TENDERS

_BATCH = 500
_MOST = 40
"""Rows of a part shown, of those with most projects; how many there are is told."""

Row = Mapping[str, object]

_TAKING = """CREATE OR REPLACE TABLE taking AS
SELECT c.position, r.*, t.buyers, t.winners, t.field, t.bidders_named, t.tendered,
       CASE WHEN supplier THEN 'won' WHEN bidder AND winners > 0 THEN 'lost'
            WHEN bidder THEN 'not known' END AS outcome,
       p.* EXCLUDE (project_key, buyer, suppliers)
FROM (SELECT org_key, project_key, bool_or(role = 'buyer') AS buyer,
             bool_or(role = 'supplier') AS supplier, bool_or(role = 'bidder') AS bidder,
             bool_or(role = 'agency') AS agency FROM roles GROUP BY 1, 2) r
JOIN chosen c USING (org_key) JOIN tenders t USING (project_key) JOIN projects p USING (project_key)
"""

_LISTED = """CREATE OR REPLACE TABLE listed AS
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY position
                         ORDER BY first_date DESC NULLS LAST, project_key) AS nth,
                         count(*) OVER (PARTITION BY position) AS of_rows FROM taking)
WHERE nth <= $most"""

_IN_FIGURES = """CREATE OR REPLACE TABLE chosen AS
WITH counted AS (
  SELECT r.org_key, r.role, count(*) AS projects, sum(p.amount_usd) AS usd
  FROM roles r JOIN projects p USING (project_key)
  WHERE p.surveillance AND r.role IN ('buyer', 'supplier') GROUP BY 1, 2),
ranked AS (
  SELECT org_key, row_number() OVER (PARTITION BY role ORDER BY projects DESC,
                                     usd DESC NULLS LAST, o.name, org_key) AS rank
  FROM counted JOIN organisations o USING (org_key))
SELECT org_key, row_number() OVER (ORDER BY min(rank), org_key) AS position
FROM ranked GROUP BY org_key QUALIFY position <= $most"""
"""Buyers and suppliers of surveillance projects, the first of the report's figures first."""

IN_FIGURES = """SELECT count(DISTINCT r.org_key)
FROM roles r JOIN projects p USING (project_key)
WHERE p.surveillance AND r.role IN ('buyer', 'supplier')"""

COVERAGE = """SELECT count(*) FILTER (bidders) AS notices, count(*) AS of_notices,
       count(DISTINCT project_key) FILTER (bidders) AS projects,
       count(DISTINCT project_key) AS of_projects
FROM (SELECT r.notice_id, r.project_key,
             bool_or(m.role = 'bidder' AND s.org_key IS NULL) AS bidders
      FROM mentions m JOIN resolutions r USING (notice_id)
      LEFT JOIN (SELECT org_key, project_key FROM roles WHERE role = 'supplier') s
        ON s.org_key = m.org_key AND s.project_key = r.project_key
      WHERE r.duplicate_of IS NULL AND m.role IN ('bidder', 'supplier') GROUP BY 1, 2)"""
"""In how many of the notices that name bidders or winners, and of their projects, bidders are named
that did not win."""

_MONEY = """count(amount) AS with_amount, coalesce(sum(amount), 0)::DOUBLE AS amount,
       coalesce(sum(amount_usd), 0)::DOUBLE AS usd, count(amount_usd) AS with_usd"""
_KEYS = "list(project_key ORDER BY project_key) AS project_keys"
_SIDES = """(SELECT *, 'buyer' AS role, buyers > 1 AS shared FROM taking WHERE buyer
 UNION ALL SELECT *, 'supplier', winners > 1 FROM taking WHERE supplier)"""
"""Projects by the role that money flows in; ``shared``: with others in the same role."""

_HEAD = """SELECT c.position, o.org_key, o.name, o.kind, o.buyer_type, o.country, o.place,
       o.division, o.identifiers, o.first_seen, o.last_seen, o.notices, o.parent_key,
       u.name AS parent, o.group_key, coalesce(g.name, w.name) AS group_name
FROM chosen c JOIN organisations o USING (org_key)
LEFT JOIN organisations u ON u.org_key = o.parent_key
LEFT JOIN organisations g ON g.org_key = o.group_key
LEFT JOIN (SELECT parent_key, min(parent) AS name FROM ownership GROUP BY 1) w
  ON w.parent_key = o.group_key
ORDER BY 1"""

_PARTS = {
    "names": f"""SELECT c.position, m.name, count(*) OVER (PARTITION BY c.position) AS of_rows,
       count(DISTINCT m.notice_id) FILTER (r.duplicate_of IS NULL) AS notices
FROM chosen c JOIN mentions m USING (org_key) JOIN resolutions r USING (notice_id)
GROUP BY c.position, m.name
QUALIFY row_number() OVER (PARTITION BY c.position ORDER BY notices DESC, m.name) <= {_MOST}
ORDER BY c.position, notices DESC, m.name""",
    "counts": f"""SELECT position, role, count(*) AS projects,
       count(*) FILTER (surveillance) AS surveillance, min(first_date) AS first,
       max(last_date) AS last, {_KEYS}
FROM taking, unnest(list_filter([CASE WHEN buyer THEN 'buyer' END,
  CASE WHEN supplier THEN 'supplier' END, CASE WHEN bidder THEN 'bidder' END,
  CASE WHEN agency THEN 'agency' END], lambda r: r IS NOT NULL)) AS t(role)
GROUP BY 1, 2 ORDER BY 1, list_position(['buyer', 'supplier', 'bidder', 'agency'], role)""",
    "bids": """SELECT position, count(*) AS projects,
       count(*) FILTER (bidders_named) AS with_bidders,
       count(*) FILTER (outcome = 'won') AS won, count(*) FILTER (outcome = 'lost') AS lost,
       count(*) FILTER (outcome = 'not known') AS not_known,
       count(*) FILTER (outcome = 'won' AND bidders_named) AS won_with_bidders
FROM taking WHERE outcome IS NOT NULL GROUP BY 1 ORDER BY 1""",
    "amounts": f"""SELECT position, role, shared, currency, year, count(*) AS projects,
       count(*) FILTER (amount_kind = 'award') AS by_award, {_MONEY}, {_KEYS}
FROM {_SIDES} WHERE amount IS NOT NULL
GROUP BY ALL ORDER BY position, role, shared, currency, year NULLS LAST""",
    "capabilities": f"""SELECT position, code, count(*) AS projects, {_KEYS}
FROM (SELECT position, unnest(capabilities) AS code, project_key FROM taking WHERE surveillance)
GROUP BY 1, 2 ORDER BY position, projects DESC, code""",
    "places": f"""SELECT position, role, country, province, count(*) AS projects,
       count(*) FILTER (surveillance) AS surveillance, of_rows, {_KEYS}
FROM (SELECT *, count(DISTINCT concat(country, '/', province))
             OVER (PARTITION BY position, role) AS of_rows FROM {_SIDES})
GROUP BY position, role, country, province, of_rows
QUALIFY row_number() OVER (PARTITION BY position, role
  ORDER BY projects DESC, country, province) <= {_MOST}
ORDER BY position, role, projects DESC, country, province""",
    "partners": f"""SELECT t.position, t.role, o.org_key, o.name, count(*) AS projects,
       count(*) FILTER (t.surveillance) AS surveillance, count(*) FILTER (t.winners > 1) AS shared,
       coalesce(sum(t.amount_usd) FILTER (t.winners = 1), 0)::DOUBLE AS usd,
       count(t.amount_usd) FILTER (t.winners = 1) AS with_usd,
       min(t.year) AS first_year, max(t.year) AS last_year,
       list(t.project_key ORDER BY t.project_key) AS project_keys,
       count(*) OVER (PARTITION BY t.position, t.role) AS of_rows
FROM {_SIDES} t JOIN roles r USING (project_key) JOIN organisations o ON o.org_key = r.org_key
WHERE r.org_key <> t.org_key
  AND r.role = CASE t.role WHEN 'buyer' THEN 'supplier' ELSE 'buyer' END
GROUP BY t.position, t.role, o.org_key, o.name
QUALIFY row_number() OVER (PARTITION BY t.position, t.role
  ORDER BY projects DESC, usd DESC, o.name, o.org_key) <= {_MOST}
ORDER BY t.position, t.role, projects DESC, usd DESC, o.name, o.org_key""",
    "together": f"""SELECT t.position, o.org_key, o.name, count(*) AS projects,
       count(*) FILTER (t.outcome = 'won' AND r.won) AS both_won,
       count(*) FILTER (t.outcome = 'won' AND NOT r.won) AS won,
       count(*) FILTER (t.outcome <> 'won' AND r.won) AS other_won,
       list(t.project_key ORDER BY t.project_key) AS project_keys,
       count(*) OVER (PARTITION BY t.position) AS of_rows
FROM taking t
JOIN (SELECT org_key, project_key, bool_or(role = 'supplier') AS won FROM roles
      WHERE role IN ('bidder', 'supplier') GROUP BY 1, 2) r USING (project_key)
JOIN organisations o ON o.org_key = r.org_key
WHERE t.outcome IS NOT NULL AND t.tendered AND t.field <= {MOST_BIDDERS}
  AND r.org_key <> t.org_key
GROUP BY t.position, o.org_key, o.name
QUALIFY row_number() OVER (PARTITION BY t.position ORDER BY projects DESC, o.name, o.org_key)
  <= {_MOST}
ORDER BY t.position, projects DESC, o.name, o.org_key""",
    "crowded": f"""SELECT position, count(*) AS projects FROM taking
WHERE outcome IS NOT NULL AND tendered AND field > {MOST_BIDDERS} GROUP BY 1 ORDER BY 1""",
    "units": f"""SELECT c.position, o.org_key, o.name, o.notices,
       count(*) OVER (PARTITION BY c.position) AS of_rows
FROM chosen c JOIN organisations o ON o.parent_key = c.org_key
QUALIFY row_number() OVER (PARTITION BY c.position ORDER BY o.notices DESC, o.name, o.org_key)
  <= {_MOST}
ORDER BY c.position, o.notices DESC, o.name, o.org_key""",
    "owners": """SELECT c.position, o.parent_key AS org_key, o.parent AS name, o.parent_ids AS
       identifiers, o.natural_persons, o.interest, o.share_min, o.share_max, o.share_above,
       o.indirect, o.since, o.until, o.controls, o.source, o.file, o.line
FROM chosen c JOIN ownership o ON o.child_key = c.org_key
ORDER BY c.position, o.controls DESC, o.parent NULLS LAST, o.file, o.line""",
    "owned": f"""SELECT c.position, o.child_key AS org_key, o.child AS name, o.child_ids AS
       identifiers, 0 AS natural_persons, o.interest, o.share_min, o.share_max, o.share_above,
       o.indirect, o.since, o.until, o.controls, o.source, o.file, o.line
FROM chosen c JOIN ownership o ON o.parent_key = c.org_key
QUALIFY row_number() OVER (PARTITION BY c.position ORDER BY o.child, o.file, o.line) <= {_MOST}
ORDER BY c.position, o.child, o.file, o.line""",
    "projects": """SELECT DISTINCT ON (l.position, l.nth) l.*, a.flags, m.role AS named_as,
       m.name AS written, n.notice_id, n.notice_type, n.published, n.document_sha256,
       n.source_path, n.source_url, n.captured_at, n.page AS notice_page,
       json_extract_string(n.evidence, '$.' || CASE WHEN m.role IN ('supplier', 'bidder')
         THEN m.role || 's' ELSE m.role END || '.page')::INTEGER AS words_page
FROM listed l JOIN mentions m USING (org_key)
JOIN notices n ON n.notice_id = m.notice_id AND n.project_key = l.project_key
LEFT JOIN notices a ON a.notice_id = l.amount_notice_id
WHERE n.duplicate_of IS NULL
ORDER BY l.position, l.nth, list_position(['supplier', 'buyer', 'bidder', 'agency'], m.role),
         n.published DESC NULLS LAST, n.notice_id""",
    "others": f"""SELECT l.position, l.project_key, r.role, o.org_key, o.name
FROM listed l JOIN roles r USING (project_key) JOIN organisations o ON o.org_key = r.org_key
WHERE r.role IN ('buyer', 'supplier') AND r.org_key <> l.org_key
QUALIFY row_number() OVER (PARTITION BY l.position, l.nth, r.role ORDER BY o.name, o.org_key)
  <= {_MOST}
ORDER BY l.position, l.nth, r.role, o.name, o.org_key""",
}


def prepare(
    connection: duckdb.DuckDBPyConnection, org_key: str | None, organisations: int, projects: int
) -> None:
    """Make the tables of one organisation, or of those in the report's figures, at most so many.
    ``projects``: how many are listed of each, the latest first. What is of the whole case is made
    once: a connection is bound to one state of it."""
    connection.execute(ROLES)
    connection.execute(TENDERS)
    if org_key is None:
        connection.execute(_IN_FIGURES, {"most": organisations})
    else:
        connection.execute(
            "CREATE OR REPLACE TABLE chosen AS SELECT $key AS org_key, 1::BIGINT AS position",
            {"key": org_key},
        )
    connection.execute(_TAKING)
    connection.execute(_LISTED, {"most": projects})


def organisations(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Each organisation chosen with the rows of every part of its page."""
    for name, query in {**_PARTS, "head": _HEAD}.items():
        connection.execute(f"CREATE OR REPLACE TABLE page_{name} AS {query}")
    parts = {name: _Part(_read(connection, name)) for name in _PARTS}
    for row in _read(connection, "head"):
        yield row, {name: part.of(row["position"]) for name, part in parts.items()}


class _Part:
    """Rows of one part, given out organisation by organisation in their order."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter("position"))
        self._next = next(self._groups, None)

    def of(self, position: object) -> list[Row]:
        if self._next is None or self._next[0] != position:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _read(connection: duckdb.DuckDBPyConnection, part: str) -> Iterator[Row]:
    with connection.cursor() as cursor:
        for batch in cursor.sql(f"FROM page_{part}").to_arrow_reader(_BATCH):
            yield from batch.to_pylist()
