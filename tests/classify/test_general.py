"""The general model: what it takes away, finds and names beside the rules, by quoted words."""

import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.classify import classify
from sousveil.classify.general import (
    EXTRACTOR,
    Frozen,
    General,
    general,
    packed,
    read_whole,
    row,
    unpacked,
)
from sousveil.classify.passages import Passage, passages
from sousveil.classify.scores import THRESHOLD, UNCERTAIN
from sousveil.classify.voices import OVERRULED, Heard, hear
from sousveil.model import Tag
from sousveil.reference.taxonomy import load_taxonomy

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
WEAK = ("平台升级", "监控平台接入人员抓拍图像，与名单比对后推送预警。")
MAKER = ("Palantir analytics project", "Telecom business software (perpetual license)")
RECORDERS = ("执法装备采购", "佩戴式记录仪220台，4G图传，采集站12台，视频保存六个月。")
AUDIT = (
    "External audit services",
    "Audit of annual accounts of the company for five years, with reports to the board.",
)
SCHOLARS = ("社科研究数据采购", "侨团与留学人员账号名录及发帖数据，按立场倾向分类，季度更新。")
FRAGMENTS = (
    "人脸识别系统", "视频监控", "舆情监测服务", "物业管理", "办公家具", "消防报警", "car park",
    "facial recognition", "fire alarm", "social media monitoring", "tourism campaign", "病房",
    "surveillance cameras in the town centre", "cleaning", "车牌识别", "采购公告",
    "drones for police",
)  # fmt: skip


def frozen(read: Sequence[Passage], **voices: tuple[float, ...]) -> Frozen:
    """A model that knows the n-grams of these passages: each counts alike, and speaks for
    surveillance."""
    columns = row(read)
    weights = np.zeros((3, columns.size), np.int8)
    weights[0] = 2
    return Frozen(
        columns,
        np.ones(columns.size, np.float32),
        ("surveillance", "overseas_target", "drones"),
        weights,
        np.array([0.5, 1.0, 1.0]),
        np.array([0.25, 0.0, -1.5]),
        voices,
    )


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
def test_score_and_answer_agree_and_a_finding_of_the_model_is_marked_and_quoted(
    title: list[str], body: str
) -> None:
    coding = classify(*_build.notice(" ".join(title), body))
    assert coding.surveillance is (coding.surveillance_score >= THRESHOLD)
    assert coding.surveillance is bool(coding.codes("capability"))
    assert all(tag.reasons for tag in coding.tags)
    if coding.surveillance and coding.rule_score < THRESHOLD:
        assert "model_alone" in coding.review
        assert coding.basis["surveillance"] == "model"
    if "model_disagrees" in coding.review:
        assert coding.rule_score >= THRESHOLD


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3), st.sampled_from(FRAGMENTS))
def test_quotes_of_the_model_stand_in_the_page(title: list[str], body: str) -> None:
    notice, pages = _build.notice(" ".join(title), body + ", " + body)
    coding = classify(notice, pages)
    for reason in (*coding.against, *(r for t in coding.tags for r in t.reasons)):
        evidence = reason.evidence
        assert pages[1].text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote.strip() == evidence.quote != ""


def test_words_too_weak_alone_make_a_finding_that_a_person_sees() -> None:
    coding = classify(*_build.notice(*WEAK))
    assert UNCERTAIN <= coding.rule_score < THRESHOLD
    assert coding.surveillance
    assert "model_alone" in coding.review
    said = [t for t in coding.tags if (t.facet, t.code) == ("model", "surveillance")]
    assert said[0].reasons


def test_a_makers_name_and_an_odd_suspicion_are_for_a_person_to_judge() -> None:
    coding = classify(*_build.notice(*MAKER))
    assert not coding.surveillance
    assert "score_uncertain" in coding.review


def test_what_no_word_of_the_rules_says_is_found_with_the_models_own_words() -> None:
    coding = classify(*_build.notice(*RECORDERS))
    assert coding.rule_score == 0
    assert coding.codes("capability") == ("other_surveillance",)
    assert "model_alone" in coding.review
    assert "记录仪" in {r.evidence.quote for t in coding.tags for r in t.reasons}


def test_other_purchases_without_a_word_of_the_rules_are_none() -> None:
    coding = classify(*_build.notice(*AUDIT))
    assert not coding.surveillance
    assert not coding.codes("capability")


def test_people_abroad_whom_no_word_of_the_rules_names() -> None:
    coding = classify(*_build.notice(*SCHOLARS, country="FR"))
    assert coding.overseas_target
    assert coding.basis["overseas_target"] == "model"
    said = {t.code: t.reasons for t in coding.tags if t.facet == "model"}
    assert said["overseas_target"]


def test_codes_of_a_taxonomy_of_ones_own_stay_as_the_rules_have_them() -> None:
    read = list(passages(*_build.notice("a title", "and a purpose of some length")))
    tags = (Tag("capability", "own_code", 0.9, ()), Tag("candidate", "drones", 0.4, ()))
    voices = {"surveillance": (0.0,) * 5 + (9.0,), "capability": (0.0,) * 6 + (-9.0,)}
    heard = hear(read, [True, True], tags, load_taxonomy(), General(frozen(read, **voices)))
    assert heard is not None
    given, rest = heard.capabilities(tags)
    assert [t.code for t in given] == ["own_code"]
    assert [(t.facet, t.code) for t in rest] == [("candidate", "drones")]


def test_a_title_alone_is_not_asked_about() -> None:
    read = list(passages(*_build.notice("surveillance cameras in the town centre", "short")))
    assert hear(read, [True] * len(read), (), load_taxonomy()) is None


def test_words_of_the_bidding_alone_do_not_ask_the_model() -> None:
    read = list(passages(*_build.notice("a title", "and a purpose of some length", body="camera")))
    assert hear(read, [p.role == "body" for p in read], (), load_taxonomy()) is None


def test_the_margin_is_the_sum_of_weights_by_values() -> None:
    read = list(passages(*_build.notice("camera", "over the square", body="and more")))
    columns = row(read)
    assert (np.diff(columns) > 0).all()
    opinion = General(frozen(read)).opinion(read)
    assert opinion.margins["surveillance"] == pytest.approx(0.25 + math.sqrt(columns.size))
    assert opinion.margins["drones"] == -1.5


def test_unknown_words_leave_what_is_added() -> None:
    model = General(frozen(list(passages(*_build.notice("camera")))))
    assert model.opinion(list(passages(*_build.notice("园林绿化")))).margins["drones"] == -1.5


def test_the_voices_are_added_as_log_odds() -> None:
    read = list(passages(*_build.notice("a title")))
    model = General(frozen(read, surveillance=(0.5, 0.0, 1.0, 1.5, 2.0, 0.25)))
    opinion = model.opinion(read)
    tags = (Tag("capability", "drones", 0.8, ()),)
    odds = 0.5 * math.log(0.8 / 0.2) + 1.0 + 1.5 * opinion.margins["surveillance"]
    odds += 2.0 * opinion.margins["drones"] + 0.25
    assert model.surveillance(opinion, tags) == round(1 / (1 + math.exp(-odds)), 4)


def test_bidding_words_numbers_and_masked_names_are_not_read() -> None:
    plain = row(list(passages(*_build.notice("camera", "over the square"))))
    more = _build.notice("camera", "over the square 1234", body="masks for staff")
    assert set(row(list(passages(*more)))) == set(plain)
    masked = row(list(passages(*_build.notice("camera", "over the square 〔person〕"))))
    assert set(masked) == set(plain)


@given(st.text(alphabet="ab 摄像,", max_size=12))
def test_n_grams_hold_no_gap_within(text: str) -> None:
    """By the plain definition: one to five characters, a gap at one edge at most."""
    gapped = f" {text.replace(',', ' ')} "
    expected = set()
    for length in range(1, 6):
        for at in range(len(gapped) - length + 1):
            piece = gapped[at : at + length]
            edges = (piece[0] == " ") + (piece[-1] == " " if length > 1 else 0)
            if " " not in piece[1:-1] and edges < min(length, 2):
                expected.add(piece)
    read = [p for p in passages(*_build.notice("x", text or "y")) if p.role == "purpose"]
    if text:
        assert len(row(read)) == len(expected)


def test_a_file_holds_what_was_packed() -> None:
    read = list(passages(*_build.notice("camera", "over the square")))
    model = frozen(read, surveillance=(1.0, 2.0), capability=(3.0,))
    again = unpacked(packed(model))
    assert packed(again) == packed(model)
    assert again.names == model.names
    assert again.voices == model.voices
    assert (again.weights == model.weights).all()


def heard(probable: float, *tags: Tag) -> Heard:
    """Both voices at this probability, of a model that knows drones alone."""
    read = list(passages(*_build.notice("a title", "and a purpose of some length")))
    odds = math.log(probable / (1 - probable))
    voices = {"surveillance": (0.0,) * 5 + (odds,), "capability": (0.0,) * 6 + (-9.0,)}
    found = hear(read, [True, True], tags, load_taxonomy(), General(frozen(read, **voices)))
    assert found is not None
    return found


@pytest.mark.parametrize(("probable", "asked"), [(0.2, True), (0.31, True), (0.8, False)])
def test_a_finding_that_stands_against_the_odds_goes_before_a_person(
    probable: float, asked: bool
) -> None:
    both = heard(probable, Tag("capability", "drones", 0.8, ()))
    assert both.found
    assert both.score >= THRESHOLD
    assert both.unsure is asked


def test_a_code_that_the_model_has_never_read_is_not_taken_away() -> None:
    both = heard(0.05, Tag("capability", "own_code", 0.9, ()))
    assert both.found
    assert both.unsure
    assert not heard(0.05, Tag("capability", "drones", 0.9, ())).found


def test_what_is_taken_away_though_not_all_was_read_goes_before_a_person() -> None:
    long = list(passages(*_build.notice("a title", "and a purpose of some length " * 80)))
    both = heard(0.05, Tag("capability", "drones", 0.9, ()))
    assert not both.unsure
    assert msgspec.structs.replace(both, read=long).unsure


def test_words_come_from_what_was_read() -> None:
    far = "场地清洁与绿化养护。" * 200 + "人脸识别"
    read = list(passages(*_build.notice("物业服务", far)))
    assert not read_whole(read)
    ends = [r.evidence.end for r in general().reasons(read, "surveillance", sign=-1)]
    assert ends
    assert max(ends) <= 1_500 + len("物业服务\n")


def test_half_a_surrogate_loses_no_notice() -> None:
    notice, pages = _build.notice(
        "人脸识别\\udc00系统", "城区\\ud83dA人脸识别布控系统建设二期工程", obtained="record"
    )
    coding = classify(notice, pages)
    assert "face_recognition" in coding.codes("capability")
    for tag in coding.tags:
        for reason in tag.reasons:
            quote = reason.evidence
            assert pages[1].text[quote.start : quote.end] == quote.quote


def test_a_camera_looks_at_nobody_abroad() -> None:
    coding = classify(
        *_build.notice(
            "边境口岸摄像机", "边境口岸安装摄像机，观察境外人员及车辆入境通道。", country="CN"
        )
    )
    assert coding.codes("capability") == ("video_surveillance",)
    assert not coding.overseas_target
