"""Citations that anybody can follow: of a record, of words in it, and of a figure.

A record is cited by what it is (buyer, title, day), where it was (address and time of capture) and
which bytes it is (SHA-256); words also by page and span in code points of the masked text; a figure
by the query that counts it and the hash of the records it was counted in.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.reference.glossary import gloss
from sousveil.text.controls import visible

_LEAST_DIGITS = 6
_KEY_DIGITS = 12


class Words(msgspec.Struct, frozen=True):
    """A passage: ``start`` and ``end`` are code points in the text of ``page``."""

    page: int
    start: int
    end: int
    quote: str


class Citation(msgspec.Struct, frozen=True):
    """A record, or words in it, as it is cited. Glosses stand for Chinese names alone."""

    notice_id: str
    title: str
    title_gloss: str | None
    buyer: str | None
    buyer_gloss: str | None
    notice_type: str
    published: date | None
    url: str | None
    captured_at: str | None
    sha256: str
    pages: tuple[int, ...]
    pointer: str | None = None
    """Where in a file of many records (JSON Pointer and the like)."""
    words: Words | None = None

    @property
    def key(self) -> str:
        """The same for the same record in any case; words add their place."""
        place = f"-p{self.words.page}-{self.words.start}-{self.words.end}" if self.words else ""
        return f"sousveil-{self.notice_id[:_KEY_DIGITS]}{place}"


class Figure(msgspec.Struct, frozen=True):
    """A figure as it is cited: how many projects and notices a query finds, in which case and state
    of its records (``state``), counted on which day by which version."""

    case: str
    query: str
    projects: int
    notices: int
    state: str
    taxonomy: str
    software: str
    day: date

    @property
    def key(self) -> str:
        """The same for the same query in the same state of the case."""
        return f"sousveil-figure-{sha256(f'{self.state} {self.query}'.encode()).hexdigest()[:12]}"

    @property
    def said(self) -> str:
        """The figure in words."""
        return f"{self.projects:,} projects in {self.notices:,} notices"


_COLUMNS = (
    "notice_id", "title", "project_name", "buyer", "notice_type", "published", "first_published",
    "source_url", "captured_at", "document_sha256", "pages", "pointer", "evidence",
)  # fmt: skip


def cite(case: Case, notice_id: str, field: str | None = None) -> Citation:
    """A notice (its first digits are enough), or the words that one of its fields was read from.

    Raises UsageError where no notice or several answer to it, and where the field has no words.
    """
    with connect(case) as connection:
        cursor = connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM notices WHERE starts_with(notice_id, ?) LIMIT 2",
            [notice_id],
        )
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    if len(rows) != 1 or len(notice_id) < _LEAST_DIGITS:
        problem = "Several notices begin with" if len(rows) > 1 else "There is no notice"
        raise UsageError(f"{problem} '{notice_id[:40]}'.", "Give more digits of the notice id.")
    return cite_row(rows[0], field)


def cite_row(row: Mapping[str, Any], field: str | None = None) -> Citation:
    """The same of a row of the view ``notices``. Raises UsageError where the field has no words."""
    title, buyer = row["title"] or row["project_name"] or "Untitled notice", row["buyer"]
    words = _words(msgspec.json.decode(row["evidence"] or "{}"), field) if field else None
    return msgspec.convert(
        {
            **{name: row[name] for name in _AS_THEY_ARE},
            "title": title,
            "title_gloss": gloss(title),
            "buyer": buyer,
            "buyer_gloss": gloss(buyer) if buyer else None,
            "published": row["published"] or row["first_published"],
            "url": row["source_url"],
            "sha256": row["document_sha256"],
            "words": words,
        },
        Citation,
    )


_AS_THEY_ARE = ("notice_id", "notice_type", "captured_at", "pages", "pointer")


def _words(evidence: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    if field not in evidence:
        known = ", ".join(sorted(evidence)) or "none"
        raise UsageError(
            f"The field '{field}' of this notice has no words of its own.",
            f"Fields that have: {known}.",
        )
    found: Mapping[str, Any] = evidence[field]
    return found


def as_text(cited: Citation | Figure) -> str:
    """One line for a footnote."""
    if isinstance(cited, Figure):
        counted = f"Counted on {cited.day.isoformat()}"
        return ". ".join((cited.said, *_counted_in(cited), counted)) + "."
    parts = [_named(cited.buyer, cited.buyer_gloss)] if cited.buyer else []
    day = cited.published.isoformat() if cited.published else "undated"
    title = _named(cited.title, cited.title_gloss)
    parts += [f"“{title}”, {cited.notice_type} notice, {day}", *_where(cited), *_quoted(cited)]
    return ". ".join(parts) + "."


def as_csl(cited: Citation | Figure) -> dict[str, Any]:
    """An item of CSL JSON (schema csl-data 1.0)."""
    if isinstance(cited, Figure):
        return {
            "id": cited.key,
            "type": "dataset",
            "title": cited.said,
            "issued": _date(cited.day),
            "note": ". ".join(_counted_in(cited)),
        }
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "webpage" if cited.url else "document",
        "title": _named(cited.title, cited.title_gloss),
        "genre": f"{cited.notice_type} notice",
        "note": ". ".join(_notes(cited)),
    }
    if cited.buyer:
        item["author"] = [{"literal": _named(cited.buyer, cited.buyer_gloss)}]
    if cited.published:
        item["issued"] = _date(cited.published)
    if cited.url:
        item["URL"] = _line(cited.url)
    captured = _day_of(cited.captured_at)
    if captured:
        item["accessed"] = _date(captured)
    return item


def csl_file(cited: Citation | Figure) -> str:
    """A file of CSL JSON with one item."""
    return json.dumps([as_csl(cited)], ensure_ascii=False, indent=1) + "\n"


def as_bibtex(cited: Citation | Figure) -> str:
    """A BibTeX entry of type misc, in UTF-8."""
    if isinstance(cited, Figure):
        fields = {"title": f"{{{_tex(cited.said)}}}", **_year(cited.day)}
        fields["note"] = _tex(". ".join(_counted_in(cited)))
        return _entry(cited.key, fields)
    fields = {"title": f"{{{_tex(_named(cited.title, cited.title_gloss))}}}"}
    if cited.buyer:
        fields["author"] = f"{{{_tex(_named(cited.buyer, cited.buyer_gloss))}}}"
    fields |= _year(cited.published) if cited.published else {}
    if cited.url:
        fields["url"] = _tex(_line(cited.url))
    captured = _day_of(cited.captured_at)
    if captured:
        fields["urldate"] = captured.isoformat()
    fields["howpublished"] = _tex(f"{cited.notice_type} notice")
    fields["note"] = _tex(". ".join(_notes(cited)))
    return _entry(cited.key, fields)


def _entry(key: str, fields: Mapping[str, str]) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{body}}}\n"


def _date(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _year(day: date) -> dict[str, str]:
    return {"year": str(day.year), "month": str(day.month)}


def _day_of(captured: str | None) -> date | None:
    """The day of a stated time of capture; None where it does not begin with one."""
    try:
        return date.fromisoformat((captured or "")[:10])
    except ValueError:
        return None


def _line(text: str) -> str:
    """Words of a document on one line, control characters shown."""
    return " ".join(visible(text).split())


def _named(name: str, english: str | None) -> str:
    return f"{_line(name)} [gloss: {_line(english)}]" if english else _line(name)


def _counted_in(figure: Figure) -> list[str]:
    return [
        f"Query {_line(figure.query)}",
        f"Case {_line(figure.case)}, records {figure.state}",
        f"Taxonomy {figure.taxonomy}, Sousveil {figure.software}",
    ]


def _where(cited: Citation) -> list[str]:
    """Address and time, then what the file is."""
    captured = f", captured {_line(cited.captured_at)}" if cited.captured_at else ""
    address = [f"{_line(cited.url)}{captured}"] if cited.url else []
    return [*address, *_bytes(cited)]


def _notes(cited: Citation) -> list[str]:
    """What entries have no field for. A time of capture without a day is told as it is stated."""
    odd = cited.captured_at and not _day_of(cited.captured_at)
    captured = [f"Captured {_line(cited.captured_at or '')}"] if odd else []
    return [*captured, *_bytes(cited), *_quoted(cited)]


def _bytes(cited: Citation) -> list[str]:
    """Which bytes, and where in them."""
    words = cited.words
    first, last = min(cited.pages, default=1), max(cited.pages, default=1)
    if words:
        place = f"page {words.page}, characters {words.start}–{words.end}"
    else:
        place = f"page {first}" if first == last else f"pages {first}–{last}"
    record = [f"record {_line(cited.pointer)}"] if cited.pointer else []
    return [f"SHA-256 {cited.sha256}", *record, place]


def _quoted(cited: Citation) -> list[str]:
    return [f"“{_line(cited.words.quote)}”"] if cited.words else []


_TEX = str.maketrans({
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "$": "\\$",
    "&": "\\&", "#": "\\#", "_": "\\_", "%": "\\%", "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
})  # fmt: skip
"""Braces by name: BibTeX counts them whether or not a backslash stands before."""


def _tex(text: str) -> str:
    """Text in which TeX finds no commands (Lamport 1994, section 2.2)."""
    return " ".join(text.translate(_TEX).split())
