"""Notices and pages as their tables hold them, back as records, a document at a time."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from sousveil.case.segments import read_rows
from sousveil.model import Coding, Notice, Page

PageRow = tuple[str, int, str | None, str, str, str]
"""A row of the table of pages: the columns ``_PAGE``."""

_PAGE = ("document_sha256", "page", "pointer", "text", "obtained", "media_type")

notice_decoder = msgspec.json.Decoder(Notice)
coding_decoder = msgspec.json.Decoder(Coding)


def documents_of(pages: Path) -> Iterator[tuple[str, dict[int, PageRow]]]:
    """The pages of each document of a segment by number, in the order of documents."""
    for sha256, rows in groupby(read_rows(pages, _PAGE), key=itemgetter(0)):
        yield str(sha256), {row[1]: row for row in rows}


def pages_of(rows: Iterable[PageRow]) -> dict[int, Page]:
    """Pages by number."""
    return {
        number: msgspec.convert(
            {
                "document_sha256": sha256,
                "number": number,
                "pointer": pointer,
                "text": text,
                "obtained": obtained,
                "media_type": media_type,
            },
            Page,
        )
        for sha256, number, pointer, text, obtained, media_type in rows
    }
