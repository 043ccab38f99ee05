"""Joins as people see them: listed with reasons, accepted, rejected, split."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from duckdb import DuckDBPyConnection

from sousveil.case.database import connect
from sousveil.case.decisions import coder_name
from sousveil.case.folder import Case
from sousveil.case.judgements import append_judgements
from sousveil.case.ledger import moment
from sousveil.errors import UsageError
from sousveil.extract.masking import mask_text
from sousveil.model import Judgement
from sousveil.reference.glossary import gloss

Kind = Literal["project", "organisation"]
_SHORTEST = 6
_LISTED = """
SELECT 'project', j."left", j."right", j.kind, j.rule, j.reason, NULL, j.probability,
       coalesce(a.title, a.project_name), coalesce(b.title, b.project_name), a.project_key
FROM joins j JOIN notices a ON a.notice_id = j."left" JOIN notices b ON b.notice_id = j."right"
UNION ALL
SELECT 'organisation', j."left", j."right", 'same_organisation', j.rule, j.reason, j.levels,
       j.probability, a.name, b.name, a.org_key
FROM organisation_joins j
JOIN (SELECT name_id, min(name) AS name, any_value(org_key) AS org_key
      FROM mentions GROUP BY name_id) a ON a.name_id = j."left"
JOIN (SELECT name_id, min(name) AS name FROM mentions GROUP BY name_id) b
  ON b.name_id = j."right"
"""


class Listed(msgspec.Struct, frozen=True):
    """One join: the two ends by id and by name (with a gloss where they are Chinese), why they are
    one, and which project or organisation they are in. ``levels``: what agreed, part by part."""

    of: Kind
    left: str
    right: str
    kind: str
    rule: str
    reason: str
    levels: dict[str, str]
    probability: float
    left_name: str | None
    right_name: str | None
    key: str
    left_gloss: str | None = None
    right_gloss: str | None = None


def listed(
    case: Case,
    of: Kind | None = None,
    key: str | None = None,
    below: float | None = None,
    limit: int = 50,
    skip: int = 0,
) -> list[Listed]:
    """Joins, the least probable first. ``key``: of one project or organisation, by the beginning
    of its key; ``below``: less probable than this; ``skip``: after that many."""
    query, values = _asked(of, key, below)
    with connect(case) as connection:
        rows = connection.execute(
            f"SELECT * {query} ORDER BY p, of_, l, r LIMIT {limit:d} OFFSET {skip:d}", values
        ).fetchall()
    return [_listed(row) for row in rows]


def _asked(of: Kind | None, key: str | None, below: float | None) -> tuple[str, list[str | float]]:
    """The joins asked for, as the end of a query, and its values."""
    query = f"FROM ({_LISTED}) AS t(of_, l, r, k, rule, why, lv, p, ln, rn, key)"
    asked = (("of_ = ?", of), ("starts_with(key, ?)", key), ("p < ?", below))
    conditions = [condition for condition, value in asked if value is not None]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return query + where, [value for _, value in asked if value is not None]


class Joined(msgspec.Struct, frozen=True):
    """A project or organisation with the joins that made it: ``members`` are notices, or ways of
    naming it; ``joins`` those that were asked for, ``reasons`` why, each with how many joins have
    it, the weakest first; ``probability`` that of the weakest."""

    of: Kind
    key: str
    name: str | None
    members: int
    joins: int
    probability: float
    reasons: tuple[tuple[str, int], ...]
    gloss: str | None = None


def joined(
    case: Case, of: Kind | None = None, below: float | None = None, limit: int = 50
) -> tuple[list[Joined], int]:
    """Groups by their weakest join, ``limit`` of them, and how many there are. ``below``: those
    with joins less probable than this, and these joins alone."""
    query, values = _asked(of, None, below)
    by_reason = f"SELECT of_, key, why, count(*) AS n, min(p) AS p {query} GROUP BY of_, key, why"
    groups = (
        f"SELECT g.of_, g.key, coalesce(any_value(p.name), any_value(o.name)) AS name,"
        f" coalesce(len(any_value(p.notice_ids)), len(any_value(o.name_ids))) AS members,"
        f" CAST(sum(g.n) AS BIGINT) AS joins, min(g.p) AS weakest,"
        f" list(struct_pack(why := g.why, n := g.n) ORDER BY g.p, g.why) AS reasons"
        f" FROM ({by_reason}) g LEFT JOIN projects p ON p.project_key = g.key"
        f" LEFT JOIN organisations o ON o.org_key = g.key GROUP BY g.of_, g.key"
    )
    with connect(case) as connection:
        count = connection.execute(f"SELECT count(DISTINCT key) {query}", values).fetchall()
        rows = connection.execute(
            f"{groups} ORDER BY weakest, g.of_, g.key LIMIT {limit:d}", values
        ).fetchall()
    return [_joined(row) for row in rows], int(count[0][0])


def _joined(row: tuple[object, ...]) -> Joined:
    of, key, name, members, joins, probability, reasons = row
    told = [(one["why"], one["n"]) for one in msgspec.convert(reasons, list[dict[str, object]])]
    said = {"of": of, "key": key, "name": name, "members": members, "joins": joins}
    said |= {"probability": probability, "reasons": told}
    return msgspec.convert({**said, "gloss": gloss(str(name)) if name else None}, Joined)


def _listed(row: tuple[object, ...]) -> Listed:
    of, left, right, kind, rule, reason, levels, probability, left_name, right_name, key = row
    names = [str(name) if name else None for name in (left_name, right_name)]
    told = msgspec.json.decode(str(levels), type=dict[str, str]) if levels else {}
    return msgspec.convert(
        {
            "of": of,
            "left": left,
            "right": right,
            "kind": kind,
            "rule": rule,
            "key": key,
            "reason": reason,
            "levels": told,
            "probability": probability,
            "left_name": names[0],
            "right_name": names[1],
            "left_gloss": gloss(names[0]) if names[0] else None,
            "right_gloss": gloss(names[1]) if names[1] else None,
        },
        Listed,
    )


def judge(
    case: Case,
    verdict: Literal["same", "different"],
    left: str,
    right: str,
    by: str,
    note: str = "",
) -> Judgement:
    """Keep what somebody judged of two notices or two names, by ids or their beginnings. The case's
    lock must be held; the next run takes it up. Raises UsageError where an id answers to nothing or
    to several, or where the two are not of one kind."""
    with connect(case) as connection:
        (kind, one), (other_kind, two) = (_end(connection, end) for end in (left, right))
    if kind != other_kind:
        raise UsageError(
            "A notice and an organisation's name cannot be joined.",
            "Give two notice ids, or two name ids.",
        )
    if one == two:
        raise UsageError("Both ids are the same.", "Give the ids of the two ends of a join.")
    first, second = sorted((one, two))
    judgement = Judgement(coder_name(by), moment(), kind, verdict, first, second, mask_text(note))
    append_judgements(case, [judgement])
    return judgement


def split(case: Case, key: str, ends: Sequence[str], by: str, note: str = "") -> list[Judgement]:
    """Judge each of ``ends`` different from every other member of a project or organisation. The
    case's lock must be held. Raises UsageError where one is no member, or none would be left."""
    with connect(case) as connection:
        kind, members = members_of(connection, key)
        out = [_end(connection, end)[1] for end in ends]
    strangers = [end for end in out if end not in members]
    if strangers:
        raise UsageError(
            f"{strangers[0][:14]} is no member of {key[:14]}.",
            "'sousveil joins CASE --key KEY' lists the members.",
        )
    rest = [member for member in members if member not in set(out)]
    if not rest:
        raise UsageError("Nothing would be left to split from.", "Name fewer members.")
    name, at, told = coder_name(by), moment(), mask_text(note)
    pairs = [(min(one, other), max(one, other)) for one in out for other in rest]
    judgements = [
        Judgement(name, at, kind, "different", left, right, told) for left, right in pairs
    ]
    append_judgements(case, judgements)
    return judgements


def _end(connection: DuckDBPyConnection, beginning: str) -> tuple[Kind, str]:
    found = list(_ends(connection, beginning)) if len(beginning) >= _SHORTEST else []
    if len(found) != 1:
        several = "Several ids begin with" if found else "No notice and no name has the id"
        raise UsageError(f"{several} '{beginning[:40]}'.", "Give more of it: at least 6 signs.")
    return found[0]


def _ends(connection: DuckDBPyConnection, beginning: str) -> Iterator[tuple[Kind, str]]:
    for kind, table, column in _TABLES:
        query = f"SELECT DISTINCT {column} FROM {table} WHERE starts_with({column}, ?) LIMIT 2"
        for (found,) in connection.execute(query, [beginning]).fetchall():
            yield kind, str(found)


_TABLES: tuple[tuple[Kind, str, str], ...] = (
    ("project", "notices", "notice_id"),
    ("organisation", "mentions", "name_id"),
)


def members_of(connection: DuckDBPyConnection, key: str) -> tuple[Kind, list[str]]:
    """Whether a key, or its beginning, is of a project or an organisation, and what that holds.
    Raises UsageError where there is none, or several."""
    found: list[tuple[Kind, list[str]]] = []
    for kind, query in _KEYED if len(key) >= _SHORTEST else ():
        found += [(kind, list(row[0])) for row in connection.execute(query, [key]).fetchall()]
    if len(found) != 1:
        several = "Several keys begin with" if found else "There is no project or organisation"
        raise UsageError(f"{several} '{key[:40]}'.", "Give more of the key: at least 6 signs.")
    return found[0]


_KEYED: tuple[tuple[Kind, str], ...] = (
    ("project", "SELECT notice_ids FROM projects WHERE starts_with(project_key, ?)"),
    ("organisation", "SELECT name_ids FROM organisations WHERE starts_with(org_key, ?)"),
)
