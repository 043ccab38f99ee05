"""What a review's report tells: every number of it, and where each comes from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import duckdb
import msgspec

from sousveil import __version__
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.coding.agreement import Agreed
from sousveil.coding.reads import Stop
from sousveil.coding.sampled import Estimated
from sousveil.model import Decision
from sousveil.model.claim import Check
from sousveil.model.learning import Learning
from sousveil.reference import Taxonomy
from sousveil.report.brief import Collection, collection_of
from sousveil.report.flow import Box, Part

_MOST_ORIGINS = 8
_ORIGINS = r"""
SELECT regexp_extract(source_url, '^[A-Za-z]+://(?:[^/@]*@)?([^/:?#]+)', 1) AS host, count(*)
FROM documents WHERE source_url IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"""
_YEARS = """SELECT min(year), max(year), count(*) FILTER (year IS NULL) FROM projects"""


class Given(msgspec.Struct, frozen=True):
    """What the case was given. ``origins``: documents by host of the address that was stated for
    them, the most frequent first, ``more_origins`` hosts not named, ``unstated`` documents
    without. Years are those of projects; days are those on which originals came in, by the ledger.
    ``software``: versions that wrote the ledger, and this one.
    """

    collection: Collection
    origins: tuple[Part, ...]
    more_origins: int
    unstated: int
    captured: int
    first_year: int | None
    last_year: int | None
    undated: int
    first_day: str | None
    last_day: str | None
    software: tuple[str, ...]
    learning: Learning | None


class QuerySaid(msgspec.Struct, frozen=True):
    """A query of the case and how many projects it finds. ``kind``: saved, or of a sample."""

    name: str
    kind: str
    query: str
    note: str
    projects: int


class CoderSaid(msgspec.Struct, frozen=True):
    """What a coder did. ``projects`` by the notice shown; ``taken``: decisions, one a project, by
    the queue, sample or table that they came from. Days of the first and the last."""

    name: str
    projects: int
    answers: tuple[Part, ...]
    taken: tuple[Part, ...]
    first_day: str
    last_day: str


class Protocol(msgspec.Struct, frozen=True):
    """All that the report of a review says. ``rows``: those of its log; ``elsewhere``: decisions
    on notices that the case does not hold (any more); ``wrong``: claims and queries that cannot be
    used, as said of them."""

    made: str
    given: Given
    boxes: dict[str, Box]
    queries: tuple[QuerySaid, ...]
    coders: tuple[CoderSaid, ...]
    agreement: Agreed
    samples: tuple[Estimated, ...]
    stop: Stop
    claims: tuple[Check, ...]
    wrong: tuple[str, ...]
    rows: int
    elsewhere: int
    heads: dict[str, int]

    def number(self, box: str) -> int:
        """What a box counts."""
        return self.boxes[box].number


def given_of(
    connection: duckdb.DuckDBPyConnection, case: Case, state: Manifest, taxonomy: Taxonomy
) -> Given:
    """What a case was given and by what it was read, in one committed state."""
    origins = [Part(host, count) for host, count in connection.execute(_ORIGINS).fetchall()]
    first_year, last_year, undated = connection.execute(_YEARS).fetchall()[0]
    documents, captured = connection.execute(
        "SELECT count(*), count(captured_at) FROM documents"
    ).fetchall()[0]
    learned = connection.execute("SELECT learning FROM learning").fetchall()
    days, versions = set[str](), {__version__}
    for entry in case.ledger.entries():
        versions.add(entry.software)
        if entry.kind in ("added", "refused"):
            days.add(entry.time[:10])
    return Given(
        collection=collection_of(connection, case, state, taxonomy),
        origins=tuple(origins[:_MOST_ORIGINS]),
        more_origins=max(0, len(origins) - _MOST_ORIGINS),
        unstated=documents - sum(origin.number for origin in origins),
        captured=captured,
        first_year=first_year,
        last_year=last_year,
        undated=undated,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        software=tuple(sorted(versions)),
        learning=msgspec.json.decode(learned[0][0], type=Learning) if learned else None,
    )


def coders_of(
    decisions: Iterable[Decision], boxes: Mapping[str, Box], leads: Iterable[str]
) -> tuple[CoderSaid, ...]:
    """What each coder did. ``leads``: the notices that stand for their projects."""
    shown = set(leads)
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        days[decision.coder].append(decision.at[:10])
        if decision.notice_id in shown:
            source = decision.source
            taken[decision.coder][f"{source.kind} {source.name}" if source else "a table"] += 1
    return tuple(
        CoderSaid(
            name,
            boxes[f"coder {name}"].number,
            boxes[f"coder {name}"].parts,
            tuple(Part(label, count) for label, count in sorted(taken[name].items())),
            min(each),
            max(each),
        )
        for name, each in sorted(days.items())
    )


def numbers(protocol: Protocol) -> dict[str, object]:
    """The protocol as plain values, for scripts; of claims what their checks say, without their
    evidence."""
    claims = [
        {
            "claim": each.claim,
            "definition": each.definition,
            "expected": each.expected,
            "figure": each.figure,
            "verdict": each.verdict,
            "interval": [float(end) for end in each.interval] if each.interval else None,
        }
        for each in protocol.claims
    ]
    bare = msgspec.structs.replace(protocol, claims=())
    return {**_plain(bare), "claims": claims}


def _plain(protocol: Protocol) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(protocol)
    return found


def joined(items: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
