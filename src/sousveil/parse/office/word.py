"""Word files (DOCX): paragraphs and tables in the order of the text (ECMA-376, part 1, 17)."""

from collections.abc import Iterator, Mapping

from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.layout import Layout
from sousveil.parse.office.package import Package, damaged

VERSION = 1
_UNSEEN = frozenset(("Fallback", "del", "moveFrom", "instrText", "comment"))
"""What is not shown: the second form of a drawing, deleted text, field codes."""

_MAIN = ("word/document.xml", "word/document2.xml", "word/document1.xml")


def parse_word(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the text as one page. Raises DamagedError where there is no main part."""
    package = Package(content)
    main = next((name for name in _MAIN if name in package.names), None)
    if main is None:
        raise damaged()
    writer = _Writer()
    package.read(main, writer.start, writer.end, writer.text)
    text, cells = writer.layout.finish()
    yield ParsedPage(document.sha256, 1, text, "markup", media_type, cells=cells)


class _Writer:
    """Sends what a reader would see to the layout."""

    def __init__(self) -> None:
        self.layout = Layout()
        self._unseen = 0
        self._in_text = False
        self._span = 1
        self._cell_waits = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _UNSEEN or self._unseen:
            self._unseen += 1
            return
        if tag == "tc":
            self._cell_waits, self._span = True, 1
        elif tag == "gridSpan":
            self._span = max(1, min(_whole(attributes.get("val")), 200))
        elif tag == "p":
            self._open_cell()
            self.layout.block()
        elif tag == "t":
            self._in_text = True
        elif tag == "tab":
            self.layout.text(" ")
        elif tag in ("br", "cr"):
            self.layout.line_break()
        elif tag == "tbl":
            self._open_cell()
            self.layout.open_table()
        elif tag == "tr":
            self.layout.open_row()

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p":
            self.layout.block()
        elif tag == "tc":
            self._open_cell()
            self.layout.close_cell()
        elif tag == "tr":
            self.layout.close_row()
        elif tag == "tbl":
            self.layout.close_table()

    def text(self, piece: str) -> None:
        if self._in_text and not self._unseen:
            self.layout.text(piece.replace("&", "&amp;"))

    def _open_cell(self) -> None:
        """A cell is opened with its first content: by then its properties have been read."""
        if self._cell_waits:
            self._cell_waits = False
            self.layout.open_cell(self._span, 1)


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else 1
