"""PDF: a text layer with its tables and boxes, and the documents attached."""

from sousveil.parse.pdf.document import VERSION, parse_pdf
from sousveil.parse.pdf.pixels import Pixels, pdf_pixels

__all__ = ["VERSION", "Pixels", "parse_pdf", "pdf_pixels"]
