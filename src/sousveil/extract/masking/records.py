"""Find personal details in a raw JSON record, so that it stays valid JSON when they are replaced.

One scan over the raw text: strings with the keys that name them, objects and arrays for the path.
Keys decide first (contactPoint.name, buyerTel, 联系人); the prose of all other strings is searched
together in one text whose parts cannot see each other. Only the part of the raw string that is
personal is replaced; nothing is re-encoded, because a mask token needs no escape.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from sousveil.extract.masking.finder import find_personal, without_overlap
from sousveil.extract.masking.fold import fold
from sousveil.extract.masking.foreign import is_organisation
from sousveil.extract.masking.marked import asks, part_of_supplier
from sousveil.extract.masking.officers import label_of
from sousveil.extract.masking.reading import bare_person
from sousveil.extract.masking.record_keys import (
    NATURAL,
    NATURAL_KEYS,
    PERSON_SCHEMES,
    SKIPPED,
    is_home,
    is_person_object,
    kind_of,
    may_name_supplier,
)
from sousveil.extract.masking.record_text import Text, decode, may_hold_person
from sousveil.extract.masking.suppliers import Elsewhere, Persons, Suppliers
from sousveil.model.document import MaskKind

Found = list[tuple[MaskKind, int, int]]

# A member whose value is a number or a string comes as one token. Groups: 1 a name or an element,
# 2 the colon of a name, 3 its number or true, 4 its string, 5 a bracket, 6 an element's number.
_CONTENT = r'"([^"\\]*+(?:\\.[^"\\]*+)*)"'
_TOKEN = re.compile(
    rf"{_CONTENT}(?:\s*+(:)\s*+(?:(-?\d[\d.eE+-]*+|true\b)|{_CONTENT})?)?|([{{}}\[\]])"
    r"|(-?\d[\d.eE+-]*+)",
    re.DOTALL,
)
_ELEMENT, _NAME, _NUMBER_OF, _STRING_OF, _BRACKET, _NUMBER_ELEMENT = range(1, 7)
_NEVER_READ = SKIPPED - {"id", "scheme", "type", "postalCode"}
_SHORTEST_NUMBER = 5
_WALL = "\n\n\n\n\ue000\n\n\n\n\n"
"""Stands between strings that are searched together: no label reaches over it."""

_LETTER = re.compile(r"[^\W\d_]{2}")


class Frame(msgspec.Struct):
    """An open object or array: the key it stands under, and what is known of it as a party."""

    key: str
    natural: bool = False
    person: bool = False
    person_scheme: bool = False
    names: list[Text] = []
    streets: list[Text] = []
    ids: list[Text] = []
    numbers: list[Text] = []
    suppliers: Suppliers = msgspec.field(default_factory=Suppliers)


class Scan:
    """The state of one pass over a record."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.found: Found = []
        self.bare: set[int] = set()
        self.numbers: set[int] = set()
        self.prose: list[Text] = []
        self.known: set[str] = set()
        self.seen: list[tuple[str, Text]] = []
        self.marked: list[Persons] = []
        self.stack: list[Frame] = [Frame("")]

    def run(self) -> None:
        """Walk the raw JSON."""
        raw, key, stack = self.raw, "", self.stack
        for match in _TOKEN.finditer(raw):
            kind = match.lastindex
            if kind == _STRING_OF:
                key = _decoded(match[1])
                if key not in _NEVER_READ:
                    self._string(key, match.start(4), match[4])
                key = ""
            elif kind == _NUMBER_OF:
                self._number(_decoded(match[1]), match.span(3))
                key = ""
            elif kind == _NAME:
                key = _decoded(match[1])
            elif kind == _BRACKET:
                if match[5] in "{[":
                    # Elements of an array stand under the array's key.
                    stack.append(Frame(key or stack[-1].key))
                elif len(stack) > 1:
                    self.close(stack.pop())
                key = ""
            elif kind == _ELEMENT:
                self._string(stack[-1].key, match.start(1), match[1])
            else:
                self._number(stack[-1].key, match.span(6))

    def _number(self, key: str, span: tuple[int, int]) -> None:
        text = Text(span[0], self.raw[slice(*span)], None)
        self.bare.add(text.start)
        self.seen.append((key, text))
        self.stack[-1].suppliers.read(key, text)
        if span[1] - span[0] < _SHORTEST_NUMBER:
            return
        kind = kind_of(key, self.stack[-1].key)
        if kind in ("phone", "account", "id_number"):
            self.found.append((kind, *span))
            self.numbers.add(span[0])

    def _string(self, key: str, start: int, string: str) -> None:
        if not string or key in _NEVER_READ:
            return
        decoded, offsets = (string, None) if "\\" not in string else decode(string)
        self.value(key, Text(start, decoded, offsets))

    def value(self, key: str, text: Text) -> None:
        """Judge a text by its key and the object it stands in."""
        frame, decoded = self.stack[-1], text.value
        if key == "scheme":
            frame.person_scheme = PERSON_SCHEMES.search(decoded) is not None
        elif key == "id":
            frame.ids.append(text)
        if key in NATURAL_KEYS and NATURAL.match(decoded):
            frame.natural = True
            if frame.key == "details" and len(self.stack) > 1:
                self.stack[-2].natural = True
        if frame.suppliers.read(key, text):
            return
        self.seen.append((key, text))
        kind = kind_of(key, frame.key)
        if kind and self._by_key(kind, key, text):
            frame.person |= kind == "person" and is_person_object(frame.key)
            return
        if key in ("name", "legalName"):
            frame.names.append(text)
        elif key in ("streetAddress", "address", "postalCode"):
            frame.streets.append(text)
        if may_name_supplier(key, frame.key) and self._bare(text):
            return
        if key not in SKIPPED:
            self.prose.append(text)

    def _by_key(self, kind: MaskKind, key: str, text: Text) -> bool:
        """Mask the value of a key that asks for something personal; whether that was all."""
        value = text.value
        if kind == "person":
            return self._person(key, text)
        digits = sum(char.isdigit() for char in value)
        fits = {
            "phone": digits >= 5 and len(value) <= digits * 2 + 12 and "@" not in value,
            "email": "@" in value and len(value) < 80 and " " not in value.strip(),
            "id_number": digits >= 5,
            "account": len(value) >= 3,
            "address": len(value) >= 4,
        }
        if fits[kind] and not (kind == "phone" and _LETTER.search(value)):
            self.add(kind, text, 0, len(value))
            return True
        if kind == "phone" and not _LETTER.search(value):
            return False
        prefix = {"phone": "电话:", "email": "邮箱:"}.get(kind, "")
        return self._with_label(prefix, text)

    def _person(self, key: str, text: Text) -> bool:
        value = text.value
        if len(value) > 400:
            return False
        folded = fold(value).text
        if re.search("[㐀-鿿]", folded):
            return self._with_label(label_of(key), text)
        if re.search("[가-힣]{2}", folded) and len(folded) <= 6:
            self.add("person", text, 0, len(value))
            return True
        if not _LETTER.search(folded) or is_organisation(folded) or len(folded) > 80:
            return False
        if re.search(r"[@\d]", folded):
            return self._with_label("Contact person: ", text)
        self.add("person", text, 0, len(value))
        return True

    def _with_label(self, label: str, text: Text) -> bool:
        """Search the value as if its key's label stood before it."""
        shift = len(label)
        found = [f for f in find_personal(label + text.value) if f[2] > shift]
        for kind, start, end in found:
            self.add(kind, text, max(0, start - shift), end - shift)
        return bool(found)

    def _bare(self, text: Text) -> bool:
        span = bare_person(fold(text.value).text, 0) if not text.value.isascii() else None
        if span is None:
            return False
        self.add("person", text, *span)
        return True

    def add(self, kind: MaskKind, text: Text, start: int, end: int) -> None:
        """Mask [start, end) of a value."""
        self.found.append((kind, *text.span(start, end)))
        if kind == "person":
            self.known.add(text.value[start:end])

    def close(self, frame: Frame) -> None:
        """An object has ended: what is known of it as a party decides."""
        if frame.person_scheme:
            for text in frame.ids:
                self.add("id_number", text, 0, len(text.value))
            self.stack[-1].natural = True
        if frame.natural and frame.key not in ("identifier", "details"):
            for text in frame.names:
                self.add("person", text, 0, len(text.value))
            for text in frame.streets:
                self.add("address", text, 0, len(text.value))
        if frame.person:
            for text in frame.numbers:
                self.add("id_number", text, 0, len(text.value))
        if frame.person or is_home(frame.key):
            for text in frame.streets:
                self.add("address", text, 0, len(text.value))
        if frame.key in ("address", "addresses") and frame.streets:
            self.stack[-1].streets += frame.streets
        if frame.key in ("identifier", "identifiers", "additionalIdentifiers"):
            self.stack[-1].numbers += frame.ids + frame.numbers
        self._suppliers(frame)

    def _suppliers(self, frame: Frame) -> None:
        """Mask the suppliers that a row or object marks as natural persons; what it tells of them
        and masks nothing is told of those of the object around it."""
        told = frame.suppliers
        if not told.is_named():
            told.add("person", frame.names)
            told.add("address", frame.streets)
            told.add("id_number", frame.numbers)
        persons = told.persons()
        if persons is not None:
            self.marked.append(persons)
            for kind, text, start, end in persons.masked:
                self._add_of_person(kind, text, start, end)
            return
        part, around = part_of_supplier(frame.key), self.stack[-1].suppliers
        of_party = part is not None and part.kind == "person"
        if of_party:
            around.parts += told.parts
        if of_party or frame.key == "details" or asks(frame.key) == "kind":
            around.marked |= told.marked

    def _add_of_person(self, kind: MaskKind, text: Text, start: int, end: int) -> None:
        """Mask a part of a value; of a bare number only all of it."""
        if text.start not in self.bare:
            self.add(kind, text, start, end)
        elif end - start == len(text.value):
            self.add(kind, text, start, end)
            self.numbers.add(text.start)

    def read_prose(self) -> None:
        """Search all strings for those whom marks have shown; then the ones no key has decided;
        then those left out for the names found so far."""
        if self.marked:
            elsewhere = Elsewhere(self.marked)
            for key, text in self.seen:
                for kind, start, end in elsewhere.places(key, text.value):
                    self._add_of_person(kind, text, start, end)
        worth = [not text.value.isascii() or may_hold_person(text.value) for text in self.prose]
        self._search([t for t, chosen in zip(self.prose, worth, strict=True) if chosen])
        if self.known:
            named = {"".join(fold(name).text.split()) for name in self.known}
            left = (t for t, chosen in zip(self.prose, worth, strict=True) if not chosen)
            self._search([t for t in left if _holds_any("".join(t.value.split()), named)])

    def _search(self, chosen: Sequence[Text]) -> None:
        """Search strings all at once."""
        if not chosen:
            return
        joined = _WALL.join(text.value for text in chosen)
        found = find_personal(joined, known=sorted(self.known))
        position = 0
        remaining = iter(found)
        item = next(remaining, None)
        for text in chosen:
            end = position + len(text.value)
            while item is not None and item[1] < end:
                kind, start, stop = item
                if start >= position and stop <= end:
                    self.add(kind, text, start - position, stop - position)
                item = next(remaining, None)
            position = end + len(_WALL)


def find_in_record(raw: str) -> tuple[Found, frozenset[int]]:
    """Personal details in a raw JSON text as (kind, start, end), in order, none overlapping.

    Second, the starts of those that are bare numbers: their mask needs quotes to stay JSON.
    """
    scan = Scan(raw)
    scan.run()
    scan.read_prose()
    return without_overlap(scan.found), frozenset(scan.numbers)


def find_in_row(text: str, values: Iterable[tuple[str, int, int]]) -> Found:
    """Personal details in a row of a table, whose values are given as (heading, start, end): each
    is judged by its heading as if that were its key in a record."""
    scan = Scan(text)
    for heading, start, end in values:
        scan.value(heading, Text(start, text[start:end], None))
    scan.close(scan.stack[0])
    scan.read_prose()
    return without_overlap(scan.found)


def _holds_any(squashed: str, names: Iterable[str]) -> bool:
    return any(name in squashed for name in names)


def _decoded(name: str) -> str:
    return decode(name)[0] if "\\" in name else name
