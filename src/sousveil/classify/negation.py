"""Which stretches of a passage are taken out of the purchase by its own words.

``ahead`` cues (excluding, 不含, hors lot) govern the list after them, ``behind`` cues (are
excluded, 另行采购) the clause before them, ``near`` cues (without, 禁止) a few words. A clause of
Chinese or Japanese ends at a comma; one of a spaced script may be a list with commas.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

import msgspec

from sousveil.reference.negation import cues

_SENTENCE = re.compile("[。；;！？!?\n\t]|\\.(?=\\s|$)|:(?=\\s*\n)")
_COMMA = re.compile("[,，،]")
_TURN = re.compile(
    "(?:但|而是|不过)|\\b(?:but|however|while|whereas|sondern|aber|mais|pero|sino|mas|porem|но"
    "|а также)\\b"
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_NEAR_HAN = 16
_NEAR_WORDS = re.compile(r"(?:[\s'’(]*[\w-]+){0,6}")
_LIST_ITEM = re.compile(r"\s*(?:(?:and|or|und|oder|et|ou|y|o|e|и|или)\s+)?(?:[\w'’-]+\s*){1,5}$")
_COPULA = re.compile(r"\s+(?:sind|ist|are|is|sont|est|son|es|sao|e)\b")
_FARTHEST = 240
_LONGEST = 2 * _FARTHEST
"""No stretch is longer: what a cue governs, and the cue."""
_start = attrgetter("start")


class Negated(msgspec.Struct, frozen=True):
    """[start, end) is taken out; the words that say so stand at [cue_start, cue_end)."""

    start: int
    end: int
    cue_start: int
    cue_end: int


def negated(text: str) -> list[Negated]:
    """The stretches of a plain text that are taken out, by start."""
    scripts = [script for script in cues() if script.letters.search(text)]
    cued = [
        (govern, match.span())
        for script in scripts
        for pattern, govern in (
            (script.ahead, _ahead),
            (script.near, _near),
            (script.behind, _behind),
        )
        for match in pattern.finditer(text)
    ]
    if not cued:
        return []
    never = [m.span() for script in scripts for m in script.never.finditer(text)]
    ends = [match.start() for match in _SENTENCE.finditer(text)]
    found = [govern(text, ends, *span) for govern, span in cued if not _within(never, *span)]
    found.sort(key=lambda n: (n.start, n.end))
    return found


def governing(found: list[Negated], start: int, end: int) -> Negated | None:
    """What takes [start, end) out, if anything does."""
    first = bisect_left(found, start - _LONGEST, key=_start)
    for at in range(first, len(found)):
        if found[at].start > start:
            break
        if end <= found[at].end:
            return found[at]
    return None


def _ahead(text: str, ends: list[int], start: int, end: int) -> Negated:
    last = _sentence_end(text, ends, end)
    if _HAN.search(text, end, min(end + 4, last)):
        comma = _COMMA.search(text, end, last)
        last = comma.start() if comma else last
    turn = _TURN.search(text, end, last)
    return Negated(start, turn.start() if turn else last, start, end)


def _near(text: str, ends: list[int], start: int, end: int) -> Negated:
    last = _sentence_end(text, ends, end)
    comma = _COMMA.search(text, end, last)
    last = comma.start() if comma else last
    if _HAN.match(text, start):
        return Negated(start, min(end + _NEAR_HAN, last), start, end)
    words = _NEAR_WORDS.match(text, end, last)
    return Negated(start, words.end() if words else end, start, end)


def _behind(text: str, ends: list[int], start: int, end: int) -> Negated:
    at = bisect_left(ends, start)
    after_semicolon = (
        at > 0 and text[ends[at - 1]] in ";；" and not text[ends[at - 1] + 1 : start].strip()
    )
    if after_semicolon and not _COPULA.match(text, end):
        # A cue that begins the clause after a semicolon says it of the clause before, unless what
        # it says it of follows (not included are the doors).
        at -= 1
    first = max(ends[at - 1] + 1 if at else 0, start - _FARTHEST)
    clause = first
    for piece in reversed(list(_pieces(text, first, start))):
        clause = piece[0]
        if not _COMMA.match(text, piece[0] - 1) or _HAN.search(text, *piece):
            break
        before = text[first : piece[0] - 1]
        item = before[_last_comma(before) :]
        if not _LIST_ITEM.fullmatch(item):
            break
    return Negated(clause, end, start, end)


def _pieces(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    position = first
    for comma in _COMMA.finditer(text, first, last):
        yield position, comma.start()
        position = comma.end()
    yield position, last


def _last_comma(text: str) -> int:
    return max((match.end() for match in _COMMA.finditer(text)), default=0)


def _sentence_end(text: str, ends: list[int], after: int) -> int:
    at = bisect_left(ends, after)
    return min(ends[at] if at < len(ends) else len(text), after + _FARTHEST)


def _within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a cue is part of a phrase that denies nothing (not only, 不限于)."""
    return any(first < end and start < last for first, last in spans)
