"""Terms found in a text: what was read before must not matter."""

import pytest

from sousveil.reference import lexicon
from sousveil.reference.lexicon import Lexicon

TERMS = ("face recognition", "kennzeichen*", "cctv", "video surveillance", "人脸识别", "be")
TEXT = "cctv cameras with face recognition, kennzeichenleser and 人脸识别; face recognitions, faces"


def test_words_met_before_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Lexicon(TERMS).find(TEXT)
    assert [TERMS[number] for *_, number in fresh] == [
        *("cctv", "face recognition", "kennzeichen*", "人脸识别", "face recognition"),
    ]
    used = Lexicon(TERMS)
    for word in (*TEXT.split(), "surveillance face", "kenn", "video", "x" * 100):
        used.find(word)
    assert used.find(TEXT) == fresh
    monkeypatch.setattr(lexicon, "_WORDS_KEPT", 2)
    full = Lexicon(TERMS)
    full.find("some other words")
    assert full.find(TEXT) == fresh
    assert full.might(TEXT)
    assert not full.might("recognition of spaces")


def test_a_last_word_begins_no_longer_term() -> None:
    assert Lexicon(TERMS).find("a video") == []
    assert Lexicon(TERMS).might("a video")


@pytest.mark.parametrize("length", [64, 65])
def test_texts_that_are_remembered_are_searched_as_others(length: int) -> None:
    terms = Lexicon(["camera", "人脸识别"])
    text = "a camera 人脸识别".ljust(length, ".")
    once = terms.find(text)
    assert [hit[2] for hit in once] == [0, 1]
    once.clear()
    assert len(terms.find(text)) == 2
    assert terms.might(text)
    assert terms.might(text)
    assert not terms.might("garden".ljust(length, "."))
