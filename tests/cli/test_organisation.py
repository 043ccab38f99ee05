"""``sousveil organisation``: what a person reads, what a script reads, and the page it writes."""

import json
from pathlib import Path

import pytest
from tests import owned
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.with_owners(tmp_path_factory.mktemp("owned"))


def run(case: Case, *arguments: str, code: int = 0) -> str:
    command = ["organisation", str(case.root), *arguments]
    result = CliRunner().invoke(app, command, env={"COLUMNS": "200"})
    assert (result.exit_code == 0) == (code == 0), result.output
    return result.output


def test_what_a_person_reads(case: Case) -> None:
    told = run(case, owned.BETA)
    assert "bids: won 2, lost 0, no winner stated 0" in told
    assert (
        "named in 1 of its 2 projects, in 1 of the case's 3 notices of bidders or winners" in told
    )
    assert "owner given: Example Holding plc" in told
    assert "supplier, shared" in told
    assert owned.GAMMA in told
    gamma = run(case, owned.GAMMA)
    assert "1 natural persons (not kept)" in gamma
    assert "won 0, lost 1" in gamma


def test_losing_is_not_known_where_no_bidders_are_named(case: Case) -> None:
    assert "won 1, lost not known" in run(case, owned.DELTA)


def test_what_a_script_reads(case: Case) -> None:
    told = json.loads(run(case, owned.POLICE, "--json", "--most", "2"))
    assert (told["name"], told["kind"]) == (owned.POLICE, "public_body")
    assert [part["projects"] for part in told["counts"]] == [3]
    assert (len(told["projects"]), told["more"]) == (2, {"projects": 1})
    assert len(told["projects"][0]["document_sha256"]) == 64


def test_a_page_of_its_own(case: Case, tmp_path: Path) -> None:
    page = tmp_path / "police.html"
    assert f"Page: {page}" in run(case, owned.POLICE, "--out", str(page)).replace("\n", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert owned.DELTA in text
    assert '<a href="' not in text


def test_nobody_and_several_are_told(case: Case) -> None:
    run(case, "Nobody", code=2)
    run(case, "Example", code=2)
