"""What a limited child does with one document: bytes to pages to notices to rows."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from sousveil.case import rows
from sousveil.case.segments import Row
from sousveil.classify import classify
from sousveil.errors import DocumentError
from sousveil.extract.confidence import measured, weigh
from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.extract.shown import shown
from sousveil.model import (
    Money,
    Notice,
    NoticeKey,
    Outcome,
    Page,
    ParsedPage,
    UsdAmount,
)
from sousveil.parse import RecordProblem, may_be_document
from sousveil.pipeline.parsing import Parsed, kind_of, parse, recognise_pages
from sousveil.pipeline.rows_of_tables import notices_and_sheets
from sousveil.pipeline.tasks import Reading, Task
from sousveil.reference.places import locate
from sousveil.reference.rates import read_rates, to_usd, use
from sousveil.reference.taxonomy import Taxonomy, compile_taxonomy, load_taxonomy
from sousveil.resolve.fingerprints import sketch, text_hash

PART_OF_PAGE = "part_of_page"
"""The reason of a file that lies in the folder of a saved page and is no record."""
_PART_MESSAGE = "It belongs to the saved page beside its folder, and holds no notice."
_PART_HINT = "Nothing to do. If it is a record all the same (a scan), add it by itself."

_UNSURE = 0.9
"""Mean confidence of recognition below which a person should look at the notice."""

_pack = msgspec.msgpack.Encoder()


def read_document(task: Task) -> Reading:
    """Read one document. A failure of this document is an outcome, never an exception."""
    started = time.perf_counter()
    sha256 = task.document.sha256
    problems: list[RecordProblem] = []
    stage = "parse"
    try:
        if task.images:
            return recognise_pages(task, started)
        kind = kind_of(task) if task.document.page_path else None
        if kind and not may_be_document(kind):
            return _alone(_part_of_page(task, kind))
        parsed = parse(task, problems)
        if parsed.unread:
            outcome = _outcome(task, parsed, (), problems, started)
            return Reading(sha256, outcome, {}, unread=tuple(parsed.unread))
        if parsed.chunks:
            outcome = _outcome(task, parsed, (), problems, started)
            return Reading(sha256, outcome, {}, tuple(parsed.chunks), tuple(parsed.inside))
        stage = "extract"
        return _rows(task, parsed, problems, started)
    except DocumentError as error:
        kind = kind_of(task)
        if task.document.page_path and kind == "text/html":  # a frame that is no record
            return _alone(_part_of_page(task, kind))
        outcome = Outcome(
            sha256, "failed", kind, error.reason, stage, error.message, error.hint,
            seconds=time.perf_counter() - started,
        )  # fmt: skip
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the per-document boundary
        outcome = Outcome(
            sha256,
            "failed",
            reason="internal",
            stage=stage,
            message=f"Reading it failed inside Sousveil ({_where(error)}).",
            hint="Please report this; the file is kept and can be tried again.",
            seconds=time.perf_counter() - started,
        )
    return _alone(outcome)


def _alone(outcome: Outcome) -> Reading:
    return Reading(outcome.document_sha256, outcome, {"outcomes": [rows.outcome_row(outcome)]})


def _part_of_page(task: Task, kind: str) -> Outcome:
    return Outcome(
        task.document.sha256,
        "not_a_record",
        kind,
        PART_OF_PAGE,
        message=_PART_MESSAGE,
        hint=_PART_HINT,
    )


def _where(error: BaseException) -> str:
    """The kind of error and the line it came from: never its text, which may name persons."""
    trace, name = error.__traceback__, ""
    while trace:
        code = trace.tb_frame.f_code
        if "sousveil" in code.co_filename:
            name = f" at {Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{name}"


def _rows(task: Task, parsed: Parsed, problems: Sequence[RecordProblem], started: float) -> Reading:
    masked = [mask_page(page) for page in parsed.pages]
    by_number = {page.number: page for page in masked}
    unsure = {page.number for page in parsed.pages if _confidence(page) < _UNSURE}
    found, sheets = notices_and_sheets(masked, task.mappings)
    notices = [shown(weigh(_flagged(notice, unsure))) for notice in found]
    crowded = Counter(notice.page for notice in notices)
    outcome = _outcome(task, parsed, notices, problems, started)
    return Reading(
        task.document.sha256,
        outcome,
        {
            "pages": [rows.page_row(page) for page in masked],
            "notices": [_notice_row(notice, by_number, crowded[notice.page]) for notice in notices],
            "parsed": [(p.document_sha256, p.number, _pack.encode([p])) for p in parsed.pages],
            "outcomes": [rows.outcome_row(outcome)],
            "sheets": [rows.sheet_row(sheet) for sheet in sheets],
        },
        inside=tuple(parsed.inside),
    )


def _confidence(page: ParsedPage) -> float:
    """How sure the recognition of a page was, by characters; 1 where nothing was recognised."""
    total = sum(line.end - line.start for line in page.recognised)
    if not total:
        return 1.0
    return sum(line.confidence * (line.end - line.start) for line in page.recognised) / total


def _flagged(notice: Notice, unsure: set[int]) -> Notice:
    if unsure.isdisjoint(notice.pages):
        return notice
    return msgspec.structs.replace(notice, flags=(*notice.flags, "recognition_uncertain"))


def _outcome(
    task: Task,
    parsed: Parsed,
    notices: Sequence[Notice],
    problems: Sequence[RecordProblem],
    started: float,
) -> Outcome:
    pages, came = parsed.pages, bool(notices or parsed.inside)
    status = "read" if came else "failed" if problems and not pages else "not_a_record"
    message = hint = reason = None
    if status == "not_a_record" and task.document.page_path:
        reason, message, hint = PART_OF_PAGE, _PART_MESSAGE, _PART_HINT
        problems = ()
    elif problems:
        first = problems[0]
        message = f"{len(problems)} of its records could not be read; first: {first.message}"
        hint, reason = first.hint, first.reason
    elif status == "not_a_record":
        reason, message = "not_a_record", "Readable, but no notice was recognised in it."
        hint = "If it is a notice, report its form; see 'Adding things' in CONTRIBUTING.md."
        if pages and all(page.obtained == "elements" for page in pages):
            message = "The form of a notice without content: no title, number, buyer or amount."
            hint = "Ask the source whether the notice is complete."
    return Outcome(
        task.document.sha256,
        status,  # type: ignore[arg-type]
        media_type=pages[0].media_type if pages else kind_of(task),
        reason=reason,
        stage="parse" if problems else "extract" if reason else None,
        message=message,
        hint=hint,
        pages=len(pages),
        notices=len(notices),
        members=len(parsed.inside),
        failed_records=len(problems),
        seconds=time.perf_counter() - started,
    )


def _notice_row(notice: Notice, pages: Mapping[int, Page], on_its_page: int) -> Row:
    own = {number: pages[number] for number in notice.pages}
    coding = classify(notice, own, taxonomy_in_use())
    return rows.notice_row(notice, coding, derive(notice), key_of(notice, own, on_its_page), own)


def derive(notice: Notice) -> rows.Derived:
    """Money in US dollars at the notice's date, and the buyer's place."""
    on, note = rows.conversion_date(notice)
    usd = {}
    for name in ("budget", "ceiling", "award"):
        field = getattr(notice, name)
        if field is None:
            continue
        if on is None:
            usd[name] = UsdAmount(None, None, None, note)
        else:
            converted = to_usd(field.value, on)
            usd[name] = msgspec.structs.replace(converted, note=_join(converted.note, note))
    place = locate(_place_names(notice))
    country = notice.country or (place.country if place else None)
    inside = place if place and place.country == country else None
    return rows.Derived(
        usd,
        country,
        inside.province if inside else None,
        "/".join(p for p in (inside.province, inside.prefecture, inside.county) if p)
        if inside
        else None,
    )


def _join(*notes: str | None) -> str | None:
    return "; ".join(note for note in notes if note) or None


def _place_names(notice: Notice) -> list[str]:
    fields = [notice.buyer, *notice.places, notice.project_name, notice.agency]
    return [field.value for field in fields if field]


def key_of(notice: Notice, pages: Mapping[int, Page], on_its_page: int) -> NoticeKey:
    """The little of a notice that joining needs.

    Where several notices stand on one page (a table of intentions), the page's text would make
    them copies of each other: each is known by its own fields and sections then.
    """
    if on_its_page > 1:
        text = _own_words(notice, pages)
    else:
        text = "\n".join(pages[number].text for number in notice.pages)
    stated = notice.budget or notice.ceiling or notice.award
    references = [f.value for f in notice.references]
    ocid = None
    if notice.source_standard.startswith("ocds"):
        ocid = references.pop(0) if references else None
    on, _ = rows.conversion_date(notice)
    return NoticeKey(
        notice_id=notice.notice_id,
        document_sha256=notice.document_sha256,
        notice_type=notice.notice_type,
        project_id=notice.project_id.value if notice.project_id else None,
        references=tuple(references),
        project_name=_first(notice.project_name, notice.title),
        buyer=notice.buyer.value if notice.buyer else None,
        published=on.isoformat() if on else None,
        amount=str(stated.value.amount) if stated else None,
        text_hash=text_hash(text),
        sketch=sketch(text),
        country=notice.country,
        ocid=ocid,
        amounts=tuple(
            str(f.value.amount) for f in (notice.budget, notice.ceiling, notice.award) if f
        ),
        record_id=None if ocid else _record_id(pages[notice.page]),
        awarded=str(notice.award.value.amount) if notice.award else None,
        suppliers=tuple(f.value for f in notice.suppliers),
        deadline=notice.bid_deadline.value.date().isoformat() if notice.bid_deadline else None,
    )


_LONG_ID = 16


def _record_id(page: Page) -> str | None:
    """The ``id`` of a JSON record, where it is long enough to be of that record alone."""
    if page.obtained != "record" or not page.text.startswith("{"):
        return None
    try:
        found = msgspec.json.decode(page.text, type=_Identified).id
    except msgspec.DecodeError:  # a raw slice that strict JSON does not hold
        return None
    return found if isinstance(found, str) and len(found) >= _LONG_ID else None


class _Identified(msgspec.Struct):
    id: object = None


def _own_words(notice: Notice, pages: Mapping[int, Page]) -> str:
    fields = (notice.project_id, notice.project_name, notice.buyer, notice.budget, notice.ceiling)
    own = [s for s in notice.sections if s.role in ("name", "purpose")]
    return "\n".join(
        [*(f.raw for f in fields if f), *(pages[s.page].text[s.start : s.end] for s in own)]
    )


def _first(*fields: object) -> str | None:
    return next((f.value for f in fields if f), None)  # type: ignore[attr-defined]


class _CodedWith:
    """The taxonomy of this worker's case; None: the shipped one."""

    taxonomy: Taxonomy | None = None


_coded_with = _CodedWith()


def taxonomy_in_use() -> Taxonomy:
    """The taxonomy that this worker codes by."""
    return _coded_with.taxonomy or load_taxonomy()


def warm(rates: str = "", taxonomy: Mapping[str, str] | None = None) -> None:
    """Load the tables a worker needs before its first document, outside any document's limits.

    ``rates`` is the person's own table of rates, ``taxonomy`` the texts of their own taxonomy.
    """
    use(read_rates(rates) if rates else None)
    _coded_with.taxonomy = compile_taxonomy(taxonomy) if taxonomy else load_taxonomy()
    measured()
    locate(["北京市"])
    page = ParsedPage("0" * 64, 1, "采购公告", "plain", "text/plain")
    list(extract_notices([mask_page(page)]))
    to_usd(Money(Decimal(1), "CNY", "budget"), date(2024, 1, 2))
