"""Parsed pages under private/ serve again where only what follows parsing has changed."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sousveil.case.folder import Case
from sousveil.case.manifest import Segment
from sousveil.pipeline import versions


def kept_pages(
    case: Case, segments: Sequence[Segment], wanted: Collection[str]
) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """The SHA-256 of each wanted document whose parsed pages still hold, and its packed pages.

    Only of documents that were parsed whole: what was wrong with the others is told by parsing.
    private/ may be deleted or damaged at any time; what is not there is parsed again.
    """
    for segment in segments:
        if segment.partial_of or not versions.parsed_alike(segment.key):
            continue
        try:
            whole = _parsed_whole(case.root / segment.tables["outcomes"].path)
            pages = _pages(case.root / segment.tables["parsed"].path)
            for sha256, rows in groupby(pages, key=itemgetter(0)):
                packed = tuple(record for _, record in rows)
                if sha256 in wanted and whole.get(sha256) == len(packed):
                    yield sha256, packed
        except (OSError, pa.ArrowException):
            continue


def _parsed_whole(path: Path) -> dict[str, int]:
    """The number of pages of each document that was parsed without a problem."""
    names = ["document_sha256", "status", "failed_records", "pages"]
    table = pq.read_table(path, columns=names)
    columns = (table.column(name).to_pylist() for name in names)
    return {
        sha256: pages
        for sha256, status, failed, pages in zip(*columns, strict=True)
        if status != "failed" and not failed
    }


def _pages(path: Path) -> Iterator[tuple[str, bytes]]:
    columns = ["document_sha256", "record"]
    for batch in pq.ParquetFile(path).iter_batches(batch_size=100, columns=columns):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
