"""Claims that a coded sample gives an interval, those that it cannot, and why."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.model.claim import FAILS, HOLDS, UNTOLD, Check
from sousveil.pipeline import claims as pipeline
from sousveil.pipeline import review
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.estimating import draw
from sousveil.pipeline.process import Options
from tests.cli.test_estimate import HITS, PAGE, REST, made, read, titles  # noqa: F401

TRUE = 21
"""Projects that the reader of these tests holds relevant: 18 of what the rules find, and 3 more."""

CLAIM = """statement = "It was published."
[source]
who = "a newspaper"
where = "its review"
date = "2022"
[definition]
query = {query}
records = "{records}"
[counted]
what = "{what}"
[expected]
{expected}
"""


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:  # noqa: F811
    shutil.copytree(made, tmp_path / "case")
    return Case.open(tmp_path / "case")


def write(
    case: Case, query: str, *, what: str = "projects", expected: str = "equals = 21",
    records: str = "all",
) -> None:  # fmt: skip
    text = CLAIM.format(
        query=json.dumps(query, ensure_ascii=False), what=what, expected=expected, records=records
    )
    (case.root / "claims" / "claim.toml").write_text(text, encoding="utf-8")


def process(case: Case) -> None:
    with case.writing():
        review.process(case, Options(workers=1))


def checked(case: Case) -> Check:
    (found,) = pipeline.check(case).checks
    return found


def between(check: Check) -> tuple[int, int]:
    assert check.interval is not None, check.sampled
    return int(check.interval[0]), int(check.interval[1])


def test_a_sample_read_whole_gives_the_true_number(case: Case) -> None:
    write(case, "surveillance:true")
    assert checked(case).sampled == "No interval: no sample of this query was drawn."
    draw(case, "all", "surveillance:true", hits=HITS, others=REST)
    assert "No interval: too few of sample 'all' are read (0 of 20 hits" in checked(case).sampled
    read(case, "Ana", "all")
    assert checked(case).sampled == (
        "No interval: decisions are not taken up yet (sousveil process)."
    )
    process(case)
    found = checked(case)
    assert between(found) == (TRUE, TRUE)
    assert (found.verdict, found.low, found.high) == (HOLDS, TRUE, TRUE)
    assert "precision 90% (90% to 90%), recall 86% (86% to 86%)" in found.sampled
    assert found.why == ("By the coded sample, 21 to 21 projects (95 % interval).",)


@pytest.mark.parametrize("seed", range(3))
def test_a_part_of_it_holds_the_true_number(case: Case, seed: int) -> None:
    draw(case, "part", "surveillance:true", hits=12, others=15, seed=seed)
    read(case, "Ana", "part")
    process(case)
    write(case, "surveillance:true", expected="at_least = 60")
    found = checked(case)
    low, high = between(found)
    assert low <= TRUE <= high
    assert low < high
    assert found.verdict == FAILS  # there are 50 projects
    write(case, "surveillance:true", expected=f"at_least = {low + 1}")
    assert checked(case).verdict == UNTOLD
    write(case, "surveillance:true", expected=f"at_least = {low}", records="some")
    some = checked(case)
    assert (some.verdict, some.low, some.high) == (HOLDS, low, None)


def test_what_does_not_answer_the_query_is_not_counted(case: Case) -> None:
    """Of relevant ones that the query does not find those alone count that it would find if their
    codes were right: not those of other buyers, nor those without its words."""
    said = titles(case)
    for query, right in (
        ("surveillance:true buyer:昌吉市公安局", lambda title, buyer: buyer == "昌吉市"),
        ("视频监控", lambda title, buyer: "视频监控" in title),
    ):
        draw(case, query[:4], query, hits=HITS, others=REST + HITS)
        read(case, "Ana", query[:4])
        process(case)
        write(case, query)
        low, high = between(checked(case))
        true = sum(_counts(case, title, right) for title in said.values())
        assert low == high == true, query


def _counts(case: Case, title: str, right: object) -> bool:
    from sousveil.case.database import connect
    from tests.cli.test_estimate import TOWNS, wanted

    with connect(case) as connection:
        ((buyer,),) = connection.execute(
            "SELECT buyer FROM notices WHERE title = ?", [title]
        ).fetchall()
    assert buyer.removesuffix("公安局") in TOWNS
    return wanted(title) and right(title, buyer.removesuffix("公安局"))  # type: ignore[operator]


def test_codes_that_nobody_named_leave_a_project_open(case: Case) -> None:
    query = "capability:drones"
    write(case, query, expected="equals = 0")
    write(case, "capability:video_surveillance")
    draw(case, "codes", "capability:video_surveillance", hits=HITS, others=REST)
    read(case, "Ana", "codes")
    process(case)
    low, high = between(checked(case))
    assert (low, high) == (18, TRUE)  # what the three missed buy was not said
    desk, said = Desk(case, "Bo", sample="codes"), titles(case)
    for project in desk.waiting():
        if "巡防" in said[project.lead]:
            desk.decide(project, "yes", capabilities=("drones",))
    process(case)
    assert between(checked(case)) == (18, 18)


def test_other_things_and_other_projects_have_no_interval(case: Case, tmp_path: Path) -> None:
    draw(case, "all", "surveillance:true", hits=HITS, others=REST)
    read(case, "Ana", "all")
    process(case)
    write(case, "surveillance:true", what="notices")
    assert "samples are of projects" in checked(case).sampled
    (tmp_path / "more.html").write_text(
        PAGE.format(name="新城区视频监控系统", number=99, town="昌吉市"), encoding="utf-8"
    )
    with case.writing():
        review.review(case, [tmp_path / "more.html"], Options(workers=1))
    write(case, "surveillance:true")
    found = checked(case)
    assert found.interval is None
    assert "drawn of other projects than there are" in found.sampled


def test_a_bundle_gives_the_same_interval_elsewhere(case: Case, tmp_path: Path) -> None:
    draw(case, "part", "surveillance:true", hits=12, others=15)
    read(case, "Ana", "part")
    process(case)
    write(case, "surveillance:true", expected="at_least = 15")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    run("claims", "check", str(case.root))
    here = checked(case)
    run("claims", "bundle", str(case.root), "--out", str(tmp_path / "b.tar"))
    with tarfile.open(tmp_path / "b.tar") as archive:
        archive.extractall(tmp_path / "elsewhere", filter="data")
    there = Case.open(tmp_path / "elsewhere" / "case")
    run("rebuild", str(there.root), "--quiet")
    again = checked(there)
    assert here.interval is not None
    assert (again.interval, again.sampled, again.verdict) == (
        here.interval, here.sampled, here.verdict,
    )  # fmt: skip
    assert again.evidence_sha256 == here.evidence_sha256
    assert json.loads(run("claims", "diff", str(there.root), "--json"))["changed"] == []
    assert "By sample 'part' of " in run("claims", "check", str(there.root), "claim")
