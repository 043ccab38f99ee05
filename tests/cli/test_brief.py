"""``sousveil brief`` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.errors import UsageError
from sousveil.reference.platform_rules import read_platform_rules


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["brief", *map(str, words)])


def test_one_file_a_platform_and_format(demo_case: Case, tmp_path: Path) -> None:
    done = run(demo_case.root, "--out", tmp_path / "out", "--format", "md")
    assert done.exit_code == 0, done.exception
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"twitter.md", "weibo.md"} <= names
    assert all(name.endswith(".md") for name in names)
    assert "Twitter (X): 15 projects." in done.output
    assert "Weibo: 5 projects. No rule entered; add one." in done.output
    assert "check them before you send" in done.output


def test_json_tells_counts_rule_and_files(demo_case: Case, tmp_path: Path) -> None:
    done = run(demo_case.root, "--platform", "reddit", "--out", tmp_path, "--json")
    told = json.loads(done.output)
    (brief,) = told["briefs"]
    assert (brief["platform"], brief["projects"], brief["without_amount"]) == ("reddit", 2, 0)
    assert brief["rules"][0]["checked"] is False
    assert [Path(name).name for name in brief["files"]] == ["reddit.html", "reddit.md"]
    assert all(Path(name).is_file() for name in brief["files"])
    assert told["collection"]["illustrative"] is True


def test_the_table_of_rules_is_printed_as_a_file_that_can_be_edited(
    demo_case: Case, tmp_path: Path
) -> None:
    done = run(demo_case.root, "--rules")
    assert "# shipped with Sousveil" in done.output
    (tmp_path / "platform_rules.toml").write_text(done.output, "utf-8")
    assert read_platform_rules(tmp_path).of("twitter")
    told = json.loads(run(demo_case.root, "--rules", "--json").output)
    assert {rule["platform"] for rule in told["rules"]} >= {"twitter", "telegram"}
    assert all("Check the wording" in rule["status"] for rule in told["rules"])


def test_without_a_folder_briefs_stand_in_the_case(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    done = run(case.root)
    assert done.exit_code == 0
    assert "No surveillance project of this case names a platform." in done.output
    assert json.loads(run(case.root, "--json").output) == {"collection": None, "briefs": []}


@pytest.mark.parametrize("words", [["--format", "pdf"], ["--platform", "myspace"]])
def test_what_cannot_be_done_is_said(demo_case: Case, tmp_path: Path, words: list[str]) -> None:
    done = run(demo_case.root, "--out", tmp_path / "out", *words)
    assert isinstance(done.exception, UsageError)
    assert done.exception.hint
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_named(demo_case: Case, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    done = run(demo_case.root, "--out", tmp_path / "out")
    assert isinstance(done.exception, UsageError)
    assert (tmp_path / "out").read_text("utf-8") == "mine"
