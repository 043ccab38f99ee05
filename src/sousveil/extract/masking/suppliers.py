"""What rows and objects tell of their suppliers, kept until it is known whether a mark says that
they are natural persons; and what is masked then.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from sousveil.extract.masking.marked import (
    EAST,
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
from sousveil.extract.masking.named_again import Place, places
from sousveil.extract.masking.names import surname_length
from sousveil.extract.masking.record_text import Text
from sousveil.model.document import MaskKind
from sousveil.text.scripts import to_simplified

Masked = tuple[MaskKind, Text, int, int]
"""A kind and the [start, end) of a value that it covers."""

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
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
        found = Persons()
        for part, text in parts:
            if part.kind == "person":
                found.name(text)
        if not found.names:
            return None
        for part, text in parts:
            if part.kind == "person":
                found.in_firms(text)
            else:
                found.detail(part.kind, text)
        return found

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


class Persons(msgspec.Struct):
    """The natural persons that marks have shown: their names, and what of them is masked."""

    names: list[str] = []
    masked: list[Masked] = []
    details: list[tuple[MaskKind, re.Pattern[str]]] = []

    def name(self, text: Text) -> None:
        """Mask the names in a supplier's value that have no word of a firm."""
        for start, end in persons_among(text.value):
            self.names.append(_BRACKETS.sub("", text.value[start:end]).strip())
            self.masked.append(("person", text, start, end))

    def in_firms(self, text: Text) -> None:
        """Mask the names in the trade names that stand beside them (Molen Design), surnames alone
        only where the firm is not a person of its own (Molen LLC)."""
        for said in one_of_several(text.value):
            alone = not is_incorporated(said[0])
            for name in self.names:
                for start, end in _standing(name, said[0], alone=alone):
                    self.masked.append(("person", text, said.start() + start, said.start() + end))

    def detail(self, kind: MaskKind, text: Text) -> None:
        """Mask a supplier's address or number."""
        value = text.value.strip()
        if value:
            self.masked.append((kind, text, 0, len(text.value)))
        if len(value) >= _SHORTEST_DETAIL:
            self.details.append((kind, re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")))

    def again(self, key: str, text: Text) -> Iterator[tuple[MaskKind, int, int]]:
        """Where they are named, or their details stand, in another value of the row or record."""
        for kind, pattern in self.details:
            for match in pattern.finditer(text.value):
                yield kind, match.start(), match.end()
        reach = _reach(key)
        if reach == "nowhere" or (reach == "whole" and is_firm(text.value)):
            return
        for name in self.names:
            for place in _again(name, text.value):
                alone = reach == "anywhere" and not _OF_FIRM.match(text.value, place.end)
                if place.whole or alone:
                    yield "person", place.start, place.end


def _reach(key: str) -> Literal["nowhere", "whole", "anywhere"]:
    """Whether a value may name the person at all, only whole as other parties do, or by a word."""
    asked = asks(key)
    if asked == "place":
        return "nowhere"
    part = part_of_supplier(key)
    names_party = key in ("name", "legalName") or (part is not None and part.kind == "person")
    return "whole" if asked == "other" or names_party else "anywhere"


def _again(name: str, value: str) -> Iterator[Place]:
    """Where a value names somebody; in scripts without blanks within other words only who has a
    surname, as trade names (大丰收) may be words and places."""
    if not EAST.search(name):
        yield from places(name, value)
        return
    letters = "".join(to_simplified(name).split())
    if surname_length(letters) or letters == "".join(to_simplified(value).split()):
        yield from _letter_by_letter(name, value)


def _standing(name: str, value: str, *, alone: bool) -> Iterator[tuple[int, int]]:
    """Where a name stands in the name of a firm; ``alone``: one word of it too."""
    found = _letter_by_letter(name, value) if EAST.search(name) else places(name, value)
    yield from ((place.start, place.end) for place in found if alone or place.whole)


def _letter_by_letter(name: str, value: str) -> Iterator[Place]:
    letters = map(re.escape, "".join(name.split()))
    for match in re.finditer(r"\s*".join(letters), value):
        yield Place(*match.span(), whole=True)
