"""incoming/: files that were handed over in the reading room and that no run has taken in yet.

They keep the paths they came with as far as these are harmless, and nobody but the owner can read
them. A run moves them aside, takes them in as originals and removes them; what comes meanwhile
waits for the next.
"""

import filecmp
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

import msgspec
from filelock import FileLock, Timeout

from sousveil.case.atomic import storage_errors
from sousveil.errors import UsageError
from sousveil.sources.names import harmless_path

FOLDER = "incoming"
MOST_BYTES = 2 << 30
"""Bytes of one file."""
_NAMED = 12
_TAKING = "taking-"


class Waiting(msgspec.Struct, frozen=True):
    """What waits: how many files, their bytes, and the first of their paths, as they came.
    ``mark`` is another whenever any of them is."""

    files: int
    size: int
    names: tuple[str, ...]
    mark: str

    def __bool__(self) -> bool:
        return self.files > 0


class Incoming:
    """The folder of what was handed over. ``files`` is where it waits."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self.files = self._folder / "files"
        self._aside = self._folder / "aside"

    @contextmanager
    def receiving(self, name: str) -> Iterator["Receiving"]:
        """Take a file in piece by piece; it is there whole once ``keep`` was called, or not at all.
        ``name`` is what whoever sends it calls it, with folders.

        Raises StorageError where it cannot be written.
        """
        for folder in (self.files, self._aside):
            folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        aside = self._aside / uuid.uuid4().hex
        lock = _held(aside)
        with storage_errors(self._folder):
            try:
                with lock, aside.open("xb") as out:
                    yield Receiving(out, lambda: self._place(aside, harmless_path(name)))
            finally:
                aside.unlink(missing_ok=True)
                Path(lock.lock_file).unlink(missing_ok=True)

    def forget_broken(self) -> None:
        """Remove what came in part to a room that was killed; not what another receives now."""
        with storage_errors(self._folder):
            for aside in self._aside.glob("*"):
                lock = _held(aside.with_suffix(""))
                try:
                    with lock:
                        aside.unlink(missing_ok=True)
                except Timeout:
                    continue
                Path(lock.lock_file).unlink(missing_ok=True)

    def waiting(self) -> Waiting:
        """What waits now, with what a run has begun to take in."""
        return self._listed()[0]

    def take(self) -> Sequence[Path]:
        """Move what waits to a folder that nothing is added to; returns that and those that killed
        runs left, for ``taken``. The case's lock must be held."""
        begun = self._begun()
        numbers = [int(folder.name.removeprefix(_TAKING)) for folder in begun]
        taking = self._folder / f"{_TAKING}{max(numbers, default=0) + 1}"
        with storage_errors(self._folder):
            if self.files.exists():
                self.files.rename(taking)
                begun.append(taking)
        return begun

    def taken(self, folders: Sequence[Path]) -> None:
        """Remove folders that were taken in."""
        with storage_errors(self._folder):
            for folder in folders:
                shutil.rmtree(folder)

    def _begun(self) -> list[Path]:
        return sorted(self._folder.glob(f"{_TAKING}[0-9]*"))

    def clear(self, mark: str) -> bool:
        """Remove what waits; nothing, and False, where it is not what had this mark. The case's
        lock must be held."""
        waiting, paths = self._listed()
        if waiting.mark != mark:
            return False
        with storage_errors(self._folder):
            for path in paths:
                path.unlink(missing_ok=True)
            for root in (*self._begun(), self.files):
                _remove_empty(root)
        return True

    def _listed(self) -> tuple[Waiting, Sequence[Path]]:
        names, paths, size = list[str](), list[Path](), 0
        mark = hashlib.sha256()
        for root in (*self._begun(), self.files):
            for path in _files(root):
                try:
                    found = path.stat()
                except FileNotFoundError:  # a run took it in
                    continue
                size += found.st_size
                paths.append(path)
                name = path.relative_to(root).as_posix()
                mark.update(os.fsencode(f"{name}\0{found.st_size}\0{found.st_ino}\0"))
                if len(names) < _NAMED:
                    names.append(name)
        return Waiting(len(paths), size, tuple(names), mark.hexdigest()), paths

    def _place(self, aside: Path, path: str) -> None:
        """Move a whole file to its path, or beside what is there. The same bytes come once."""
        while True:
            try:
                return self._move(aside, path)
            except FileNotFoundError:
                if not aside.exists():
                    raise
                self.files.mkdir(exist_ok=True)  # a run moved it

    def _move(self, aside: Path, path: str) -> None:
        *folders, name = path.split("/")
        folder = self.files
        for part in folders:
            folder = _free(folder / part, Path.is_dir)
            folder.mkdir(exist_ok=True)
        target = _free(
            folder / name, lambda found: found.is_file() and filecmp.cmp(aside, found, False)
        )
        aside.replace(target)


class Receiving:
    """A file that is being taken in. Raises UsageError where it is too large."""

    def __init__(self, out: BinaryIO, place: Callable[[], None]) -> None:
        self._out = out
        self._place = place
        self._size = 0

    def write(self, data: bytes) -> None:
        """Add what came."""
        self._size += len(data)
        if self._size > MOST_BYTES:
            raise UsageError(
                f"A file has more than {MOST_BYTES >> 30} GiB, the most that can be handed over.",
                "Add it in a terminal: 'sousveil add FILE --case CASE'.",
            )
        self._out.write(data)

    def keep(self) -> None:
        """It is whole."""
        self._out.close()
        self._place()


def _held(aside: Path) -> FileLock:
    """What is held, by whichever thread, while a file comes in; the system ends it with us."""
    return FileLock(aside.with_suffix(".lock"), timeout=0, thread_local=False)


def _remove_empty(root: Path) -> None:
    """Remove a folder and those in it, but none in which something is."""
    for folder, _, _ in os.walk(root, topdown=False):
        with suppress(OSError):  # something came meanwhile
            Path(folder).rmdir()


def _files(root: Path) -> Iterator[Path]:
    """The files under a folder, by name."""
    for folder, folders, found in os.walk(root):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(found))


def _free(path: Path, will_do: Callable[[Path], bool]) -> Path:
    """The path, or with a number in its name where something else has it."""
    if not os.path.lexists(path) or will_do(path):
        return path
    for number in count(2):
        other = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if not os.path.lexists(other) or will_do(other):
            return other
    raise AssertionError
