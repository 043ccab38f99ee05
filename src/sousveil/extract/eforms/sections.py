"""Which words of an eForms notice say what is bought, and which are the form's own."""

from sousveil.extract.eforms.table import SECTIONS
from sousveil.extract.elements.reader import Reader
from sousveil.model.document import Section
from sousveil.text.outline import Element

_MOST = 5000
"""Sections of one notice: some list hundreds of lots."""

_ENGLISH = "ENG"


def find_sections(
    reader: Reader, root: Element, title: Element | None, language: str
) -> tuple[Section, ...]:
    """Sections in the order of the text: in the notice's language, and in English beside it.

    Of a text in more languages the others stay on the page, to be found and read; counted once
    again each they would weigh a notice by its languages.
    """
    found: dict[int, Section] = {}
    if title is not None and (section := reader.section("title", title)) is not None:
        found[section.start] = section
    for role, paths in SECTIONS.items():
        for element in _read(reader, root, paths, language):
            section = reader.section(role, element)
            if section is not None and len(found) < _MOST:
                found.setdefault(section.start, section)
    return tuple(found[start] for start in sorted(found))


def _read(reader: Reader, root: Element, paths: tuple[str, ...], language: str) -> list[Element]:
    kept: list[Element] = []
    for path in paths:
        elements = list(reader.all(root, path))
        languages = {reader.attribute(element, "languageID") for element in elements}
        wanted = languages & {language, _ENGLISH, ""} or languages
        kept += [e for e in elements if reader.attribute(e, "languageID") in wanted]
    return kept
