"""Making read segments visible: joins, projects and index computed anew, then one commit."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec
import pyarrow as pa

from sousveil.case import database, ownership, tables
from sousveil.case.append_only import digest
from sousveil.case.atomic import storage_errors, sync_files
from sousveil.case.decisions import read_decisions
from sousveil.case.field_decisions import read_field_decisions
from sousveil.case.folder import Case
from sousveil.case.judgements import read_judgements
from sousveil.case.manifest import Corpus, Index, Manifest, Segment
from sousveil.case.own_taxonomy import own_taxonomy
from sousveil.case.segments import (
    Row,
    as_extracted,
    compact,
    documents_of,
    open_table,
    read_rows,
    without,
    write_corpus,
)
from sousveil.engine import Limits
from sousveil.model import Judgement, NoticeKey
from sousveil.pipeline import versions
from sousveil.pipeline.correcting import corrected_segments
from sousveil.pipeline.learning import Recoding, recoded
from sousveil.pipeline.listed import packed
from sousveil.pipeline.organisations import Named, organisations
from sousveil.pipeline.ownership import load_links
from sousveil.pipeline.progress import Progress, Silent
from sousveil.pipeline.project_rows import projects as projects_of
from sousveil.pipeline.readable import readable
from sousveil.pipeline.reading_names import read_names
from sousveil.resolve import resolve
from sousveil.resolve.projects import Project
from sousveil.resolve.worked_out import WorkedOut
from sousveil.search import IndexRow, build_index

_key_decoder = msgspec.json.Decoder(NoticeKey)


def publish(
    case: Case,
    segments: Sequence[Segment],
    progress: Progress | None = None,
    *,
    workers: int = 1,
    limits: Limits | None = None,
) -> Manifest:
    """Correct, join, code by decisions, count, index and commit: readers see all of it at once. The
    lock must be held. ``workers`` and ``limits`` are of the processes that code again and
    read many names.

    Does nothing where nothing changed.
    """
    shown = progress or Silent()
    state = case.manifest()
    merged = compact(case.root, sorted(_latest(case, state, segments), key=lambda s: s.id))
    decisions, fields = read_decisions(case), read_field_decisions(case)
    ids = [s.id for s in merged]
    limits = limits or Limits()
    merged = corrected_segments(case, state, merged, fields, workers, limits)
    judged = read_judgements(case)
    corpus_key = versions.corpus_key(
        ids,
        _provenance(case),
        digest(decisions),
        digest(judged),
        ownership.digest(case),
        digest(fields),
    )
    corpus, index = state.corpus, state.index
    if not corpus or corpus.key != corpus_key or not _there(case, corpus):
        taxonomy = own_taxonomy(case) if decisions else {}
        by = Recoding(decisions, taxonomy, workers, limits)
        known = worked_out(case, state)
        corpus = _corpus(case, corpus_key, merged, by, judged, known, shown)
    index_key = versions.index_key(corpus_key)
    if not index or index.key != index_key or not (case.root / index.folder).is_dir():
        notices = sum(s.tables["notices"].rows for s in merged)
        shown.start("Indexing", notices)
        index = _index(case, index_key, merged, corpus, shown)
        shown.finish()
    if tuple(merged) == state.segments and corpus is state.corpus and index is state.index:
        return case.commit(state, pending=()) if state.pending else state
    return case.commit(state, segments=merged, pending=(), corpus=corpus, index=index)


def _latest(case: Case, state: Manifest, segments: Sequence[Segment]) -> list[Segment]:
    """The segments, with those shown before rid of the documents that were read again since.

    What was read again with the same outcome is the same segment once more: it counts once.
    """
    segments = list({segment.id: as_extracted(segment) for segment in segments}.values())
    shown = {segment.id for segment in state.segments}
    again = {
        sha256
        for segment in segments
        if segment.id not in shown
        for sha256 in documents_of(case.root, segment)
    }
    left = (without(case.root, s, again) if s.id in shown else s for s in segments)
    return [segment for segment in left if segment is not None]


def _provenance(case: Case) -> str:
    digest = hashlib.sha256()
    for document in case.documents():
        digest.update(msgspec.json.encode(document))
    return digest.hexdigest()


def _there(case: Case, corpus: Corpus) -> bool:
    return all((case.root / table.path).exists() for table in corpus.tables.values())


def _corpus(
    case: Case,
    key: str,
    segments: Sequence[Segment],
    by: Recoding,
    judged: Sequence[Judgement],
    known: WorkedOut,
    shown: Progress,
) -> Corpus:
    """Everything computed over all notices together: joins, then codings, then projects."""
    shown.start("Joining", None)
    wanted = {decision.notice_id for decision in by.decisions}
    noted: dict[str, NoticeKey] = {}
    resolved = resolve(_noting(_keys(case, segments), wanted, noted), judged, known)
    joined = write_corpus(
        case.root,
        f"j{key}",
        {
            "resolutions": (msgspec.structs.astuple(r) for r in sorted(resolved.resolutions)),
            "joins": (msgspec.structs.astuple(j) for j in sorted(resolved.joins)),
            "project_links": (msgspec.structs.astuple(link) for link in resolved.links),
        },
    )
    shown.finish()
    projects = {r.notice_id: r.project_key for r in resolved.resolutions if r.notice_id in wanted}
    coded = recoded(case, f"c{key}", segments, by, noted, projects, shown)
    copies = {r.notice_id for r in resolved.resolutions if r.duplicate_of}
    in_projects = ((r.notice_id, r.project_key) for r in resolved.resolutions)
    named = organisations(
        *(case, key, segments, judged, copies, known, load_links(case), shared(in_projects)),
        reader=partial(read_names, workers=by.workers, limits=by.limits),
    )
    kept = write_corpus(case.root, f"k{key}", {"worked_out": known.rows()})
    so_far = {**joined.tables, **coded.tables, **named.tables, **kept.tables}
    draft = Manifest(segments=tuple(segments), corpus=Corpus(key, so_far))
    rows: dict[str, Iterable[Row]] = {"projects": (_project_row(p) for p in _projects(case, draft))}
    return Corpus(key, {**so_far, **write_corpus(case.root, f"p{key}", rows).tables})


def shared(projects: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The project of each notice that is not the only one of it, from notices with projects."""
    of = dict(projects)
    sizes = Counter(of.values())
    return {notice: project for notice, project in of.items() if sizes[project] > 1}


def worked_out(case: Case, state: Manifest) -> WorkedOut:
    """What joining worked out for the state shown before. derived/ may be deleted or damaged at any
    time: what is not there is worked out again."""
    version = versions.joining_key()
    table = state.corpus.tables.get("worked_out") if state.corpus else None
    if table is None:
        return WorkedOut(version)
    try:
        return WorkedOut(version, dict(read_rows(case.root / table.path, ("key", "value"))))
    except (OSError, pa.ArrowException):
        return WorkedOut(version)


def _noting(
    keys: Iterable[NoticeKey], wanted: Collection[str], known: dict[str, NoticeKey]
) -> Iterator[NoticeKey]:
    """The keys as they come; those of ``wanted`` notices go into ``known`` too."""
    for key in keys:
        if key.notice_id in wanted:
            known[key.notice_id] = key
        yield key


def _keys(case: Case, segments: Sequence[Segment]) -> Iterator[NoticeKey]:
    for segment in segments:
        for (key,) in read_rows(case.root / segment.tables["notices"].path, ("key",)):
            yield _key_decoder.decode(key)


def _projects(case: Case, state: Manifest) -> Iterator[Project]:
    with database.connect(case, state) as connection:
        yield from projects_of(connection)


def _project_row(project: Project) -> Row:
    return tuple(list(v) if isinstance(v, tuple) else v for v in msgspec.structs.astuple(project))


def _index(
    case: Case, key: str, segments: Sequence[Segment], corpus: Corpus, shown: Progress
) -> Index:
    relative = f"index/{key[:20]}"
    folder = case.root / relative
    with storage_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        count = build_index(_index_rows(case, segments, corpus, shown), folder)
        sync_files(folder, [path for path in folder.iterdir() if path.is_file()])
    return Index(key, relative, count)


def _index_rows(
    case: Case, segments: Sequence[Segment], corpus: Corpus, shown: Progress
) -> Iterator[IndexRow]:
    resolutions = read_rows(case.root / corpus.tables["resolutions"].path, tables.RESOLUTIONS.names)
    joined = {
        notice_id: (project_key, duplicate_of)
        for notice_id, project_key, duplicate_of in resolutions
    }
    coded = _Coded(case.root / corpus.tables["codings"].path)
    named = Named(case, corpus)
    for segment in segments:
        documents = _documents(case.root / segment.tables["pages"].path)
        present, texts = "", dict[int, str]()
        file = open_table(case.root / segment.tables["notices"].path)
        for batch in file.iter_batches(batch_size=1_000, columns=list(_INDEX_COLUMNS)):
            for row in batch.to_pylist():
                while present != row["document_sha256"]:
                    present, texts = next(documents)
                notice_id = row["notice_id"]
                row |= {**coded.of(notice_id), **named.of(notice_id)}
                yield _index_row(row, texts, joined[notice_id])
            shown.advance(batch.num_rows)


class _Coded:
    """What models and coders say, read beside the notices: both are in the same order."""

    def __init__(self, path: Path) -> None:
        self._rows = read_rows(path, ("notice_id", *_CODED))
        self._next = next(self._rows, None)

    def of(self, notice_id: str) -> dict[str, object]:
        """The columns of a notice to put in the place of its own, if any."""
        if self._next is None or self._next[0] != notice_id:
            return {}
        found = dict(zip(_CODED, self._next[1:], strict=True))
        self._next = next(self._rows, None)
        return found


def _documents(path: Path) -> Iterator[tuple[str, dict[int, str]]]:
    """The texts of each document's pages, in the segment's order of documents."""
    pages = read_rows(path, ("document_sha256", "page", "text", "obtained"))
    for sha256, rows in groupby(pages, key=itemgetter(0)):
        yield str(sha256), {page: readable(text, obtained) for _, page, text, obtained in rows}


_INDEX_COLUMNS = (
    "notice_id", "document_sha256", "pages", "title", "project_name", "buyer", "agency",
    "suppliers", "bidders", "notice_type", "buyer_type", "country", "province", "place",
    "capabilities", "platforms", "target_groups", "functions", "data_sources",
    "published", "first_published", "bid_deadline", "captured_at", "award", "budget", "ceiling",
    "award_usd", "budget_usd", "ceiling_usd",
    "currency", "surveillance", "overseas_target", "sophistication", "sophistication_ladder",
    "method", "project_id", "plan_id", "source_standard", "flags", "basis",
)  # fmt: skip


_CODED = tuple(name for name in tables.CODED_COLUMNS if name in _INDEX_COLUMNS)


def _index_row(
    row: dict[str, object],
    texts: dict[int, str],
    joined: tuple[str, str | None],
) -> IndexRow:
    pages = row["pages"]
    text = "\n".join(texts[number] for number in pages) if isinstance(pages, list) else ""
    basis = str(msgspec.json.decode(str(row["basis"]))["surveillance"])
    copy = joined[1] is not None
    return msgspec.convert(
        {
            **{
                name: row[name]
                for name in row
                if name in IndexRow.__struct_fields__ and row[name] is not None
            },
            "text": text,
            "year": _year(row),
            "amount": _first(row, "award", "budget", "ceiling"),
            "amount_usd": _first(row, "award_usd", "budget_usd", "ceiling_usd"),
            "ladder": row["sophistication_ladder"],
            "project_key": joined[0],
            "duplicate": copy,
            "basis": basis,
            "shown": packed(row, text, basis=basis, copy=copy),
        },
        IndexRow,
        strict=False,
    )


def _year(row: dict[str, object]) -> int | None:
    for name in ("published", "first_published", "bid_deadline", "captured_at"):
        value = row[name]
        if value:
            digits = str(value)[:4]
            return int(digits) if digits.isdigit() else None
    return None


def _first(row: dict[str, object], *names: str) -> float | None:
    found = next((row[name] for name in names if row[name] is not None), None)
    return None if found is None else float(str(found))
