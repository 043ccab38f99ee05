"""From bytes to pages: one module a format, one line in the registry."""

from sousveil.parse.containers.libarchive import works as can_unpack
from sousveil.parse.content import SMALL, Content
from sousveil.parse.media import media_type
from sousveil.parse.member import Member
from sousveil.parse.ocr.engine import works as can_recognise
from sousveil.parse.ocr.pages import Unread, recognise
from sousveil.parse.problem import RecordProblem
from sousveil.parse.registry import PARSERS, EmptyError, Parser, parse_document

__all__ = [
    "PARSERS",
    "SMALL",
    "Content",
    "EmptyError",
    "Member",
    "Parser",
    "RecordProblem",
    "Unread",
    "can_recognise",
    "can_unpack",
    "media_type",
    "parse_document",
    "recognise",
]
