"""Where a known person is named again: whole, turned round, with initials, by one word."""

import pytest

from sousveil.extract.masking.named_again import Names


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("MATTHEW SAXON MOLEN", "Molen, Matthew S.", ["Molen, Matthew S"]),
        ("MATTHEW SAXON MOLEN", "paid to matthew molen", ["matthew molen"]),
        ("Matthew Molen", "MOLEN - COINS; MOLENS AND MOLENA", ["MOLEN"]),
        ("Matthew Molen", "Molen's coins, saxon-molen", ["Molen"]),
        ("Matthew Molen", "by molen", ["molen"]),
        ("Grant Will", "The will to Grant it", ["Grant"]),
        (
            "María de la Cruz",
            "MARIA DE LA CRUZ y la cruz de Cruz",
            ["MARIA DE LA CRUZ", "la cruz de Cruz"],
        ),
        ("Ludwig van der Beispiel", "van der Beispiel; van der Muster", ["van der Beispiel"]),
        ("Sean O'Brien", "O’BRIEN and OBrien", ["O’BRIEN", "OBrien"]),
        ("Ng Bo", "Ng Bo, Bo and NG", ["Ng Bo, Bo"]),
        ("Молен Матвей", "услуги Молен", ["Молен"]),
        ("PEREZ-GOMEZ, ANA", "Ana Pérez Gómez", ["Ana Pérez Gómez"]),
        ("J Q", "J Q", []),
        ("de la", "de la", []),
    ],
)
def test_places(name: str, value: str, found: list[str]) -> None:
    assert [value[place.start : place.end] for place in Names([name]).places(value)] == found


def test_a_whole_name_has_all_words_that_tell() -> None:
    assert [p.whole for p in Names(["Ana de Molen"]).places("Molen, Ana; Molen")] == [True, False]
