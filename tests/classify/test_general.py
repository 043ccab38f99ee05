"""The general model: it may take away what the rules find, by quoted words, and finds nothing."""

import base64
import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.classify import classify
from sousveil.classify.general import EXTRACTOR, WIDTH, Frozen, General, folded, general
from sousveil.classify.passages import passages
from sousveil.classify.rules import OVERRULED
from sousveil.classify.scores import THRESHOLD, UNCERTAIN

_spec = importlib.util.spec_from_file_location("build", Path(__file__).parent / "build.py")
assert _spec is not None
assert _spec.loader is not None
_build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_build)

LANDLORD = (
    "办公楼物业服务项目",
    "内容为保洁、会务、水电维修及绿化养护、垃圾清运，服务期三年。中标供应商的主营业务为物业管理；安防监控设备安装；"
    "人脸识别系统销售；停车场服务。年合同价158.4万元。",
)
FIRE = (
    "Replacement of Addressable Fire Alarm Panels, Halls C and D",
    "Replace panels, 640 smoke and heat detectors, pull stations and voice evacuation speakers. "
    "Video smoke detection in the atrium uses analytics on flame and smoke only. Verification of "
    "the system to the national standard.",
)
CAMERAS = ("城区视频监控系统建设项目", "新增高清摄像机三百路，接入公安视频专网，人脸识别布控。")
FRAGMENTS = (
    "人脸识别系统", "视频监控", "舆情监测服务", "物业管理", "办公家具", "消防报警", "car park",
    "facial recognition", "fire alarm", "social media monitoring", "tourism campaign", "病房",
    "surveillance cameras in the town centre", "cleaning", "车牌识别", "采购公告",
    "drones for police",
)  # fmt: skip


def frozen(**given: float) -> Frozen:
    weights = np.zeros(WIDTH, np.int8)
    numbers = {"step": 0.5, "intercept": 0.0, "rules": 1.0, "margin": 1.0, "added": 0.0, **given}
    return Frozen(base64.b64encode(weights.tobytes()).decode(), **numbers)


@pytest.mark.parametrize("words", [LANDLORD, FIRE])
def test_a_finding_that_both_voices_doubt_is_taken_away_and_kept_for_review(
    words: tuple[str, str],
) -> None:
    coding = classify(*_build.notice(words[0], words[1]))
    assert coding.rule_score >= THRESHOLD
    assert not coding.surveillance
    assert coding.surveillance_score < OVERRULED
    assert not coding.codes("capability")
    assert coding.codes("candidate")
    assert "model_disagrees" in coding.review
    said = [reason for reason in coding.against if reason.evidence.extractor == EXTRACTOR]
    assert said
    assert all(reason.weight < 0 for reason in said)


def test_words_that_speak_against_stand_in_the_page() -> None:
    notice, pages = _build.notice(*LANDLORD)
    for reason in classify(notice, pages).against:
        evidence = reason.evidence
        assert pages[1].text[evidence.start : evidence.end] == evidence.quote


def test_words_that_speak_against_are_whole_and_without_figures() -> None:
    notice, pages = _build.notice(*FIRE)
    page = pages[1].text
    said = [
        r.evidence for r in classify(notice, pages).against if r.evidence.extractor == EXTRACTOR
    ]
    for evidence in said:
        assert not page[evidence.start - 1 : evidence.start].isalpha()
        assert not page[evidence.end : evidence.end + 1].isalpha()
        assert not any(map(str.isdigit, evidence.quote))


def test_a_clear_finding_stands() -> None:
    coding = classify(*_build.notice(*CAMERAS, buyer="某县公安局"))
    assert coding.surveillance
    assert coding.surveillance_score > 0.9
    assert coding.review == ()


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3), st.sampled_from(FRAGMENTS))
def test_score_and_answer_agree_and_no_finding_is_without_words_of_the_rules(
    title: list[str], body: str
) -> None:
    coding = classify(*_build.notice(" ".join(title), body))
    assert coding.surveillance is (coding.surveillance_score >= THRESHOLD)
    assert coding.surveillance is bool(coding.codes("capability"))
    if coding.rule_score < THRESHOLD:
        assert not coding.surveillance
    if "model_disagrees" in coding.review:
        assert coding.rule_score >= UNCERTAIN


def test_the_two_voices_are_added_as_log_odds() -> None:
    read = list(passages(*_build.notice("a title")))
    model = General(frozen(intercept=-2.0, rules=0.5, margin=1.5, added=0.25))
    odds = 0.5 * math.log(0.8 / 0.2) + 1.5 * -2.0 + 0.25
    assert model.probability(0.8, read) == round(1 / (1 + math.exp(-odds)), 4)


def test_the_margin_is_the_sum_of_weights_by_values() -> None:
    read = list(passages(*_build.notice("camera", "over the square", body="and more")))
    columns, values = folded(read)
    assert (np.diff(columns) > 0).all()
    assert columns.max() < WIDTH
    weights = np.zeros(WIDTH, np.int8)
    weights[columns[0]] = 4
    held = Frozen(base64.b64encode(weights.tobytes()).decode(), 0.5, 1.0, 1.0, 1.0, 0.0)
    assert General(held).margin(read) == pytest.approx(4 * 0.5 * values[0] + 1.0)


def test_the_shipped_model_knows_both_kinds() -> None:
    margins = [general().margin(list(passages(*_build.notice(*w)))) for w in (CAMERAS, FIRE)]
    assert margins[0] > 0 > margins[1]
