"""OpenDocument texts (ODT): paragraphs, headings and tables (OASIS OpenDocument 1.2, part 1)."""

from collections.abc import Iterator

from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.office.package import Package
from sousveil.parse.office.shown import Names, Shown

VERSION = 1
_NAMES = Names(
    paragraphs=frozenset(("p", "h")),
    worded=frozenset(("p", "h")),
    blanks=frozenset(("tab", "s")),
    breaks=frozenset(("line-break",)),
    table="table",
    row="table-row",
    cell="table-cell",
    columns="number-columns-spanned",
    rows="number-rows-spanned",
    unseen=frozenset(("tracked-changes", "annotation", "forms", "sequence-decls", "desc", "title")),
)


def parse_text(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the text as one page."""
    package = Package(content)
    shown = Shown(_NAMES)
    package.read("content.xml", shown.start, shown.end, shown.text)
    text, cells = shown.layout.finish()
    yield ParsedPage(document.sha256, 1, text, "markup", media_type, cells=cells)
