"""Sentences that a case keeps in English, as the reasons of checks are, in a page's language.

The catalogues hold them as texts named ``said.…``, and rules of joins as values, with the same
gaps: the English one is what a sentence is known by, and what stands in its gaps is told likewise.
What is not known stays.
"""

import re
from collections.abc import Sequence
from functools import cache

from sousveil.web.languages import catalogue

_TABLES = ("said.", "value.project_rule.")
_GAP = re.compile(r"\\\{(\w+)\\\}")
_CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def told(sentence: str, language: str) -> str:
    """A sentence in a language; codes in it with spaces for underscores."""
    if language == "en":
        return _CODE.sub(lambda code: code[0].replace("_", " "), sentence)
    for name, pattern in _known():
        found = pattern.fullmatch(sentence)
        if found:
            gaps = {gap: told(value, language) for gap, value in found.groupdict().items()}
            return catalogue(language)[name].format_map(gaps)
    parts = re.split("[,;] ", sentence)
    return "、".join(told(part, language) for part in parts) if len(parts) > 1 else sentence


@cache
def _known() -> Sequence[tuple[str, re.Pattern[str]]]:
    """The sentences by name, those with most words of their own first."""
    texts = {n: said for n, said in catalogue("en").items() if n.startswith(_TABLES)}
    named = sorted(texts.items(), key=lambda each: -len(re.sub(r"\{\w+\}", "", each[1])))
    return [(n, re.compile(_GAP.sub(r"(?P<\1>.+?)", re.escape(said)))) for n, said in named]
