"""Notices in XML: eForms (UBL) and TED forms, each one page, wherever they stand in the file.

The page's text is an outline of the notice (``sousveil.text.outline``): a line an element, so that
what is quoted reads as it stands. ``pointer`` is the child sequence of XPointer's element() scheme:
``/1`` is the root, ``/1/3`` its third child element.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from xml.parsers import expat

from sousveil.errors import DamagedError, LimitError, UnsupportedError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.content import SMALL, Content
from sousveil.parse.expat import BETWEEN, local, reader
from sousveil.parse.problem import RecordProblem
from sousveil.parse.xml_bytes import as_utf8
from sousveil.text.outline import written

VERSION = 1
EFORMS = "application/vnd.eforms+xml"
TED = "application/vnd.ted+xml"
MEDIA_TYPES = ("application/xml", EFORMS, TED)

_DEEPEST = 100
_MOST_CHARACTERS = 32 << 20
"""Of the outline of one notice."""

_MOST_ELEMENTS = 500_000
_CHUNK = 8 << 20
_MEND = "Ask the source for a whole copy, or add a repaired one."
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_EFORMS_ROOTS = frozenset(
    f"{_UBL}{name}-2{BETWEEN}{name}"
    for name in ("ContractNotice", "ContractAwardNotice", "PriorInformationNotice")
)
_REGISTRATION = "BusinessRegistrationInformationNotice"
_TED_ROOTS = frozenset({"TED_EXPORT", "TED_ESENDERS"})
_TED_FORM = re.compile(
    r"F\d\d_(?:\d{4}|[A-Z_]+)|MOVE|(?:F\d\d_)?(?:PRIOR_INFORMATION|CONTRACT(?:_AWARD|_CONCESSIONAIRE)?)_DEFENCE"
)
"""A form by itself, as senders keep it; known by its attributes too."""

_PLAIN_NAME = re.compile(r"[A-Za-z_](?:[A-Za-z_-]|\d{1,4}(?!\d)){0,40}", re.ASCII)
"""No dots and no long numbers: an error text holds no address and no telephone number."""
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_INLINE = frozenset({"FT", "b", "i", "u", "em", "strong", "sub", "sup", "span", "a"})


def kind_of(name: str, attributes: Mapping[str, str]) -> str | None:
    """The media type of the notice that an element (namespace, blank, local name) is, if it is."""
    space, _, tag = name.rpartition(BETWEEN)
    if name in _EFORMS_ROOTS or (tag == _REGISTRATION and "eforms" in space):
        return EFORMS
    if tag in _TED_ROOTS:
        return TED
    if space and "publications.europa.eu" not in space:
        return None
    is_form = _TED_FORM.fullmatch(tag) and not attributes.keys().isdisjoint(("LG", "FORM"))
    return TED if is_form else None


def parse_xml(
    content: Content, document: Document, media_type: str
) -> Iterator[ParsedPage | RecordProblem]:
    """Yield a page for each notice, and a problem where the file breaks after some were read.

    Raises UnsupportedError where the XML holds none or has a document type, DamagedError where it
    is not well-formed, LimitError where a notice is too large or elements nest too deep.
    """
    records = _Records()
    number = 0
    try:
        for _ in _events(content, records):
            for pointer, kind, text in records.taken():
                number += 1
                yield _page(document, number, text, kind, pointer)
    except (DamagedError, LimitError, UnsupportedError) as error:
        for pointer, kind, text in records.taken():
            number += 1
            yield _page(document, number, text, kind, pointer)
        if not number:
            raise
        yield RecordProblem(None, number + 1, error.reason, error.message, error.hint)
    if not number:
        raise _no_notice(records.root)


def _page(document: Document, number: int, text: str, kind: str, pointer: str) -> ParsedPage:
    return ParsedPage(document.sha256, number, text, "elements", kind, pointer=pointer)


def _events(content: Content, records: "_Records") -> Iterator[None]:
    """Send the file to ``records``; yields after each piece of it."""
    parser = reader(records.start, records.end, records.text, has_type=_typed(), encoding="utf-8")
    # Small files in one piece: expat looks at a long token again with every piece it comes in.
    size = content.size + 1 if content.size <= SMALL else _CHUNK
    for piece in as_utf8(content, size):
        try:
            parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise _damaged(error, parser.ErrorByteIndex) from None
        yield


def _too_deep() -> LimitError:
    return LimitError(
        f"The XML nests more than {_DEEPEST} elements.",
        "A file like that is most likely no notice.",
    )


def _too_much() -> LimitError:
    return LimitError(
        f"A notice in the XML has more than {_MOST_CHARACTERS:,} characters or "
        f"{_MOST_ELEMENTS:,} elements.",
        "A file like that is most likely no notice.",
    )


def _typed() -> UnsupportedError:
    return UnsupportedError(
        "The XML has a document type (DTD), which is never read: it may lead to other files.",
        "Notices have none. If this is one, remove the line that begins with <!DOCTYPE and add it.",
    )


def _damaged(error: expat.ExpatError, byte: int) -> DamagedError:
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
        what = "names an entity, which only a document type could explain,"
    elif error.code in _ENDED:
        what = "ends early,"
    else:
        what = "is not well-formed"
    return DamagedError(f"The XML {what} at line {error.lineno:,} (byte {byte:,}).", _MEND)


_ENDED = frozenset(
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


def _no_notice(root: str) -> UnsupportedError:
    name = local(root)
    known = f"root element {name}" if _PLAIN_NAME.fullmatch(name) else "its root has no plain name"
    return UnsupportedError(
        f"XML of a kind not known: {known}.",
        "Of XML, eForms and TED notices are read. Export it as HTML, text or JSON and add that.",
    )


class _Records:
    """Receives the events of a file; finished notices wait to be taken."""

    def __init__(self) -> None:
        self.root = ""
        self._done: list[tuple[str, str, str]] = []
        self._path: list[int] = [0]
        self._kind: str | None = None
        self._open: list[_Open] = []
        self._lines: list[_Line] = []
        self._size = 0

    def taken(self) -> list[tuple[str, str, str]]:
        """Pointer, media type and text of the notices that have ended since."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        depth = len(self._open)
        if depth + len(self._path) > _DEEPEST:
            raise _too_deep()
        if self._kind is None:
            self.root = self.root or name
            self._path[-1] += 1
            self._kind = kind_of(name, attributes)
            if self._kind is None:
                self._path.append(0)
                return
        self._open.append((len(self._lines), []))
        tag = local(name)
        kept = _plain(attributes) if attributes else attributes
        self._lines.append((depth, tag, kept, ""))
        self._size += 2 * depth + len(tag)
        if kept:
            self._size += sum(2 * depth + len(key) + len(kept[key]) for key in kept)
        if self._size > _MOST_CHARACTERS or len(self._lines) > _MOST_ELEMENTS:
            raise _too_much()

    def text(self, piece: str) -> None:
        """Characters."""
        if not self._open:
            return
        own = self._open[-1][1]
        if not piece.isspace():
            self._size += len(piece)
            if self._size > _MOST_CHARACTERS:
                raise _too_much()
            own.append((len(self._lines), piece))
        elif own:
            own.append((len(self._lines), " "))

    def end(self, name: str) -> None:
        """An element ends."""
        if self._kind is None:
            self._path.pop()
            return
        line, own = self._open.pop()
        if own:
            depth, tag, attributes, _ = self._lines[line]
            value = (
                own[0][1] if len(own) == 1 == len(self._lines) - line else self._value(line, own)
            )
            self._lines[line:] = [(depth, tag, attributes, _squeezed(value))]
        if not self._open:
            text = "\n".join([written(*each) for each in self._lines])
            pointer = "/" + "/".join(map(str, self._path))
            self._done.append((pointer, self._kind, text))
            self._kind, self._lines, self._size = None, [], 0

    def _value(self, line: int, own: list[tuple[int, str]]) -> str:
        """The element's text; what stands inside it between its own words belongs to it."""
        parts: list[str] = []
        at = line + 1
        for place, piece in (*own, (len(self._lines), "")):
            for _, tag, _, value in self._lines[at:place]:
                parts.append(value if tag in _INLINE else f" {value} ")
            parts.append(piece)
            at = max(at, place)
        return "".join(parts)


_Open: TypeAlias = tuple[int, list[tuple[int, str]]]
"""An element of a notice that has begun: its line, and its own text by the line it stood at."""

_Line: TypeAlias = tuple[int, str, dict[str, str], str]
"""Depth, name, attributes and value."""


def _squeezed(text: str) -> str:
    """White space squeezed and control characters left out."""
    plain = " ".join(text.split())
    return plain if plain.isprintable() else " ".join(printable(plain).split())


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by local name, without those that concern the schema alone."""
    return {
        local(name): _squeezed(value)
        for name, value in attributes.items()
        if not name.startswith(_SCHEMA_INSTANCE)
    }
