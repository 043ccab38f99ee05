"""Patterns that are tried only where a text holds a word of theirs: they cost more than it does."""

import re
from collections.abc import Iterator, Sequence

Triggered = tuple[Sequence[str], re.Pattern[str]]
"""A pattern, and the words of which a text must hold one for it to match."""


def matches(text: str, patterns: Sequence[Triggered]) -> Iterator[re.Match[str]]:
    """All matches of each pattern, pattern by pattern."""
    for words, pattern in patterns:
        if any(word in text for word in words):
            yield from pattern.finditer(text)
