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
    start: Start, end: End, text: Text, *, has_type: DocumentError, encoding: str | None = None
) -> expat.XMLParserType:
    """A parser that sends its events to three functions; names with their namespace's address.

    Feed it with ``Parse``, which raises ``expat.ExpatError`` where the XML is not well-formed and
    ``has_type`` at a document type. ``encoding`` overrides what the XML declares. How deep elements
    may nest is for ``start`` to say, by raising (see ``Depth``).
    """

    def refuse(*_: object) -> None:
        raise has_type

    parser = expat.ParserCreate(encoding, BETWEEN)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    return parser


class Depth:
    """Counts open elements in front of two functions and raises where there are too many."""

    def __init__(self, start: Start, end: End, deepest: int, too_deep: DocumentError) -> None:
        self._start, self._end = start, end
        self._left = deepest
        self._error = too_deep

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._left -= 1
        if self._left < 0:
            raise self._error
        self._start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._left += 1
        self._end(name)


def local(name: str) -> str:
    """A name without its namespace's address."""
    return name.rsplit(BETWEEN, 1)[-1]
