"""From bytes to pages: one module a format, one line in the registry."""

from sousveil.parse.containers.libarchive import works as can_unpack
from sousveil.parse.content import SMALL, Content
from sousveil.parse.furniture import may_be_document
from sousveil.parse.media import media_type, media_type_of
from sousveil.parse.member import Member
from sousveil.parse.ocr.engine import works as can_recognise
from sousveil.parse.ocr.pages import Unread, page_images, page_size, recognise
from sousveil.parse.pdf import Pixels, pdf_pixels
from sousveil.parse.problem import RecordProblem
from sousveil.parse.registry import PARSERS, Parser, parse_document

__all__ = [
    "PARSERS",
    "SMALL",
    "Content",
    "Member",
    "Parser",
    "Pixels",
    "RecordProblem",
    "Unread",
    "can_recognise",
    "can_unpack",
    "may_be_document",
    "media_type",
    "media_type_of",
    "page_images",
    "page_size",
    "parse_document",
    "pdf_pixels",
    "recognise",
]
