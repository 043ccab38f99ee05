"""Words that take something out of a purchase (不含, excluding, hors lot), loaded from data.

``data/negation.toml`` says what each kind of cue governs. Compiled once a process.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import msgspec

from sousveil.reference.lexicon import plain

_GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_UNSPACED = frozenset({"zh", "ja", "ko", "ar"})
"""Scripts whose cues are not words between spaces: Arabic and Korean join particles to them."""


class Cues(msgspec.Struct, frozen=True):
    """Patterns over plain text; what each kind governs is said in the data file."""

    ahead: re.Pattern[str]
    near: re.Pattern[str]
    behind: re.Pattern[str]
    never: re.Pattern[str]


@cache
def cues() -> Cues:
    """The cues of all languages."""
    text = resources.files("sousveil.reference").joinpath("data", "negation.toml")
    tables = tomllib.loads(text.read_text("utf-8"))
    return Cues(*(_pattern(tables, kind) for kind in ("ahead", "near", "behind", "never")))


def _pattern(tables: Mapping[str, Mapping[str, list[str]]], kind: str) -> re.Pattern[str]:
    spaced: list[str] = []
    unspaced: list[str] = []
    for language, table in tables.items():
        words = [_plain(word) for word in table.get(kind, ())]
        (unspaced if language in _UNSPACED else spaced).extend(words)
    parts = []
    if spaced:
        parts.append(rf"\b{_opening(spaced)}(?:{'|'.join(spaced)})(?!\w)")
    if unspaced:
        parts.append(f"{_opening(unspaced)}(?:{'|'.join(unspaced)})")
    return re.compile("|".join(parts))


def _opening(words: Iterable[str]) -> str:
    """A look ahead at the first characters of all words: most places of a text are none, and are
    left without trying word by word. Empty where a word begins with anything but a letter."""
    firsts = set()
    for word in words:
        optional = word[1:2] in {"?", "*", "{", "|"}
        if not word[:1].isalpha() or optional or "|" in _GROUP.sub("", word):
            return ""
        firsts.add(word[0])
    return f"(?=[{''.join(sorted(firsts))}])"


def _plain(pattern: str) -> str:
    r"""A cue folded as the text is; the letters of escapes such as \w stay."""
    return re.sub(r"\\.|[^\\]+", lambda m: m[0] if m[0][0] == "\\" else plain(m[0]), pattern)
