"""Counting what many queries find: the index says which notices, the database counts them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import duckdb
import msgspec
import pyarrow as pa

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.queries import saved_queries
from sousveil.errors import QueryError
from sousveil.pipeline.find import index_of
from sousveil.pipeline.question_files import Question, WrongLine
from sousveil.search import Index, parse_query

_MOST_HITS = 400_000
"""Hits that are counted in one step; one query may have more."""

_MOST_QUESTIONS = 200


class Amount(msgspec.Struct, frozen=True):
    """The projects whose one figure is in ``currency``, its sum there, how many of them have a rate
    of their day, and the sum of those in US dollars."""

    currency: str
    projects: int
    total: Decimal
    with_rate: int
    usd: Decimal


class Counted(msgspec.Struct, frozen=True):
    """What a query finds. ``normalised`` is the query written out, saved ones put in: it counts the
    same by itself. ``usd`` sums the figures of the projects that have a rate; ``no_rate`` is how
    many state an amount and have none. ``first`` and ``last`` are days of publication."""

    name: str
    query: str
    normalised: str
    notices: int
    projects: int
    amounts: tuple[Amount, ...]
    usd: Decimal
    no_rate: int
    first: date | None
    last: date | None
    line: int = 0


class Snapshot(msgspec.Struct, frozen=True):
    """The committed state that was counted: its id, and its number in the case's history."""

    id: str
    generation: int


class Counting:
    """Counts over one committed state, whatever is written meanwhile. To be closed.

    ``database`` has the views ``notices`` and ``projects`` of the state, ``index`` is its index,
    ``saved`` the queries that ``@name`` stands for.
    """

    def __init__(
        self,
        index: Index,
        database: duckdb.DuckDBPyConnection,
        saved: Mapping[str, str],
        snapshot: Snapshot,
    ) -> None:
        self.snapshot = snapshot
        self._index = index
        self._saved = saved
        self._database = database
        database.execute(
            "CREATE TEMP TABLE standing AS SELECT notice_id, project_key, published FROM notices"
        )
        database.execute(
            "CREATE TEMP TABLE figures AS SELECT project_key, currency, amount, amount_usd"
            " FROM projects WHERE amount IS NOT NULL"
        )

    @classmethod
    def of(cls, case: Case) -> "Counting":
        """Over a case as it is now. Raises UsageError where nothing is indexed yet."""
        state = case.manifest()
        index = index_of(case, state)
        saved = {each.name: each.query for each in saved_queries(case)}
        key = state.index.key if state.index else ""
        return cls(index, connect(case, state), saved, Snapshot(key, state.generation))

    def __enter__(self) -> "Counting":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def count(self, items: Iterable[Question | WrongLine]) -> Iterator[Counted | WrongLine]:
        """The counts in the order asked; what cannot be asked comes as a WrongLine in its place."""
        waiting: list[tuple[Question, str, list[str]] | WrongLine] = []
        hits = 0
        for item in items:
            asked = self._asked(item)
            waiting.append(asked)
            hits += 0 if isinstance(asked, WrongLine) else len(asked[2])
            if hits >= _MOST_HITS or len(waiting) >= _MOST_QUESTIONS:
                yield from self._answers(waiting)
                waiting, hits = [], 0
        yield from self._answers(waiting)

    def _asked(self, item: Question | WrongLine) -> tuple[Question, str, list[str]] | WrongLine:
        if isinstance(item, WrongLine):
            return item
        try:
            tree = parse_query(item.query, self._saved)
            return item, str(tree), self._index.ids(tree)
        except QueryError as error:
            where = f"character {error.position + 1}: " if error.position else ""
            return WrongLine(item.line, f"{item.name}: {where}{error.message}", error.hint)

    def _answers(
        self, waiting: list[tuple[Question, str, list[str]] | WrongLine]
    ) -> Iterator[Counted | WrongLine]:
        asked = [item for item in waiting if not isinstance(item, WrongLine)]
        places = [at for at, (_, _, ids) in enumerate(asked) for _ in ids]
        found = pa.table(
            {
                "question": pa.array(places, pa.int32()),
                "notice_id": pa.array([i for _, _, ids in asked for i in ids], pa.string()),
            }
        )
        self._database.register("found", found)
        try:
            sums = _sums(self._database)
            amounts = _amounts(self._database)
        finally:
            self._database.unregister("found")
        at = 0
        for item in waiting:
            if isinstance(item, WrongLine):
                yield item
                continue
            question, normalised, _ = item
            notices, projects, first, last = sums.get(at, (0, 0, None, None))
            of = tuple(amounts.get(at, ()))
            yield Counted(
                question.name,
                question.query,
                normalised,
                notices,
                projects,
                of,
                sum((each.usd for each in of), Decimal(0)),
                sum(each.projects - each.with_rate for each in of),
                first,
                last,
                question.line,
            )
            at += 1


def _sums(
    database: duckdb.DuckDBPyConnection,
) -> dict[int, tuple[int, int, date | None, date | None]]:
    rows = database.execute(
        "SELECT question, count(*), count(DISTINCT project_key), min(published), max(published)"
        " FROM found JOIN standing USING (notice_id) GROUP BY question"
    ).fetchall()
    return {question: (notices, projects, a, b) for question, notices, projects, a, b in rows}


def _amounts(database: duckdb.DuckDBPyConnection) -> dict[int, list[Amount]]:
    """By question: each project once, however many of its notices were found."""
    rows = database.execute(
        "SELECT question, coalesce(currency, ''), count(*), sum(amount), count(amount_usd),"
        " coalesce(sum(amount_usd), 0)"
        " FROM (SELECT DISTINCT question, project_key FROM found JOIN standing USING (notice_id))"
        " JOIN figures USING (project_key) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    found: dict[int, list[Amount]] = {}
    for question, *values in rows:
        found.setdefault(question, []).append(Amount(*values))
    return found
