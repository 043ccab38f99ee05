"""Snippets: the stretch of a text that best shows why it matched, and where in it."""

import re
from functools import lru_cache

import msgspec

from sousveil.search.query import Query, Words, asked_words, word_tokens
from sousveil.search.tokenizer import LETTER_CLASS, MAX_WORD, canonical, is_character

_LONGEST_FIND = 1000
_MOST_FINDS = 5000
_EDGE = 24  # how far the ends may move so as not to cut a word or a mask token

_CUT = re.compile(r"[\w〔〕]")


class Snippet(msgspec.Struct, frozen=True):
    """``text`` is the source from ``start`` on, unchanged, so mask tokens stay as they are.

    ``spans``: [start, end) code points in ``text`` of what matched, in order, never overlapping.
    ``more_before`` and ``more_after`` say whether the source goes on.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    start: int = 0
    more_before: bool = False
    more_after: bool = False


def snippet(text: str, query: Query, *, width: int = 160) -> Snippet:
    """The stretch of about ``width`` code points with the most different words of the query.

    Where no word of the query stands in the text (filters, or another page): its beginning.
    """
    finds = _finds(text, asked_words(query))
    start, end = _window(finds, len(text), max(width, 1))
    start, end = _whole_words(text, start, end)
    spans = _merged([(a, b) for a, b, _ in finds if a >= start and b <= end])
    shown = tuple((a - start, b - start) for a, b in spans)
    return Snippet(text[start:end], shown, start, start > 0, end < len(text))


def _finds(text: str, asked: tuple[Words, ...]) -> list[tuple[int, int, int]]:
    """(start, end, which of the words) of each place a word stands, by start."""
    if not asked or not text:
        return []
    canon = canonical(text)
    found = []
    for which, words in enumerate(asked):
        for match in _pattern(words).finditer(canon):
            found.append((match.start(), match.end(), which))
            if len(found) >= _MOST_FINDS * (which + 1):
                break
    return sorted(found)


@lru_cache(1024)
def _pattern(words: Words) -> re.Pattern[str]:
    """A pattern that finds in a canonical text just what the index finds in its terms."""
    sequence = word_tokens(words.text)
    parts: list[str] = []
    for index, token in enumerate(sequence):
        if index:
            parts.append(r" *\|[| ]*" if token.gap else " *")
        last = index == len(sequence) - 1
        parts.append(_token_pattern(token.text, open_ended=last and words.prefix))
    return re.compile("".join(parts))


def _token_pattern(text: str, *, open_ended: bool) -> str:
    if is_character(text):
        return re.escape(text)
    kind = "[0-9]" if text[0].isascii() and text[0].isdigit() else LETTER_CLASS
    on = f"{kind}*" if open_ended or len(text) == MAX_WORD else ""
    return f"(?<!{kind}){re.escape(text)}{on}(?!{kind})"


def _window(finds: list[tuple[int, int, int]], length: int, width: int) -> tuple[int, int]:
    """The first stretch with the most different words, then the most places; its finds centred."""
    if not finds:
        return 0, min(width, length)
    best, best_score = (finds[0][0], finds[0][1]), (0, 0)
    counts: dict[int, int] = {}
    left = 0
    for right, (_, end, which) in enumerate(finds):
        counts[which] = counts.get(which, 0) + 1
        while left < right and end - finds[left][0] > width:
            counts[finds[left][2]] -= 1
            left += 1
        score = (sum(1 for count in counts.values() if count), right - left + 1)
        if score > best_score:
            best, best_score = (finds[left][0], end), score
    start, end = best[0], min(best[1], best[0] + _LONGEST_FIND)
    spare = max(0, width - (end - start))
    start = max(0, start - spare // 2)
    end = min(length, max(end, start + width))
    return max(0, min(start, end - width)), end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Ends moved outwards to the next place between words; Han text may be cut anywhere."""
    first = start
    while start > 0 and first - start < _EDGE and _inside(text, start):
        start -= 1
    last = end
    while end < len(text) and end - last < _EDGE and _inside(text, end):
        end += 1
    return start, end


def _inside(text: str, place: int) -> bool:
    """Whether a cut here would part a word, a number or a mask token."""
    before, after = text[place - 1], text[place]
    if is_character(before) or is_character(after) or before == "〕" or after == "〔":
        return False
    return bool(_CUT.match(before) and _CUT.match(after))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
