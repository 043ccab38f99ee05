"""Files that change while they are read: never a torn copy, never a wait without end."""

import os
from pathlib import Path

import pytest

from sousveil.case import originals
from sousveil.case.originals import Originals
from sousveil.errors import UnreadableError


@pytest.fixture
def kept(tmp_path: Path) -> Originals:
    (tmp_path / "originals").mkdir()
    return Originals(tmp_path / "originals")


@pytest.mark.parametrize("size", [100, 5 << 20])
def test_a_file_that_grows_while_it_is_read_is_refused(
    kept: Originals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = tmp_path / "growing"
    path.write_bytes(bytes(size))
    opened = originals._without_waiting

    def grow(name: str, flags: int) -> int:
        """Opens it, and lets somebody else write to it at every look at it from then on."""
        number = opened(name, flags)
        real = os.fstat

        def fstat(asked: int) -> os.stat_result:
            found = real(asked)
            with path.open("ab") as file:
                file.write(bytes(2 << 20))
            return found

        monkeypatch.setattr(originals.os, "fstat", fstat)
        return number

    monkeypatch.setattr(originals, "_without_waiting", grow)
    with pytest.raises(UnreadableError, match="changed"):
        kept.keep(path)
    monkeypatch.undo()
    assert not [p for p in (tmp_path / "originals").rglob("*") if p.is_file()]
    assert kept.keep(path)[1] == path.stat().st_size


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(kept: Originals, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="no file"):
        kept.keep(tmp_path / "pipe")


def test_a_file_that_goes_away_is_said(kept: Originals, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        kept.keep(tmp_path / "gone")
