"""``sousveil code``: one key a decision, kept at once, on every notice of the project."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.cli.main import app
from sousveil.errors import QueryError, UsageError
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{name}{kind}</title></head><body>"
    "<h1>{name}{kind}</h1><p>项目编号：{number}</p><p>项目名称：{name}</p><p>采购人：{buyer}</p>"
    "<p>预算金额：{amount}万元</p><p>发布时间：2024年03月0{day}日</p></body></html>"
)
PURCHASES = (
    ("城区视频监控系统建设项目", "昌吉市公安局", ("招标公告", "中标公告")),
    ("网络舆情监测服务项目", "昌吉市宣传部", ("招标公告",)),
    ("办公家具采购项目", "昌吉市教育局", ("招标公告",)),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    records = folder / "records"
    records.mkdir()
    for number, (name, buyer, kinds) in enumerate(PURCHASES):
        for day, kind in enumerate(kinds, start=1):
            page = PAGE.format(
                name=name, kind=kind, number=f"CJ-2024-{number:04d}", buyer=buyer,
                amount=100 + number, day=day,
            )  # fmt: skip
            (records / f"{number}-{day}.html").write_text(page, encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    return case.root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "case")
    return tmp_path / "case"


def code(root: Path, keys: str, *options: str) -> str:
    arguments = ["code", str(root), "--coder", "Ana", *options]
    result = CliRunner().invoke(app, arguments, input=keys, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def answers(root: Path) -> list[str]:
    return [decision.relevant for decision in read_decisions(Case.open(root))]


def test_a_key_decides_on_every_notice_of_the_project(root: Path) -> None:
    told = code(root, "yq", "--query", "视频监控")
    assert "1 of 1" in told
    assert "1 of 1 decided by Ana: 1 yes, 0 no, 0 unsure." in told
    decisions = read_decisions(Case.open(root))
    assert len(decisions) == 2
    assert {d.source.kind for d in decisions if d.source} == {"queue"}
    assert list(verify(Case.open(root))) == []


def test_what_a_coder_sees(root: Path) -> None:
    told = code(root, "q", "--query", "舆情监测")
    for words in ("网络舆情监测服务项目", "[gloss]", "昌吉市宣传部", "public_opinion_monitoring"):
        assert words in told
    assert answers(root) == []


def test_the_end_of_the_input_keeps_what_was_decided(root: Path) -> None:
    code(root, "yn")
    assert answers(root) == ["yes", "no", "no"]  # the most likely has one notice, the next two
    assert "2 of 3 decided" in code(root, "")


def test_going_back_decides_again_and_the_last_word_counts(root: Path) -> None:
    told = code(root, "ybnsq")
    assert answers(root) == ["yes", "no"]
    assert "1 of 3 decided by Ana: 0 yes, 1 no, 0 unsure." in told


def test_codes_and_notes_are_kept(root: Path) -> None:
    code(root, "cdrones video_surveillance\nq", "--query", "视频监控")
    assert {d.capabilities for d in read_decisions(Case.open(root))} == {
        ("drones", "video_surveillance")
    }
    code(root, "tsaw the contract\nnq", "--query", "办公家具")
    assert [d.note for d in read_decisions(Case.open(root)) if d.note] == ["saw the contract"]


def test_an_unknown_code_is_told_and_asked_again(root: Path) -> None:
    told = code(root, "ctelepathy\nnq", "--query", "视频监控")
    assert "There is no capability telepathy." in told
    assert set(answers(root)) == {"no"}


def test_an_unknown_key_shows_the_keys(root: Path) -> None:
    assert code(root, "z", "--query", "视频监控").count("it buys surveillance") == 2


def test_another_coder_is_asked_too_and_agreement_is_told(root: Path) -> None:
    code(root, "yq", "--query", "舆情监测")
    arguments = ["code", str(root), "--coder", "Bo", "--query", "舆情监测"]
    told = CliRunner().invoke(app, arguments, input="nq").output
    assert "Of 1 that others decided on too, 0 have one answer." in told
    told = code(root, "q", "--queue", "disagreements")
    assert "1 of 1" in told


def test_what_was_decided_holds_after_process(root: Path) -> None:
    code(root, "nq", "--query", "视频监控")
    assert CliRunner().invoke(app, ["process", str(root), "--quiet"]).exit_code == 0
    with connect(Case.open(root)) as connection:
        rows = connection.execute("SELECT name FROM projects WHERE surveillance").fetchall()
    assert [name for (name,) in rows] == ["网络舆情监测服务项目"]


def test_a_queue_or_query_that_is_none_is_told(root: Path) -> None:
    with pytest.raises(UsageError, match="no queue 'best'"):
        code(root, "", "--queue", "best")
    with pytest.raises(QueryError):
        code(root, "", "--query", "buyer:(")


def test_how_far_it_is_is_told_by_a_key_and_at_the_end(root: Path) -> None:
    told = " ".join(code(root, "yq", "--queue", "likely").split())
    assert "Of 3 projects in the queue decided: 1; relevant: 1; read in the order" in told
    assert "only reading at random can do that" in told
    told = " ".join(code(root, "pynp", "--queue", "random").split())
    assert told.count("projects in the queue") == 2
    assert "is not yet rejected" in told
    assert "All are decided" in told
    assert "You may stop." in told


def test_a_part_of_a_queue_tells_no_stop(root: Path) -> None:
    assert "projects in the queue" not in code(root, "q", "--queue", "review")
