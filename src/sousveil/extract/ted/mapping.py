"""The reference page of what is read from TED forms, written from the extractor's own tables."""

from sousveil.extract.elements.mapping import codes, markdown, roles
from sousveil.extract.ted.table import (
    AWARD,
    DOCUMENTS,
    EXPORT,
    FORM,
    FORMS,
    LOT,
    NOTICES,
    OLD_FORMS,
    SECTIONS,
)

_INTRODUCTION = """\
Which element of a TED notice (schemas R2.0.8 and R2.0.9) is read into which field, and the path of
the same thing in OCDS 1.1 and its extensions. Written by `python -m scripts.make_mappings` from the
tables that the extractor reads with (`extract/ted/table.py`). Several elements are tried in the
order given; the form in the original language comes before the header. `A/B` is a child, `A//B`
anything inside, `PT_*` a name that begins so. Elements with `PUBLICATION="NO"` are absent."""


def page() -> str:
    """The page as Markdown."""
    tables = (
        ("The form in the original language", FORM),
        ("The header, from `TED_EXPORT`", EXPORT),
        ("Lots", LOT),
        ("Awards", AWARD),
    )
    return (
        markdown("TED: source elements, fields, OCDS", _INTRODUCTION, tables)
        + codes("Forms", "Form", "Notice type", FORMS)
        + codes("Forms of several uses", "`NOTICE TYPE`", "Notice type", NOTICES)
        + codes("Types of document, of forms without a number", "Code", "Notice type", DOCUMENTS)
        + codes("Forms of R2.0.8", "Element", "Form", OLD_FORMS)
        + roles(SECTIONS)
    )
