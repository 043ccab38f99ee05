"""Tables of purchase intentions (财库〔2020〕10号): every row announces a purchase of its own."""

from collections import Counter

import msgspec

from sousveil.extract.chinese.amounts import money
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.table import INTENTION
from sousveil.extract.chinese.tables import Record
from sousveil.extract.chinese.values import organisation, text_field
from sousveil.model import Field, Money, Section


class Intention(msgspec.Struct, gc=False):
    """One row: what is to be bought, for how much, by whom, and where the row says so."""

    name: Field[str]
    budget: Field[Money] | None
    buyer: Field[str] | None
    sections: tuple[Section, ...]
    masked: Counter[str]
    flags: tuple[str, ...]


def intentions(reading: Reading) -> tuple[Intention, ...]:
    """The rows that name a purchase, in their order."""
    (name,) = INTENTION["project_name"].paths
    rows = (_read(reading, record) for record in reading.records if name in record.cells)
    return tuple(row for row in rows if row is not None)


def _read(reading: Reading, record: Record) -> Intention | None:
    source = reading.source
    cells = {
        field: next((record.cells[label] for label in column.paths if label in record.cells), None)
        for field, column in INTENTION.items()
    }
    cell = cells["project_name"]
    if cell is None:
        return None
    name = text_field(source, cell.start, cell.end, 0.95)
    if name is None:
        return None
    budget, buyer = cells["budget"], cells["buyer"]
    spans = record.cells.values()
    page, first, last = source.on_page(min(v.start for v in spans), max(v.end for v in spans))
    sections = [Section("name", page.number, name.evidence.start, name.evidence.end)]
    need = cells["purpose"]
    if need is not None and need.start < need.end:
        on, start, end = source.on_page(need.start, need.end)
        sections.append(Section("purpose", on.number, start, end))
    of_notice, reading.flags = reading.flags, set()
    amount = (
        money(reading, budget.start, budget.end, budget.label.hint, "budget") if budget else None
    )
    own, reading.flags = reading.flags, of_notice
    return Intention(
        name,
        amount,
        organisation(source, buyer.start, buyer.end, 0.95) if buyer else None,
        tuple(sections),
        Counter(span.kind for span in page.masked if first <= span.start < last),
        tuple(sorted(own)),
    )
