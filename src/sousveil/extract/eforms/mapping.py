"""The reference page of what is read from eForms, written from the extractor's own tables."""

from sousveil.extract.eforms.table import (
    EXTENSION,
    LOT,
    NOTICE,
    ORGANISATION,
    RESULT,
    SECTIONS,
    SUBTYPES,
    TYPES,
)
from sousveil.extract.elements.mapping import codes, markdown, roles

_INTRODUCTION = """\
Which element of an eForms notice is read into which field, and the path of the same thing in OCDS
1.1 and its extensions. Written by `python -m scripts.make_mappings` from the tables that the
extractor reads with (`extract/eforms/table.py`). Several elements are tried in the order given.
`A/B` is a child, `A//B` anything inside, `…` stands for
`UBLExtensions/UBLExtension/ExtensionContent/EformsExtension`; names stand without prefixes, which
differ from sender to sender. Elements that the buyer withholds (BT-195) are absent, as are `-1`,
`unpublished` and 1970."""


def page() -> str:
    """The page as Markdown."""
    tables = (
        ("Notice", NOTICE),
        ("Lots, from `ProcurementProjectLot`", LOT),
        ("Results, from `NoticeResult`", RESULT),
        ("Organisations, from `Organizations/Organization`", ORGANISATION),
    )
    written = (
        markdown("eForms: source elements, fields, OCDS", _INTRODUCTION, tables)
        + codes("Notice subtypes", "Subtype", "Notice type", SUBTYPES)
        + codes("Notice types, where the subtype is missing", "Code", "Notice type", TYPES)
        + roles(SECTIONS)
    )
    introduction, tables_begin, rest = written.partition("\n## ")
    return introduction + tables_begin + rest.replace(EXTENSION, "…")
