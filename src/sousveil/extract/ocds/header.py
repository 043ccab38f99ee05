"""Title, dates, method, language, references and origin of a release."""

import re
from collections.abc import Iterator
from datetime import date

from sousveil.extract.ocds.choose import Chosen
from sousveil.extract.ocds.reader import Reader
from sousveil.extract.record_scan import Members, Node
from sousveil.model import Field
from sousveil.text.scripts import is_han, language_of

_SAME_PROCUREMENT = frozenset({"planning", "unsuccessfulprocess", "replacementprocess"})
_NOTICES = frozenset({"tendernotice", "awardnotice", "contractnotice", "plannedprocurementnotice"})
_URL = re.compile(r"https?://[^\s〔〕]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_].*)?")
_SHORT = 200  # code points: a description up to this long can stand for a missing title
_TERM = 80  # code points: longer details explain the method
_INLINE = frozenset({"identifier", "additionalIdentifiers", "address", "contactPoint"})


def find_title(reader: Reader, release: Members) -> Field[str] | None:
    """What the procurement is called: a title as near to the tender as there is, else a short
    description, else the name of the project that pays."""
    for node, confidence in _titles(reader, release):
        value = reader.plain(node)
        if value is not None and (confidence == 1.0 or len(value) <= _SHORT):
            found = reader.field(node, confidence)
            if found is not None:
                return found
    return None


def _titles(reader: Reader, release: Members) -> Iterator[tuple[Node | None, float]]:
    tender = reader.object(release, "tender")
    planning = release.get("planning")
    awards, contracts = reader.objects(release, "awards"), reader.objects(release, "contracts")
    yield tender.get("title"), 1.0
    for name, node in tender.items():
        if name.startswith("title_"):
            yield node, 1.0
    for items in (awards, contracts):
        for item in items:
            yield item.get("title"), 1.0 if len(items) == 1 else 0.6
    yield reader.member(planning, "project", "title"), 0.9
    yield tender.get("description"), 0.7
    for items in (awards, contracts):
        for item in items:
            yield item.get("description"), 0.6
    yield reader.member(planning, "project"), 0.7
    yield reader.member(planning, "budget", "project"), 0.7
    yield reader.member(planning, "budget", "description"), 0.5
    yield release.get("title"), 0.7
    yield release.get("description"), 0.5


def find_dates(reader: Reader, chosen: Chosen) -> tuple[Field[date] | None, Field[date] | None]:
    """The date of the release and, where the record tells, that of the first one.

    Without a release date the stage's own date stands in, with less confidence.
    """
    release = chosen.release
    published = reader.day(release.get("date"))
    if published is None:
        for stage, name in (("contracts", "dateSigned"), ("awards", "date")):
            days = [reader.day(item.get(name), 0.6) for item in reader.objects(release, stage)]
            known = [day for day in days if day is not None]
            if known:
                published = max(known, key=lambda day: day.value)
                break
    first = reader.day(chosen.first_date)
    if first is None:
        first = _tender_notice_day(reader, release)
    if first is None or published is None or first.value >= published.value:
        return published or first, None
    return published, first


def _tender_notice_day(reader: Reader, release: Members) -> Field[date] | None:
    tender = reader.object(release, "tender")
    for document in reader.objects(tender, "documents"):
        if reader.word(document.get("documentType")) == "tendernotice":
            return reader.day(document.get("datePublished"), 0.9)
    return reader.day(tender.get("datePublished"), 0.9)


def find_method(reader: Reader, tender: Members) -> Field[str] | None:
    """The publisher's own term, else the standard's code; an explanation is no term."""
    own = reader.field(tender.get("procurementMethodDetails"))
    code = reader.field(tender.get("procurementMethod"))
    return code if own is None or (code is not None and len(own.value) > _TERM) else own


def find_language(reader: Reader, release: Members, title: Field[str] | None) -> str | None:
    """The language stated, unless the title's script gives a default left in place the lie."""
    match = _LANGUAGE.fullmatch(reader.plain(release.get("language")) or "")
    stated = match[1].lower() if match else None
    sample = title.value if title else ""
    if stated is None:
        purpose = reader.plain(reader.member(release, "tender", "description")) or ""
        return language_of(f"{sample} {purpose}")
    if stated not in ("zh", "zho", "chi", "ja", "jpn", "ko", "kor") and not sample.isascii():
        return language_of(sample) if any(map(is_han, sample)) else stated
    return stated


def find_standard(reader: Reader, release: Members) -> str:
    """``ocds-1.0`` where organisations stand inline and there are no parties, else ``ocds-1.1``."""
    if "parties" not in release:
        awards = reader.objects(release, "awards")
        inline = [
            reader.member(release, "buyer"),
            reader.member(release, "tender", "procuringEntity"),
            *(supplier for award in awards for supplier in reader.objects(award, "suppliers")),
        ]
        if any(isinstance(node, dict) and not _INLINE.isdisjoint(node) for node in inline):
            return "ocds-1.0"
    return "ocds-1.1"


def find_references(reader: Reader, root: Members, release: Members) -> tuple[Field[str], ...]:
    """The ocid first; then the ocids of earlier stages and tries of the same procurement."""
    found: list[Field[str]] = []
    for node in (release.get("ocid"), root.get("ocid")):
        ocid = reader.field(node)
        if ocid is not None:
            found.append(ocid)
            break
    else:
        return ()
    for related in reader.objects(release, "relatedProcesses"):
        relations = {reader.word(leaf) for leaf in reader.leaves(related.get("relationship"))}
        if relations & _SAME_PROCUREMENT:
            identifier = reader.field(related.get("identifier"), 0.9)
            if identifier is not None and identifier.value != found[0].value:
                found.append(identifier)
    return tuple(found)


def find_source_url(reader: Reader, root: Members, release: Members) -> str | None:
    """Where the record says it can be seen: its own address, else that of a notice it lists."""
    for node in _addresses(reader, root, release):
        value = reader.plain(node)
        if value is not None and _URL.fullmatch(value):
            return value
    return None


def _addresses(reader: Reader, root: Members, release: Members) -> Iterator[Node | None]:
    for holder in (root, release):
        yield holder.get("uri")
        yield holder.get("url")
    tender = reader.object(release, "tender")
    holders = [*reader.objects(release, "contracts"), *reader.objects(release, "awards"), tender]
    for holder in (*holders, reader.object(release, "planning")):
        for document in reader.objects(holder, "documents"):
            if reader.word(document.get("documentType")) in _NOTICES:
                yield document.get("url")
    yield tender.get("url")
