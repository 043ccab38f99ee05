"""Find personal details in rows of tables by the headings of their columns."""

from collections.abc import Sequence

from sousveil.extract.masking.foreign_tables import is_value
from sousveil.extract.masking.marked import EAST, asks, part_of_supplier
from sousveil.extract.masking.officers import asks_for_person
from sousveil.extract.masking.records import Found, find_in_row
from sousveil.extract.masking.tables import cell_tables
from sousveil.model import Cell

_LONGEST_HEADING = 120
_LABEL_AND_VALUE = 2


def in_record_of_table(text: str, cells: Sequence[Cell]) -> Found:
    """Personal details in the page of one row: its headings in column 0, its values in 1."""
    headings = {cell.row: text[cell.start : cell.end] for cell in cells if cell.column == 0}
    values = [cell for cell in cells if cell.column == 1 and cell.row in headings]
    return find_in_row(text, [(headings[cell.row], cell.start, cell.end) for cell in values])


def in_rows_under_headings(text: str, cells: Sequence[Cell]) -> Found:
    """Personal details in tables whose first row has headings that name natural persons or say
    which suppliers are some; ``in_tables`` reads the Chinese headings of persons."""
    found: Found = []
    if _is_record(text, cells):
        return found
    for rows in cell_tables(cells):
        if len(rows) == 1 or len(rows[0]) == 1:
            continue
        headings = {
            column: " ".join(text[start:end].split()) for column, (start, end) in rows[0].items()
        }
        if not _tells_of_persons([*headings.values()]):
            continue
        for row in rows[1:]:
            values = [(headings[at], *span) for at, span in row.items() if headings.get(at)]
            found += find_in_row(text, values)
    return found


def _tells_of_persons(headings: Sequence[str]) -> bool:
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        return False
    parts = [part for heading in headings if (part := part_of_supplier(heading)) is not None]
    asked = {asks(heading) for heading in headings}
    if any(part.kind == "person" for part in parts) and not asked.isdisjoint({"kind", "flag"}):
        return True
    # Two columns are as often labels with their values, which may fill four too.
    if len(headings) <= _LABEL_AND_VALUE:
        return False
    beside = [*headings[1:], ""]
    asking = [(h, n) for h, n in zip(headings, beside, strict=True) if asks_for_person(h)]
    return any(not EAST.search(h) for h, _ in asking) and not any(
        is_value(n) and part_of_supplier(n) is None for _, n in asking
    )


def _is_record(text: str, cells: Sequence[Cell]) -> bool:
    """Whether a page is the row of a table, whose cells are headings with their values."""
    return len(cells) > 1 and text[cells[0].end : cells[1].start] in (": ", "：")
