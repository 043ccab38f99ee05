"""Files that were handed over wait whole, under harmless names, and never over another."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from sousveil.case import incoming
from sousveil.case.incoming import Incoming
from sousveil.errors import UsageError


def hand_over(into: Incoming, name: str, content: bytes) -> None:
    with into.receiving(name) as file:
        file.write(content)
        file.keep()


def test_what_waits_is_told_and_cleared(tmp_path: Path) -> None:
    folder = Incoming(tmp_path)
    assert not folder.waiting()
    hand_over(folder, "b.txt", b"12345")
    hand_over(folder, "../a/c.txt", b"1")
    waiting = folder.waiting()
    assert (waiting.files, waiting.size, set(waiting.names)) == (2, 6, {"b.txt", "a/c.txt"})
    assert (tmp_path / "incoming").stat().st_mode & 0o077 == 0
    assert folder.clear(waiting.mark)
    assert not folder.waiting()
    assert list((tmp_path / "incoming").glob("files*")) == []
    assert folder.clear(folder.waiting().mark)


def test_only_what_was_shown_is_cleared(tmp_path: Path) -> None:
    folder = Incoming(tmp_path)
    hand_over(folder, "a.txt", b"1")
    folder.take()
    hand_over(folder, "deep/a.txt", b"2")
    shown = folder.waiting().mark
    with folder.receiving("deep/b.txt") as coming:
        coming.write(b"3")
        assert shown == folder.waiting().mark
        hand_over(folder, "c.txt", b"4")
        assert not folder.clear(shown)
        assert folder.waiting().files == 3
        assert folder.clear(folder.waiting().mark)
        coming.keep()
    assert folder.waiting().names == ("deep/b.txt",)


def test_what_came_in_part_before_a_kill_is_forgotten(tmp_path: Path) -> None:
    says = "import os, sys, pathlib\nfrom sousveil.case.incoming import Incoming\n"
    dies = "with Incoming(pathlib.Path(sys.argv[1])).receiving('a') as file:\n    os._exit(9)\n"
    killed = subprocess.run([sys.executable, "-c", says + dies, str(tmp_path)], check=False)
    assert killed.returncode == 9
    folder = Incoming(tmp_path)
    aside = tmp_path / "incoming" / "aside"
    left = set(aside.iterdir())
    assert left
    with folder.receiving("b.txt") as coming:
        coming.write(b"whole")
        Incoming(tmp_path).forget_broken()
        assert not left & set(aside.iterdir())
        coming.keep()
    assert folder.waiting().names == ("b.txt",)
    assert list(aside.iterdir()) == []


def test_what_comes_while_a_run_takes_files_in_waits_for_the_next(tmp_path: Path) -> None:
    folder = Incoming(tmp_path)
    assert folder.take() == []
    hand_over(folder, "a.txt", b"killed")
    left = folder.take()
    with folder.receiving("deep/b.txt") as file:
        file.write(b"begun before the next run")
        hand_over(folder, "a.txt", b"of the next run")
        took = folder.take()
        file.keep()
    assert [(each / "a.txt").read_bytes() for each in took] == [b"killed", b"of the next run"]
    assert took[:1] == left
    assert folder.waiting().names == ("a.txt", "a.txt", "deep/b.txt")
    folder.taken(took)
    assert folder.waiting().names == ("deep/b.txt",)


def test_what_is_taken_in_while_it_is_told_is_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Incoming(tmp_path)
    hand_over(folder, "a.txt", b"1")
    gone = folder.files / "gone.txt"
    monkeypatch.setattr(incoming, "_files", lambda root: [*root.glob("*"), gone])
    assert folder.waiting().names == ("a.txt",)


def test_another_of_that_name_stands_beside_it_the_same_once(tmp_path: Path) -> None:
    folder = Incoming(tmp_path)
    for content in (b"one", b"two", b"one", b"two", b"three"):
        hand_over(folder, "a.txt", content)
    hand_over(folder, "a.txt/b", b"a file stands where its folder should")
    found = {p.relative_to(folder.files).as_posix(): p.read_bytes()
             for p in folder.files.rglob("*") if p.is_file()}  # fmt: skip
    assert found == {
        "a.txt": b"one", "a (2).txt": b"two", "a (3).txt": b"three",
        "a (4).txt/b": b"a file stands where its folder should",
    }  # fmt: skip


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    folder = Incoming(tmp_path)
    with suppress(ConnectionError), folder.receiving("a.txt") as file:
        file.write(b"half")
        raise ConnectionError
    with folder.receiving("b.txt") as file:
        file.write(b"never said to be whole")
    assert not folder.waiting()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_BYTES", 10)
    folder = Incoming(tmp_path)
    with folder.receiving("a.txt") as file:
        file.write(b"123456")
        with pytest.raises(UsageError):
            file.write(b"123456")
    assert not folder.waiting()
