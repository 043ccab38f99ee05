"""The brief of a platform: its counts against the truth, its quotes against the pages."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from tests.report.browser import needs_chromium, watched_page

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.reference import load_taxonomy
from sousveil.report.brief_page import Written, write_briefs
from sousveil.report.brief_projects import BriefProject, Span, brief_projects
from sousveil.report.brief_rows import Rows
from sousveil.text.json_escapes import undo_escapes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("briefs")


@pytest.fixture(scope="module")
def written(demo_case: Case, folder: Path) -> dict[str, Written]:
    return {w.head.platform: w for w in write_briefs(demo_case, folder)}


@pytest.fixture(scope="module")
def projects(demo_case: Case) -> list[BriefProject]:
    with connect(demo_case) as connection:
        return list(brief_projects(Rows(connection, "twitter"), load_taxonomy()))


def test_each_platform_of_the_truth_is_counted_by_projects(written: dict[str, Written]) -> None:
    true: dict[str, set[str]] = defaultdict(set)
    for notice in demo.truth():
        if notice.surveillance:
            for code in notice.platforms:
                true[code].add(notice.project)
    for none in ("other_platform", "foreign_social_media"):
        true.pop(none, None)
    found = {code: w.head.projects for code, w in written.items()}
    assert found == {code: len(projects) for code, projects in true.items()}


def test_figures_are_those_of_the_projects(demo_case: Case, written: dict[str, Written]) -> None:
    for code, w in written.items():
        with connect(demo_case) as connection:
            rows = connection.execute(
                "SELECT amount, amount_usd, first_date, last_date, currency FROM projects"
                " WHERE surveillance AND list_contains(platforms, ?)",
                [code],
            ).fetchall()
        head = w.head
        assert head.projects == len(rows)
        assert head.without_amount == sum(amount is None for amount, *_ in rows)
        assert head.usd == sum(usd for _, usd, *_ in rows if usd is not None)
        assert sum(t.total for t in head.totals) == sum(a for a, *_ in rows if a is not None)
        assert head.with_rate == sum(t.with_rate for t in head.totals)
        assert (head.first, head.last) == (min(r[2] for r in rows), max(r[3] for r in rows))
        assert head.confirmed == head.platform_confirmed == 0


def test_copies_are_told_and_not_counted(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        (key, code), *_ = connection.execute(
            "SELECT n.project_key, p.platforms[1] FROM notices n JOIN projects p USING"
            " (project_key) WHERE n.duplicate_of IS NOT NULL AND len(p.platforms) > 0"
        ).fetchall()
        found = list(brief_projects(Rows(connection, code), load_taxonomy()))
    (project,) = [p for p in found if p.project_key == key]
    assert project.copies == 1
    assert project.notices > len({r.notice_id for r in project.records})


def test_every_quote_stands_where_it_is_said_to_stand(
    demo_case: Case, projects: list[BriefProject]
) -> None:
    with connect(demo_case) as connection:
        pages = {
            (sha, page): text
            for sha, page, text in connection.execute(
                "SELECT document_sha256, page, text FROM pages"
            ).fetchall()
        }

    def stands(project: BriefProject, at: Span) -> str:
        record = next(r for r in project.records if r.number == at.record)
        return str(pages[record.sha256, at.page][at.start : at.end])

    assert len(projects) == 15
    for project in projects:
        assert project.words
        for q in project.words:
            assert undo_escapes(stands(project, q.at)).text == q.words
            assert q.names_it
            assert re.search(r"推特|twitter|tweet|x\.com|X", q.words, re.IGNORECASE)
        for cited in project.cited:
            assert stands(project, cited.at) == cited.words
        told = {cited.what for cited in project.cited}
        assert {"name", "buyer", "capability"} <= told
        assert ("supplier" in told) == bool(project.suppliers)
        assert project.amount.startswith("no amount") or told & {"award", "budget", "ceiling"}
        assert (project.level is None) == ("sophistication" not in told)
        assert sum(c.what == "function" for c in project.cited) == len(project.functions)


def test_a_passage_of_a_record_is_words_not_structure(projects: list[BriefProject]) -> None:
    passages = [q.before + q.words + q.after for p in projects for q in p.words]
    assert "Subscription for geofenced social media monitoring of Twitter, Reddit" in " ".join(
        passages
    )
    assert not [text for text in passages if '":' in text or "\\u" in text]


def test_the_same_case_gives_the_same_bytes(
    demo_case: Case, written: dict[str, Written], tmp_path: Path
) -> None:
    again = list(write_briefs(demo_case, tmp_path, ["twitter", "reddit"]))
    assert [w.head.platform for w in again] == ["twitter", "reddit"]
    for w in again:
        for path in w.files:
            first = next(p for p in written[w.head.platform].files if p.suffix == path.suffix)
            assert path.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("form", ["html", "md"])
def test_what_a_brief_tells(written: dict[str, Written], folder: Path, form: str) -> None:
    text = (folder / f"twitter.{form}").read_text("utf-8")
    plain = re.sub(r"<[^>]+>|\\|\*", "", text)
    assert "Illustrative records: do not send this." in plain
    assert "15 projects in which public bodies buy surveillance name Twitter (X)" in plain
    assert "Check the wording before you send this." in plain
    assert "It does not prove that data was collected" in plain
    assert "taxonomy 1.0" in plain
    assert "Coded by rule; no person has confirmed it." in plain
    assert "https://developer.x.com/en/developer-terms/more-on-restricted-use-cases" in text
    none = (folder / f"weibo.{form}").read_text("utf-8")
    assert "No rule entered for Weibo; add one." in none
    assert "Check the wording" not in none


def test_no_person_of_the_corpus_is_in_a_brief(
    written: dict[str, Written],
) -> None:
    texts = "\n".join(p.read_text("utf-8") for w in written.values() for p in w.files)
    people = {name for names in demo.people().values() for name in names if len(name) > 1}
    assert [name for name in sorted(people) if name in texts] == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("foreign_social_media", "nobody to send"),
        ("naver", "No surveillance project"),
        ("../x", "no platform '../x'"),
    ],
)
def test_what_cannot_be_asked_for_is_said_before_anything_is_written(
    demo_case: Case, tmp_path: Path, code: str, says: str
) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        list(write_briefs(demo_case, tmp_path / "out", ["twitter", code]))
    assert "twitter" in caught.value.hint
    assert not (tmp_path / "out").exists()


def test_a_case_that_names_none_gets_none(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    assert list(write_briefs(case, tmp_path / "out")) == []
    assert not (tmp_path / "out").exists()
    with pytest.raises(UsageError, match="No surveillance project"):
        list(write_briefs(case, tmp_path / "out", ["twitter"]))


def test_the_report_says_how_to_get_one(demo_case: Case) -> None:
    assert "sousveil brief" in (demo_case.root / "report/report.html").read_text("utf-8")


@needs_chromium
def test_brief_opens_without_request_or_console_message(
    written: dict[str, Written], folder: Path
) -> None:
    with watched_page() as (page, requests, messages):
        for width in (1100, 420):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto((folder / "twitter.html").as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not wide, f"the page scrolls sideways at {width}"
        assert page.locator("article").count() == 15
        assert page.locator("article mark").first.inner_text() == "推特"
    assert {url for url in requests if not url.startswith("data:")} == {
        (folder / "twitter.html").as_uri()
    }
    assert messages == []


def test_codes_in_words_and_no_person_in_the_summary(written: dict[str, Written]) -> None:
    head = written["twitter"].head
    assert {c.name for c in head.functions} >= {"Collects", "Searches"}
    assert json.dumps([c.name for c in head.capabilities]).count("_") == 0
