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
_LETTERS: Mapping[str, str] = {
    "zh": "[\u3400-\u9fff]",
    "ja": "[\u3040-\u30ff]",
    "ko": "[\uac00-\ud7af]",
    "ar": "[\u0600-\u06ff]",
    "ru": "[а-я]",
}
"""Letters without which a text holds no cue of the language; the others are in Latin letters."""
_LATIN = "[a-z]"
_UNSPACED = frozenset({"zh", "ja", "ko", "ar"})
"""Scripts whose cues are not words between spaces: Arabic and Korean join particles to them."""


class Cues(msgspec.Struct, frozen=True):
    """The cues of one script: patterns over plain text. What each kind governs is said in the
    data file. ``letters``: a text without one of these holds none."""

    letters: re.Pattern[str]
    ahead: re.Pattern[str]
    near: re.Pattern[str]
    behind: re.Pattern[str]
    never: re.Pattern[str]


@cache
def cues() -> tuple[Cues, ...]:
    """The cues of all languages, script by script."""
    text = resources.files("sousveil.reference").joinpath("data", "negation.toml")
    tables = tomllib.loads(text.read_text("utf-8"))
    scripts: dict[str, list[str]] = {}
    for language in tables:
        scripts.setdefault(_LETTERS.get(language, _LATIN), []).append(language)
    return tuple(
        Cues(
            re.compile(letters),
            *(
                _pattern([tables[one] for one in languages], kind, languages[0] in _UNSPACED)
                for kind in ("ahead", "near", "behind", "never")
            ),
        )
        for letters, languages in scripts.items()
    )


def _pattern(
    tables: Iterable[Mapping[str, list[str]]], kind: str, unspaced: bool
) -> re.Pattern[str]:
    words = [_plain(word) for table in tables for word in table.get(kind, ())]
    if not words:
        return re.compile("(?!)")
    joined = f"{_opening(words)}(?:{'|'.join(words)})"
    return re.compile(joined if unspaced else rf"\b{joined}(?!\w)")


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
