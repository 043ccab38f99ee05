"""Finds thousands of terms in one pass over a text.

Two kinds of terms. Those of scripts without word spaces, and of joined scripts with their prefixes
and endings, are found wherever they stand, by an automaton. Those of spaced scripts are found word
by word; ``*`` stands for any ending, words may be joined by spaces or hyphens, and a plain plural
of any word counts. All matching is on ``plain`` text, which has the same length as the original,
so offsets hold.

Joined scripts (Arabic, Uyghur, Tibetan): what only shapes letters (joiners, the stretching tatweel,
vowel signs of Arabic) is passed over, and a line may end between two words. Uyghur has endings and
no prefixes: its terms begin where a word begins. A Tibetan term begins and ends where a syllable
does, but for the particles that lean on it (འི, འང, འམ …).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick

from sousveil.text.scripts import fold

Hit: TypeAlias = tuple[int, int, int]
"""A term found: [start, end) of the text, and the number of the term."""

_Word: TypeAlias = tuple[str, bool]
"""A word of a term, and whether any ending will do."""

_Rest: TypeAlias = tuple[tuple[_Word, ...], int]
"""The words of a term after its first, and the number of the term."""

_Check: TypeAlias = Callable[[str, int, int], bool]
"""Whether a term found at [start, end) of a text stands there as a word."""

_Anywhere: TypeAlias = dict[str, list[tuple[int, _Check | None]]]

_LETTERS = "0-9a-zßæøœðþłđа-џґә-ӿα-ω"
_RUN = re.compile(f"[{_LETTERS}]+\\*?")
_TOKEN = re.compile(f"[{_LETTERS}]+")
_SPACED = re.compile(f"[{_LETTERS}.'’ *+:/()_-]+")
_ASCII_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_JOINTS = frozenset(" \n\t\r-‐‑–—_/'’.:+()")
_WIDEST_JOINT = 3
_KEY = 4
_WORDS_KEPT = 100_000
_LONGEST_KEPT = 40
_SHORT = 4_000
_AGAIN, _REMEMBERED = 64, 4_096
"""Code points of texts that are remembered, and how many are: tables say the same words in row
after row."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_JOINED_SCRIPT = re.compile("[\u0600-\u06ff\u0f00-\u0fff]")
_SHAPING = (
    "\u00ad\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
)
_LOOSE = re.compile(f"[{_SHAPING}]+|(?<=\u0f0b)\\s+(?=[\u0f40-\u0fbc])|(\\s[\\s{_SHAPING}]*)")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u0671-\u06d3\u06d5]")
_UYGHUR_LETTER = re.compile("[پچژگڭۆۇۈۋې]")
_SYLLABLE = re.compile("[\u0f40-\u0fbc]")
_PARTICLE = re.compile("འ(?:[ིོུ]|[ངམ])(?![\u0f40-\u0fbc])")


class Lexicon:
    """Terms, compiled. ``texts[n]`` is the plain form of term number n.

    Raises ValueError for a term that holds no letter.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        anywhere: _Anywhere = defaultdict(list)
        spaced = _Spaced(defaultdict(list), defaultdict(list))
        for number, text in enumerate(self.texts):
            if len(text) == 1 or not _SPACED.fullmatch(text):
                anywhere[text].append((number, _check(text)))
            else:
                spaced.add(text, number)
        self._compile(anywhere, spaced, None)

    def part(self, numbers: Collection[int]) -> "Lexicon":
        """Only the terms of these numbers, under the same numbers: what is compiled is shared."""
        part = object.__new__(Lexicon)
        part.texts = self.texts
        anywhere = {
            text: kept
            for text, group in self._anywhere.items()
            if (kept := [each for each in group if each[0] in numbers])
        }
        part._compile(anywhere, self._spaced, numbers)
        return part

    def _compile(
        self, anywhere: _Anywhere, spaced: "_Spaced", only: Collection[int] | None
    ) -> None:
        self._anywhere, self._spaced = anywhere, spaced
        self._opening = _Opening(spaced, only)
        # Terms at once, by an automaton of all of them (Aho and Corasick 1975).
        self._automaton = AhoCorasick(list(anywhere)) if anywhere else None
        self._groups = tuple(anywhere.values())
        self._might_again = lru_cache(maxsize=_REMEMBERED)(self._might)
        self._find_again = lru_cache(maxsize=_REMEMBERED)(self._find)

    def might(self, text: str) -> bool:
        """Whether a ``plain`` text may hold a term: quick, and never wrong when it says no."""
        return self._might(text) if len(text) > _AGAIN else self._might_again(text)

    def holds(self, text: str) -> bool:
        """Whether a ``plain`` text holds a term."""
        return self.might(text) and bool(self.find(text))

    def _might(self, text: str) -> bool:
        automaton = self._automaton
        if automaton and not text.isascii():
            if automaton.find_matches_as_indexes(text):
                return True
            joined, offsets = _without_shaping(text)
            if offsets is not None and automaton.find_matches_as_indexes(joined):
                return True
        return any(map(self._opening.__getitem__, _TOKEN.findall(text)))

    def find(self, text: str) -> list[Hit]:
        """All occurrences of all terms in a ``plain`` text, by start; they may overlap."""
        return self._find(text) if len(text) > _AGAIN else list(self._find_again(text))

    def _find(self, text: str) -> list[Hit]:
        hits: list[Hit] = []
        if self._automaton is not None and not text.isascii():
            joined, offsets = _without_shaping(text)
            found = self._automaton.find_matches_as_indexes(joined, overlapping=True)
            for group, start, end in found:
                for number, check in self._groups[group]:
                    if check is None or check(joined, start, end):
                        if offsets is None:
                            hits.append((start, end, number))
                        else:
                            hits.append((offsets[start], offsets[end - 1] + 1, number))
        self._find_words(text, hits)
        hits.sort()
        return hits

    def _find_words(self, text: str, hits: list[Hit]) -> None:
        opening = self._opening
        tokens = _tokens(text) if len(text) > _SHORT else _tokens_again(text)
        beyond = len(tokens)
        for at, (token, start, end) in enumerate(tokens):
            opens = opening[token]
            if opens is None:
                continue
            hits.extend((start, end, number) for number in opens.alone)
            if at + 1 == beyond:
                break
            following = tokens[at + 1][0]
            terms = opens.before.get(following, ())
            if opens.before_stems:
                terms = (*terms, *(t for s, t in opens.before_stems if following.startswith(s)))
            for rest, number in terms:
                last = _follow(text, tokens, at, rest)
                if last:
                    hits.append((start, last, number))


_Token: TypeAlias = tuple[str, int, int]
"""A word, and its [start, end)."""


def _tokens(text: str) -> list[_Token]:
    return [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


_tokens_again = lru_cache(maxsize=64)(_tokens)
"""A short passage is searched by one lexicon after the other."""


class _Opens(NamedTuple):
    """The terms that a word begins: numbers of those that are this word alone, the others by each
    form of their second word, and those whose second word is a stem."""

    alone: tuple[int, ...]
    before: Mapping[str, Sequence[_Rest]]
    before_stems: tuple[tuple[str, _Rest], ...]


class _Spaced(NamedTuple):
    """Terms of spaced scripts, by their first word: whole ones, and stems by their beginning."""

    exact: dict[str, list[_Rest]]
    stems: dict[str, list[tuple[str, tuple[_Word, ...], int]]]

    def add(self, text: str, number: int) -> None:
        """Take a term up. Raises ValueError if it has no word."""
        # Most terms are words and spaces, and need no pattern to be split.
        runs = text.split() if text.replace(" ", "").isalnum() else _RUN.findall(text)
        if not runs:
            raise ValueError("a term without letters")
        first = runs[0]
        rest = tuple([(run.rstrip("*"), run[-1] == "*") for run in runs[1:]])
        if first[-1] == "*":
            first = first.rstrip("*")
            self.stems[first[:_KEY]].append((first, rest, number))
        else:
            self.exact[first].append((rest, number))

    def begun_by(self, word: str) -> list[_Rest]:
        """The terms whose first word this is: itself, its plain plural, or with any ending."""
        terms = list(self.exact.get(word, ()))
        for plural in ("s", "es"):
            if word.endswith(plural):
                terms += self.exact.get(word.removesuffix(plural), ())
        for key in {word[:size] for size in (2, 3, _KEY)}:
            terms += [(r, n) for stem, r, n in self.stems.get(key, ()) if word.startswith(stem)]
        return terms


class _Opening(dict[str, _Opens | None]):
    """What terms a word begins, None for none: worked out once for each word that is met.

    Records repeat their words; the bound keeps a record of a million different ones from
    filling memory. ``only``: the numbers of the terms that count; None for all.
    """

    def __init__(self, spaced: _Spaced, only: Collection[int] | None) -> None:
        super().__init__()
        self._spaced, self._only = spaced, only

    def __missing__(self, word: str) -> _Opens | None:
        terms = self._spaced.begun_by(word)
        if self._only is not None:
            terms = [term for term in terms if term[1] in self._only]
        opens = _opens(terms) if terms else None
        if len(self) < _WORDS_KEPT and len(word) <= _LONGEST_KEPT:
            self[word] = opens
        return opens


def _opens(terms: Iterable[_Rest]) -> _Opens:
    alone: list[int] = []
    before: dict[str, list[_Rest]] = defaultdict(list)
    stems: list[tuple[str, _Rest]] = []
    for rest, number in terms:
        if not rest:
            alone.append(number)
        elif rest[0][1]:
            stems.append((rest[0][0], (rest, number)))
        else:
            second = rest[0][0]
            for form in (second, second + "s", second + "es"):
                before[form].append((rest, number))
    return _Opens(tuple(alone), dict(before), tuple(stems))


def _follow(text: str, tokens: list[_Token], at: int, rest: tuple[_Word, ...]) -> int:
    """End of the last word if the words after ``tokens[at]`` are ``rest``, else 0."""
    if at + len(rest) >= len(tokens):
        return 0
    end = tokens[at][2]
    for offset, (word, stem) in enumerate(rest):
        token, start, after = tokens[at + offset + 1]
        fits = token.startswith(word) if stem else token in (word, word + "s", word + "es")
        if not fits or start - end > _WIDEST_JOINT or not _JOINTS.issuperset(text[end:start]):
            return 0
        end = after
    return end


def _check(term: str) -> _Check | None:
    """What is asked of the surroundings of a term that is looked for everywhere."""
    if _SYLLABLE.match(term):
        return _whole_syllables
    if _UYGHUR_LETTER.search(term):
        return _starts_word
    if len(term) > 1 and (term[0] in _ASCII_WORD or term[-1] in _ASCII_WORD):
        return _stands_alone
    return None


def _whole_syllables(text: str, start: int, end: int) -> bool:
    """Whether a Tibetan term is not part of longer syllables."""
    if start and _SYLLABLE.match(text, start - 1):
        return False
    return not _SYLLABLE.match(text, end) or _PARTICLE.match(text, end) is not None


def _starts_word(text: str, start: int, end: int) -> bool:
    """Whether no letter of the Arabic script stands before a term."""
    return not start or not _ARABIC_LETTER.match(text, start - 1)


def _without_shaping(text: str) -> tuple[str, list[int] | None]:
    """The text without what only shapes joined scripts, and where its characters stood.

    The offsets are None where the text holds no joined script: it is given back as it is.
    """
    if _JOINED_SCRIPT.search(text) is None or _LOOSE.search(text) is None:
        return text, None
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _LOOSE.finditer(text):
        parts.append(text[position : match.start()])
        offsets.extend(range(position, match.start()))
        if match[1]:
            parts.append(" ")
            offsets.append(match.start())
        position = match.end()
    parts.append(text[position:])
    offsets.extend(range(position, len(text)))
    return "".join(parts), offsets


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ASCII letters at a term's edges are not part of a longer word."""
    before = start > 0 and text[start] in _ASCII_WORD and text[start - 1] in _ASCII_WORD
    after = end < len(text) and text[end - 1] in _ASCII_WORD and text[end] in _ASCII_WORD
    return not before and not after


@cache
def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    """Latin letters without their accents, ё as е, letters that are typed one for another.

    Arabic: alif with and without hamza, ta marbuta, alif maqsura. Uyghur: ە and ھ, for which many
    keyboards give ه, and Persian ی and ک. Tibetan: the tsheg that allows no line to end.
    """
    table = dict(zip("ёѐѝأإآٱةىەھۀیک༌", "ееиااااهيهههيك་", strict=True))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[chr(code)] = base
    return table, re.compile("[" + "".join(table) + "]")


def plain(text: str) -> str:
    """Folded and without accents, of the same length: what terms are matched on."""
    return _plain(text) if len(text) > _AGAIN else _plain_again(text)


def _plain(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        return folded
    table, accented = _letters()
    return accented.sub(lambda m: table[m[0]], folded)


_plain_again = lru_cache(maxsize=_REMEMBERED)(_plain)


def term_texts(terms: Sequence[str]) -> list[str]:
    """Terms as they are looked for: ``plain``, composed as pages are where the script is joined.

    Pages are in normal form KC; a term of the other scripts is written as pages write it.
    """
    whole = "\n".join(terms)
    if _JOINED_SCRIPT.search(whole):
        terms = [_unshaped(term) if _JOINED_SCRIPT.search(term) else term for term in terms]
        whole = "\n".join(terms)
    texts = plain(whole).split("\n")  # folded at once: letters are folded one by one
    if len(texts) != len(terms):
        texts = list(map(plain, terms))  # a term holds a line's end
    return [text.strip() for text in texts]


def _unshaped(term: str) -> str:
    return _without_shaping(unicodedata.normalize("NFKC", term))[0]


def expand(term: str) -> list[str]:
    """Write out braces: 声纹{识别,库} → 声纹识别, 声纹库."""
    match = _BRACES.search(term) if "{" in term else None
    if match is None:
        return [term]
    return [
        whole
        for part in match[1].split(",")
        for whole in expand(term[: match.start()] + part + term[match.end() :])
    ]
