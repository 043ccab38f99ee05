"""What a limited child process does with a page: places of words, its picture, the page as it is.

Nothing but ``Drawn`` leaves the child, as plain data.
"""

from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import PIL.Image

from sousveil.errors import DocumentError
from sousveil.extract.masking import mask_page
from sousveil.model import ParsedPage
from sousveil.parse import Content, Pixels, page_images, page_size, pdf_pixels
from sousveil.parse.problem import RecordProblem
from sousveil.report.record.blacking import Image, covered, png
from sousveil.report.record.places import Rect, places, rects

LONGEST = 1_600
"""Pixels of the longer side of a picture."""

Problem = Literal["no_picture", "changed", "unknown_place", "broken", "not_yet"]
"""Why there is no picture: the format has none, the text is not the one that is kept, something
personal stands where no box tells, the page cannot be drawn, or it is not drawn yet."""

Wanted = Literal["places", "picture", "unmasked"]


class Task(msgspec.Struct, frozen=True):
    """One page: its document's original, the page as parsed (packed, as under private/), its masked
    text as kept, and spans (id, start, end) of that text to be placed."""

    original: str
    parsed: bytes
    text: str
    spans: tuple[tuple[int, int, int], ...]
    wanted: Wanted


class Drawn(msgspec.Struct, frozen=True):
    """What came of it. ``png`` is empty where only places were wanted, ``size`` is the picture's
    width and height then; ``text`` is the page as parsed where it was wanted unmasked."""

    problem: Problem | None = None
    rects: tuple[Rect, ...] = ()
    size: tuple[int, int] = (0, 0)
    png: bytes = b""
    text: str = ""


_unpack = msgspec.msgpack.Decoder(list[ParsedPage])


def encode(drawn: Drawn) -> bytes:
    """What came of a page, as data."""
    return msgspec.msgpack.encode(drawn)


def decode(data: bytes) -> Drawn:
    """The reverse of ``encode``."""
    return msgspec.msgpack.decode(data, type=Drawn)


def draw(task: Task) -> Drawn:
    """Work on one page."""
    (page,) = _unpack.decode(task.parsed)
    if task.wanted == "unmasked":
        return _unmasked(page, task)
    if not _has_picture(page):
        return Drawn("no_picture")
    masked = mask_page(page)
    if masked.text != task.text:
        return Drawn("changed")
    known = places(page, masked.masked)
    if not known.known:
        return Drawn("unknown_place")
    found = tuple(rects(page, masked.masked, task.spans))
    try:
        if task.wanted == "places":
            return Drawn(rects=found, size=page_size(_content(task), page.media_type, page.number))
        drawn = _pixels(page, task)
    except DocumentError:
        return Drawn("broken")
    return Drawn(rects=found, png=png(covered(drawn, known)))


def _content(task: Task) -> Content:
    return Content(Path(task.original))


def _unmasked(page: ParsedPage, task: Task) -> Drawn:
    if not _has_picture(page):
        return Drawn(text=page.text)
    try:
        drawn = _pixels(page, task, whole=True)
    except DocumentError:
        return Drawn(text=page.text)
    return Drawn(text=page.text, png=png(drawn.image))


def _has_picture(page: ParsedPage) -> bool:
    """Whether a page is shown as a picture at all: those of PDFs, and what was recognised."""
    return page.obtained == "ocr" or page.media_type == "application/pdf"


def _pixels(page: ParsedPage, task: Task, *, whole: bool = False) -> Pixels:
    """The page, its longer side at most LONGEST pixels. ``whole``: with all that a viewer shows.
    Raises DocumentError."""
    content = _content(task)
    if page.obtained != "ocr" and not whole:
        return pdf_pixels(content.whole(), page.number, LONGEST)
    ((_, image),) = page_images(content, page.media_type, [page.number])
    if isinstance(image, RecordProblem):
        raise DocumentError(image.message, image.hint)
    return Pixels(_smaller(image))


def _smaller(image: Image) -> Image:
    high, wide = image.shape[:2]
    share = LONGEST / max(high, wide)
    if share >= 1:
        return image
    size = (max(1, round(wide * share)), max(1, round(high * share)))
    return np.asarray(PIL.Image.fromarray(image).resize(size, PIL.Image.Resampling.BOX))
