"""Which organisation a person means: by its key, a number that a register gave it, or a name."""

import duckdb

from sousveil.errors import UsageError
from sousveil.text.controls import visible

_SHORTEST = 6
"""Signs of a key that are enough where one organisation alone has them."""
_MOST = 8

_FOLDED = r"regexp_replace(strip_accents(lower(nfc_normalize({text}))), '\s', '', 'g')"
_NAMES = f"""(SELECT DISTINCT org_key, {_FOLDED.format(text="name")} AS name FROM
 (SELECT org_key, unnest(names) AS name FROM organisations))"""
_WANTED = _FOLDED.format(text="$wanted")

_WAYS = (
    f"starts_with(org_key, $wanted) AND length($wanted) >= {_SHORTEST}",
    "list_contains(identifiers, $wanted)"
    " OR list_contains(list_transform(identifiers, lambda i: split_part(i, ':', 2)), $wanted)",
    f"org_key IN (SELECT org_key FROM {_NAMES} WHERE name = {_WANTED})",
    f"org_key IN (SELECT org_key FROM {_NAMES} WHERE contains(name, {_WANTED}))",
)
"""From the surest; a way that finds any ends the search."""


def find(connection: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """The key of the one organisation that answers to ``wanted``, the surest way first.

    Names compare without case, accents and spaces; a part of a name is enough where it is of one
    organisation. Raises UsageError where none or several answer.
    """
    for way in _WAYS if wanted.strip() else ():
        rows = connection.execute(
            f"SELECT org_key, name, count(*) OVER () FROM organisations WHERE {way}"
            f" ORDER BY notices DESC, org_key LIMIT {_MOST}",
            {"wanted": wanted.strip()},
        ).fetchall()
        if len(rows) == 1:
            return str(rows[0][0])
        if rows:
            listed = "; ".join(f"{key[:14]} {visible(name)}" for key, name, _ in rows)
            more = f"; and {rows[0][2] - _MOST:,} more" if rows[0][2] > _MOST else ""
            raise UsageError(
                f"{rows[0][2]:,} organisations answer to '{visible(wanted[:60])}'.",
                f"Give the key of one: {listed}{more}.",
            )
    raise UsageError(
        f"No organisation of this case answers to '{visible(wanted[:60])}'.",
        "'sousveil export CASE organisations' lists all with their keys.",
    )
