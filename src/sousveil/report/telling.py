"""The projects that a report shows one by one, each with the words it was counted for."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import duckdb
import msgspec

from sousveil.model import Coding
from sousveil.reference import Taxonomy, label
from sousveil.reference.glossary import gloss

MOST = 40
"""Projects shown on the page; the file projects.csv beside it holds all of them."""

_QUOTES = 6
_AROUND = 60

_QUERY = """SELECT p.*, n.coding, n.document_sha256, n.source_path, n.source_url, n.captured_at,
       n.title, m.evidence AS amount_evidence, m.document_sha256 AS amount_sha256,
       m.source_path AS amount_path, m.flags
FROM projects p
JOIN notices n ON n.notice_id = p.lead_notice_id
LEFT JOIN notices m ON m.notice_id = p.amount_notice_id
WHERE p.surveillance
ORDER BY p.overseas_target DESC, p.sophistication DESC NULLS LAST,
         p.amount_usd DESC NULLS LAST, p.surveillance_score DESC, p.project_key
LIMIT ?"""


class Quote(msgspec.Struct, frozen=True):
    """Words of a record, what stands around them on their line, and where they stand."""

    code: str
    before: str
    words: str
    after: str
    gloss: str | None
    page: int
    start: int
    end: int


class Telling(msgspec.Struct, frozen=True):
    """One project as the report shows it."""

    project_key: str
    name: str
    name_gloss: str | None
    buyer: str | None
    buyer_gloss: str | None
    kind: str
    place: str
    when: str
    amount: str
    amount_words: str | None
    codes: tuple[str, ...]
    level: str | None
    suppliers: tuple[str, ...]
    quotes: tuple[Quote, ...]
    notices: int
    source: str
    source_url: str | None
    captured_at: str | None
    document_sha256: str


def telling(
    connection: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, most: int = MOST
) -> Iterator[Telling]:
    """The largest and most telling projects: those that watch abroad first, then by level and
    amount."""
    cursor = connection.execute(_QUERY, [most])
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        name = str(row["name"] or row["title"] or "untitled")
        coding = msgspec.json.decode(str(row["coding"]), type=Coding)
        yield Telling(
            project_key=str(row["project_key"]),
            name=name,
            name_gloss=gloss(name),
            buyer=row["buyer"],
            buyer_gloss=gloss(row["buyer"]) if row["buyer"] else None,
            kind=label(row["buyer_type"], taxonomy=taxonomy)
            if row["buyer_type"]
            else "kind not stated",
            place=" ".join(str(row[c]) for c in ("country", "place") if row[c]),
            when=str(row["first_date"] or "undated"),
            amount=amount_in_words(row),
            amount_words=_amount_words(row),
            codes=tuple(
                label(code, taxonomy=taxonomy)
                for column in ("capabilities", "platforms", "target_groups", "data_sources")
                for code in row[column]
            ),
            level=level(row["sophistication"], row["sophistication_ladder"]),
            suppliers=tuple(row["suppliers"]),
            quotes=tuple(
                _quotes(coding, _texts(connection, str(row["document_sha256"])), taxonomy)
            ),
            notices=len(row["notice_ids"]),
            source=str(row["source_path"]),
            source_url=row["source_url"],
            captured_at=row["captured_at"],
            document_sha256=str(row["document_sha256"]),
        )


def money(value: Decimal | None, currency: str | None, usd: Decimal | None) -> str:
    """An amount in its own currency and in dollars."""
    if value is None:
        return "no amount stated"
    dollars = f" (US${usd:,.0f})" if usd is not None and currency != "USD" else ""
    return f"{currency} {value:,.0f}{dollars}"


def amount_in_words(row: Mapping[str, object]) -> str:
    """A project's one figure, which it is, and a warning where its record is at odds with itself.

    ``row``: ``amount``, ``currency``, ``amount_usd``, ``amount_kind``, ``amount_reason`` and
    ``amount_notice_ids`` of the project and ``flags`` of the notice it stands in.
    """
    value, usd = row["amount"], row["amount_usd"]
    text = money(
        value if isinstance(value, Decimal) else None,
        str(row["currency"]),
        usd if isinstance(usd, Decimal) else None,
    )
    kind = f", {row['amount_kind']}" if row["amount_kind"] else ""
    parts = row["amount_notice_ids"]
    if isinstance(parts, list) and len(parts) > 1:
        kind += f" ({row['amount_reason']})"
    flags = row["flags"]
    doubt = isinstance(flags, list) and any("disagree" in str(flag) for flag in flags)
    return f"{text}{kind}" + (
        " — the record states amounts that disagree: check it" if doubt else ""
    )


def _amount_words(row: dict[str, object]) -> str | None:
    if not row["amount_evidence"] or not row["amount_kind"]:
        return None
    evidence = msgspec.json.decode(str(row["amount_evidence"]))
    stated = evidence.get(str(row["amount_kind"]))
    return str(stated["quote"]) if stated else None


def level(step: object, ladder: object) -> str | None:
    """A level of sophistication and its ladder in words, None where there is none."""
    if step is None:
        return None
    return f"level {step} ({str(ladder or '').replace('_', ' and ')})"


def _texts(connection: duckdb.DuckDBPyConnection, sha256: str) -> dict[int, str]:
    rows = connection.execute("SELECT page, text FROM pages WHERE document_sha256 = ?", [sha256])
    return dict(rows.fetchall())


def _quotes(coding: Coding, texts: dict[int, str], taxonomy: Taxonomy) -> Iterator[Quote]:
    """The strongest words for each code. Words that another quote already shows in its
    surroundings are not shown again."""
    shown: list[tuple[int, int, int]] = []
    for tag in coding.tags:
        for reason in tag.reasons[:2]:
            e = reason.evidence
            if len(shown) >= _QUOTES:
                return
            if any(p == e.page and s <= e.start and e.end <= t for p, s, t in shown):
                continue
            text = texts.get(e.page, "")
            start, end = surroundings(text, e.start, e.end)
            shown.append((e.page, start, end))
            yield Quote(
                label(tag.code, taxonomy=taxonomy),
                text[start : e.start].lstrip(),
                e.quote,
                text[e.end : end].rstrip(),
                gloss(e.quote),
                e.page,
                e.start,
                e.end,
            )


def surroundings(text: str, start: int, end: int, around: int = _AROUND) -> tuple[int, int]:
    """Up to ``around`` code points on each side, not beyond the line, from and to a sentence where
    near."""
    first = max(text.rfind("\n", 0, start) + 1, start - around)
    newline = text.find("\n", end)
    last = min(len(text) if newline < 0 else newline, end + around)
    opening = max((text.rfind(mark, first, start) for mark in "。；;"), default=-1)
    closing = [at for at in (text.find(mark, end, last) for mark in "。；;") if at >= 0]
    return max(first, opening + 1), min(closing) + 1 if closing else last
