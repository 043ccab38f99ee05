"""Making read segments visible: joins, projects and index computed anew, then one commit."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import msgspec
import pyarrow.parquet as pq

from sousveil.case import database, tables
from sousveil.case.atomic import storage_errors, sync_files
from sousveil.case.folder import Case
from sousveil.case.manifest import Corpus, Index, Manifest, Segment
from sousveil.case.segments import Row, compact, documents_of, read_rows, without, write_corpus
from sousveil.model import NoticeKey
from sousveil.pipeline import versions
from sousveil.pipeline.progress import Progress, Silent
from sousveil.pipeline.readable import readable
from sousveil.resolve import resolve
from sousveil.resolve.projects import Member, Project, summarise
from sousveil.search import IndexRow, build_index

_key_decoder = msgspec.json.Decoder(NoticeKey)


def publish(case: Case, segments: Sequence[Segment], progress: Progress | None = None) -> Manifest:
    """Join, count, index and commit: readers see all of it at once. The lock must be held.

    Does nothing where nothing changed.
    """
    shown = progress or Silent()
    state = case.manifest()
    merged = compact(case.root, sorted(_latest(case, state, segments), key=lambda s: s.id))
    corpus_key = versions.corpus_key([s.id for s in merged], _provenance(case))
    corpus, index = state.corpus, state.index
    if not corpus or corpus.key != corpus_key or not _there(case, corpus):
        shown.start("Joining", None)
        draft = Manifest(segments=tuple(merged))
        corpus = _corpus(case, corpus_key, merged, draft)
        shown.finish()
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
    segments = list({segment.id: segment for segment in segments}.values())
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


def _corpus(case: Case, key: str, segments: Sequence[Segment], draft: Manifest) -> Corpus:
    resolved = resolve(_keys(case, segments))
    joined = write_corpus(
        case.root,
        key,
        {
            "resolutions": (msgspec.structs.astuple(r) for r in sorted(resolved.resolutions)),
            "joins": (msgspec.structs.astuple(j) for j in sorted(resolved.joins)),
            "projects": (),
        },
    )
    projects = [_project_row(p) for p in _projects(case, draft, joined)]
    return write_corpus(
        case.root,
        key,
        {
            "resolutions": (msgspec.structs.astuple(r) for r in sorted(resolved.resolutions)),
            "joins": (msgspec.structs.astuple(j) for j in sorted(resolved.joins)),
            "projects": projects,
        },
    )


def _keys(case: Case, segments: Sequence[Segment]) -> Iterator[NoticeKey]:
    for segment in segments:
        for (key,) in read_rows(case.root / segment.tables["notices"].path, ("key",)):
            yield _key_decoder.decode(key)


_MEMBER_COLUMNS = tuple(f for f in Member.__struct_fields__ if f != "on")
_DATE = """coalesce(n.published, n.first_published, try_cast(left(n.bid_deadline, 10) AS DATE),
                    try_cast(left(n.captured_at, 10) AS DATE))"""


def _projects(case: Case, draft: Manifest, corpus: Corpus) -> Iterator[Project]:
    """Every project, by key. The date of a notice is its publication, else the nearest it states,
    else the day it was captured."""
    state = msgspec.structs.replace(draft, corpus=corpus)
    columns = ", ".join(f"n.{name}" for name in _MEMBER_COLUMNS)
    with database.connect(case, state) as connection:
        cursor = connection.execute(
            f"SELECT n.project_key, {_DATE}, {columns} FROM notices n ORDER BY n.project_key"
        )
        for key, group in groupby(_fetch(cursor), key=itemgetter(0)):
            yield summarise(key, [_member(row) for row in group])


def _fetch(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while batch := cursor.fetchmany(2_000):
        yield from batch


def _member(row: tuple[object, ...]) -> Member:
    values = dict(zip(_MEMBER_COLUMNS, row[2:], strict=True))
    on = row[1] if isinstance(row[1], date) else None
    return msgspec.convert({**values, "on": on}, Member)


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
    for segment in segments:
        documents = _documents(case.root / segment.tables["pages"].path)
        present, texts = "", dict[int, str]()
        file = pq.ParquetFile(case.root / segment.tables["notices"].path)
        for batch in file.iter_batches(batch_size=1_000, columns=list(_INDEX_COLUMNS)):
            for row in batch.to_pylist():
                while present != row["document_sha256"]:
                    present, texts = next(documents)
                yield _index_row(row, texts, joined[row["notice_id"]])
            shown.advance(batch.num_rows)


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
    "method", "project_id", "plan_id", "source_standard", "flags",
)  # fmt: skip


def _index_row(
    row: dict[str, object],
    texts: dict[int, str],
    joined: tuple[str, str | None],
) -> IndexRow:
    pages = row["pages"]
    text = "\n".join(texts[number] for number in pages) if isinstance(pages, list) else ""
    return msgspec.convert(
        {
            **{
                name: row[name]
                for name in _INDEX_COLUMNS
                if name in IndexRow.__struct_fields__ and row[name] is not None
            },
            "text": text,
            "year": _year(row),
            "amount": _first(row, "award", "budget", "ceiling"),
            "amount_usd": _first(row, "award_usd", "budget_usd", "ceiling_usd"),
            "ladder": row["sophistication_ladder"],
            "project_key": joined[0],
            "duplicate": joined[1] is not None,
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
