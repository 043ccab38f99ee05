"""Files made to harm: each is listed with its reason, the run goes on, nothing else changes."""

import csv
import io
import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from tests.parse.containers.building import PACKERS, rar, tarred, zip_with_link, zipped
from tests.parse.ocr.drawing import saved
from tests.parse.office import building
from tests.parse.office.test_office import LAUGHS, OUTSIDE, _with_part
from tests.parse.pdf.drawing import lines, pdf_of, with_files

NOTICE = (
    "示例市采购公告\n项目编号：AB-2020-1\n项目名称：示例项目\n采购人：示例市公安局\n预算金额：3万元\n"
).encode()
MUCH = 80 << 20
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
    for kind, make in (("zip", zipped), ("tar", tarred), ("rar", rar)):
        yield f"traversal.{kind}", make({"../../outside.txt": b"x", "/tmp/outside.txt": b"x"})
    yield "link.zip", zip_with_link("a", "/etc/passwd")
    yield "link.tar", tarred({"a.txt": NOTICE}, {"b": "/etc/passwd"})
    yield "laughs.docx", _with_part(building.word(), "word/document.xml", LAUGHS)
    yield "outside.docx", _with_part(building.word(), "word/document.xml", OUTSIDE)
    yield "laughs.xml", LAUGHS
    yield "outside.svg", OUTSIDE
    yield "loop.pdf", looping_pdf()
    yield "stream.pdf", pdf_with_a_huge_stream()
    yield "drawing.pdf", pdf_that_draws(b"1 1 9 9 re f\n" * 300_000)
    yield "hedge.pdf", pdf_that_draws(hedge())
    yield "attached.pdf", _attached()
    yield "bomb.png", saved(PIL.Image.new("1", (30_000, 30_000)), "PNG")
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
    for kind in ("zip", "tar", "rar"):
        assert found[f"traversal.{kind}"] == ("failed", "refused")
    for name in ("laughs.docx", "outside.docx"):
        assert found[name] == ("failed", "damaged")
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
    assert {name for name, _ in hostile()} | {"link"} == {p.name for p in given.iterdir()}
    secret = Path("/etc/passwd").read_text().splitlines()[0]
    with connect(Case.open(case)) as connection:
        texts = connection.execute("SELECT text FROM pages").fetchall()
        paths = connection.execute("SELECT path FROM files").fetchall()
    assert not any(secret in text for (text,) in texts)
    assert not any(ord(char) < 32 for (path,) in paths for char in path)
    size = sum(path.stat().st_size for path in case.rglob("*") if path.is_file())
    assert size < 300 << 20


def test_exports_hold_no_formula(run: Run, tmp_path: Path) -> None:
    _, case, _ = run
    for what in ("notices", "projects", "files", "pages"):
        out = tmp_path / f"{what}.csv"
        command = [sys.executable, "-m", "sousveil", "export", str(case), what]
        subprocess.run([*command, "--format", "csv", "--out", str(out)], check=True)
        csv.field_size_limit(1 << 30)
        for row in csv.reader(io.StringIO(out.read_text("utf-8-sig"))):
            assert not any(cell[:1] in ("=", "+", "@", "\t", "\r") for cell in row)
            assert not any(cell[:1] == "-" and not cell[1:2].isdigit() for cell in row)
    assert json.loads((case / "derived/manifest.json").read_text())["pending"] == []
