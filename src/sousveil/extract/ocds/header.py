"""Title, dates, method, language, references and origin of a release."""

import re
from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from sousveil.extract.ocds.choose import Chosen
from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.table import CONFIDENCE, RELEASE
from sousveil.extract.record_scan import Members, Node
from sousveil.model import Field, NoticeType
from sousveil.text.scripts import is_han, language_of

_SAME_PROCUREMENT = frozenset({"planning", "unsuccessfulprocess", "replacementprocess"})
_NOTICES = frozenset({"tendernotice", "awardnotice", "contractnotice", "plannedprocurementnotice"})
_OWN = RELEASE["source_url"].paths[:2]
_URL = re.compile(r"https?://[^\s〔〕]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_].*)?")
_SHORT = 200  # code points: a description up to this long can stand for a missing title
_LONG_ENOUGH = 4
_TERM = 80  # code points: longer details explain the method
_OTHER_STAGE = re.compile(r"^(?:awards|contracts)(?=/)")
_SWAPPED = {"awards": "contracts", "contracts": "awards"}
_INLINE = frozenset({"identifier", "additionalIdentifiers", "address", "contactPoint"})


def find_number(reader: Reader, release: Members) -> Field[str] | None:
    """The tender's number; where the release names no tender, that of its one contract or award.

    A number of few characters (``1``) counts within its release only and names nothing.
    """
    own, *others = RELEASE["project_id"].paths
    found = next((reader.field(node) for node in reader.nodes(release, own)), None)
    for path in others if found is None else ():
        numbers = [reader.field(node, 0.7) for node in reader.nodes(release, path)]
        if len(numbers) == 1 and numbers[0] and len(numbers[0].value) >= _LONG_ENOUGH:
            return numbers[0]
        if numbers:
            break
    return found


def find_deadline(reader: Reader, release: Members) -> Field[datetime] | None:
    """Until when to bid. Where all may bid at once, an interest is expressed by bidding."""
    closing, interest = RELEASE["bid_deadline"].paths
    found = next((reader.moment(node) for node in reader.nodes(release, closing)), None)
    is_open = reader.word(reader.member(release, "tender", "procurementMethod")) == "open"
    if found is None and is_open:
        found = next((reader.moment(node) for node in reader.nodes(release, interest)), None)
        return found and msgspec.structs.replace(found, confidence=min(found.confidence, 0.8))
    return found


def find_title(reader: Reader, release: Members, kind: NoticeType) -> Field[str] | None:
    """What the procurement is called: a title as near to the tender as there is, else a short
    description, else the name of the project that pays."""
    for node, confidence in _titles(reader, release, kind):
        value = reader.plain(node)
        if value is not None and (confidence == 1.0 or len(value) <= _SHORT):
            found = reader.field(node, confidence)
            if found is not None:
                return found
    return None


def _titles(reader: Reader, release: Members, kind: NoticeType) -> Iterator[tuple[Node, float]]:
    """Titles with how surely each is the procurement's: one of several contracts names its own."""
    for path in RELEASE["project_name"].paths:
        if kind in ("contract", "acceptance"):  # the award's title tells of the award
            path = _OTHER_STAGE.sub(lambda found: _SWAPPED[found[0]], path)
        nodes = reader.nodes(release, path)
        sure = CONFIDENCE.get(path, 1.0 if len(nodes) == 1 or path.startswith("tender") else 0.6)
        yield from ((node, sure) for node in nodes)


def find_dates(reader: Reader, chosen: Chosen) -> tuple[Field[date] | None, Field[date] | None]:
    """The date of the release and, where the record tells, that of the first one.

    Without a release date the stage's own date stands in, with less confidence.
    """
    release = chosen.release
    own, *others = RELEASE["published"].paths
    published = next((reader.day(node) for node in reader.nodes(release, own)), None)
    for path in others if published is None else ():
        days = [reader.day(node, 0.6) for node in reader.nodes(release, path)]
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
    of_notice, of_tender = (path.split("/")[-1] for path in RELEASE["first_published"].paths)
    tender = reader.object(release, "tender")
    for document in reader.objects(tender, "documents"):
        if reader.word(document.get("documentType")) == "tendernotice":
            return reader.day(document.get(of_notice), 0.9)
    return reader.day(tender.get(of_tender), 0.9)


def find_method(reader: Reader, release: Members) -> Field[str] | None:
    """The publisher's own term, else the standard's code; an explanation is no term."""
    details, code_of = RELEASE["method"].paths
    own = next((reader.field(node) for node in reader.nodes(release, details)), None)
    code = next((reader.field(node) for node in reader.nodes(release, code_of)), None)
    return code if own is None or (code is not None and len(own.value) > _TERM) else own


def find_language(reader: Reader, release: Members, title: Field[str] | None) -> str | None:
    """The language stated, unless the title's script gives a default left in place the lie."""
    match = _LANGUAGE.fullmatch(reader.plain(release.get(RELEASE["language"].paths[0])) or "")
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
    number, related_number = RELEASE["references"].paths
    related_processes, identified = related_number.split("/")
    for node in (release.get(number), root.get(number)):
        ocid = reader.field(node)
        if ocid is not None:
            found.append(ocid)
            break
    else:
        return ()
    for related in reader.objects(release, related_processes):
        relations = {reader.word(leaf) for leaf in reader.leaves(related.get("relationship"))}
        if relations & _SAME_PROCUREMENT:
            identifier = reader.field(related.get(identified), 0.9)
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
        yield from (holder.get(name) for name in _OWN)
    for path in RELEASE["source_url"].paths[len(_OWN) :]:
        *holders, name = path.split("/")
        for node in reader.nodes(release, "/".join(holders)):
            for each in node if isinstance(node, list) else [node]:
                if isinstance(each, dict) and _is_notice(reader, path, each):
                    yield each.get(name)


def _is_notice(reader: Reader, path: str, holder: Members) -> bool:
    return "documents" not in path or reader.word(holder.get("documentType")) in _NOTICES
