"""The query language: text to tree (docs/reference/query-language.md is its description)."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from sousveil.errors import QueryError
from sousveil.search.fields import BY_NAME, FIELDS, FieldSpec, Kind
from sousveil.search.query import All, And, Node, Not, Or, Present, Query, Words, word_tokens
from sousveil.search.saved import Saved
from sousveil.search.tokenizer import is_character
from sousveil.search.values import Term, one_of, range_of
from sousveil.text.normalise import normalise
from sousveil.text.query_names import NAME

MAX_LENGTH = 10_000
MAX_DEPTH = 40
MAX_TERMS = 500

# Same length, so that positions in messages are those of the query as typed.
_ASCII = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»「」『』"), '"')
_TYPED = {**_ASCII, **_QUOTES, 0x3000: " ", ord("、"): ",", ord("−"): "-"}

_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*):")
_BARE = re.compile(r'[^\s()"]+')
_VALUE = re.compile(r'[^\s()",]+')
_SPACE = re.compile(r"\s*")
_QUOTE_HINT = 'To search for the words themselves, put them in quotes: "…".'


def parse_query(text: str, saved: Mapping[str, str] | None = None) -> Query:
    """The tree of a query. ``saved`` are the queries that ``@name`` stands for, by name.

    Raises QueryError with the position of what cannot be understood.
    """
    return Query(_node_of(text, Saved(saved or {}))[0])


def _node_of(text: str, saved: Saved) -> tuple[Node, int]:
    """The tree of a text, and how many words and filters it has with those of saved queries."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"The query is {len(text):,} characters long; {MAX_LENGTH:,} is the most.",
            "Ask in several queries.",
            MAX_LENGTH,
        )
    parser = _Parser(text.translate(_TYPED), saved)
    return parser.parse(), parser.terms


class _Parser:
    """Recursive descent over one query: OR binds weakest, then AND (or nothing), then NOT."""

    def __init__(self, text: str, saved: Saved) -> None:
        self.text = text
        self.saved = saved
        self.at = 0
        self.depth = 0
        self.terms = 0

    def parse(self) -> Node:
        self._skip_space()
        if self.at == len(self.text):
            return All()
        root = self._either()
        if self.at < len(self.text):  # only a closing parenthesis stops it earlier
            raise QueryError("A ) has no ( before it.", "Remove it, or add the (.", self.at)
        if root is None:
            raise QueryError("The query holds no letter or digit.", "Type a word.", 0)
        return root

    # Each level returns None where it found only punctuation: that asks for nothing.

    def _either(self) -> Node | None:
        items = [self._all()]
        place = self.at
        while self._alone("OR"):
            self._operand("OR", place)
            items.append(self._all())
            place = self.at
        return _join(Or, items)

    def _all(self) -> Node | None:
        items = [self._one()]
        while self.at < len(self.text) and self.text[self.at] != ")":
            place = self.at
            if self._peek("OR"):
                break
            if self._alone("AND"):
                self._operand("AND", place)
            items.append(self._one())
        return _join(And, items)

    def _one(self) -> Node | None:
        place = self.at
        for operator in ("AND", "OR"):
            if self._peek(operator):
                raise QueryError(
                    f"{operator} has nothing before it.",
                    f'Put a word on each side of it, or write "{operator}" for the word.',
                    place,
                )
        if self._alone("NOT"):
            self._operand("NOT", place)
            return self._negated(place)
        after = self.text[self.at + 1 : self.at + 2]
        if self.text[self.at] == "-" and after and after != ")" and not after.isspace():
            self.at += 1
            return self._negated(place)
        return self._primary()

    def _negated(self, place: int) -> Node | None:
        self._deeper(place)
        item = self._one()
        self.depth -= 1
        return None if item is None else Not(item)

    def _primary(self) -> Node | None:
        place, char = self.at, self.text[self.at]
        if char == ")":
            raise QueryError("A ) has nothing before it.", "Remove it, or add a word.", place)
        if char == "(":
            return self._group(place)
        if char == "@":
            return self._saved(place)
        self._count(place)
        match = _FIELD.match(self.text, self.at)
        if match is not None:
            return self._field(match.group(1), place)
        return self._words(self._term(_BARE), None)

    def _group(self, place: int) -> Node | None:
        self._deeper(place)
        self.at += 1
        self._skip_space()
        if self.text[self.at : self.at + 1] == ")":
            raise QueryError("The parentheses are empty.", "Put a word into them.", place)
        self._more(place, "A ( is never closed.", "Add the ).")
        node = self._either()
        self._more(place, "A ( is never closed.", "Add the ).")
        self.at += 1
        self._skip_space()
        self.depth -= 1
        return node

    def _saved(self, place: int) -> Node:
        """A saved query: it stands as if in parentheses, and counts with all its words."""
        match = NAME.match(self.text, place + 1)
        if match is None:
            raise QueryError(
                "@ needs the name of a saved query right after it.", _QUOTE_HINT, place
            )
        self.at = match.end()
        if _BARE.match(self.text, self.at):
            raise QueryError("A name ends in what no name can hold.", _QUOTE_HINT, self.at)
        self._skip_space()
        node, terms = self.saved.node(match.group(), place, _node_of)
        self._count(place, max(terms, 1))
        return node

    def _field(self, name: str, place: int) -> Node | None:
        spec = BY_NAME.get(name.lower())
        if spec is None:
            raise QueryError(f"There is no field {name}.", _nearest(name), place)
        self.at += len(name) + 1
        if self.at == len(self.text) or self.text[self.at] in ") " or self.text[self.at].isspace():
            raise QueryError(
                f"{name}: needs a value right after the colon.", f"Example: {spec.example}", place
            )
        if self.text[self.at] == "(":
            raise QueryError(
                f"{name}: cannot be followed by parentheses.",
                f"Repeat the field, or list the values: {name}:one,two",
                self.at,
            )
        value_at = self.at
        if _VALUE.match(self.text, self.at) and self._alone("*"):
            return Present(spec.name)
        if spec.kind in (Kind.WHOLE, Kind.AMOUNT, Kind.DAY):
            raw = self._term(_BARE)
            self._skip_space()
            return range_of(spec, raw.text, value_at)
        return self._list(spec, value_at)

    def _list(self, spec: FieldSpec, place: int) -> Node | None:
        """A value or several with commas between them: any of them."""
        items = []
        while True:
            term = self._term(_VALUE)
            if term.text or term.quoted:
                items.append(term)
            if self.text[self.at : self.at + 1] != ",":
                break
            self.at += 1
        self._skip_space()
        if spec.kind is not Kind.WORDS:
            return one_of(spec, items, place)
        for _ in items[1:]:
            self._count(place)
        node = _join(Or, [self._words(term, spec) for term in items])
        if node is None:
            raise QueryError(
                f"{spec.name}: needs a letter or digit.", f"Example: {spec.example}", place
            )
        return node

    def _words(self, term: Term, spec: FieldSpec | None) -> Node | None:
        """A word or phrase; None where it is a piece of punctuation."""
        self._skip_space()
        if term.text == "" and term.starred and not term.quoted:
            return All()
        if "*" in term.text and not term.quoted:
            raise QueryError(
                "* stands only at the end of a word.",
                _QUOTE_HINT,
                term.place + term.text.index("*"),
            )
        text = " ".join(normalise(term.text).text.replace('"', " ").split())
        found = word_tokens(text)
        if not found and term.quoted:
            raise QueryError(
                "There is no letter or digit between these quotation marks.",
                "Put a word there.",
                term.place,
            )
        if not found:
            return None
        # A word of a script without spaces may go on anyway.
        prefix = term.starred and not is_character(found[-1].text)
        return Words(text, spec.name if spec else None, prefix)

    # Reading.

    def _term(self, pattern: re.Pattern[str]) -> Term:
        """What stands here: in quotes, or as long as the pattern matches; a * after it apart."""
        place = self.at
        if self.text[place : place + 1] != '"':
            match = pattern.match(self.text, place)
            text = match.group() if match else ""
            self.at = place + len(text)
            starred = text.endswith("*")
            return Term(text[:-1] if starred else text, place, False, starred)
        end = self.text.find('"', place + 1)
        if end < 0:
            raise QueryError("A quotation mark is never closed.", 'Add the second ".', place)
        starred = self.text[end + 1 : end + 2] == "*"
        self.at = end + 1 + starred
        return Term(self.text[place + 1 : end], place, True, starred)

    def _alone(self, word: str) -> bool:
        """Take ``word`` if it stands here by itself."""
        if not self._peek(word):
            return False
        self.at += len(word)
        self._skip_space()
        return True

    def _peek(self, word: str) -> bool:
        after = self.text[self.at + len(word) : self.at + len(word) + 1]
        return self.text.startswith(word, self.at) and (
            after.isspace() or after in ("", "(", ")", '"')
        )

    def _skip_space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    # Refusing.

    def _operand(self, operator: str, place: int) -> None:
        message = f"{operator} has nothing after it."
        hint = f'Put a word after it, or write "{operator}" for the word.'
        self._more(place, message, hint)
        if self.text[self.at] == ")":
            raise QueryError(message, hint, place)

    def _more(self, place: int, message: str, hint: str) -> None:
        if self.at >= len(self.text):
            raise QueryError(message, hint, place)

    def _deeper(self, place: int) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(
                f"Parentheses and NOTs are more than {MAX_DEPTH} deep.", "Ask more simply.", place
            )

    def _count(self, place: int, terms: int = 1) -> None:
        self.terms += terms
        if self.terms > MAX_TERMS:
            raise QueryError(
                f"The query has more than {MAX_TERMS} words and filters.",
                "Ask in several queries.",
                place,
            )


def _join(kind: type[And] | type[Or], items: list[Node | None]) -> Node | None:
    """The items as one node: nested ones of the same kind opened, repeats and Nones dropped."""
    flat: dict[Node, None] = {}
    for item in items:
        if isinstance(item, kind):
            flat |= dict.fromkeys(item.items)
        elif item is not None:
            flat[item] = None
    if len(flat) > 1:
        return kind(tuple(flat))
    return next(iter(flat), None)


def _nearest(name: str) -> str:
    close = get_close_matches(name.lower(), BY_NAME, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}? {_QUOTE_HINT}"
    return f"Fields: {', '.join(spec.name for spec in FIELDS)}. {_QUOTE_HINT}"
