"""Read the notices of an XML file as a run does, and write them in the form of expectations."""

from pathlib import Path

from tests.extract.ocds.expectations import fields, summary

from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.model import Document, Notice, Page, ParsedPage, Provenance
from sousveil.parse import parse_document


def pages_of(data: bytes, name: str = "a.xml") -> list[Page]:
    """The masked pages of a file."""
    document = Document("0" * 64, len(data), (Provenance(name),))
    parsed = parse_document(data, document)
    return [mask_page(page) for page in parsed if isinstance(page, ParsedPage)]


def read_file(path: Path) -> list[tuple[Notice, Page]]:
    """The notices of a file, each with its page."""
    return read_bytes(path.read_bytes())


def read_bytes(data: bytes) -> list[tuple[Notice, Page]]:
    """The notices of a file's bytes, each with its page; every quote is checked."""
    pages = {page.number: page for page in pages_of(data)}
    found = [(notice, pages[notice.page]) for notice in extract_notices(pages.values())]
    for notice, page in found:
        check_evidence(notice, page)
    return found


def notice(text: str) -> Notice:
    """The one notice of a file."""
    ((found, _),) = read_bytes(text.encode())
    return found


def changed(text: str, old: str, new: str) -> str:
    """A file with something else in it: what is replaced must be there."""
    assert old in text
    return text.replace(old, new)


def check_evidence(notice: Notice, page: Page) -> None:
    """Every quote equals its span, and every section lies in the text."""
    for field in fields(notice):
        evidence = field.evidence
        assert evidence.quote
        assert page.text[evidence.start : evidence.end] == evidence.quote
        assert field.raw
        assert 0 < field.confidence <= 1
    for section in notice.sections:
        assert 0 <= section.start < section.end <= len(page.text)


def summary_of(path: Path) -> list[dict[str, object]]:
    """What the file gives, as an expectation states it."""
    found = []
    for notice, page in read_file(path):
        found.append(summary(notice, page.text) | {"masked": notice.masked})
    return found
