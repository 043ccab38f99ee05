"""From bytes to pages: one module a format, one line in the registry."""

from sousveil.parse.content import SMALL
from sousveil.parse.media import media_type
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem
from sousveil.parse.registry import PARSERS, EmptyError, Parser, parse_document

__all__ = [
    "PARSERS",
    "SMALL",
    "EmptyError",
    "Member",
    "Parser",
    "RecordProblem",
    "media_type",
    "parse_document",
]
