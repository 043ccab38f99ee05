"""Pages saved with their folders: parts are counted and listed, frames are read, nothing fails."""

import json
import shutil
from pathlib import Path

import pytest
from benchmarks import generate

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import process, review
from tests.parse.containers.building import zipped
from tests.parse.ocr.drawing import LINES, drawn, saved
from tests.pipeline.conftest import Run
from tests.pipeline.state import exports

NOTICES = [text.encode() for _, text in generate.html_notices(4, seed=11)]
SHELL = (
    "<html><head><title>公告</title><script src='公告_files/a.js.下载'></script></head><body>"
    "<p>某省政府采购网</p><iframe src='公告_files/frame.html'></iframe></body></html>"
).encode()
PARTS = {
    "a.js.下载": b"function f() { return 1 }",
    "b.css": b"p { color: red }",
    "c.png": saved(drawn(LINES[:1], size=(300, 60)), "PNG"),
    "d.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>",
    "e.woff2": b"wOF2\0\1\0\0" + bytes(range(256)),
    "f.json": b'{"tracker": 1}',
    "g.html": b"<html><script>track()</script></html>",
    "i.html": b"<p>x</p><iframe src='https://ads.example.org/1'></iframe>",
    "h.htm": "<html><body><p>广告：欢迎订阅</p></body></html>".encode(),
}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "公告.html").write_bytes(SHELL)
    (folder / "公告_files").mkdir()
    (folder / "公告_files" / "frame.html").write_bytes(NOTICES[0])
    (folder / "公告_files" / "attached.pdf").write_bytes(b"%PDF-1.7 cut off")
    for name, data in PARTS.items():
        (folder / "公告_files" / name).write_bytes(data)
    whole = {"采购.html": NOTICES[1], "采购_Dateien/x.css": b"td { }", "采购_Dateien/y.js": b"y()"}
    (folder / "saved.zip").write_bytes(zipped(whole))
    (folder / "blocked.html").write_text("<h1>安全验证</h1><p>请完成验证后继续访问</p>", "utf-8")
    (folder / "manifest.csv").write_text(
        "path,source_url,captured_at,note\n公告.html,http://www.example.org/1,2021-01-01,\n",
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def case(given: Path, sousveil: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("saved_case") / "case"
    manifest = given / "manifest.csv"
    sousveil("review", given, "--case", root, "--manifest", manifest, "--quiet")
    return root


def files(root: Path) -> dict[str, tuple[str, str | None]]:
    with connect(Case.open(root)) as connection:
        rows = connection.execute("SELECT path, status, reason FROM files").fetchall()
    return {path: (status, reason) for path, status, reason in rows}


def test_parts_are_listed_and_not_failed(case: Path, given: Path, sousveil: Run) -> None:
    found = files(case)
    for name in PARTS:
        assert found[f"公告_files/{name}"] == ("not_a_record", "part_of_page")
    for name in ("x.css", "y.js"):
        assert found[f"saved.zip!/采购_Dateien/{name}"] == ("not_a_record", "part_of_page")
    assert found["saved.zip!/采购.html"][0] == "read"
    assert found["blocked.html"] == ("failed", "blocked")
    status = json.loads(sousveil("status", case, "--json").stdout)
    assert status["page_parts"] == len(PARTS) + 2
    assert status["files"] == sum(1 for p in given.rglob("*") if p.is_file())
    assert found["公告_files/attached.pdf"] == ("failed", "damaged")
    assert status["failures"] == {"blocked": 1, "damaged": 1}
    counted = sum(status[name] for name in ("read", "not_a_record", "failed", "waiting"))
    assert counted == status["files"] + status["inside"]
    assert "parts of saved pages" in sousveil("status", case).stdout


def test_nothing_is_read_twice(case: Path, sousveil: Run) -> None:
    before = Case.open(case).manifest()
    sousveil("process", case, "--quiet")
    assert Case.open(case).manifest() == before


def test_a_frame_is_read_and_names_its_page(case: Path) -> None:
    assert files(case)["公告_files/frame.html"] == ("read", None)
    with connect(Case.open(case)) as connection:
        (found,) = connection.execute(
            "SELECT n.source_path, n.source_url, n.captured_at, f.page_path FROM notices n"
            " JOIN files f ON f.path = n.source_path WHERE f.page_path IS NOT NULL"
        ).fetchall()
    assert found == ("公告_files/frame.html", "http://www.example.org/1", "2021-01-01", "公告.html")


def test_a_page_that_comes_later_makes_its_parts_known(given: Path, tmp_path: Path) -> None:
    later = tmp_path / "given"
    shutil.copytree(given / "公告_files", later / "公告_files")
    case = Case.create(tmp_path / "case")

    def reviewed() -> dict[str, tuple[str, str | None]]:
        with case.writing():
            review.review(case, [later], process.Options(workers=1))
        return files(case.root)

    assert "part_of_page" not in {reason for _, reason in reviewed().values()}
    (later / "公告.html").write_bytes(SHELL)
    found = reviewed()
    assert found["公告_files/e.woff2"] == ("not_a_record", "part_of_page")
    assert found["公告_files/frame.html"] == ("read", None)
    assert len(found) == len(PARTS) + 3
    before = exports(case.root)
    with case.writing():
        review.rebuild(case, process.Options(workers=1))
    assert exports(case.root) == before
