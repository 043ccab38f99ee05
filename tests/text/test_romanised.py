"""Cyrillic in Latin letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.romanised import romanised


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Юрий Щербаков", "iurii shcherbakov"),
        ("Юрий Щербаков", "yuriy shcherbakov"),
        ("Олександр Гнатюк", "oleksandr hnatiuk"),
        ("Олександр Гнатюк", "oleksandr hnatyuk"),
        ("Иванов, Иван", "ivanov, ivan"),
    ],
)
def test_each_table_gives_its_form(written: str, latin: str) -> None:
    assert latin in romanised(written)


def test_what_has_no_cyrillic_has_no_other_form() -> None:
    assert romanised("Ann Example 王五") == ()


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяґєіїў -", min_size=1))
def test_nothing_cyrillic_is_left(text: str) -> None:
    for told in romanised(text):
        assert not any("\u0400" <= sign <= "\u04ff" for sign in told)
