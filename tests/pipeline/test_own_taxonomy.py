"""A taxonomy that a person puts into the case, and what would change with another."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.taxonomy_copy import write_taxonomy
from sousveil.cli.main import app
from sousveil.errors import UsageError
from sousveil.pipeline import process, recoding, review
from sousveil.reference.taxonomy import load_taxonomy, read_taxonomy
from tests.pipeline.conftest import OPINION, Run

KITES = """示例市公安局监看风筝采购公告
项目编号：EX-2021-1
项目名称：监看风筝采购
采购人：示例市公安局
预算金额：100万元
采购需求：系留风筝二十只，从空中抓拍行人。
公告日期：2021年3月2日
"""
FILE = """facet = "capability"
[[code]]
id = "kites"
en = "Kites that watch"
zh = "监看风筝"
definition = "Cameras on kites."
includes = "Tethered kites."
excludes = "Toys."
[[code.terms]]
weight = 2.0
zh = ["监看风筝"]
"""


def edited(folder: Path, *, without: tuple[str, ...] = (), extra: str = "") -> Path:
    """A copy of the shipped taxonomy with a file more, or without some and without the terms that
    other files add to the functions."""
    write_taxonomy(folder)
    for path in folder.glob("terms_*.toml") if without else ():
        blocks = re.split(r"(?m)^(?=\[)", path.read_text("utf-8"))
        kept = [block for block in blocks if 'facet = "function"' not in block]
        path.write_text("".join(kept), "utf-8")
    index = folder / "taxonomy.toml"
    text = index.read_text("utf-8")
    for name in without:
        text = text.replace(f'    "{name}",\n', "")
    if extra:
        (folder / "kites.toml").write_text(extra, "utf-8")
        text = text.replace("files = [", 'files = [\n    "kites.toml",')
    index.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own-taxonomy")
    given = root / "given"
    given.mkdir()
    (given / "kites.txt").write_text(KITES, "utf-8")
    (given / "opinion.txt").write_text(OPINION, "utf-8")
    case = Case.create(root / "case")
    with case.writing():
        review.review(case, [given], process.Options(workers=1))
    return case.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    return Case.open(shutil.copytree(made, tmp_path / "case"))


def coded(case: Case) -> dict[str, tuple[str, list[str]]]:
    """Version and capabilities by project number."""
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT project_id, taxonomy_version, capabilities FROM notices"
        ).fetchall()
    return {number: (version, codes) for number, version, codes in rows}


def again(case: Case) -> None:
    with case.writing():
        review.process(case, process.Options(workers=1))
        review.make_report(case)


def test_the_case_s_own_taxonomy_codes_it_and_is_named_in_every_record(case: Case) -> None:
    shipped = load_taxonomy().version
    before = coded(case)
    assert before["EX-2021-1"] == (shipped, [])
    edited(case.root / "taxonomy", extra=FILE)
    again(case)
    own = read_taxonomy(case.root / "taxonomy").version
    assert own.startswith(f"{shipped}+")
    after = coded(case)
    assert after["EX-2021-1"] == (own, ["kites"])
    assert after["EX-2021-2"] == (own, before["EX-2021-2"][1])
    page = (case.root / "report/report.html").read_text("utf-8")
    assert "Kites that watch" in page
    assert f"taxonomy {own}" in page
    shutil.rmtree(case.root / "taxonomy")
    again(case)
    assert coded(case) == before


def decide(case: Case, sousveil: Run, folder: Path, relevant: str, code: str) -> None:
    """Ana's decision on each notice of the case."""
    with connect(case) as connection:
        ids = connection.execute("SELECT notice_id FROM notices ORDER BY 1").fetchall()
    lines = [f"{notice_id},{relevant},{code}" for (notice_id,) in ids]
    table = folder / "decided.csv"
    table.write_text("\n".join(["notice_id,relevant,capabilities", *lines]), "utf-8")
    sousveil("decide", case.root, "--from", table, "--coder", "Ana")
    sousveil("process", case.root, "--quiet")


def test_decisions_are_taken_up_by_the_case_s_own_taxonomy(
    case: Case, tmp_path: Path, sousveil: Run
) -> None:
    edited(case.root / "taxonomy", extra=FILE)
    again(case)
    own = read_taxonomy(case.root / "taxonomy").version
    decide(case, sousveil, tmp_path, "yes", "kites")
    assert list(coded(case).values()) == [(own, ["kites"])] * 2
    with connect(case) as connection:
        codings = connection.execute("SELECT coding FROM notices").fetchall()
    assert {json.loads(coding)["taxonomy_version"] for (coding,) in codings} == {own}


def test_no_column_of_a_coding_outlives_a_decision_against_it(
    case: Case, tmp_path: Path, sousveil: Run
) -> None:
    columns = "functions, data_sources, platforms, capabilities"
    with connect(case) as connection:
        before = connection.execute(f"SELECT {columns} FROM notices").fetchall()
    assert any(functions and sources for functions, sources, *_ in before)
    decide(case, sousveil, tmp_path, "no", "")
    with connect(case) as connection:
        after = connection.execute(f"SELECT {columns} FROM notices").fetchall()
        projects = connection.execute("SELECT functions, data_sources FROM projects").fetchall()
    assert after == [([], [], [], [])] * 2
    assert projects == [([], [])] * 2


def test_an_unedited_copy_is_the_shipped_taxonomy(tmp_path: Path) -> None:
    write_taxonomy(tmp_path / "copy")
    assert read_taxonomy(tmp_path / "copy").version == load_taxonomy().version
    with pytest.raises(UsageError, match="not empty"):
        write_taxonomy(tmp_path / "copy")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("taxonomy.toml", 'version = "1"\nfiles = ["kites.toml"]', "kites.toml is missing"),
        ("taxonomy.toml", 'version = "1"\nfiles = ["../case.toml"]', "cannot be one"),
        ("taxonomy.toml", 'version = "1 <b>"\nfiles = []', "version"),
        ("kites.toml", FILE, "no taxonomy.toml"),
    ],
)
def test_a_taxonomy_that_cannot_be_used_stops_the_run_before_anything_is_done(
    case: Case, name: str, text: str, says: str
) -> None:
    before = (case.root / "derived/manifest.json").read_bytes()
    (case.root / "taxonomy").mkdir(exist_ok=True)
    (case.root / "taxonomy" / name).write_text(text, "utf-8")
    with case.writing(), pytest.raises(UsageError, match=says):
        review.process(case, process.Options(workers=1))
    assert (case.root / "derived/manifest.json").read_bytes() == before


def state(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_what_would_change_is_listed_and_nothing_is_written(case: Case, tmp_path: Path) -> None:
    before = state(case.root)
    changes: list[recoding.Change] = []
    other = read_taxonomy(edited(tmp_path / "more", extra=FILE))
    found = recoding.compare(case, other, changes.append)
    (change,) = changes
    assert change.surveillance == (False, True)
    assert change.gained[0] == "capability:kites"
    assert change.lost == ()
    assert (found.notices, found.changed, found.surveillance_gained) == (2, 1, 1)
    assert found.versions == {load_taxonomy().version: 2}
    less = read_taxonomy(
        edited(tmp_path / "less", without=("functions.toml", "uyghur_tibetan.toml"))
    )
    changes.clear()
    found = recoding.compare(case, less, changes.append)
    assert {code.split(":")[0] for change in changes for code in change.lost} == {"function"}
    assert found.surveillance_lost == 0
    assert all(count.gained == 0 and count.lost for count in found.codes)
    assert recoding.compare(case, load_taxonomy(), changes.append).changed == 0
    assert state(case.root) == before


def test_an_empty_case_says_so(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    with pytest.raises(UsageError, match="Nothing has been read"):
        recoding.compare(case, load_taxonomy(), lambda _: None)


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["taxonomy", *words])
    assert done.exit_code == 0, done.exception
    return done.output


def test_the_commands(case: Case, tmp_path: Path) -> None:
    assert "Sharp Eyes" in run("show", "video_surveillance")
    told = json.loads(run("show", "video_surveillance", "--json"))
    assert told["codes"][0]["crosswalk"][0]["code"] == "32323500"
    assert run("show").count("\n") > len(load_taxonomy().codes)
    folder = tmp_path / "own"
    assert "files written" in run("export", str(folder))
    assert json.loads(run("check", str(folder), "--json"))["without_terms"] == []
    shutil.rmtree(folder)
    edited(folder, extra=FILE.replace("监看风筝采购", "").split("[[code.terms]]")[0])
    assert json.loads(run("check", str(folder), "--json"))["without_terms"] == ["capability:kites"]
    shutil.rmtree(folder)
    edited(folder, extra=FILE)
    out = tmp_path / "changes.jsonl"
    told = json.loads(
        run("compare", str(case.root), "--with", str(folder), "--out", str(out), "--json")
    )
    assert told["records"][0]["gained"] == json.loads(out.read_text("utf-8"))["gained"]
    text = run("compare", str(case.root), "--with", str(folder), "--limit", "0", "--quiet")
    assert "1 of 2 notices" in text
    assert "1 more" in text


@pytest.mark.parametrize(
    "words",
    [("show", "telepathy"), ("check", "nowhere"), ("compare", "nowhere")],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, ["taxonomy", *words])
    assert done.exit_code == 1
    assert done.exception is not None
    assert str(done.exception)
