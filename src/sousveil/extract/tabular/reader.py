"""Typed values with evidence from a record of an export; what cannot be one is flagged."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import msgspec

from sousveil.extract.chinese.values import looks_like_organisation
from sousveil.extract.tabular.buyers import end_of_name, whole_name
from sousveil.extract.tabular.cells import Value
from sousveil.extract.tabular.due import choose_due
from sousveil.extract.tabular.headings import currency_of, day_first, meaning_of, unit_of
from sousveil.extract.tabular.kinds import no_bids
from sousveil.extract.tabular.lots import described, listed
from sousveil.model import Evidence, Field, Money, Page
from sousveil.model.mapping import Column, TableMapping
from sousveil.model.notice import MoneyKind, NoticeType
from sousveil.reference.countries import currency_of_country
from sousveil.text import parse_amount, parse_date
from sousveil.text.currency import ISO_CODES, YUAN

NAME, VERSION = "tabular", "4"
_ONLY_MASKS = re.compile(r"(?:〔\w+〕|[\s,;、，。.·()（）-])*")
_HAN = re.compile("[㐀-鿿]")
_ASSUMED = 0.5
_NOTHING_TOLD = TableMapping({})
_BETWEEN = re.compile(r"[,，、;；|\n]+")
_PART = re.compile(r"[^,，、;；|\n]+")
_TAG = re.compile(r"</?(?:em|b|i|u|font|span|strong|mark)\b[^<>]{0,80}>", re.I)
"""Marks of a search that exports leave in titles."""
_METHOD = re.compile(
    "公开招标|邀请招标|国际(?:公开|竞争性)?招标(?!有限|股份|公司|代理|集团|咨询)|竞争性磋商|竞争性谈判|单一来源(?:采购)?|(?:在线)?询价(?:采购)?|公開招標|限制性招標|選擇性招標"
)
_PLANS = re.compile(r"\s*(?:关于)?([^\s\d〔]{4,40}?)(?:关于)?\s?20\d\d年.{0,24}(?:采购|政采)意向")
_NUMBER = re.compile(
    r"[\[(（【〔](?:(?:项目|采购|招标|标案|項目|採購|標案)?(?:编号|編號|案號|案号)[:：]\s{0,3})?"
    r"((?!GB|GA|ISO|YD)(?=[A-Z0-9\-/]{0,30}\d{4})(?=\d{0,30}[A-Z])[A-Z0-9](?:[A-Z0-9\-/]{6,38})[A-Z0-9])"
    r"(?:第.{1,2}次)?[\])）】〕]"
)
"""[ABCD2019012345-01第二次], （AB2022-1234）: letters, and four digits in a row."""
_EXPONENT = re.compile(r"\s*([-+]?\d{1,20}(?:\.\d{1,20})?[eE][+-]?\d{1,2})(\s*\D{0,12})")
_GROUPED = re.compile(r"\s*\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d{1,2})?\s*")
_SPACES = re.compile(r"\s+")
_NEGATIVE = re.compile(r"\s*\(\s*(?:[^\W\d]{0,3}[$€£¥]?\s?)[\d.,\s]+\)\s*")
"""(500): how accountants write what is taken off."""
_OF_TEN_THOUSANDS = re.compile(r"\s*\d{1,4}\.\d{6}\s*")
"""Fiscal systems of Chinese provinces write 万元 to the cent, with six decimals (194.100000); yuan
have two, and purchases below 10,000 of them are no tenders."""
_THOUSANDTHS = re.compile(r"\.\d{3}$")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
# Exports of systems hold moments as seconds since 1970; people there read the clock of the place.
_EAST = timezone(timedelta(hours=8))
_CLOCKS = {"CN": _EAST, "TW": _EAST, "HK": _EAST, "MO": _EAST, "SG": _EAST}
_SINCE = datetime(1995, 1, 1, tzinfo=UTC).timestamp()
_UNTIL = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def evidence_at(page: Page, start: int, end: int) -> Evidence:
    """Where words of a record stand."""
    quote = page.text[start:end]
    return Evidence(page.document_sha256, page.number, start, end, quote, f"{NAME}/{VERSION}")


class Reader:
    """Reads fields of one record. ``country`` is the buyer's, as far as it is known; ``told`` what
    a person says of its table."""

    def __init__(
        self,
        page: Page,
        found: Mapping[str, Value],
        country: str | None,
        headings: Iterable[str] = (),
        told: TableMapping | None = None,
    ) -> None:
        self.flags: dict[str, None] = {}
        self._open_dates: set[int] = set()
        self._page = page
        self._found = found
        self._country = country
        self._told = told or _NOTHING_TOLD
        named = {code for heading in headings if (code := currency_of(heading))}
        self._only = named.pop() if len(named) == 1 else None
        """The one currency that headings of the record name."""

    def _evidence(self, start: int, end: int) -> Evidence:
        return evidence_at(self._page, start, end)

    def text(self, field: str) -> Field[str] | None:
        """A text, white space squeezed."""
        value = self._found.get(field)
        if value is None:
            return None
        if _ONLY_MASKS.fullmatch(value.said):
            self.flags["value_masked"] = None
            return None
        evidence = self._evidence(value.start, value.end)
        return Field(" ".join(_TAG.sub("", value.said).split()), evidence.quote, evidence)

    def span(self, field: str, start: int, end: int, confidence: float) -> Field[str] | None:
        """The words at [start, end) of what a field's value says; None where it has escapes."""
        value = self._found[field]
        if not self._plain(value):
            return None
        evidence = self._evidence(value.start + start, value.start + end)
        return Field(" ".join(evidence.quote.split()), evidence.quote, evidence, confidence)

    def buyer(self) -> Field[str] | None:
        """Who buys; where an aggregator cut the name out of the title, as the title has it."""
        given = self.text("buyer")
        title = self._found.get("title")
        if given is None:
            return None
        whole = whole_name(given.value, title.said) if title else None
        if whole is not None:
            return self.span("title", *whole, 0.7) or given
        end = end_of_name(given.raw)
        return self.span("buyer", 0, end, 0.7) or given if end < len(given.raw) else given

    def buyer_of_site(self) -> Field[str] | None:
        """The body whose own site published the record, where the title names it."""
        site, title = self._found.get("site"), self._found.get("title")
        if site is None or title is None or site.said not in title.said:
            return None
        return (
            self.span("site", 0, len(site.said), 0.6)
            if looks_like_organisation(site.said)
            else None
        )

    def buyer_of_intention(self) -> Field[str] | None:
        """Who plans to buy, where only the title of the intentions says so."""
        value = self._found.get("title")
        match = _PLANS.match(value.said) if value else None
        if value is None or match is None or not self._plain(value):
            return None
        evidence = self._evidence(value.start + match.start(1), value.start + match.end(1))
        return Field(match[1], evidence.quote, evidence, 0.8)

    def method_in(self, field: str) -> Field[str] | None:
        """How it is bought, where a title names it."""
        value = self._found.get(field)
        match = _METHOD.search(value.said) if value else None
        if value is None or match is None or not self._plain(value):
            return None
        evidence = self._evidence(value.start + match.start(), value.start + match.end())
        return Field(match[0], evidence.quote, evidence, 0.9)

    def lots(self) -> Field[int] | None:
        """How many lots the title lists or the description goes through; None for one."""
        for field, counting in (("title", listed), ("purpose", described)):
            value = self._found.get(field)
            counted = counting(value.said) if value else None
            if value is None or counted is None or not self._plain(value):
                continue
            count, start, end = counted
            evidence = self._evidence(value.start + start, value.start + end)
            return Field(count, evidence.quote, evidence, 0.8)
        return None

    def _plain(self, value: Value) -> bool:
        """Whether offsets in what a value says are offsets in the page: no escapes of JSON."""
        return value.said == self._page.text[value.start : value.end]

    def number_in_title(self) -> Field[str] | None:
        """The project's number where the title holds it in brackets."""
        value = self._found.get("title")
        match = _NUMBER.search(value.said) if value else None
        if value is None or match is None or not self._plain(value):
            return None
        evidence = self._evidence(value.start + match.start(1), value.start + match.end(1))
        return Field(match[1], evidence.quote, evidence, 0.85)

    def winners(self, listed: Iterable[Value]) -> tuple[Field[str], ...]:
        """The suppliers, and those that a list of winners beside them names."""
        found = {"".join(one.value.split()): one for one in self.organisations("suppliers")}
        for value in listed:
            name = " ".join(value.said.split())
            if name and not _ONLY_MASKS.fullmatch(value.said):
                evidence = self._evidence(value.start, value.end)
                found.setdefault("".join(name.split()), Field(name, evidence.quote, evidence))
        return tuple(found.values())

    def organisations(self, field: str) -> tuple[Field[str], ...]:
        """One or several organisations: a list in one value counts as several where every part of
        it is written in Chinese, whose names hold no comma."""
        whole = self.text(field)
        if whole is None:
            return ()
        value = self._found[field]
        escaped = value.said != whole.raw
        parts = [part.strip() for part in _BETWEEN.split(value.said) if part.strip()]
        if len(parts) < 2 or escaped or not all(len(_HAN.findall(part)) >= 4 for part in parts):
            return (whole,)
        return tuple(self._parts(value))

    def _parts(self, value: Value) -> Iterator[Field[str]]:
        for match in _PART.finditer(value.said):
            said = match[0].strip()
            if said and not _ONLY_MASKS.fullmatch(said):
                start = value.start + match.start() + match[0].index(said)
                evidence = self._evidence(start, start + len(said))
                yield Field(" ".join(said.split()), evidence.quote, evidence)

    def money(self, field: MoneyKind) -> Field[Money] | None:
        """An amount in the currency that the value, its heading or another value states.

        A bare number of JSON is in the currency of the buyer's country where none is stated: a
        system's own figure is in whole units. Less sure, and flagged.
        """
        value = self._found.get(field)
        if value is None:
            return None
        column = self.text("currency")
        code = column.value.upper() if column and column.value.upper() in ISO_CODES else None
        column_told = self._told.columns.get(value.heading, Column(field))
        unit = column_told.unit or unit_of(value.heading)
        meaning = meaning_of(value.heading)
        japanese = meaning is not None and meaning.source == "ja"
        chinese = _HAN.search(value.heading) is not None and not japanese
        told = column_told.currency or code or self._told.currency
        hint = told or currency_of(value.heading) or _yuan(unit) or self._only
        assumed = (
            chinese
            and not unit
            and not told
            and self._country in (None, "CN")
            and _OF_TEN_THOUSANDS.fullmatch(value.said) is not None
        )
        if assumed:
            unit, hint = "万元", hint or "CNY"
            self.flags["amount_unit_assumed"] = None
        said = _written_out(value.said)
        if value.is_number and _THOUSANDTHS.search(said):
            said += "0"  # the point of a JSON number is no sign of thousands
        found = parse_amount(said, unit_hint=unit, currency_hint=hint)
        if found is None or found.is_rate or found.amount < 0 or _NEGATIVE.fullmatch(value.said):
            self.flags["amount_unreadable"] = None
            return None
        if found.doubt is not None:
            self.flags[f"amount_{found.doubt}"] = None
        if found.doubt == "unit_price":
            return None
        unsure = assumed or found.doubt is not None
        currency, confidence = found.currency or hint, _ASSUMED if unsure else 1.0
        if found.amount == Decimal(0):
            return None
        if currency is None and value.is_number and not chinese:
            day = self.day("published")
            on = day.value if day else None
            currency, confidence = currency_of_country(self._country, on), _ASSUMED
        if currency is None or (chinese and not found.unit and not told):
            self.flags["amount_unit_unknown"] = None
            return None
        if currency not in (found.currency, hint):
            self.flags["currency_assumed"] = None
        evidence = self._evidence(value.start, value.end)
        money = Money(found.amount, currency, field, found.unit)
        return Field(money, evidence.quote, evidence, confidence)

    def day(self, field: str) -> Field[date] | None:
        """A date."""
        found = self.moment(field)
        if found is None:
            return None
        return Field(found.value.date(), found.raw, found.evidence, found.confidence)

    def deadline(self, kind: NoticeType, others: Iterable[Value]) -> Field[datetime] | None:
        """When bids are due; ``others`` are the other moments the record calls so. The answers to a
        market survey are no bids."""
        title, value = self._found.get("title"), self._found.get("bid_deadline")
        if value is None or (kind == "other" and title is not None and no_bids(title.said)):
            return None
        moments = [(one, found) for one in (value, *others) if (found := self._moment_of(one))]
        day = self.day("published")
        due = choose_due(kind, [found for _, found in moments], day.value if day else None)
        if not moments:
            self.flags["date_unreadable"] = None
        return next((self._at(one, found) for one, found in moments if found == due), None)

    def moment(self, field: str) -> Field[datetime] | None:
        """A date with its time of day, midnight where there is none."""
        value = self._found.get(field)
        if value is None:
            return None
        moment = self._moment_of(value)
        if moment is None:
            self.flags["date_unreadable"] = None
            return None
        return self._at(value, moment)

    def _at(self, value: Value, moment: datetime) -> Field[datetime]:
        evidence = self._evidence(value.start, value.end)
        counted = _EPOCH.fullmatch(value.said.strip()) is not None
        confidence = _ASSUMED if value.start in self._open_dates else 0.8 if counted else 1.0
        return Field(moment, evidence.quote, evidence, confidence)

    def _moment_of(self, value: Value) -> datetime | None:
        counted = self._since_1970(value.said)
        if counted is not None:
            return counted
        first = day_first(value.heading)
        found = parse_date(value.said, republic=self._country == "TW", day_first=first)
        if found is not None and found.doubt is not None and not first:
            self.flags[f"date_{found.doubt}"] = None
            self._open_dates.add(value.start)
        return datetime.combine(found.value, found.time or time()) if found else None

    def _since_1970(self, said: str) -> datetime | None:
        """Seconds or milliseconds since 1970 as the clock of the buyer's country shows them."""
        match = _EPOCH.fullmatch(said.strip())
        if match is None or not _SINCE <= int(match[1]) <= _UNTIL:
            return None
        zone = _CLOCKS.get(self._country or "", UTC)
        return datetime.fromtimestamp(int(match[1]), zone).replace(tzinfo=None)


def _yuan(unit: str | None) -> str | None:
    return "CNY" if unit and unit[-1] in YUAN else None


def _written_out(said: str) -> str:
    """1.205E+07, as spreadsheets write large numbers, in digits: 12050000; a number grouped by
    spaces (1 250 000,50) without them."""
    if _GROUPED.fullmatch(said):
        return _SPACES.sub("", said)
    match = _EXPONENT.fullmatch(said)
    if match is None:
        return said
    return f"{Decimal(match[1]):f}{match[2]}"


def as_candidate(money: Field[Money]) -> Field[Money]:
    """The price of a candidate: no award yet."""
    value = msgspec.structs.replace(money.value, kind="candidate")
    return msgspec.structs.replace(money, value=value)
