"""Walking: every entry is a file or a listed problem, and nothing given is touched."""

import os
import socket
from pathlib import Path

import pytest

from sousveil.errors import UsageError
from sousveil.sources import SourceFile, SourceProblem, walk
from sousveil.sources.names import safe_name


def relatives(*paths: Path) -> list[str]:
    return [each.relative for each in walk(paths)]


def test_folders_in_order(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/10.html", "a.html", "c/d/e.txt", ".hidden", "公告/一.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"abc")
    expected = [".hidden", "a.html", "b/10.html", "b/2.html", "c/d/e.txt", "公告/一.html"]
    assert relatives(tmp_path) == expected
    found = list(walk([tmp_path / "b", tmp_path / "a.html"]))
    assert [(each.relative, each.size) for each in found if isinstance(each, SourceFile)] == [
        ("10.html", 3),
        ("2.html", 3),
        ("a.html", 3),
    ]


def test_what_does_not_exist_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        walk([tmp_path, tmp_path / "nothing"])


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x", encoding="utf-8")
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.txt").write_text("x", encoding="utf-8")
    (given / "in").symlink_to(given / "a.txt")
    (given / "loop").symlink_to(given)
    (given / "nowhere").symlink_to(given / "gone")
    (given / "out").symlink_to(outside)
    found = list(walk([given]))
    problems = {each.relative: each.message for each in found if isinstance(each, SourceProblem)}
    assert [each.relative for each in found if isinstance(each, SourceFile)] == ["a.txt"]
    assert set(problems) == {"in", "loop", "nowhere", "out"}
    assert "leads out" in problems["out"]
    assert "nowhere" in problems["nowhere"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and sockets are Unix's")
def test_pipes_sockets_and_devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        found = {each.relative: each for each in walk([tmp_path])}
    assert {name: each.reason for name, each in found.items()} == {  # type: ignore[union-attr]
        "pipe": "special",
        "socket": "special",
    }
    (device,) = walk([Path("/dev/null")])
    assert isinstance(device, SourceProblem)


def test_unreadable_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)  # root may read all: refuse in its stead
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    found = {each.relative: each for each in walk([tmp_path])}
    assert all(isinstance(each, SourceProblem) for each in found.values())
    assert found["a.txt"].is_file  # type: ignore[union-attr]
    assert "permission denied" in found["locked/"].message  # type: ignore[union-attr]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on Unix only")
def test_undecodable_names(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path)
    for name in ("采购公告.html".encode("gb18030"), b"\xff\xfe.txt", b"line\nbreak\x1b[31m.txt"):
        with open(os.path.join(raw, name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(b"x")
    found = list(walk([tmp_path]))
    assert {each.relative for each in found} == {
        "采购公告.html",
        "\\xff\\xfe.txt",
        "line\\x0abreak\\x1b[31m.txt",
    }
    for each in found:
        assert isinstance(each, SourceFile)
        assert each.path.read_bytes() == b"x"
        each.relative.encode()


def test_direction_marks_cannot_hide_an_ending() -> None:
    assert safe_name("a\u202egpj.exe") == "a\\u202egpj.exe"
    assert safe_name("普通 name.html") == "普通 name.html"


def test_counts_add_up_to_find(shared_data: Path) -> None:
    folder = shared_data / "data"
    regular = sum(1 for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    found = list(walk([folder]))
    assert regular == sum(1 for each in found if isinstance(each, SourceFile) or each.is_file)
