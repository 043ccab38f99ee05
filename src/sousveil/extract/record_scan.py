"""Scan the raw slice of a JSON record into a light tree of offsets.

One pass of one compiled pattern; no value is decoded before somebody asks for it. A leaf is the
span [start, end) of a scalar as written (a string with its quotation marks), in code points of the
text. Well-formedness is the parser's business: the scan only notices what it cannot place.
"""

import json
import re
from typing import TypeAlias

Leaf: TypeAlias = tuple[int, int]
Node: TypeAlias = Leaf | dict[str, "Node"] | list["Node"]
Members: TypeAlias = dict[str, Node]

# Possessive quantifiers: a failed alternative must not walk back through a long string. None of a
# group: before Python 3.11.5 one that fails half-way does not go back to its start (gh-106052).
# Groups: 1 the member's name, 2 a scalar, 3 an opening, 4 a closing, 5 the end, 6 anything else.
_TOKEN = re.compile(
    r"""[\s,]*+
    (?:"([^"\\]*+(?:\\.[^"\\]*+)*)"\s*+:\s*+)?
    (?:("[^"\\]*+(?:\\.[^"\\]*+)*"|-?[0-9][0-9.eE+-]*+|true|false|null|NaN|-?Infinity)
    |([\[{])|([\]}])|(\Z)|(.))""",
    re.VERBOSE | re.DOTALL,
)
_SCALAR, _OPEN, _CLOSE, _END = 2, 3, 4, 5

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def scan(text: str) -> Members | None:
    """The object that ``text`` holds, or None where it is no object or cannot be followed.

    Of a name given twice the last member counts, as in every common JSON reader.
    """
    outside: list[Node] = []
    stack: list[Members | list[Node]] = []
    array: list[Node] | None = outside
    members: Members = {}
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind == _CLOSE:
            if not stack or token[1] is not None or (token[4] == "]") is (array is None):
                return None
            upper = stack.pop()
            if isinstance(upper, dict):
                array, members = None, upper
            else:
                array = upper
            continue
        if kind == _SCALAR:
            node: Node = token.span(2)
        elif kind == _OPEN:
            node = {} if token[3] == "{" else []
        else:
            if kind == _END and token[1] is None and not stack:
                break
            return None
        name = token[1]
        if array is None:
            if name is None:
                return None
            members[unescape(name) if "\\" in name else name] = node
        elif name is None:
            array.append(node)
        else:
            return None
        if kind == _OPEN:
            stack.append(members if array is None else array)
            if isinstance(node, dict):
                array, members = None, node
            elif isinstance(node, list):
                array = node
    if len(outside) == 1 and isinstance(outside[0], dict):
        return outside[0]
    return None


def unescape(content: str) -> str:
    """The string whose content between the quotation marks is ``content``.

    Raw control characters are let through; half of a surrogate pair becomes U+FFFD, because no
    later format can hold it. A broken escape leaves the content as written.
    """
    if "\\" not in content:
        return content
    try:
        value = json.loads(f'"{content}"', strict=False)
    except ValueError:
        return content
    return _LONE_SURROGATE.sub("�", str(value))


def has_ocid(text: str) -> bool:
    """Whether ``text`` is an object whose own member ``ocid`` is a scalar that is not empty.

    Stops at that member, which publishers put first.
    """
    depth = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind == _OPEN:
            if depth == 0 and token[3] == "[":
                return False
            depth += 1
        elif kind == _CLOSE:
            depth -= 1
        elif kind == _SCALAR:
            if depth == 1 and token[1] == "ocid":
                return token[2].strip('" ') not in ("", "null", "true", "false")
            if depth == 0:
                return False
        else:
            return False
    return False
