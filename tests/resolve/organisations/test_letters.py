"""Letters of names: accents, letters written as two, tones, scripts with marks of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.letters import letters_of, unaccented, without_marks, words_of


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("stadt münchen", "stadt muenchen", "DE"),
        ("straßenbau", "strassenbau", "DE"),
        ("ålborg", "aalborg", "DK"),
        ("malmö", "malmo", "SE"),
        ("łódź", "lodz", "PL"),
        ("büyükşehir ı", "buyuksehir i", "TR"),
        ("công an xã hòa", "công an xã hoà", "VN"),
        ("sheriff’s", "sheriff's", "US"),
        ("тёмный", "темный", "RU"),
    ],
)
def test_ways_of_writing_one_word_meet(left: str, right: str, country: str) -> None:
    assert letters_of(left, country) == letters_of(right, country)


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("baur", "bauer", "DE"),
        ("tân phú", "tấn phú", "VN"),
        ("май", "маи", "RU"),
        ("システムズ", "システムス", "JP"),
    ],
)
def test_letters_that_tell_stay_two(left: str, right: str, country: str) -> None:
    assert letters_of(left, country) != letters_of(right, country)


def test_a_word_keeps_the_marks_of_its_script() -> None:
    assert words_of("दिल्ली पुलिस") == ["दिल्ली", "पुलिस"]
    assert words_of("สถานีตำรวจ") == ["สถานีตำรวจ"]


@pytest.mark.parametrize(
    ("text", "country", "bare"),
    [
        ("Stadt München", "DE", "stadt munchen"),
        ("Tân Phú", "VN", "tan phu"),
        ("Stadt Muenchen", "DE", ""),
        ("Málaga", "ES", ""),
    ],
)
def test_a_name_without_marks_where_they_tell(text: str, country: str, bare: str) -> None:
    assert without_marks(text, country) == bare


@given(st.text(max_size=40), st.sampled_from(["DE", "VN", "DK", "US", None]))
def test_letters_are_the_same_read_twice(text: str, country: str | None) -> None:
    once = letters_of(text.lower(), country)
    assert letters_of(once, country) == once
    assert unaccented(unaccented(text)) == unaccented(text)
