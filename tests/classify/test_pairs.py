"""Even hands: the same purchase told in nine languages is coded the same, whoever buys it."""

import importlib.util
import tomllib
from pathlib import Path

import pytest

from sousveil.classify import classify
from sousveil.model import Coding

_spec = importlib.util.spec_from_file_location("build", Path(__file__).parent / "build.py")
assert _spec is not None
assert _spec.loader is not None
_build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_build)

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text("utf-8"))
ONLINE, VIDEO, HARMLESS = PAIRS["online"], PAIRS["video"], PAIRS["harmless"]
COUNTRIES = ("CN", "TW", "US", "MX", "FR", "DE", "BR", "RU")


def code(told: list[str], country: str | None = None) -> Coding:
    made, pages = _build.notice(*told, country=country)
    return classify(made, pages)


def coded(coding: Coding) -> tuple[object, ...]:
    facets = ("capability", "platform", "target_group", "function", "data_source")
    ladder = (coding.sophistication_ladder, coding.sophistication)
    return (*(frozenset(coding.codes(f)) for f in facets), coding.overseas_target, ladder)


@pytest.mark.parametrize("language", ONLINE)
def test_online_monitoring_is_coded_alike_in_every_language(language: str) -> None:
    assert coded(code(ONLINE[language])) == coded(code(ONLINE["en"]))


@pytest.mark.parametrize("language", VIDEO)
def test_cameras_are_coded_alike_in_every_language(language: str) -> None:
    assert coded(code(VIDEO[language])) == coded(code(VIDEO["en"]))


@pytest.mark.parametrize("language", HARMLESS)
def test_patient_monitors_are_nothing_in_every_language(language: str) -> None:
    assert not code(HARMLESS[language]).surveillance


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_same_words_are_coded_alike_for_every_country(country: str) -> None:
    for told in (ONLINE["en"], VIDEO["en"], HARMLESS["en"]):
        assert coded(code(told, country)) == coded(code(told))


def test_the_pairs_say_what_we_mean() -> None:
    online, video = code(ONLINE["en"]), code(VIDEO["en"])
    assert {"public_opinion_monitoring", "social_media_collection"} == set(
        online.codes("capability")
    )
    assert (online.overseas_target, online.sophistication) == (True, 5)
    assert "face_recognition" in video.codes("capability")
    assert (video.overseas_target, video.sophistication) == (False, 4)
