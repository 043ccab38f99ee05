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
_LINE = re.compile(
    r"^(?P<indent>(?:  )*+)(?P<name>@?[^\s:()@]++)(?: \((?P<attributes>[^()\n]*+)\))?+"
    r"(?:: (?P<value>[^\n]*+))?+$",
    re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)=([^\s,]*)")


class Element:
    """An element of an outline: code points [start, end) of the text are its value.

    ``name_span`` is where its name stands; an element without text has ``start == end``.
    """

    __slots__ = ("attributes", "children", "end", "name", "name_span", "parent", "start")

    def __init__(self, name: str, name_span: Span, value: Span, parent: "Element | None") -> None:
        self.name = name
        self.name_span = name_span
        self.start, self.end = value
        self.parent = parent
        self.attributes: dict[str, Span] = {}
        self.children: list[Element] = []

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
    for match in _LINE.finditer(text):
        start, end = match.span("value")
        if start < 0:
            start = end = match.end()
        depth = (match.end("indent") - match.start()) // 2
        name = match["name"]
        del stack[depth:]
        if len(stack) != depth or (depth == 0 and root is not None):
            return None
        if name[0] == "@":
            if not stack:
                return None
            stack[-1].attributes[name[1:]] = (start, end)
            continue
        parent = stack[-1] if stack else None
        element = Element(name, match.span("name"), (start, end), parent)
        first, stop = match.span("attributes")
        if first >= 0:
            for attribute in _ATTRIBUTE.finditer(text, first, stop):
                element.attributes[attribute[1]] = attribute.span(2)
        if parent is None:
            root = element
        else:
            parent.children.append(element)
        stack.append(element)
    return root


def values(text: str) -> Iterator[str]:
    """What the elements say, without their names: the words of the record."""
    for match in _LINE.finditer(text):
        if match["value"]:
            yield match["value"]
