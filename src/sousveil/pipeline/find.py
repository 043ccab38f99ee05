"""Searching a case and showing what stands in it: hits, one notice, failures."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.case.queries import saved_queries
from sousveil.errors import UsageError
from sousveil.model import Coding
from sousveil.pipeline.listed import Listed, unpacked
from sousveil.reference.glossary import gloss
from sousveil.search import Index, Order, Query, Snippet, parse_query, snippet
from sousveil.text.query_names import query_name


class HitView(msgspec.Struct, frozen=True):
    """A search hit. ``spans`` are code points of the matched words in ``snippet``."""

    notice_id: str
    name: str | None
    gloss: str | None
    buyer: str | None
    buyer_gloss: str | None
    notice_type: str
    published: str | None
    amount: str | None
    source_path: str | None
    snippet: str
    spans: tuple[tuple[int, int], ...]


class Found(msgspec.Struct, frozen=True):
    """A search's answer: how many notices match, and the hits asked for."""

    query: str
    total: int
    hits: tuple[HitView, ...]


class FieldView(msgspec.Struct, frozen=True):
    """A field with its quote and where that stands; ``gloss`` of a name or title in Chinese.
    ``by_coder``: a person gave it, in the place of what was extracted or classified."""

    name: str
    value: str
    gloss: str | None = None
    quote: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    by_coder: bool = False


class CodeView(msgspec.Struct, frozen=True):
    """A code with its score and the words that gave it."""

    facet: str
    code: str
    score: float
    words: str


class NoticeView(msgspec.Struct, frozen=True):
    """One notice as people read it."""

    notice_id: str
    title: str | None
    gloss: str | None
    fields: tuple[FieldView, ...]
    codes: tuple[CodeView, ...]
    provenance: tuple[str, ...]
    joins: tuple[str, ...]


class Failure(msgspec.Struct, frozen=True):
    """A file that could not be read; ``in_part``: some of its records could."""

    path: str
    reason: str
    stage: str
    message: str
    hint: str
    in_part: bool = False


def open_index(case: Case) -> Index:
    """The committed search index. Raises UsageError where nothing was indexed yet."""
    return index_of(case, case.manifest())


def index_of(case: Case, state: Manifest) -> Index:
    """The search index of one committed state. Raises UsageError where there is none."""
    if state.index is None:
        raise UsageError("Nothing is indexed yet.", f"Run 'sousveil process {case.root}'.")
    return Index(Path(case.root / state.index.folder))


def parsed(case: Case, query: str) -> Query:
    """The tree of a query of this case, in which ``@name`` is a saved query. Raises QueryError."""
    named = "@" in query or "＠" in query
    saved = {each.name: each.query for each in saved_queries(case)} if named else {}
    return parse_query(query, saved)


def check_saved(case: Case, name: str, query: str) -> None:
    """Raise QueryError where a query cannot be saved: it does not parse, or leads back to itself
    through others."""
    saved = {each.name: each.query for each in saved_queries(case)}
    kept = query_name(name)
    if kept is None:
        parse_query(query, saved)
    else:
        parse_query(f"@{kept}", {**saved, kept: query})


def find(case: Case, query: str, *, limit: int, offset: int, order: Order) -> Found:
    """Search; hits come with a snippet of the page text that shows why they matched.

    Raises QueryError for a query that does not parse.
    """
    tree = parsed(case, query)
    index = open_index(case)
    found = index.search(tree, limit=limit, offset=offset, order=order)
    kept = [unpacked(each) for each in index.shown(hit.notice_id for hit in found.hits)]
    with connect(case) as connection:
        paths = dict(
            connection.execute(
                "SELECT document_sha256, source_path FROM documents"
                " WHERE list_contains(?, document_sha256)",
                [[notice.document_sha256 for notice in kept]],
            ).fetchall()
        )
    hits = [
        _hit(notice, snippet(notice.text, tree), paths.get(notice.document_sha256))
        for notice in kept
    ]
    return Found(query, found.total, tuple(hits))


def _hit(notice: Listed, shown: Snippet, source_path: str | None) -> HitView:
    return HitView(
        notice.notice_id,
        notice.title,
        gloss(notice.title) if notice.title else None,
        notice.buyer,
        gloss(notice.buyer) if notice.buyer else None,
        notice.notice_type,
        notice.published.isoformat() if notice.published else None,
        _amount(notice),
        source_path,
        shown.text,
        tuple(shown.spans),
    )


def _by_id(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, dict[str, object]]:
    cursor = connection.execute("SELECT * FROM notices WHERE list_contains(?, notice_id)", [ids])
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["notice_id"]: row for row in rows}


def _amount(notice: Listed) -> str | None:
    if notice.amount is None:
        return None
    dollars = f" (US${notice.amount_usd:,.0f})" if notice.amount_usd is not None else ""
    return f"{notice.amount_kind} {notice.currency} {notice.amount:,.2f}{dollars}"


_SHOWN = (
    "notice_type", "project_id", "plan_id", "project_name", "buyer", "buyer_type", "agency",
    "method", "budget", "ceiling", "award", "currency", "budget_usd", "ceiling_usd", "award_usd",
    "rate_date", "rate_note", "suppliers", "bidders", "lots", "published", "first_published",
    "bid_deadline", "country", "province", "surveillance", "surveillance_score", "capabilities",
    "platforms", "target_groups", "functions", "data_sources", "overseas_target",
    "sophistication", "sophistication_ladder", "flags", "review", "project_key", "duplicate_of",
)  # fmt: skip

_GLOSSED = frozenset({"project_name", "buyer", "agency", "suppliers", "bidders"})


def whole_id(connection: duckdb.DuckDBPyConnection, digits: str) -> str:
    """The notice id that begins with these digits (at least 6). Raises UsageError where none or
    several do."""
    found = connection.execute(
        "SELECT notice_id FROM notices WHERE starts_with(notice_id, ?) LIMIT 2", [digits]
    ).fetchall()
    if len(found) != 1 or len(digits) < 6:
        problem = "Several notices begin with" if len(found) > 1 else "There is no notice"
        raise UsageError(f"{problem} '{digits[:40]}'.", "Give more digits of the notice id.")
    return str(found[0][0])


def notice(case: Case, notice_id: str) -> NoticeView:
    """One notice with its evidence. ``notice_id`` may be its first digits (at least 6).

    Raises UsageError where none or several answer to it.
    """
    with connect(case) as connection:
        whole = whole_id(connection, notice_id)
        row = _by_id(connection, [whole])[whole]
        joins = connection.execute(
            'SELECT kind, CASE WHEN "left" = ? THEN "right" ELSE "left" END, reason,'
            ' probability FROM joins WHERE "left" = ? OR "right" = ? ORDER BY 1, 2',
            [whole] * 3,
        ).fetchall()
    evidence = msgspec.json.decode(str(row["evidence"]))
    coding = msgspec.json.decode(str(row["coding"]), type=Coding)
    title = row["title"] or row["project_name"]
    basis = msgspec.json.decode(str(row["basis"]))
    return NoticeView(
        whole,
        str(title) if title else None,
        gloss(str(title)) if title else None,
        tuple(
            _field(name, row[name], evidence.get(name), basis.get(name) == "coder")
            for name in _SHOWN
            if _stated(row[name])
        ),
        tuple(
            CodeView(
                tag.facet, tag.code, tag.score, "; ".join(r.evidence.quote for r in tag.reasons)
            )
            for tag in coding.tags
        ),
        tuple(
            f"{label}: {row[name]}"
            for name, label in (
                ("source_path", "File"),
                ("source_url", "From"),
                ("captured_at", "Captured"),
                ("document_sha256", "SHA-256"),
            )
            if row[name]
        ),
        tuple(f"{kind} {other}: {reason} ({p:.2f})" for kind, other, reason, p in joins),
    )


def _stated(value: object) -> bool:
    return value is not None and value != []


def _field(
    name: str, value: object, evidence: dict[str, object] | None, by_coder: bool
) -> FieldView:
    if isinstance(value, Decimal):
        words = f"{value:,.2f}"
    elif isinstance(value, list):
        words = ", ".join(str(item) for item in value)
    elif isinstance(value, date):
        words = value.isoformat()
    else:
        words = str(value)
    english = gloss(words) if name in _GLOSSED else None
    said = {"name": name, "value": words, "gloss": english, "by_coder": by_coder}
    return msgspec.convert({**said, **(evidence or {})}, FieldView)


def failures(case: Case) -> list[Failure]:
    """Files that could not be read, and files of which some records could not."""
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT path, coalesce(reason, ''), coalesce(stage, ''), coalesce(message, ''),"
            " coalesce(hint, ''), status <> 'failed' FROM files"
            " WHERE status = 'failed' OR failed_records > 0 ORDER BY path"
        ).fetchall()
    return [Failure(*row) for row in rows]
