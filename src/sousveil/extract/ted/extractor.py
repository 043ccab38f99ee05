"""A TED notice into one record: the original form, completed by the header of the export."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import structs

from sousveil.extract.elements.amounts import (
    Amounts,
    check_against_lots,
    in_one_currency,
    summed,
)
from sousveil.extract.elements.journal import each_once, journal_number, reference
from sousveil.extract.elements.languages import language
from sousveil.extract.elements.pages import is_outline, outlines
from sousveil.extract.elements.reader import Reader
from sousveil.extract.party_ids import of_parties
from sousveil.extract.ted.forms import forms_of, notice_type
from sousveil.extract.ted.identifiers import identifiers
from sousveil.extract.ted.lots import (
    amounts_of,
    awards_of,
    find_lots,
    given,
    objects_of,
    suppliers_of,
)
from sousveil.extract.ted.sections import find_sections, title_in
from sousveil.extract.ted.table import EXPORT, FORM
from sousveil.extract.ted.values import day, moment, money, shown, text
from sousveil.model import Field, Lot, MoneyKind, Notice, Page
from sousveil.model.ids import notice_id
from sousveil.reference.country_codes import alpha_2
from sousveil.reference.nuts import region_of_nuts
from sousveil.text.outline import Element

NAME, VERSION = "ted", "2"
MEDIA_TYPE = "application/vnd.ted+xml"
_DEADLINE_SECTIONS = ("IV.2.2", "IV.3.4")
_FURTHER_BUYER = "CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY_ADDITIONAL/OFFICIALNAME"
_URL = re.compile(r"https?://[^\s〔〕]+", re.IGNORECASE)


def accepts(pages: Sequence[Page]) -> float:
    """1.0 for the outline of a TED notice."""
    return is_outline(pages, MEDIA_TYPE)


def extract(pages: Sequence[Page]) -> Iterator[Notice]:
    """The notice of a page; none where it has no form and no title."""
    for page, root in outlines(pages):
        notice = _Notice(page, root).read()
        if notice.title or notice.buyer or notice.project_id or notice.sections:
            yield notice


class _Notice:
    """One notice while it is read."""

    def __init__(self, page: Page, root: Element) -> None:
        self.page, self.root = page, root
        self.reader = Reader(page, root, f"{NAME}/{VERSION}")
        self.forms = forms_of(self.reader, root)
        self.form = self.forms[0] if self.forms else root
        self.language = self.reader.attribute(self.form, "LG")

    def _said(self, field: str) -> Element | None:
        """The first element of the form, then of the header, that says something."""
        found = self.reader.first_said(self.form, *FORM[field].paths) if field in FORM else None
        if found is None and field in EXPORT:
            found = self.reader.first_said(self.root, *EXPORT[field].paths)
        return found

    def read(self) -> Notice:
        """The record."""
        reader, page, form = self.reader, self.page, self.form
        kind, type_raw = notice_type(reader, self.root, form)
        counted: MoneyKind = "contract" if kind == "contract" else "award"
        lots, lot_count = find_lots(reader, form, counted)
        amounts = self._amounts(lots, counted)
        title = reader.first(form, *FORM["project_name"].paths)
        name = text(reader, title) or self._translated_title()
        suppliers = reader.fields(
            shown(reader, each) for each in reader.all(form, *FORM["suppliers"].paths)
        )
        if reader.first_said(form, _FURTHER_BUYER) is not None:
            reader.flag("several_buyers")
        notice = Notice(
            notice_id=notice_id(page.document_sha256, page.number, page.pointer),
            document_sha256=page.document_sha256,
            page=page.number,
            pages=(page.number,),
            pointer=page.pointer,
            source_standard=self._standard(),
            notice_type=kind,
            type_raw=type_raw,
            language=language(self.language),
            project_id=text(reader, self._reference()),
            project_name=name,
            title=name,
            buyer=self._buyer(),
            method=self._method(),
            budget=amounts.budget,
            ceiling=amounts.ceiling,
            award=amounts.award,
            other_amounts=amounts.others,
            currency=amounts.currency,
            suppliers=suppliers or suppliers_of(reader, awards_of(reader, form)),
            identifiers=identifiers(reader, form),
            lots=lots,
            lot_count=lot_count,
            published=self._published(),
            bid_deadline=self._deadline(),
            country=self._country(),
            places=self._places(),
            sections=find_sections(reader, self.root, self.forms, title),
            references=self._references(),
            source_url=self._source_url() or page.source_url,
            captured_at=page.captured_at,
            flags=reader.flags,
            masked=dict(Counter(span.kind for span in page.masked)),
        )
        return structs.replace(notice, identifiers=of_parties(notice))

    def _standard(self) -> str:
        version = self.reader.attribute(self.root, "VERSION") or self.reader.attribute(
            self.form, "VERSION"
        )
        if "2.0.9" in version or re.match(r"F\d\d_2|MOVE", self.form.name):
            return "ted-2.0.9"
        return "ted-2.0.8"

    def _reference(self) -> Element | None:
        """Where the buyer's number stands; of several objects no one's."""
        if objects_of(self.reader, self.form):
            return None
        return next(
            (
                each
                for each in self.reader.all(self.form, *FORM["project_id"].paths)
                if text(self.reader, each) is not None
            ),
            None,
        )

    def _translated_title(self) -> Field[str] | None:
        found = title_in(self.reader, self.root, self.language)
        return self.reader.field(found[0] if found else None, 0.9)

    def _buyer(self) -> Field[str] | None:
        reader = self.reader
        found = reader.field(reader.first_said(self.form, *FORM["buyer"].paths))
        if found is not None:
            return found
        names = list(reader.all(self.root, *EXPORT["buyer"].paths))
        own = [name for name in names if reader.attribute(name, "LG") == self.language]
        return reader.field(next(iter(own or names), None), 0.9)

    def _method(self) -> Field[str] | None:
        reader = self.reader
        code = reader.first(self.form, *FORM["method"].paths)
        if code is not None:
            return reader.coded(code.name, code.name_span)
        return reader.field(reader.first_said(self.root, *EXPORT["method"].paths))

    def _amounts(self, lots: tuple[Lot, ...], kind: MoneyKind) -> Amounts:
        """Totals as stated, else summed from the lots or awards; all in one currency."""
        reader = self.reader
        awards = awards_of(reader, self.form)
        parts = amounts_of(reader, given(reader, self.form), "lots.award", kind)
        budgets = [lot.budget for lot in lots] or amounts_of(
            reader, awards, "lots.budget", "budget"
        )
        whole = None if objects_of(reader, self.form) else self._said("budget")
        budget = money(reader, whole, "budget")
        award = money(reader, self._said("award"), kind)
        check_against_lots(reader, award, parts if kind == "award" else [], "award")
        if award is None and reader.first(self.form, "OBJECT_CONTRACT/VAL_RANGE_TOTAL") is not None:
            reader.flag("award_is_a_range")
        award = award or summed(reader, parts, kind, flag="award")
        return in_one_currency(
            reader,
            budget or summed(reader, budgets, "budget", flag="budget"),
            None,
            award,
            [part for part in parts if part is not None] if award is None else [],
        )

    def _published(self) -> Field[date] | None:
        """The day of publication; else of dispatch, from the form or the header."""
        reader = self.reader
        publication, dispatch = EXPORT["published"].paths
        places = [
            (self.root, publication),
            *((self.form, path) for path in FORM["published"].paths),
            (self.root, dispatch),
        ]
        for start, path in places:
            for element in reader.all(start, path):
                found = day(reader, element)
                if found is not None:
                    return found
        return None

    def _deadline(self) -> Field[datetime] | None:
        for element in self.reader.all(self.form, *FORM["bid_deadline"].paths):
            found = moment(self.reader, element)
            if found is not None:
                return found
        for element in self.reader.all(self.form, *FORM["changed_deadline"].paths):
            change = element.parent and element.parent.parent
            section = self.reader.said(self.reader.first(change, "WHERE/SECTION"))
            found = moment(self.reader, element) if section in _DEADLINE_SECTIONS else None
            if found is not None:
                return found
        return moment(self.reader, self.reader.first(self.root, *EXPORT["bid_deadline"].paths))

    def _country(self) -> str | None:
        reader = self.reader
        stated = [*reader.all(self.form, *FORM["country"].paths)]
        stated += reader.all(self.root, *EXPORT["country"].paths)
        known = (alpha_2(reader.attribute(element, "VALUE")) for element in stated)
        return next((code for code in known if code is not None), None)

    def _places(self) -> tuple[Field[str], ...]:
        reader = self.reader
        found: list[Field[str]] = []
        for element in reader.all(self.form, *FORM["places"].paths):
            region = region_of_nuts(reader.attribute(element, "CODE"))
            if region is not None:
                place = reader.coded(region, element.attributes["CODE"], 0.9)
            else:
                place = reader.field(element)
            if place is not None:
                found.append(place)
        return tuple(found)

    def _references(self) -> tuple[Field[str], ...]:
        """Earlier notices in the Official Journal; last this one, by both its numbers."""
        reader = self.reader
        earlier, own = EXPORT["references"].paths
        found = [
            reference(reader, each)
            for start, path in (
                *((self.form, path) for path in FORM["references"].paths),
                (self.root, earlier),
                (self.root, own),
            )
            for each in reader.all(start, path)
        ]
        known = journal_number(reader.attribute(self.root, "DOC_ID"))
        if known is not None:
            found.append(reader.coded(known, self.root.attributes["DOC_ID"]))
        return each_once(found)

    def _source_url(self) -> str | None:
        """The notice's address in its own language, else in any."""
        reader = self.reader
        listed = list(reader.all(self.root, *EXPORT["source_url"].paths))
        own = [url for url in listed if reader.attribute(url, "LG") == self.language]
        for url in own + listed:
            if _URL.fullmatch(reader.said(url)):
                return reader.said(url)
        return None
