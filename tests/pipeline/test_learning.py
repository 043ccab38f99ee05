"""Decisions brought into a case: what they change, and that nothing else decides the outcome."""

import csv
import json
import random
import shutil
from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline.find import open_index
from sousveil.search import parse_query
from tests.pipeline.conftest import Run
from tests.pipeline.state import exports

PLACES = ("青溪县", "南桥市", "东澜市", "北屏县", "云岭市", "石门县", "白沙区", "临江市")
NEW = ("脑波窥测终端", "脑波窥测装置", "街区脑波窥测服务")
OTHERS = ("办公桌椅", "校服", "路灯维修", "食材配送", "打印机耗材", "绿化养护")
COUNT = 90


def page(number: int, rng: random.Random) -> tuple[str, bool]:
    relevant = number % 3 == 0
    place = rng.choice(PLACES)
    name = f"{place}{rng.choice(PLACES)[:2]}{rng.choice(NEW if relevant else OTHERS)}采购项目"
    return (
        f"<html><head><title>{name}公开招标公告</title></head><body><h1>{name}公开招标公告</h1>"
        f"<p>项目编号：LX{number:05}</p><p>项目名称：{name}</p>"
        f"<p>采购需求：{name}，{rng.choice(PLACES)}交货，数量{number}。</p>"
        f"<p>采购人：{place}示例局</p></body></html>"
    ), relevant


def rows(case: Path) -> dict[str, dict[str, object]]:
    names = (
        "notice_id", "source_path", "surveillance", "surveillance_score", "capabilities", "basis",
        "review", "coding", "evidence", "document_sha256",
    )  # fmt: skip
    with connect(Case.open(case)) as connection:
        found = connection.execute(f"SELECT {', '.join(names)} FROM notices").fetchall()
        texts = dict(connection.execute("SELECT document_sha256, text FROM pages").fetchall())
    made = {row[0]: dict(zip(names, row, strict=True)) for row in found}
    for row in made.values():
        row["text"] = texts[row["document_sha256"]]
    return made


def table(path: Path, lines: list[tuple[str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["notice_id", "relevant", "capabilities"])
        writer.writerows(lines)
    return path


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, sousveil: Run) -> Path:
    """A case of a kind of system that the rules do not know, before any decision."""
    folder = tmp_path_factory.mktemp("learning")
    rng = random.Random(4)
    (folder / "given").mkdir()
    for number in range(COUNT):
        text, relevant = page(number, rng)
        name = f"{'yes' if relevant else 'no'}-{number:03}.html"
        (folder / "given" / name).write_text(text, encoding="utf-8")
    sousveil("review", folder / "given", "--case", folder / "case", "--quiet")
    return folder / "case"


@pytest.fixture(scope="module")
def taught(bare: Path, sousveil: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with 60 notices decided on."""
    case = tmp_path_factory.mktemp("taught") / "case"
    shutil.copytree(bare, case)
    chosen = sorted(rows(case).values(), key=lambda row: str(row["source_path"]))
    lines = []
    for number, row in enumerate(chosen):
        if number % 3:
            relevant = str(row["source_path"]).startswith("yes")
            code = "biometrics_other" if relevant else ""
            lines.append((str(row["notice_id"]), "yes" if relevant else "no", code))
    given = table(case.parent / "decided.csv", lines)
    sousveil("decide", case, "--from", given, "--coder", "Ana")
    sousveil("process", case, "--quiet")
    return case


def test_the_case_learns_what_the_rules_do_not_know(bare: Path, taught: Path) -> None:
    assert not any(row["surveillance"] for row in rows(bare).values())
    decided = {d["notice_id"] for d in map(json.loads, _lines(taught))}
    found = rows(taught)
    others = [row for name, row in found.items() if name not in decided]
    assert len(others) == COUNT / 3
    for row in others:
        relevant = str(row["source_path"]).startswith("yes")
        assert row["surveillance"] is relevant
        basis = json.loads(str(row["basis"]))
        assert basis["surveillance"] == ("model" if relevant else "rule")
        if relevant:
            assert row["capabilities"] == ["biometrics_other"]
            assert "model_alone" in row["review"]  # type: ignore[operator]
            quoted = json.loads(str(row["evidence"]))["capabilities"]
            assert str(row["text"])[quoted["start"] : quoted["end"]] == quoted["quote"]
            tags = json.loads(str(row["coding"]))["tags"]
            assert any(tag["facet"] == "model" for tag in tags)
    for name in decided:
        assert json.loads(str(found[name]["basis"]))["surveillance"] == "coder"


def _lines(case: Path) -> list[str]:
    return (case / "decisions/Ana.jsonl").read_text("utf-8").splitlines()


def test_the_index_finds_what_was_learned(taught: Path) -> None:
    wanted = {name for name, row in rows(taught).items() if row["surveillance"]}
    assert wanted
    assert set(open_index(Case.open(taught)).ids(parse_query("surveillance:true"))) == wanted


@pytest.mark.parametrize("workers", [1, 3])
def test_rebuilding_from_originals_and_decisions_gives_the_same(
    taught: Path, sousveil: Run, tmp_path: Path, workers: int
) -> None:
    again = tmp_path / "case"
    shutil.copytree(taught, again)
    sousveil("rebuild", again, "--quiet", "--workers", workers)
    assert exports(again) == exports(taught)
    assert rows(again) == rows(taught)


def test_decisions_given_in_another_order_give_the_same(
    bare: Path, taught: Path, sousveil: Run, tmp_path: Path
) -> None:
    again = tmp_path / "case"
    shutil.copytree(bare, again)
    lines = _lines(taught)
    random.Random(1).shuffle(lines)
    (again / "decisions/Ana.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sousveil("process", again, "--quiet")
    assert exports(again) == exports(taught)


def test_a_decision_reads_no_document_again(taught: Path, sousveil: Run, tmp_path: Path) -> None:
    again = tmp_path / "case"
    shutil.copytree(taught, again)
    shutil.rmtree(again / "private")
    before = Case.open(again).manifest().segments
    name, row = next(iter(sorted(rows(again).items())))
    other = "no" if row["surveillance"] else "yes"
    given = table(tmp_path / "one.csv", [(name, other, "")])
    sousveil("decide", again, "--from", given, "--coder", "Bo")
    said = json.loads(sousveil("status", again, "--json").stdout)
    assert said["decisions"] == said["learning"]["decisions"] + 1
    sousveil("process", again, "--quiet")
    assert Case.open(again).manifest().segments == before
    assert json.loads(sousveil("status", again, "--json").stdout)["learning"]["decisions"] == 61


def test_status_tells_of_the_model(bare: Path, taught: Path, sousveil: Run) -> None:
    assert json.loads(sousveil("status", bare, "--json").stdout)["learning"] is None
    told = json.loads(sousveil("status", taught, "--json").stdout)
    assert told["decisions"] == told["learning"]["decisions"] == 60
    assert told["learning"]["used"]
    assert told["learning"]["model"]["log_loss"] < told["learning"]["rules"]["log_loss"]
    words = sousveil("status", taught).stdout
    assert "cross-validated log loss" in words


def test_a_person_outranks_the_model(taught: Path, sousveil: Run, tmp_path: Path) -> None:
    again = tmp_path / "case"
    shutil.copytree(taught, again)
    name, row = next(
        (name, row)
        for name, row in sorted(rows(again).items())
        if json.loads(str(row["basis"]))["surveillance"] == "model"
    )
    sousveil("decide", again, "--from", table(tmp_path / "a.csv", [(name, "no", "")]),
             "--coder", "Bo")  # fmt: skip
    sousveil("process", again, "--quiet")
    now = rows(again)[name]
    assert not now["surveillance"]
    assert now["capabilities"] == []
    assert float(str(now["surveillance_score"])) < float(str(row["surveillance_score"]))
    assert json.loads(str(now["basis"]))["capabilities"] == "coder"
    sousveil("decide", again, "--from", table(tmp_path / "b.csv", [(name, "yes", "drones")]),
             "--coder", "Cy")  # fmt: skip
    sousveil("process", again, "--quiet")
    disputed = rows(again)[name]
    assert "coders_disagree" in disputed["review"]  # type: ignore[operator]
    assert json.loads(str(disputed["basis"]))["surveillance"] != "coder"


def test_wrong_rows_are_told_and_the_others_taken(
    bare: Path, sousveil: Run, tmp_path: Path
) -> None:
    again = tmp_path / "case"
    shutil.copytree(bare, again)
    name = min(rows(again))
    given = table(tmp_path / "t.csv", [(name, "no", ""), ("f" * 32, "yes", ""), (name, "hm", "")])
    ended = sousveil("decide", again, "--from", given, "--coder", "Ana", check=False)
    assert ended.returncode == 2
    assert "Line 3 was not taken: no notice of the case" in ended.stderr
    assert "Line 4 was not taken: relevant" in ended.stderr
    twice = sousveil("decide", again, "--from", given, "--coder", "Ana", "--json", check=False)
    assert json.loads(twice.stdout)["repeated"] == 1
    assert len(_lines(again)) == 1
    sousveil("process", again, "--quiet")
    told = json.loads(sousveil("status", again, "--json").stdout)["learning"]
    assert not told["used"]
    assert "needs 10 of each" in told["reason"]
    assert json.loads(str(rows(again)[name]["basis"]))["surveillance"] == "coder"


def test_a_damaged_file_of_decisions_stops_a_run_with_its_line(
    bare: Path, sousveil: Run, tmp_path: Path
) -> None:
    again = tmp_path / "case"
    shutil.copytree(bare, again)
    (again / "decisions/Ana.jsonl").write_text("{}\n", encoding="utf-8")
    ended = sousveil("process", again, "--quiet", check=False)
    assert ended.returncode == 2
    assert "Line 1 of decisions/Ana.jsonl" in ended.stderr
