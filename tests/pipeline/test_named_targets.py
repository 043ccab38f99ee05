"""A person whom a specification names as a target: masked, coded as a group, not to be found."""

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import process, review
from sousveil.pipeline.find import find

HEAD = """示例市境外舆情监测服务采购公告
项目编号：EX-2021-{n}
项目名称：境外舆情监测服务
采购人：示例市宣传部
预算金额：100万元
"""
TOLD = {
    "a Chinese name": ("采购需求：重点监测外国记者王建国的推特账号及发帖。\n", "王建国", "王建国"),
    "a name in Latin letters": (
        "采购需求：采集境外媒体记者Jonathan Merriweather的推特账号及发帖。\n",
        "Merriweather",
        "Jonathan Merriweather",
    ),
}
ENGLISH = """Tender notice
Title: Social media monitoring service
Buyer: Example Police Department
Reference: EX-2021-9
Description: The platform monitors foreign journalists on Twitter, among them the journalist
Jonathan Merriweather, and collects their posts.
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    root = tmp_path_factory.mktemp("targets")
    given = root / "given"
    given.mkdir()
    for n, (line, _, _) in enumerate(TOLD.values()):
        (given / f"{n}.txt").write_text(
            HEAD.format(n=n) + line + "公告日期：2021年3月2日\n", "utf-8"
        )
    (given / "en.txt").write_text(ENGLISH, "utf-8")
    case = Case.create(root / "case")
    with case.writing():
        review.review(case, [given], process.Options(workers=1))
    return case


@pytest.mark.parametrize("n", range(len(TOLD)), ids=TOLD)
def test_the_name_is_masked_and_the_group_is_coded(case: Case, n: int) -> None:
    with connect(case) as connection:
        ((groups, notice, coding, text),) = connection.execute(
            "SELECT target_groups, notice, coding, text FROM notices JOIN pages"
            " USING (document_sha256, page) WHERE project_id = ?",
            [f"EX-2021-{n}"],
        ).fetchall()
    _, word, name = list(TOLD.values())[n]
    assert "foreign_media" in groups
    assert "〔person〕" in text
    for stored in (text, notice, coding):
        assert word not in stored
    assert find(case, f'"{name}"', limit=5, offset=0, order="relevance").total == 0
    assert find(case, "target:foreign_media", limit=5, offset=0, order="relevance").total >= 2


def test_the_name_stands_nowhere_outside_private_and_originals(case: Case) -> None:
    words = [word.encode() for _, word, _ in TOLD.values()]
    for top in ("derived", "index", "report"):
        for path in sorted((case.root / top).rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                assert not any(word in content for word in words), path


def test_an_english_specification_too(case: Case) -> None:
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT text FROM pages WHERE text LIKE '%Example Police%'"
        ).fetchall()
    ((text,),) = rows
    assert "Merriweather" not in text
