"""Names in Latin letters: acronyms, other names within a name, letters that changed places."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from sousveil.reference.countries import country_name
from sousveil.resolve.organisations import words
from sousveil.text.scripts import fold

_ACRONYM = re.compile(r"\(\s*([A-Z][A-Z0-9.&]{2,9})\s*\)")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_MAIN = 4
_LONG_WORD = 7
_LONG_NAME = 8


def acronym(text: str) -> str:
    """The letters in brackets that are the first letters of the words before; "" where none are."""
    found = _ACRONYM.search(text)
    if found is None:
        return ""
    letters = re.sub(r"[.&]", "", found.group(1)).casefold()
    before = [word.casefold() for word in _WORD.findall(text[: found.start()])]
    told = [word for word in before if word not in words.LATIN_DROPPED]
    initials = ("".join(word[0] for word in some) for some in (before, told))
    return letters if letters in initials else ""


def _shortens(text: str) -> bool:
    """Whether the letters in brackets stand in the words before in their order, and begin them:
    Bundeskriminalamt (BKA), Polis Diraja Malaysia (PDRM)."""
    found = _ACRONYM.search(text)
    if found is None:
        return False
    before = [word.casefold() for word in _WORD.findall(text[: found.start()])]
    told = [word for word in before if word not in words.LATIN_DROPPED]
    letters_in = re.sub(r"[.&]", "", found.group(1)).casefold()
    written, initials = iter("".join(told)), iter(letters_in)
    return (
        bool(told)
        and letters_in[0] == told[0][0]
        and all(letter in written for letter in letters_in)
        and all(word[0] in initials for word in told)
    )


def own_text(text: str, country: str | None) -> str:
    """A name in Latin letters without what it says of other names, and without its own country at
    the end: both say nothing of its own."""
    said = words.TRADING_AS.search(text)
    if said is not None and said.start() > _SHORTEST_MAIN:
        text = text[: said.start()]
    if acronym(text) or _shortens(text):
        text = _ACRONYM.sub("", text, count=1)
    return _ending(country).sub("", text) if country else text


@cache
def _ending(country: str) -> re.Pattern[str]:
    name = re.escape(fold(country_name(country)))
    return re.compile(rf"(?<=\w)\s*(?:[-–,]\s+|\(){name}\)?\s*$", re.IGNORECASE)


def letters(rest: str) -> Sequence[str]:
    """The letters of each word in order: equal where letters changed places within a word."""
    return sorted("".join(sorted(word)) for word in rest.split())


def joined(rest: str) -> str:
    """A name without its spaces, where it is long enough to be nobody else's: Life Safety and
    LifeSafety; "" where it is short."""
    letters_alone = rest.replace(" ", "")
    return letters_alone if len(letters_alone) >= _LONG_NAME else ""


def swapped(left: str, right: str) -> bool:
    """Whether all words are equal but one long one, of which two letters that stand side by side
    changed places (Struthers, Sturthers)."""
    ours, theirs = set(left.split()), set(right.split())
    one, other = ours - theirs, theirs - ours
    if len(one) != 1 or len(other) != 1:
        return False
    first, second = one.pop(), other.pop()
    differ = [at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    return (
        len(first) == len(second) >= _LONG_WORD
        and len(differ) == 2
        and any((a, b) == tuple(differ) for a, b in pairwise(range(len(first))))
        and first[differ[0]] == second[differ[1]]
        and first[differ[1]] == second[differ[0]]
    )
