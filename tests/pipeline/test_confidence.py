"""Every extractor's fields are weighed; what is unsure is found, counted, and the same again."""

import json
import shutil
from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.extract.confidence import REVIEW_BELOW, WEIGHED
from sousveil.pipeline.find import open_index
from sousveil.search import parse_query
from tests.pipeline.conftest import Run

FIXTURES = Path(__file__).parents[1] / "extract"
RELEASE = {
    "ocid": "ocds-x-1",
    "id": "1",
    "date": "2026-03-01T00:00:00Z",
    "tag": ["tender"],
    "buyer": {"name": "Example Police Service"},
    "tender": {"id": "T-1", "title": "Camera network", "value": {"amount": 4000}},
}
ROWS = "采购单位,采购项目名称,预算金额(万元)\n示例市公安局,视频监控,30\n"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, sousveil: Run) -> Path:
    given = tmp_path_factory.mktemp("weighed") / "given"
    given.mkdir()
    (given / "release.json").write_text(json.dumps({"releases": [RELEASE]}), encoding="utf-8")
    (given / "rows.csv").write_text(ROWS, encoding="utf-8")
    shutil.copy(FIXTURES / "chinese/fixtures/award_capitals_disagree.txt", given)
    sousveil("review", given, "--case", given.parent / "case", "--quiet")
    return given.parent / "case"


def notices(case: Path) -> dict[str, tuple[list[str], dict[str, object]]]:
    """Flags and the whole notice, by id."""
    with connect(Case.open(case)) as connection:
        rows = connection.execute("SELECT notice_id, flags, notice FROM notices").fetchall()
    return {name: (flags, json.loads(notice)) for name, flags, notice in rows}


def test_every_stated_field_of_every_extractor_is_weighed(case: Path) -> None:
    seen = set()
    for flags, notice in notices(case).values():
        stated = {name for name in WEIGHED if notice.get(name)}
        assert set(notice["strengths"]) == stated  # type: ignore[call-overload]
        for name in stated:
            value = notice[name]
            for field in value if isinstance(value, list) else [value]:
                seen.add(field["evidence"]["extractor"].partition("/")[0])
                assert 0 < field["confidence"] < 1
                if field["confidence"] < REVIEW_BELOW:
                    assert f"unsure_{name}" in flags
    assert seen == {"ocds", "tabular", "cn_forms"}


@pytest.mark.parametrize("flag", ["unsure_budget", "unsure_award"])
def test_what_is_unsure_is_found(case: Path, flag: str) -> None:
    """A budget without a currency; an award whose capitals and digits disagree."""
    holding = {name for name, (flags, _) in notices(case).items() if flag in flags}
    assert len(holding) == 1
    assert set(open_index(Case.open(case)).ids(parse_query(f"flag:{flag}"))) == holding


def test_rebuilding_weighs_the_same(case: Path, sousveil: Run, tmp_path: Path) -> None:
    again = tmp_path / "case"
    shutil.copytree(case, again)
    for top in ("private", "derived", "index", "report"):
        shutil.rmtree(again / top)
    sousveil("rebuild", again, "--quiet")
    assert notices(again) == notices(case)
