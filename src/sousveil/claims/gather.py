"""What a claim's query finds: notices with their doubts and the words that decided, by project."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

import duckdb
import msgspec

from sousveil.claims.asking import asked
from sousveil.claims.deciding import Deciding, deciding
from sousveil.claims.doubt import Doubt, amount_in_doubt, at_least, at_most, doubt_of, named
from sousveil.coding import Ruling
from sousveil.model.claim import FoundNotice, FoundProject, Words
from sousveil.search import Index, Query


class Doubts:
    """The notices of a case with something in doubt, alike ones together."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._groups: dict[Doubt, set[str]] = defaultdict(set)
        self.reasons: dict[str, tuple[str, ...]] = {}
        """Why, by notice."""
        rows = database.execute(
            "SELECT notice_id, surveillance, review, flags FROM notices"
            " WHERE len(review) > 0 OR len(flags) > 0"
        ).fetchall()
        for notice_id, surveillance, review, flags in rows:
            doubt = doubt_of(surveillance, review, flags)
            if doubt:
                self._groups[doubt].add(notice_id)
                self.reasons[notice_id] = (*review, *flags)

    def sort(self, index: Index, query: Query, found: frozenset[str]) -> tuple[set[str], set[str]]:
        """Of a query that finds ``found``: the notices it finds for sure, and all it may find."""
        asked = named(query)
        sure, possible = set(found), set(found)
        for doubt, members in self._groups.items():
            lost, gained = doubt.lost & asked, doubt.gained & asked
            if lost:
                sure -= members - set(index.ids(at_least(query, lost)))
            if gained:
                possible |= members & set(index.ids(at_most(query, gained)))
        return sure, possible


def gather(
    database: duckdb.DuckDBPyConnection,
    index: Index,
    query: Query,
    doubts: Doubts,
    rulings: Mapping[str, Ruling],
) -> tuple[FoundProject, ...]:
    """The projects of all notices that a query finds or may find, by key."""
    found = frozenset(index.ids(query))
    sure, possible = doubts.sort(index, query, found)
    with asked(database, possible):
        notices: dict[str, list[FoundNotice]] = defaultdict(list)
        asks = deciding(query)
        for row in _rows(database, _NOTICES):
            notice_id = str(row["notice_id"])
            why = doubts.reasons.get(notice_id, ()) if notice_id not in sure else ()
            notice = _notice(row, asks, notice_id in found, notice_id in sure, why)
            notices[str(row["project_key"])].append(_ruled(notice, rulings.get(notice_id)))
        return tuple(
            _project(row, tuple(notices[str(row["project_key"])]))
            for row in _rows(database, _PROJECTS)
        )


_NOTICES = """SELECT n.* EXCLUDE (notice, key, masked, basis)
FROM notices n SEMI JOIN asked USING (notice_id) ORDER BY n.notice_id"""

_PROJECTS = """SELECT p.project_key, p.name, p.buyer, p.country, p.year, p.amount, p.currency,
       p.amount_usd, p.amount_kind, p.amount_notice_id, p.rate_note,
       m.evidence AS amount_evidence, m.flags AS amount_flags
FROM projects p
SEMI JOIN (SELECT project_key FROM notices SEMI JOIN asked USING (notice_id)) USING (project_key)
LEFT JOIN notices m ON m.notice_id = p.amount_notice_id
ORDER BY p.project_key"""


def _rows(database: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, object]]:
    cursor = database.execute(query)
    names = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(500):
        yield from (dict(zip(names, values, strict=True)) for values in batch)


def _notice(
    row: Mapping[str, object], asks: Deciding, found: bool, sure: bool, why: tuple[str, ...]
) -> FoundNotice:
    title = row["title"] or row["project_name"]
    return FoundNotice(
        notice_id=str(row["notice_id"]),
        document_sha256=str(row["document_sha256"]),
        page=int(str(row["page"])),
        title=str(title) if title else None,
        found=found,
        sure=sure,
        doubts=why,
        values=asks.values(row),
        words=asks.words(row),
    )


def _ruled(notice: FoundNotice, ruling: Ruling | None) -> FoundNotice:
    if ruling is None:
        return notice
    decided = ruling.verdict if ruling.verdict in ("yes", "no") else "undecided"
    return msgspec.structs.replace(notice, decided=decided, coders=ruling.coders)


def _project(row: Mapping[str, object], notices: tuple[FoundNotice, ...]) -> FoundProject:
    kind = row["amount_kind"]
    flags = row["amount_flags"]
    doubt = None
    if isinstance(flags, list) and amount_in_doubt(flags, str(kind)):
        doubt = ", ".join(str(flag) for flag in flags)
    year = row["year"]
    return FoundProject(
        project_key=str(row["project_key"]),
        name=_text(row["name"]),
        buyer=_text(row["buyer"]),
        country=_text(row["country"]),
        year=year if isinstance(year, int) else None,
        notices=notices,
        amount=_decimal(row["amount"]),
        currency=_text(row["currency"]) if row["amount"] is not None else None,
        amount_usd=_decimal(row["amount_usd"]),
        amount_kind=_text(kind),
        amount_notice_id=_text(row["amount_notice_id"]),
        amount_words=_amount_words(_text(row["amount_evidence"]), _text(kind)),
        amount_doubt=doubt,
    )


def _amount_words(evidence: str | None, kind: str | None) -> Words | None:
    stated = msgspec.json.decode(evidence).get(kind) if evidence and kind else None
    return msgspec.convert({"field": kind, **stated}, Words) if stated else None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _decimal(value: object) -> Decimal | None:
    """An amount without the zeros that its column adds."""
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else None
