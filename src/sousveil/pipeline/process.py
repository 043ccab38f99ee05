"""Reading every document of a case that the present versions have not read yet, resumably."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from sousveil.case import rows
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest, Segment
from sousveil.case.own_rates import own_rates
from sousveil.case.own_taxonomy import own_taxonomy
from sousveil.case.segments import documents_of, without
from sousveil.engine import Codec, Crashed, Files, Limits, Pool, share, usable_processors
from sousveil.model import Document, Outcome
from sousveil.pipeline import versions
from sousveil.pipeline.kept import kept_pages
from sousveil.pipeline.mappings import Entry, expected, load_mappings, offered
from sousveil.pipeline.members import Intake
from sousveil.pipeline.progress import Progress, Silent
from sousveil.pipeline.reading import read_document, warm
from sousveil.pipeline.standing import Said, standing, that_failed
from sousveil.pipeline.tasks import Reading, Task, answers, decode_reading
from sousveil.pipeline.writer import Writer

LIMITS = Limits(
    seconds_per_item=120.0,
    memory_bytes=2 << 30,
    open_files=64,
    output_bytes=256 << 20,
    file_bytes=2 << 30,
)

# Results cross as plain data: a worker that a document took over cannot make the parent run code.
CODEC: Codec[Reading] = Codec(msgspec.msgpack.encode, decode_reading)


class Options(msgspec.Struct, frozen=True):
    """How to run. ``workers`` processes (default: one a core); ``retry_failed`` reads again what
    failed before."""

    workers: int = 0
    retry_failed: bool = False
    limits: Limits = LIMITS

    def worker_count(self) -> int:
        """The number of worker processes to start."""
        return self.workers or usable_processors()


def read_all(case: Case, options: Options, progress: Progress | None = None) -> list[Segment]:
    """Read what is not read yet; returns the segments that now stand for the whole case.

    The case's lock must be held. Finished work is committed as pending as it goes: a run killed
    at any instant goes on from the last commit. What is shown changes only with ``publish``.
    """
    shown = progress or Silent()
    rates = own_rates(case)
    taxonomy = own_taxonomy(case)
    key = versions.reading_key(rates, taxonomy)
    entries = load_mappings(case)
    documents = case.documents()
    said = expected(entries, documents)
    state = _tidy(case, key, documents, said)
    shown_before = [s for s in state.segments if s.key == key]
    current = [*shown_before, *state.pending]
    done = standing(case, shown_before, documents, said)
    if options.retry_failed:
        done -= that_failed(case, shown_before)
    done |= standing(case, state.pending, documents, said)
    todo = [d for d in documents if d.sha256 not in done]
    if not todo:
        return current
    writer = Writer(case, key, state)
    spill = case.root / "private" / "spill"
    shutil.rmtree(spill, ignore_errors=True)
    spill.mkdir(mode=0o700)
    try:
        intake = Intake(case, spill)  # one for all: its limits hold for all levels together
        with _pool(options, case, spill, (rates, taxonomy)) as pool:
            while todo:
                shown.start("Reading", len(todo))
                each = _Round(case, pool, intake, spill, todo, writer, shown, entries)
                each.read(_tasks(each.task, case, todo, state.segments))
                each.recognise()
                each.read_chunked()
                shown.finish()
                done |= {document.sha256 for document in todo}
                todo = [d for d in case.documents() if d.sha256 not in done] if each.new else []
    finally:
        writer.flush()
        shutil.rmtree(spill, ignore_errors=True)
    return [*(s for s in current if s not in state.pending), *writer.pending]


class _Round:
    """One pass over documents: reading them, recognising images, sharing out large ones."""

    def __init__(
        self,
        case: Case,
        pool: Pool[Task, Reading],
        intake: Intake,
        spill: Path,
        todo: Sequence[Document],
        writer: Writer,
        shown: Progress,
        entries: Sequence[Entry],
    ) -> None:
        self._entries = entries
        self.new = 0  # documents found inside others
        self._case, self._pool, self._intake, self._spill = case, pool, intake, spill
        self._by_hash = {document.sha256: document for document in todo}
        self._writer, self._shown = writer, shown
        self._chunked: list[Reading] = []
        self._unread: list[Reading] = []
        self._recognised: set[str] = set()

    def read(self, tasks: Iterable[Task]) -> None:
        """Read documents; what has to wait is put aside."""
        for reading in _readings(self._pool, tasks):
            if reading.unread:
                self._unread.append(reading)
                continue
            if reading.inside:
                # In the ledger before the outcome is: a run killed between finds them again.
                parent = self._by_hash[reading.document_sha256]
                found, refused = self._intake.take(parent, reading.inside)
                self.new += found
                reading = _without_refused(reading, refused)
            if reading.chunks:
                self._chunked.append(reading)
                continue
            self._writer.take(reading)
            if reading.document_sha256 not in self._recognised:  # counted by its pages
                self._shown.advance()

    def recognise(self) -> None:
        """Recognise the pages that are images, some documents at a time, and read those."""
        pages = sum(len(reading.unread) for reading in self._unread)
        if not pages:
            return
        self._shown.finish()
        self._shown.start("Recognising pages", pages)
        self._recognised = {reading.document_sha256 for reading in self._unread}
        for batch in _batches(self._unread):
            files: dict[str, list[str]] = {reading.document_sha256: [] for reading in batch}
            for part in _readings(self._pool, self._image_tasks(batch)):
                files[part.document_sha256] += part.chunks
                self._shown.advance(max(1, part.outcome.pages))
            whole = [
                msgspec.structs.replace(self.task(sha256), recognised=tuple(sorted(names)))
                for sha256, names in files.items()
            ]
            self.read(whole)
        self._shown.finish()

    def read_chunked(self) -> None:
        """Read large documents by their parts."""
        self._writer.flush()
        for reading in self._chunked:
            _read_chunks(self._pool, self.task(reading.document_sha256), reading, self._writer)
            self._shown.advance()

    def _image_tasks(self, batch: Iterable[Reading]) -> Iterator[Task]:
        for reading in batch:
            task = self.task(reading.document_sha256)
            for start in range(0, len(reading.unread), _PAGES_A_TASK):
                numbers = reading.unread[start : start + _PAGES_A_TASK]
                yield msgspec.structs.replace(task, images=numbers)

    def task(self, sha256: str) -> Task:
        """What a worker is told of a document."""
        document = self._by_hash[sha256]
        original = str(self._case.originals.path(sha256))
        said = offered(self._entries, document)
        return Task(document, original, str(self._spill), mappings=said)


_PAGES_A_TASK = 2
_PAGES_A_BATCH = 40
"""Pages recognised before their documents are read: what a killed run does again at most."""


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    pages = 0
    for reading in readings:
        batch.append(reading)
        pages += len(reading.unread)
        if pages >= _PAGES_A_BATCH:
            yield batch
            batch, pages = [], 0
    if batch:
        yield batch


def _without_refused(reading: Reading, refused: int) -> Reading:
    """The reading with its outcome saying what was beyond the limits."""
    if not refused:
        return reading
    outcome = msgspec.structs.replace(
        reading.outcome,
        reason="limit",
        stage="parse",
        message=f"{refused} of the documents inside were left out: there are too many in one file.",
        hint="Unpack it with care, and add what you need of it.",
        members=reading.outcome.members - refused,
        failed_records=reading.outcome.failed_records + refused,
    )
    rows_by_table = {**reading.rows, "outcomes": [rows.outcome_row(outcome)]}
    return msgspec.structs.replace(reading, outcome=outcome, rows=rows_by_table)


def _tasks(
    task: Callable[[str], Task], case: Case, todo: Sequence[Document], kept: Sequence[Segment]
) -> Iterator[Task]:
    """What is to be read: first what need not be parsed again, then the rest."""
    waiting = {document.sha256: document for document in todo}
    for sha256, pages in kept_pages(case, kept, waiting):
        if waiting.pop(sha256, None):
            yield msgspec.structs.replace(task(sha256), parsed=pages)
    for sha256 in waiting:
        yield task(sha256)


def _pool(
    options: Options, case: Case, spill: Path, own: tuple[str, Mapping[str, str]]
) -> Pool[Task, Reading]:
    share("sousveil.pipeline.warmed")
    return Pool(
        read_document,
        workers=options.worker_count(),
        limits=options.limits,
        files=Files(read=(str(case.originals.folder),), write=(str(spill),)),
        initializer=warm,
        arguments=own,
        codec=CODEC,
    )


def _readings(pool: Pool[Task, Reading], tasks: Iterable[Task]) -> Iterator[Reading]:
    """Readings as they come; a document that kills its worker is an outcome like any other."""
    for result in pool.run(tasks):
        if isinstance(result, Crashed):
            yield _crashed(result)
        elif answers(result.result, result.item):
            yield result.result
        else:
            message = "It made its process answer for another document."
            yield _crashed(Crashed(result.item, "crashed", message))


def _crashed(result: Crashed[Task]) -> Reading:
    outcome = Outcome(
        result.item.document.sha256,
        "failed",
        reason=result.reason,
        stage="read",
        message=result.message,
        hint="The file is kept. 'sousveil process --retry-failed' tries it again.",
    )
    return Reading(outcome.document_sha256, outcome, {"outcomes": [rows.outcome_row(outcome)]})


def _read_chunks(pool: Pool[Task, Reading], task: Task, parsed: Reading, writer: Writer) -> None:
    """Read the parts of one large document; its outcome is written with the last of them."""
    notices, failed, said = 0, parsed.outcome.failed_records, parsed.outcome
    pages, document = 0, task.document
    tasks = (msgspec.structs.replace(task, chunk=chunk) for chunk in parsed.chunks)
    for reading in _readings(pool, tasks):
        pages += reading.outcome.pages
        notices += reading.outcome.notices
        if reading.outcome.status == "failed":
            failed += max(1, reading.outcome.failed_records)
            said = reading.outcome
        part = {name: r for name, r in reading.rows.items() if name != "outcomes"}
        writer.take(msgspec.structs.replace(reading, rows=part), partial_of=document.sha256)
    outcome = Outcome(
        document.sha256,
        "read" if notices else "failed" if failed else "not_a_record",
        media_type=parsed.outcome.media_type,
        reason=said.reason if failed or not notices else None,
        stage="parse" if failed else None,
        message=said.message if failed or not notices else None,
        hint=said.hint if failed or not notices else None,
        pages=pages,
        notices=notices,
        members=parsed.outcome.members,
        failed_records=failed,
    )
    closing = Reading(document.sha256, outcome, {"outcomes": [rows.outcome_row(outcome)]})
    writer.take(closing, partial_of=document.sha256)
    writer.flush(partial_of=document.sha256)


def _tidy(case: Case, key: str, documents: Sequence[Document], said: Said) -> Manifest:
    """Drop pending segments of other versions, parts of documents that were never finished, and
    rows that no longer hold."""
    state = case.manifest()
    ours = [s for s in state.pending if s.key == key]
    there = {sha256 for segment in ours for sha256 in documents_of(case.root, segment)}
    stale = there - standing(case, ours, documents, said)
    left = (
        without(case.root, segment, stale)
        for segment in ours
        if segment.partial_of is None or segment.partial_of in there
    )
    kept = tuple(segment for segment in left if segment is not None)
    if kept != state.pending:
        state = case.commit(state, pending=kept)
    case.sweep()
    return state
