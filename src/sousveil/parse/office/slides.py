"""Slides (PPTX): one page a slide, its paragraphs and tables (ECMA-376, part 1, 19 and 21)."""

import re
from collections.abc import Iterator

from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.office.package import Package, damaged
from sousveil.parse.office.shown import Names, Shown

VERSION = 1
_SLIDE = re.compile(r"ppt/slides/slide(\d{1,5})\.xml")

_NAMES = Names(
    paragraphs=frozenset(("p",)),
    worded=frozenset(("t",)),
    blanks=frozenset(),
    breaks=frozenset(("br",)),
    table="tbl",
    row="tr",
    cell="tc",
    columns="gridSpan",
)


def parse_slides(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield a page for each slide in the order of their numbers."""
    package = Package(content)
    slides = sorted((int(m[1]), m[0]) for m in map(_SLIDE.fullmatch, package.names) if m)
    if not slides:
        raise damaged()
    for number, (_, name) in enumerate(slides, start=1):
        shown = Shown(_NAMES)
        package.read(name, shown.start, shown.end, shown.text)
        text, cells = shown.layout.finish()
        yield ParsedPage(document.sha256, number, text, "markup", media_type, cells=cells)
