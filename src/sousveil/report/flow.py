"""The boxes of a review's flow figure: each a count over the review log, in the order of PRISMA.

Page et al. (2021), BMJ 372:n71, "The PRISMA 2020 statement": what was identified, what was left out
and why, what was screened, what is included. Every box says the query that counts it, over the
table ``log`` that ``review-log.csv`` holds; nothing is counted in another way.
"""

from collections.abc import Iterator, Sequence

import duckdb
import msgspec


class Part(msgspec.Struct, frozen=True):
    """A line of a box: some of what it counts."""

    label: str
    number: int


class Box(msgspec.Struct, frozen=True):
    """A count. ``query`` gives ``number``, ``parts_query`` the rows of ``parts``."""

    name: str
    label: str
    number: int
    query: str
    parts: tuple[Part, ...] = ()
    parts_query: str = ""


class Step(msgspec.Struct, frozen=True):
    """A row of the figure: ``boxes`` from left to right, and ``aside`` what leaves the way here, or
    is told of it where it does not (``leaves``). By names of boxes."""

    phase: str
    boxes: tuple[str, ...]
    aside: tuple[str, ...] = ()
    leaves: bool = True


STEPS = (
    Step("Given", ("files",), ("unread", "empty")),
    Step("Read", ("notices",), ("copies", "joined")),
    Step("Joined", ("projects",)),
    Step("Searched", ("found", "not_found"), ("queries", "sampled"), leaves=False),
    Step("Checked", ("decided",), ("undecided",)),
    Step("Outcome", ("relevant", "irrelevant", "open")),
    Step("Counted", ("claims",)),
)


class _Asked(msgspec.Struct, frozen=True):
    name: str
    label: str
    query: str
    parts: str = ""


_FILES = "SELECT count(DISTINCT file) FROM log"
_LEAD = "SELECT count(*) FROM log WHERE lead = 'yes'"
_RULED = "ruling IN ('yes', 'no', 'unsure', 'disputed')"
_FOUND = "project IN (SELECT project FROM log WHERE machine = 'yes')"


def _by_machine(where: str) -> str:
    """Lines that say how many the machine had found."""
    return (
        f"SELECT CASE WHEN {_FOUND} THEN 'found by the machine' ELSE 'not found by it' END,"
        f" count(*) FROM log WHERE lead = 'yes' AND {where} GROUP BY 1 ORDER BY 1"
    )


def _by_name(column: str) -> str:
    """Lines by the names that stand in a column with semicolons between."""
    return (
        f"SELECT name, count(DISTINCT project) FROM (SELECT unnest(string_split({column}, '; '))"
        " AS name, project FROM log) GROUP BY 1 ORDER BY 1"
    )


_ASKED = (
    _Asked(
        "files", "Files", _FILES,
        "SELECT CASE WHEN inside_of IS NULL THEN 'given as such' ELSE"
        " 'inside archives, mails, captures' END, count(DISTINCT file) FROM log"
        " GROUP BY 1 ORDER BY 1",
    ),
    _Asked(
        "unread", "Not read", f"{_FILES} WHERE state IN ('refused', 'failed', 'waiting')",
        "SELECT coalesce(reason, state), count(DISTINCT file) FROM log WHERE state IN"
        " ('refused', 'failed', 'waiting') GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
    _Asked(
        "empty", "Without a notice of their own",
        f"{_FILES} WHERE state IN ('same_file', 'part_of_page', 'holds_files', 'no_notice')",
        "SELECT state, count(DISTINCT file) FROM log WHERE state IN"
        " ('same_file', 'part_of_page', 'holds_files', 'no_notice') GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
    _Asked(
        "notices", "Notices found", "SELECT count(*) FROM log WHERE state IN ('notice', 'copy')",
        "SELECT 'files they stand in', count(DISTINCT file) FROM log WHERE notice IS NOT NULL"
        " UNION ALL SELECT 'records of them that could not be read',"
        " sum(CAST(failed_records AS BIGINT)) FROM log WHERE notice IS NOT NULL",
    ),
    _Asked("copies", "Copies of another notice", "SELECT count(*) FROM log WHERE state = 'copy'"),
    _Asked(
        "joined", "Further notices of the same projects",
        "SELECT count(*) FROM log WHERE state = 'notice' AND lead = 'no'",
    ),
    _Asked("projects", "Projects", _LEAD),
    _Asked(
        "found", "Found by the machine", f"{_LEAD} AND {_FOUND}",
        "SELECT CASE WHEN by_rule THEN 'by rules' ELSE 'by the learned model alone' END, count(*)"
        " FROM (SELECT bool_or(machine_by = 'rule') AS by_rule FROM log WHERE machine = 'yes'"
        " GROUP BY project) GROUP BY 1 ORDER BY 1 DESC",
    ),
    _Asked("not_found", "Not found by it", f"{_LEAD} AND NOT {_FOUND}"),
    _Asked(
        "queries", "Found by queries",
        "SELECT count(DISTINCT project) FROM log WHERE queries IS NOT NULL", _by_name("queries"),
    ),
    _Asked(
        "sampled", "Drawn by chance",
        "SELECT count(DISTINCT project) FROM log WHERE samples IS NOT NULL", _by_name("samples"),
    ),
    _Asked(
        "undecided", "Decided on by nobody", f"{_LEAD} AND NOT coalesce({_RULED}, false)",
        _by_machine(f"NOT coalesce({_RULED}, false)"),
    ),
    _Asked("relevant", "Relevant", f"{_LEAD} AND ruling = 'yes'", _by_machine("ruling = 'yes'")),
    _Asked(
        "irrelevant", "Not relevant", f"{_LEAD} AND ruling = 'no'", _by_machine("ruling = 'no'")
    ),
    _Asked(
        "open", "Not settled", f"{_LEAD} AND ruling IN ('unsure', 'disputed')",
        "SELECT ruling, count(*) FROM log WHERE lead = 'yes' AND ruling IN ('unsure', 'disputed')"
        " GROUP BY 1 ORDER BY 1",
    ),
    _Asked(
        "claims", "Counted in claims",
        "SELECT count(DISTINCT project) FROM log WHERE claims IS NOT NULL",
        "SELECT coalesce(ruling, 'nobody'), count(*) FROM (SELECT project,"
        " max(ruling) FILTER (lead = 'yes') AS ruling, bool_or(claims IS NOT NULL) AS counted"
        " FROM log WHERE project IS NOT NULL GROUP BY project) WHERE counted GROUP BY 1 ORDER BY 1",
    ),
)  # fmt: skip

_WORDS = {
    "same_file": "the same file again",
    "part_of_page": "parts of saved pages",
    "holds_files": "archives, mails, captures",
    "no_notice": "read, no notice recognised",
    "waiting": "not read yet",
    "unsure": "coders are unsure",
    "disputed": "coders differ",
    "outdated": "decided on another text",
    "yes": "held relevant by people",
    "no": "held not relevant",
    "nobody": "decided on by nobody",
}


def boxes_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Box]:
    """The boxes by name, counted over the table ``log``."""
    columns = [row[0] for row in connection.execute("DESCRIBE log").fetchall()]
    coders = [c.removesuffix(" decision") for c in columns if c.endswith(" decision")]
    asked = {each.name: each for each in (*_ASKED, *_of_coders(coders))}
    drawn = [name for step in STEPS for name in (*step.boxes, *step.aside)]
    return {name: _box(connection, asked[name]) for name in dict.fromkeys([*drawn, *asked])}


def _of_coders(coders: Sequence[str]) -> Iterator[_Asked]:
    """A box for each coder, named ``coder NAME``, those on which several decided, and all."""
    lines = [_by_machine(_RULED)]
    for coder in coders:
        own = f"lead = 'yes' AND \"{coder} decision\" IS NOT NULL"
        lines.append(f"SELECT 'by {_text(coder)}', count(*) FROM log WHERE {own}")
        yield _Asked(
            f"coder {coder}",
            f"Decided on by {coder}",
            f"SELECT count(*) FROM log WHERE {own}",
            f"SELECT 'said ' || \"{coder} decision\", count(*) FROM log WHERE {own}"
            " GROUP BY 1 ORDER BY 1 DESC",
        )
    several = " + ".join(f'("{coder} decision" IS NOT NULL)::INT' for coder in coders) or "0"
    for name, label, where in (
        ("several", "by two or more coders", f"{several} > 1"),
        ("adjudicated", "asked again where coders differ", "adjudicated IS NOT NULL"),
    ):
        lines.append(f"SELECT '{label}', count(*) FROM log WHERE lead = 'yes' AND {where}")
        yield _Asked(name, label.capitalize(), f"{_LEAD} AND {where}")
    each = " UNION ALL ".join(f"(SELECT * FROM ({line}))" for line in lines)
    yield _Asked("decided", "Decided on by people", f"{_LEAD} AND {_RULED}", each)


def _text(words: str) -> str:
    """Words within a string of SQL."""
    return words.replace("'", "''")


def _box(connection: duckdb.DuckDBPyConnection, asked: _Asked) -> Box:
    ((number,),) = connection.execute(asked.query).fetchall()
    rows = connection.execute(asked.parts).fetchall() if asked.parts else []
    parts = tuple(Part(_WORDS.get(label, _plain(label)), count) for label, count in rows if count)
    return Box(asked.name, asked.label, number, asked.query, parts, asked.parts)


def _plain(label: str) -> str:
    return label.replace("_", " ")
