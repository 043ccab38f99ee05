"""Projects are joined with what was worked out for the state before."""

import shutil
from pathlib import Path

import msgspec

from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.case.segments import read_rows
from sousveil.model import NoticeKey
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options
from sousveil.pipeline.publish import worked_out
from sousveil.resolve import resolve
from tests.pipeline.state import exports

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{name}{kind}公告</title></head><body>"
    "<h1>{name}{kind}公告</h1><p>项目编号：{number}</p><p>项目名称：{name}</p>"
    "<p>采购人：{buyer}</p><p>发布时间：2024年0{month}月11日</p></body></html>"
)
PURCHASES = [
    ("皮山县视频监控平台采购", "PSZC-2024-0117", "皮山县公安局"),
    ("北江市人像识别系统采购", "BJZC-2024-0331", "北江市公安局"),
]


def write(folder: Path, purchase: int, kind: str, month: int) -> None:
    name, number, buyer = PURCHASES[purchase]
    page = PAGE.format(name=name, kind=kind, number=number, buyer=buyer, month=month)
    (folder / f"{purchase}-{month}.html").write_text(page, encoding="utf-8")


def blocks(case: Case, left: Manifest) -> tuple[int, int]:
    """The blocks of notices of a case that joining decides anew, and those it takes over, with what
    a state left behind."""
    known = worked_out(case, left)
    files = [case.root / s.tables["notices"].path for s in case.manifest().segments]
    rows = [row for file in files for row in read_rows(file, ("key",))]
    resolve([msgspec.json.decode(key, type=NoticeKey) for (key,) in rows], (), known)
    return known.anew["blocks"], known.taken_over["blocks"]


def test_an_addition_decides_anew_what_it_comes_to_and_gives_what_a_rebuild_gives(
    tmp_path: Path,
) -> None:
    records = tmp_path / "records"
    records.mkdir()
    case = Case.open_or_create(tmp_path / "case", taxonomy="1.0")
    states = []
    for added in (
        [(0, "招标", 1), (0, "中标", 3), (1, "招标", 1), (1, "中标", 3)],
        [(1, "合同", 4)],
    ):
        for purchase, kind, month in added:
            write(records, purchase, kind, month)
        with case.writing():
            pipeline.review(case, [records], Options(workers=1))
        states.append(case.manifest())
    anew, taken_over = blocks(case, states[0])
    assert 0 < anew <= taken_over
    assert blocks(case, states[1]) == (0, anew + taken_over)
    shown = exports(case.root)
    shutil.rmtree(case.root / "derived")
    with case.writing():
        pipeline.rebuild(case, Options(workers=1))
    assert exports(case.root) == shown
    kept = case.manifest().corpus
    assert kept is not None
    (case.root / kept.tables["worked_out"].path).write_bytes(b"damaged")
    assert blocks(case, case.manifest())[0] > anew
