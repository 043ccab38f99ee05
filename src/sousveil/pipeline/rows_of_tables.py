"""Reading the rows of a document's tables as people have said, and the rest as it is guessed."""

from collections.abc import Iterator, Sequence

import msgspec

from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import as_told, chosen, guessed, sheet_of, sheets_of
from sousveil.model import Notice, Page
from sousveil.model.mapping import Sheet, TableMapping


def notices_and_sheets(
    pages: Sequence[Page], mappings: Sequence[TableMapping]
) -> tuple[list[Notice], list[Sheet]]:
    """The notices of a document's masked pages, and the tables that were found in it."""
    sheets = sheets_of(pages)
    told = {s.pointer: found for s in sheets if (found := chosen(s, mappings)) is not None}
    notices = list(_read(pages, told) if told else extract_notices(pages))
    by_page = {page.number: sheet_of(page) for page in pages} if sheets else {}
    counts: dict[str, int] = {}
    for notice in notices:
        pointer = by_page.get(notice.page)
        if pointer is not None:
            counts[pointer] = counts.get(pointer, 0) + 1
    return notices, [_described(s, told.get(s.pointer), counts.get(s.pointer, 0)) for s in sheets]


def _read(pages: Sequence[Page], told: dict[str, TableMapping]) -> Iterator[Notice]:
    mapped = [page for page in pages if sheet_of(page) in told]
    numbers = {page.number for page in mapped}
    yield from extract_notices([page for page in pages if page.number not in numbers])
    yield from extract_notices(mapped, (as_told(told),))


def _described(sheet: Sheet, mapping: TableMapping | None, notices: int) -> Sheet:
    if mapping is None:
        return msgspec.structs.replace(sheet, notices=notices, columns=guessed(sheet.headings))
    columns = {h: c for h, c in mapping.columns.items() if h in sheet.headings and c.field}
    return msgspec.structs.replace(sheet, notices=notices, columns=columns, mapping=mapping.digest)
