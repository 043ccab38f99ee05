"""Documents and their pages: what came in, and the text that evidence points into."""

from typing import Literal

import msgspec

Obtained = Literal["text_layer", "ocr", "markup", "plain", "record", "elements"]
"""How a page's text was obtained. ``record``: the raw slice of a JSON file;
``elements``: the outline of a notice in XML (``sousveil.text.outline``)."""

MaskKind = Literal["person", "phone", "email", "id_number", "account", "address"]
"""What a masked span held (the keys of ``masked`` in the record export)."""

Status = Literal["read", "not_a_record", "failed"]
"""What became of a document: notices or other documents came of it, it is readable but no notice,
or it failed."""


class Provenance(msgspec.Struct, frozen=True, order=True):
    """Where a copy of a document came from.

    ``path`` is relative to what was given to ``add`` (POSIX separators, member path after ``!/``),
    as found on disk: persons in it are masked before it is shown. ``captured_at`` is ISO 8601.
    ``parent_sha256`` is the document it was inside of, None for a file that was given.
    ``page_path`` is the path of the saved page in whose folder of parts (``公告_files``) it lies.
    """

    path: str
    source_url: str | None = None
    captured_at: str | None = None
    note: str | None = None
    parent_sha256: str | None = None
    page_path: str | None = None


class Document(msgspec.Struct, frozen=True):
    """An original: its bytes are ``originals/<sha256>`` in the case."""

    sha256: str
    size: int
    provenance: tuple[Provenance, ...]

    @property
    def name(self) -> str:
        """The file name of its first path: a hint for the format, never trusted alone."""
        return self.provenance[0].path.rsplit("!/", 1)[-1].rsplit("/", 1)[-1]

    @property
    def page_path(self) -> str | None:
        """The saved page that it is a part of; None where a copy of it stands by itself."""
        if any(p.page_path is None for p in self.provenance):
            return None
        return self.provenance[0].page_path

    @property
    def depth(self) -> int:
        """How many documents it is inside of: 0 for a file that was given."""
        return min(p.path.count("!/") if p.parent_sha256 else 0 for p in self.provenance)


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A table cell: code point offsets [start, end) into the page's text.

    ``table`` counts tables on the page from 0, ``row`` and ``column`` within it from 0.
    """

    table: int
    row: int
    column: int
    start: int
    end: int


class RecognisedLine(msgspec.Struct, frozen=True, gc=False):
    """A box of text that was recognised in an image: code points [start, end) of the page's text.

    ``confidence`` from 0 to 1. ``corners`` are x and y of four corners, clockwise from the upper
    left of the text, in parts of 10,000 of the width and height of the page image as a viewer shows
    it, before it was turned upright.
    """

    start: int
    end: int
    confidence: float
    corners: tuple[int, ...]


class Box(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where code points [start, end) of a page's text stand on the page as it is shown: the sides
    of a line, or of the text of a table cell, in parts of 10,000 of the page's width and height,
    from the upper left."""

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int


class ParsedPage(msgspec.Struct, frozen=True, gc=False):
    """One page as parsed, unmasked. It exists only in workers and under private/.

    A page is a PDF page, the whole of an HTML or text file, one record of a JSON file (``text`` its
    raw slice, ``pointer`` its JSON Pointer) or one notice of an XML file (``text`` its outline).
    ``number`` counts from 1. In the text of HTML and plain text, lines end in ``\\n``; cells of a
    table row are separated by ``\\t``; in a PDF those of ruled tables.
    ``title`` is the title the format itself states (HTML <title>, or the PDF's), not evidence.
    ``source_url`` and ``captured_at`` are what the page says of its own origin, if anything.
    ``recognised`` and ``boxes`` say where the text of a scan and of a PDF stands on the page.
    """

    document_sha256: str
    number: int
    text: str
    obtained: Obtained
    media_type: str
    pointer: str | None = None
    cells: tuple[Cell, ...] = ()
    title: str | None = None
    source_url: str | None = None
    captured_at: str | None = None
    recognised: tuple[RecognisedLine, ...] = ()
    boxes: tuple[Box, ...] = ()


class MaskedSpan(msgspec.Struct, frozen=True, gc=False):
    """One masked span: [start, end) in the masked text stands for [parsed_start, parsed_end)."""

    kind: MaskKind
    start: int
    end: int
    parsed_start: int
    parsed_end: int


class Page(msgspec.Struct, frozen=True, gc=False):
    """The canonical page: masked text. Evidence offsets count code points in ``text``."""

    document_sha256: str
    number: int
    text: str
    obtained: Obtained
    media_type: str
    pointer: str | None = None
    cells: tuple[Cell, ...] = ()
    masked: tuple[MaskedSpan, ...] = ()
    title: str | None = None
    source_url: str | None = None
    captured_at: str | None = None


class Section(msgspec.Struct, frozen=True, gc=False):
    """A stretch [start, end) of a page with a role in the notice.

    Roles: ``title``, ``name`` (project name), ``purpose`` (what is bought: requirements, goods
    tables, specifications), ``body`` (all else worth reading), ``boilerplate`` (qualifications,
    how to bid, contacts: never counted by the classifier).
    """

    role: Literal["title", "name", "purpose", "body", "boilerplate"]
    page: int
    start: int
    end: int


class Outcome(msgspec.Struct, frozen=True):
    """What became of one document in one run of the reading stage.

    ``reason`` is a DocumentError.reason or a short word ("not a notice: a list page");
    ``message`` and ``hint`` are for people and hold no text of the document. ``members`` counts
    the documents inside it.
    """

    document_sha256: str
    status: Status
    media_type: str | None = None
    reason: str | None = None
    stage: str | None = None
    message: str | None = None
    hint: str | None = None
    pages: int = 0
    notices: int = 0
    members: int = 0
    failed_records: int = 0
    seconds: float = 0.0
