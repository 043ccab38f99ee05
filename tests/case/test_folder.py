import errno
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sousveil.case import atomic
from sousveil.case.folder import CASE_FORMAT, Case
from sousveil.case.ledger import Entry, now
from sousveil.case.verify import verify
from sousveil.errors import LockedError, NewerCaseError, NotACaseError, StorageError


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def keep(case: Case, name: str, data: bytes) -> str:
    sha256, size = case.originals.keep_bytes(data)
    case.originals.flush()
    case.ledger.append([Entry("added", now(), "test", sha256=sha256, size=size, path=name)])
    return sha256


def test_created_case_opens_again(case: Case) -> None:
    again = Case.open(case.root)
    assert again.settings == case.settings
    assert stat.S_IMODE((case.root / "private").stat().st_mode) == 0o700


def test_folder_with_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotACaseError):
        Case.open_or_create(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_making_a_case_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    root = tmp_path / "case"
    (root / "originals").mkdir(parents=True)
    (root / "ledger").mkdir()
    assert Case.open_or_create(root).settings.format == CASE_FORMAT


def test_newer_case_is_refused_untouched(case: Case) -> None:
    toml = case.root / "case.toml"
    toml.write_text(toml.read_text().replace(f"format = {CASE_FORMAT}", "format = 99"))
    before = toml.read_bytes()
    with pytest.raises(NewerCaseError, match="newer"):
        Case.open(case.root)
    assert toml.read_bytes() == before


def test_newer_manifest_is_refused(case: Case) -> None:
    case.manifest_path.write_text('{"format": 99, "unknown": 1}')
    with pytest.raises(NewerCaseError):
        case.manifest()


@pytest.mark.parametrize("content", ["", "format = ", 'format = "one"', "\x00\x01"])
def test_broken_settings_are_named(case: Case, content: str) -> None:
    (case.root / "case.toml").write_text(content)
    with pytest.raises(NotACaseError, match=r"case\.toml"):
        Case.open(case.root)


def test_second_writer_is_told_who_holds_it(case: Case) -> None:
    code = (
        "import sys, time; from pathlib import Path; from sousveil.case.folder import Case\n"
        f"with Case.open(Path({str(case.root)!r})).writing():\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}"), case.writing():
            pass
    finally:
        holder.kill()
        holder.wait()
        assert holder.stdout
        holder.stdout.close()
    with case.writing(wait_seconds=5):  # a killed holder's lock is free again
        pass


def test_original_is_kept_once_and_read_only(case: Case) -> None:
    first, second = keep(case, "a.txt", b"same"), keep(case, "b.txt", b"same")
    assert first == second == hashlib.sha256(b"same").hexdigest()
    path = case.originals.path(first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    (document,) = case.documents()
    assert [p.path for p in document.provenance] == ["a.txt", "b.txt"]


def test_large_file_is_streamed(case: Case, tmp_path: Path) -> None:
    data = os.urandom(3 << 20)
    source = tmp_path / "large.bin"
    source.write_bytes(data)
    sha256, size = case.originals.keep(source)
    assert (sha256, size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert case.originals.path(sha256).read_bytes() == data
    assert [p.name for p in (case.root / "originals").iterdir()] == [sha256[:2]]


def test_verify_names_altered_missing_and_unknown_originals(case: Case) -> None:
    altered, missing = keep(case, "a.txt", b"one"), keep(case, "b.txt", b"two")
    keep(case, "c.txt", b"three")
    path = case.originals.path(altered)
    path.chmod(0o644)
    path.write_bytes(b"other")
    case.originals.path(missing).unlink()
    stray, _ = case.originals.keep_bytes(b"never acknowledged")
    found = {finding.name: finding.problem for finding in verify(case)}
    assert set(found) == {altered, missing, stray}
    assert found[missing] == "missing"
    assert "altered" in found[altered]


def test_refused_file_that_comes_in_later_is_no_longer_refused(case: Case) -> None:
    case.ledger.append(
        [Entry("refused", now(), "test", path="a.txt", reason="unreadable", message="m", hint="h")]
    )
    assert [r.path for r in case.refusals()] == ["a.txt"]
    keep(case, "a.txt", b"now readable")
    assert case.refusals() == []


def test_full_disk_is_said_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "manifest.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(StorageError, match="full"):
        atomic.replace_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["manifest.json"]


def test_refusal_to_write_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(atomic.os, "fsync", refuse)
    with pytest.raises(StorageError, match="cannot be written"):
        atomic.replace_file(tmp_path / "x", b"")


@pytest.mark.parametrize("line", ["masking = false", 'base_currency = "EUR"'])
def test_settings_that_would_not_be_followed_are_refused(tmp_path: Path, line: str) -> None:
    case = Case.create(tmp_path / "case")
    path = case.root / "case.toml"
    name = line.split(" ")[0]
    kept = [one for one in path.read_text().splitlines() if not one.startswith(name)]
    path.write_text("\n".join([*kept, line]) + "\n")
    with pytest.raises(NotACaseError, match="not done"):
        Case.open(case.root)
