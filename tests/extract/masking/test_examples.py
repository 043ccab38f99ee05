"""What is masked and what stays: one example a rule, invented throughout.

``examples.txt`` holds them: the text, a line ``=>``, what it becomes; ``---`` between examples.
"""

import re
from pathlib import Path

import pytest

from sousveil.extract.masking import mask_text, targets

EXAMPLES = [
    example.split("\n=>\n")
    for example in (Path(__file__).parent / "examples.txt")
    .read_text("utf-8")
    .removesuffix("\n")
    .split("\n---\n")
]


def test_there_are_many() -> None:
    assert len(EXAMPLES) > 110


@pytest.mark.parametrize(("text", "masked"), EXAMPLES)
def test_example(text: str, masked: str) -> None:
    assert mask_text(text) == masked


ROLES = {
    word
    for role in re.sub(r"\[[^\]]*\]", "", targets._ROLES).split("|")
    if len(word := re.split(r"[(?{]", role)[0]) > 3
}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_word_for_a_target_is_passed_over(role: str) -> None:
    """The quick look at a text never hides a word that the walk would find."""
    assert any(hint in role for hint in targets._HINTS)


def test_labels_without_end_are_walked_once() -> None:
    """Each label looks at a short piece behind it, not at all that follows: else 200,000 characters
    take minutes."""
    text = "专家成员" * 50_000
    assert mask_text(text) == text
