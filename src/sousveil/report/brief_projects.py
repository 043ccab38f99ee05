"""The projects that name a platform, one by one, each value with the words it was read from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from sousveil.reference import Taxonomy, label
from sousveil.reference.glossary import gloss
from sousveil.report.brief_rows import Row, Rows
from sousveil.report.telling import amount_in_words, level, surroundings
from sousveil.text.json_escapes import undo_escapes

_AROUND = 100
_QUOTES = 4
_NOT_WORDS = "coder"
"""The extractor whose reason is no name of the platform: a person gave the code, no words of the
record were known for it, and the beginning of the notice stands in their place."""

_ENDS = "\n。；;"
_STRING_END = re.compile(r'(?<!\\)"')


class Record(msgspec.Struct, frozen=True):
    """A notice that is quoted: what it is, and the document it stands in. ``number`` counts within
    the project."""

    number: int
    notice_id: str
    kind: str
    on: str | None
    path: str
    url: str | None
    captured_at: str | None
    sha256: str


class Span(msgspec.Struct, frozen=True):
    """Where quoted words stand: code points of a page of the record of that number."""

    record: int
    page: int
    start: int
    end: int


class Words(msgspec.Struct, frozen=True):
    """The words that name the platform and what stands around them on their line.

    ``names_it`` False: a person gave the code, and no words of the record are known to name it.
    ``gloss`` is of those words alone: word by word, a passage would read as nonsense.
    """

    before: str
    words: str
    after: str
    gloss: str | None
    at: Span
    names_it: bool


class Cited(msgspec.Struct, frozen=True):
    """A value of the project and the words it was read from."""

    what: str
    value: str
    words: str
    at: Span


class Text(msgspec.Struct, frozen=True):
    """A name as written, with its gloss where it is Chinese."""

    text: str
    gloss: str | None


class BriefProject(msgspec.Struct, frozen=True):
    """One project as a brief shows it. ``notices`` counts all, ``copies`` those among them that
    are not counted. ``doubts``: why a person should look, in words."""

    number: int
    project_key: str
    name: Text
    buyer: Text | None
    kind: str
    place: Text | None
    when: str
    amount: str
    suppliers: tuple[Text, ...]
    capabilities: tuple[str, ...]
    functions: tuple[str, ...]
    targets: tuple[str, ...]
    abroad: bool
    level: str | None
    words: tuple[Words, ...]
    more_words: int
    said_by: str
    doubts: tuple[str, ...]
    cited: tuple[Cited, ...]
    records: tuple[Record, ...]
    notices: int
    copies: int


def brief_projects(rows: Rows, taxonomy: Taxonomy) -> Iterator[BriefProject]:
    """The projects that name a platform, by their first date and key."""
    for number, (project, notices) in enumerate(rows, start=1):
        yield _Reader(rows.platform, taxonomy, project, notices).project(number)


class _Reader:
    """Reads one project of its rows, and notes which of its notices are quoted."""

    def __init__(
        self, platform: str, taxonomy: Taxonomy, project: Row, notices: Sequence[Row]
    ) -> None:
        self._platform = platform
        self._taxonomy = taxonomy
        self._first = project
        self._rows = notices
        self._evidence: list[dict[str, dict[str, object]]] = [
            msgspec.json.decode(str(row["evidence"])) for row in self._rows
        ]
        self._records: dict[int, Record] = {}

    def project(self, number: int) -> BriefProject:
        """The project as the brief's ``number``-th."""
        row = self._first
        words = list(self._words())
        cited = tuple(self._cited())
        naming = [
            row
            for row in self._rows
            if row["surveillance"] and self._platform in _strings(row["platforms"])
        ]
        name = str(row["name"] or self._title() or "untitled")
        notices = len(_strings(row["notice_ids"]))
        place = " ".join(str(row[c]) for c in ("country", "place") if row[c])
        return BriefProject(
            number=number,
            project_key=str(row["project_key"]),
            name=_text(name),
            buyer=_text(str(row["buyer"])) if row["buyer"] else None,
            kind=self._label(str(row["buyer_type"])) if row["buyer_type"] else "kind not stated",
            place=_text(place) if place else None,
            when=_when(row),
            amount=amount_in_words({**row, "flags": self._amount_flags()}),
            suppliers=tuple(_text(name) for name in _strings(row["suppliers"])),
            capabilities=self._labels("capabilities"),
            functions=self._labels("functions"),
            targets=self._labels("target_groups"),
            abroad=bool(row["overseas_target"]),
            level=level(row["sophistication"], row["sophistication_ladder"]),
            words=tuple(words[:_QUOTES]),
            more_words=max(0, len(words) - _QUOTES),
            said_by=_said_by(naming),
            doubts=_doubts(naming),
            cited=cited,
            records=tuple(self._records.values()),
            notices=notices,
            copies=notices - len(self._rows),
        )

    def _label(self, code: str) -> str:
        return label(code, taxonomy=self._taxonomy)

    def _labels(self, column: str) -> tuple[str, ...]:
        return tuple(self._label(code) for code in _strings(self._first[column]))

    def _title(self) -> object:
        return next((row["title"] for row in self._rows if row["title"]), None)

    def _amount_flags(self) -> object:
        wanted = self._first["amount_notice_id"]
        return next((r["flags"] for r in self._rows if r["notice_id"] == wanted), [])

    def _span(self, at: int, page: object, start: object, end: object) -> Span:
        if at not in self._records:
            row = self._rows[at]
            on = row["published"] or row["first_published"]
            self._records[at] = Record(
                number=len(self._records) + 1,
                notice_id=str(row["notice_id"]),
                kind=str(row["notice_type"]).replace("_", " "),
                on=str(on) if on else None,
                path=str(row["source_path"]),
                url=str(row["source_url"]) if row["source_url"] else None,
                captured_at=str(row["captured_at"]) if row["captured_at"] else None,
                sha256=str(row["document_sha256"]),
            )
        return Span(self._records[at].number, int(str(page)), int(str(start)), int(str(end)))

    def _words(self) -> Iterator[Words]:
        """The platform's name in each notice; a passage that another notice repeats is left out."""
        shown: set[tuple[str, str, str]] = set()
        for at, row in enumerate(self._rows):
            e = row["words"]
            if not isinstance(e, dict):
                continue
            before, words, after = _passage(row, str(e["quote"]))
            if (before, words, after) in shown:
                continue
            shown.add((before, words, after))
            span = self._span(at, e["page"], e["start"], e["end"])
            names_it = e["extractor"] != _NOT_WORDS
            yield Words(before, words, after, gloss(words), span, names_it)

    def _cited(self) -> Iterator[Cited]:
        """Evidence for each value of the project that a record states."""
        row = self._first
        yield from self._stated("name", "project_name", "project_name", row["name"])
        if not row["name"]:
            yield from self._stated("title", "title", "title", self._title())
        yield from self._stated("buyer", "buyer", "buyer", row["buyer"])
        dates = dict.fromkeys(d for d in (row["first_date"], row["last_date"]) if d)
        for day in dates:
            yield from self._date(day)
        if row["amount_kind"]:
            kind, parts = str(row["amount_kind"]), _strings(row["amount_notice_ids"])
            shown = f"{row['currency']} {row['amount']:,.2f}"
            if len(parts) > 1:
                shown += f" in all: {row['amount_reason']}"
            for part in parts:
                yield from self._stated(kind, kind, "notice_id", part, shown)
        for supplier in _strings(row["suppliers"]):
            yield from self._supplier(supplier)
        step, ladder = row["sophistication"], row["sophistication_ladder"]
        shown = level(step, ladder) or ""
        yield from self._stated("sophistication", "sophistication", "sophistication", step, shown)
        for facet, column in (
            ("capability", "capabilities"),
            ("function", "functions"),
            ("target_group", "target_groups"),
        ):
            for code in _strings(row[column]):
                yield from self._code(facet, code)

    def _stated(
        self, what: str, key: str, column: str, value: object, shown: str = ""
    ) -> Iterator[Cited]:
        """The evidence ``key`` of the last notice in whose ``column`` the value stands."""
        if value is None:
            return
        for at in range(len(self._rows) - 1, -1, -1):
            e = self._evidence[at].get(key)
            if e is not None and self._rows[at][column] == value:
                yield self._quote(at, what, shown or str(value), e)
                return

    def _date(self, day: object) -> Iterator[Cited]:
        for key in ("published", "first_published", "bid_deadline"):
            for at, row in enumerate(self._rows):
                e = self._evidence[at].get(key)
                if e is not None and str(row[key])[:10] == str(day):
                    yield self._quote(at, key.replace("_", " "), str(day), e)
                    return

    def _supplier(self, name: str) -> Iterator[Cited]:
        for at, row in enumerate(self._rows):
            e = self._evidence[at].get("suppliers")
            if e is not None and name in _strings(row["suppliers"]):
                yield self._quote(at, "supplier", name, e)
                return

    def _code(self, facet: str, code: str) -> Iterator[Cited]:
        for at, row in enumerate(self._rows):
            for tag in _list(row["tags"]) if row["surveillance"] else ():
                if not isinstance(tag, dict) or tag["e"] is None:
                    continue
                if (tag["facet"], tag["code"]) == (facet, code):
                    yield self._quote(at, facet.replace("_", " "), self._label(code), tag["e"])
                    return

    def _quote(self, at: int, what: str, value: str, e: Mapping[str, object]) -> Cited:
        span = self._span(at, e["page"], e["start"], e["end"])
        return Cited(what, value, str(e["quote"]), span)


def _passage(row: Row, quote: str) -> tuple[str, str, str]:
    """The quote with its line around it, as people read it: JSON's escapes undone, nothing beyond
    the string it stands in, an ellipsis where more of the line follows."""
    before, after = str(row["before"] or ""), str(row["after"] or "")
    if row["obtained"] == "record":
        before = _STRING_END.split(before)[-1]
        after = _STRING_END.split(after, maxsplit=1)[0]
        before, quote, after = (undo_escapes(text).text for text in (before, quote, after))
    text, at = before + quote + after, len(before)
    start, end = surroundings(text, at, at + len(quote), _AROUND)
    first = "…" if start and text[start - 1] not in _ENDS else ""
    last = "…" if end < len(text) and text[end] != "\n" and text[end - 1] not in _ENDS else ""
    return first + text[start:at].lstrip(), quote, text[at + len(quote) : end].rstrip() + last


def _when(row: Row) -> str:
    first, last = row["first_date"], row["last_date"]
    if not isinstance(first, date):
        return "undated"
    return str(first) if first == last else f"{first} to {last}"


def _said_by(naming: Sequence[Row]) -> str:
    """Who says that it is surveillance and that it names the platform, in words for readers."""
    bases = [msgspec.json.decode(str(row["basis"])) for row in naming]
    whole = {str(basis.get("surveillance", "rule")) for basis in bases}
    named = {str(basis.get("platforms", "rule")) for basis in bases}
    if "coder" in named and "coder" in whole:
        return "A person confirmed that this is surveillance and that it names the platform."
    if "coder" in whole:
        return "A person confirmed that this is surveillance; the platform is coded by rule."
    if "model" in whole:
        return "Coded by a model that learned from decisions; no person has confirmed it."
    return "Coded by rule; no person has confirmed it."


def _doubts(naming: Sequence[Row]) -> tuple[str, ...]:
    found = (code for row in naming for name in ("flags", "review") for code in _list(row[name]))
    return tuple(dict.fromkeys(str(code).replace("_", " ") for code in found))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _strings(value: object) -> list[str]:
    return [str(item) for item in _list(value)]


def _text(written: str) -> Text:
    return Text(written, gloss(written))
