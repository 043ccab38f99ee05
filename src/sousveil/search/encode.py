"""The terms of many texts at once, by arrays: what ``terms(tokens(text))`` gives, 30 times faster.

Tests hold the two equal on any text. Only building an index needs this module (and numpy).
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from sousveil.search.tokenizer import (
    BREAK,
    BREAK_KIND,
    CHARACTER_KIND,
    COMMA_KIND,
    DIGIT_KIND,
    JOINER_KIND,
    LETTER_KIND,
    MAX_WORD,
    NEWLINE_KIND,
    SEPARATOR_KIND,
    SPACE_KIND,
    beyond_table,
    hide_masks,
    tables,
)

_Codes = npt.NDArray[np.uint32]
_Kinds = npt.NDArray[np.uint8]
_Flags = npt.NDArray[np.bool_]


def encode(texts: Sequence[str]) -> list[str]:
    """The terms of each text, each followed by a space (the index splits at spaces)."""
    if not texts:
        return []
    joined = "\0".join(hide_masks(text) for text in texts)
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    canon, kind_of = _arrays()
    known = np.minimum(raw, len(canon) - 1)
    codes, kinds = canon[known], kind_of[known]
    rare = np.flatnonzero(raw >= len(canon) - 1)
    if len(rare):
        found, which = np.unique(raw[rare], return_inverse=True)
        looked_up = [beyond_table(chr(code)) for code in found]
        codes[rare] = np.array([ord(char) for char, _ in looked_up], np.uint32)[which]
        kinds[rare] = np.array([kind for _, kind in looked_up], np.uint8)[which]
    ends = np.cumsum([len(text) + 1 for text in texts[:-1]], dtype=np.int64) - 1
    kinds[ends] = SEPARATOR_KIND
    _resolve(kinds)
    kept = np.flatnonzero(kinds != SPACE_KIND)
    kept = kept[_needed(kinds[kept])]
    return _emit(codes[kept], kinds[kept], kept)


@cache
def _arrays() -> tuple[_Codes, _Kinds]:
    """Canonical code point and kind by code point; the last entry (a break) serves all beyond."""
    table, kinds = tables()
    codes = np.frombuffer((table + "|").encode("utf-32-le"), dtype=np.uint32)
    return codes, np.frombuffer(kinds + bytes((BREAK_KIND,)), dtype=np.uint8)


def _before(kinds: _Kinds) -> _Kinds:
    return np.concatenate((np.zeros(1, np.uint8), kinds[:-1]))


def _after(kinds: _Kinds) -> _Kinds:
    return np.concatenate((kinds[1:], np.zeros(1, np.uint8)))


def _is_word(kinds: _Kinds) -> _Flags:
    flags: _Flags = (kinds == LETTER_KIND) | (kinds == DIGIT_KIND)
    return flags


def _resolve(kinds: _Kinds) -> None:
    """Turn joiners, commas and newlines into spaces or breaks, in place."""
    before, after = _before(kinds), _after(kinds)
    joins = _is_word(before) & _is_word(after)
    digits = (before == DIGIT_KIND) & (after == DIGIT_KIND)
    joiner, comma = kinds == JOINER_KIND, kinds == COMMA_KIND
    kinds[joiner] = np.where(joins[joiner], SPACE_KIND, BREAK_KIND)
    kinds[comma] = np.where(digits[comma], SPACE_KIND, BREAK_KIND)
    solid = np.flatnonzero(kinds != SPACE_KIND)
    newline = kinds[solid] == NEWLINE_KIND
    blank = newline[:-1] & newline[1:]
    kinds[kinds == NEWLINE_KIND] = SPACE_KIND
    kinds[solid[:-1][blank]] = BREAK_KIND


def _needed(kinds: _Kinds) -> _Flags:
    """Of the solid characters, all but breaks at the ends of a text and all but one of a run."""
    is_break = kinds == BREAK_KIND
    edge = is_break | (kinds == SEPARATOR_KIND)
    repeated = is_break & np.concatenate((np.ones(1, np.bool_), edge[:-1]))
    keep: _Flags = ~repeated
    # A break that is left has a token before it; without one after it, it ends the text.
    left = np.flatnonzero(keep)
    at_end = is_break[left] & np.concatenate((edge[left][1:], np.ones(1, np.bool_)))
    keep[left[at_end]] = False
    return keep


def _emit(codes: _Codes, kinds: _Kinds, places: npt.NDArray[np.int64]) -> list[str]:
    """Write each character's terms: up to five code points a character, none where 0."""
    size = len(codes)
    before, after = _before(kinds), _after(kinds)
    character, word = kinds == CHARACTER_KIND, _is_word(kinds)
    starts, ends = character & (before != CHARACTER_KIND), character & (after != CHARACTER_KIND)
    is_break = (kinds == BREAK_KIND) & ~((before == CHARACTER_KIND) & (after == CHARACTER_KIND))
    apart = np.ones(size + 1, np.bool_)
    apart[1:-1] = (np.diff(places) != 1) | (kinds[1:] != kinds[:-1])
    space = np.uint32(ord(" "))
    shown = np.where(character | (word & ~_too_far(word & apart[:-1], word)), codes, 0)
    shown[is_break] = ord(BREAK)
    shown[kinds == SEPARATOR_KIND] = ord("\n")
    cells = np.empty((size, 5), np.uint32)
    np.multiply(codes, starts, out=cells[:, 0])
    np.multiply(space, starts, out=cells[:, 1])
    cells[:, 2] = shown
    np.multiply(codes[1:], (character & ~ends)[:-1], out=cells[:-1, 3])
    cells[-1:, 3] = 0
    np.multiply(space, character | is_break | (word & apart[1:]), out=cells[:, 4])
    flat = cells.ravel()
    text: str = flat[flat != 0].tobytes().decode("utf-32-le")
    return text.split("\n")


def _too_far(starts: _Flags, word: _Flags) -> _Flags:
    """Characters of a word beyond its first MAX_WORD."""
    index = np.arange(len(word))
    start = np.maximum.accumulate(np.where(starts, index, 0))
    far: _Flags = word & (index - start >= MAX_WORD)
    return far
