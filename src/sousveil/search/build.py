"""Writing an index: a new one from rows, or a changed copy of an old one. One commit each."""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import tantivy

from sousveil.errors import CaseError, StorageError
from sousveil.search.fields import row_values, row_words
from sousveil.search.index import STAMP, check_stamp
from sousveil.search.rows import IndexRow
from sousveil.search.schema import (
    ID,
    SCHEMA_VERSION,
    TOKENIZER,
    WORD_FIELDS,
    analyzer,
    document,
    schema,
)

HEAP_BYTES = 64_000_000
"""Memory of the writer before it writes a segment; 15 MB is its least."""
_LEAST_HEAP = 15_000_000
_BATCH_CHARS = 60_000
BOUNDARY = "¦ "


def build_index(rows: Iterable[IndexRow], folder: Path, *, heap_bytes: int = HEAP_BYTES) -> int:
    """Write a complete index of the rows into an empty (or new) folder; return how many.

    Holds a few rows and ``heap_bytes`` in memory, whatever their number. The answers do not
    depend on the order of the rows. Raises CaseError if the folder holds something, StorageError
    if the disk is full or refuses; the folder is then to be thrown away.
    """
    with _refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CaseError(f"{folder} is not empty.", "Build the index into a new folder.")
        index = tantivy.Index(schema(), str(folder))
        count = _write(index, rows, (), heap_bytes)
        _stamp(folder)
    return count


def extend_index(
    old: Path,
    new: Path,
    rows: Iterable[IndexRow],
    removed_ids: Collection[str] = (),
    *,
    heap_bytes: int = HEAP_BYTES,
) -> int:
    """Write a copy of an index without the removed notices and with the rows; return how many rows.

    A row whose id the old index has replaces it. The old index is not touched: files that never
    change are shared by hard links where the disk can. Finds what a full build finds; only scores
    may differ by a trace until the files of removed notices are merged away. Raises as build_index.
    """
    check_stamp(old)
    with _refusals(new):
        new.mkdir(parents=True, exist_ok=True)
        if any(new.iterdir()):
            raise CaseError(f"{new} is not empty.", "Build the index into a new folder.")
        for file in old.iterdir():
            if file.name != STAMP and not file.name.endswith(".lock"):
                _share(file, new / file.name)
        index = tantivy.Index.open(str(new))
        count = _write(index, rows, removed_ids, heap_bytes, replace=True)
        _stamp(new)  # last: without it there is no index
    return count


def _write(
    index: tantivy.Index,
    rows: Iterable[IndexRow],
    removed_ids: Collection[str],
    heap_bytes: int,
    *,
    replace: bool = False,
) -> int:
    index.register_tokenizer(TOKENIZER, analyzer())
    # One thread: it works beside this one, and segments come in the order of the rows.
    writer = index.writer(max(heap_bytes, _LEAST_HEAP), 1)
    for notice_id in removed_ids:
        writer.delete_documents_by_term(ID, notice_id)
    count = 0
    for batch in _batches(rows):
        for row, doc in zip(batch, _documents(batch), strict=True):
            if replace:
                writer.delete_documents_by_term(ID, row.notice_id)
            writer.add_document(doc)
            count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def _batches(rows: Iterable[IndexRow]) -> Iterator[list[IndexRow]]:
    """Rows in lists of about _BATCH_CHARS of text: arrays pay off from there."""
    batch: list[IndexRow] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.text) + 200
        if size >= _BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _documents(batch: list[IndexRow]) -> Iterator[tantivy.Document]:
    """Documents of the rows, all their texts encoded at once."""
    # numpy takes longer to import than a search takes; readers of an index never need it.
    from sousveil.search.encode import encode

    texts: list[str] = []
    for row in batch:
        texts += row_words(row, None)
        for spec in WORD_FIELDS:
            texts += row_values(row, spec)
    encoded = iter(encode(texts))
    for row in batch:
        everything = _side_by_side(encoded, len(row_words(row, None)))
        fields = {
            spec.name: _side_by_side(encoded, count)
            for spec in WORD_FIELDS
            if (count := len(row_values(row, spec)))
        }
        yield document(row, everything, fields)


def _side_by_side(encoded: Iterator[str], count: int) -> str:
    """The next ``count`` texts as one, with a term between them that no query can ask for."""
    return BOUNDARY.join(islice(encoded, count))


def _share(file: Path, copy: Path) -> None:
    """Link a file, or copy it: meta files are replaced, not written into, so links are safe."""
    try:
        os.link(file, copy)
    except OSError:
        shutil.copyfile(file, copy)


def _stamp(folder: Path) -> None:
    (folder / STAMP).write_text(json.dumps({"schema_version": SCHEMA_VERSION}), encoding="utf-8")


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """The index's and the system's refusals to write as StorageError."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise StorageError(
            f"The search index in {folder} could not be written.",
            "See that the disk has space and may be written to, then run the command again.",
        ) from error
