"""Ownership as a table: a row a link. What is given is read, and what the case keeps is written.

Columns ``child`` and ``parent`` (names, or numbers such as ``XI-LEI:…``), and, as wanted, ``share``
(60, 25-50, >50: percent), ``since``, ``until``, ``source``, ``interest``, ``indirect`` (yes),
``child_id`` and ``parent_id`` (numbers), ``child_country``, ``parent_country``, ``child_type`` and
``parent_type`` (organisation, person), ``natural_persons`` (how many a row stands for). Registers'
own headings in Chinese are understood. A row that names a natural person is counted and loses the
name.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sousveil.errors import OwnershipError
from sousveil.model.ownership import NATURAL_PERSON, Link, Party
from sousveil.sources.given_table import MOST_BYTES, delimiter
from sousveil.sources.ownership_read import (
    CHILD_IS_PERSON,
    MOST_PERSONS,
    NUMBER_OF_PERSON,
    Fault,
    IsPerson,
    Named,
    Persons,
    Read,
)
from sousveil.sources.ownership_values import (
    MOST_OF_SOURCE,
    Share,
    day_of,
    numbers_of,
    party_of,
    plain_words,
    share_of,
    share_text,
)

COLUMNS = (
    "child", "child_id", "child_country", "child_type", "parent", "parent_id", "parent_country",
    "parent_type", "natural_persons", "interest", "share", "indirect", "since", "until", "source",
)  # fmt: skip
_OTHER_HEADINGS = {
    "子公司": "child", "企业名称": "child", "公司名称": "child", "被投资企业": "child",
    "母公司": "parent", "股东": "parent", "股东名称": "parent", "控股股东": "parent",
    "持股比例": "share", "出资比例": "share", "比例": "share", "股东类型": "parent_type",
    "起始日期": "since", "终止日期": "until", "来源": "source", "统一社会信用代码": "child_id",
}  # fmt: skip
_PERSON = re.compile(
    "(?:natural[ _]?)?persons?|individuals?|.*自然人.*|个人(?:股东)?", re.IGNORECASE
)
_ORGANISATION = re.compile(
    "organi[sz]ations?|compan(?:y|ies)|entit(?:y|ies)|.*(?:企业|法人|机构|国资|国有).*",
    re.IGNORECASE,
)
_INTEREST = re.compile("[A-Za-z]{3,60}")
MOST_ROWS = 1_000_000
_COUNTRY = re.compile("[A-Z]{2}")


def read_table(text: str, is_person: IsPerson) -> Read:
    """The links of a table. Raises OwnershipError where it is no such table at all."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    found = _Found(is_person)
    try:
        header = next((cells for cells in reader if any(cells)), [])
        places = _places(header)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                said = {n: cells[at].strip() if at < len(cells) else "" for n, at in places.items()}
                found.row(said, reader.line_num)
    except csv.Error:
        raise OwnershipError(
            f"Line {reader.line_num} of the table is no CSV.", "Look for a missing quote."
        ) from None
    return found.read()


class _Found:
    """What the rows of a table come to."""

    def __init__(self, is_person: IsPerson) -> None:
        self._is_person = is_person
        self._persons = Persons()
        self._names: set[str] = set()
        self._links: list[Link] = []
        self._percent = False
        self._faults: list[Fault] = []
        self._rows = 0

    def row(self, said: Mapping[str, str], line: int) -> None:
        """Take a row in. Raises OwnershipError where there are too many."""
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise OwnershipError(
                f"The table has more than {MOST_ROWS:,} rows.", "Split it, or cut it down."
            )
        self._names.update(_named(said, self._is_person))
        try:
            child = _child(said, self._is_person)
            source = plain_words(said.get("source", ""), MOST_OF_SOURCE)
            count, doubt = _persons(said, self._is_person)
            if count:
                who = said.get("parent", "").lower()
                anybody = who in ("", NATURAL_PERSON)
                self._persons.add(child, f"line {line}" if anybody else who, count, source, line)
            else:
                self._links.append(_link(said, child, source, line))
                self._percent |= "%" in unicodedata.normalize("NFKC", said.get("share", ""))
        except ValueError as error:
            self._faults.append(Fault(line, str(error)))
        else:
            self._faults += [Fault(line, doubt, taken=True)] if doubt else []

    def read(self) -> Read:
        """The links, those of natural persons last; none where shares are no percent."""
        persons = Named(frozenset(self._names))
        fractions = None if self._percent else _fractions(self._links)
        if fractions:
            return Read((), (*self._faults, fractions), persons)
        links = (*self._links, *self._persons.links())
        return Read(links, tuple(self._faults), persons)


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().lower().replace(" ", "_") for cell in header]
    names = [_OTHER_HEADINGS.get(name, name) for name in names]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    child, parent = ({"child", "child_id"} & places.keys(), {"parent", "parent_id"} & places.keys())
    if not child or not parent:
        raise OwnershipError(
            "The first line of the table must name the columns child and parent.",
            f"Its columns are {', '.join(COLUMNS)}.",
        )
    if any(names.count(name) > 1 for name in places):
        raise OwnershipError("The table has a column twice.", "Keep each once.")
    return places


def _named(said: Mapping[str, str], is_person: IsPerson) -> Iterator[str]:
    """Who of a row is a natural person, whether the row can be used or not."""
    for role in ("child", "parent"):
        name = plain_words(said.get(role, ""))
        if name and name.lower() != NATURAL_PERSON and _is_natural(said, role, name, is_person):
            yield name


def _is_natural(said: Mapping[str, str], role: str, name: str, is_person: IsPerson) -> bool:
    """Whether a party is a natural person: as the row states it, by a number, or by its looks."""
    kind, numbers = said.get(f"{role}_type", ""), numbers_of(said.get(f"{role}_id", "")) or ()
    if _PERSON.fullmatch(kind) or party_of(name, numbers, None)[1]:
        return True
    return not (_ORGANISATION.fullmatch(kind) or said.get(f"{role}_id")) and is_person(name)


def _child(said: Mapping[str, str], is_person: IsPerson) -> Party:
    child, has_persons_number = _party(said, "child")
    kind = said.get("child_type", "")
    if kind and not (_PERSON.fullmatch(kind) or _ORGANISATION.fullmatch(kind)):
        raise ValueError("child_type is neither organisation nor person")
    looks = not kind and not child.identifiers and is_person(child.name)
    if looks or has_persons_number or _PERSON.fullmatch(kind) or _is_anybody(child.name):
        raise ValueError(CHILD_IS_PERSON)
    return child


def _is_anybody(name: str) -> bool:
    """Whether it is what stands in the place of every natural person."""
    return name.lower() == NATURAL_PERSON


def _link(said: Mapping[str, str], child: Party, source: str, line: int) -> Link:
    """A row's link. Raises ValueError with what is wrong."""
    share = share_of(said["share"]) if said.get("share") else Share()
    if share is None:
        raise ValueError("share is no percentage from 0 to 100")
    parent, _ = _party(said, "parent")
    interest = said.get("interest") or ("parent" if share.low is None else "shareholding")
    if not _INTEREST.fullmatch(interest):
        raise ValueError("interest is no code of BODS, e.g. shareholding")
    since, until = _day(said, "since"), _day(said, "until")
    if since and until and since > until:
        raise ValueError("until is before since")
    indirect = said.get("indirect", "").lower() in ("yes", "true", "1", "indirect")
    return Link(
        child, parent, interest, share.low, share.high, share.above, since, until,
        indirect, source=source, line=line,
    )  # fmt: skip


def _party(said: Mapping[str, str], role: str) -> tuple[Party, bool]:
    """A party, and whether it has a number of a natural person."""
    name = plain_words(said.get(role, ""))
    identifiers = numbers_of(said.get(f"{role}_id", ""))
    if identifiers is None:
        raise ValueError(f"{role}_id is no number of a register, or its check digit is wrong")
    if not name and not identifiers:
        raise ValueError(f"{role} is empty")
    if "〔" in name or "〕" in name:
        raise ValueError(f"{role} is masked")
    country = said.get(f"{role}_country", "").upper()
    if country and not _COUNTRY.fullmatch(country):
        raise ValueError(f"{role}_country is no two-letter code")
    return party_of(name, identifiers, country or None)


def _persons(said: Mapping[str, str], is_person: IsPerson) -> tuple[int, str]:
    """How many natural persons the parent of a row stands for, and what is doubtful about it."""
    kind, name = said.get("parent_type", ""), plain_words(said.get("parent", ""))
    if kind and _PERSON.fullmatch(kind):
        return _count(said.get("natural_persons", "")), ""
    if kind and not _ORGANISATION.fullmatch(kind):
        raise ValueError("parent_type is neither organisation nor person")
    if _is_anybody(name):
        return _count(said.get("natural_persons", "")), ""
    if party_of(name, numbers_of(said.get("parent_id", "")) or (), None)[1]:
        return 1, NUMBER_OF_PERSON
    if kind or said.get("parent_id") or not is_person(name):
        return 0, ""
    return 1, (
        "the parent looks like a natural person and is counted as one; if it is an organisation,"
        " say so with parent_type or parent_id"
    )


def _count(written: str) -> int:
    if written and not (written.isdecimal() and 0 < int(written) <= MOST_PERSONS):
        raise ValueError("natural_persons is no number above 0")
    return int(written) if written else 1


def _day(said: Mapping[str, str], name: str) -> str | None:
    written = said.get(name, "")
    day = day_of(written, last=name == "until") if written else None
    if written and day is None:
        raise ValueError(f"{name} is no date; write YYYY-MM-DD")
    return day


def _fractions(links: Sequence[Link]) -> Fault | None:
    """Shares are percent: a table of parts of one would say that nobody owns anything. Where
    a share has the sign of percent nobody asks."""
    shares = [(link.share_max, link.line) for link in links if link.share_max is not None]
    if not shares or any(share > 1 for share, _ in shares) or not any(s > 0 for s, _ in shares):
        return None
    return Fault(shares[0][1], "every share is at most 1: write percent, 60 for 60 %")


def kept_table(links: Sequence[Link]) -> str:
    """The table that a case keeps. Raises OwnershipError where it would be larger than what can be
    read again: then nothing is kept, rather than a part."""
    table = write_table(links) if len(links) <= MOST_ROWS else ""
    if len(links) > MOST_ROWS or len(table.encode()) > MOST_BYTES:
        raise OwnershipError(
            f"Its {len(links):,} links are more than a table of the case holds: {MOST_ROWS:,} rows,"
            f" {MOST_BYTES >> 20} MiB. Nothing was kept.",
            "Split the file, with what each relationship refers to, and add each part.",
        )
    return table


def write_table(links: Iterable[Link]) -> str:
    """What the case keeps of links: the table that ``read_table`` reads as the same links."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for link in links:
        child, parent = link.child, link.parent or Party()
        share = Share(link.share_min, link.share_max, link.above)
        writer.writerow(
            [
                child.name,
                " ".join(map(str, child.identifiers)),
                child.country or "",
                "organisation",
                parent.name if link.parent else NATURAL_PERSON,
                " ".join(map(str, parent.identifiers)),
                parent.country or "",
                "organisation" if link.parent else "person",
                link.natural_persons or "",
                link.interest,
                share_text(share),
                "yes" if link.indirect else "",
                link.since or "",
                link.until or "",
                link.source,
            ]
        )
    return out.getvalue()
