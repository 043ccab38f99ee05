"""What ties organisations together: who bought from whom, who bid for the same, who owns whom.

Natural persons are never among them. Names tie nobody that notices do not: every tie has the
projects that show it.
"""

from collections.abc import Iterator
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from sousveil.report.export import Chosen

MOST_BIDDERS = 30
"""Bidders of one project up to which their bids tie them together: a framework that takes hundreds
shows no rivals."""

ROLES = "CREATE TABLE IF NOT EXISTS roles AS SELECT * FROM project_roles"

TENDERS = """CREATE TABLE IF NOT EXISTS tenders AS
SELECT t.*, t.winning + masked::INTEGER AS winners, t.field > t.winning AS bidders_named
FROM (SELECT project_key, count(DISTINCT org_key) FILTER (role = 'buyer') AS buyers,
             count(DISTINCT org_key) FILTER (role = 'supplier') AS winning,
             count(DISTINCT org_key) FILTER (role IN ('bidder', 'supplier')) AS field,
             bool_or(role = 'bidder') AS tendered
      FROM roles GROUP BY 1) t
JOIN (SELECT project_key, len(list_filter(suppliers, lambda s: contains(s, '〔'))) > 0 AS masked
      FROM projects) USING (project_key)"""
"""A masked person that won is nobody here, and a winner all the same. ``bidders_named``: besides
those that won; many systems name the winner alone as a bidder, which tells nothing of losing."""

_SCOPE = """CREATE OR REPLACE TEMP TABLE scope AS
SELECT notice_id, project_key FROM notices {chosen}
WHERE duplicate_of IS NULL"""
_NAMED = """CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT m.org_key, s.project_key, m.role
FROM mentions m JOIN scope s USING (notice_id) WHERE m.role IN ('buyer', 'supplier', 'bidder')"""
_TRADES = """CREATE OR REPLACE TEMP TABLE trades AS
SELECT b.org_key AS buyer, s.org_key AS supplier, count(*) AS projects,
       count(p.amount_usd) FILTER (t.buyers = 1 AND t.winners = 1) AS sole_projects,
       sum(p.amount_usd) FILTER (t.buyers = 1 AND t.winners = 1) AS sole_usd,
       string_agg(p.project_key, ' ' ORDER BY p.project_key) AS keys
FROM named b JOIN named s USING (project_key) JOIN projects p USING (project_key)
JOIN tenders t USING (project_key)
WHERE b.role = 'buyer' AND s.role = 'supplier' AND b.org_key <> s.org_key GROUP BY 1, 2"""
"""An amount is a project's whole one: it says what a pair traded only where nobody else bought or
won, in any notice of the project."""
_TENDERED = """CREATE OR REPLACE TEMP TABLE tendered AS
SELECT DISTINCT org_key, project_key FROM named
SEMI JOIN (SELECT project_key FROM named WHERE role = 'bidder') USING (project_key)
WHERE role IN ('bidder', 'supplier')"""
_SIZES = """CREATE OR REPLACE TEMP TABLE fields AS
SELECT project_key, count(*) AS bidders FROM tendered
GROUP BY 1"""
_RIVALS = f"""CREATE OR REPLACE TEMP TABLE rivals AS
SELECT a.org_key AS one, b.org_key AS other, count(*) AS projects,
       string_agg(a.project_key, ' ' ORDER BY a.project_key) AS keys
FROM tendered a JOIN tendered b ON a.project_key = b.project_key AND a.org_key < b.org_key
JOIN fields f ON f.project_key = a.project_key AND f.bidders <= {MOST_BIDDERS} GROUP BY 1, 2"""
_OWNERS = """CREATE OR REPLACE TEMP TABLE owners AS
WITH RECURSIVE above(org_key) AS (SELECT DISTINCT org_key FROM named UNION
  SELECT o.parent_key FROM ownership o JOIN above a ON o.child_key = a.org_key
  WHERE o.parent_key IS NOT NULL)
SELECT parent_key AS parent, child_key AS child, bool_or(controls) AS controls,
       max(share_min) AS share_min,
       string_agg(DISTINCT interest, ' ' ORDER BY interest) AS interests,
       min(since) AS since, CASE WHEN count(until) = count(*) THEN max(until) END AS until,
       string_agg(DISTINCT source, ' | ' ORDER BY source) AS source
FROM ownership SEMI JOIN above ON above.org_key = child_key WHERE parent_key IS NOT NULL
GROUP BY 1, 2"""
_NODES = """CREATE OR REPLACE TEMP TABLE nodes AS
WITH counted AS (
  SELECT org_key, string_agg(DISTINCT role, ' ' ORDER BY role) AS roles,
         count(DISTINCT project_key) AS projects FROM named GROUP BY 1),
sums AS (SELECT org_key, sum(amount_usd) AS usd
         FROM (SELECT DISTINCT org_key, project_key FROM named WHERE role <> 'bidder')
         JOIN projects USING (project_key) GROUP BY 1),
shown AS (SELECT parent_key AS key, any_value(parent ORDER BY parent) AS name FROM ownership
          WHERE parent_key IS NOT NULL GROUP BY 1),
keys AS (SELECT org_key FROM counted UNION SELECT parent FROM owners UNION SELECT child FROM owners)
SELECT k.org_key, coalesce(o.name, s.name) AS name, coalesce(o.kind, 'company') AS kind, o.country,
       o.place, c.roles, coalesce(c.projects, 0) AS projects, u.usd, o.group_key,
       array_to_string(o.identifiers, ' ') AS identifiers
FROM keys k LEFT JOIN organisations o USING (org_key) LEFT JOIN counted c USING (org_key)
LEFT JOIN sums u USING (org_key) LEFT JOIN shown s ON s.key = k.org_key"""

PAIRS = """SELECT t.buyer AS buyer_key, b.name AS buyer, t.supplier AS supplier_key,
       s.name AS supplier, t.projects, t.sole_projects,
       round(t.sole_usd, 0) AS sole_usd, t.keys AS project_keys
FROM trades t JOIN nodes b ON b.org_key = t.buyer JOIN nodes s ON s.org_key = t.supplier
ORDER BY t.projects DESC, t.sole_usd DESC NULLS LAST, t.buyer, t.supplier"""
"""Who bought from whom, by name, the strongest ties first."""


class Crowded(msgspec.Struct, frozen=True):
    """How many projects had more bidders than tie each other."""

    projects: int


def tie(connection: duckdb.DuckDBPyConnection, chosen: Chosen | None) -> Crowded:
    """Make the tables ``nodes``, ``trades``, ``rivals`` and ``owners`` of the notices chosen, or of
    all, anew."""
    if chosen is not None:
        ids = pa.table({"notice_id": pa.array(chosen.notice_ids, pa.string())})
        connection.register("chosen", ids)
    connection.execute(_SCOPE.format(chosen="SEMI JOIN chosen USING (notice_id)" if chosen else ""))
    if chosen is not None:
        connection.unregister("chosen")
    for query in (ROLES, TENDERS, _NAMED, _TRADES, _TENDERED, _SIZES, _RIVALS, _OWNERS, _NODES):
        connection.execute(query)
    ((crowded,),) = connection.execute(
        f"SELECT count(*) FROM fields WHERE bidders > {MOST_BIDDERS}"
    ).fetchall()
    return Crowded(crowded)


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """Rows of a query as mappings, a few at a time."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(2_000):
        for values in batch:
            yield dict(zip(names, values, strict=True))
