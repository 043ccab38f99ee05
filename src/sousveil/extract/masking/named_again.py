"""Where persons whose names are known stand again in other values of the same row or record.

Whole, in another order, with initials or one word of the name alone: which word is the surname
differs from system to system. Chinese, Japanese and Korean names, which have no blanks, are found
letter by letter. Many names are looked for together: only those of which a word stands in a value
are compared with it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sousveil.extract.masking.marked import EAST
from sousveil.extract.masking.names import surname_length
from sousveil.text.headings import without_accents
from sousveil.text.scripts import to_simplified

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`](?![sS]\b)[^\W\d_]+)*")
"""O'Brien is one word; the s of Brien's is none of it."""
_BETWEEN = re.compile(r"[ \t,.\-]{1,3}")
_APOSTROPHE = re.compile("['’ʼ`]")
_SHORTEST_ALONE = 3
LINKS = frozenset(
    (
        *("de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "las", "le", "los"),
        *("van", "von", "der", "den", "ten", "zu", "el", "al", "bin", "ibn", "y", "e", "i"),
        *("jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "dr", "md", "esq", "phd"),
        *("don", "dona", "sra", "srta", "senor", "senora", "san", "santa"),
    )
)
"""Words of names that many persons have and that alone name nobody."""


class Place(msgspec.Struct, frozen=True):
    """Where words of a name follow each other; ``whole``: all but its links."""

    start: int
    end: int
    whole: bool


class _Name(msgspec.Struct, frozen=True):
    """The words of a name that tell whose it is, and those that may stand between them."""

    telling: frozenset[str]
    known: frozenset[str]


class _Token(msgspec.Struct, frozen=True):
    """A word of a value, and the form in which words are compared."""

    start: int
    end: int
    form: str
    word: str


class Names:
    """Names of persons that are looked for together."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[_Name]] = {}
        self._by_letter: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            if EAST.search(name):
                letters = "".join(name.split())
                self._by_letter.setdefault(letters[0], []).append(letters)
            else:
                self._add(name)

    def _add(self, name: str) -> None:
        words = frozenset(token.form for token in _tokens(name))
        telling = frozenset(word for word in words - LINKS if len(word) > 1)
        initials = frozenset(word[0] for word in telling)
        for word in telling:
            self._by_word.setdefault(word, []).append(_Name(telling, words | initials))

    def places(self, value: str) -> Iterator[Place]:
        """The places in ``value`` that name one of the persons: words of a name, its links too
        where they stand beside one that tells."""
        if self._by_word:
            tokens = _tokens(value)
            found = {n: None for t in tokens for n in self._by_word.get(t.form, ())}
            for name in found:
                yield from _of_name(name, tokens, value)
        for letter in self._by_letter.keys() & set(value):
            for letters in self._by_letter[letter]:
                yield from _of_letters(letters, value)


def _tokens(value: str) -> list[_Token]:
    return [_Token(*match.span(), _form(match[0]), match[0]) for match in _WORD.finditer(value)]


def _form(word: str) -> str:
    return _APOSTROPHE.sub("", without_accents(word.casefold()))


def _of_name(name: _Name, tokens: Sequence[_Token], value: str) -> Iterator[Place]:
    for run in _runs(value, tokens, name.known):
        found = name.telling.intersection(token.form for token in run)
        if len(found) > 1 or _names_alone(run, value, name.telling):
            yield Place(run[0].start, run[-1].end, whole=found == name.telling)


def _runs(value: str, tokens: Sequence[_Token], known: frozenset[str]) -> Iterator[list[_Token]]:
    """Words of the name and initials that follow each other."""
    run: list[_Token] = []
    for token in tokens:
        if token.form not in known:
            continue
        if run and not _BETWEEN.fullmatch(value, run[-1].end, token.start):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _names_alone(run: Sequence[_Token], value: str, telling: frozenset[str]) -> bool:
    """Whether one word of the name is meant as one: with a capital, or where nothing has any."""
    long = [t.word for t in run if t.form in telling and len(t.word) >= _SHORTEST_ALONE]
    return bool(long) and (any(word[0].isupper() for word in long) or value == value.lower())


def _of_letters(letters: str, value: str) -> Iterator[Place]:
    """A name in a script without blanks: within other words only where it has a surname, as trade
    names (大丰收) may be words and places."""
    surnamed = surname_length(to_simplified(letters)) > 0
    if surnamed or letters == "".join(value.split()):
        for match in re.finditer(r"\s*".join(map(re.escape, letters)), value):
            yield Place(*match.span(), whole=True)
