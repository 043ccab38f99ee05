"""Shared words misspelt, and words of their own that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.misspelt import mended


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("phoenix polcie deparment", "phoenix police department"),
        ("sherrif's office", "sheriff's office"),
        ("prefeitura muncipal", "prefeitura municipal"),
        ("univeristy of leeds", "university of leeds"),
    ],
)
def test_a_shared_word_is_mended(text: str, right: str) -> None:
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "policy exchange",
        "projection systems",
        "country fire authority",
        "anderson andersen",
        "counts of nature",
        "technology systems",
        "burough",
    ],
)
def test_a_word_of_its_own_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=60))
def test_mending_twice_mends_once(text: str) -> None:
    assert mended(mended(text)) == mended(text)
    assert len(mended(text).split(" ")) == len(text.split(" "))
