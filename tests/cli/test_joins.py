"""``sousveil joins``: listed with reasons, accepted, rejected, split; what a script reads."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
    "<h1>{title}</h1><p>项目编号：{number}</p><p>项目名称：{name}</p><p>采购人：{buyer}</p>"
    "<p>预算金额：{amount}万元</p><p>发布时间：2024年03月{day:02d}日</p></body></html>"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("joins")
    records = folder / "records"
    records.mkdir()
    for number, (buyer, kind) in enumerate(
        (
            ("昌吉州公安局", "招标公告"),
            ("昌吉回族自治州公安局", "更正公告"),
            ("昌吉州公安局", "中标公告"),
        )
    ):
        page = PAGE.format(
            title=f"昌吉州视频监控系统建设项目{kind}",
            number="CJZ-2024-0317-08",
            name="昌吉州视频监控系统建设项目",
            buyer=buyer,
            amount=120 + number,
            day=number + 1,
        )
        (records / f"{number}.html").write_text(page, encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    return case.root


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["joins", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def rows(root: Path, query: str) -> list[tuple[object, ...]]:
    with connect(Case.open(root)) as connection:
        return connection.execute(query).fetchall()


def process(root: Path) -> None:
    assert CliRunner().invoke(app, ["process", str(root), "--quiet"]).exit_code == 0


def test_joins_are_listed_with_reasons_and_gloss(root: Path) -> None:
    told = run("list", str(root))
    assert "the same project number" in told
    assert "[gloss]" in told
    found = json.loads(run("list", str(root), "--of", "organisation", "--json"))
    assert [(j["rule"], j["levels"]["rest"]) for j in found] == [("same_parts", "same")]
    assert {found[0]["left_name"], found[0]["right_name"]} == {
        "昌吉州公安局",
        "昌吉回族自治州公安局",
    }
    assert json.loads(run("list", str(root), "--below", "0.5", "--json")) == []


def test_a_group_is_one_line_with_its_reasons(root: Path) -> None:
    told = run("list", str(root))
    *lines, last = told.splitlines()
    assert len(lines) == 2
    (organisation,) = [line for line in lines if "  organisation g" in line]
    (project,) = [line for line in lines if "  project p" in line]
    assert "  2 names  " in organisation
    assert "  3 notices  昌吉州视频监控系统建设项目  [gloss]" in project
    reasons = project.split("  | ")[1]
    assert "the same project number" in reasons
    assert last.startswith("2 of 2 listed")
    assert [line[:4] for line in lines] == sorted(line[:4] for line in lines)
    assert run("list", str(root), "-n", "1").splitlines()[-1].startswith("1 of 2 listed")
    assert run("list", str(root), "--below", "0.5").splitlines()[-1].startswith("0 of 0 listed")


def test_the_joins_of_one_are_listed_by_its_key(root: Path) -> None:
    [(key,)] = rows(root, "SELECT project_key FROM projects")
    found = json.loads(run("list", str(root), "--key", str(key), "--json"))
    told = run("list", str(root), "--key", str(key)[:10])
    for join in found:
        assert join["left"][:12] in told
        assert join["right"][:12] in told
    assert told.splitlines()[-1] == f"{len(found)} joins listed, the least probable first."


def test_a_member_is_split_off_and_taken_back(root: Path) -> None:
    [(key, members)] = rows(root, "SELECT project_key, notice_ids FROM projects")
    assert isinstance(members, list)
    told = run("split", str(root), str(key), members[0][:10], "--by", "Li", "--note", "another")
    assert "1 taken out, 2 judgements kept" in told
    now = [line for line in told.splitlines() if "Now: " in line]
    then = [line for line in told.splitlines() if "Then: " in line]
    assert (len(now), len(then)) == (1, 2)
    assert str(key)[:10] in now[0]
    assert "CNY" in now[0]
    expected = {line.split()[1] for line in then}
    process(root)
    keys = {str(k)[:10] for (k,) in rows(root, "SELECT project_key FROM projects")}
    assert keys == expected
    run("accept", str(root), members[0], members[1], "--by", "Li")
    run("accept", str(root), members[0], members[2], "--by", "Li")
    process(root)
    assert rows(root, "SELECT count(*) FROM projects") == [(1,)]
    assert rows(root, "SELECT count(*) FROM joins WHERE rule = 'judged'") == [(2,)]


def test_names_are_rejected(root: Path) -> None:
    ids = [str(row[0]) for row in rows(root, "SELECT DISTINCT name_id FROM mentions ORDER BY 1")]
    assert len(ids) == 2
    told = json.loads(run("reject", str(root), ids[1], ids[0], "--by", "Li", "--json"))
    assert (told["kind"], told["verdict"], told["left"]) == ("organisation", "different", ids[0])
    process(root)
    assert rows(root, "SELECT count(*) FROM organisations") == [(2,)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("accept", "{case}", "ffffffffffff", "eeeeeeeeeeee", "--by", "Li"),
        ("accept", "{case}", "{notice}", "{notice}", "--by", "Li"),
        ("accept", "{case}", "{notice}", "{name}", "--by", "Li"),
        ("reject", "{case}", "{notice}", "{notice2}", "--by", "../Li"),
        ("split", "{case}", "pffffffffff", "{notice}", "--by", "Li"),
        ("list", "{case}", "--of", "persons"),
    ],
)
def test_what_cannot_be_is_refused(root: Path, arguments: tuple[str, ...]) -> None:
    notices = [str(row[0]) for row in rows(root, "SELECT notice_id FROM notices ORDER BY 1")]
    [(name,)] = rows(root, "SELECT min(name_id) FROM mentions")
    words = {"case": str(root), "notice": notices[0], "notice2": notices[1], "name": str(name)}
    before = sorted((root / "decisions").rglob("*"))
    result = CliRunner().invoke(app, ["joins", *(a.format(**words) for a in arguments)])
    assert result.exit_code != 0
    assert sorted((root / "decisions").rglob("*")) == before
