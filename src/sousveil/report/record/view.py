"""One notice for reading: each field with its values, their words and places, and each code with
its reasons.

Every span that is shown is listed once, under a number: highlights and fields name each other by
it. Sizes are bounded: what a hostile record states is cut, and it is said how much was left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from sousveil.model import Coding, Evidence, Field, Money, NameBeside, Notice, Reason
from sousveil.model.coding import Tag
from sousveil.reference import Taxonomy, label
from sousveil.reference.glossary import gloss

MOST_VALUES = 12
"""Values of one field that are listed."""

MOST_REASONS = 8
MOST_CODES = 24
MOST_CHARACTERS = 240
"""Code points of a value, a quote or a gloss that are shown."""


class Shown(msgspec.Struct, frozen=True):
    """A text as it is shown; ``left_out`` code points follow it in the record."""

    text: str
    left_out: int = 0


class EvidenceView(msgspec.Struct, frozen=True):
    """Words of the record: code points [start, end) of the masked text of ``page``. ``of`` are the
    fields and codes they were read for, as anchors of the page."""

    id: int
    page: int
    start: int
    end: int
    quote: Shown
    extractor: str
    of: tuple[str, ...]


class ValueView(msgspec.Struct, frozen=True):
    """A value as cleaned and as written; ``evidence`` is the number of its words, None where it is
    derived. ``note`` says what it was made from, or what it is worth in dollars."""

    value: Shown
    raw: Shown | None = None
    gloss: Shown | None = None
    confidence: float | None = None
    evidence: int | None = None
    note: str | None = None


class FieldView(msgspec.Struct, frozen=True):
    """A field with its values, ``more`` of which are not listed; ``basis`` says whose judgement it
    is (rule, model, coder), None for what is stated."""

    name: str
    values: tuple[ValueView, ...]
    more: int = 0
    basis: str | None = None

    @property
    def anchor(self) -> str:
        """Where the field stands on the page."""
        return f"f-{self.name}"


class ReasonView(msgspec.Struct, frozen=True):
    """Words that speak for a code, or (``weight`` below 0) against it."""

    term: Shown
    gloss: Shown | None
    weight: float
    evidence: int


class CodeView(msgspec.Struct, frozen=True):
    """A code, what people call it, its score (0 to 1), whose judgement it is, and its reasons,
    ``more`` of which are not listed."""

    facet: str
    code: str
    label: str
    score: float | None
    basis: str | None
    reasons: tuple[ReasonView, ...]
    more: int = 0

    @property
    def anchor(self) -> str:
        """Where the code stands on the page."""
        return f"c-{self.facet}-{self.code}"


class RecordView(msgspec.Struct, frozen=True):
    """One notice. ``pages`` are the numbers of its pages, ``masked`` counts what was masked in it
    by kind."""

    notice_id: str
    document_sha256: str
    title: Shown
    gloss: Shown | None
    notice_type: str
    surveillance: bool
    score: float
    score_basis: str
    fields: tuple[FieldView, ...]
    codes: tuple[CodeView, ...]
    against: tuple[ReasonView, ...]
    evidence: tuple[EvidenceView, ...]
    pages: tuple[int, ...]
    pointer: str | None
    project_key: str | None
    duplicate_of: str | None
    taxonomy_version: str
    classifier: str
    source_standard: str
    source_path: str | None
    source_url: str | None
    captured_at: str | None
    flags: tuple[str, ...]
    review: tuple[str, ...]
    masked: Mapping[str, int]

    def by_facet(self) -> dict[str, list[CodeView]]:
        """Codes by facet, in the order in which a coding lists them."""
        found: dict[str, list[CodeView]] = {}
        for code in self.codes:
            found.setdefault(code.facet, []).append(code)
        return found

    def on_page(self, number: int) -> list[EvidenceView]:
        """The words that stand on one page."""
        return [each for each in self.evidence if each.page == number]


def shown(text: str, most: int = MOST_CHARACTERS) -> Shown:
    """A text cut to what is shown of it."""
    return Shown(text[:most], max(0, len(text) - most))


def _glossed(text: str) -> Shown | None:
    english = gloss(text[:MOST_CHARACTERS])
    return shown(english) if english else None


class _Words:
    """Numbers the spans of a record in the order in which they are shown."""

    def __init__(self) -> None:
        self._ids: dict[tuple[int, int, int], int] = {}
        self._found: list[Evidence] = []
        self._of: list[list[str]] = []

    def note(self, words: Evidence, anchor: str) -> int:
        """The number of some words, shown for the field or code at an anchor."""
        key = (words.page, words.start, words.end)
        number = self._ids.setdefault(key, len(self._found))
        if number == len(self._found):
            self._found.append(words)
            self._of.append([])
        if anchor not in self._of[number]:
            self._of[number].append(anchor)
        return number

    def views(self) -> tuple[EvidenceView, ...]:
        """All that were noted."""
        return tuple(
            EvidenceView(n, e.page, e.start, e.end, shown(e.quote), e.extractor, tuple(of))
            for n, (e, of) in enumerate(zip(self._found, self._of, strict=True))
        )


def view(row: Mapping[str, Any], taxonomy: Taxonomy) -> RecordView:
    """A row of the view ``notices`` for reading."""
    stated = msgspec.json.decode(str(row["notice"]), type=Notice)
    coding = msgspec.json.decode(str(row["coding"]), type=Coding)
    basis: dict[str, str] = msgspec.json.decode(str(row["basis"]))
    words = _Words()
    fields = tuple(_fields(stated, row, coding.buyer_type, basis, words))
    codes = tuple(_codes(coding, basis, taxonomy, words))
    against = tuple(_reasons(coding.against, words, "against"))
    title = str(row["title"] or row["project_name"] or row["notice_id"])
    return RecordView(
        notice_id=stated.notice_id,
        document_sha256=stated.document_sha256,
        title=shown(title),
        gloss=_glossed(title),
        notice_type=str(row["notice_type"]),
        surveillance=bool(row["surveillance"]),
        score=float(row["surveillance_score"] or 0.0),
        score_basis=basis.get("surveillance", "rule"),
        fields=fields,
        codes=codes,
        against=against,
        evidence=words.views(),
        pages=tuple(row["pages"]),
        taxonomy_version=coding.taxonomy_version,
        classifier=coding.classifier,
        flags=tuple(row["flags"] or ()),
        review=tuple(row["review"] or ()),
        masked=msgspec.json.decode(str(row["masked"])),
        **{name: row[name] for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    "pointer", "project_key", "duplicate_of", "source_standard", "source_path", "source_url",
    "captured_at",
)  # fmt: skip

_GLOSSED = frozenset(
    {"title", "project_name", "buyer", "agency", "method", "suppliers", "bidders", "places"}
)
_LISTED: tuple[tuple[str, str], ...] = (
    ("title", "title"), ("project_name", "project_name"), ("project_id", "project_id"),
    ("plan_id", "plan_id"), ("buyer", "buyer"), ("agency", "agency"),
    ("suppliers", "suppliers"), ("bidders", "bidders"), ("identifiers", "identifiers"),
    ("names_beside", "names_beside"),
    ("method", "method"), ("budget", "budget"), ("ceiling", "ceiling"), ("award", "award"),
    ("other_amounts", "other_amounts"), ("lot_count", "lots"), ("published", "published"),
    ("first_published", "first_published"), ("bid_deadline", "bid_deadline"),
    ("places", "places"), ("references", "references"),
)  # fmt: skip
"""Fields of a notice in the order in which they are read, and what readers call them."""


def _fields(
    stated: Notice,
    row: Mapping[str, Any],
    buyer_type: str | None,
    basis: Mapping[str, str],
    words: _Words,
) -> Iterator[FieldView]:
    for attribute, name in _LISTED:
        found = getattr(stated, attribute)
        if not found:
            continue
        every: Sequence[Field[Any]] = found if isinstance(found, tuple) else (found,)
        values = tuple(
            _value(each, name, row, words.note(each.evidence, f"f-{name}"))
            for each in every[:MOST_VALUES]
        )
        yield FieldView(name, values, len(every) - len(values))
        if name == "buyer" and buyer_type:
            yield _derived("buyer_type", buyer_type, basis.get("buyer_type", "rule"))
    if row["country"]:
        place = " ".join(str(row[name]) for name in ("country", "place") if row[name])
        yield _derived("place", place, None)


def _derived(name: str, value: str, basis: str | None) -> FieldView:
    return FieldView(name, (ValueView(shown(value)),), basis=basis)


def _value(field: Field[Any], name: str, row: Mapping[str, Any], evidence: int) -> ValueView:
    said = said_of(field.value)
    return ValueView(
        shown(said),
        shown(field.raw) if field.raw != said else None,
        _glossed(said) if name in _GLOSSED else None,
        field.confidence,
        evidence,
        _note(field.value, name, row),
    )


def said_of(value: object) -> str:
    """A value in words."""
    if isinstance(value, Money):
        return f"{value.currency} {value.amount:,.2f}" if _sane(value.amount) else "out of range"
    if isinstance(value, NameBeside):
        return f"{value.name}: {value.other}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, msgspec.Struct):
        return " ".join(str(part) for part in msgspec.structs.astuple(value))
    return str(value)


def _sane(amount: Decimal) -> bool:
    return amount.is_finite() and amount.adjusted() < 30


def _note(value: object, name: str, row: Mapping[str, Any]) -> str | None:
    """What an amount is worth in US dollars, or why that is not known; what else it is."""
    if not isinstance(value, Money):
        return None
    usd = row.get(f"{name}_usd")
    if isinstance(usd, Decimal):
        rate = f", rate of {row['rate_date']}" if row["rate_date"] else ""
        return f"US${usd:,.0f}{rate}" if value.currency != "USD" else None
    if name in ("budget", "ceiling", "award"):
        return str(row["rate_note"]) if row["rate_note"] else None
    return value.kind


def _codes(
    coding: Coding, basis: Mapping[str, str], taxonomy: Taxonomy, words: _Words
) -> Iterator[CodeView]:
    for tag in coding.tags[:MOST_CODES]:
        yield _code(tag, basis, taxonomy, words)
    if coding.sophistication is not None:
        ladder = (coding.sophistication_ladder or "").replace("_", " and ")
        anchor = "c-sophistication-level"
        reasons = tuple(_reasons(coding.sophistication_reasons[:MOST_REASONS], words, anchor))
        yield CodeView(
            "sophistication",
            "level",
            f"{coding.sophistication} ({ladder})",
            None,
            basis.get("sophistication", "rule"),
            reasons,
            len(coding.sophistication_reasons) - len(reasons),
        )


def _code(tag: Tag, basis: Mapping[str, str], taxonomy: Taxonomy, words: _Words) -> CodeView:
    anchor = f"c-{tag.facet}-{tag.code}"
    reasons = tuple(_reasons(tag.reasons[:MOST_REASONS], words, anchor))
    name = label(tag.code, taxonomy=taxonomy)
    whose = basis.get(_COLUMN.get(tag.facet, tag.facet), "rule")
    left = len(tag.reasons) - len(reasons)
    return CodeView(tag.facet, tag.code, name, tag.score, whose, reasons, left)


_COLUMN = {"capability": "capabilities", "platform": "platforms", "target_group": "target_groups"}


def _reasons(reasons: Iterable[Reason], words: _Words, anchor: str) -> Iterator[ReasonView]:
    for reason in reasons:
        number = words.note(reason.evidence, anchor)
        quote = reason.evidence.quote or reason.term
        yield ReasonView(shown(quote), _glossed(quote), reason.weight, number)
