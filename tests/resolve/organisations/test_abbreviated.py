"""Names in Latin letters with words cut short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.abbreviated import abbreviates


@pytest.mark.parametrize(
    ("short", "whole", "one"),
    [
        ("HARBOR CI AND SECURITY AGENCY", "HARBOR COUNTERINTELLIGENCE AND SECURITY AGENCY", True),
        ("HARBOR CNTRINTL SECURITY AGENCY", "Harbor Counterintelligence Security Agency", True),
        ("DEPT OF HARBORS", "Department of Harbors", True),
        ("H.C.S.A.", "Harbor Counterintelligence and Security Agency", True),
        ("HA", "Harbor Agency", False),  # two letters are of many
        ("Harbor Agency", "Harbor Agency", False),
        ("HBR AGCY", "Harbor Agency", False),  # no word is left whole
        ("Harbor Region 7", "Harbor Region 8", False),
        ("", "Harbor Agency", False),
    ],
)
def test_words_cut_short(short: str, whole: str, one: bool) -> None:
    assert abbreviates(short, whole) is one


@given(st.text("ABC of and7. &", max_size=20), st.text("ABC of and7. &", max_size=20))
def test_never_both_ways(short: str, whole: str) -> None:
    assert not (abbreviates(short, whole) and abbreviates(whole, short))
