"""Checking claims over one committed state of a case."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import duckdb
import msgspec

from sousveil.claims.asking import asked
from sousveil.claims.counting import Tend, count
from sousveil.claims.gather import Doubts, gather
from sousveil.claims.reading import claim_hash, expected_words
from sousveil.claims.things import with_things
from sousveil.coding import Ruling
from sousveil.errors import ClaimError, QueryError
from sousveil.model.claim import Check, Claim, CodersOnHits, FoundProject
from sousveil.search import Index, Query, parse_query


class Sampled(msgspec.Struct, frozen=True):
    """What the coding of a sample says of what a claim counts: its 95 % interval, and in words by
    which sample, or why there is none."""

    interval: tuple[Decimal, Decimal] | None = None
    said: str = ""


Estimated = Callable[[Claim, Query], Sampled]
"""Looks for a coded sample of a claim's query."""


class Stamp(msgspec.Struct, frozen=True):
    """When, by whom, with what software and from which state something is checked."""

    at: str
    by: str
    software: str
    taxonomy_version: str
    corpus: str
    heads: dict[str, int]


class Checking:
    """Checks over one committed state. ``database`` has its views, ``index`` is its index,
    ``saved`` the queries that ``@name`` stands for, ``rulings`` what coders decided, ``estimated``
    looks for a coded sample."""

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        index: Index,
        saved: Mapping[str, str],
        rulings: Mapping[str, Ruling],
        stamp: Stamp,
        tend: Tend,
        estimated: Estimated,
    ) -> None:
        self._database, self._index, self._saved = database, index, saved
        self._rulings, self._stamp = rulings, stamp
        self._tend, self._estimated = tend, estimated
        self._doubts = Doubts(database)

    def check(self, claim: Claim) -> Check:
        """Count and judge one claim. Raises ClaimError where its query cannot be understood."""
        query = self.query(claim)
        projects = gather(self._database, self._index, query, self._doubts, self._rulings)
        if claim.counted.what == "things":
            projects = with_things(self._database, projects, claim.counted.words)
        sampled = self._estimated(claim, query)
        counted = count(claim, projects, self._organisations, self._tend, sampled.interval)
        stamp, bounds = self._stamp, counted.range
        return Check(
            claim=claim.name,
            at=stamp.at,
            by=stamp.by,
            software=stamp.software,
            taxonomy_version=stamp.taxonomy_version,
            corpus=stamp.corpus,
            heads=stamp.heads,
            definition=str(query) or "*",
            claim_hash=claim_hash(claim, str(query)),
            what=claim.counted.what,
            expected=expected_words(claim),
            verdict=counted.verdict,
            why=counted.why,
            figure=counted.figure,
            low=bounds.low if bounds else None,
            high=bounds.high if bounds else None,
            coded=_coded(projects),
            evidence_sha256=hashlib.sha256(msgspec.json.encode(projects)).hexdigest(),
            evidence=projects,
            number=counted.number,
            interval=sampled.interval,
            sampled=sampled.said,
        )

    def query(self, claim: Claim) -> Query:
        """The query of a claim. Raises ClaimError, with its position, where it is none."""
        try:
            return parse_query(claim.definition.query, self._saved)
        except QueryError as error:
            where = f" (character {error.position + 1})" if error.position else ""
            raise ClaimError(
                f"claims/{claim.name}.toml: definition.query{where}: {error.message}", error.hint
            ) from error

    def _organisations(self, notices: frozenset[str], role: str) -> frozenset[str]:
        with asked(self._database, notices):
            rows = self._database.execute(
                "SELECT DISTINCT org_key FROM mentions SEMI JOIN asked USING (notice_id)"
                " WHERE role = ?",
                [role],
            ).fetchall()
        return frozenset(key for (key,) in rows)


def _coded(projects: Sequence[FoundProject]) -> CodersOnHits:
    decided = [n.decided for p in projects for n in p.notices if n.found]
    return CodersOnHits(*(decided.count(which) for which in ("yes", "no", "undecided")))
