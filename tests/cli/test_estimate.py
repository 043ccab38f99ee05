"""Sample, code, estimate: what a query finds and misses, and how far coders agree."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.samples import read_sample
from sousveil.case.verify import verify
from sousveil.cli.main import app
from sousveil.errors import DecisionError
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.estimating import agreed, draw, estimate, stop
from sousveil.pipeline.process import Options

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{name}招标公告</title></head><body>"
    "<h1>{name}招标公告</h1><p>项目编号：CJ-2024-{number:04d}</p><p>项目名称：{name}</p>"
    "<p>采购人：{town}公安局</p><p>预算金额：{number}万元</p><p>发布时间：2024年03月01日</p></body></html>"
)
TOWNS = [
    "昌吉市", "阜康市", "五家渠市", "石河子市", "伊宁市", "库尔勒市", "喀什市", "和田市",
    "阿图什市", "吐鲁番市",
]  # fmt: skip
HITS, REST = 20, 30
RELEVANT_REST = 3
"""Of the notices that the query does not find, those that a reader holds relevant."""


def wanted(title: str) -> bool:
    """What a reader says: all that the query finds but two, and three more."""
    return ("视频监控" in title and "阜康市" not in title) or "巡防" in title


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estimate")
    records = folder / "records"
    records.mkdir()
    names = [f"{TOWNS[at % 10]}第{at + 1}期城区视频监控系统" for at in range(HITS)]
    names += [f"{TOWNS[at % 10]}第{at + 1}批巡防设备" for at in range(RELEVANT_REST)]
    names += [f"{TOWNS[at % 10]}第{at + 1}批办公家具" for at in range(REST - RELEVANT_REST)]
    for number, name in enumerate(names, start=1):
        page = PAGE.format(name=name, number=number, town=TOWNS[number % 10])
        (records / f"{number}.html").write_text(page, encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    return case.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made, tmp_path / "case")
    return Case.open(tmp_path / "case")


def titles(case: Case) -> dict[str, str]:
    from sousveil.case.database import connect

    with connect(case) as connection:
        return dict(connection.execute("SELECT notice_id, title FROM notices").fetchall())


def read(case: Case, coder: str, sample: str, most: int = 1_000) -> None:
    """The coder decides on what waits, by the title."""
    desk, said = Desk(case, coder, sample=sample), titles(case)
    for project in desk.waiting()[:most]:
        desk.decide(project, "yes" if wanted(said[project.lead]) else "no")


def test_a_sample_read_whole_gives_the_truth(case: Case) -> None:
    draw(case, "first", "视频监控", hits=HITS, others=REST)
    read(case, "Ana", "first")
    said = estimate(case, "first")
    assert said.precision is not None
    assert said.recall is not None
    assert said.relevant is not None
    assert (said.precision.value, said.precision.low, said.precision.high) == (0.9, 0.9, 0.9)
    assert said.recall.value == pytest.approx(18 / 21)
    assert (said.relevant.low, said.relevant.value, said.relevant.high) == (21, 21, 21)
    assert list(verify(case)) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_part_of_it_holds_the_truth_between_its_limits(case: Case, seed: int) -> None:
    draw(case, "part", "视频监控", hits=12, others=15, seed=seed)
    read(case, "Ana", "part")
    said = estimate(case, "part")
    assert said.precision is not None
    assert said.recall is not None
    assert said.relevant is not None
    assert said.precision.low <= 0.9 <= said.precision.high
    assert said.recall.low <= 18 / 21 <= said.recall.high
    assert said.relevant.low <= 21 <= said.relevant.high
    assert said.more is not None
    assert sum(said.more.values()) > 0


def test_a_sample_is_drawn_on_and_what_was_read_stays(case: Case) -> None:
    few = draw(case, "s", "视频监控", hits=5, others=5)
    read(case, "Ana", "s")
    many = draw(case, "s", "视频监控", hits=10, others=10)
    for before, after in zip(few.strata, many.strata, strict=True):
        assert after.projects[:5] == before.projects
    assert len(Desk(case, "Ana", sample="s").waiting()) == 10
    assert read_sample(case, "s") == many
    assert len(Desk(case, "Bo", sample="s").waiting()) == 20


def test_a_sample_of_another_query_or_seed_needs_another_name(case: Case) -> None:
    draw(case, "s", "视频监控", hits=5, others=5)
    with pytest.raises(DecisionError, match="of another query or seed"):
        draw(case, "s", "办公家具", hits=5, others=5)
    with pytest.raises(DecisionError, match="of another query or seed"):
        draw(case, "s", "视频监控", hits=5, others=5, seed=2)
    with pytest.raises(DecisionError, match="finds no project"):
        draw(case, "none", "潜艇", hits=5, others=5)
    with pytest.raises(DecisionError, match="no sample 'other'"):
        estimate(case, "other")


def test_what_was_passed_over_or_is_unsure_widens_the_interval(case: Case) -> None:
    draw(case, "s", "视频监控", hits=HITS, others=REST)
    desk, said = Desk(case, "Ana", sample="s"), titles(case)
    waiting = desk.waiting()
    for at, project in enumerate(waiting):
        if at == 3:
            continue
        answer = "unsure" if at == 5 else "yes" if wanted(said[project.lead]) else "no"
        desk.decide(project, answer)  # type: ignore[arg-type]
    found = estimate(case, "s")
    assert sum(one.open for one in found.strata) == 2
    assert found.relevant is not None
    assert found.relevant.high - found.relevant.low == 2
    assert found.relevant.low <= 21 <= found.relevant.high


def test_nothing_is_said_before_something_is_read(case: Case) -> None:
    draw(case, "s", "视频监控", hits=5, others=5)
    said = estimate(case, "s")
    assert (said.precision, said.recall, said.relevant, said.more) == (None, None, None, None)


def test_decisions_keep_the_draw_and_process_does_not_flatter(case: Case) -> None:
    drawn = draw(case, "s", "surveillance:yes", hits=10, others=10)
    read(case, "Ana", "s")
    sources = {d.source for d in read_decisions(case)}
    assert {s.population for s in sources if s} == {o.population_hash for o in drawn.strata}
    assert {s.name for s in sources if s} == {"s/hits", "s/others"}
    before = estimate(case, "s")
    with case.writing():
        pipeline.process(case, Options(workers=1))
    after = estimate(case, "s")
    assert after == before  # the query as it was when the sample was drawn
    assert before.precision is not None
    assert before.precision.value < 1 or before.precision.low < 1


def test_agreement_of_two_coders(case: Case) -> None:
    draw(case, "s", "视频监控", hits=10, others=10)
    read(case, "Ana", "s")
    desk, said = Desk(case, "Bo", sample="s"), titles(case)
    for at, project in enumerate(desk.waiting()):
        right = wanted(said[project.lead])
        desk.decide(project, "yes" if right != (at == 0) else "no")
    found = agreed(case, "s").relevance
    assert (found.coders, found.units, len(found.disagreements)) == (("Ana", "Bo"), 20, 1)
    assert found.agreed is not None
    assert found.agreed.value == 0.95
    assert found.kappa is not None
    assert 0.8 < found.kappa.value < 1


def test_the_commands_tell_it(case: Case) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments])
        assert result.exit_code == 0, result.output
        return result.output

    root = str(case.root)
    told = run("sample", root, "s", "--query", "视频监控", "--hits", "20", "--others", "30")
    assert "20 of 20 hits drawn." in told
    assert "cannot be told yet" in run("estimate", root, "s")
    read(case, "Ana", "s")
    told = run("estimate", root, "s")
    assert "Right of what it finds  90.0% (90.0% to 90.0%)" in told
    assert "Relevant in all         21 (21 to 21)" in told
    assert json.loads(run("estimate", root, "s", "--json"))["precision"]["value"] == 0.9
    assert "Projects that two or more decided on: 0" in run("agreement", root)


def test_whether_a_review_may_stop_is_told(case: Case) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["estimate", str(case.root), *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    said = titles(case)
    assert "Of 50 projects in the queue decided: 0;" in run()
    desk = Desk(case, "Ana", "likely")
    for project in desk.waiting()[:25]:
        desk.decide(project, "yes" if wanted(said[project.lead]) else "no")
    assert json.loads(run("--json"))["at_random"] == 0
    desk = Desk(case, "Ana", "random", seed=5)
    for project in desk.waiting()[:10]:
        desk.decide(project, "yes" if wanted(said[project.lead]) else "no")
    told = run()
    assert "read in the order of chance: 10." in told
    assert "is not yet rejected, p = " in told
    assert "Go on with '--queue random --seed 5'" in told
    found = json.loads(run("--json", "--recall", "0.6"))
    assert (found["goal"], found["at_random"], found["decided"]) == (0.6, 10, 35)
    assert json.loads(run("--json", "--coder", "Bo"))["decided"] == 0
    assert json.loads(run("--json", "--query", "视频监控"))["population"] == HITS
    for project in desk.waiting():
        desk.decide(project, "yes" if wanted(said[project.lead]) else "no")
    assert "You may stop." in run()
    assert desk.stop() == stop(case)


def test_how_many_more_are_to_be_drawn_is_told(case: Case) -> None:
    draw(case, "s", "视频监控", hits=5, others=5)
    read(case, "Ana", "s")
    more = estimate(case, "s").more
    assert more is not None
    told = CliRunner().invoke(app, ["estimate", str(case.root), "s"]).output
    wished = {name: 5 + count for name, count in more.items()}
    assert f"--hits {wished['hits']} --others {wished['others']}" in told
    before = estimate(case, "s").recall
    draw(case, "s", "视频监控", hits=wished["hits"], others=wished["others"])
    read(case, "Ana", "s")
    after = estimate(case, "s").recall
    assert before is not None
    assert after is not None
    assert after.half_width < before.half_width
