"""Files attached to a PDF: those of the document and those pinned to its pages.

pdfium tells whether there are any; pypdf takes them out, because it stops where a small stream
unpacks to much too much, where pdfium ends the process (PDF 32000-1, 7.11.4 and 12.5.6.15).
"""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium_c

from sousveil.errors import LimitError
from sousveil.model import Document
from sousveil.parse.containers import problems
from sousveil.parse.containers.limits import DEEPEST, Budget
from sousveil.parse.containers.names import member_path
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

if TYPE_CHECKING:
    import pypdf

_MOST_NODES = 20_000
_MOST_FILTERS = 3
_FILTERS = frozenset(
    ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCIIHexDecode", "/AHx", "/ASCII85Decode",
     "/A85", "/RunLengthDecode", "/RL")
)  # fmt: skip
_BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OSError, EOFError,
    RecursionError, NotImplementedError, ImportError,
)  # fmt: skip
_SAVE_THEM = "Open the PDF, save what is attached, and add that."


def has_pinned(page: pypdfium2.PdfPage) -> bool:
    """Whether a file is attached to a page."""
    for index in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST_NODES)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
            if kind == pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
                return True
    return False


def attached(
    data: bytes, document: Document, pinned: list[int], number: int
) -> Iterator[Member | RecordProblem]:
    """Yield what is attached to a PDF that has something attached, and a problem for each file that
    cannot be had. ``pinned`` are the indices of pages with files; ``number`` that of the first
    problem. Raises LimitError where all of them together are too much."""
    if document.depth >= DEEPEST:
        yield RecordProblem(
            None,
            number,
            LimitError.reason,
            f"Files are attached to it, and it lies {document.depth} archives deep; "
            f"{DEEPEST} is the most.",
            _SAVE_THEM,
        )
        return
    budget = Budget(len(data))
    count, failed = 0, False
    try:
        for name, stream in _embedded(data, pinned):
            count += 1
            budget.member()
            yield _taken_out(name, stream, count, budget)
    except _broken():
        failed = True
    if failed or not count:
        message = "Not all files attached to it can be taken out."
        yield RecordProblem(None, number, "damaged", message, _SAVE_THEM)


def _broken() -> tuple[type[Exception], ...]:
    from pypdf.errors import PyPdfError

    return (PyPdfError, *_BROKEN)


def _taken_out(
    name: str, stream: "pypdf.generic.StreamObject", count: int, budget: Budget
) -> Member | RecordProblem:
    from pypdf.errors import LimitReachedError

    try:
        if not _is_plain(stream):
            return problems.damaged(count)
        content = stream.get_data()
    except LimitReachedError:
        return RecordProblem(
            None,
            count,
            LimitError.reason,
            f"Attached file {count} unpacks to far more than its size explains.",
            _SAVE_THEM,
        )
    except _broken():
        return problems.damaged(count)
    return Member(_label(name, count), budget.counted((content,)))


def _is_plain(stream: "pypdf.generic.StreamObject") -> bool:
    """Whether a stream is packed as files are; filters for images run other programs."""
    filters = stream.get("/Filter") or []
    if hasattr(filters, "get_object"):
        filters = filters.get_object()
    names = list(filters) if isinstance(filters, list) else [filters]
    return len(names) <= _MOST_FILTERS and all(str(each.get_object()) in _FILTERS for each in names)


def _label(name: str, count: int) -> str:
    """The last part of a file name: the folders of whoever attached it say nothing."""
    return member_path(re.split(r"[/\\]", name)[-1]) or f"attachment {count}.bin"


def _embedded(data: bytes, pinned: list[int]) -> Iterator[tuple[str, "pypdf.generic.StreamObject"]]:
    """Names and streams, each stream once."""
    import pypdf
    from pypdf.generic import StreamObject

    reader = pypdf.PdfReader(io.BytesIO(data))
    known: set[int] = set()
    for specification in _specifications(reader, pinned):
        files = _resolved(specification.get("/EF"))
        if not isinstance(files, dict):
            continue
        stream = _resolved(files.get("/UF") or files.get("/F"))
        if isinstance(stream, StreamObject) and id(stream) not in known:
            known.add(id(stream))
            name = _resolved(specification.get("/UF")) or _resolved(specification.get("/F"))
            yield str(name or ""), stream


def _specifications(
    reader: "pypdf.PdfReader", pinned: list[int]
) -> Iterator["pypdf.generic.DictionaryObject"]:
    """File specifications: of the tree of names, then of the pages' annotations."""
    from pypdf.generic import DictionaryObject

    names = _resolved(reader.root_object.get("/Names"))
    waiting = [names.get("/EmbeddedFiles")] if isinstance(names, dict) else []
    visited: set[int] = set()
    while waiting and len(visited) < _MOST_NODES:
        node = _resolved(waiting.pop())
        if not isinstance(node, dict) or id(node) in visited:
            continue
        visited.add(id(node))
        pairs = _resolved(node.get("/Names"))
        for value in pairs[1::2] if isinstance(pairs, list) else ():
            specification = _resolved(value)
            if isinstance(specification, DictionaryObject):
                yield specification
        kids = _resolved(node.get("/Kids"))
        waiting += reversed(kids) if isinstance(kids, list) else ()
    for index in pinned:
        notes = _resolved(reader.pages[index].get("/Annots"))
        for note in notes if isinstance(notes, list) else ():
            annotation = _resolved(note)
            if isinstance(annotation, dict) and annotation.get("/Subtype") == "/FileAttachment":
                specification = _resolved(annotation.get("/FS"))
                if isinstance(specification, DictionaryObject):
                    yield specification


def _resolved(value: object) -> object:
    """What a reference leads to."""
    return value.get_object() if hasattr(value, "get_object") else value
