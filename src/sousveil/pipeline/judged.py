"""What people judged of joins, beside what the tables have; the members of a project or
organisation."""

from collections.abc import Iterable, Mapping

import msgspec
from duckdb import DuckDBPyConnection

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.judgements import read_judgements
from sousveil.model import Judgement
from sousveil.pipeline.joins import Kind, members_of
from sousveil.reference.glossary import gloss


class Judged(msgspec.Struct, frozen=True):
    """The last word on a pair. ``holds``: whether the tables have it so; where they do not, the
    next run takes it up. ``left_name`` and ``right_name``: of the ends."""

    judgement: Judgement
    holds: bool
    left_name: str | None
    right_name: str | None


def judged(case: Case) -> dict[tuple[str, str], Judged]:
    """The last word on each pair that is there, the newest first, by its ends."""
    last: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(read_judgements(case), key=lambda j: j.at):
        pair = (judgement.left, judgement.right)
        last.pop(pair, None)
        last[pair] = judgement
    if not last:
        return {}
    ends = sorted({end for pair in last for end in pair})
    with connect(case) as connection:
        known = _known(connection, ends)
    return {
        pair: Judged(
            judgement,
            (known[pair[0]][0] == known[pair[1]][0]) == (judgement.verdict == "same"),
            known[pair[0]][1],
            known[pair[1]][1],
        )
        for pair, judgement in reversed(last.items())
        if known.keys() >= set(pair)
    }


def _known(connection: DuckDBPyConnection, ends: list[str]) -> dict[str, tuple[str, str | None]]:
    """Key and name of each end: of the project a notice is in, of the organisation of a name."""
    rows = connection.execute(
        "SELECT notice_id, project_key, coalesce(title, project_name) FROM notices"
        " WHERE list_contains($1, notice_id) UNION ALL"
        " SELECT name_id, any_value(org_key), min(name) FROM mentions"
        " WHERE list_contains($1, name_id) GROUP BY name_id",
        [ends],
    ).fetchall()
    return {end: (str(key), name) for end, key, name in rows}


class Member(msgspec.Struct, frozen=True):
    """A notice of a project, or a name of an organisation. ``what``: the notice's type, or the
    roles of the name; ``when``: the day of a notice, None where it states none."""

    id: str
    name: str | None
    gloss: str | None
    what: tuple[str, ...]
    when: str | None


class Whole(msgspec.Struct, frozen=True):
    """A project or organisation with its members."""

    kind: Kind
    key: str
    members: tuple[Member, ...]


def whole(case: Case, key: str) -> Whole:
    """A project or organisation by its key or the beginning of it. Raises UsageError where there is
    none, or several."""
    with connect(case) as connection:
        kind, ids = members_of(connection, key)
        rows = connection.execute(_MEMBERS[kind], [ids]).fetchall()
        found = connection.execute(_KEYS[kind], [ids[0]]).fetchone()
    members = tuple(
        Member(member, name, gloss(name) if name else None, tuple(what), when)
        for member, name, what, when in rows
    )
    return Whole(kind, str(found[0]) if found else key, members)


_MEMBERS: Mapping[Kind, str] = {
    "project": (
        "SELECT notice_id, coalesce(title, project_name), [notice_type],"
        " published::VARCHAR FROM notices WHERE list_contains(?, notice_id)"
        " ORDER BY published NULLS LAST, notice_id"
    ),
    "organisation": (
        "SELECT name_id, min(name), list_sort(list_distinct(list(role))), NULL"
        " FROM mentions WHERE list_contains(?, name_id) GROUP BY name_id ORDER BY 2, 1"
    ),
}
_KEYS: Mapping[Kind, str] = {
    "project": "SELECT project_key FROM notices WHERE notice_id = ?",
    "organisation": "SELECT org_key FROM mentions WHERE name_id = ?",
}


def not_yet(words: Iterable[Judged]) -> list[Judged]:
    """Those that the tables do not have so: the next run takes them up."""
    return [one for one in words if not one.holds]
