"""``sousveil scheme``, and what a scheme changes at the desk."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import run

from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.coding.scheme import scheme_hash
from sousveil.errors import DecisionError
from sousveil.pipeline.merging import merge

SCHEME = """name = "Pilot"
coders = ["Ana", "Bo"]
adjudicators = ["Cem"]

[[question]]
id = "relevant"
asks = "Does it watch people?"

[[question]]
id = "capabilities"
asks = "What can it do?"
codes = ["drones", "video_surveillance"]

[[question]]
id = "overseas_target"
asks = "Abroad?"
"""


@pytest.fixture
def schemed(root: Path) -> Path:
    (root / "scheme.toml").write_text(SCHEME, "utf-8")
    return root


def test_new_check_show(root: Path) -> None:
    run("scheme", "new", root)
    assert "It can be used." in run("scheme", "check", root)
    shown = run("scheme", "show", root)
    assert "video_surveillance:" in shown
    assert "Coded by anybody, 2 a project" in shown
    with pytest.raises(DecisionError, match="already"):
        run("scheme", "new", root)


def test_check_names_line_and_code(schemed: Path) -> None:
    path = schemed / "scheme.toml"
    path.write_text(SCHEME.replace("drones", "dreams"), "utf-8")
    assert "scheme.toml, line 12:" in run("scheme", "check", schemed, code=2)
    told = json.loads(run("scheme", "check", schemed, "--json", code=2))
    assert told["hash"] is None
    assert [fault["line"] for fault in told["faults"]] == [12]
    with pytest.raises(DecisionError, match="line 12"):
        run("code", schemed, "--coder", "Ana", keys="q")


def test_a_case_without_a_scheme_says_so(root: Path) -> None:
    for command in ("show", "check"):
        with pytest.raises(DecisionError, match="no coding scheme"):
            run("scheme", command, root)


def test_a_decision_keeps_the_hash_of_its_scheme_and_the_scheme_is_kept(schemed: Path) -> None:
    told = run("code", schemed, "--coder", "Ana", "--query", "视频监控", keys="dcdrones\nn\nq")
    assert "drones:" in told
    digest = scheme_hash(SCHEME.encode())
    found = read_decisions(Case.open(schemed))
    assert {(d.scheme, d.capabilities, d.overseas_target) for d in found} == {
        (digest, ("drones",), False)
    }
    (schemed / "scheme.toml").write_text(SCHEME.replace("Pilot", "Study"), "utf-8")
    assert (schemed / f"decisions/schemes/{digest}.toml").read_text("utf-8") == SCHEME


def test_the_kept_scheme_comes_with_a_merge(schemed: Path, tmp_path: Path) -> None:
    shutil.copytree(schemed, tmp_path / "other")
    run("code", tmp_path / "other", "--coder", "Bo", keys="yq")
    merge(Case.open(schemed), Case.open(tmp_path / "other"))
    kept = [path.read_text("utf-8") for path in (schemed / "decisions/schemes").iterdir()]
    assert kept == [SCHEME]


def test_a_code_out_of_use_and_a_coder_who_is_none_are_refused(schemed: Path) -> None:
    told = run("code", schemed, "--coder", "Ana", keys="cface_recognition\n\nq")
    assert "There is no capability face_recognition." in told
    assert read_decisions(Case.open(schemed)) == []
    with pytest.raises(DecisionError, match="Dan is no coder"):
        run("code", schemed, "--coder", "Dan", keys="q")
    with pytest.raises(DecisionError, match="Ana is no adjudicator"):
        run("code", schemed, "--coder", "Ana", "--adjudicate", keys="q")


def test_a_table_is_held_against_the_scheme(schemed: Path, tmp_path: Path) -> None:
    run("code", schemed, "--coder", "Bo", keys="yq")
    notice = read_decisions(Case.open(schemed))[0].notice_id
    table = tmp_path / "table.csv"
    table.write_text(f"notice_id,relevant,capabilities\n{notice},yes,face_recognition\n", "utf-8")
    told = run("decide", schemed, "--from", table, "--coder", "Ana", code=2)
    assert "there is no code 'face_recognition'" in told
    table.write_text(f"notice_id,relevant,capabilities\n{notice},yes,drones\n", "utf-8")
    run("decide", schemed, "--from", table, "--coder", "Ana")
    found = [d for d in read_decisions(Case.open(schemed)) if d.coder == "Ana"]
    assert [d.scheme for d in found] == [scheme_hash(SCHEME.encode())]
