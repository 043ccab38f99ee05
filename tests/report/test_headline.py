"""Each headline figure of the demonstration case, against the truth kept with its records."""

import html
import json
import subprocess
import sys

import pytest

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.reference.glossary import gloss
from sousveil.report.headline import headline

TRUTH = demo.headline()


@pytest.fixture(scope="module")
def figures(demo_case: Case) -> dict[str, str]:
    return dict(headline(demo_case))


def number(text: str) -> float:
    return float(text.replace("US$", "").replace(",", ""))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Files given", "files"),
        ("Notices found", "notices"),
        ("Notices that are copies", "duplicates"),
        ("Projects", "projects"),
        ("Projects that buy surveillance", "surveillance_projects"),
        ("… that watch people or media abroad", "overseas_projects"),
        ("… of these since 2020", "overseas_projects_since_2020"),
    ],
)
def test_headline_figure(figures: dict[str, str], name: str, key: str) -> None:
    assert number(figures[name]) == TRUTH[key]


def test_files_by_outcome(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        found = dict(connection.execute("SELECT status, count(*) FROM files GROUP BY 1").fetchall())
    assert found == TRUTH["files_by_status"]


def test_no_person_of_the_corpus_is_in_any_output(demo_case: Case) -> None:
    """Persons, phones and addresses the corpus names are nowhere outside originals and private."""
    people = {str(value) for value in flatten(demo.people()) if len(str(value)) > 1}
    assert len(people) > 50
    texts = []
    for what in ("notices", "pages", "projects", "files"):
        result = subprocess.run(
            [sys.executable, "-m", "sousveil", "export", str(demo_case.root), what],
            capture_output=True,
            check=True,
        )
        texts.append(result.stdout.decode())
    texts.append((demo_case.root / "report/report.html").read_text(encoding="utf-8"))
    joined = "\n".join(texts)
    assert [value for value in sorted(people) if value in joined] == []


def flatten(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in flatten(item)]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in flatten(item)]
    return [value]


def test_json_of_the_demo_command_is_one_document_a_line(demo_case: Case) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "sousveil", "status", str(demo_case.root), "--json"],
        capture_output=True,
        check=True,
    )
    assert json.loads(result.stdout)["notices"] == TRUTH["notices"]


def test_english_beside_a_chinese_name_says_that_it_is_a_gloss(demo_case: Case) -> None:
    page = html.unescape((demo_case.root / "report/report.html").read_text(encoding="utf-8"))
    with connect(demo_case) as connection:
        rows = connection.execute(
            "SELECT DISTINCT unnest(suppliers) FROM projects WHERE surveillance"
        )
        glosses = {name: gloss(name) for (name,) in rows.fetchall() if name}
    chinese = {name: english for name, english in glosses.items() if english}
    assert any(f"{name} [gloss: {english}]" in page for name, english in chinese.items())
    assert not [name for name, english in chinese.items() if f"{name} [{english}]" in page]
