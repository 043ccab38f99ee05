"""An eForms notice into one record: fields by the mapping table, results by their identifiers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import structs

from sousveil.extract.eforms.organisations import Organisations, in_language
from sousveil.extract.eforms.results import Results
from sousveil.extract.eforms.sections import find_sections
from sousveil.extract.eforms.table import (
    CANCELLED,
    EXTENSION,
    LOT,
    NOTICE,
    ROOTS,
    SUBTYPES,
    TYPES,
)
from sousveil.extract.eforms.withheld import shown
from sousveil.extract.elements.amounts import (
    Amounts,
    check_against_lots,
    in_one_currency,
    summed,
)
from sousveil.extract.elements.journal import each_once, reference
from sousveil.extract.elements.languages import language as two_letters
from sousveil.extract.elements.pages import is_outline, outlines
from sousveil.extract.elements.reader import Reader
from sousveil.extract.party_ids import of_parties
from sousveil.model import Field, Lot, MoneyKind, Notice, NoticeType, Page
from sousveil.model.ids import notice_id
from sousveil.text.outline import Element

NAME, VERSION = "eforms", "1"
MEDIA_TYPE = "application/vnd.eforms+xml"
STANDARD = "eforms"


def accepts(pages: Sequence[Page]) -> float:
    """1.0 for the outline of an eForms notice."""
    return is_outline(pages, MEDIA_TYPE)


def extract(pages: Sequence[Page]) -> Iterator[Notice]:
    """The notice of a page; none where it states nothing."""
    for page, root in outlines(pages):
        notice = _Notice(page, root).read()
        if _says_something(notice):
            yield notice


class _Notice:
    """One notice while it is read."""

    def __init__(self, page: Page, root: Element) -> None:
        self.page, self.root = page, root
        self.reader = Reader(page, root, f"{NAME}/{VERSION}")
        self.language = self.reader.said(self._first("language"))
        self.organisations = Organisations(self.reader, root, self.language)
        self.results = Results(self.reader, root, self.organisations, self.language)

    def _first(self, field: str) -> Element | None:
        return self.reader.first_said(self.root, *NOTICE[field].paths)

    def read(self) -> Notice:
        """The record."""
        reader, page = self.reader, self.page
        kind, type_raw = self._type()
        money: MoneyKind = "contract" if kind in ("contract", "acceptance") else "award"
        holders = self._lot_holders()
        lots = tuple(self.results.lot(holder, money) for holder in holders)
        amounts = self._amounts(lots, money)
        title = self._title(holders)
        name = reader.field(title)
        buyer = self.organisations.buyer(self.root)
        bought_by = reader.field(self.organisations.name(buyer))
        method = shown(reader, self._first("method"))
        notice = Notice(
            notice_id=notice_id(page.document_sha256, page.number, page.pointer),
            document_sha256=page.document_sha256,
            page=page.number,
            pages=(page.number,),
            pointer=page.pointer,
            source_standard=STANDARD,
            notice_type=kind,
            type_raw=type_raw,
            language=two_letters(self.language),
            project_id=reader.field(self._first("project_id")),
            project_name=name,
            title=name,
            buyer=bought_by,
            agency=self.organisations.agency(self.root),
            method=reader.field(method),
            budget=amounts.budget,
            ceiling=amounts.ceiling,
            award=amounts.award,
            other_amounts=amounts.others,
            currency=amounts.currency,
            suppliers=self.results.suppliers(),
            bidders=self.results.bidders(),
            identifiers=self.organisations.identifiers(),
            lots=lots,
            lot_count=self._count(holders),
            published=reader.day(self._first("published")),
            bid_deadline=self._deadline(holders),
            country=self.organisations.country(buyer),
            places=self.organisations.places(buyer),
            sections=find_sections(reader, self.root, title, self.language),
            references=each_once(
                [reference(reader, e) for e in reader.all(self.root, *NOTICE["references"].paths)]
            ),
            source_url=page.source_url,
            captured_at=page.captured_at,
            flags=reader.flags,
            masked=dict(Counter(span.kind for span in page.masked)),
        )
        return structs.replace(notice, identifiers=of_parties(notice))

    def _type(self) -> tuple[NoticeType, str | None]:
        """The type and the code that decided it."""
        reader, root = self.reader, self.root
        reasons = {
            reader.said(reason)
            for reason in reader.all(root, f"{EXTENSION}/Changes/ChangeReason/ReasonCode")
        }
        if reasons & CANCELLED:
            return "termination", next(iter(reasons & CANCELLED))
        if reader.first(root, f"{EXTENSION}/Changes/ChangedNoticeIdentifier") is not None:
            return "correction", "ChangedNoticeIdentifier"
        kind, raw = self._form()
        if kind == "award" and self.results.all_void():
            return "termination", "clos-nw"
        return kind, raw

    def _form(self) -> tuple[NoticeType, str | None]:
        subtype, code = (
            self.reader.said(self.reader.first(self.root, path))
            for path in NOTICE["notice_type"].paths
        )
        if subtype in SUBTYPES:
            return SUBTYPES[subtype], subtype
        if code in TYPES:
            return TYPES[code], code
        return ROOTS.get(self.root.name, "other"), self.root.name

    def _lot_holders(self) -> list[Element]:
        """Lots; parts where a planning notice has those. Groups of lots are none."""
        for scheme in ("Lot", "Part"):
            found = [
                lot
                for lot in self.reader.all(self.root, "ProcurementProjectLot")
                if self.reader.attribute(self.reader.first(lot, "ID"), "schemeName") == scheme
                and self.reader.said(self.reader.first(lot, "ID"))
            ]
            if found:
                return found
        return []

    def _count(self, holders: list[Element]) -> Field[int] | None:
        number = self.reader.first(holders[-1], *LOT["lots.number"].paths) if holders else None
        if len(holders) < 2 or number is None:
            return None
        evidence = self.reader.evidence((number.start, number.end))
        return Field(len(holders), evidence.quote, evidence, 0.9)

    def _title(self, holders: list[Element]) -> Element | None:
        own, of_lots = NOTICE["project_name"].paths
        found = in_language(self.reader, self.reader.all(self.root, own), self.language)
        if found is None and len(holders) == 1:
            found = in_language(self.reader, self.reader.all(self.root, of_lots), self.language)
        return found

    def _amounts(self, lots: tuple[Lot, ...], kind: MoneyKind) -> Amounts:
        """Totals as stated, else summed from the lots; all in one currency."""
        reader = self.reader
        budgets = [lot.budget for lot in lots]
        awards = self.results.amounts(kind)
        budget = reader.money(self._first("budget"), "budget")
        ceiling = reader.money(shown(reader, self._first("ceiling")), "ceiling")
        stated = self._first("award")
        shown_total = shown(reader, stated)
        award = reader.money(shown_total, kind)
        check_against_lots(reader, award, awards, "award")
        check_against_lots(reader, budget, budgets, "budget")
        withheld = stated is not None and shown_total is None
        if award is None and not withheld:  # parts of a withheld total are not made a total
            award = summed(reader, awards, kind, flag="award")
        return in_one_currency(
            reader,
            budget or summed(reader, budgets, "budget", flag="budget"),
            ceiling or summed(reader, [lot.ceiling for lot in lots], "ceiling", flag="ceiling"),
            award,
            [part for part in awards if part is not None] if award is None else [],
        )

    def _deadline(self, holders: list[Element]) -> Field[datetime] | None:
        """The earliest end of a period in which bids or requests are received."""
        reader = self.reader
        for path in LOT["bid_deadline"].paths:
            found = [
                moment
                for lot in holders or [self.root]
                for period in reader.all(lot, path)
                if (
                    moment := reader.moment(
                        reader.first(period, "EndDate"), reader.first(period, "EndTime")
                    )
                )
                is not None
            ]
            if found:
                if len({moment.value for moment in found}) > 1:
                    reader.flag("deadlines_differ")
                return min(found, key=lambda moment: moment.value)
        return None


def _says_something(notice: Notice) -> bool:
    """Whether there is more than codes, dates and empty elements."""
    return any(
        (
            notice.title,
            notice.buyer,
            notice.project_id,
            notice.budget,
            notice.ceiling,
            notice.award,
            notice.suppliers,
            notice.bidders,
            notice.sections,
        )
    )
