"""Claims over a small case: checked, kept, compared when records or decisions came, bundled."""

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.cli.main import app
from sousveil.errors import ClaimError, SousveilError, UsageError
from sousveil.pipeline import claims as pipeline
from tests.pipeline.conftest import OPINION, Run

Asked = Callable[..., dict[str, Any]]

CAMERAS = """青示例镇视频监控系统采购公告
项目编号：CAM-{n}
项目名称：第{n}小学人脸识别视频监控系统
采购人：青示例市公安局
预算金额：{n}00万元
采购需求：安装人脸识别摄像机，与布控名单实时比对。
公告日期：2021年{n}月2日
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sousveil: Run) -> Path:
    """A case of one notice on opinion and two on cameras."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "opinion.txt").write_text(OPINION, encoding="utf-8")
    for n in (3, 4):
        (folder / f"cameras-{n}.txt").write_text(CAMERAS.format(n=n), encoding="utf-8")
    case = tmp_path_factory.mktemp("made") / "case"
    sousveil("review", folder, "--case", case, "--quiet")
    return case


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    """A copy to change."""
    shutil.copytree(made, tmp_path / "case")
    return Case.open(tmp_path / "case")


@pytest.fixture
def ask() -> Asked:
    """Runs a command in this process and gives what it prints as JSON."""

    def call(*arguments: object, code: int = 0, as_json: bool = True) -> dict[str, Any]:
        more = ["--json"] if as_json else []
        result = CliRunner().invoke(app, [*map(str, arguments), *more], catch_exceptions=True)
        if isinstance(result.exception, SousveilError):
            raise result.exception
        assert result.exit_code == code, result.output
        return json.loads(result.stdout) if as_json else {"said": result.stdout}

    return call


def write(case: Case, name: str, query: str, counted: str, expected: str) -> None:
    text = f"""statement = "It was published."
[source]
who = "a newspaper"
where = "its review"
date = "2022"
[definition]
query = {json.dumps(query, ensure_ascii=False)}
records = "all"
[counted]
{counted}
[expected]
{expected}
"""
    (case.root / "claims" / f"{name}.toml").write_text(text, encoding="utf-8")


def write_all(case: Case) -> None:
    write(case, "cameras", "人脸识别 buyer_type:police", 'what = "projects"', "equals = 2")
    write(case, "opinion", "surveillance:true 舆情", 'what = "exists"', "exists = true")
    write(case, "spent", "人脸识别", 'what = "sum"\ncurrency = "CNY"', "equals = 7_000_000")
    write(case, "dear", "*", 'what = "largest"\ncurrency = "CNY"', "at_least = 4_000_000")
    write(case, "buyers", "*", 'what = "organisations"\nrole = "buyer"', "equals = 2")
    write(case, "countries", "*", 'what = "countries"', "equals = 1")
    write(case, "notices", "*", 'what = "notices"', "at_least = 4")
    write(case, "trend", "*", 'what = "trend"\nladder = "online"', 'trend = "rises"')


def verdicts(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {each["claim"]: (each["verdict"][:5], each["figure"]) for each in found["checks"]}


def test_each_kind_is_counted_from_the_records(case: Case, ask: Asked) -> None:
    write_all(case)
    found = ask("claims", "check", case.root)
    assert verdicts(found) == {
        "buyers": ("holds", "2 organisations"),
        "cameras": ("holds", "2 projects"),
        "countries": ("holds", "1 country"),
        "dear": ("holds", "CNY 4,000,000.00"),
        "notices": ("does ", "3 notices"),
        "opinion": ("holds", "yes"),
        "spent": ("holds", "CNY 7,000,000.00"),
        "trend": ("canno", "too few records"),
    }
    write(case, "none", "notthere", 'what = "projects"', "equals = 0")
    (none,) = ask("claims", "check", case.root, "none")["checks"]
    assert (none["verdict"], none["evidence"], none["interval"]) == ("holds", [], None)
    (trend,) = [each for each in found["checks"] if each["claim"] == "trend"]
    assert trend["why"][0].startswith("Too few records to tell")


def test_evidence_is_quoted_from_where_it_stands(case: Case, ask: Asked) -> None:
    write(case, "cameras", "capability:face_recognition buyer:公安局 level:*",
          'what = "projects"', "equals = 2")  # fmt: skip
    (check,) = ask("claims", "check", case.root)["checks"]
    pages = {
        (page["document_sha256"], page["page"]): page["text"]
        for page in map(json.loads, _exported(case, "pages"))
    }
    assert len(check["evidence"]) == 2
    for project in check["evidence"]:
        assert project["standing"] == "sure"
        for notice in project["notices"]:
            fields = {words["field"] for words in notice["words"]}
            assert {"capability:face_recognition", "buyer"} <= fields
            for words in [*notice["words"], project["amount_words"]]:
                text = pages[notice["document_sha256"], words["page"]]
                assert text[words["start"] : words["end"]] == words["quote"]


def _exported(case: Case, what: str) -> list[str]:
    return CliRunner().invoke(app, ["export", str(case.root), what]).stdout.splitlines()


def test_checks_are_kept_unless_only_looked_at(case: Case, ask: Asked) -> None:
    write_all(case)
    ask("claims", "check", case.root, "--dry-run")
    assert not (case.root / "claims" / "checks").exists()
    ask("claims", "check", case.root, "cameras")
    ask("claims", "check", case.root)
    kept = {path.stem: len(path.read_text().splitlines())
            for path in (case.root / "claims" / "checks").iterdir()}  # fmt: skip
    assert kept == dict.fromkeys(kept, 1) | {"cameras": 2}
    assert len(kept) == 8
    assert list(verify(case)) == []
    listed = {each["name"]: each["last"] for each in ask("claims", "list", case.root)["claims"]}
    assert listed["cameras"]["figure"] == "2 projects"


def test_a_new_record_changes_the_claims_that_count_it(
    case: Case, ask: Asked, sousveil: Run, tmp_path: Path
) -> None:
    write_all(case)
    ask("claims", "check", case.root)
    assert ask("claims", "diff", case.root)["changed"] == []
    (tmp_path / "more.txt").write_text(CAMERAS.format(n=5), encoding="utf-8")
    sousveil("review", tmp_path / "more.txt", "--case", case.root, "--quiet")
    found = ask("claims", "diff", case.root)
    changed = {each["claim"]: each for each in found["changed"]}
    assert {"cameras", "spent", "dear", "notices"} <= set(changed)
    assert "opinion" not in changed
    assert changed["cameras"]["stated"] == [
        "verdict: holds → does not hold",
        "figure: 2 projects → 3 projects",
    ]
    (record,) = changed["cameras"]["records"]
    assert record["how"] == "in"
    assert record["reasons"][0].startswith("new: notice ")
    ask("claims", "check", case.root)
    assert ask("claims", "diff", case.root)["changed"] == []


def test_a_decision_changes_the_claims_that_rest_on_it(
    case: Case, ask: Asked, sousveil: Run, tmp_path: Path
) -> None:
    write_all(case)
    (check,) = ask("claims", "check", case.root, "opinion")["checks"]
    ask("claims", "check", case.root)
    (notice,) = check["evidence"][0]["notices"]
    table = tmp_path / "decided.csv"
    table.write_text(f"notice_id,relevant\n{notice['notice_id']},no\n")
    sousveil("decide", case.root, "--from", table, "--coder", "Ann")
    sousveil("process", case.root, "--quiet")
    (change,) = [each for each in ask("claims", "diff", case.root)["changed"]
                 if each["claim"] == "opinion"]  # fmt: skip
    assert "verdict: holds → does not hold" in change["stated"]
    (record,) = change["records"]
    assert (record["how"], record["reasons"]) == (
        "out", [f"notice {notice['notice_id'][:12]} was decided by Ann"],
    )  # fmt: skip


def test_coders_who_disagree_leave_the_answer_open(
    case: Case, ask: Asked, sousveil: Run, tmp_path: Path
) -> None:
    write_all(case)
    (check,) = ask("claims", "check", case.root, "opinion")["checks"]
    (notice,) = check["evidence"][0]["notices"]
    for coder, says in (("Ann", "yes"), ("Bo", "no")):
        table = tmp_path / "decided.csv"
        table.write_text(f"notice_id,relevant\n{notice['notice_id']},{says}\n")
        sousveil("decide", case.root, "--from", table, "--coder", coder)
    sousveil("process", case.root, "--quiet")
    (check,) = ask("claims", "check", case.root, "opinion")["checks"]
    assert check["verdict"] == "cannot be told from these records"
    assert check["why"] == [
        "0 projects are sure and 1 possible: 1 notice (coders_disagree) should be looked at by a "
        "person."
    ]
    assert check["coded"] == {"yes": 0, "no": 0, "undecided": 1}


def test_another_definition_is_told(case: Case, ask: Asked) -> None:
    write_all(case)
    ask("query", "save", case.root, "faces", "人脸识别", as_json=False)
    write(case, "cameras", "@faces", 'what = "projects"', "equals = 2")
    ask("claims", "check", case.root, "cameras")
    ask("query", "save", case.root, "faces", "人脸识别 3", "--replace", as_json=False)
    (change,) = ask("claims", "diff", case.root, "cameras")["changed"]
    assert "definition: 人脸识别 → 人脸识别 3" in change["stated"]


def test_a_wrong_file_stops_no_other(case: Case, ask: Asked) -> None:
    write_all(case)
    write(case, "a-query", "nofield:3", 'what = "projects"', "equals = 2")
    write(case, "a-key", "*", 'what = "projects"\nhow = "so"', "equals = 2")
    found = ask("claims", "check", case.root, code=2)
    assert len(found["checks"]) == 8
    told = [each["error"] for each in found["wrong"]]
    assert told[0].startswith("claims/a-key.toml, line 11: counted.how: there is no such key")
    assert told[1].startswith("claims/a-query.toml: definition.query: There is no field nofield")
    with pytest.raises(ClaimError):
        pipeline.bundle(case, case.root.parent / "b.tar")
    with pytest.raises(UsageError, match="There is no claim 'nobody'"):
        ask("claims", "check", case.root, "nobody")


def test_a_new_claim_is_a_file_that_checks(case: Case, ask: Asked) -> None:
    stated = ("--statement", "It cost a lot.", "--who", "a paper", "--where", "p. 1",
              "--date", "2022-01", "--query", "人脸识别", "--counts", "sum", "--currency", "CNY",
              "--expected", "about=7,000,000±0.01", "--all-records")  # fmt: skip
    ask("claims", "new", case.root, "cost", *stated, as_json=False)
    assert verdicts(ask("claims", "check", case.root)) == {"cost": ("holds", "CNY 7,000,000.00")}
    with pytest.raises(ClaimError, match="already"):
        ask("claims", "new", case.root, "cost", *stated, as_json=False)
    for wrong in ("about", "exists=perhaps", "at_least=many", "more=3"):
        with pytest.raises(ClaimError):
            ask("claims", "new", case.root, "other", *stated, "--expected", wrong, as_json=False)
    with pytest.raises(ClaimError, match="cannot be counted"):
        ask("claims", "new", case.root, "other", *stated, "--counts", "heads", as_json=False)


def test_a_bundle_counts_the_same_on_another_machine(
    case: Case, ask: Asked, sousveil: Run, tmp_path: Path
) -> None:
    write_all(case)
    here = ask("claims", "check", case.root)["checks"]
    ask("claims", "bundle", case.root, "--out", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as archive:
        archive.extractall(tmp_path / "elsewhere", filter="data")
    there = tmp_path / "elsewhere" / "case"
    assert not (there / "derived").exists()
    sousveil("rebuild", there, "--quiet")
    assert ask("claims", "diff", there)["changed"] == []
    again = ask("claims", "check", there)["checks"]
    for before, now in zip(here, again, strict=True):
        assert {**before, "at": "", "heads": {}} == {**now, "at": "", "heads": {}}


def test_what_people_are_shown(case: Case, ask: Asked) -> None:
    write_all(case)
    said = ask("claims", "check", case.root, "cameras", as_json=False)["said"]
    assert "cameras: holds" in said
    assert "青示例市公安局" in said
    table = ask("claims", "check", case.root, as_json=False)["said"]
    assert "does not hold" in table
    listed = ask("claims", "list", case.root, as_json=False)["said"]
    assert "cameras" in listed
    same = ask("claims", "diff", case.root, as_json=False)["said"]
    assert "0 claims changed, 8 are as they were." in same
