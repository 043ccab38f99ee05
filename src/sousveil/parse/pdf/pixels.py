"""A page of a PDF as pixels, and where its straight lines are, which hold no words.

Notes and fields of forms are not drawn: the text layer does not hold what they say. Nor are images
that lie on part of a page; an image of most of it is a scan whose words the text layer has.
"""

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c

from sousveil.errors import DamagedError
from sousveil.parse.ocr.engine import Image
from sousveil.parse.ocr.pages import three
from sousveil.parse.pdf.drawn import strokes
from sousveil.parse.pdf.effort import Effort, TooMuchDrawnError
from sousveil.parse.pdf.frame import Frame

_A_SCAN = 0.5
"""Share of the page from which on an image is taken for a scan of it."""

Parts = tuple[int, int, int, int]
"""left, top, right, bottom in parts of 10,000 of the page as it is shown."""


class Pixels:
    """A page's image (height × width × 3, blue green red), its straight lines, and where pictures
    lie that were not drawn."""

    def __init__(
        self, image: Image, lines: tuple[Parts, ...] = (), pictures: tuple[Parts, ...] = ()
    ) -> None:
        self.image = image
        self.lines = lines
        self.pictures = pictures


def pdf_pixels(data: bytes, number: int, longest: int) -> Pixels:
    """Page ``number`` (from 1), its longer side ``longest`` pixels. Raises DamagedError."""
    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            page = pdf[number - 1]
            try:
                pictures = _without_pictures(page)
                scale = longest / (max(page.get_size()) or 1.0)
                drawn = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
                return Pixels(three(drawn.to_numpy()), _lines(page), pictures)
            finally:
                page.close()
        finally:
            pdf.close()
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        told = f"Page {number} of the PDF cannot be drawn."
        raise DamagedError(told, "Its text is shown.") from None


def _without_pictures(page: pypdfium2.PdfPage) -> tuple[Parts, ...]:
    """Take the pictures that are no scan from a page; where they lay."""
    frame = Frame(page, 0)
    width, height = page.get_size()
    gone = []
    for picture in list(page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=1)):
        left, bottom, right, top = picture.get_bounds()
        if abs((right - left) * (top - bottom)) < _A_SCAN * width * height:
            page.remove_obj(picture)
            gone.append(frame.shown(frame.read_one(left, top, right, bottom)))
    return tuple(gone)


def _lines(page: pypdfium2.PdfPage) -> tuple[Parts, ...]:
    """Straight lines along the page's edges; none where it draws too many to look at."""
    effort = Effort()
    effort.next_page()
    textpage = page.get_textpage()
    try:
        found = strokes(page, textpage, effort)
    except TooMuchDrawnError:
        return ()
    finally:
        textpage.close()
    if not found:
        return ()
    frame = Frame(page, 0)
    boxes = frame.read(np.array(found)[:, (0, 3, 2, 1)])
    return tuple(frame.shown((a, b, c, d)) for a, b, c, d in boxes.tolist())
