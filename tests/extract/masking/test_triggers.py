"""Patterns are tried where a word of theirs stands, one after the other."""

import re

from sousveil.extract.masking.triggers import matches

PATTERNS = ((("b",), re.compile("[ab]")), (("x", "y"), re.compile("a")))


def test_a_pattern_without_its_word_is_passed_over() -> None:
    assert [match[0] for match in matches("ab", PATTERNS)] == ["a", "b"]
    assert [match[0] for match in matches("ay", PATTERNS)] == ["a"]
    assert [match[0] for match in matches("aby", PATTERNS)] == ["a", "b", "a"]
    assert list(matches("a", PATTERNS)) == []
