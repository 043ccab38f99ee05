"""The tables that a document's records stand in, what is guessed of them, and whose word counts."""

from collections.abc import Iterable, Sequence

from sousveil.extract.tabular.headings import currency_of, fields_of, unit_of
from sousveil.model import Page
from sousveil.model.mapping import Column, Sheet, TableMapping

_MARKS = ("：", ": ")


def sheet_of(page: Page) -> str | None:
    """The pointer of the table that a page is a row of; None where it is no row."""
    if page.pointer is None or page.obtained == "record" or not page.cells:
        return None
    first, second = page.cells[0], page.cells[1] if len(page.cells) > 1 else page.cells[0]
    if (first.column, second.column) != (0, 1) or first.row != second.row:
        return None
    if page.text[first.end : second.start] not in _MARKS:
        return None
    return page.pointer.rpartition("/")[0]


def sheets_of(pages: Iterable[Page]) -> list[Sheet]:
    """Every table of a document, with its headings in their order and the number of its rows."""
    headings: dict[str, dict[str, None]] = {}
    firsts: dict[str, Page] = {}
    rows: dict[str, int] = {}
    for page in pages:
        pointer = sheet_of(page)
        if pointer is None:
            continue
        firsts.setdefault(pointer, page)
        rows[pointer] = rows.get(pointer, 0) + 1
        known = headings.setdefault(pointer, {})
        own = [page.text[c.start : c.end] for c in page.cells if c.column == 0]
        if not known.keys() >= set(own):
            headings[pointer] = _merged(list(known), own)
    return [
        Sheet(page.document_sha256, page.number, pointer, tuple(headings[pointer]), rows[pointer])
        for pointer, page in firsts.items()
    ]


def _merged(known: Sequence[str], own: Sequence[str]) -> dict[str, None]:
    """Both lists in one order: what is new stands behind its neighbour on the left."""
    merged = list(known)
    at = 0
    for heading in own:
        if heading in merged:
            at = merged.index(heading) + 1
        else:
            merged.insert(at, heading)
            at += 1
    return dict.fromkeys(merged)


def guessed(headings: Sequence[str]) -> dict[str, Column]:
    """What each heading is taken to mean, in the order of the columns; of several for one field
    the better stands first."""
    found = fields_of(headings)
    places: dict[str, list[str]] = {}
    for heading, (field, _) in found.items():
        places.setdefault(field, []).append(heading)
    queues = {
        field: iter(sorted(own, key=lambda heading: found[heading][1]))
        for field, own in places.items()
    }
    ordered = [next(queues[field]) for field, _ in found.values()]
    return {heading: _column(heading, found[heading][0]) for heading in ordered}


def _column(heading: str, field: str) -> Column:
    if field not in ("budget", "ceiling", "award"):
        return Column(field)
    return Column(field, unit_of(heading) or "", currency_of(heading) or "")


def chosen(sheet: Sheet, mappings: Iterable[TableMapping]) -> TableMapping | None:
    """The first mapping that is for this table; None where the guess stands, or says the same."""
    for mapping in mappings:
        if set(mapping.headings) <= set(sheet.headings):
            return None if _says_nothing_new(mapping, sheet) else mapping
    return None


def _says_nothing_new(mapping: TableMapping, sheet: Sheet) -> bool:
    plain = mapping.notices and not (mapping.notice_type or mapping.currency or mapping.country)
    there = {h: c for h, c in mapping.columns.items() if h in sheet.headings and c.field}
    return plain and list(there.items()) == list(guessed(sheet.headings).items())
