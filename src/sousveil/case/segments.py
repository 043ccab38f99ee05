"""Writing derived tables as Parquet: segments of documents, corpus tables, and compaction."""

import hashlib
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sousveil.case import tables
from sousveil.case.atomic import storage_errors, sync_files, sync_folder
from sousveil.case.manifest import Corpus, Segment, TableFile

Row = tuple[object, ...]

SEGMENT_TABLES: dict[str, pa.Schema] = {
    "pages": tables.PAGES,
    "notices": tables.NOTICES,
    "outcomes": tables.OUTCOMES,
    "sheets": tables.SHEETS,
    "parsed": tables.PARSED_PAGES,
}
"""Tables of a segment. ``parsed`` is unmasked and lives under private/."""

EXTRACTED = "extracted"
"""The table of a segment's notices as they were extracted, where some were corrected since."""

COMPACT_BELOW = 4_000
"""Documents in a segment below which it is merged with its neighbours."""

COMPACT_TO = 20_000
"""Documents at which a merged segment is full: bounds memory when segments are read whole."""


def table_of(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Rows (values in the schema's order) as an Arrow table."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [_array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(column: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_decimal(kind) or pa.types.is_date(kind):
        # Rows cross from workers as plain data: numbers and days as text.
        return pa.array([None if v is None else str(v) for v in column], pa.string()).cast(kind)
    return pa.array(column, kind)


def write_segment(
    root: Path, key: str, rows: dict[str, Sequence[Row]], partial_of: str | None = None
) -> Segment:
    """Write one segment's tables; it exists once a manifest names it.

    ``rows`` has a list for each of SEGMENT_TABLES. The same rows give the same id. Raises
    StorageError.
    """
    built: dict[str, Iterable[pa.Table | pa.RecordBatch]] = {
        name: [table_of(rows.get(name, ()), schema)] for name, schema in SEGMENT_TABLES.items()
    }
    documents = sorted({str(row[0]) for row in (*rows.get("outcomes", ()), *rows["pages"])})
    digest = hashlib.sha256("\n".join([key, partial_of or "", *documents]).encode())
    for row in (
        *rows.get("outcomes", ()),
        *rows.get("sheets", ()),
    ):  # a document read again may fare otherwise
        digest.update(repr(row).encode())
    if partial_of and rows["pages"]:
        first, last = rows["pages"][0], rows["pages"][-1]
        digest.update(f"{first[1]}-{last[1]}".encode())
    return _write(root, digest.hexdigest()[:20], key, len(rows.get("outcomes", ())), built,
                  partial_of)  # fmt: skip


def _write(
    root: Path,
    name: str,
    key: str,
    documents: int,
    built: dict[str, Iterable[pa.Table | pa.RecordBatch]],
    partial_of: str | None = None,
) -> Segment:
    """Write each of SEGMENT_TABLES, given in parts. Unmasked pages go under private/."""
    files: dict[str, TableFile] = {}
    for table, parts in built.items():
        top = "private" if table == "parsed" else "derived"
        relative = f"{top}/segments/{name}/{table}.parquet"
        files[table] = _write_table(root, relative, SEGMENT_TABLES[table], parts)
    sync_files(root / "derived", [root / file.path for file in files.values()])
    return Segment(name, key, documents, files, partial_of)


def _write_table(
    root: Path, relative: str, schema: pa.Schema, parts: Iterable[pa.Table | pa.RecordBatch]
) -> TableFile:
    path, count = root / relative, 0
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as writer:
            for part in parts:
                writer.write(part, row_group_size=20_000)
                count += part.num_rows
    return TableFile(relative, count)


def open_table(path: Path) -> pq.ParquetFile:
    """A table to read, each page checked against its checksum: compression alone tells few of the
    bits that a disk loses. Raises OSError or pyarrow.ArrowException where it is not there or
    damaged, there or when it is read."""
    return pq.ParquetFile(path, page_checksum_verification=True)


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, of these columns in this order, a few at a time.

    Raises OSError or pyarrow.ArrowException where the file is not there or damaged.
    """
    with open_table(path) as file:
        for batch in file.iter_batches(batch_size=500, columns=list(columns)):
            yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)


def write_corpus(root: Path, key: str, rows: dict[str, Iterable[Row]]) -> Corpus:
    """Write the tables computed over all notices; ``rows`` maps table names to their rows."""
    folder = root / "derived" / "corpus" / key[:20]
    with storage_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        files = {
            table: _write_table(
                root,
                (folder / f"{table}.parquet").relative_to(root).as_posix(),
                tables.TABLES[table],
                (table_of(chunk, tables.TABLES[table]) for chunk in _chunks(items, 10_000)),
            )
            for table, items in rows.items()
        }
        sync_files(folder, [root / file.path for file in files.values()])
        sync_folder(folder.parent)
    return Corpus(key, files)


def _chunks(items: Iterable[Row], size: int) -> Iterable[list[Row]]:
    chunk: list[Row] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def compact(root: Path, segments: Sequence[Segment]) -> list[Segment]:
    """Merge small segments of one key, so that many small additions do not leave many small files.

    Parts of one large document stay as they are. Order is kept; full segments are untouched.
    """
    result: list[Segment] = []
    group: list[Segment] = []

    def close() -> None:
        if len(group) > 1:
            result.append(_merge(root, group))
        else:
            result.extend(group)
        group.clear()

    for segment in segments:
        if segment.partial_of or segment.documents >= COMPACT_BELOW:
            close()
            result.append(segment)
            continue
        if group and (
            group[0].key != segment.key
            or sum(s.documents for s in group) + segment.documents > COMPACT_TO
        ):
            close()
        group.append(segment)
    close()
    return result


def documents_of(root: Path, segment: Segment) -> set[str]:
    """The SHA-256 of the documents whose outcome stands in a segment."""
    path = root / segment.tables["outcomes"].path
    return {sha256 for (sha256,) in read_rows(path, ("document_sha256",))}


def without(root: Path, segment: Segment, documents: Collection[str]) -> Segment | None:
    """The segment without the rows of these documents; None where nothing would be left."""
    if segment.partial_of in documents:
        return None
    present = documents_of(root, segment)
    dropped = sorted(present.intersection(documents))
    if not dropped:
        return segment
    left = len(present) - len(dropped)
    if not left:
        return None
    name = hashlib.sha256("\n".join([segment.id, "without", *dropped]).encode()).hexdigest()[:20]
    built: dict[str, Iterable[pa.Table | pa.RecordBatch]] = {
        table: _kept(_batches(root, table, [segment]), pa.array(dropped, pa.string()))
        for table in SEGMENT_TABLES
    }
    return _write(root, name, segment.key, left, built)


def as_extracted(segment: Segment) -> Segment:
    """The segment with its notices as they were extracted, whatever people corrected since."""
    extracted = segment.tables.get(EXTRACTED)
    if extracted is None:
        return segment
    own = {name: file for name, file in segment.tables.items() if name != EXTRACTED}
    return msgspec.structs.replace(segment, tables={**own, "notices": extracted})


def with_notices(root: Path, segment: Segment, name: str, rows: Mapping[str, Row]) -> Segment:
    """The segment with these rows, by notice id, in the place of those that were extracted, which
    are kept beside them. ``name`` is the folder's. Raises StorageError."""
    extracted = segment.tables["notices"]
    relative = f"derived/segments/{name}/notices.parquet"
    written = _write_table(root, relative, tables.NOTICES, _with(root / extracted.path, rows))
    sync_files(root / "derived", [root / relative])
    files = {**segment.tables, "notices": written, EXTRACTED: extracted}
    return msgspec.structs.replace(segment, tables=files)


def _with(path: Path, rows: Mapping[str, Row]) -> Iterator[pa.Table | pa.RecordBatch]:
    with open_table(path) as file:
        for batch in file.iter_batches(2_000):
            ids = batch.column("notice_id").to_pylist()
            if rows.keys().isdisjoint(ids):
                yield batch
                continue
            every = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            yield table_of([rows.get(row[0], row) for row in every], tables.NOTICES)


def _kept(batches: Iterable[pa.RecordBatch], dropped: pa.Array) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield batch.filter(pc.invert(pc.is_in(batch.column("document_sha256"), dropped)))


def _merge(root: Path, group: Sequence[Segment]) -> Segment:
    """One segment out of several, a few rows at a time: never all in memory."""
    name = hashlib.sha256("\n".join(s.id for s in group).encode()).hexdigest()[:20]
    built: dict[str, Iterable[pa.Table | pa.RecordBatch]] = {
        table: _batches(root, table, group) for table in SEGMENT_TABLES
    }
    return _write(root, name, group[0].key, sum(s.documents for s in group), built)


def _batches(root: Path, table: str, group: Sequence[Segment]) -> Iterator[pa.RecordBatch]:
    for segment in group:
        path = root / segment.tables[table].path
        if table == "parsed" and not path.exists():
            continue  # private/ may be deleted at any time
        with open_table(path) as file:
            yield from file.iter_batches(2_000)
