"""What is masked and what stays: one example a rule, invented throughout.

``examples.txt`` holds them: the text, a line ``=>``, what it becomes; ``---`` between examples.
"""

from pathlib import Path

import pytest

from sousveil.extract.masking import mask_text

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
