import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.pipeline.conftest import HTML, MANY, RELEASES, Run
from tests.pipeline.state import answers, exports


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(p.relative_to(folder)): (p.stat().st_mtime_ns, p.read_bytes())
        for p in folder.rglob("*")
        if p.is_file()
    }


def status(sousveil: Run, case: Path) -> dict[str, object]:
    answer: dict[str, object] = json.loads(sousveil("status", case, "--json").stdout)
    return answer


def test_every_file_is_accounted_for(reviewed: Path, records: Path, sousveil: Run) -> None:
    found = status(sousveil, reviewed)
    assert found["files"] == sum(1 for p in records.rglob("*") if p.is_file())
    assert found["notices"] == HTML + RELEASES + MANY
    assert found["read"] == HTML + 2
    assert found["not_a_record"] == 1
    assert found["failed"] == 4
    assert found["waiting"] == 0
    failed = json.loads(sousveil("status", reviewed, "--failed", "--json").stdout)
    assert {f["path"] for f in failed} == {
        "empty.html", "junk.bin", "truncated.pdf", "broken.json"
    }  # fmt: skip
    assert all(f["reason"] and f["message"] and f["hint"] for f in failed)


def test_adding_twice_adds_nothing(
    reviewed: Path, records: Path, sousveil: Run, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    shutil.copytree(reviewed, case)
    before = exports(case)
    ledger = sorted((p.name, p.read_bytes()) for p in (case / "ledger").iterdir())
    manifest = (case / "derived/manifest.json").read_bytes()
    sousveil("review", records, "--case", case, "--quiet")
    assert exports(case) == before
    assert sorted((p.name, p.read_bytes()) for p in (case / "ledger").iterdir()) == ledger
    assert (case / "derived/manifest.json").read_bytes() == manifest


def test_records_are_never_written_to(records: Path, sousveil: Run, tmp_path: Path) -> None:
    given = tmp_path / "given"
    shutil.copytree(records, given)
    before = snapshot(given)
    sousveil("review", given, "--case", tmp_path / "case", "--quiet")
    assert snapshot(given) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "given"]


def test_order_and_parts_of_adding_do_not_matter(
    reviewed: Path, records: Path, sousveil: Run, tmp_path: Path
) -> None:
    case, parts = tmp_path / "case", sorted(records.iterdir(), reverse=True)
    for part in parts:
        # A folder's files are named relative to it: give the same names as when given whole.
        staged = tmp_path / "staged" / part.name
        staged.mkdir(parents=True)
        if part.is_dir():
            shutil.copytree(part, staged / part.name)
        else:
            shutil.copy(part, staged / part.name)
        sousveil("add", staged, "--case", case, "--quiet")
        if part.name.startswith(("m", "f")):
            sousveil("process", case, "--quiet")
    sousveil("process", case, "--quiet")
    assert exports(case) == exports(reviewed)
    assert answers(case, 40) == answers(reviewed, 40)


def test_rebuild_brings_everything_back(reviewed: Path, sousveil: Run, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(reviewed, case)
    before, answered = exports(case), answers(case)
    assert any(answered)
    for top in ("private", "derived", "index", "report"):
        shutil.rmtree(case / top)
    sousveil("rebuild", case, "--quiet")
    assert exports(case) == before
    assert answers(case) == answered
    assert (case / "report" / "report.html").exists()
    sousveil("verify", case)


def test_verify_fails_with_its_code_when_an_original_changed(
    reviewed: Path, sousveil: Run, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    shutil.copytree(reviewed, case)
    original = next(p for p in (case / "originals").rglob("*") if p.is_file())
    original.chmod(0o644)
    original.write_bytes(b"altered")
    result = sousveil("verify", case, check=False)
    assert result.returncode == 5
    assert original.name in result.stdout


def test_large_documents_shared_among_workers_give_the_same_rows(
    reviewed: Path, records: Path, sousveil: Run, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    sousveil("review", records, "--case", case, "--quiet", "--workers", 1)
    assert exports(case) == exports(reviewed)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("review", "nowhere", "--case", "{case}"), 2),
        (("search", "{case}", "buyer:("), 2),
        (("show", "{case}", "zzzzzzzz"), 2),
        (("export", "{case}", "persons"), 2),
        (("status", "{records}"), 3),
    ],
)
def test_exit_codes(
    arguments: tuple[str, ...], code: int, reviewed: Path, records: Path, sousveil: Run
) -> None:
    words = [a.format(case=reviewed, records=records) for a in arguments]
    result = sousveil(*words, check=False)
    assert result.returncode == code
    assert "sousveil: " in result.stderr
    assert "Traceback" not in result.stderr


def test_strict_says_that_files_failed(records: Path, sousveil: Run, tmp_path: Path) -> None:
    result = sousveil("review", records / "empty.html", "--case", tmp_path / "case", "--strict",
                      "--json", check=False)  # fmt: skip
    assert result.returncode == 8
    assert json.loads(result.stdout)["failures"] == {"empty": 1}


def test_full_disk_loses_nothing(records: Path, sousveil: Run, tmp_path: Path) -> None:
    """A real small file system: it fills up, is given room, and the run goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        case = disk / "case"
        result = sousveil("review", records, "--case", case, "--quiet", check=False)
        assert result.returncode == 6, result.stderr
        assert "full" in result.stderr
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        sousveil("review", records, "--case", case, "--quiet")
        sousveil("verify", case)
        assert status(sousveil, case)["notices"] == HTML + RELEASES + MANY
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
