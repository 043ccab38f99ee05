"""What a coder says reaches every column that hangs on it, by the case's own taxonomy."""

import json

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.tables import CODED_COLUMNS, NOTICES
from sousveil.case.taxonomy_copy import write_taxonomy
from sousveil.pipeline import process, review
from sousveil.pipeline.deciding import take
from tests.pipeline.conftest import OPINION

BALLOON = (
    OPINION.replace("网络舆情监测服务", "监看气球")
    .replace("舆情监测服务", "监看气球")
    .replace("EX-2021-2", "EX-2021-3")
)
FILE = """facet = "capability"
[[code]]
id = "balloons"
en = "Balloons that watch"
zh = "飘球"
definition = "Cameras on balloons."
includes = "Tethered balloons."
excludes = "Toys."
[[code.terms]]
weight = 2.0
zh = ["绝无此词之飘球"]
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    root = tmp_path_factory.mktemp("decided")
    (root / "given").mkdir()
    (root / "given/opinion.txt").write_text(OPINION, "utf-8")
    (root / "given/balloon.txt").write_text(BALLOON, "utf-8")
    made = Case.create(root / "case")
    folder = made.root / "taxonomy"
    write_taxonomy(folder)
    (folder / "balloons.toml").write_text(FILE, "utf-8")
    index = folder / "taxonomy.toml"
    text = index.read_text("utf-8").replace("files = [", 'files = [\n    "balloons.toml",')
    index.write_text(text.replace('version = "', 'version = "own.'), "utf-8")
    with made.writing():
        review.review(made, [root / "given"], process.Options(workers=1))
    return made


def row(case: Case, name: str) -> dict[str, object]:
    with connect(case) as connection:
        found = connection.execute(
            f"SELECT notice_id, taxonomy_version, {', '.join(CODED_COLUMNS)} FROM notices"
            " WHERE source_path LIKE ?",
            [f"%{name}.txt"],
        ).fetchall()
    assert len(found) == 1
    return dict(zip(("notice_id", "taxonomy_version", *CODED_COLUMNS), found[0], strict=True))


def decide(case: Case, line: str) -> None:
    table = case.root.parent / "table.csv"
    table.write_text(f"notice_id,relevant,capabilities\n{line}\n", "utf-8")
    with case.writing():
        taken = take(case, table, "Ana")
        assert (taken.added, taken.wrong) == (1, ())
        review.process(case, process.Options(workers=1))


def test_a_no_empties_all_that_hangs_on_a_capability(case: Case) -> None:
    before = row(case, "opinion")
    assert before["surveillance"]
    hanging = ("capabilities", "platforms", "functions", "data_sources")
    assert all(before[name] for name in hanging)
    decide(case, f"{before['notice_id']},no,")
    after = row(case, "opinion")
    assert [after[name] for name in hanging] == [[], [], [], []]
    assert not after["surveillance"]
    assert after["surveillance_score"] == before["surveillance_score"]


def test_codes_are_of_the_cases_own_taxonomy(case: Case) -> None:
    before = row(case, "balloon")
    decide(case, f"{before['notice_id']},yes,balloons")
    after = row(case, "balloon")
    assert after["capabilities"] == ["balloons"]
    version = str(after["taxonomy_version"])
    assert version.startswith("own.")
    assert json.loads(str(after["coding"]))["taxonomy_version"] == version
    assert json.loads(str(after["basis"]))["capabilities"] == "coder"


def test_every_column_of_a_coding_is_one_of_notices() -> None:
    assert set(CODED_COLUMNS) <= set(NOTICES.names)
