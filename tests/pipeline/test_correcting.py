"""Fields that people correct: shown, exported and counted, with their quote, until it is undone."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.field_decisions import read_field_decisions
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.errors import DecisionError, UsageError
from sousveil.pipeline import claims
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.add import add
from sousveil.pipeline.field_desk import FieldDesk
from sousveil.pipeline.find import find, notice
from sousveil.pipeline.merging import merge
from sousveil.pipeline.process import Options
from sousveil.report.export import export

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{name}招标公告</title></head><body>"
    "<h1>{name}招标公告</h1><p>项目编号：CJ-2024-{number:04d}</p><p>项目名称：{name}</p>"
    "<p>采购人：{buyer}</p><p>预算金额：{number}00万元</p><p>发布时间：2024年03月01日</p>"
    "<p>系统由昌吉市大数据中心使用，本期投资2300000元，其中设备150万元、服务80万元，"
    "二〇二四年三月九日开工。联系人：{person}，电话：13812345678</p></body></html>"
)
OPTIONS = Options(workers=1)
STATED = "本期投资2300000元"


def write(folder: Path, number: int, name: str, extra: str = "") -> None:
    text = PAGE.format(name=name, number=number, buyer="昌吉市公安局", person="王建国")
    (folder / f"{number}.html").write_text(text.replace("</body>", f"{extra}</body>"), "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("correcting")
    (folder / "given").mkdir()
    write(folder / "given", 1, "城区视频监控系统建设项目")
    write(folder / "given", 2, "网络舆情监测服务项目")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [folder / "given"], OPTIONS)
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made, tmp_path / "made")
    return Case.open(tmp_path / "made/case")


def process(case: Case) -> None:
    with case.writing():
        pipeline.process(case, OPTIONS)


def rows(case: Case, what: str = "notices") -> list[dict[str, object]]:
    out = BytesIO()
    export(case, what, "jsonl", out)  # type: ignore[arg-type]
    return [json.loads(line) for line in out.getvalue().splitlines()]


def the(case: Case, number: int = 1) -> dict[str, object]:
    return next(r for r in rows(case) if r["project_id"] == f"CJ-2024-{number:04d}")


def texts(case: Case) -> dict[tuple[object, object], str]:
    return {(p["document_sha256"], p["page"]): str(p["text"]) for p in rows(case, "pages")}


def say(case: Case, field: str, value: str, quote: str, coder: str = "Ana", **more: object) -> None:
    with case.writing():
        desk = FieldDesk(case, coder, adjudicate=bool(more.pop("adjudicate", False)))
        whole = str(the(case)["notice_id"])
        verdict = more.pop("verdict", "wrong")
        desk.say(whole, field, verdict, value=value, quote=quote)  # type: ignore[arg-type]


def total(case: Case) -> float:
    return sum(float(str(p["amount"] or 0)) for p in rows(case, "projects"))


def test_a_corrected_amount_is_shown_exported_and_counted_with_its_quote(case: Case) -> None:
    before, others = the(case), the(case, 2)
    assert total(case) == 3_000_000
    say(case, "budget", "230万元", STATED)
    process(case)
    after = the(case)
    assert after["budget"] == 2_300_000
    assert after["budget_usd"] != before["budget_usd"]
    assert total(case) == 4_300_000
    evidence = after["evidence"]["budget"]  # type: ignore[index]
    text = texts(case)[after["document_sha256"], evidence["page"]]
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"] == STATED
    assert after["basis"]["budget"] == "coder"  # type: ignore[index]
    assert the(case, 2) == others
    shown = notice(case, str(after["notice_id"]))
    assert [f.name for f in shown.fields if f.by_coder] == ["budget"]
    with connect(case) as connection:
        (stored,) = connection.execute(
            "SELECT json_extract_string(notice, '$.budget.evidence.extractor') FROM notices"
            " WHERE notice_id = ?",
            [after["notice_id"]],
        ).fetchall()[0]
    assert stored == "coder"
    assert find(case, "amount:2300000", limit=5, offset=0, order="relevance").total == 1
    assert list(verify(case)) == []


def test_a_corrected_buyer_is_the_organisation_and_keeps_the_text_decided_on(case: Case) -> None:
    with connect(case) as connection:
        keys = dict(connection.execute("SELECT notice_id, key FROM notices").fetchall())
    say(case, "buyer", "昌吉市大数据中心", "由昌吉市大数据中心使用")
    process(case)
    after = the(case)
    assert after["buyer"] == "昌吉市大数据中心"
    assert after["evidence"]["buyer"]["quote"] == "昌吉市大数据中心"  # type: ignore[index]
    named = {m["name"] for m in rows(case, "mentions") if m["notice_id"] == after["notice_id"]}
    assert "昌吉市大数据中心" in named
    assert "昌吉市公安局" not in named
    with connect(case) as connection:
        now = dict(connection.execute("SELECT notice_id, key FROM notices").fetchall())
    for name in keys:
        assert json.loads(keys[name])["text_hash"] == json.loads(now[name])["text_hash"]


def test_what_is_undone_is_as_it_was_extracted(case: Case) -> None:
    before = {what: rows(case, what) for what in ("notices", "projects", "mentions")}
    say(case, "budget", "2300000", STATED)
    say(case, "buyer", "昌吉市大数据中心", "昌吉市大数据中心")
    process(case)
    assert rows(case) != before["notices"]
    say(case, "budget", "", "", verdict="undone")
    say(case, "buyer", "", "", verdict="undone")
    process(case)
    assert {what: rows(case, what) for what in before} == before


def test_a_rebuild_and_another_order_give_the_same(case: Case) -> None:
    say(case, "budget", "2300000", STATED)
    process(case)
    before = rows(case), rows(case, "projects")
    write(case.root.parent / "given", 3, "办公家具采购项目")
    with case.writing():
        add(case, [case.root.parent / "given"])
        pipeline.process(case, OPTIONS)
    assert the(case)["budget"] == 2_300_000
    with case.writing():
        pipeline.rebuild(case, OPTIONS)
    again = rows(case), rows(case, "projects")
    for kept, now in zip(before, again, strict=True):
        assert all(row in now for row in kept)


def test_a_field_that_is_not_stated_is_emptied(case: Case) -> None:
    say(case, "budget", "", "")
    process(case)
    after = the(case)
    assert after["budget"] is None
    assert "budget" not in after["evidence"]  # type: ignore[operator]
    assert after["basis"]["budget"] == "coder"  # type: ignore[index]
    assert total(case) == 2_000_000


CLAIM = """statement = "Three million yuan."
[source]
who = "A newspaper"
where = "a review"
date = "2024"
[definition]
query = "surveillance:true"
[counted]
what = "sum"
currency = "CNY"
[expected]
equals = 3000000
"""


def test_a_claim_counts_the_corrected_amount(case: Case) -> None:
    (case.root / "claims").mkdir(exist_ok=True)
    (case.root / "claims/millions.toml").write_text(CLAIM, "utf-8")
    (before,) = claims.check(case).checks
    say(case, "budget", "2300000", STATED)
    process(case)
    (after,) = claims.check(case).checks
    assert (before.low, after.low) == (3_000_000, 4_300_000)


@pytest.mark.parametrize(
    ("field", "value", "quote", "kept"),
    [
        ("published", "2024-03-09", "二〇二四年三月九日开工", "2024-03-09"),
        ("budget", "230万元", "设备150万元、服务80万元", 2_300_000),
        ("suppliers", "昌吉市大数据中心", "昌吉市大数据中心使用", ["昌吉市大数据中心"]),
        ("notice_type", "contract", STATED, "contract"),
        ("project_name", "视频监控系统", "城区视频监控系统建设", "视频监控系统"),
    ],
)
def test_other_fields(case: Case, field: str, value: str, quote: str, kept: object) -> None:
    say(case, field, value, quote)
    process(case)
    assert the(case)[field] == kept


@pytest.mark.parametrize(
    ("field", "value", "quote", "words"),
    [
        ("budget", "2300000", "本期投资九千元", "does not stand in the text"),
        ("budget", "2300001", STATED, "does not state"),
        ("budget", "many", STATED, "no amount"),
        ("published", "2024-03-10", "二〇二四年三月九日开工", "does not state"),
        ("published", "soon", STATED, "no day"),
        ("buyer", "乌鲁木齐市公安局", "昌吉市大数据中心", "does not state"),
        ("suppliers", "联系人：王建国", "联系人：〔person〕", "names a person"),
        ("suppliers", "〔person〕", "联系人：〔person〕", "names a person"),
        ("suppliers", "王建国", "联系人：王建国", "does not stand in the text|names a person"),
        ("notice_type", "sale", STATED, "no type of notice"),
        ("title", " ", STATED, "1 to"),
    ],
)
def test_what_the_record_does_not_state_is_refused(
    case: Case, field: str, value: str, quote: str, words: str
) -> None:
    with pytest.raises(DecisionError, match=words):
        say(case, field, value, quote)
    assert read_field_decisions(case) == []


def test_coders_who_differ_leave_what_was_extracted_until_it_is_settled(case: Case) -> None:
    say(case, "budget", "2300000", STATED)
    say(case, "budget", "", "", coder="Bo", verdict="right")
    process(case)
    assert the(case)["budget"] == 1_000_000
    assert "correction_disputed" in flags(case)
    say(case, "budget", "2300000", STATED, coder="Cem", adjudicate=True)
    process(case)
    assert the(case)["budget"] == 2_300_000
    assert "correction_disputed" not in flags(case)


def flags(case: Case) -> list[str]:
    with connect(case) as connection:
        query = "SELECT flags FROM notices WHERE notice_id = ?"
        return list(connection.execute(query, [the(case)["notice_id"]]).fetchall()[0][0])


def test_a_merge_brings_corrections(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.root, tmp_path / "other")
    other = Case.open(tmp_path / "other")
    say(other, "budget", "2300000", STATED, coder="Bo")
    assert merge(case, other).fields == 1
    process(case)
    assert the(case)["budget"] == 2_300_000


def test_a_correction_of_another_text_is_flagged_and_waits_again(case: Case) -> None:
    say(case, "budget", "2300000", STATED)
    path = case.root / "decisions/fields/Ana.jsonl"
    with connect(case) as connection:
        (key,) = connection.execute(
            "SELECT key FROM notices WHERE notice_id = ?", [the(case)["notice_id"]]
        ).fetchall()[0]
    said = path.read_text("utf-8").replace(json.loads(key)["text_hash"], "another")
    path.write_text(said, "utf-8")
    process(case)
    assert the(case)["budget"] == 1_000_000
    assert "correction_outdated" in flags(case)
    first = FieldDesk(case, "Ana").waiting()[0]
    assert (first.field, first.reason) == ("budget", "outdated")


def test_a_notice_that_is_none_is_told(case: Case) -> None:
    with pytest.raises(UsageError, match="no notice"):
        FieldDesk(case, "Ana").say("ffffffffffff", "buyer", "right")
    with pytest.raises(DecisionError, match="no award to confirm"):
        say(case, "award", "", "", verdict="right")
