"""Parsed pages under private/ serve again where only what follows parsing has changed."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from sousveil.case.folder import Case
from sousveil.case.manifest import Segment
from sousveil.case.segments import read_rows
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
            pages = read_rows(
                case.root / segment.tables["parsed"].path, ("document_sha256", "record")
            )
            for sha256, rows in groupby(pages, key=itemgetter(0)):
                packed = tuple(record for _, record in rows)
                if sha256 in wanted and whole.get(sha256) == len(packed):
                    yield sha256, packed
        except (OSError, pa.ArrowException):
            continue


def _parsed_whole(path: Path) -> dict[str, int]:
    """The number of pages of each document that was parsed without a problem."""
    rows = read_rows(path, ("document_sha256", "status", "failed_records", "pages"))
    return {
        sha256: pages for sha256, status, failed, pages in rows if status != "failed" and not failed
    }
