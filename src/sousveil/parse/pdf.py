"""PDF documents with a text layer: one page a PDF page, characters in pdfium's reading order."""

import ctypes
from collections.abc import Iterator
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium_c

from sousveil.errors import DamagedError, EncryptedError, LimitError, UnsupportedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.garbled import is_garbled
from sousveil.parse.ocr.pages import Unread
from sousveil.parse.problem import RecordProblem

VERSION = 2
_MOST_PAGES = 20_000
_MOST_CHARACTERS = 64 << 20

_Text: TypeAlias = str | Unread | RecordProblem
"""The text of a page, that it must be recognised, or why there is none."""

_SAVE_AGAIN = "Ask the source for a whole copy, or add a repaired one."


def parse_pdf(
    data: bytes, document: Document, media_type: str
) -> Iterator[ParsedPage | Unread | RecordProblem]:
    """Yield one page a PDF page; ``Unread`` for one whose text must be recognised because it is an
    image or stands in a font without its characters; a problem for one that is broken.

    Raises EncryptedError where a password is needed, DamagedError where the file is broken or cut
    off before any text, UnsupportedError where all pages are blank, LimitError where there are too
    many pages.
    """
    pdf = _opened(data)
    try:
        title = _title(pdf)
        texts = _texts(pdf)
        _judge_whole(data, texts)
        for number, text in enumerate(texts, start=1):
            if isinstance(text, RecordProblem | Unread):
                yield text
            elif is_garbled(text):
                yield Unread(number)
            else:
                yield ParsedPage(
                    document_sha256=document.sha256,
                    number=number,
                    text=text,
                    obtained="text_layer",
                    media_type=media_type,
                    title=title,
                )
        if _cut_off(data):
            message = f"The file ends early: pages after page {len(texts)} may be missing."
            yield RecordProblem(None, len(texts) + 1, DamagedError.reason, message, _SAVE_AGAIN)
    finally:
        pdf.close()


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


def _texts(pdf: pypdfium2.PdfDocument) -> list[_Text]:
    """The text of each page, or why there is none."""
    texts: list[_Text] = []
    characters = 0
    for index in range(len(pdf)):
        text = _page_text(pdf, index)
        texts.append(text)
        characters += len(text) if isinstance(text, str) else 0
        if characters > _MOST_CHARACTERS:
            raise LimitError(
                f"The PDF has more than {_MOST_CHARACTERS:,} characters.", "Split the file."
            )
    return texts


def _page_text(pdf: pypdfium2.PdfDocument, index: int) -> _Text:
    number = index + 1
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        message = f"Page {number} of the PDF is broken."
        return RecordProblem(None, number, DamagedError.reason, message, _SAVE_AGAIN)
    try:
        textpage = page.get_textpage()
        try:
            text = _read(textpage)
        finally:
            textpage.close()
        if not text.strip() and _has_image(page):
            return Unread(number)
    except pypdfium2.PdfiumError:
        message = f"The text of page {number} of the PDF cannot be read."
        return RecordProblem(None, number, DamagedError.reason, message, _SAVE_AGAIN)
    finally:
        page.close()
    return text


def _read(textpage: pypdfium2.PdfTextPage) -> str:
    """All characters of a page. pdfium marks a hyphen at a line's end as U+FFFE or U+0002."""
    count = textpage.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium_c.FPDFText_GetText(textpage, 0, count, buffer)
    raw = bytes(memoryview(buffer).cast("B"))[: 2 * max(written - 1, 0)]
    text = raw.decode("utf-16-le", "replace")
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    return "\n".join(line.rstrip() for line in printable(text).split("\n")).strip("\n")


def _has_image(page: pypdfium2.PdfPage) -> bool:
    images = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return next(iter(images), None) is not None


def _judge_whole(data: bytes, texts: list[_Text]) -> None:
    """Raise where nothing of the document can be read."""
    if any(isinstance(text, Unread) or (isinstance(text, str) and text.strip()) for text in texts):
        return
    if _cut_off(data):
        raise DamagedError("The PDF ends early: no page has any text left.", _SAVE_AGAIN)
    if texts and all(isinstance(text, RecordProblem) for text in texts):
        raise DamagedError("Every page of the PDF is broken.", _SAVE_AGAIN)
    raise UnsupportedError(
        "The PDF is blank: its pages have neither text nor images.",
        "If something is drawn on them, print it to an image and add that.",
    )


def _cut_off(data: bytes) -> bool:
    """A whole PDF ends in %%EOF, possibly with some junk after it."""
    return b"%%EOF" not in data[-65536:]
