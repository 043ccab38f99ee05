"""Lists of patterns: the same result as trying each, whichever of them fits."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.rewrites import Rewrites

RULES = (
    ("^甲(?=乙)", "丙"),
    ("^丙乙$", "丁"),
    ("乙$|^戊", "己"),
    ("^[|(]甲", "乙"),
    (r"^\(丁|庚", "甲"),
    ("(?<=己)乙", ""),
    ("^(?:甲|丁)丁", "戊"),
    (r"\b己庚|\b(?:乙|己)戊$", "甲乙"),
    (r"\b[丙|]丁\b", r"\(丁"),
)


@pytest.mark.parametrize("count", [0, 1])
@given(text=st.text("甲乙丙丁戊己庚|( ", max_size=8))
def test_as_if_each_were_tried(count: int, text: str) -> None:
    wanted = text
    for pattern, whole in RULES:
        wanted = re.sub(pattern, whole, wanted, count=count)
    assert Rewrites(RULES, count)(text) == wanted


def test_a_list_of_nothing_leaves_everything() -> None:
    assert Rewrites(())("甲乙") == "甲乙"
