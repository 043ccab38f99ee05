"""Organisations of a case: who is named, which names are one, and that it can be made again."""

import io
import json
import shutil
from pathlib import Path

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.judgements import append_judgements
from sousveil.case.verify import verify
from sousveil.model import Judgement
from sousveil.pipeline import organisations as named
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.find import open_index
from sousveil.pipeline.process import Options
from sousveil.pipeline.publish import worked_out
from sousveil.report.export import Chosen, export
from sousveil.search import parse_query
from tests.pipeline.state import exports

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
    "<h1>{title}</h1><p>项目编号：{number}</p><p>项目名称：{name}</p><p>采购人：{buyer}</p>"
    "<p>中标供应商：{supplier}</p><p>发布时间：2024年03月{day:02d}日</p></body></html>"
)
BUYERS = ["昌吉回族自治州公安局", "昌吉州公安局", "昌吉州公安局交警支队", "皮山县公安局"]
CALLED = ["皮山县数字化发展局", "皮山县数发局"]
"""The first one's notice has the second in its title."""
SUPPLIERS = [
    "江苏华安信息技术有限公司",
    "江苏华安信息技术有限公司（盖章）",
    "浙江华安信息技术有限公司",
]


def made(folder: Path) -> Path:
    folder.mkdir()
    for number, buyer in enumerate((*BUYERS, *CALLED)):
        supplier = SUPPLIERS[number % len(SUPPLIERS) if buyer in BUYERS else -1]
        name = f"视频监控系统{'甲乙丙丁戊己'[number]}期建设"
        opening = CALLED[1] if buyer == CALLED[0] else ""
        page = PAGE.format(
            title=f"{opening}{name}中标公告",
            number=f"ZC-2024-{number:03d}-8817",
            name=name,
            buyer=buyer,
            supplier=supplier,
            day=number + 1,
        )
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    return folder


def case_of(tmp_path: Path) -> Case:
    case = Case.open_or_create(tmp_path / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [made(tmp_path / "records")], Options(workers=1))
    return case


def organisations(case: Case) -> dict[str, set[str]]:
    with connect(case) as connection:
        rows = connection.execute("SELECT name, names FROM organisations").fetchall()
    return {name: set(names) for name, names in rows}


def test_spellings_are_one_and_units_have_their_whole(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    assert set(BUYERS[:2]) in organisations(case).values()
    assert set(CALLED) in organisations(case).values()
    with connect(case) as connection:
        quoted = connection.execute(
            "SELECT levels FROM organisation_joins WHERE rule = 'titled'"
        ).fetchall()
        rows = connection.execute(
            "SELECT u.name, w.names, u.division FROM organisations u"
            " JOIN organisations w ON u.parent_key = w.org_key"
        ).fetchall()
        mentions = connection.execute(
            "SELECT count(*), count(DISTINCT org_key) FROM mentions"
            " JOIN organisations USING (org_key)"
        ).fetchone()
        counted = connection.execute(
            "SELECT notices, first_seen::VARCHAR, last_seen::VARCHAR FROM organisations"
            " WHERE list_contains(names, '昌吉州公安局')"
        ).fetchone()
    assert [(u, set(w), d) for u, w, d in rows] == [(BUYERS[2], set(BUYERS[:2]), "652300")]
    title = "皮山县数发局视频监控系统戊期建设中标公告"
    assert [json.loads(levels) for (levels,) in quoted] == [{"called so": title}]
    assert mentions == (12, 6)
    assert counted == (2, "2024-03-01", "2024-03-02")


def test_a_rebuild_gives_the_same_organisations(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    before = exports(case.root)
    assert before["organisations"] != exports_of_nothing(tmp_path)["organisations"]
    for folder in ("derived", "index", "private", "report"):
        shutil.rmtree(case.root / folder)
    with case.writing():
        pipeline.rebuild(case, Options(workers=2))
    assert exports(case.root) == before


def test_an_addition_gives_what_a_rebuild_gives_and_takes_over_what_it_does_not_touch(
    tmp_path: Path,
) -> None:
    case = case_of(tmp_path)
    page = PAGE.format(
        title="监控中标公告", number="ZC-2024-777-8817", name="监控", buyer="乌鲁木齐市教育局",
        supplier="新疆天山慧眼科技有限公司", day=9,
    )  # fmt: skip
    (tmp_path / "records" / "9.html").write_text(page, encoding="utf-8")
    before = case.manifest()
    with case.writing():
        pipeline.review(case, [tmp_path / "records"], Options(workers=1))
    after = case.manifest()
    assert after.corpus is not None
    segments, known = after.segments, worked_out(case, before)
    named.organisations(case, "again", segments, [], (), known)
    assert (known.anew["names"], known.taken_over["names"]) == (2, 8)
    known = worked_out(case, after)
    named.organisations(case, "again", segments, [], (), known)
    assert (known.anew["names"], known.taken_over["names"]) == (0, 10)
    added = exports(case.root)
    (case.root / after.corpus.tables["worked_out"].path).write_bytes(b"damaged")
    known = worked_out(case, after)
    named.organisations(case, "again", segments, [], (), known)
    assert (known.anew["names"], known.taken_over["names"]) == (10, 0)
    shutil.rmtree(case.root / "derived")
    with case.writing():
        pipeline.rebuild(case, Options(workers=1))
    assert exports(case.root) == added


def test_a_query_finds_an_organisation_by_any_of_its_names_and_a_prefecture_with_its_counties(
    tmp_path: Path,
) -> None:
    case = case_of(tmp_path)
    index = open_index(case)
    with connect(case) as connection:
        bought = dict(connection.execute("SELECT buyer, notice_id FROM notices").fetchall())
        keys = dict(
            connection.execute("SELECT name, org_key FROM mentions WHERE role = 'buyer'").fetchall()
        )

    def found(query: str) -> set[str]:
        return set(index.ids(parse_query(query)))

    bureau = {bought[name] for name in BUYERS[:2]}
    for name in (*BUYERS[:2], "昌吉州 公安局", keys[BUYERS[0]]):
        assert found(f'buyer_org:"{name}"') == found(f'org:"{name}"') == bureau
    assert not found(f"supplier_org:{BUYERS[0]}")
    assert len(found(f"supplier_org:{SUPPLIERS[0]}")) == 3
    assert found("org:*") == set(bought.values())
    assert found("place:新疆/昌吉") == {bought[name] for name in BUYERS[:3]}
    assert found("place:新疆") == set(bought.values())
    out = io.BytesIO()
    export(case, "organisations", "jsonl", out, Chosen(tuple(sorted(bureau)), case.manifest()))
    assert {json.loads(line)["org_key"] for line in out.getvalue().splitlines()} > {keys[BUYERS[0]]}
    out = io.BytesIO()
    assert export(case, "mentions", "csv", out, Chosen(tuple(bureau), case.manifest())) == 4


CODED = (
    "示例县公安局视频监控项目{name}中标公告\n项目编号：ZC-2024-9{number}-8817\n"
    "项目名称：示例县公安局视频监控项目{name}\n采购人：示例县公安局\n"
    "供应商名称：{supplier}\n统一社会信用代码：{code}\n中标金额：{number}0000元\n"
    "公告日期：2024年5月{number}日\n"
)


def test_numbers_of_notices_join_names_and_stand_with_the_organisation(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    told = [
        ("甲期", "天山慧眼科技有限公司", "91650100MA7ABCDE15"),
        ("乙期", "天山慧眼智能科技股份公司", "91650100MA7ABCDE15"),
        ("丙期", "钱江数视科技有限公司", "91330108MA28XYW12H"),  # the check digit fails
    ]
    for number, (name, supplier, code) in enumerate(told, 1):
        text = CODED.format(name=name, supplier=supplier, code=code, number=number)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    case = Case.open_or_create(tmp_path / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [folder], Options(workers=1))
    with connect(case) as connection:
        numbered = connection.execute(
            "SELECT names, identifiers FROM organisations WHERE len(identifiers) > 0"
        ).fetchall()
        rules = connection.execute(
            'SELECT rule FROM organisation_joins JOIN mentions ON name_id = "left"'
            " WHERE name LIKE '天山%'"
        ).fetchall()
        kept = connection.execute("SELECT identifiers FROM notices ORDER BY project_id").fetchall()
    assert numbered == [(sorted([told[0][1], told[1][1]]), [f"CN-USCC:{told[0][2]}"])]
    assert rules == [("identifier",)]
    assert [row[0] is None for row in kept] == [False, False, True]


def exports_of_nothing(tmp_path: Path) -> dict[str, str]:
    return exports(Case.open_or_create(tmp_path / "empty", taxonomy="1.0").root)


def judge(case: Case, kind: str, verdict: str, left: str, right: str, at: str) -> None:
    judgement = Judgement("Li", at, kind, verdict, left, right)  # type: ignore[arg-type]
    with case.writing():
        append_judgements(case, [judgement])
        pipeline.process(case, Options(workers=1))


def test_judgements_outrank_the_rules_and_survive_a_rebuild(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    with connect(case) as connection:
        ids = dict(connection.execute("SELECT name, name_id FROM mentions").fetchall())
        notices = [
            row[0]
            for row in connection.execute("SELECT notice_id FROM notices ORDER BY 1").fetchall()
        ]
    judge(case, "organisation", "different", ids[BUYERS[0]], ids[BUYERS[1]], "2026-01-01")
    assert set(BUYERS[:2]) not in organisations(case).values()
    judge(case, "organisation", "same", ids[BUYERS[0]], ids[BUYERS[3]], "2026-01-02")
    assert {BUYERS[0], BUYERS[3]} in organisations(case).values()
    judge(case, "project", "same", notices[0], notices[1], "2026-01-03")
    with connect(case) as connection:
        keys = connection.execute("SELECT count(*) FROM projects").fetchone()
    assert keys == (5,)
    judge(case, "project", "different", notices[0], notices[1], "2026-01-04")
    with connect(case) as connection:
        keys = connection.execute("SELECT count(*) FROM projects").fetchone()
    assert keys == (6,)
    before = exports(case.root)
    shutil.rmtree(case.root / "derived")
    with case.writing():
        pipeline.rebuild(case, Options(workers=1))
    assert exports(case.root) == before
    assert not list(verify(case))


def test_a_changed_judgement_is_seen(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    judge(case, "organisation", "same", "a", "b", "2026-01-01")
    path = case.root / "decisions" / "joins" / "Li.jsonl"
    row = json.loads(path.read_text("utf-8")) | {"verdict": "different"}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert [f.name for f in verify(case)] == ["decisions/joins/Li.jsonl"]
