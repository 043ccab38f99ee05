"""Open Contracting Data Standard: a release or record into one notice.

Source of the fields: https://standard.open-contracting.org/1.1/en/schema/reference/ (and 1.0).
By convention the first of a notice's ``references`` is the ocid, the number under which OCDS joins
everything that belongs to one procurement; others follow only where ``relatedProcesses`` names an
earlier stage or try of the same one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from sousveil.extract.ocds.amounts import find_amounts
from sousveil.extract.ocds.choose import Chosen, choose
from sousveil.extract.ocds.header import (
    find_dates,
    find_deadline,
    find_language,
    find_method,
    find_number,
    find_references,
    find_source_url,
    find_standard,
    find_title,
)
from sousveil.extract.ocds.identifiers import identifiers
from sousveil.extract.ocds.lots import find_lots
from sousveil.extract.ocds.parties import Directory, find_parties
from sousveil.extract.ocds.prozorro import as_release, may_be_prozorro
from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.sections import find_sections
from sousveil.extract.ocds.stage import notice_type
from sousveil.extract.ocds.table import RELEASE
from sousveil.extract.record_scan import Members, has_ocid, scan
from sousveil.model import Notice, Page
from sousveil.model.ids import notice_id


def accepts(pages: Iterable[Page]) -> float:
    """1.0 where any page is a JSON record with an ocid of its own, else 0.0."""
    return 1.0 if any(_is_candidate(page) for page in pages) else 0.0


def extract(pages: Iterable[Page]) -> Iterator[Notice]:
    """One notice for each record page that is OCDS and says something of a procurement."""
    for page in pages:
        if not _is_candidate(page):
            continue
        root = scan(page.text)
        notice = None if root is None else _notice(page, root)
        if notice is not None:
            yield notice


def _is_candidate(page: Page) -> bool:
    return page.obtained == "record" and (has_ocid(page.text) or may_be_prozorro(page.text))


def _notice(page: Page, root: Members) -> Notice | None:
    reader = Reader(page)
    prozorro = as_release(reader, root)
    if prozorro is None and "ocid" not in root:
        return None
    chosen = choose(reader, root) if prozorro is None else Chosen(prozorro, True)
    if chosen is None:
        return None
    release = chosen.release
    directory = Directory(reader, release)
    kind, type_raw = notice_type(reader, release, compiled=chosen.compiled)
    parties = find_parties(reader, release, directory)
    amounts = find_amounts(reader, release, kind, compiled=chosen.compiled)
    lots, lot_count = find_lots(reader, release, directory)
    title = find_title(reader, release, kind)
    published, first_published = find_dates(reader, chosen)
    notice = Notice(
        notice_id=notice_id(page.document_sha256, page.number, page.pointer),
        document_sha256=page.document_sha256,
        page=page.number,
        pages=(page.number,),
        pointer=page.pointer,
        source_standard=find_standard(reader, release) if prozorro is None else "prozorro",
        notice_type=kind,
        type_raw=type_raw,
        language=find_language(reader, release, title),
        project_id=find_number(reader, release),
        plan_id=reader.field(next(iter(reader.nodes(release, *RELEASE["plan_id"].paths)), None)),
        project_name=title,
        title=title,
        buyer=parties.buyer,
        agency=parties.agency,
        method=find_method(reader, release),
        budget=amounts.budget,
        ceiling=amounts.ceiling,
        award=amounts.award,
        other_amounts=amounts.others,
        currency=amounts.currency,
        suppliers=parties.suppliers,
        bidders=parties.bidders,
        identifiers=identifiers(reader, directory, parties.named),
        lots=lots,
        lot_count=lot_count,
        published=published,
        first_published=first_published,
        bid_deadline=find_deadline(reader, release),
        country=parties.country,
        places=parties.places,
        sections=find_sections(reader, release, title),
        references=find_references(reader, root, release),
        source_url=find_source_url(reader, root, release) or page.source_url,
        captured_at=page.captured_at,
        flags=reader.flags,
        masked=dict(Counter(span.kind for span in page.masked)),
    )
    return notice if _says_something(notice) else None


def _says_something(notice: Notice) -> bool:
    """Whether there is more than numbers and dates of the release itself."""
    return any(
        (
            notice.project_id,
            notice.title,
            notice.buyer,
            notice.agency,
            notice.budget,
            notice.ceiling,
            notice.award,
            notice.suppliers,
            notice.bidders,
            notice.lots,
            notice.bid_deadline,
            notice.sections,
        )
    )
