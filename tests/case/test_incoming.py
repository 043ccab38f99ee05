"""Files that were handed over wait whole, under harmless names, and never over another."""

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
    folder.clear()
    assert not folder.waiting()
    folder.clear()


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
