"""The numbers of a record's organisations, under the headings that name them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from sousveil.extract.masking.owners import may_be_person
from sousveil.extract.party_ids import each_once, national_id, party_id
from sousveil.extract.tabular.cells import Value
from sousveil.extract.tabular.headings import Numbers, field_of, numbers_under
from sousveil.extract.tabular.reader import evidence_at
from sousveil.model import Field, Notice, Page, PartyId
from sousveil.text.headings import plain_heading

_PARTIES = ("buyer", "agency", "suppliers", "bidders")
_NAMED = frozenset({"buyer", "agency", "suppliers"})
_PART = re.compile(r"[^,，、;；|\s]+")
_LAST_WORD = re.compile(r"(?:(?<=\S)\s\S+|名称|全称|代码|编号|信用代码|统一社会信用代码)$")


def identifiers(
    page: Page, everything: Sequence[Value], notice: Notice
) -> tuple[Field[PartyId], ...]:
    """The numbers of those whom the notice names, under each of their names: of whom the heading
    says, else of the name whose heading begins alike (``recipient_uei``, ``recipient_name``), else
    of the name before."""
    return each_once(
        field
        for at, value in enumerate(everything)
        if (numbers := numbers_under(value.heading)) is not None
        for field in _with_other_names(
            _read(page, value, numbers, _owners(everything, at, numbers, notice), notice),
            _other_names(everything, numbers),
        )
    )


def _other_names(everything: Sequence[Value], numbers: Numbers) -> list[str]:
    """What the record calls the owner of a number besides, where that is no person's name."""
    said = (v.said for v in everything if plain_heading(v.heading) in numbers.also_named)
    return [name.strip() for name in said if name.strip() and not may_be_person(name)]


def _with_other_names(
    found: Iterable[Field[PartyId] | None], names: Sequence[str]
) -> Iterator[Field[PartyId] | None]:
    """The number of one organisation under all its names; those of several as they are."""
    fields = list(found)
    yield from fields
    if len(fields) == 1 and fields[0] is not None:
        first = fields[0]
        for name in names:
            yield structs.replace(first, value=structs.replace(first.value, name=name))


def _owners(
    everything: Sequence[Value], at: int, numbers: Numbers, notice: Notice
) -> list[Field[str]]:
    if numbers.of in _PARTIES:
        # What a table calls suppliers are bidders in a list of candidates.
        return _of_role(notice, numbers.of) or (
            _of_role(notice, "bidders") if numbers.of == "suppliers" else []
        )
    stem = _stem(everything[at].heading)
    alike = [v for v in everything if stem and _stem(v.heading) == stem and _is_name(v)]
    if alike or numbers.of:
        return [field for value in alike for field in _inside(value, notice)]
    before = (value for value in reversed(everything[:at]) if _is_name(value))
    named = next(before, None)
    return _inside(named, notice) if named else []


def _is_name(value: Value) -> bool:
    meant = field_of(value.heading)
    return meant is not None and meant[0] in _NAMED


def _stem(heading: str) -> str:
    """What a heading begins with: recipient of recipient_name, 供应商 of 供应商名称."""
    plain = plain_heading(heading)
    cut = _LAST_WORD.search(plain)
    return plain[: cut.start()] if cut else ""


def _of_role(notice: Notice, role: str) -> list[Field[str]]:
    named: Field[str] | tuple[Field[str], ...] | None = getattr(notice, role)
    return list(named) if isinstance(named, tuple) else [named] if named else []


def _inside(value: Value, notice: Notice) -> list[Field[str]]:
    """The parties that are named in a value."""
    return [
        field
        for role in _PARTIES
        for field in _of_role(notice, role)
        if value.start <= field.evidence.start and field.evidence.end <= value.end
    ]


def _read(
    page: Page, value: Value, numbers: Numbers, owners: list[Field[str]], notice: Notice
) -> Iterator[Field[PartyId] | None]:
    """One number of one name; of several names in one value as many numbers, in their order."""
    spans = [(value.start, value.end)]
    if len(owners) > 1 and value.said == page.text[value.start : value.end]:
        found = _PART.finditer(value.said)
        spans = [(value.start + m.start(), value.start + m.end()) for m in found]
    if len(spans) != len(owners):
        return
    for owner, (start, end) in zip(owners, spans, strict=True):
        quote = page.text[start:end]
        written = value.said if len(owners) == 1 else quote
        evidence = evidence_at(page, start, end)
        if numbers.scheme:
            yield party_id(owner.value, numbers.scheme, written, evidence)
        else:
            yield national_id(owner.value, notice.country, written, evidence)
