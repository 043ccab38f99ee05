"""Paths to elements of an outline, in the little of XPath that mapping tables need.

``A/B`` is a child of a child, ``A//B`` any B inside A, ``A[@k=v]`` an A whose attribute is v, and
``A*`` or ``*A`` an element whose name begins or ends with A.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

import msgspec

from sousveil.text.outline import Element

_STEP = re.compile(r"(?P<deep>//)?/?(?P<name>[^/\[\]]+)(?:\[@(?P<key>\w+)=(?P<value>[^\]]*)\])?")


class Step(msgspec.Struct, frozen=True):
    """One step: the name, whether at any depth, and the attribute it must have."""

    name: str
    deep: bool
    key: str | None
    value: str | None


@lru_cache(maxsize=1024)
def steps(path: str) -> tuple[Step, ...]:
    """The steps of a path. Raises ValueError for what is none."""
    found = list(_STEP.finditer(path))
    if "".join(match[0] for match in found) != path or not found:
        raise ValueError(f"no path: {path}")
    return tuple(Step(m["name"], m["deep"] is not None, m["key"], m["value"]) for m in found)


class Finder:
    """Finds elements of one outline by their paths; deep steps look in a list by name."""

    def __init__(self, text: str, root: Element) -> None:
        self._text = text
        self._root = root
        self._named: dict[str, list[Element]] | None = None
        self._places: dict[str, list[int]] = {}

    def find(self, start: Element | None, path: str) -> list[Element]:
        """Elements at a path from ``start``, in the order of the text."""
        found = [start] if start is not None else []
        for step in steps(path):
            if not found:
                break
            if step.deep:
                found = self._below(found, step.name)
            elif "*" in step.name:
                found = [c for e in found for c in e.children if _fits(c.name, step.name)]
            else:
                name = step.name
                found = [c for e in found for c in e.children if c.name == name]
            if step.key is not None:
                found = [e for e in found if self._says(e, step.key) == step.value]
        return found

    def _below(self, elements: list[Element], name: str) -> list[Element]:
        named = self._by_name(name)
        places = self._places[name]
        found: list[Element] = []
        for element in elements:
            first = bisect_right(places, element.place)
            found += named[first : bisect_left(places, element.stop, first)]
        return found

    def _by_name(self, name: str) -> list[Element]:
        """Elements of a name in the order of the text; their places are kept beside."""
        if self._named is None:
            self._named = {}
            for element in self._root.each():
                self._named.setdefault(element.name, []).append(element)
        if name not in self._places:
            named = self._named.get(name, [])
            if "*" in name:
                named = [e for n, es in self._named.items() if _fits(n, name) for e in es]
                named.sort(key=lambda element: element.place)
                self._named[name] = named
            self._places[name] = [element.place for element in named]
        return self._named.get(name, [])

    def _says(self, element: Element, key: str) -> str:
        start, end = element.attributes.get(key, (0, 0))
        return self._text[start:end]


def _fits(name: str, pattern: str) -> bool:
    if "*" in name:  # a pattern that was looked for before
        return False
    if pattern[-1] == "*":
        return name.startswith(pattern[:-1])
    return name.endswith(pattern[1:])


def splice(root: Element, names: frozenset[str]) -> None:
    """Put the children of elements with these names in their place."""
    for element in root.each():
        while any(child.name in names for child in element.children):
            kept: list[Element] = []
            for child in element.children:
                if child.name in names:
                    for inner in child.children:
                        inner.parent = element
                    kept.extend(child.children)
                else:
                    kept.append(child)
            element.children = kept
