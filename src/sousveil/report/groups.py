"""Groups of organisations by ownership, and what they supplied: a project counts once a group."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.model import OrganisationId
from sousveil.model.ownership import Holding, Link, Party
from sousveil.resolve.ownership import group


class Group(msgspec.Struct, frozen=True):
    """A group by its ultimate parent.

    ``organisations`` of it are named in notices, ``suppliers`` of them won something. ``projects``
    that they supplied, each once, ``usd`` what those state (each the whole amount of its project),
    ``with_amount`` how many state one; of these ``surveillance`` projects and their dollars.
    """

    group_key: str
    name: str
    organisations: int
    suppliers: int
    projects: int
    usd: float
    with_amount: int
    surveillance: int
    surveillance_usd: float
    project_keys: tuple[str, ...]
    members: tuple[str, ...]


class Groups(msgspec.Struct, frozen=True):
    """All groups of a day, those with most projects first; and what stands beside them.

    ``on``: the day, None where no notice has one. ``links`` between organisations,
    ``natural_persons`` counted above them, ``contested``: organisations that two could control,
    ``ungrouped_suppliers``: suppliers of which no owner that controls them was given.
    """

    on: str | None
    groups: tuple[Group, ...]
    links: int
    natural_persons: int
    contested: tuple[str, ...]
    ungrouped_suppliers: int


_LINKS = """SELECT child_key, child, child_ids, parent_key, parent, parent_ids, interest, share_min,
share_max, share_above, indirect, since, until, natural_persons, source, file, line
FROM ownership"""
_TOTALS = """
WITH of_group AS (SELECT g.group_key, g.org_key, o.name FROM grouped g
                  JOIN organisations o USING (org_key)),
supplied AS (SELECT DISTINCT m.org_key, n.project_key FROM mentions m
             JOIN notices n USING (notice_id)
             WHERE m.role = 'supplier' AND n.duplicate_of IS NULL),
counted AS (SELECT DISTINCT f.group_key, p.project_key, p.amount_usd, p.surveillance
            FROM of_group f JOIN supplied USING (org_key) JOIN projects p USING (project_key)),
totals AS (SELECT group_key, count(*) AS projects, coalesce(sum(amount_usd), 0) AS usd,
                  count(amount_usd) AS with_amount, count(*) FILTER (surveillance) AS watching,
                  coalesce(sum(amount_usd) FILTER (surveillance), 0) AS watching_usd,
                  list(project_key ORDER BY project_key) AS project_keys
           FROM counted GROUP BY group_key)
SELECT f.group_key, count(*), count(*) FILTER (s.org_key IS NOT NULL),
       coalesce(any_value(projects), 0), coalesce(any_value(usd), 0),
       coalesce(any_value(with_amount), 0), coalesce(any_value(watching), 0),
       coalesce(any_value(watching_usd), 0), coalesce(any_value(project_keys), []),
       list(f.name ORDER BY f.name)
FROM of_group f LEFT JOIN (SELECT DISTINCT org_key FROM supplied) s USING (org_key)
LEFT JOIN totals t USING (group_key)
GROUP BY f.group_key ORDER BY 4 DESC, 5 DESC, 1
"""
_ALONE = """SELECT count(DISTINCT org_key) FROM mentions WHERE role = 'supplier'
AND org_key NOT IN (SELECT org_key FROM grouped)"""


def groups(case: Case, on: date | None = None) -> Groups:
    """The groups of a day: ``on``, else the day of the case's last notice."""
    with connect(case) as connection:
        day = on.isoformat() if on else _last_day(connection)
        held = [_holding(row) for row in connection.execute(_LINKS).fetchall()]
        found = group(held, day)
        keys = sorted(found.groups.items())
        connection.register(
            "grouped",
            pa.table(
                {
                    "org_key": pa.array([org for org, _ in keys], pa.string()),
                    "group_key": pa.array([top for _, top in keys], pa.string()),
                }
            ),
        )
        names = dict(_names(connection, held))
        totals = connection.execute(_TOTALS).fetchall()
        ((alone,),) = connection.execute(_ALONE).fetchall()
    return Groups(
        day,
        tuple(_group(row, names) for row in totals),
        sum(one.parent_key is not None for one in held),
        sum(one.link.natural_persons for one in held),
        tuple(sorted(names[key] for key in found.contested)),
        alone,
    )


def _last_day(connection: duckdb.DuckDBPyConnection) -> str | None:
    ((day,),) = connection.execute("SELECT max(last_seen) FROM organisations").fetchall()
    return day.isoformat() if day else None


def _holding(row: tuple[Any, ...]) -> Holding:
    child_key, child, child_ids, parent_key, parent, parent_ids, interest = row[:7]
    low, high, above, indirect, since, until, persons, source, file, line = row[7:]
    link = Link(
        Party(child, _numbers(child_ids)),
        Party(parent, _numbers(parent_ids)) if parent_key else None,
        *(interest, low, high, above, since and since.isoformat(), until and until.isoformat()),
        *(indirect, persons, source, file, line),
    )
    return Holding(child_key, parent_key, link)


def _numbers(written: list[str]) -> tuple[OrganisationId, ...]:
    return tuple(OrganisationId(*one.split(":", 1)) for one in written)


def _names(connection: duckdb.DuckDBPyConnection, held: list[Holding]) -> Iterator[tuple[str, str]]:
    for one in held:
        yield one.child_key, one.link.child.name
        if one.parent_key and one.link.parent:
            yield one.parent_key, one.link.parent.name
    yield from connection.execute(
        "SELECT org_key, name FROM organisations SEMI JOIN grouped USING (org_key)"
    ).fetchall()


def _group(row: tuple[Any, ...], names: dict[str, str]) -> Group:
    key, organisations, suppliers, projects, usd, with_amount, watching, watching_usd = row[:8]
    return Group(
        key,
        names[key],
        *(organisations, suppliers, projects, float(usd), with_amount),
        *(watching, float(watching_usd), tuple(row[8]), tuple(row[9])),
    )
