"""Terms of Uyghur, Tibetan and Arabic are found as people write them, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.reference.lexicon import Lexicon, plain, term_texts


def found(term: str, text: str) -> list[str]:
    """The parts of ``text`` as it stands in which the term is found."""
    return [text[start:end] for start, end, _ in Lexicon(term_texts([term])).find(plain(text))]


@pytest.mark.parametrize(
    ("term", "text", "parts"),
    [
        # Uyghur: endings are free, a word begins where it begins.
        ("كۆزىتىش", "سىن كۆزىتىشى", ["كۆزىتىش"]),
        ("كامېرا", "كامېرالارنىڭ", ["كامېرا"]),
        ("كامېرا", "فوتوكامېرا", []),
        # Line ends, double spaces, joiners and the stretching of letters say nothing.
        ("چىراي تونۇش", "چىراي\nتونۇش", ["چىراي\nتونۇش"]),
        ("چىراي تونۇش", "چىراي  تونۇش", ["چىراي  تونۇش"]),
        ("چىراي تونۇش", "چى\u200cراي تونۇ\u200dش", ["چى\u200cراي تونۇ\u200dش"]),
        ("چىراي تونۇش", "چـــىراي تونۇش", ["چـــىراي تونۇش"]),
        # ه for ە, ی for ى, ک for ك: keyboards of Arabic and Persian.
        ("مەسچىت", "مهسچیت", ["مهسچیت"]),
        ("كۆچمە نوپۇس", "کۆچمه نوپۇس", ["کۆچمه نوپۇس"]),
        # Arabic: prefixes are free, vowel signs pass.
        ("كاميرات", "والكاميرات", ["كاميرات"]),
        ("مراقبة", "مُرَاقَبَة", ["مُرَاقَبَة"]),
        # Tibetan: whole syllables, both tshegs, line ends behind a tsheg, particles.
        ("ལྟ་ཞིབ", "ལྟ་ཞིབ་མ་ལག", ["ལྟ་ཞིབ"]),
        ("ལྟ་ཞིབ", "ལྟ༌ཞིབ།", ["ལྟ༌ཞིབ"]),
        ("ལྟ་ཞིབ", "ལྟ་\nཞིབ", ["ལྟ་\nཞིབ"]),
        ("དགོན་པ", "དགོན་པའི་ནང་", ["དགོན་པ"]),
        ("དགོན་པ", "དགོན་པར", []),
        ("ལྟ་ཞིབ", "བལྟ་ཞིབ", []),
        ("ནད་པ", "ནད་པས", []),
    ],
)
def test_a_term_is_found_as_it_is_written(term: str, text: str, parts: list[str]) -> None:
    assert found(term, text) == parts


def test_latin_and_han_terms_are_found_beside_joined_scripts() -> None:
    lexicon = Lexicon(["人脸识别", "cctv", "ལྟ་ཞིབ"])
    text = plain("人脸识别 ལྟ་ཞིབ CCTV كامېـرا")
    assert {n for _, _, n in lexicon.find(text)} == {0, 1, 2}
    assert lexicon.might(text)


@given(st.text(alphabet="كامېرا چىتونۇش\u200c\u0640\u064e ལྟཞིབ་༌\n", max_size=40))
def test_offsets_hold_and_the_quick_look_is_never_wrong(text: str) -> None:
    lexicon = Lexicon(term_texts(["كامېرا", "چىراي تونۇش", "ལྟ་ཞིབ", "تونۇش"]))
    read = plain(text)
    assert len(read) == len(text)
    hits = lexicon.find(read)
    for start, end, number in hits:
        assert 0 <= start < end <= len(text)
        assert read[start] == lexicon.texts[number][0]
        assert read[end - 1] == lexicon.texts[number][-1]
    assert lexicon.might(read) or not hits
