"""What stands around a purchase in titles of languages with spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.title_frames import without_frame
from sousveil.text.titles import split_phase, title_core


@pytest.mark.parametrize(
    "title",
    [
        "Adquisición de cámaras de videovigilancia",
        "Licitación pública para la adquisición de cámaras de videovigilancia",
        "Anuncio de licitación: Adquisición de cámaras de videovigilancia",
        "Licitación Pública N° 12/2023 - Adquisición de cámaras de videovigilancia",
        "Adjudicación: Adquisición de cámaras de videovigilancia",
        "Adquisición de cámaras de videovigilancia (segunda convocatoria)",
        "Contract award: Fallo: Adquisición de cámaras de videovigilancia",
    ],
)
def test_one_core_in_spanish(title: str) -> None:
    assert title_core(title) == "adquisicióndecámarasdevideovigilancia"


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("Pregão Eletrônico nº 045/2023 - Locação de câmeras corporais (2ª chamada)",
         "locaçãodecâmerascorporais"),
        ("Avis d'attribution : extension du système de vidéoprotection",
         "extensiondusystèmedevidéoprotection"),
        ("Bekanntmachung vergebener Aufträge: Videoanlage am Bahnhof", "videoanlageambahnhof"),
        ("Esito di gara - Fornitura di telecamere", "fornituraditelecamere"),
        ("Award notice for Body-Worn Video solution", "bodywornvideosolution"),
        ("Contract for cleaning", "contractforcleaning"),
        ("Avis", "avis"),
    ],
)  # fmt: skip
def test_one_core_elsewhere(title: str, core: str) -> None:
    assert title_core(title) == core


def test_a_batch_is_no_lot() -> None:
    assert split_phase("Supply of cameras batch 2") == ("supplyofcameras", "batch:2")


def test_the_phase_before_the_word_for_an_award() -> None:
    assert split_phase("天网工程一期中标结果公告") == ("天网工程", "phase:1")
    assert split_phase("二期中心建设")[1] is None


@given(st.text(max_size=300))
def test_something_is_left(text: str) -> None:
    assert without_frame(text).strip() or not text.strip()


@pytest.mark.parametrize("attack", ["avis ", "licitación a ", "contract: ", "- ", "award - "])
def test_hostile_titles_take_linear_time(attack: str) -> None:
    without_frame(attack * (30_000 // len(attack)))
