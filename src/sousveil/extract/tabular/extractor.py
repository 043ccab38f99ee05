"""Records of exports: a row of a table or an object of JSON, each value under what it is called.

A record is believed where it names a buyer, what is bought or its number, and an amount, a supplier
or a number, or its title says what kind of notice it is. Which heading means what is a list
(headings.toml), never learned from the values.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

from msgspec import structs

from sousveil.extract.stated import says_nothing
from sousveil.extract.tabular.beside import names_beside
from sousveil.extract.tabular.cells import Found, Value, values
from sousveil.extract.tabular.excerpt import excerpt, named_in_words
from sousveil.extract.tabular.headings import field_of, mapping, unit_of
from sousveil.extract.tabular.identifiers import identifiers
from sousveil.extract.tabular.kinds import announces, kind_by_fields, kind_of_record, seeks
from sousveil.extract.tabular.reader import NAME, VERSION, Reader, as_candidate
from sousveil.extract.tabular.transactions import no_purchase, settle_agency, settle_name
from sousveil.model import Field, Notice, Page, Section
from sousveil.model.ids import notice_id
from sousveil.model.mapping import TableMapping
from sousveil.model.notice import NoticeType
from sousveil.reference.countries import country_of, country_of_address
from sousveil.reference.places import locate
from sousveil.text import fold, language_of, parse_amount

__all__ = ["NAME", "VERSION", "accepts", "extract"]

_SURE = 0.8
_GIVEN = frozenset({"suppliers", "award"})
_NOTHING = re.compile(r"(?:[-–—/.*\s]*|na|未公[告布佈]|待定)", re.I)
_ADDRESS = re.compile(r"https?://[^\s\"<>〔]+")
_DEADLINE = re.compile(r"(?:截标|截止|closing date|deadline)[^\d\n]{0,12}$")
_ORDINAL = re.compile(r"(?:子|行|项目)?序号|no\.?|#", re.I)
_OFFICE = re.compile("[署局厅廳部委院处處]$")
_ANSWERS = frozenset(("是", "否", "yes", "no"))
_SHORTEST_DATE = 8
_WINNER_OF_LIST = re.compile(r"(?P<list>.+) \d+ (?P<name>\S+)")
_PROJECT_NAME = re.compile(r"(?:^|[\s一二三四五六七八九十\d、.．])(?:采购|招标)?项目名称\s?[:：]")
_LONG = 12


def accepts(pages: Sequence[Page], told: TableMapping | None = None) -> float:
    """How surely the page is a record of purchases; ``told`` is what a person says of its table."""
    page = pages[0]
    if len(pages) > 1 or page.pointer is None or not (page.cells or page.obtained == "record"):
        return 0.0
    everything, _ = _values(page, told)
    found = _by_field(everything, told)
    named = found.keys() & {"project_name", "title", "purpose", "project_id"}
    if told is not None:
        repeated = all(value.said == value.heading for value in found.values())
        return 1.0 if told.notices and named and not repeated else 0.0
    if not named or no_purchase(everything):
        return 0.0
    kind, _, stated = kind_of_record(page, found, everything)
    if not ("buyer" in found or {"project_name", "budget"} <= found.keys()):
        told_of = announces(found) or ("title" in found and _names_project(found))
        return _SURE if ("published" in found and told_of) or seeks(found) else 0.0
    counted = found.keys() & {"budget", "award", "ceiling", "project_id"}
    won = "suppliers" in found and kind in ("award", "contract")
    announced = stated and "title" in found and found.keys() & {"published", "bid_deadline"}
    if not (counted or won or announced or seeks(found)):
        return 0.0
    # Where columns have slipped, or a heading row stands again among the rows.
    names = (found[name] for name in ("project_name", "buyer") if name in found)
    return 0.0 if any(field_of(value.said) for value in names) else _SURE


def extract(pages: Sequence[Page], told: TableMapping | None = None) -> Iterator[Notice]:
    """The notice of one record; ``told`` is what a person says of its table."""
    page = pages[0]
    everything, slipped = _values(page, told)
    found = _by_field(everything, told)
    address = found.get("source_url")
    source_url = address.said.strip() if address else None
    if source_url is None or not _ADDRESS.fullmatch(source_url):
        source_url = None
    country = _country(found, everything, told, source_url)
    reader = Reader(page, found, country, [value.heading for value in everything], told)
    if slipped:
        reader.flags["columns_slipped"] = None
    title = reader.text("title")
    kind, raw, stated = kind_of_record(page, found, everything)
    if told is not None and told.notice_type:
        kind, raw = cast(NoticeType, told.notice_type), None
    elif kind == "other" or (kind == "tender" and not stated and found.keys() >= _GIVEN):
        kind, raw = kind_by_fields(found)
    words = excerpt(page, found.get("purpose"))
    labelled = words.labelled_name() if words else None
    name = (
        reader.text("project_name")
        or labelled
        or _named_in_words(reader, found)
        or title
        or reader.text("purpose")
    )
    place = reader.text("place")
    award, winners = reader.money("award"), reader.winners(_listed_winners(everything, told))
    is_candidate = kind == "candidate"
    notice = Notice(
        notice_id=notice_id(page.document_sha256, page.number, page.pointer),
        document_sha256=page.document_sha256,
        page=page.number,
        pages=(page.number,),
        pointer=page.pointer,
        source_standard="table" if page.cells else "json",
        notice_type=kind,
        type_raw=raw,
        language=language_of("\n".join(value.said for value in everything)),
        project_id=reader.text("project_id")
        or (words.field(words.notice.project_id) if words else None)
        or reader.number_in_title(),
        plan_id=reader.text("plan_id") or (words.field(words.notice.plan_id) if words else None),
        project_name=name,
        title=title or name,
        buyer=reader.buyer()
        or (reader.buyer_of_intention() if kind == "intention" else None)
        or reader.buyer_of_site(),
        agency=reader.text("agency"),
        method=reader.text("method") or reader.method_in("title"),
        budget=reader.money("budget"),
        ceiling=reader.money("ceiling"),
        award=None if is_candidate else award,
        other_amounts=(as_candidate(award),) if is_candidate and award else (),
        suppliers=() if is_candidate else winners,
        bidders=winners if is_candidate else (),
        lot_count=reader.lots(),
        published=reader.day("published"),
        bid_deadline=reader.deadline(kind, _other_deadlines(found, everything)),
        country=country,
        places=(place,) if place else (),
        sections=tuple(_sections(page, found, everything)),
        source_url=source_url or page.source_url,
        captured_at=page.captured_at,
        flags=tuple(reader.flags),
        masked=dict(Counter(span.kind for span in page.masked)),
    )
    yield structs.replace(
        notice,
        identifiers=identifiers(page, everything, notice),
        names_beside=names_beside(page, everything, found, notice),
    )


def _values(page: Page, told: TableMapping | None) -> tuple[Sequence[Value], bool]:
    """The values under their headings, and whether some had slipped to the left and were put back:
    an answer (是, 否) stands under the budget, the budget to the left of it, and words under the
    running number. What a person says of a table is never changed."""
    everything = values(page)
    for at, value in enumerate(everything if told is None else ()):
        if value.said.strip() not in _ANSWERS or _means(value) != "budget":
            continue
        if parse_amount(everything[at - 1].said, unit_hint=unit_of(value.heading)) is None:
            continue
        for first in range(at - 1, -1, -1):
            if (
                _ORDINAL.fullmatch(everything[first].heading)
                and not everything[first].said.isdigit()
            ):
                moved = [
                    structs.replace(one, heading=right.heading)
                    for one, right in pairwise(everything[first : at + 1])
                ]
                return [*everything[:first], *moved, *everything[at + 1 :]], True
    return everything, False


def _means(value: Value) -> str:
    return (field_of(value.heading) or ("", 0))[0]


def _by_field(everything: Sequence[Value], told: TableMapping | None) -> Found:
    """Values by the field that their heading means, empty ones left out."""
    if told is not None:
        return _as_told(everything, told)
    said = [value for value in everything if not _says_nothing(value)]
    fields = mapping(value.heading for value in said)
    found: Found = {}
    for value in said:
        field = fields.get(value.heading)
        if field and field not in found:
            found[field] = value
    _settle_date(found)
    settle_name(found, said)
    settle_agency(found, said)
    return found


def _says_nothing(value: Value) -> bool:
    return says_nothing(value.said.strip()) or _NOTHING.fullmatch(value.said) is not None


def _as_told(everything: Sequence[Value], told: TableMapping) -> Found:
    by_heading = {v.heading: v for v in everything if not _says_nothing(v)}
    found: Found = {}
    for heading, column in told.columns.items():
        if column.field and column.field not in found and heading in by_heading:
            found[column.field] = by_heading[heading]
    return found


def _names_project(found: Found) -> bool:
    return "purpose" in found and _PROJECT_NAME.search(found["purpose"].said) is not None


def _named_in_words(reader: Reader, found: Found) -> Field[str] | None:
    """The project's name where the description tells it without a label."""
    if "purpose" not in found or "title" not in found:
        return None
    named = named_in_words(found["purpose"].said, found["title"].said)
    return reader.span(*named, 0.7) if named is not None else None


def _listed_winners(everything: Sequence[Value], told: TableMapping | None) -> list[Value]:
    """The names in a list of winners inside the record (``winnerInfo 0 winner``)."""
    listed = []
    for value in everything if told is None else ():
        within = _WINNER_OF_LIST.fullmatch(value.heading)
        if within is not None and (field_of(within["name"]) or ("",))[0] == "suppliers":
            listed.append(value)
    return listed


def _other_deadlines(found: Found, everything: Sequence[Value]) -> list[Value]:
    chosen = found.get("bid_deadline")
    return [v for v in everything if v is not chosen and _means(v) == "bid_deadline"]


def _settle_date(found: Found) -> None:
    """A bare ``date`` is the deadline where the record's own words say so of that day."""
    date, words = found.get("published"), found.get("purpose")
    if date is None or words is None or "bid_deadline" in found or len(date.said) < _SHORTEST_DATE:
        return
    at = words.said.find(date.said)
    if at >= 0 and _DEADLINE.search(fold(words.said[:at])):
        found["bid_deadline"] = found.pop("published")


def _country(
    found: Found, everything: Sequence[Value], told: TableMapping | None, source_url: str | None
) -> str | None:
    """The buyer's country: as stated, that whose government published it, as any name in a column
    of buyers or places says, or as a person says of the table."""
    own = [found["country"].said] if "country" in found else []
    names = [found["buyer"].said] if "buyer" in found else []
    names += [value.said for value in everything if _names_buyer(value, told)]
    names += [found["place"].said] if "place" in found else []
    place = locate(names)
    return (
        country_of(own)
        or country_of_address(source_url or "")
        or (place.country if place else None)
        or country_of(names)
        or (told.country if told and told.country else None)
        or _country_of_publisher(found)
    )


def _country_of_publisher(found: Found) -> str | None:
    """The country of the office that published the record; a newspaper's name tells nothing."""
    publisher = found.get("publisher")
    return country_of([publisher.said]) if publisher and _OFFICE.search(publisher.said) else None


def _names_buyer(value: Value, told: TableMapping | None) -> bool:
    """Whether it stands in a column of buyers: the ministry beside its office tells the country."""
    if told is None:
        return _means(value) == "buyer"
    meant = told.columns.get(value.heading)
    return meant is not None and meant.field == "buyer"


def _sections(page: Page, found: Found, everything: Sequence[Value]) -> Iterator[Section]:
    """What classification reads: the name, the purpose, and other values of words."""
    roles = {"title": "title", "project_name": "name", "purpose": "purpose"}
    taken = {value.start: roles.get(field) for field, value in found.items()}
    for value in everything:
        if value.start in taken:
            role = taken[value.start]
        else:
            role = "body" if value.end - value.start >= _LONG and not value.is_number else None
        if role:
            yield Section(role, page.number, value.start, value.end)  # type: ignore[arg-type]
