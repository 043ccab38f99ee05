"""Learning from decisions: what is learned, when it is used, and the words quoted for it."""

import importlib.util
import random
from pathlib import Path

import msgspec
import numpy as np
import pytest

from sousveil.classify import classify
from sousveil.classify.features import features, grams, log_odds
from sousveil.classify.model import Learned, Scorer, Weights, logistic
from sousveil.classify.passages import passages
from sousveil.classify.recode import Verdict, recode
from sousveil.classify.training import LEAST_GROUPS, Example, learn
from sousveil.model import Coding, Notice, Page
from sousveil.model.learning import Learning
from sousveil.reference.lexicon import plain

_spec = importlib.util.spec_from_file_location("build", Path(__file__).parent / "build.py")
assert _spec is not None
assert _spec.loader is not None
_build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_build)

Made = tuple[Notice, dict[int, Page]]
STREETS = (
    "东街",
    "西城",
    "南湖",
    "北岭",
    "中原",
    "青山",
    "白河",
    "红旗",
    "新安",
    "临江",
    "龙泉",
    "石桥",
)
BUYS = ("脑波窥测终端", "脑波窥测装置采购", "街区脑波窥测服务")
OTHERS = ("办公桌椅", "校服采购", "路灯维修", "食堂食材配送", "打印机耗材", "绿化养护")


def made(number: int, relevant: bool, rng: random.Random) -> Made:
    thing = rng.choice(BUYS if relevant else OTHERS)
    place = rng.choice(STREETS) + rng.choice(STREETS) + rng.choice(STREETS)
    purpose = f"供{place}使用，含安装调试{rng.choice(STREETS)}"
    notice, pages = _build.notice(f"{place}{thing}项目", purpose)
    return msgspec.structs.replace(notice, notice_id=f"{number:032x}"), pages


def example(one: Made, relevant: bool, *keys: str, codes: tuple[str, ...] | None = None) -> Example:
    notice, pages = one
    row = features(list(passages(notice, pages)), classify(notice, pages))
    return Example(notice.notice_id, row, relevant, keys or (notice.notice_id,), codes)


def examples(count: int = 50, seed: int = 1) -> list[Example]:
    rng = random.Random(seed)
    return [
        example(made(n, n % 2 == 0, rng), n % 2 == 0, codes=("biometrics_other",))
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def learned() -> tuple[Learned, Learning]:
    model, told = learn(examples(), 50, 0)
    assert model is not None
    return model, told


def coded(one: Made, scorer: Scorer | None, verdict: Verdict | None = None) -> Coding:
    notice, pages = one
    coding = recode(notice, pages, classify(notice, pages), scorer, verdict)
    for reason in (*(r for t in coding.tags for r in t.reasons), *coding.against):
        evidence = reason.evidence
        assert pages[evidence.page].text[evidence.start : evidence.end] == evidence.quote != ""
    return coding


def test_fifty_decisions_teach_a_kind_that_the_rules_do_not_know(
    learned: tuple[Learned, Learning],
) -> None:
    model, told = learned
    assert told.used
    assert told.rules is not None
    assert told.model is not None
    assert told.rules.right == 0
    assert told.model.recall > 0.9
    assert told.model.log_loss < told.rules.log_loss
    rng = random.Random(99)
    found = coded(made(1000, relevant=True, rng=rng), Scorer(model))
    assert found.surveillance
    assert found.surveillance_score > 0.5
    assert found.codes("capability") == ("biometrics_other",)
    assert found.basis["surveillance"] == "model"
    assert "model_alone" in found.review
    tag = next(t for t in found.tags if t.facet == "model")
    assert tag.reasons
    assert all(r.evidence.extractor.startswith("model/") for r in tag.reasons)
    assert any("窥测" in r.evidence.quote or "脑波" in r.evidence.quote for r in tag.reasons)
    other = coded(made(1001, relevant=False, rng=rng), Scorer(model))
    assert not other.surveillance
    assert other.basis == {}


def test_words_it_never_saw_leave_the_rules_answer(learned: tuple[Learned, Learning]) -> None:
    scorer = Scorer(learned[0])
    for title, answer in (("Social media monitoring platform", True), ("Library books", False)):
        assert coded(_build.notice(title), scorer).surveillance is answer


def test_the_order_of_decisions_changes_nothing(learned: tuple[Learned, Learning]) -> None:
    shuffled = examples()
    random.Random(3).shuffle(shuffled)
    assert learn(shuffled, 50, 0) == learned


def test_too_few_decisions_are_said_in_words() -> None:
    model, told = learn(examples(2 * LEAST_GROUPS - 2), 18, 3)
    assert model is None
    assert not told.used
    assert f"needs {LEAST_GROUPS} of each" in told.reason
    assert told.undecided == 3
    assert learn([], 0, 0)[0] is None


def test_copies_count_once() -> None:
    """A hundred copies of two texts are two purchases."""
    rng = random.Random(5)
    yes, no = made(1, relevant=True, rng=rng), made(2, relevant=False, rng=rng)
    copies = [
        msgspec.structs.replace(
            example(yes if n % 2 else no, bool(n % 2), f"p{n}", f"text {n % 2}"),
            notice_id=f"{n:032x}",
        )
        for n in range(100)
    ]
    model, told = learn(copies, 100, 0)
    assert model is None
    assert told.groups == 2


def test_answers_without_sense_are_not_learned() -> None:
    """Coins decide on notices that the rules tell well: no better than the rules, so not used."""
    rng = random.Random(11)
    some = []
    for number in range(60):
        one = _build.notice(f"{rng.choice(STREETS)}{number}号物资{rng.choice(OTHERS)}")
        notice = msgspec.structs.replace(one[0], notice_id=f"{number:032x}")
        clear = example((notice, one[1]), relevant=False)
        rule = log_odds(0.95 if number % 2 else 0.05)
        row = msgspec.structs.replace(clear.row, rule=rule)
        some.append(msgspec.structs.replace(clear, row=row, relevant=bool(number % 2)))
    noisy = [
        msgspec.structs.replace(e, row=msgspec.structs.replace(
            e.row, values=np.array([rng.gauss(0, 30) for _ in e.row.values])))
        for e in some
    ]  # fmt: skip
    model, told = learn(noisy, 60, 0)
    assert told.rules is not None
    assert told.model is not None
    if model is None:
        assert told.reason.startswith("Not used, for it is worse")
    else:
        assert told.model.log_loss <= told.rules.log_loss


def test_a_model_that_is_worse_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from sousveil.classify import training

    def turned(*arguments: object) -> float:
        return -50.0

    monkeypatch.setattr(training, "_scale", turned)
    rng = random.Random(2)
    told_well = [
        msgspec.structs.replace(e, row=msgspec.structs.replace(
            e.row, rule=log_odds(0.99 if e.relevant else 0.01)))
        for e in examples(40, rng.randrange(100))
    ]  # fmt: skip
    model, told = learn(told_well, 40, 0)
    assert model is None
    assert told.reason.startswith("Not used, for it is worse than the rules alone")
    assert "log loss" in told.reason


def test_a_coder_outranks_model_and_rules(learned: tuple[Learned, Learning]) -> None:
    scorer = Scorer(learned[0])
    watching = _build.notice("舆情监测平台", "采集推特账号，关键词预警", country="CN")
    rules = coded(watching, None)
    denied = coded(watching, scorer, Verdict(relevant=False))
    assert (denied.surveillance, denied.codes("capability")) == (False, ())
    assert denied.codes("platform") == ()
    assert denied.sophistication is None
    assert not denied.overseas_target
    assert denied.basis["surveillance"] == denied.basis["capabilities"] == "coder"
    assert denied.surveillance_score > 0.5
    assert set(denied.codes("candidate")) >= set(rules.codes("capability"))
    changed = coded(
        watching, None, Verdict(True, ("influence_operations",), (), None, overseas_target=False)
    )
    assert changed.codes("capability") == ("influence_operations",)
    assert changed.codes("platform") == ()
    assert not changed.overseas_target
    assert changed.basis == dict.fromkeys(
        ("surveillance", "capabilities", "platforms", "overseas_target"), "coder"
    )
    assert changed.sophistication == rules.sophistication
    assert changed.surveillance_score == rules.surveillance_score


def test_a_coder_names_what_the_rules_do_not_see() -> None:
    chairs = _build.notice("某市办公椅", "供推特账号管理使用", country="CN")
    assert not coded(chairs, None).surveillance
    found = coded(chairs, None, Verdict(True, ("social_media_collection",)))
    assert found.surveillance
    assert found.codes("platform") == ("twitter",)
    assert found.overseas_target
    assert found.surveillance_score < 0.5
    bare = coded(_build.notice("办公椅"), None, Verdict(relevant=True))
    assert bare.surveillance
    assert bare.review == ("no_capability",)


def test_who_is_unsure_changes_only_the_review() -> None:
    chairs = _build.notice("办公椅")
    plainly = coded(chairs, None)
    found = coded(chairs, None, Verdict(None, review=("coder_unsure",)))
    assert found == msgspec.structs.replace(plainly, review=("coder_unsure",))


def test_grams_are_told_with_their_places() -> None:
    text = plain("人脸2024 识别,A")
    found = grams(text)
    spans = {text[s:e] for s, e in zip(found.starts, found.ends, strict=True)}
    assert {"人脸", "人脸2", "识别", " 识别", "识别,"} <= spans
    assert not any("," in span[1:-1] or " " in span[1:-1] for span in spans)
    assert "别," not in spans
    other = grams(plain("人脸1999 识别,A"))
    assert found.columns.tolist() == other.columns.tolist()
    assert grams("").columns.size == 0


@pytest.mark.parametrize("odds", [-1e9, -3.0, 0.0, 3.0, 1e9])
def test_log_odds_of_any_size(odds: float) -> None:
    assert logistic(odds) == pytest.approx(1 / (1 + np.exp(-np.clip(odds, -50, 50))), abs=1e-9)
    assert abs(log_odds(logistic(odds))) < 10


def test_a_model_without_columns_scores() -> None:
    empty = Learned("v", Weights((), (), 0.0), 1.0)
    found = coded(_build.notice("办公椅"), Scorer(empty))
    assert not found.surveillance
    assert not any(t.facet == "model" for t in found.tags)
