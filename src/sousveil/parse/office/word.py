"""Word files (DOCX): paragraphs and tables in the order of the text (ECMA-376, part 1, 17)."""

from collections.abc import Iterator

from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.office.package import Package, damaged
from sousveil.parse.office.shown import Names, Shown

VERSION = 1
_NAMES = Names(
    paragraphs=frozenset(("p",)),
    worded=frozenset(("t",)),
    blanks=frozenset(("tab",)),
    breaks=frozenset(("br", "cr")),
    table="tbl",
    row="tr",
    cell="tc",
    span="gridSpan",
    # The second form of a drawing, deleted text, field codes.
    unseen=frozenset(("Fallback", "del", "moveFrom", "instrText", "comment")),
)

_MAIN = ("word/document.xml", "word/document2.xml", "word/document1.xml")


def parse_word(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the text as one page. Raises DamagedError where there is no main part."""
    package = Package(content)
    main = next((name for name in _MAIN if name in package.names), None)
    if main is None:
        raise damaged()
    shown = Shown(_NAMES)
    package.read(main, shown.start, shown.end, shown.text)
    text, cells = shown.layout.finish()
    yield ParsedPage(document.sha256, 1, text, "markup", media_type, cells=cells)
