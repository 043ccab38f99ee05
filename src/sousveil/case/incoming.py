"""incoming/: files that were handed over in the reading room and that no run has taken in yet.

They keep the paths they came with as far as these are harmless, and nobody but the owner can read
them. A run takes them in as originals and empties the folder.
"""

import filecmp
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

import msgspec

from sousveil.case.atomic import storage_errors
from sousveil.errors import UsageError
from sousveil.sources.names import harmless_path

FOLDER = "incoming"
MOST_BYTES = 2 << 30
"""Bytes of one file."""
_NAMED = 12


class Waiting(msgspec.Struct, frozen=True):
    """What waits: how many files, their bytes, and the first of their paths, as they came."""

    files: int
    size: int
    names: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.files > 0


class Incoming:
    """The folder of what was handed over. ``files`` is what a run is given."""

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
        with storage_errors(self._folder):
            try:
                with aside.open("xb") as out:
                    yield Receiving(out, lambda: self._place(aside, harmless_path(name)))
            finally:
                aside.unlink(missing_ok=True)

    def waiting(self) -> Waiting:
        """What waits now."""
        names, files, size = list[str](), 0, 0
        for folder, folders, found in os.walk(self.files):
            folders.sort()
            for name in sorted(found):
                path = Path(folder, name)
                files += 1
                size += path.stat().st_size
                if len(names) < _NAMED:
                    names.append(path.relative_to(self.files).as_posix())
        return Waiting(files, size, tuple(names))

    def clear(self) -> None:
        """Remove all that waits."""
        with storage_errors(self._folder):
            if self._folder.exists():
                shutil.rmtree(self._folder)

    def _place(self, aside: Path, path: str) -> None:
        """Move a whole file to its path, or beside what is there. The same bytes come once."""
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


def _free(path: Path, will_do: Callable[[Path], bool]) -> Path:
    """The path, or with a number in its name where something else has it."""
    if not os.path.lexists(path) or will_do(path):
        return path
    for number in count(2):
        other = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if not os.path.lexists(other) or will_do(other):
            return other
    raise AssertionError
