"""Rows of exported tables and objects of exported JSON into notices."""

from collections.abc import Mapping

from sousveil.extract.extractor import Extractor
from sousveil.extract.tabular.extractor import NAME, VERSION, accepts, extract
from sousveil.extract.tabular.headings import field_names
from sousveil.extract.tabular.sheets import chosen, guessed, sheet_of, sheets_of
from sousveil.model.mapping import TableMapping

EXTRACTOR = Extractor(
    name=NAME,
    version=VERSION,
    description="rows of tables and objects of JSON whose headings say what they hold",
    accepts=accepts,
    extract=extract,
)


def as_told(mappings: Mapping[str, TableMapping]) -> Extractor:
    """The extractor for rows of tables that a person has described; by the table's pointer."""
    return Extractor(
        name=NAME,
        version=VERSION,
        description=EXTRACTOR.description,
        accepts=lambda pages: accepts(pages, mappings[sheet_of(pages[0]) or ""]),
        extract=lambda pages: extract(pages, mappings[sheet_of(pages[0]) or ""]),
    )


__all__ = [
    "EXTRACTOR", "as_told", "chosen", "field_names", "guessed", "sheet_of", "sheets_of",
]  # fmt: skip
