"""Records of exported tables: one row, each value under a heading that says what it is.

A row is believed where it names a buyer, what is bought or its number, and an amount, a supplier or
a number. Which heading means what is a list (headings.toml), never learned from the values.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import cast

from sousveil.extract.tabular.headings import currency_of, field_of, mapping, unit_of
from sousveil.model import Evidence, Field, Money, Notice, Page, Section
from sousveil.model.ids import notice_id
from sousveil.model.mapping import Column, TableMapping
from sousveil.model.notice import MoneyKind, NoticeType
from sousveil.reference.countries import country_of
from sousveil.text import language_of, parse_amount, parse_date
from sousveil.text.currency import ISO_CODES

NAME, VERSION = "tabular", "2"
_SURE = 0.8
_NO_MAPPING = TableMapping({})
_ONLY_MASKS = re.compile(r"(?:〔\w+〕|[\s,;、，。.·()（）-])*")
_NOTHING = re.compile(r"(?:[-–—/.*\s]*|n/?a|none|null|nan|无|無|暂无|见附件|详见附件)", re.I)
_HAN = re.compile("[㐀-鿿]")
_LONG = 12
_TYPES: tuple[tuple[NoticeType, re.Pattern[str]], ...] = (
    (
        "intention",
        re.compile("采购意向|政采意向|意向公开|planned procurement|planning notice", re.I),
    ),
    ("termination", re.compile("终止|废标|流标|cancel", re.I)),
    ("correction", re.compile("更正|变更公告|澄清|amendment notice", re.I)),
    ("award", re.compile("中标|成交|决标|award|winner|winning", re.I)),
    ("contract", re.compile("合同|contract", re.I)),
    ("tender", re.compile("招标|采购公告|磋商|询价|tender|solicitation|\\bbid\\b", re.I)),
)
"""Looked for in the row's type and title, then in the headings of the table."""

Cells = dict[str, tuple[str, int, int]]
"""By field: the heading, and where the value stands in the page's text."""


def accepts(pages: Sequence[Page], mapping: TableMapping | None = None) -> float:
    """How surely the page is a record of purchases; ``mapping`` is what a person says of it."""
    page = pages[0]
    if len(pages) > 1 or page.pointer is None or page.obtained == "record" or not page.cells:
        return 0.0
    found = _cells(page, mapping)
    named = found.keys() & {"project_name", "title", "purpose", "project_id"}
    if mapping is not None:
        repeated = all(page.text[start:end] == heading for heading, start, end in found.values())
        return 1.0 if mapping.notices and named and not repeated else 0.0
    told = found.keys() & {"budget", "award", "ceiling", "project_id"}
    won = "suppliers" in found and _type(page, found)[0] in ("award", "contract")
    bought = "buyer" in found or {"project_name", "budget"} <= found.keys()
    if not (named and bought and (told or won)):
        return 0.0
    # Where columns have slipped, or a heading row stands again among the rows.
    names = (found[name] for name in ("project_name", "buyer") if name in found)
    slipped = any(field_of(page.text[start:end]) for _, start, end in names)
    return 0.0 if slipped else _SURE


def extract(pages: Sequence[Page], mapping: TableMapping | None = None) -> Iterator[Notice]:
    """The notice of one row; ``mapping`` is what a person says of its table."""
    page = pages[0]
    found = _cells(page, mapping)
    reader = _Reader(page, found, mapping or _NO_MAPPING)
    title = reader.text("title")
    name = reader.text("project_name") or title or reader.text("purpose")
    kind, raw = _type(page, found)
    if mapping is not None and mapping.notice_type:
        kind, raw = cast(NoticeType, mapping.notice_type), None
    money = {field: reader.money(field) for field in ("budget", "ceiling", "award")}
    stated = reader.text("country")
    supplier = reader.text("suppliers")
    place = reader.text("place")
    buyer = reader.text("buyer")
    yield Notice(
        notice_id=notice_id(page.document_sha256, page.number, page.pointer),
        document_sha256=page.document_sha256,
        page=page.number,
        pages=(page.number,),
        pointer=page.pointer,
        source_standard="table",
        notice_type=kind,
        type_raw=raw,
        language=language_of(page.text),
        project_id=reader.text("project_id"),
        plan_id=reader.text("plan_id"),
        method=reader.text("method"),
        project_name=name,
        title=title or name,
        buyer=buyer,
        agency=reader.text("agency"),
        budget=money["budget"],
        ceiling=money["ceiling"],
        award=money["award"],
        suppliers=(supplier,) if supplier else (),
        published=reader.day("published"),
        bid_deadline=reader.moment("bid_deadline"),
        country=country_of(
            [
                *(f.value for f in (stated, buyer) if f),
                *_buyers(page, mapping),
                *([place.value] if place else ()),
            ]
        )
        or (mapping.country if mapping and mapping.country else None),
        places=(place,) if place else (),
        sections=tuple(_sections(page, found)),
        source_url=page.source_url,
        captured_at=page.captured_at,
        flags=tuple(reader.flags),
        masked=dict(Counter(span.kind for span in page.masked)),
    )


def _cells(page: Page, mapped: TableMapping | None = None) -> Cells:
    """Values by the field that their heading means, empty ones left out."""
    text = page.text
    headings = {c.row: text[c.start : c.end] for c in page.cells if c.column == 0}
    if mapped is not None:
        return _mapped_cells(page, headings, mapped)
    fields = mapping(headings.values())
    found: Cells = {}
    for cell in page.cells:
        heading = headings.get(cell.row, "")
        field = fields.get(heading)
        value = text[cell.start : cell.end]
        if cell.column == 1 and field and field not in found and not _NOTHING.fullmatch(value):
            found[field] = (heading, cell.start, cell.end)
    return found


def _buyers(page: Page, mapped: TableMapping | None) -> Iterator[str]:
    """Every name in a column of buyers: the ministry beside its office tells the country."""
    text = page.text
    headings = {c.row: text[c.start : c.end] for c in page.cells if c.column == 0}
    for cell in page.cells:
        heading = headings.get(cell.row, "")
        if mapped is not None:
            meant = mapped.columns.get(heading)
            field = meant.field if meant else ""
        else:
            field = (field_of(heading) or ("", 0))[0]
        if cell.column == 1 and field == "buyer":
            yield text[cell.start : cell.end]


def _mapped_cells(page: Page, headings: dict[int, str], mapped: TableMapping) -> Cells:
    values = {
        headings[cell.row]: (cell.start, cell.end)
        for cell in page.cells
        if cell.column == 1 and not _NOTHING.fullmatch(page.text[cell.start : cell.end])
    }
    found: Cells = {}
    for heading, column in mapped.columns.items():
        if column.field and column.field not in found and heading in values:
            found[column.field] = (heading, *values[heading])
    return found


def _type(page: Page, found: Cells) -> tuple[NoticeType, str | None]:
    own = [found[name] for name in ("type", "title", "project_name") if name in found]
    said = "\n".join(page.text[start:end] for _, start, end in own)
    titles = "\n".join(page.text[c.start : c.end] for c in page.cells if c.column == 0)
    above = page.text[: page.cells[0].start]
    for words in (said, above, titles):
        for kind, pattern in _TYPES:
            match = pattern.search(words)
            if match:
                return kind, match[0]
    return "other", None


def _sections(page: Page, found: Cells) -> Iterator[Section]:
    """What classification reads: the name, the purpose, and other cells of words."""
    roles = {"title": "title", "project_name": "name", "purpose": "purpose"}
    taken = {start: roles.get(field) for field, (_, start, _) in found.items()}
    for cell in page.cells:
        if cell.column != 1:
            continue
        if cell.start in taken:
            role = taken[cell.start]
        else:
            role = "body" if cell.end - cell.start >= _LONG else None
        if role:
            yield Section(role, page.number, cell.start, cell.end)  # type: ignore[arg-type]


class _Reader:
    """Typed values with evidence; what cannot be one is flagged."""

    def __init__(self, page: Page, found: Cells, mapping: TableMapping) -> None:
        self._mapping = mapping
        self.flags: dict[str, None] = {}
        self._page = page
        self._found = found

    def _evidence(self, start: int, end: int) -> Evidence:
        page = self._page
        quote = page.text[start:end]
        return Evidence(page.document_sha256, page.number, start, end, quote, f"{NAME}/{VERSION}")

    def text(self, field: str) -> Field[str] | None:
        """A text, white space squeezed."""
        place = self._found.get(field)
        if place is None:
            return None
        evidence = self._evidence(place[1], place[2])
        if _ONLY_MASKS.fullmatch(evidence.quote):
            self.flags["value_masked"] = None
            return None
        return Field(" ".join(evidence.quote.split()), evidence.quote, evidence)

    def money(self, field: MoneyKind) -> Field[Money] | None:
        """An amount in the currency that the cell, its heading or a column of the row states."""
        place = self._found.get(field)
        if place is None:
            return None
        heading, start, end = place
        evidence = self._evidence(start, end)
        column = self.text("currency")
        code = column.value.upper() if column and column.value.upper() in ISO_CODES else None
        said = self._mapping.columns.get(heading, Column(field))
        unit = said.unit or unit_of(heading)
        chinese = _HAN.search(heading) is not None
        told = said.currency or code or self._mapping.currency
        hint = told or currency_of(heading) or ("CNY" if unit else None)
        found = parse_amount(evidence.quote, unit_hint=unit, currency_hint=hint)
        if found is None or found.is_rate or found.amount < 0:
            self.flags["amount_unreadable"] = None
            return None
        currency = found.currency or hint
        if found.amount == Decimal(0):
            return None
        if currency is None or (chinese and not found.unit and not told):
            self.flags["amount_unit_unknown"] = None
            return None
        return Field(Money(found.amount, currency, field, found.unit), evidence.quote, evidence)

    def day(self, field: str) -> Field[date] | None:
        """A date."""
        found = self.moment(field)
        if found is None:
            return None
        return Field(found.value.date(), found.raw, found.evidence)

    def moment(self, field: str) -> Field[datetime] | None:
        """A date with its time of day, midnight where there is none."""
        place = self._found.get(field)
        if place is None:
            return None
        evidence = self._evidence(place[1], place[2])
        found = parse_date(evidence.quote, day_first=False)
        if found is None:
            self.flags["date_unreadable"] = None
            return None
        moment = datetime.combine(found.value, found.time or time())
        return Field(moment, evidence.quote, evidence)
