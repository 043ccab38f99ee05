"""Find everything personal in a text: one list of spans that do not overlap."""

from collections.abc import Sequence

from sousveil.extract.masking.accounts import accounts, bank_accounts
from sousveil.extract.masking.columns_of_numbers import in_number_columns
from sousveil.extract.masking.contact_lines import named_before, named_behind_bodies
from sousveil.extract.masking.east import eastern_persons
from sousveil.extract.masking.emails import emails
from sousveil.extract.masking.fold import fold
from sousveil.extract.masking.foreign import foreign_persons
from sousveil.extract.masking.foreign_tables import in_foreign_tables
from sousveil.extract.masking.identity import home_addresses, identity_numbers
from sousveil.extract.masking.persons import beside_phone, labelled, presented, titled
from sousveil.extract.masking.phones import digit_runs, phones
from sousveil.extract.masking.phones_abroad import phones_abroad
from sousveil.extract.masking.propagate import propagate
from sousveil.extract.masking.prose import reached
from sousveil.extract.masking.roles import in_roles
from sousveil.extract.masking.rows_of_names import in_rows
from sousveil.extract.masking.tables import in_tables, tables_of
from sousveil.extract.masking.targets import named_targets
from sousveil.extract.masking.uncased import uncased_persons
from sousveil.model import Cell
from sousveil.model.document import MaskKind

Span = tuple[int, int]

_ORDER: dict[MaskKind, int] = {
    "email": 0,
    "id_number": 1,
    "phone": 2,
    "account": 3,
    "address": 4,
    "person": 5,
}


def find_personal(
    text: str, cells: Sequence[Cell] = (), known: Sequence[str] = ()
) -> list[tuple[MaskKind, int, int]]:
    """Personal details in ``text`` as (kind, start, end), in order, none overlapping.

    ``cells`` are the table cells of the text; ``known`` names of persons known from elsewhere in
    the document, masked wherever they stand as persons.
    """
    folded = fold(text)
    work = folded.text
    spans = _contacts(work)
    numbers = [span for kind, span in spans if kind == "phone"]
    parties: list[Span] = []
    cells = () if folded.moved else cells
    tables = tables_of(work, cells)
    persons = foreign_persons(work) + reached(work) + named_targets(work)
    persons += in_foreign_tables(work, tables if cells else ())
    if not work.isascii():
        names, sole = labelled(work)
        columns, sole_columns = in_tables(work, tables)
        parties = sole + sole_columns
        persons += names + columns + parties + titled(work) + presented(work)
        persons += eastern_persons(work) + uncased_persons(work) + in_rows(work, tables)
        persons += in_roles(work) + named_behind_bodies(work)
        for start, end in numbers:
            persons += beside_phone(work, start, end) + named_before(work, start)
    persons = _clean(persons)
    spans += in_number_columns(work, tables)
    spans += [("address", span) for span in home_addresses(work, parties, persons)]
    spans += [("account", span) for span in bank_accounts(work, parties)]
    names_found = [work[start:end] for start, end in persons]
    persons += propagate(work, [*names_found, *(fold(name).text for name in known)], persons)
    spans += [("person", span) for span in persons]
    flat = [(kind, start, end) for kind, (start, end) in spans]
    return [(kind, *folded.span(start, end)) for kind, start, end in without_overlap(flat)]


def _contacts(work: str) -> list[tuple[MaskKind, Span]]:
    """Numbers, addresses of mail and accounts: found before names, which lean on them."""
    found: list[tuple[MaskKind, Span]] = []
    runs = digit_runs(work)
    mails, handles = emails(work)
    found += [("email", span) for span in mails]
    found += [("id_number", span) for span in identity_numbers(work, runs)]
    found += [("phone", span) for span in phones(work, runs)]
    found += [("phone", span) for span in phones_abroad(work, runs)]
    found += [("account", span) for span in accounts(work, handles)]
    return found


def _clean(spans: list[Span]) -> list[Span]:
    return sorted({span for span in spans if span[1] > span[0]})


def without_overlap(
    spans: list[tuple[MaskKind, int, int]],
) -> list[tuple[MaskKind, int, int]]:
    """Spans in order of place; where two overlap, the kind that is surer and then the longer wins.

    What the loser covers beyond the winner stays masked: the winner is widened to it.
    """
    result: list[tuple[MaskKind, int, int]] = []
    for kind, start, end in sorted(spans, key=lambda item: (item[1], -item[2])):
        if result and start < result[-1][2]:
            last, first, stop = result[-1]
            surer = kind if _ORDER[kind] < _ORDER[last] else last
            result[-1] = (surer, first, max(end, stop))
        else:
            result.append((kind, start, end))
    return result
