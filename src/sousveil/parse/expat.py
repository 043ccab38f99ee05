"""One way to read XML: as a stream of events, without document types, entities or anything outside.

A document type is refused where it begins, so there are no entities to expand and none to load
(billion laughs, XXE); nesting has a limit. Depth costs no stack: expat keeps its own.
"""

from collections.abc import Callable
from xml.parsers import expat

from sousveil.errors import DocumentError

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

BETWEEN = " "
"""Stands between a namespace's address and the local name in the names that are sent."""


def reader(
    start: Start,
    end: End,
    text: Text,
    *,
    deepest: int,
    too_deep: DocumentError,
    has_type: DocumentError,
    encoding: str | None = None,
) -> expat.XMLParserType:
    """A parser that sends its events to three functions; names with their namespace's address.

    Feed it with ``Parse``, which raises ``expat.ExpatError`` where the XML is not well-formed,
    ``too_deep`` where more than ``deepest`` elements are open, ``has_type`` at a document type.
    ``encoding`` overrides what the XML declares.
    """
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise too_deep
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def refuse(*_: object) -> None:
        raise has_type

    parser = expat.ParserCreate(encoding, BETWEEN)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler = text
    return parser


def local(name: str) -> str:
    """A name without its namespace's address."""
    return name.rsplit(BETWEEN, 1)[-1]
