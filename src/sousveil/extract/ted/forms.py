"""Which form of a TED file is read, and what kind of notice it is.

A file holds the notice once for each language it was sent in; the original is read.
"""

import re

from sousveil.extract.elements.paths import splice
from sousveil.extract.elements.reader import Reader
from sousveil.extract.ted.table import AWARD, DOCUMENTS, EXPORT, FORMS, NOTICES, OLD_FORMS
from sousveil.model import NoticeType
from sousveil.text.outline import Element

_PARTICLES = frozenset({"choice", "sequence", "group"})
"""Names of the schema's own parts, which files made from the schema keep around the elements."""

_NUMBER = re.compile(r"F?(T?\d{1,2})(?:_.*)?")


def forms_of(reader: Reader, root: Element) -> list[Element]:
    """The forms of a file, the original first."""
    if "choice" in reader.text or "sequence" in reader.text:
        splice(root, _PARTICLES)
    section = list(reader.all(root, "//FORM_SECTION"))
    found = [
        form
        for holder in section
        for form in holder.children
        if "LG" in form.attributes or form.children
    ]
    if not section and root.name not in ("TED_EXPORT", "TED_ESENDERS"):
        return [root]
    original = reader.said(reader.first(root, "CODED_DATA_SECTION/NOTICE_DATA/LG_ORIG")).upper()

    def rank(form: Element) -> tuple[bool, bool]:
        return (
            reader.attribute(form, "CATEGORY") != "ORIGINAL",
            reader.attribute(form, "LG") != original,
        )

    return sorted(found, key=rank)


def number_of(reader: Reader, form: Element) -> str:
    """The form's number: ``02``, ``T01``; "" where it has none that is known."""
    for name in (form.name, reader.attribute(form, "FORM")):
        if name in OLD_FORMS:
            return OLD_FORMS[name]
        match = _NUMBER.fullmatch(name)
        if match is not None:
            plain = match[1].zfill(2)
            if plain in FORMS:
                return plain
    return ""


def notice_type(reader: Reader, root: Element, form: Element) -> tuple[NoticeType, str]:
    """The type and the word that decided it: the form, else the header's type of document."""
    number = number_of(reader, form)
    if not number:
        document = reader.first(root, *EXPORT["notice_type"].paths)
        code = reader.attribute(document, "CODE")
        return DOCUMENTS.get(code, "other"), f"TD {code}" if code else form.name
    kind = FORMS[number]
    raw = f"F{number}" if number.isdecimal() else number or form.name
    stated = reader.attribute(reader.first(form, "NOTICE"), "TYPE")
    if stated in NOTICES and number not in ("08", "14"):
        kind, raw = NOTICES[stated], stated
    if kind == "award":
        awards = list(reader.all(form, *AWARD["awards"].paths))
        if awards and all(is_void(reader, award) for award in awards):
            return "termination", "NO_AWARDED_CONTRACT"
    return kind, raw


def is_void(reader: Reader, award: Element) -> bool:
    """Whether an award says that nobody got it, and no one who did."""
    void = reader.first(award, *AWARD["lots.outcome"].paths)
    given = reader.first(award, "AWARDED_CONTRACT", "AWARDED_PRIZE")
    return void is not None and given is None
