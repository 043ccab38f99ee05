"""Slides (PPTX): one page a slide, its paragraphs and tables (ECMA-376, part 1, 19 and 21)."""

import re
from collections.abc import Iterator, Mapping

from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.layout import Layout
from sousveil.parse.office.package import Package, damaged

VERSION = 1
_SLIDE = re.compile(r"ppt/slides/slide(\d{1,5})\.xml")


def parse_slides(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield a page for each slide in the order of their numbers."""
    package = Package(content)
    slides = sorted((int(m[1]), m[0]) for m in map(_SLIDE.fullmatch, package.names) if m)
    if not slides:
        raise damaged()
    for number, (_, name) in enumerate(slides, start=1):
        writer = _Writer()
        package.read(name, writer.start, writer.end, writer.text)
        text, cells = writer.layout.finish()
        yield ParsedPage(document.sha256, number, text, "markup", media_type, cells=cells)


class _Writer:
    def __init__(self) -> None:
        self.layout = Layout()
        self._in_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "t":
            self._in_text = True
        elif tag == "p":
            self.layout.block()
        elif tag == "br":
            self.layout.line_break()
        elif tag == "tbl":
            self.layout.open_table()
        elif tag == "tr":
            self.layout.open_row()
        elif tag == "tc":
            span = attributes.get("gridSpan", "1")
            self.layout.open_cell(int(span) if span.isdecimal() and len(span) < 4 else 1, 1)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._in_text = False
        elif tag == "p":
            self.layout.block()
        elif tag == "tc":
            self.layout.close_cell()
        elif tag == "tr":
            self.layout.close_row()
        elif tag == "tbl":
            self.layout.close_table()

    def text(self, piece: str) -> None:
        if self._in_text:
            self.layout.text(piece.replace("&", "&amp;"))
