"""Where the person whose name is known stands again in another value of the same row or record.

Whole, in another order, with initials or one word of the name alone: which word is the surname
differs from system to system. Only for scripts with blanks between words; Chinese, Japanese and
Korean names are found again by ``propagate``.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sousveil.text.headings import without_accents

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`](?![sS]\b)[^\W\d_]+)*")
"""O'Brien is one word; the s of Brien's is none of it."""
_BETWEEN = re.compile(r"[ \t,.\-]{1,3}")
_APOSTROPHE = re.compile("['’ʼ`]")
_SHORTEST_ALONE = 3
_LINKS = frozenset(
    (
        *("de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "las", "le", "los"),
        *("van", "von", "der", "den", "ten", "zu", "el", "al", "bin", "ibn", "y", "e", "i"),
        *("jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "dr", "md", "esq", "phd"),
        *("don", "dona", "sra", "srta", "senor", "senora", "san", "santa"),
    )
)
"""Words of names that many persons have and that alone name nobody."""


class Place(msgspec.Struct, frozen=True):
    """Where words of the name follow each other; ``whole``: all but its links."""

    start: int
    end: int
    whole: bool


def places(name: str, value: str) -> Iterator[Place]:
    """The places in ``value`` that name the person called ``name``: words of it, the links too
    where they stand beside one that tells."""
    words = frozenset(map(_form, _WORD.findall(name)))
    telling = frozenset(word for word in words - _LINKS if len(word) > 1)
    if not telling:
        return
    initials = frozenset(word[0] for word in telling)
    for run in _runs(value, words | initials):
        found = {_form(token[0]) for token in run} & telling
        if len(found) > 1 or _names_alone(run, value, telling):
            yield Place(run[0].start(), run[-1].end(), whole=found == telling)


def _form(word: str) -> str:
    return _APOSTROPHE.sub("", without_accents(word.casefold()))


def _runs(value: str, known: frozenset[str]) -> Iterator[list[re.Match[str]]]:
    """Words of the name and initials that follow each other."""
    run: list[re.Match[str]] = []
    for token in _WORD.finditer(value):
        if _form(token[0]) not in known:
            continue
        if run and not _BETWEEN.fullmatch(value, run[-1].end(), token.start()):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _names_alone(run: Sequence[re.Match[str]], value: str, telling: frozenset[str]) -> bool:
    """Whether one word of the name is meant as one: with a capital, or where nothing has any."""
    words = [token[0] for token in run if _form(token[0]) in telling]
    long = [word for word in words if len(word) >= _SHORTEST_ALONE]
    return bool(long) and (value == value.lower() or any(word[0].isupper() for word in long))
