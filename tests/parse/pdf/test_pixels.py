"""Pages of PDFs as pixels: their lines, and what is left out."""

import io

import PIL.Image
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.parse.ocr.drawing import saved
from tests.parse.pdf.drawing import lines, pdf_of

from sousveil.errors import DamagedError
from sousveil.parse import Content, page_size, pdf_pixels

PARTS = 10_000


def picture(canvas: Canvas, wide: float, high: float) -> None:
    image = PIL.Image.new("RGB", (20, 20), "red")
    canvas.drawImage(ImageReader(io.BytesIO(saved(image, "PNG"))), 100, 100, wide, high)


def test_the_longer_side_is_as_asked() -> None:
    found = pdf_pixels(pdf_of(lambda c: lines(c, 60, 700, "采购人")), 1, 800)
    assert max(found.image.shape[:2]) in (800, 801)
    assert found.image.shape[2] == 3
    assert (found.image < 128).any()


def test_straight_lines_are_told_in_parts_of_the_page() -> None:
    found = pdf_pixels(pdf_of(lambda c: c.line(100, 600, 400, 600)), 1, 800)
    (line,) = found.lines
    top = (A4[1] - 600) / A4[1] * PARTS
    assert line == pytest.approx((100 / A4[0] * PARTS, top, 400 / A4[0] * PARTS, top), abs=5)


def test_a_picture_on_a_page_is_left_out_and_told() -> None:
    found = pdf_pixels(pdf_of(lambda c: picture(c, 200, 100)), 1, 800)
    assert (found.image == 255).all()
    ((left, top, right, bottom),) = found.pictures
    assert (left, right) == pytest.approx((100 / A4[0] * PARTS, 300 / A4[0] * PARTS), abs=20)
    assert (top, bottom) == pytest.approx(
        ((A4[1] - 200) / A4[1] * PARTS, (A4[1] - 100) / A4[1] * PARTS), abs=20
    )


def test_a_picture_of_most_of_the_page_is_a_scan_and_stays() -> None:
    found = pdf_pixels(pdf_of(lambda c: picture(c, 480, 700)), 1, 800)
    assert found.pictures == ()
    assert (found.image == (0, 0, 255)).all(axis=2).mean() > 0.5


@pytest.mark.parametrize(("data", "number"), [(b"nothing", 1), (pdf_of(lambda c: None), 7)])
def test_what_cannot_be_drawn_is_said(data: bytes, number: int) -> None:
    with pytest.raises(DamagedError):
        pdf_pixels(data, number, 800)
    with pytest.raises(DamagedError):
        page_size(Content(data), "application/pdf", number)


def test_the_size_of_a_page_is_that_which_is_shown() -> None:
    turned = pdf_of(lambda c: lines(c, 60, 700, "采购人"), rotate=90)
    upright = pdf_pixels(turned, 1, 800).image.shape
    wide, high = page_size(Content(turned), "application/pdf", 1)
    assert (wide > high) == (upright[1] > upright[0])


def test_the_size_of_a_photograph_is_that_which_is_shown() -> None:
    exif = PIL.Image.Exif()
    image = PIL.Image.new("RGB", (60, 20))
    assert page_size(Content(saved(image, "JPEG")), "image/jpeg", 1) == (60, 20)
    exif[0x0112] = 6
    assert page_size(Content(saved(image, "JPEG", exif=exif)), "image/jpeg", 1) == (20, 60)
