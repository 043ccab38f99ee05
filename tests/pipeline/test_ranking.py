"""What waits is ranked anew as decisions come, beside the keys."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.coding.queues import QueueName
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.learning import Featured
from sousveil.pipeline.process import Options
from sousveil.pipeline.ranking import EVERY, FEW, Ranker
from tests.pipeline.test_learning import page

COUNT = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a kind of system that the rules do not know: every third of its notices."""
    folder = tmp_path_factory.mktemp("ranking")
    (folder / "given").mkdir()
    rng = random.Random(5)
    for number in range(COUNT):
        text, _ = page(number, rng)
        (folder / f"given/{number:03}.html").write_text(text, encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [folder / "given"], Options(workers=1))
    return case.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made, tmp_path / "case")
    return Case.open(tmp_path / "case")


def wanted(case: Case) -> set[str]:
    with connect(case) as connection:
        query = "SELECT notice_id FROM notices WHERE contains(project_name, '脑波')"
        return {name for (name,) in connection.execute(query).fetchall()}


def decide(desk: Desk, right: set[str], each: int) -> None:
    """Decide on ``each`` of the wanted ones and as many others, wherever they stand."""
    waiting = desk.waiting()
    yes = [one for one in waiting if one.lead in right][:each]
    no = [one for one in waiting if one.lead not in right][:each]
    for project in (*yes, *no):
        desk.decide(project, "yes" if project.lead in right else "no")


def middle(desk: Desk, right: set[str]) -> float:
    """Where the wanted ones that wait stand, on average, from 0 to 1."""
    waiting = desk.waiting()
    places = [at for at, one in enumerate(waiting) if one.lead in right]
    return sum(places) / len(places) / len(waiting)


@pytest.mark.parametrize("queue", ["likely", "uncertain"])
def test_the_wanted_ones_move_up(case: Case, queue: QueueName) -> None:
    right = wanted(case)
    desk = Desk(case, "Ana", queue, learn=True)
    before = middle(desk, right)
    decide(desk, right, 4)
    desk.settle()
    assert desk.rerank()
    assert not desk.rerank()
    after = middle(desk, right)
    desk.close()
    assert before > 0.4
    assert after < before - 0.1
    if queue == "likely":
        assert {one.lead for one in desk.waiting()[: len(right) - 4]} <= right


def test_a_decision_names_the_model_that_ranked_it(case: Case) -> None:
    right = wanted(case)
    desk = Desk(case, "Ana", learn=True)
    decide(desk, right, 3)
    desk.settle()
    assert desk.rerank()
    (last,) = desk.decide(desk.waiting()[0], "yes")
    desk.close()
    assert last.source is not None
    assert last.source.model is not None
    assert {d.source.model for d in read_decisions(case)[:-1] if d.source} == {None}


def test_the_same_decisions_give_the_same_model(case: Case, tmp_path: Path) -> None:
    right, found = wanted(case), []
    shutil.copytree(case.root, tmp_path / "again")
    for root in (case.root, tmp_path / "again"):
        desk = Desk(Case.open(root), "Ana", learn=True)
        desk.settle()
        decide(desk, right, 3)
        desk.settle()
        desk.close()
        desk = Desk(Case.open(root), "Ana", learn=True)  # begins with all that is decided
        desk.settle()
        assert desk.rerank()
        (made,) = desk.decide(desk.waiting()[0], "yes")
        desk.close()
        assert made.source is not None
        found.append(made.source.model)
    assert found[0] == found[1]


def test_nothing_is_learned_from_one_kind_or_in_a_sample(case: Case) -> None:
    desk = Desk(case, "Ana", learn=True)
    for project in desk.waiting()[:5]:
        desk.decide(project, "no")
    desk.settle()
    assert not desk.rerank()
    desk.close()
    chance = Desk(case, "Ana", "random", learn=True)
    order = chance.waiting()
    chance.settle()
    assert not chance.rerank()
    assert chance.waiting() == order


def test_the_keys_do_not_wait_for_what_is_being_learned() -> None:
    go = Event()
    asked: list[int] = []

    def load() -> Iterator[Featured]:
        go.wait(60)
        return iter(())

    ranker = Ranker(load)
    for count in range(FEW + 3 * EVERY):
        ranker.inform(count, lambda: asked.append(1) or {})  # type: ignore[func-returns-value]
        assert ranker.latest() is None
    assert asked == []
    go.set()
    ranker.settle()
    assert asked == [1]
    ranker.inform(FEW + 3 * EVERY, dict)
    ranker.settle()
    ranker.close()


def test_the_terminal_goes_on_in_the_new_order(case: Case) -> None:
    arguments = ["code", str(case.root), "--coder", "Ana"]
    result = CliRunner().invoke(app, arguments, input="n" * 8 + "sbq", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "8 of" in result.output
    assert len(read_decisions(case)) == 8
