"""Files made to harm: each is listed with its reason, the run goes on, nothing else changes."""

import contextlib
import csv
import io
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import PIL.Image
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from tests.parse.containers.building import (
    PACKERS,
    PAGE,
    hardlinked,
    mail,
    mhtml,
    rar,
    seven,
    tarred,
    warc,
    zip_with_link,
    zipped,
)
from tests.parse.ocr.drawing import saved
from tests.parse.office import building
from tests.parse.office.test_office import LAUGHS, OUTSIDE, _with_part
from tests.parse.pdf.drawing import lines, pdf_of, with_files

NOTICE = (
    "示例市采购公告\n项目编号：AB-2020-1\n项目名称：示例项目\n采购人：示例市公安局\n预算金额：3万元\n"
).encode()
MUCH = 80 << 20
TRAVERSALS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda files: PACKERS[".gz"](tarred(files)),
    "rar": rar,
    "7z": seven,
    "eml": mail,
}
Run = tuple[Path, Path, "subprocess.CompletedProcess[str]"]


def pdf(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.7\n"
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def looping_pdf() -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >>",
            b"<< /Length 4 0 R >> stream\n\nendstream",
        ]
    )


def pdf_with_a_huge_stream() -> bytes:
    packed = zlib.compress(b" " * (400 << 20), 9)
    stream = b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >>",
            stream,
        ]
    )


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive, with a notice in each."""
    inner = NOTICE
    for level in range(depth):
        inner = zipped({"inner.zip" if level else "inner.txt": inner, f"{level}.txt": NOTICE})
    return inner


def pdf_that_draws(operations: bytes) -> bytes:
    packed = zlib.compress(b"BT /F1 9 Tf 72 700 Td (Notice) Tj ET\n" + operations, 9)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800]"
            b" /Resources << /Font << /F1 %s >> >> >>" % font,
            b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed),
        ]
    )


def hedge() -> bytes:
    """Lines that cross a million times."""
    across = [b"-9000 %d m 9000 %d l S" % (4 * n - 4000, 4 * n - 4000) for n in range(2000)]
    down = [b"%d -9000 m %d 9000 l S" % (4 * n - 4000, 4 * n - 4000) for n in range(2000)]
    return b"\n".join([*across, *down])


def _attached() -> bytes:
    page = pdf_of(lambda canvas: lines(canvas, 72, 700, "Notice"))
    return with_files(page, ("../../outside.txt", NOTICE))


def nested_bomb() -> bytes:
    inner = zipped({"a.txt": bytes(MUCH)})
    for _ in range(3):
        inner = zipped({f"{n}.zip": inner + bytes(n) for n in range(4)})
    return inner


def hostile() -> Iterator[tuple[str, bytes]]:
    yield "flat bomb.zip", zipped({"a.txt": bytes(MUCH)})
    yield "nested bomb.zip", nested_bomb()
    yield "gzip bomb.txt.gz", PACKERS[".gz"](bytes(MUCH))
    yield "xz bomb.txt.xz", PACKERS[".xz"](bytes(MUCH))
    yield "tar bomb.tar.gz", PACKERS[".gz"](tarred({"a.txt": bytes(MUCH)}))
    yield "endless.zip", nested(40)
    for kind, make in TRAVERSALS.items():
        yield f"traversal.{kind}", make({"../../outside.txt": NOTICE, "/tmp/outside.txt": NOTICE})
    yield "traversal.warc", warc({"file:///../../outside.txt": PAGE, "http://a/../../../b": PAGE})
    yield "traversal.mht", mhtml(PAGE, "file:///tmp/outside.txt")
    yield "names.zip", zipped({"a\x1b[2J\u202etxt.html": PAGE, "b\r\n.html": PAGE})
    yield "link.zip", zip_with_link("a", "/etc/passwd")
    yield "hardlink.tar", hardlinked("passwd.txt", "/etc/passwd")
    yield "link.tar", tarred({"a.txt": NOTICE}, {"b": "/etc/passwd"})
    yield "laughs.docx", _with_part(building.word(), "word/document.xml", LAUGHS)
    yield "outside.docx", _with_part(building.word(), "word/document.xml", OUTSIDE)
    yield "laughs.xml", LAUGHS
    yield "outside.svg", OUTSIDE
    yield "deep.xml", b"<?xml version='1.0'?>" + b"<a>" * 100_000 + b"</a>" * 100_000
    yield "loop.pdf", looping_pdf()
    yield "stream.pdf", pdf_with_a_huge_stream()
    yield "drawing.pdf", pdf_that_draws(b"1 1 9 9 re f\n" * 300_000)
    yield "hedge.pdf", pdf_that_draws(hedge())
    yield "attached.pdf", _attached()
    yield "bomb.png", saved(PIL.Image.new("1", (30_000, 30_000)), "PNG")
    yield "bomb.tiff", saved(PIL.Image.new("1", (30_000, 30_000)), "TIFF", compression="group4")
    yield "bomb.gif", saved(PIL.Image.new("P", (16_000, 16_000)), "GIF")
    yield "laughs.xlsx", _with_part(building.workbook(), "xl/workbook.xml", LAUGHS)
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": LAUGHS}
    yield "laughs.odt", zipped(odt, zipfile.ZIP_STORED)
    yield "bomb.docx", _with_part(building.word(), "word/document.xml", bytes(MUCH))
    yield "giant cell.xlsx", building.workbook([["buyer", "title"], ["x" * 32_767, "y" * 32_767]])
    yield (
        "formula.xlsx",
        building.workbook(
            [
                ["buyer", "project title", "contract number"],
                ["=1+1", '=HYPERLINK("http://192.0.2.1/x")', "EX-2"],
            ]
        ),
    )
    yield "deep.json", b"[" * 10_000 + b"]" * 10_000
    yield "deep.html", b"<div>" * 10_000 + NOTICE + b"</div>" * 10_000
    yield "giant cell.csv", b"a,b,c\n" + b"x" * (20 << 20) + b",1,2\n"
    yield (
        "formula.csv",
        (
            b"buyer,project title,contract number\n"
            b'"=HYPERLINK(""http://example.org"")","@SUM(1+1)*cmd|\' /C calc\'!A0",EX-1\n'
        ),
    )
    yield "remote.html", NOTICE + b'<img src="http://192.0.2.1/x"><script src="//192.0.2.1">'
    yield "new\nline \x1b[31m\u202e.txt", NOTICE
    yield "half.7z", b"7z\xbc\xaf\x27\x1c" + bytes(60)
    yield "empty.zip", zipped({})
    yield "good.txt", NOTICE


@pytest.fixture(scope="module")
def run(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Path, "subprocess.CompletedProcess[str]"]:
    """A review of the files, in a network namespace without any interface where that is allowed."""
    root = tmp_path_factory.mktemp("hostile")
    given, case = root / "given", root / "case"
    given.mkdir()
    for name, data in hostile():
        (given / name).write_bytes(data)
    (given / "link").symlink_to("/etc/passwd")
    (given / "folder").symlink_to("/etc")
    os.mkfifo(given / "pipe")
    with contextlib.chdir(given), socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")  # a socket's path may have no more than 107 bytes
    if os.getuid() == 0:
        os.mknod(given / "device", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    command = [
        sys.executable,
        "-m",
        "sousveil",
        "review",
        str(given),
        "--case",
        str(case),
        "--quiet",
    ]
    alone = ["unshare", "--net"]
    if (
        shutil.which("unshare")
        and not subprocess.run([*alone, "true"], capture_output=True).returncode
    ):
        command = [*alone, *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    return given, case, done


def test_the_run_goes_on_and_lists_every_file(
    run: Run,
) -> None:
    given, case, done = run
    assert done.returncode == 0, done.stderr
    with connect(Case.open(case)) as connection:
        rows = connection.execute(
            "SELECT path, status, reason, message, hint FROM files WHERE parent_sha256 IS NULL"
        ).fetchall()
    found = {path: (status, reason) for path, status, reason, _, _ in rows}
    assert len(found) == sum(1 for _ in given.iterdir())
    assert all(message and hint for _, status, _, message, hint in rows if status == "failed")
    for name in (
        "flat bomb.zip",
        "gzip bomb.txt.gz",
        "xz bomb.txt.xz",
        "tar bomb.tar.gz",
        "bomb.png",
    ):
        assert found[name] == ("failed", "limit"), name
    for kind in ("zip", "tar", "tar.gz", "rar", "7z"):
        assert found[f"traversal.{kind}"] == ("failed", "refused"), kind
    for name in ("laughs.docx", "outside.docx", "laughs.odt"):
        assert found[name] == ("failed", "damaged"), name
    for name in ("bomb.tiff", "bomb.gif", "bomb.docx"):
        assert found[name] == ("failed", "limit"), name
    for name in ("pipe", "socket", *(["device"] if os.getuid() == 0 else [])):
        assert found[name] == ("failed", "special"), name
    for name in ("link", "folder"):
        assert found[name] == ("failed", "link"), name
    assert found["hardlink.tar"] == ("failed", "link")
    assert found["laughs.xlsx"][0] == "failed"
    assert found["giant cell.xlsx"][0] in ("read", "not_a_record")
    assert found["laughs.xml"] == ("failed", "unsupported")
    assert found["deep.xml"] == ("failed", "limit")
    for name in ("drawing.pdf", "hedge.pdf"):
        assert found[name] == ("not_a_record", "limit"), name
    assert found["attached.pdf"] == ("read", None)
    for name in ("deep.json", "loop.pdf", "stream.pdf", "giant cell.csv", "half.7z"):
        assert found[name][0] in ("failed", "not_a_record"), name
    assert found["link"] == ("failed", "link")
    assert found["good.txt"] == ("read", None)
    assert found["nested bomb.zip"][0] == "read"


def test_nothing_outside_is_touched_or_read(
    run: Run,
) -> None:
    given, case, _ = run
    assert sorted(path.name for path in case.parent.iterdir()) == ["case", "given"]
    assert not Path("/tmp/outside.txt").exists()
    special = {"link", "folder", "pipe", "socket", "device"}
    assert {n for n, _ in hostile()} | special == {p.name for p in given.iterdir()} | special
    secret = Path("/etc/passwd").read_text().splitlines()[0]
    with connect(Case.open(case)) as connection:
        texts = connection.execute("SELECT text FROM pages").fetchall()
        paths = connection.execute("SELECT path FROM files").fetchall()
    assert not any(secret in text for (text,) in texts)
    assert not any(_rewrites_a_line(char) for (path,) in paths for char in path)
    size = sum(path.stat().st_size for path in case.rglob("*") if path.is_file())
    assert size < 300 << 20


def _rewrites_a_line(char: str) -> bool:
    return ord(char) < 32 or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_archives_are_opened_to_a_depth_and_what_is_deeper_is_said(run: Run) -> None:
    _, case, _ = run
    with connect(Case.open(case)) as connection:
        rows = connection.execute(
            "SELECT path, status, reason FROM files WHERE path LIKE 'endless.zip!/%'"
        ).fetchall()
    deepest = max(path.count("!/") for path, _, _ in rows)
    assert 2 <= deepest < 10
    (last,) = [row for row in rows if row[0].count("!/") == deepest and row[0].endswith(".zip")]
    assert last[1:] == ("failed", "limit")


def test_what_names_lead_outside_becomes_a_document_inside(run: Run) -> None:
    """Mail and captures have no folders: their parts are kept under names of our own."""
    _, case, _ = run
    with connect(Case.open(case)) as connection:
        rows = connection.execute(
            "SELECT path, status FROM files WHERE path LIKE 'traversal.%!/%'"
        ).fetchall()
    inside = {path.split("!/")[0] for path, _ in rows}
    assert {"traversal.eml", "traversal.warc"} <= inside
    assert not any(".." in path or path.split("!/")[1].startswith("/") for path, _ in rows)


def test_exports_hold_no_formula(run: Run, tmp_path: Path) -> None:
    _, case, _ = run
    for what in ("notices", "projects", "files", "pages"):
        out = tmp_path / f"{what}.csv"
        command = [sys.executable, "-m", "sousveil", "export", str(case), what]
        subprocess.run([*command, "--format", "csv", "--out", str(out)], check=True)
        csv.field_size_limit(1 << 30)
        for row in csv.reader(io.StringIO(out.read_text("utf-8-sig"))):
            assert not any(cell and cell[0] in "=+@\t\r\n＝＋－＠" for cell in row)
            assert not any(cell[:1] == "-" and not cell[1:2].isdigit() for cell in row)
    assert json.loads((case / "derived/manifest.json").read_text())["pending"] == []


def test_figures_of_the_report_hold_no_formula(run: Run) -> None:
    _, case, _ = run
    written = list((case / "report").rglob("*.csv"))
    assert len(written) > 3
    csv.field_size_limit(1 << 30)
    for path in written:
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
            assert not any(cell and cell[0] in "=+@\t\r\n＝＋－＠" for cell in row), path
