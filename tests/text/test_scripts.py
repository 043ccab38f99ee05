"""Scripts: simplifying, folding, guessing the language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text import fold, is_han, language_of, to_simplified

ANY_TEXT = st.text(max_size=60) | st.text(alphabet="İßΣσςẞ臺灣警察後乾𠮷aZ", max_size=30)


@given(ANY_TEXT)
def test_length_never_changes(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert len(fold(text)) == len(text)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert to_simplified(to_simplified(text)) == to_simplified(text)


@given(ANY_TEXT, ANY_TEXT)
def test_folding_does_not_depend_on_neighbours(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


def test_traditional_and_simplified_meet() -> None:
    assert to_simplified("監視錄影系統採購案") == "监视录影系统采购案"
    assert fold("輿情監測 CCTV") == fold("舆情监测 cctv")
    assert fold("ΟΔΟΣ") == fold("οδος")


def test_is_han() -> None:
    assert is_han("警")
    assert is_han("〇")
    assert is_han("𠮷")
    assert not is_han("a")
    assert not is_han("。")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("北江市公安局视频监控采购公告", "zh"),
        ("臺北市政府警察局", "zh"),
        ("防犯カメラの設置について", "ja"),
        ("경찰청 영상정보 시스템 구매", "ko"),
        ("Закупка системы видеонаблюдения для нужд полиции", "ru"),
        ("Закупівля системи відеоспостереження для поліції", "uk"),
        ("شراء نظام مراقبة بالفيديو", "ar"),
        ("The supply of cameras for the police", "en"),
        ("Suministro de cámaras para la policía y los municipios", "es"),
        ("Lieferung von Kameras für die Polizei und das Land", "de"),
        ("Fourniture de caméras pour la police et les communes", "fr"),
        ("12345 !!", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


@given(ANY_TEXT)
def test_language_never_fails(text: str) -> None:
    assert language_of(text) is None or len(language_of(text) or "") == 2
