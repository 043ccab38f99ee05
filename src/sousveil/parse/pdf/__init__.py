"""PDF: a text layer with its tables and boxes, and the documents attached."""

from sousveil.parse.pdf.document import VERSION, parse_pdf

__all__ = ["VERSION", "parse_pdf"]
