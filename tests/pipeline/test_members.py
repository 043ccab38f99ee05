"""Documents inside others: kept as originals, named by their path, read once, never in the way."""

import json
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
from benchmarks import generate

from sousveil.case.database import connect
from sousveil.case.folder import Case
from tests.parse.containers.building import encrypted, zip_with_link, zipped
from tests.parse.containers.outlook_building import message
from tests.parse.containers.test_captures import warc
from tests.pipeline.conftest import Run
from tests.pipeline.state import exports

NOTICES = [text.encode() for _, text in generate.html_notices(6, seed=7)]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    inner = zipped({"三.html": NOTICES[2], "again.html": NOTICES[0]})
    outer = {
        "一.html": NOTICES[0],
        "张三_简历.html": NOTICES[1],
        "里面.zip": inner,
        "x.exe": b"MZ\0",
    }
    (folder / "records.zip").write_bytes(zipped(outer))
    (folder / "same.html").write_bytes(NOTICES[0])
    mail = EmailMessage()
    mail["Message-ID"] = "<1@example.org>"
    mail["MIME-Version"] = "1.0"
    mail.set_content("see the file")
    mail.add_attachment(NOTICES[3], maintype="text", subtype="html", filename="公告.html")
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    outlook = message(plain="see the file")
    outlook.add_attachment("公告.html", NOTICES[4], mime_type="text/html")
    (folder / "mail.msg").write_bytes(outlook.to_bytes())
    address = "http://www.example.org/1.html"
    (folder / "capture.warc.gz").write_bytes(warc([(address, "200 OK", "text/html", NOTICES[4])]))
    (folder / "locked.zip").write_bytes(encrypted(zipped({"a.html": NOTICES[5]})))
    (folder / "link.zip").write_bytes(zip_with_link("link", "/etc/passwd"))
    (folder / "bomb.zip").write_bytes(zipped({"first.html": NOTICES[5], "b.txt": bytes(80 << 20)}))
    deep = NOTICES[5]
    for _ in range(8):
        deep = zipped({"deeper.zip": deep})
    (folder / "deep.zip").write_bytes(deep)
    (folder / "manifest.csv").write_text(
        "path,source_url,captured_at,note\n"
        "records.zip,http://www.example.org/records.zip,2021-01-01,\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def case(given: Path, sousveil: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("members") / "case"
    manifest = given / "manifest.csv"
    sousveil("review", given, "--case", root, "--manifest", manifest, "--quiet")
    return root


def files(root: Path) -> dict[str, tuple[str, str | None, int]]:
    with connect(Case.open(root)) as connection:
        rows = connection.execute("SELECT path, status, reason, members FROM files").fetchall()
    return {path: (status, reason, members) for path, status, reason, members in rows}


def test_every_document_is_accounted_for(case: Path, given: Path, sousveil: Run) -> None:
    found = files(case)
    assert found["records.zip"] == ("read", None, 4)
    assert found["records.zip!/一.html"] == found["same.html"] == ("read", None, 0)
    assert found["records.zip!/〔person〕_简历.html"][0] == "read"
    assert found["records.zip!/里面.zip"] == ("read", None, 2)
    assert found["records.zip!/里面.zip!/三.html"][0] == "read"
    assert found["records.zip!/x.exe"][:2] == ("failed", "unsupported")
    assert found["mail.eml!/公告.html"][0] == "read"
    assert found["mail.eml!/part 1.txt"][0] == "not_a_record"
    assert found["mail.msg!/公告.html"][0] == "read"
    assert found["capture.warc.gz!/1/www.example.org/1.html"][0] == "read"
    assert found["locked.zip"][:2] == ("failed", "encrypted")
    assert found["link.zip"] == ("read", "link", 1)
    assert found["bomb.zip"] == ("read", "limit", 1)
    assert found["bomb.zip!/first.html"][0] == "read"
    assert found["deep.zip" + "!/deeper.zip" * 5][:2] == ("failed", "limit")
    status = json.loads(sousveil("status", case, "--json").stdout)
    assert status["files"] == sum(1 for p in given.rglob("*") if p.is_file())
    assert status["inside"] == sum("!/" in path for path in found)
    counted = sum(status[name] for name in ("read", "not_a_record", "failed", "waiting"))
    assert counted == status["files"] + status["inside"]


def test_what_is_inside_is_cited(case: Path) -> None:
    with connect(Case.open(case)) as connection:
        cited = dict(
            connection.execute(
                "SELECT p.path, n.source_url FROM notices n JOIN document_paths p"
                " USING (document_sha256)"
            ).fetchall()
        )
    assert cited["capture.warc.gz!/1/www.example.org/1.html"] == "http://www.example.org/1.html"
    assert cited["records.zip!/里面.zip!/三.html"] == "http://www.example.org/records.zip"


def test_originals_hold_every_document(case: Path, sousveil: Run) -> None:
    assert sousveil("verify", case).returncode == 0
    documents = Case.open(case).documents()
    assert len({d.sha256 for d in documents}) == len(documents)
    for document in documents:
        assert Case.open(case).originals.check(document.sha256) is None


def test_again_adds_nothing_and_rebuilding_gives_the_same(
    case: Path, given: Path, sousveil: Run, tmp_path: Path
) -> None:
    copy = tmp_path / "case"
    shutil.copytree(case, copy)
    ledger = sorted((p.name, p.read_bytes()) for p in (copy / "ledger").iterdir())
    sousveil("add", given, "--case", copy, "--manifest", given / "manifest.csv", "--quiet")
    sousveil("process", copy, "--quiet")
    before = exports(copy)
    sousveil("rebuild", copy, "--quiet")
    assert exports(copy) == before == exports(case)
    assert sorted((p.name, p.read_bytes()) for p in (copy / "ledger").iterdir()) == ledger


def test_nothing_stays_behind(case: Path) -> None:
    assert not (case / "private" / "spill").exists()
    assert not list((case / "originals").glob(".*"))
