"""Which words of a TED notice say what is bought: of the original, and of the English beside it.

Other languages stay on the page, to be found and read; counted once again each they would weigh a
notice by its languages.
"""

from sousveil.extract.elements.reader import Reader
from sousveil.extract.ted.table import EXPORT, SECTIONS
from sousveil.extract.ted.values import words
from sousveil.model.document import Section
from sousveil.text.outline import Element, Span

_MOST = 5000
_HEADER_CPV = ("CODED_DATA_SECTION/NOTICE_DATA/ORIGINAL_CPV",)


def find_sections(
    reader: Reader, root: Element, forms: list[Element], title: Element | None
) -> tuple[Section, ...]:
    """Sections in the order of the text, without overlaps."""
    found: dict[int, Section] = {}

    def add(role: str, span: Span) -> None:
        if span[1] > span[0] and len(found) < _MOST:
            section = Section(role, reader.page.number, *span)  # type: ignore[arg-type]
            found.setdefault(span[0], section)

    for part in words(reader, title):
        add("title", (part.start, part.end))
    original = reader.attribute(forms[0], "LG") if forms else ""
    english = [f for f in forms[1:] if reader.attribute(f, "LG") == "EN" != original]
    for form in forms[:1] + english[:1]:
        for role, paths in SECTIONS.items():
            for element in reader.all(form, *paths):
                for part in words(reader, element):
                    add(role, (part.start, part.end))
        for element in reader.all(form, "//CPV_CODE"):
            add("purpose", element.attributes.get("CODE", (0, 0)))
            add("purpose", (element.start, element.end))
    for element in reader.all(root, *_HEADER_CPV):
        add("purpose", element.attributes.get("CODE", (0, 0)))
        add("purpose", (element.start, element.end))
    if original != "EN":
        for element in title_in(reader, root, "EN"):
            add("purpose", (element.start, element.end))
    return tuple(found[start] for start in sorted(found))


def title_in(reader: Reader, root: Element, language: str) -> list[Element]:
    """The words of the header's title in a language."""
    for title in reader.all(root, *EXPORT["project_name"].paths):
        if reader.attribute(title, "LG") == language:
            return words(reader, reader.first(title, "TI_TEXT"))
    return []
