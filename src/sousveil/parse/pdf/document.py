"""PDF documents: a page a PDF page, then what is attached; a clear word on what cannot be read."""

from collections.abc import Iterator
from typing import TypeAlias

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium_c

from sousveil.errors import DamagedError, EncryptedError, LimitError, UnsupportedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.garbled import is_garbled
from sousveil.parse.member import Member
from sousveil.parse.ocr.pages import Unread
from sousveil.parse.pdf.attachments import attached, has_pinned
from sousveil.parse.pdf.drawn import has_image
from sousveil.parse.pdf.effort import Effort
from sousveil.parse.pdf.page import PageText, read_page
from sousveil.parse.problem import RecordProblem

VERSION = 3
_MOST_PAGES = 20_000
_MOST_CHARACTERS = 64 << 20

_Read: TypeAlias = PageText | Unread | RecordProblem
"""What a page says, that it must be recognised, or why there is nothing."""

_SAVE_AGAIN = "Ask the source for a whole copy, or add a repaired one."


class _Document(msgspec.Struct):
    """What the pages of a document say, and which of them (from 0) have files pinned to them."""

    pages: list[_Read]
    pinned: list[int]


def parse_pdf(
    data: bytes, document: Document, media_type: str
) -> Iterator[ParsedPage | Unread | Member | RecordProblem]:
    """Yield one page a PDF page, then the files attached. ``Unread`` stands for a page whose text
    must be recognised because it is an image or stands in a font without its characters, a problem
    for one that is broken, for tables not looked for and files that cannot be taken out.

    Raises EncryptedError where a password is needed, DamagedError where the file is broken or cut
    off before any text, UnsupportedError where all pages are blank and nothing is attached,
    LimitError where there are too many pages.
    """
    pdf = _opened(data)
    try:
        title = _title(pdf)
        # Their names can be seen in the bytes, unless objects are packed.
        may_pin = b"/FileAttachment" in data or b"/ObjStm" in data
        read = _read(pdf, may_pin=may_pin)
        has_files = bool(read.pinned) or pdfium_c.FPDFDoc_GetAttachmentCount(pdf) > 0
    finally:
        pdf.close()
    if not has_files:
        _judge_whole(data, read.pages)
    for number, page in enumerate(read.pages, start=1):
        if isinstance(page, RecordProblem | Unread):
            yield page
        elif is_garbled(page.text):
            yield Unread(number)
        else:
            yield ParsedPage(
                document_sha256=document.sha256,
                number=number,
                text=page.text,
                obtained="text_layer",
                media_type=media_type,
                cells=page.cells,
                title=title,
                boxes=page.boxes,
            )
    yield from _unsearched(read.pages)
    last = len(read.pages)
    if _cut_off(data):
        message = f"The file ends early: pages after page {last} may be missing."
        yield RecordProblem(None, last + 1, DamagedError.reason, message, _SAVE_AGAIN)
    if has_files:
        yield from attached(data, document, read.pinned, last + 1)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pdfium_c.FPDF_ERR_PASSWORD:
            raise EncryptedError(
                "The PDF needs a password.", "Save a copy without the password and add that."
            ) from None
        if code == pdfium_c.FPDF_ERR_SECURITY:
            raise EncryptedError(
                "The PDF is protected in a way that cannot be read.", "Add an unprotected copy."
            ) from None
        what = "ends early" if _cut_off(data) else "is broken"
        raise DamagedError(f"The PDF {what} and cannot be opened.", _SAVE_AGAIN) from None
    if not 0 < count <= _MOST_PAGES:
        pdf.close()
        if count > _MOST_PAGES:
            raise LimitError(
                f"The PDF has {count:,} pages; {_MOST_PAGES:,} is the most.", "Split the file."
            )
        raise DamagedError("The PDF has no pages.", _SAVE_AGAIN)
    return pdf


def _title(pdf: pypdfium2.PdfDocument) -> str | None:
    title = " ".join(printable(pdf.get_metadata_value("Title")).split())
    return title[:1000] or None


def _read(pdf: pypdfium2.PdfDocument, *, may_pin: bool) -> _Document:
    """Read all pages; ``may_pin``: files may be pinned to them."""
    found = _Document([], [])
    characters = 0
    effort = Effort()
    for index in range(len(pdf)):
        page = _page(pdf, index, effort, found.pinned if may_pin else None)
        found.pages.append(page)
        characters += len(page.text) if isinstance(page, PageText) else 0
        if characters > _MOST_CHARACTERS:
            raise LimitError(
                f"The PDF has more than {_MOST_CHARACTERS:,} characters.", "Split the file."
            )
    return found


def _page(
    pdf: pypdfium2.PdfDocument, index: int, effort: Effort, pinned: list[int] | None
) -> _Read:
    number = index + 1
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        message = f"Page {number} of the PDF is broken."
        return RecordProblem(None, number, DamagedError.reason, message, _SAVE_AGAIN)
    try:
        if pinned is not None and has_pinned(page):
            pinned.append(index)
        textpage = page.get_textpage()
        try:
            read = read_page(page, textpage, effort)
        finally:
            textpage.close()
        if not read.text.strip() and has_image(page):
            return Unread(number)
    except pypdfium2.PdfiumError:
        message = f"The text of page {number} of the PDF cannot be read."
        return RecordProblem(None, number, DamagedError.reason, message, _SAVE_AGAIN)
    finally:
        page.close()
    return read


def _unsearched(pages: list[_Read]) -> Iterator[RecordProblem]:
    """Say so where tables were not looked for."""
    numbers = [
        number
        for number, page in enumerate(pages, start=1)
        if isinstance(page, PageText) and not page.searched
    ]
    if numbers:
        others = len(numbers) - 1
        yield RecordProblem(
            None,
            numbers[0],
            LimitError.reason,
            f"Page {numbers[0]} draws more lines than are looked at"
            + (f", and so do {others} others" if others else "")
            + ": tables on it are read as text.",
            "Nothing to do where it is a plan or a map; otherwise look at the page.",
        )


def _judge_whole(data: bytes, pages: list[_Read]) -> None:
    """Raise where nothing of the document can be read."""
    if any(
        isinstance(read, Unread) or (isinstance(read, PageText) and read.text.strip())
        for read in pages
    ):
        return
    if _cut_off(data):
        raise DamagedError("The PDF ends early: no page has any text left.", _SAVE_AGAIN)
    if pages and all(isinstance(read, RecordProblem) for read in pages):
        raise DamagedError("Every page of the PDF is broken.", _SAVE_AGAIN)
    raise UnsupportedError(
        "The PDF is blank: its pages have neither text nor images.",
        "If something is drawn on them, print it to an image and add that.",
    )


def _cut_off(data: bytes) -> bool:
    """A whole PDF ends in %%EOF, possibly with some junk after it."""
    return b"%%EOF" not in data[-65536:]
