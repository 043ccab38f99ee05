"""Saved queries and counts of many, on the command line and against search and export."""

import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.errors import SousveilError, UsageError
from sousveil.pipeline.find import find, open_index, parsed
from sousveil.pipeline.question_files import Question, WrongLine, read_questions
from sousveil.pipeline.questions import Counted, Counting

Run = Callable[..., "Ran"]

QUERIES = [
    "", "采购", "公安局 OR 医院", "surveillance:true", "-surveillance:true", "year:2020..2022",
    "type:award", "currency:CNY", "amount_usd:>100000", "camera*", "notthere", "duplicate:true",
    "supplier:*", "-year:*",
]  # fmt: skip


@pytest.fixture
def case(reviewed: Path, tmp_path: Path) -> Case:
    """A case of its own, to save queries in."""
    shutil.copytree(reviewed, tmp_path / "case")
    return Case.open(tmp_path / "case")


class Ran(NamedTuple):
    """What a command did: its exit code, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def here() -> Run:
    """Runs a command in this process: many are run here, and none is killed."""

    def call(*arguments: object, check: bool = True) -> Ran:
        result = CliRunner().invoke(app, [str(each) for each in arguments])
        error = result.exception
        if isinstance(error, SousveilError):
            ran = Ran(error.exit_code, result.stdout, f"{error.message} {error.hint}")
        elif error is not None and not isinstance(error, SystemExit):
            raise error
        else:
            ran = Ran(result.exit_code, result.stdout, result.stderr)
        assert not check or ran.returncode == 0
        return ran

    return call


def exported(here: Run, case: Case, what: str, *more: object) -> list[dict[str, object]]:
    out = here("export", case.root, what, *more).stdout
    return [json.loads(line) for line in out.splitlines()]


def test_counts_agree_with_search_and_with_the_exported_projects(case: Case, here: Run) -> None:
    """Notices as search counts them; amounts added up one by one from the export."""
    with Counting.of(case) as counting:
        results = list(counting.count(Question(f"q{i}", q) for i, q in enumerate(QUERIES)))
    assert len(results) == len(QUERIES)
    notices = {str(n["notice_id"]): n for n in exported(here, case, "notices")}
    projects = {str(p["project_key"]): p for p in exported(here, case, "projects")}
    for query, result in zip(QUERIES, results, strict=True):
        assert isinstance(result, Counted)
        assert result.notices == find(case, query, limit=2, offset=0, order="published").total
        hits = [notices[each] for each in open_index(case).ids(parsed(case, query))]
        assert len(hits) == result.notices
        keys = {str(hit["project_key"]) for hit in hits}
        assert result.projects == len(keys)
        totals: dict[str, Decimal] = defaultdict(Decimal)
        usd, without = Decimal(0), 0
        for project in (projects[key] for key in keys):
            if project["amount"] is not None:
                totals[str(project["currency"])] += Decimal(str(project["amount"]))
                usd += Decimal(str(project["amount_usd"] or 0))
                without += project["amount_usd"] is None
        assert {a.currency: a.total for a in result.amounts} == totals
        assert (result.usd, result.no_rate) == (usd, without)
        days = sorted(str(hit["published"]) for hit in hits if hit["published"])
        assert (str(result.first), str(result.last)) == (
            (days[0], days[-1]) if days else ("None", "None")
        )


def test_the_query_as_normalised_counts_the_same(case: Case, here: Run) -> None:
    here("query", "save", case.root, "big", "amount_usd:>100000")
    here("query", "save", case.root, "both", "@big -医院", "--note", "big, no hospitals")
    with Counting.of(case) as counting:
        (given,) = counting.count([Question("x", "@both year:2019..")])
        assert isinstance(given, Counted)
        assert given.normalised == "amount_usd:>100000 NOT 医院 year:2019.."
        (again,) = counting.count([Question("x", given.normalised)])
    assert isinstance(again, Counted)
    assert (again.notices, again.projects, again.usd) == (
        given.notices, given.projects, given.usd
    )  # fmt: skip
    assert given.notices > 0


def test_one_bad_line_stops_no_other(case: Case, here: Run, tmp_path: Path) -> None:
    source = tmp_path / "queries.txt"
    before, after = "all\t*\n\n# a comment\n监控 (\n", "\n@nobody\n采购\n"
    source.write_bytes(before.encode() + b"\xff" + after.encode())
    ran = here("query", "run", case.root, "--from", source, "--json", check=False)
    assert ran.returncode == 2
    said = json.loads(ran.stdout)
    assert [r.get("name", r["line"]) for r in said["results"]] == ["all", 4, 5, 6, "line 7"]
    assert said["wrong"] == 3
    assert "character 4" in said["results"][1]["error"]
    assert said["snapshot"]["id"]
    total = json.loads(here("search", case.root, "采购", "--json").stdout)["total"]
    assert said["results"][-1]["notices"] == total


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q.txt", "one\t人脸\n监控 year:2020\n"),
        ("q.csv", 'name,query,note\none,人脸,x\n,"监控 year:2020",\n'),
        ("q.jsonl", '{"name":"one","query":"人脸"}\n{"query":"监控 year:2020"}\n'),
        ("q.csv", '\ufeffquery,name\n"人脸",one\n监控 year:2020,\n'),
    ],
)
def test_files_of_queries(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    second = 3 if name.endswith("csv") else 2
    assert list(read_questions(path)) == [
        Question("one", "人脸", second - 1),
        Question(f"line {second}", "监控 year:2020", second),
    ]


def test_a_toml_file_of_queries(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    path.write_text('one = "人脸"\nbad = 3\n[two]\nquery = "监控"\n', encoding="utf-8")
    one, bad, two = read_questions(path)
    assert (one, two) == (Question("one", "人脸", 1), Question("two", "监控", 3))
    assert isinstance(bad, WrongLine)
    path.write_text("one = 人脸\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1"):
        list(read_questions(path))


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("q.jsonl", b'{"query": 3}\n[1]\nnull\n{\n' + b"[" * 50_000 + b"\n", [1, 2, 3, 4, 5]),
        ("q.txt", b"a\tx\na\ty\n", [2]),
        ("q.txt", b"x" * 200_000 + b"\nb\n", [1]),
        ("q.csv", b"query\n" + b'"' + b"x" * 200_000 + b"\n", [2]),
        ("q.csv", b"query,name\n\xff,a\n", [2]),
        ("q.csv", b"name,query\na\n", [2]),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, name: str, text: bytes, wrong: list[int]) -> None:
    path = tmp_path / name
    path.write_bytes(text)
    items = list(read_questions(path))
    assert [i.line for i in items if isinstance(i, WrongLine)] == wrong


def test_a_csv_file_without_queries_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("name,words\na,b\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no column 'query'"):
        list(read_questions(tmp_path / "q.csv"))
    with pytest.raises(UsageError, match="no file of queries"):
        list(read_questions(tmp_path))


def test_counts_as_csv_neutralise_formulas(case: Case, here: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "q.jsonl", tmp_path / "out.csv"
    source.write_text('{"name":"=cmd()","query":"-医院"}\n{"query":"采购 OR"}\n', encoding="utf-8")
    ran = here("query", "run", case.root, "--from", source, "--out", out, "-q", check=False)
    assert ran.returncode == 2
    with out.open(encoding="utf-8-sig", newline="") as table:
        first, second = csv.DictReader(table)
    assert (first["name"], first["query"], first["normalised"]) == ("'=cmd()", "'-医院", "NOT 医院")
    assert int(first["notices"]) > 0
    assert first["snapshot"]
    assert second["error"].startswith("line 2: ")


def test_saved_queries_on_the_command_line(case: Case, here: Run) -> None:
    here("query", "save", case.root, "towns", "公安局", "--note", "police")
    assert json.loads(here("query", "list", case.root, "--json").stdout) == [
        {"name": "towns", "query": "公安局", "note": "police"}
    ]
    here("query", "save", case.root, "recent", "@towns year:2020..")
    shown = json.loads(here("query", "show", case.root, "recent", "--json").stdout)
    assert shown["normalised"] == "公安局 year:2020.."
    by_name = json.loads(here("search", case.root, "@recent", "--json").stdout)["total"]
    written = json.loads(here("search", case.root, "公安局 year:2020..", "--json").stdout)
    assert by_name == written["total"] > 0
    ran = json.loads(here("query", "run", case.root, "--json").stdout)
    assert {r["name"]: r["notices"] for r in ran["results"]}["recent"] == by_name
    table = here("query", "run", case.root, "-q").stdout
    assert "recent" in table
    assert ran["snapshot"]["id"] in table.replace("\n", "")
    circle = here("query", "save", case.root, "towns", "@recent", "--replace", check=False)
    assert circle.returncode == 2
    assert "leads back to itself" in circle.stderr
    taken = here("query", "save", case.root, "towns", "x", check=False)
    assert (taken.returncode, "already" in taken.stderr) == (2, True)
    here("query", "remove", case.root, "towns")
    gone = here("search", case.root, "@recent", check=False)
    assert (gone.returncode, "no saved query @towns" in gone.stderr) == (2, True)


def test_export_of_what_a_query_finds(case: Case, here: Run) -> None:
    here("query", "save", case.root, "awards", "type:award")
    everything = exported(here, case, "notices")
    chosen = exported(here, case, "notices", "--query", "@awards")
    assert chosen == [n for n in everything if n["notice_type"] == "award"] != []
    keys = {n["project_key"] for n in chosen}
    projects = exported(here, case, "projects", "--query", "@awards")
    assert [p["project_key"] for p in projects] == sorted(str(key) for key in keys)
    pages = exported(here, case, "pages", "--query", "@awards")
    at = {(p["document_sha256"], p["page"]) for p in pages}
    assert {(n["document_sha256"], n["page"]) for n in chosen} <= at
    assert len(at) == len(pages) < len(exported(here, case, "pages"))
    refused = here("export", case.root, "files", "--query", "*", check=False)
    assert refused.returncode == 2


def test_nothing_indexed_is_said(tmp_path: Path, here: Run) -> None:
    Case.create(tmp_path / "case")
    ran = here("query", "run", tmp_path / "case", check=False)
    assert (ran.returncode, "Nothing is indexed yet" in ran.stderr) == (2, True)
