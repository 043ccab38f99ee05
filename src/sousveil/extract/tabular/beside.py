"""Names that a record puts beside its parties': its site's, an office's, a parent's."""

import re
from collections.abc import Iterator, Sequence

from sousveil.extract.chinese.values import looks_like_organisation
from sousveil.extract.masking.owners import may_be_person
from sousveil.extract.party_ids import party_id
from sousveil.extract.stated import MASK
from sousveil.extract.tabular.cells import Found, Value
from sousveil.extract.tabular.headings import Parents, offices, parents
from sousveil.extract.tabular.reader import evidence_at
from sousveil.model import Field, NameBeside, Notice, Page
from sousveil.text.headings import plain_heading

_OF_SITE = re.compile(r"[(（]?(?:官方|门户|政务)?(?:官网|网站|网|主页|公众号)[)）]?$")
_BEFORE_SITE = " \t\n\u3000-—_·:："
_LONGEST = 200
"""Characters above which a cell is no name of a body."""
_WHOLE_WORD = 4
"""Letters from which a word of a body's name tells its office."""


def names_beside(
    page: Page, everything: Sequence[Value], found: Found, notice: Notice
) -> tuple[Field[NameBeside], ...]:
    """The name of the body whose site published the notice, beside its buyer; the offices of its
    buyer and agency; the parents of its suppliers with their numbers."""
    under = {plain_heading(value.heading): value for value in everything if value.said.strip()}
    given = (
        *_publisher(page, found, notice),
        *_offices(page, under, notice),
        *_parents(page, under, notice),
    )
    return tuple(dict.fromkeys(given))


def _publisher(page: Page, found: Found, notice: Notice) -> Iterator[Field[NameBeside]]:
    site = found.get("site")
    if site is None or notice.buyer is None or len(site.said) > _LONGEST:
        return
    said = _OF_SITE.sub("", site.said.rstrip()).rstrip(_BEFORE_SITE)
    end = site.start + len(said)
    name = page.text[site.start : end]
    if site.said.startswith(name) and looks_like_organisation(name):
        value = NameBeside(notice.buyer.value, " ".join(name.split()), "publisher")
        yield _field(page, value, site.start, end)


def _offices(page: Page, under: dict[str, Value], notice: Notice) -> Iterator[Field[NameBeside]]:
    bodies = {field.value for field in (notice.buyer, notice.agency) if field}
    for known in offices():
        office, body = (under.get(plain_heading(each)) for each in (known.heading, known.of))
        name = " ".join(body.said.split()) if body else ""
        if office and name in bodies and not _names_person(office.said, name):
            value = NameBeside(name, " ".join(office.said.split()), "office")
            yield _field(page, value, office.start, office.end)


def _parents(page: Page, under: dict[str, Value], notice: Notice) -> Iterator[Field[NameBeside]]:
    if len(notice.suppliers) != 1:
        return
    supplier = notice.suppliers[0].value
    for known in parents():
        number = _number(page, known, under, supplier)
        for heading in known.headings:
            value = under.get(plain_heading(heading))
            if value is None or may_be_person(value.said) or MASK.search(value.said):
                continue
            name = " ".join(value.said.split())
            scheme, register_id = number or ("", "")
            beside = NameBeside(supplier, name, "parent", scheme, register_id)
            yield _field(page, beside, value.start, value.end)


def _names_person(office: str, body: str) -> bool:
    """Whether a person may stand where an office should: no word of the body's is in it."""
    words = {word for word in body.casefold().split() if len(word) >= _WHOLE_WORD}
    told = words.intersection(office.casefold().split())
    return bool(MASK.search(office)) or (not told and may_be_person(office))


def _number(
    page: Page, known: Parents, under: dict[str, Value], supplier: str
) -> tuple[str, str] | None:
    value = under.get(plain_heading(known.number)) if known.number else None
    if value is None:
        return None
    evidence = evidence_at(page, value.start, value.end)
    number = party_id(supplier, known.scheme, value.said, evidence)
    return (number.value.scheme, number.value.id) if number else None


def _field(page: Page, value: NameBeside, start: int, end: int) -> Field[NameBeside]:
    evidence = evidence_at(page, start, end)
    return Field(value, evidence.quote, evidence)
