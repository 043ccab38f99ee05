"""The text of an XML record: a line for each element, so that a person and a program can read it.

A line is two blanks for each level, the element's local name, its short attributes in brackets and,
where it has one, its text with white space squeezed::

    ProcurementProject
      Name (languageID=ENG): Video surveillance of a car park

An attribute whose value is long or has blanks stands on a line of its own below, its name after
``@``. What is written here is read back by ``read``; masking changes values only, so a masked text
reads back to the same elements.
"""

import re
from collections.abc import Iterator, Mapping

Span = tuple[int, int]

_SHORT = re.compile(r"[\w.:/+-]{1,60}")
_VALUE = re.compile(r"^ *+@?[^\s:]++(?: \([^()\n]*+\))?: ([^\n]++)$", re.MULTILINE)


_NONE: list["Element"] = []
"""The children of an element that has none: never added to."""


class Element:
    """An element of an outline: code points [start, end) of the text are its value.

    ``place`` is where its name begins, ``stop`` where its lines and those inside it end; an element
    without text has ``start == end``. ``long`` are the attributes that stand on lines of their own.
    """

    __slots__ = (
        "_attributes",
        "_head",
        "children",
        "end",
        "long",
        "name",
        "parent",
        "place",
        "start",
        "stop",
    )

    def __init__(
        self, head: str, place: int, start: int, end: int, parent: "Element | None"
    ) -> None:
        self._head = head
        self._attributes: Mapping[str, Span] | None = None
        self.name = head.partition(" (")[0]
        self.place = place
        self.start = start
        self.end = self.stop = end
        self.parent = parent
        self.long: dict[str, Span] | None = None
        self.children: list[Element] = _NONE

    @property
    def attributes(self) -> Mapping[str, Span]:
        """Where the value of each attribute stands."""
        if self._attributes is None:
            self._attributes = _short(self._head, self.name, self.place)
            if self.long:
                self._attributes |= self.long
        return self._attributes

    @property
    def name_span(self) -> Span:
        """Where the name stands."""
        return self.place, self.place + len(self.name)

    def each(self) -> Iterator["Element"]:
        """The element and everything in it, in the order of the text."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def written(depth: int, name: str, attributes: Mapping[str, str], value: str) -> str:
    """The lines of one element. ``value`` has no line ends; ``depth`` counts from 0."""
    indent = "  " * depth
    if not attributes:
        return f"{indent}{name}: {value}" if value else indent + name
    short = [f"{key}={text}" for key, text in attributes.items() if _SHORT.fullmatch(text)]
    head = f"{indent}{name} ({', '.join(short)})" if short else indent + name
    lines = [f"{head}: {value}" if value else head]
    lines += [
        f"{indent}  @{key}: {text}"
        for key, text in attributes.items()
        if text and not _SHORT.fullmatch(text)
    ]
    return "\n".join(lines)


def read(text: str) -> Element | None:
    """The outermost element of a text that ``written`` made; None where the text is no outline."""
    root: Element | None = None
    stack: list[Element] = []
    open_ones = position = 0
    for line in text.split("\n"):
        plain = line.lstrip(" ")
        indent = len(line) - len(plain)
        depth = indent >> 1
        head, _, value = plain.partition(": ")
        end = position + len(line)
        while open_ones > depth:
            stack.pop().stop = position - 1
            open_ones -= 1
        if indent & 1 or not head or open_ones != depth or (not depth and root is not None):
            return None
        parent = stack[-1] if depth else None
        if head[0] == "@":
            if parent is None:
                return None
            parent.long = {**(parent.long or {}), head[1:]: (end - len(value), end)}
            position = end + 1
            continue
        element = Element(head, position + indent, end - len(value), end, parent)
        if parent is None:
            root = element
        elif parent.children:
            parent.children.append(element)
        else:
            parent.children = [element]
        stack.append(element)
        open_ones += 1
        position = end + 1
    for left in stack:
        left.stop = len(text)
    return root


def _short(head: str, name: str, place: int) -> dict[str, Span]:
    """The attributes that stand in brackets after the name."""
    found: dict[str, Span] = {}
    at = place + len(name) + 2
    for pair in head[len(name) + 2 : -1].split(", ") if len(head) > len(name) else ():
        key = pair.partition("=")[0]
        found[key] = (at + len(key) + 1, at + len(pair))
        at += len(pair) + 2
    return found


def values(text: str) -> Iterator[str]:
    """What the elements say, without their names: the words of the record."""
    for match in _VALUE.finditer(text):
        yield match[1]
