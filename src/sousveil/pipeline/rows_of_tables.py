"""Reading the rows of a document's tables as people have said, and the rest as it is guessed."""

from collections.abc import Iterator, Sequence

import msgspec

from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import as_told, chosen, guessed, sheet_of, sheets_of
from sousveil.model import Notice, Page
from sousveil.model.mapping import Sheet, TableMapping
from sousveil.pipeline.table_country import with_country


def notices_and_sheets(
    pages: Sequence[Page], mappings: Sequence[TableMapping]
) -> tuple[list[Notice], list[Sheet]]:
    """The notices of a document's masked pages, and the tables that were found in it."""
    sheets = sheets_of(pages)
    told = {s.pointer: found for s in sheets if (found := chosen(s, mappings)) is not None}
    notices = list(_read(pages, told) if told else extract_notices(pages))
    if not sheets:
        return notices, []
    by_page = {page.number: sheet_of(page) for page in pages}
    rows: dict[str | None, list[Notice]] = {}
    for notice in notices:
        rows.setdefault(by_page.get(notice.page), []).append(notice)
    read = [
        notice
        for pointer, own in rows.items()
        for notice in (own if pointer is None else with_country(own))
    ]
    described = (_described(s, told.get(s.pointer), len(rows.get(s.pointer, ()))) for s in sheets)
    return read, list(described)


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
