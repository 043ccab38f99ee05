"""Lists of patterns and what they are written as, asked at once whether any of them fits.

Most names fit none: one search of all patterns together costs a tenth of one for each.
"""

import re
from collections.abc import Iterable

_WORD = r"\b"


class Rewrites:
    """Patterns with what stands for them, tried in order; ``count``: how often each, 0 for every
    time."""

    def __init__(self, rules: Iterable[tuple[str, str]], count: int = 0) -> None:
        rules = tuple(rules)
        self._rules = tuple((re.compile(pattern), whole) for pattern, whole in rules)
        self._count = count
        first, words, within = [], [], []
        for pattern, _ in rules:
            for one in _alternatives(pattern):
                if one.startswith("^"):
                    first.append(one)
                elif one.startswith(_WORD):
                    words.append(one.removeprefix(_WORD))
                else:
                    within.append(one)
        # Asked once for all, whether a word begins here spares trying each of them at every letter.
        within += [rf"{_WORD}(?:{'|'.join(words)})"] if words else []
        self._first = re.compile("|".join(first)) if first else None
        self._within = re.compile("|".join(within)) if within else None

    def __call__(self, text: str) -> str:
        """The text with every pattern written as it stands in the list."""
        if not self._fits(text):
            return text
        for pattern, whole in self._rules:
            text = pattern.sub(whole, text, count=self._count)
        return text

    def _fits(self, text: str) -> bool:
        if self._first is not None and self._first.match(text):
            return True
        return self._within is not None and self._within.search(text) is not None


def _alternatives(pattern: str) -> list[str]:
    """What stands between the outermost bars of a pattern."""
    found = [""]
    depth = 0
    inside = escaped = False
    for sign in pattern:
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif inside:
            inside = sign != "]"
        elif sign == "[":
            inside = True
        elif sign == "|" and depth == 0:
            found.append("")
            continue
        else:
            depth += (sign == "(") - (sign == ")")
        found[-1] += sign
    return found
