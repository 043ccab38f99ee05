"""Writing derived tables as Parquet: segments of documents, corpus tables, and compaction."""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sousveil.case import tables
from sousveil.case.atomic import storage_errors, sync_files, sync_folder
from sousveil.case.manifest import Corpus, Segment, TableFile

Row = tuple[object, ...]

SEGMENT_TABLES: dict[str, pa.Schema] = {
    "pages": tables.PAGES,
    "notices": tables.NOTICES,
    "outcomes": tables.OUTCOMES,
    "parsed": tables.PARSED_PAGES,
}
"""Tables of a segment. ``parsed`` is unmasked and lives under private/."""

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
    built = {name: table_of(rows.get(name, ()), schema) for name, schema in SEGMENT_TABLES.items()}
    documents = sorted({str(row[0]) for row in (*rows.get("outcomes", ()), *rows["pages"])})
    digest = hashlib.sha256("\n".join([key, partial_of or "", *documents]).encode())
    if partial_of and rows["pages"]:
        first, last = rows["pages"][0], rows["pages"][-1]
        digest.update(f"{first[1]}-{last[1]}".encode())
    return _write(root, digest.hexdigest()[:20], key, len(rows.get("outcomes", ())), built,
                  partial_of)  # fmt: skip


def _place(root: Path, name: str, table: str) -> tuple[Path, str]:
    """Where a segment's table stands; its folder is made. Unmasked pages stand under private/."""
    top = "private" if table == "parsed" else "derived"
    relative = f"{top}/segments/{name}/{table}.parquet"
    path = root / relative
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    return path, relative


def _write(
    root: Path,
    name: str,
    key: str,
    documents: int,
    built: dict[str, pa.Table],
    partial_of: str | None,
) -> Segment:
    files: dict[str, TableFile] = {}
    paths = []
    for table, content in built.items():
        path, relative = _place(root, name, table)
        with storage_errors(path):
            pq.write_table(content, path, compression="zstd", row_group_size=20_000)
        files[table] = TableFile(relative, content.num_rows)
        paths.append(path)
    sync_files(root / "derived", paths)
    return Segment(name, key, documents, files, partial_of)


def write_corpus(root: Path, key: str, rows: dict[str, Iterable[Row]]) -> Corpus:
    """Write the tables computed over all notices; ``rows`` maps table names to their rows."""
    folder = root / "derived" / "corpus" / key[:20]
    with storage_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        files: dict[str, TableFile] = {}
        paths = []
        for table, items in rows.items():
            path = folder / f"{table}.parquet"
            schema, count = tables.TABLES[table], 0
            with pq.ParquetWriter(path, schema, compression="zstd") as writer:
                for chunk in _chunks(items, 10_000):
                    writer.write_table(table_of(chunk, schema))
                    count += len(chunk)
            files[table] = TableFile(path.relative_to(root).as_posix(), count)
            paths.append(path)
        sync_files(folder, paths)
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


def _merge(root: Path, group: Sequence[Segment]) -> Segment:
    """One segment out of several, table by table and file by file: never all rows in memory."""
    name = hashlib.sha256("\n".join(s.id for s in group).encode()).hexdigest()[:20]
    files: dict[str, TableFile] = {}
    paths = []
    for table, schema in SEGMENT_TABLES.items():
        path, relative = _place(root, name, table)
        count = 0
        with storage_errors(path), pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for segment in group:
                source = root / segment.tables[table].path
                if table == "parsed" and not source.exists():
                    continue  # private/ may be deleted at any time
                for batch in pq.ParquetFile(source).iter_batches(2_000):
                    writer.write_batch(batch)
                    count += batch.num_rows
        files[table] = TableFile(relative, count)
        paths.append(path)
    sync_files(root / "derived", paths)
    return Segment(name, group[0].key, sum(s.documents for s in group), files)
