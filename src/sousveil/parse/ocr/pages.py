"""Pages that have to be recognised: rendered or decoded one by one, then read.

A PDF page is rendered at 150 dpi, more where it is small, less where it is huge. Images are decoded
by Pillow with a limit on their pixels.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import msgspec
import numpy as np
import PIL.Image
import PIL.ImageOps
import pypdfium2

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document, ParsedPage
from sousveil.parse.content import Content
from sousveil.parse.media import media_type_of
from sousveil.parse.ocr.engine import Image
from sousveil.parse.ocr.lines import read_image
from sousveil.parse.problem import RecordProblem

VERSION = 4
_DPI = 150
_LONG_SIDE = (1_600, 4_000)
"""Pixels of the longer side that a page is rendered with, at least and at most."""

_MOST_PIXELS = 120_000_000
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_MOST_FRAMES = 2_000
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    PIL.Image.DecompressionBombError,
)
_AGAIN = "Open it, save it anew, and add that."


class Unread(msgspec.Struct, frozen=True):
    """A page whose text must be recognised; ``number`` counts from 1."""

    number: int


def parse_image(content: Content, document: Document, media_type: str) -> Iterator[Unread]:
    """Yield a page to be recognised for each frame. Raises DamagedError or LimitError."""
    with _opened(content) as image, _without_warnings():
        # Of an animation only the first frame is a page.
        pages = _frames(image) if media_type == "image/tiff" else 1
    yield from (Unread(number) for number in range(1, pages + 1))


def _frames(image: PIL.Image.Image) -> int:
    """The frames of an image; one that is broken, behind which none is found, is among them."""
    count = 1
    try:
        while True:
            image.seek(count)
            count += 1
            if count > _MOST_FRAMES:
                raise LimitError(f"The image has more than {_MOST_FRAMES:,} pages.", _AGAIN)
    except EOFError:
        return count
    except _BROKEN:
        return count + 1


def recognise(
    content: Content, document: Document, numbers: Sequence[int]
) -> Iterator[ParsedPage | RecordProblem]:
    """Recognise some pages of a PDF or image."""
    kind = media_type_of(content, document.name)
    for number, image in page_images(content, kind, numbers):
        if isinstance(image, RecordProblem):
            yield image
            continue
        text, lines = read_image(image)
        yield ParsedPage(document.sha256, number, text, "ocr", kind, recognised=lines)


def page_images(
    content: Content, kind: str, numbers: Sequence[int]
) -> Iterator[tuple[int, Image | RecordProblem]]:
    """Pages of a PDF or image as they are recognised, each with its number. Raises DamagedError or
    LimitError for an image, PdfiumError for a PDF that cannot be opened."""
    if kind == "application/pdf":
        pdf = pypdfium2.PdfDocument(content.whole())
        try:
            for number in numbers:
                yield number, _rendered(pdf, number)
        finally:
            pdf.close()
        return
    with _opened(content) as image:
        for number in numbers:
            yield number, _frame(image, number)


def page_size(content: Content, kind: str, number: int) -> tuple[int, int]:
    """Width and height of a page as a viewer shows it, in points or pixels. Raises DamagedError or
    LimitError."""
    try:
        if kind == "application/pdf":
            with pypdfium2.PdfDocument(content.whole()) as pdf:
                width, height = pdf.get_page_size(number - 1)
            return max(1, round(width)), max(1, round(height))
        with _opened(content) as image, _without_warnings():
            image.seek(number - 1)
            turned = image.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE
            return (image.height, image.width) if turned else image.size
    except (pypdfium2.PdfiumError, *_BROKEN):
        raise DamagedError(f"Page {number} cannot be measured.", _AGAIN) from None


_ORIENTATION = 0x0112
_ON_ITS_SIDE = (5, 6, 7, 8)
"""Values of the Exif tag Orientation with width and height exchanged (Exif 3.0, 4.6.4)."""


def _frame(image: PIL.Image.Image, number: int) -> Image | RecordProblem:
    try:
        with _without_warnings():
            image.seek(number - 1)
            return _pixels(image)
    except _BROKEN:
        return _problem(number)


def _rendered(pdf: pypdfium2.PdfDocument, number: int) -> Image | RecordProblem:
    try:
        page = pdf[number - 1]
        try:
            longest = max(page.get_size()) or 1.0
            least, most = _LONG_SIDE
            pixels = min(max(longest * _DPI / 72, least), most)
            return three(page.render(scale=pixels / longest).to_numpy())
        finally:
            page.close()
    except (pypdfium2.PdfiumError, *_BROKEN):
        return _problem(number)


def _opened(content: Content) -> PIL.Image.Image:
    try:
        with _without_warnings():  # its own limit on pixels is a warning; ours follows
            image = PIL.Image.open(BytesIO(content.whole()), formats=_FORMATS)
    except PIL.Image.DecompressionBombError:
        raise LimitError("The image has too many pixels.", "Make it smaller.") from None
    except _BROKEN:
        raise DamagedError("The image is broken or cut off.", _AGAIN) from None
    if image.width * image.height > _MOST_PIXELS:
        raise LimitError("The image has too many pixels.", "Make it smaller.")
    return image


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Pillow warns of what is broken in a picture: what comes of it is said elsewhere."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _pixels(image: PIL.Image.Image) -> Image:
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError
    frame = PIL.ImageOps.exif_transpose(image)
    longest = max(frame.size)
    if frame.mode in ("RGBA", "LA", "PA", "P"):
        flat = PIL.Image.new("RGB", frame.size, "white")
        seen = frame.convert("RGBA")
        flat.paste(seen, mask=seen.getchannel("A"))
        frame = flat
    frame = frame.convert("RGB")
    if longest > _LONG_SIDE[1]:
        share = _LONG_SIDE[1] / longest
        frame = frame.resize(
            (max(1, round(frame.width * share)), max(1, round(frame.height * share)))
        )
    return np.ascontiguousarray(np.asarray(frame)[:, :, ::-1])


def three(pixels: Image) -> Image:
    """Blue, green and red of what was rendered, whatever else it has."""
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, :3])


def _problem(number: int) -> RecordProblem:
    message = f"The image of page {number} cannot be read."
    return RecordProblem(None, number, DamagedError.reason, message, _AGAIN)
