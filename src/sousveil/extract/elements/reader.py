"""Typed values with evidence from the elements of one notice.

Nothing here raises on odd input: what cannot be read is left out and named in ``flags``.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from sousveil.extract.elements.paths import Finder
from sousveil.extract.stated import TOO_MUCH, UNKNOWN_CURRENCY, is_masked
from sousveil.model import Evidence, Field, Money, MoneyKind, Page
from sousveil.model.document import Section
from sousveil.text import parse_amount
from sousveil.text.outline import Element, Span

_NOTHING = frozenset(
    {"", "-", "--", "---", ".", "/", "n/a", "n/d", "none", "null", "nil", "string", "unpublished"}
    | {"not applicable", "not available", "not specified", "not published", "unknown", "xxx"}
    | {"nicht anwendbar", "keine angabe", "entfällt", "sans objet", "non applicable", "no procede"}
    | {"no aplica", "non pertinente", "nie dotyczy", "brak", "nvt", "n.v.t.", "ej tillämpligt"}
    | {"não aplicável", "nu se aplică", "δεν εφαρμόζεται"}
)
"""What senders write where there is nothing to say; ``unpublished`` is the mark of eForms (BT-195)
in the place of a text that is withheld."""

_LONGEST_NOTHING = max(map(len, _NOTHING))
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\d])|(\d{4})(\d\d)(\d\d)(?!\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GROUPED = re.compile(
    r"\d{1,3}(?:(?: \d{3})+|(?:\.\d{3}){2,})(?:,\d\d?)?|\d{1,3}\.\d{3},\d\d?|\d+,\d\d?"
)
_GROUPED_POINT = re.compile(
    r"\d{1,3}(?:(?: \d{3})+|(?:,\d{3}){2,})(?:\.\d\d?)?|\d{1,3},\d{3}\.\d\d?"
)
_CODE = re.compile(r"[A-Z]{3}")
_NEAR = 80  # code points between a day and its time that a quote may cover
_YEARS = range(1980, 2101)


class Reader:
    """One notice while it is read: makes fields of elements and collects flags."""

    def __init__(self, page: Page, root: Element, extractor: str) -> None:
        self.page = page
        self._finder = Finder(page.text, root)
        self.text = page.text
        self._extractor = extractor
        self._flags: dict[str, None] = {}
        self._currencies: dict[int, Span] = {}

    @property
    def flags(self) -> tuple[str, ...]:
        """Codes of what a person should look at, in the order met."""
        return tuple(self._flags)

    def flag(self, code: str) -> None:
        """Note that a person should look at this notice."""
        self._flags[code] = None

    def all(self, start: Element | None, *paths: str) -> Iterator[Element]:
        """Elements at the paths, those of the first path first."""
        for path in paths:
            yield from self._finder.find(start, path)

    def first(self, start: Element | None, *paths: str) -> Element | None:
        """The first element at the first path that leads to one."""
        for path in paths:
            found = self._finder.find(start, path)
            if found:
                return found[0]
        return None

    def said(self, element: Element | None) -> str:
        """What an element says; "" where that is nothing, or a word for nothing."""
        if element is None:
            return ""
        value = self.text[element.start : element.end]
        if len(value) <= _LONGEST_NOTHING and value.casefold() in _NOTHING:
            return ""
        return value

    def attribute(self, element: Element | None, name: str) -> str:
        """An attribute's value, "" where there is none."""
        if element is None:
            return ""
        start, end = element.attributes.get(name, (0, 0))
        return self.text[start:end]

    def first_said(self, start: Element | None, *paths: str) -> Element | None:
        """The first element at the paths that says something."""
        return next((e for e in self.all(start, *paths) if self.said(e)), None)

    def evidence(self, span: Span) -> Evidence:
        """Evidence for a stretch of the page."""
        page = self.page
        start, end = span
        return Evidence(
            page.document_sha256, page.number, start, end, self.text[start:end], self._extractor
        )

    def field(self, element: Element | None, confidence: float = 1.0) -> Field[str] | None:
        """A text field; None where the element says nothing or only what was masked."""
        value = self.said(element)
        if not value or element is None:
            return None
        if is_masked(value):
            self.flag("value_masked")
            return None
        return Field(value, value, self.evidence((element.start, element.end)), confidence)

    def fields(self, elements: Iterable[Element | None]) -> tuple[Field[str], ...]:
        """Text fields, each value once."""
        found: dict[str, Field[str]] = {}
        for element in elements:
            field = self.field(element)
            if field is not None:
                found.setdefault("".join(field.value.casefold().split()), field)
        return tuple(found.values())

    def coded(self, value: str, span: Span, confidence: float = 1.0) -> Field[str] | None:
        """A field whose value is what a code means; None for an empty stretch."""
        if span[0] >= span[1] or not value:
            return None
        evidence = self.evidence(span)
        return Field(value, evidence.quote, evidence, confidence)

    def money(self, element: Element | None, kind: MoneyKind) -> Field[Money] | None:
        """An amount with the currency of its attribute (``currencyID``, ``CURRENCY``).

        What is written counts; ``FMTVAL`` (R2.0.8) where that cannot be read, and a flag where the
        two differ. Nought says nothing; less than nought is how eForms mark what is withheld.
        """
        value = self.said(element)
        if not value or element is None:
            return None
        code, span = self._currency(element)
        amount = self._amount(value, code)
        formatted = self.attribute(element, "FMTVAL")
        if formatted and _NUMBER.fullmatch(formatted):
            if amount is None:
                amount = Decimal(formatted)
            elif amount != Decimal(formatted):  # some senders scaled one of the two
                self.flag("amount_disagrees_with_its_attribute")
        if amount is not None and amount < 0:
            self.flag("field_withheld" if amount == -1 else "amount_unreadable")
            return None
        if amount is None or amount >= TOO_MUCH:
            self.flag("amount_unreadable")
            return None
        if not amount:
            return None
        if code == UNKNOWN_CURRENCY:
            self.flag("currency_not_stated")
        evidence = self.evidence((element.start, element.end))
        if span is not None:
            self._currencies[evidence.start] = span
        return Field(Money(amount, code, kind), value, evidence, 1.0 if span else 0.5)

    def _amount(self, value: str, code: str) -> Decimal | None:
        amount = _number(value)
        if amount is not None:
            return amount
        found = parse_amount(value, currency_hint=code if code != UNKNOWN_CURRENCY else None)
        if (
            found is None
            or found.is_rate
            or found.doubt
            or (value[: found.start] + value[found.end :]).strip()
        ):
            return None
        return found.amount

    def _currency(self, element: Element) -> tuple[str, Span | None]:
        """From the element's own attribute, else from that of one around it (TED)."""
        holder: Element | None = element
        for _ in range(3):
            for name in ("currencyID", "CURRENCY"):
                code = self.attribute(holder, name)
                if holder is not None and _CODE.fullmatch(code):
                    return code, holder.attributes[name]
            holder = holder.parent if holder is not None else None
        return UNKNOWN_CURRENCY, None

    def currency_of(self, *amounts: Field[Money] | None) -> Field[str] | None:
        """The currency as written beside the first amount there is."""
        named = next((amount for amount in amounts if amount is not None), None)
        span = self._currencies.get(named.evidence.start) if named is not None else None
        if named is None or span is None:
            return None
        return self.coded(named.value.currency, span, named.confidence)

    def day(self, element: Element | None, confidence: float = 1.0) -> Field[date] | None:
        """An ISO 8601 day, with or without dashes; its zone is left off."""
        value = self.said(element)
        if not value or element is None:
            return None
        found = _day(value)
        if found is None:
            self.flag("date_unreadable")
            return None
        evidence = self.evidence((element.start, element.end))
        return Field(found, evidence.quote, evidence, confidence)

    def moment(self, day: Element | None, clock: Element | None) -> Field[datetime] | None:
        """A day and a time as the clock on the wall shows it. Without a time it is midnight, with
        less confidence. Where both follow each other, the quote covers both."""
        dated = self.day(day)
        if dated is None or day is None:
            return None
        match = _CLOCK.search(self.said(clock if clock is not None else day))
        hour, minute = (int(match[1]), int(match[2])) if match else (0, 0)
        if hour == 24 and not minute:
            hour, minute = 23, 59  # the end of that day
        if hour > 23 or minute > 59:
            self.flag("date_unreadable")
            return None
        when = datetime(dated.value.year, dated.value.month, dated.value.day, hour, minute)  # noqa: DTZ001
        end = (
            clock.end
            if clock is not None and match and 0 < clock.start - day.end < _NEAR
            else day.end
        )
        evidence = self.evidence((day.start, end))
        return Field(when, evidence.quote, evidence, 1.0 if match else 0.6)

    def section(self, role: str, element: Element) -> Section | None:
        """A section of what an element says, or of its paragraphs."""
        if not self.said(element):
            return None
        return Section(role, self.page.number, element.start, element.end)  # type: ignore[arg-type]


def _number(text: str) -> Decimal | None:
    """A decimal number, or one with groups of three and cents as TED writes it (1 234 567,89).

    One group after a point or comma could be a fraction: that is left to a closer look.
    """
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        whole, _, cents = text.partition(",")
        plain = whole.replace(" ", "").replace(".", "")
        return Decimal(f"{plain}.{cents}" if cents else plain)
    if _GROUPED_POINT.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", ""))
    return None


def _day(value: str) -> date | None:
    match = _DAY.match(value)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
