"""OpenDocument texts (ODT): paragraphs, headings and tables (OASIS OpenDocument 1.2, part 1)."""

from collections.abc import Iterator, Mapping

from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.layout import Layout
from sousveil.parse.office.package import Package

VERSION = 1
_UNSEEN = frozenset(("tracked-changes", "annotation", "forms", "sequence-decls", "desc", "title"))


def parse_text(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the text as one page."""
    package = Package(content)
    writer = _Writer()
    package.read("content.xml", writer.start, writer.end, writer.text)
    text, cells = writer.layout.finish()
    yield ParsedPage(document.sha256, 1, text, "markup", media_type, cells=cells)


class _Writer:
    def __init__(self) -> None:
        self.layout = Layout()
        self._unseen = 0
        self._paragraphs = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _UNSEEN or self._unseen:
            self._unseen += 1
        elif tag in ("p", "h"):
            self.layout.block()
            self._paragraphs += 1
        elif tag in ("tab", "s"):
            self.layout.text(" ")
        elif tag == "line-break":
            self.layout.line_break()
        elif tag == "table":
            self.layout.open_table()
        elif tag == "table-row":
            self.layout.open_row()
        elif tag == "table-cell":
            columns, rows = (
                max(1, min(int(value), 200)) if value.isdecimal() and len(value) < 6 else 1
                for value in (
                    attributes.get("number-columns-spanned", "1"),
                    attributes.get("number-rows-spanned", "1"),
                )
            )
            self.layout.open_cell(columns, rows)

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif tag in ("p", "h"):
            self.layout.block()
            self._paragraphs -= 1
        elif tag == "table-cell":
            self.layout.close_cell()
        elif tag == "table-row":
            self.layout.close_row()
        elif tag == "table":
            self.layout.close_table()

    def text(self, piece: str) -> None:
        if self._paragraphs > 0 and not self._unseen:
            self.layout.text(piece.replace("&", "&amp;"))
