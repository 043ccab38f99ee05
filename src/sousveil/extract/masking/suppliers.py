"""What rows and objects tell of their suppliers, kept until it is known whether a mark says that
they are natural persons; and what is masked then.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from sousveil.extract.masking.marked import (
    Part,
    asks,
    group_of,
    is_firm,
    is_incorporated,
    marks,
    one_of_several,
    part_of_supplier,
    persons_among,
)
from sousveil.extract.masking.named_again import Names
from sousveil.extract.masking.record_text import Text
from sousveil.model.document import MaskKind

Masked = tuple[MaskKind, Text, int, int]
"""A kind and the [start, end) of a value that it covers."""

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_WORD = re.compile(r"\w+")
_OF_FIRM = re.compile(
    r"(?: (?:&|[^\W\d_]+)){0,2},? (?i:inc|llc|ltd|limited|corp|corporation|gmbh|plc|llp|ltda)(?!\w)"
    r"|,? (?:SA|S\.A|SAS|SL|S\.L|SRL|S\.R\.L|SpA|AG|BV|NV|AB|Oy)(?!\w)"
)
"""What follows a surname that is part of a firm's own name in running text: Molen & Sons Inc."""
_SHORTEST_DETAIL = 8


class Suppliers(msgspec.Struct):
    """The suppliers of one row or object: what its headings ask of them, and the groups (see
    ``marked.Part``) whose mark says that they are natural persons."""

    parts: list[tuple[Part, Text]] = []
    marked: set[str] = set()

    def read(self, key: str, text: Text) -> bool:
        """Keep what a value tells of a supplier; whether it is a mark and nothing else."""
        if marks(key, text.value):
            self.marked.add(group_of(key))
            return True
        part = part_of_supplier(key)
        if part is not None:
            self.parts.append((part, text))
        return False

    def is_named(self) -> bool:
        """Whether a heading has named a supplier."""
        return any(part.kind == "person" and part.named for part, _ in self.parts)

    def add(self, kind: MaskKind, texts: Iterable[Text]) -> None:
        """Add what an object that is a supplier tells under keys that name nobody."""
        self.parts += [(Part(kind, "", named=True), text) for text in texts]

    def persons(self) -> "Persons | None":
        """What is masked because of the marks; None where no name of a person is."""
        parts = self._of_marked() if self.marked else []
        naming = [text for part, text in parts if part.kind == "person"]
        masked: list[Masked] = [
            ("person", text, start, end)
            for text in naming
            for start, end in persons_among(text.value)
        ]
        if not masked:
            return None
        names = [_BRACKETS.sub("", text.value[start:end]) for _, text, start, end in masked]
        masked += _in_firms(naming, Names(names))
        details = [(p.kind, t) for p, t in parts if p.kind != "person" and t.value.strip()]
        masked += [(kind, text, 0, len(text.value)) for kind, text in details]
        return Persons(names, masked, [(kind, text.value) for kind, text in details])

    def _of_marked(self) -> list[tuple[Part, Text]]:
        """The parts of the marked suppliers. A mark that counts none is of all; one of a group that
        has no name, of the supplier that is not counted or else of all."""
        named = {part.group for part, _ in self.parts if part.kind == "person"}
        unnamed = not self.marked <= named
        every = "" in self.marked or (unnamed and "" not in named)
        return [
            (part, text)
            for part, text in self.parts
            if part.group in self.marked or (part.named and (every or (unnamed and not part.group)))
        ]


def _in_firms(naming: Iterable[Text], names: Names) -> Iterator[Masked]:
    """The names in the trade names that stand beside them (Molen Design), surnames alone only where
    the firm is not a person of its own (Molen LLC)."""
    for text in naming:
        for said in one_of_several(text.value):
            alone = not is_incorporated(said[0])
            for place in names.places(said[0]):
                if place.whole or alone:
                    yield "person", text, said.start() + place.start, said.start() + place.end


class Persons(msgspec.Struct, frozen=True):
    """The natural persons that marks have shown, what of them is masked at once, and their
    addresses and numbers, which may stand elsewhere."""

    names: list[str]
    masked: list[Masked]
    details: list[tuple[MaskKind, str]]


class Elsewhere:
    """Where those whom marks have shown stand in the other values of their row or record."""

    def __init__(self, everybody: Iterable[Persons]) -> None:
        shown = list(everybody)
        self._names = Names(name for persons in shown for name in persons.names)
        self._details: dict[str, list[tuple[MaskKind, str]]] = {}
        for kind, value in dict.fromkeys(one for persons in shown for one in persons.details):
            first = _WORD.search(value)
            if first and len(value.strip()) >= _SHORTEST_DETAIL:
                detail = value[first.start() :].rstrip()
                self._details.setdefault(first[0], []).append((kind, detail))

    def places(self, key: str, value: str) -> Iterator[tuple[MaskKind, int, int]]:
        """What of a value names them or is an address or number of theirs."""
        yield from self._of_details(value)
        reach = _reach(key)
        if reach == "nowhere" or (reach == "whole" and is_firm(value)):
            return
        for place in self._names.places(value):
            alone = reach == "anywhere" and not _OF_FIRM.match(value, place.end)
            if place.whole or alone:
                yield "person", place.start, place.end

    def _of_details(self, value: str) -> Iterator[tuple[MaskKind, int, int]]:
        for word in _WORD.finditer(value) if self._details else ():
            for kind, detail in self._details.get(word[0], ()):
                end = word.start() + len(detail)
                if value.startswith(detail, word.start()) and not value[end : end + 1].isalnum():
                    yield kind, word.start(), end


def _reach(key: str) -> Literal["nowhere", "whole", "anywhere"]:
    """Whether a value may name the person at all, only whole as other parties do, or by a word."""
    asked = asks(key)
    if asked == "place":
        return "nowhere"
    part = part_of_supplier(key)
    names_party = key in ("name", "legalName") or (part is not None and part.kind == "person")
    return "whole" if asked == "other" or names_party else "anywhere"
