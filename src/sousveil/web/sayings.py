"""Sentences that come in English, as the reasons of checks and errors do, in a page's language.

The catalogues hold them with the same gaps: those that a case keeps as texts named ``said.…``, and
rules of joins as values, what errors say as ``wrong.…``. The English one is what a sentence is
known by, and what stands in its gaps is told likewise, of errors that which is named ``more``
alone: the others hold names. What is not known stays.
"""

import re
from collections.abc import Sequence
from functools import cache

from sousveil.web.languages import DEFAULT, catalogue

_KEPT = ("said.", "value.project_rule.")
_WRONG = ("wrong.",)
_GAP = re.compile(r"\\\{(\w+)\\\}")
_CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def told(sentence: str, language: str) -> str:
    """A sentence in a language; codes in it with spaces for underscores."""
    if language == DEFAULT:
        return _CODE.sub(lambda code: code[0].replace("_", " "), sentence)
    if known := _found(sentence, _KEPT):
        name, gaps = known
        told_too = {gap: told(value, language) for gap, value in gaps.items()}
        return catalogue(language)[name].format_map(told_too)
    parts = re.split("[,;] ", sentence)
    said = [told(part, language) for part in parts] if len(parts) > 1 else parts
    return sentence if said == parts else "、".join(said)


def wrong(words: str, language: str) -> str:
    """What an error says, or what can be done about it, in a language."""
    if language == DEFAULT:
        return words
    if known := _found(words, _WRONG):
        name, gaps = known
        more = {"more": wrong(gaps["more"], language)} if "more" in gaps else {}
        return catalogue(language)[name].format_map({**gaps, **more})
    return words


def _found(sentence: str, tables: tuple[str, ...]) -> tuple[str, dict[str, str]] | None:
    """The name of a sentence in these tables, and what stands in its gaps."""
    for name, pattern in _known(tables):
        if found := pattern.fullmatch(sentence):
            return name, found.groupdict()
    return None


@cache
def _known(tables: tuple[str, ...]) -> Sequence[tuple[str, re.Pattern[str]]]:
    """The sentences of these tables by name, those with most words of their own first."""
    texts = {n: said for n, said in catalogue(DEFAULT).items() if n.startswith(tables)}
    named = sorted(texts.items(), key=lambda each: -len(re.sub(r"\{\w+\}", "", each[1])))
    return [(n, re.compile(_GAP.sub(r"(?P<\1>.+?)", re.escape(said)))) for n, said in named]
