"""PDFs made for the tests: lines of text, ruled tables, pages turned, files attached."""

import io
from collections.abc import Callable, Sequence

import pypdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE = 10
LEADING = 14
PADDING = 4

Draw = Callable[[Canvas], None]
Words = Sequence[Sequence[str | None]]


def pdf_of(*pages: Draw, rotate: int = 0) -> bytes:
    """A PDF with a page a function; ``rotate`` as /Rotate has it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def upright(canvas: Canvas, rotate: int) -> None:
    """Turn what is drawn so that it stands upright on a page of that /Rotate.

    reportlab exchanges width and height of pages lying on their side: shown, all are upright A4.
    """
    width, height = A4 if rotate in (0, 180) else (A4[1], A4[0])
    if rotate == 90:
        canvas.translate(width, 0)
    elif rotate == 180:
        canvas.translate(width, height)
    elif rotate == 270:
        canvas.translate(0, height)
    canvas.rotate(rotate)


def lines(canvas: Canvas, x: float, y: float, *words: str) -> None:
    """Lines of text down from a point."""
    for index, line in enumerate(words):
        canvas.drawString(x, y - LEADING * index, line)


def table(
    canvas: Canvas, x: float, y: float, widths: Sequence[float], words: Words, *, fill: bool = False
) -> float:
    """A ruled table down from a point; gives where it ends.

    None is a cell that the one on its left reaches into. Lines of a cell are separated by ``\\n``.
    With ``fill`` the lines are filled rectangles half a point wide, as word processors draw them.
    """
    top = y
    for row in words:
        high = LEADING * max(cell.count("\n") + 1 for cell in row if cell is not None) + PADDING
        left = x
        for column, cell in enumerate(row):
            if cell is None:
                left += widths[column]
                continue
            reach = column + 1
            while reach < len(row) and row[reach] is None:
                reach += 1
            _box(canvas, left, top - high, sum(widths[column:reach]), high, fill=fill)
            lines(canvas, left + PADDING, top - LEADING + 2, *cell.split("\n"))
            left += widths[column]
        top -= high
    return top


def _box(canvas: Canvas, x: float, y: float, width: float, high: float, *, fill: bool) -> None:
    if not fill:
        canvas.rect(x, y, width, high)
        return
    for left, low, wide, tall in (
        (x, y, width, 0.5),
        (x, y + high, width, 0.5),
        (x, y, 0.5, high),
        (x + width, y, 0.5, high),
    ):
        canvas.rect(left, low, wide, tall, stroke=0, fill=1)


def with_files(data: bytes, *files: tuple[str, bytes]) -> bytes:
    """The PDF with files attached to the document."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for name, content in files:
        writer.add_attachment(name, content)
    return _written(writer)


def _written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
