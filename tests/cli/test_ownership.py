"""``sousveil ownership``: what a person and a script read, and which exit code tells of faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests import owned
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.with_owners(tmp_path_factory.mktemp("owned"))


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["ownership", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def groups(case: Case, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(case.root, "--groups", "--json", *more))
    return found


def test_totals_count_a_project_once_a_group(case: Case) -> None:
    found = groups(case, "--at", "2021-06-30")
    (group,) = found["groups"]
    assert (group["name"], group["members"]) == ("Example Holding plc", [owned.ALPHA, owned.BETA])
    assert (group["organisations"], group["suppliers"]) == (2, 2)
    assert (group["projects"], group["usd"], group["with_amount"]) == (2, 1500.0, 2)
    assert (group["surveillance"], group["surveillance_usd"]) == (2, 1500.0)
    assert len(group["project_keys"]) == 2
    assert (found["on"], found["links"], found["natural_persons"]) == ("2021-06-30", 3, 1)
    assert found["ungrouped_suppliers"] == 1


def test_groups_are_those_of_the_last_notice(case: Case) -> None:
    found = groups(case)
    assert (found["on"], found["ungrouped_suppliers"]) == ("2022-04-01", 2)
    (group,) = found["groups"]
    assert (group["members"], group["projects"], group["usd"]) == ([owned.ALPHA], 1, 1000.0)
    assert groups(case, "--at", "2010-01-01")["groups"] == []


def test_words_for_people(case: Case) -> None:
    told = run(case.root, "--groups")
    assert "Example Holding plc" in told
    assert "1 projects supplied, USD 1,000 stated by 1; of surveillance 1, USD 1,000" in told
    assert "1 groups as of 2022-04-01, from 3 links. 1 natural persons counted" in told


def test_a_trial_keeps_nothing_and_tells_of_faults(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    rows = f"{owned.DELTA},Owner plc,100\n{owned.DELTA},Owner plc,-1\n"
    file.write_text(f"child,parent,share\n{rows}")
    before = sorted((case.root / "ownership").iterdir())
    told = run(case.root, "--add", file, "--check", code=2)
    assert "more.csv, line 3: share is no percentage" in told
    assert sorted((case.root / "ownership").iterdir()) == before
    found = json.loads(run(case.root, "--add", file, "--check", "--json", code=2).splitlines()[0])
    assert (found["links"], found["problems"][0]["line"], found["kept"]) == (1, 3, None)


def test_what_is_right_is_said_to_be(case: Case) -> None:
    assert "Everything can be used." in run(case.root, "--check")
    assert json.loads(run(case.root, "--check", "--json")) == {"problems": []}


def test_adding_tells_what_is_next(tmp_path: Path, case: Case) -> None:
    file = tmp_path / "parents.csv"
    file.write_text(owned.PARENTS)
    assert "they are there already" in run(case.root, "--add", file)
    file.write_text(f"child,parent\n{owned.DELTA},Owner plc\n")
    told = run(case.root, "--add", file)
    assert "'sousveil process CASE' takes it up" in told
    for path in (case.root / "ownership").glob("parents-*.csv"):
        if "Owner plc" in path.read_text():
            path.unlink()


@pytest.mark.parametrize(
    "arguments", [(), ("--groups", "--check"), ("--groups", "--at", "soon"), ("--add", "no.csv")]
)
def test_what_cannot_be_is_refused(case: Case, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["ownership", str(case.root), *arguments])
    assert result.exit_code != 0
