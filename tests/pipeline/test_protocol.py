"""The report of a review: its log counts what the figure and the case say, decided on or not."""

import csv
import json
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.queries import SavedQuery, save_query
from sousveil.case.samples import read_sample
from sousveil.case.verify import verify
from sousveil.cli.main import app
from sousveil.errors import UsageError
from sousveil.model.decision import Relevance
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.estimating import draw
from sousveil.pipeline.process import Options
from sousveil.pipeline.protocol import write_protocol
from sousveil.report.protocol import Protocol, numbers
from tests.cli.test_estimate import PAGE, TOWNS, titles, wanted
from tests.report.browser import needs_chromium, watched_page

FILES = ("methods.txt", "protocol.html", "protocol.png", "protocol.svg", "review-log.csv")
CLAIM = """statement = "Twenty systems."
[source]
who = "a newspaper"
where = "its review"
date = "2022"
[definition]
query = "视频监控"
[counted]
what = "projects"
[expected]
at_least = 20
"""


def give(folder: Path) -> None:
    """Fifty notices: 20 on cameras, 3 on patrols, 27 on furniture, ten of these in an archive; the
    first again byte by byte, a copy of the second, and three files that are none."""
    names = [f"{TOWNS[at % 10]}第{at + 1}期城区视频监控系统" for at in range(20)]
    names += [f"{TOWNS[at % 10]}第{at + 1}批巡防设备" for at in range(3)]
    names += [f"{TOWNS[at % 10]}第{at + 1}批办公家具" for at in range(27)]
    with zipfile.ZipFile(folder / "rest.zip", "w") as archive:
        for n, name in enumerate(names, start=1):
            page = PAGE.format(name=name, number=n, town=TOWNS[n % 10])
            if n > 40:
                archive.writestr(f"{n}.html", page)
            else:
                (folder / f"{n}.html").write_text(page, encoding="utf-8")
    (folder / "again.html").write_bytes((folder / "1.html").read_bytes())
    (folder / "copy.html").write_bytes((folder / "2.html").read_bytes() + b"<!-- -->")
    (folder / "empty.html").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "note.txt").write_text("Nothing here is a record of a purchase.", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("protocol")
    (folder / "records").mkdir()
    give(folder / "records")
    case = Case.open_or_create(folder / "案", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [folder / "records"], Options(workers=1))
        save_query(case, SavedQuery("监控", "视频监控", "<b>What cameras are called</b>"))
    (case.root / "claims" / "cameras.toml").write_text(CLAIM, encoding="utf-8")
    return case.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made, tmp_path / "案")
    return Case.open(tmp_path / "案")


def decide(case: Case) -> None:
    """Three coders: 李安 reads all of a sample, Bo some of it, Ana the likeliest and by chance."""
    said = titles(case)

    def right(lead: str) -> Relevance:
        return "yes" if wanted(said[lead]) else "no"

    draw(case, "样本", "视频监控", hits=15, others=20)
    desk = Desk(case, "李安", sample="样本")
    for project in desk.waiting():
        desk.decide(project, right(project.lead))
    desk = Desk(case, "Bo", sample="样本")
    for at, project in enumerate(desk.waiting()[:10]):
        wrong: Relevance = "no" if right(project.lead) == "yes" else "yes"
        desk.decide(project, "unsure" if at == 3 else wrong if at == 5 else right(project.lead))
    desk = Desk(case, "Ana", "likely")
    for project in desk.waiting()[:8]:
        desk.decide(project, right(project.lead))
    desk = Desk(case, "Ana", "random", seed=4)
    for project in desk.waiting()[:6]:
        desk.decide(project, right(project.lead))


@pytest.fixture(scope="module")
def decided(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Protocol, Path]:
    folder = tmp_path_factory.mktemp("decided")
    shutil.copytree(made, folder / "案")
    case = Case.open(folder / "案")
    decide(case)
    with case.writing():
        pipeline.process(case, Options(workers=1))
    return case, write_protocol(case, folder / "out"), folder / "out"


def counted_again(protocol: Protocol, folder: Path) -> None:
    """Run each query of a box over the log's file, as the page says."""
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE log AS SELECT * FROM read_csv(?, all_varchar = true)",
            [str(folder / "review-log.csv")],
        )
        ((rows,),) = database.execute("SELECT count(*) FROM log").fetchall()
        assert rows == protocol.rows
        for box in protocol.boxes.values():
            assert database.execute(box.query).fetchall() == [(box.number,)], box.name
            if box.parts_query:
                parts = [n for _, n in database.execute(box.parts_query).fetchall() if n]
                assert parts == [part.number for part in box.parts], box.name


def adds_up(protocol: Protocol) -> None:
    """What leaves and what stays is what came."""
    n = protocol.number
    (in_files,) = [p.number for p in protocol.boxes["notices"].parts if p.label.startswith("files")]
    assert n("files") == in_files + n("unread") + n("empty")
    assert n("notices") == n("projects") + n("copies") + n("joined")
    assert n("projects") == n("found") + n("not_found") == n("decided") + n("undecided")
    assert n("decided") == n("relevant") + n("irrelevant") + n("open")
    additive = ("files", "unread", "empty", "found", "undecided", "relevant", "irrelevant", "open",
                "claims")  # fmt: skip
    for name in additive:
        box = protocol.boxes[name]
        assert not box.number or sum(part.number for part in box.parts) == box.number, name


def log_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "review-log.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_an_undecided_case_says_so_and_counts_as_the_case_does(
    demo_case: Case, tmp_path: Path
) -> None:
    protocol = write_protocol(demo_case, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == list(FILES)
    counted_again(protocol, tmp_path / "out")
    adds_up(protocol)
    with connect(demo_case) as connection:
        for box, query in (
            ("files", "SELECT count(*) FROM files"),
            ("unread", "SELECT count(*) FROM files WHERE status IN ('failed', 'waiting')"),
            ("notices", "SELECT count(*) FROM notices"),
            ("copies", "SELECT count(duplicate_of) FROM notices"),
            ("projects", "SELECT count(*) FROM projects"),
            ("found", "SELECT count(*) FROM projects WHERE surveillance"),
        ):
            assert connection.execute(query).fetchall() == [(protocol.number(box),)], box
        ids = connection.execute("SELECT notice_id FROM notices ORDER BY 1").fetchall()
    rows = log_of(tmp_path / "out")
    assert sorted(row["notice"] for row in rows if row["notice"]) == [i for (i,) in ids]
    assert protocol.number("decided") == 0
    assert {row["reviewed"] for row in rows if row["notice"]} == {"machine alone"}
    assert {row["reviewed"] for row in rows if row["state"] == "failed"} == {"nobody"}
    for name in ("protocol.html", "methods.txt"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "Nobody has checked what the machine found" in text
        assert "invented" in text or "illustrative" in text
    assert protocol.number("claims") == len(
        {p.project_key for c in protocol.claims for p in c.evidence if p.found}
    )


def test_a_decided_case_counts_to_the_last_row(decided: tuple[Case, Protocol, Path]) -> None:
    case, protocol, folder = decided
    counted_again(protocol, folder)
    adds_up(protocol)
    n = protocol.number
    assert (n("files"), n("unread"), n("empty")) == (56, 2, 3)
    assert (n("notices"), n("copies"), n("projects")) == (51, 1, 50)
    assert (n("sampled"), n("queries"), n("claims")) == (35, 20, 20)
    assert {c.name: c.projects for c in protocol.coders} == {"Ana": 14, "Bo": 10, "李安": 35}
    states = Counter(row["state"] for row in log_of(folder))
    assert states == {
        "notice": 50, "copy": 1, "failed": 2, "same_file": 1, "holds_files": 1, "no_notice": 1,
    }  # fmt: skip
    assert n("decided") > 35
    assert protocol.samples[0].recall is not None
    assert protocol.stop.seed == 4
    assert list(verify(case)) == []


def test_each_row_says_who_decided_what_and_from_where(
    decided: tuple[Case, Protocol, Path],
) -> None:
    case, _, folder = decided
    said, rows = titles(case), {row["notice"]: row for row in log_of(folder)}
    for stratum in read_sample(case, "样本").strata:
        chance = len(stratum.projects) / stratum.population
        for project in stratum.projects:
            row = rows[project.lead]
            assert row["李安 decision"] == ("yes" if wanted(said[project.lead]) else "no")
            assert row["李安 from"] == f"sample 样本/{stratum.name}"
            assert float(row["李安 probability"]) == pytest.approx(chance, abs=1e-5)
            assert row["李安 at"] > "2020"
            assert row["reviewed"] == "person"
            assert row["samples"].startswith(f"样本/{stratum.name} p=")
    alone = [row for row in rows.values() if row["notice"] and row["reviewed"] != "person"]
    assert alone
    for row in alone:
        assert not row["ruling"]
        assert not any(row[f"{coder} decision"] for coder in ("Ana", "Bo", "李安"))
    assert {row["Ana from"] for row in rows.values()} == {"", "queue likely", "queue random"}
    disputed = [row for row in rows.values() if row["ruling"] == "disputed"]
    assert disputed
    assert all(row["Bo decision"] != row["李安 decision"] for row in disputed)


def test_what_the_machine_found_is_not_what_people_decided(case: Case, tmp_path: Path) -> None:
    before = write_protocol(case, tmp_path / "before")
    decide(case)
    between = write_protocol(case, tmp_path / "between")
    with case.writing():
        pipeline.process(case, Options(workers=1))
    after = write_protocol(case, tmp_path / "after")
    assert before.number("found") == between.number("found") == after.number("found") == 20
    assert between.number("decided") == after.number("decided") > 0
    assert between.number("relevant") == after.number("relevant")


def test_a_record_that_changed_is_not_reviewed(case: Case, tmp_path: Path) -> None:
    desk = Desk(case, "Ana", "likely")
    first = desk.waiting()[0]
    desk.decide(first, "yes")
    path = case.root / "decisions" / "Ana.jsonl"
    line = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**line, "text_hash": "other"}) + "\n", encoding="utf-8")
    protocol = write_protocol(case, tmp_path / "out")
    (row,) = [row for row in log_of(tmp_path / "out") if row["Ana decision"]]
    assert (row["ruling"], row["reviewed"]) == ("outdated", "machine alone")
    assert row["Ana decision"] == "yes (of another text)"
    assert (protocol.number("decided"), protocol.number("undecided")) == (0, 50)
    counted_again(protocol, tmp_path / "out")


def test_the_methods_section_holds_the_case_s_numbers(
    decided: tuple[Case, Protocol, Path],
) -> None:
    _, protocol, folder = decided
    text = (folder / "methods.txt").read_text(encoding="utf-8")
    found = protocol.samples[0]
    assert found.recall is not None
    assert protocol.agreement.relevance.alpha is not None
    for words in (
        "The case “案” was given 46 files on ",
        "10 more files stood inside archives",
        "2 files could not be read: 1 damaged and 1 empty.",
        "51 notices, 1 of them copies of another",
        "taxonomy 1.0",
        "held 20 of 50 projects",
        "李安 took them from: 15 sample 样本/hits and 20 sample 样本/others.",
        f"{protocol.number('decided')} of 50 projects",
        f"Krippendorff's alpha {protocol.agreement.relevance.alpha.value:.2f}",
        f"the query found {found.recall.value:.0%} (95 % interval {found.recall.low:.0%} to ",
        "1 published statement was counted again",
        f"review-log.csv has {protocol.rows} rows",
    ):
        assert words in text
    assert re.search(r"nobody decided \(\d+ ", text)


def test_the_page_stands_alone_and_shows_what_others_wrote_as_it_is(
    decided: tuple[Case, Protocol, Path],
) -> None:
    _, _, folder = decided
    page = (folder / "protocol.html").read_text(encoding="utf-8")
    assert "<b>What cameras" not in page
    assert "&lt;b&gt;What cameras are called" in page
    assert not re.search(r"(src|href)=\"(?!#|data:)", page)
    assert (folder / "protocol.png").read_bytes().startswith(b"\x89PNG")


@needs_chromium
def test_the_page_asks_for_nothing_and_fits(decided: tuple[Case, Protocol, Path]) -> None:
    _, _, folder = decided
    with watched_page() as watched:
        watched.page.goto(f"file://{folder}/protocol.html")
        assert watched.page.locator("#figure svg text", has_text="by 李安").count() == 1
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert watched.messages == []
        assert len(watched.requests) == 1


def test_the_command_writes_into_the_case_or_a_folder(case: Case, tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["protocol", str(case.root)], catch_exceptions=False)
    assert run.exit_code == 0
    assert "Nobody has decided on any project" in run.output
    assert sorted(path.name for path in (case.root / "protocol").iterdir()) == list(FILES)
    assert list(verify(case)) == []
    out = tmp_path / "other"
    run = CliRunner().invoke(app, ["protocol", str(case.root), "--output", str(out), "--json"])
    told = json.loads(run.stdout)
    assert told["boxes"]["projects"]["number"] == 50
    assert told["folder"] == str(out)
    assert told["claims"][0]["claim"] == "cameras"
    with pytest.raises(UsageError, match="no folder"):
        write_protocol(case, case.root / "case.toml")
    empty = Case.create(tmp_path / "empty", taxonomy="1.0")
    with pytest.raises(UsageError, match="Nothing has been read"):
        write_protocol(empty, tmp_path / "none")


def test_the_same_case_gives_the_same_log_and_numbers(
    decided: tuple[Case, Protocol, Path], tmp_path: Path
) -> None:
    case, protocol, folder = decided
    again = write_protocol(case, tmp_path / "again")
    for name in ("review-log.csv", "protocol.svg"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    assert {**numbers(again), "made": ""} == {**numbers(protocol), "made": ""}


def test_a_query_that_cannot_be_read_is_told(case: Case, tmp_path: Path) -> None:
    path = case.root / "queries" / "wrong.toml"
    path.write_text('query = "nofield:3"\n', encoding="utf-8")
    protocol = write_protocol(case, tmp_path / "out")
    assert [query.name for query in protocol.queries] == ["监控"]
    assert protocol.wrong[0].startswith("Query wrong: There is no field nofield")
    assert "There is no field nofield" in (tmp_path / "out" / "protocol.html").read_text()
