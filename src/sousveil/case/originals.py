"""Evidentiary copies by SHA-256: written once, never altered."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sousveil.case.atomic import storage_errors, sync_files
from sousveil.errors import UnreadableError

_CHUNK = 1 << 20


class Originals:
    """The folder of originals. Files stand under the first two hex digits of their hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fresh: list[Path] = []

    @property
    def folder(self) -> Path:
        """Where all of them stand: what a worker is let to read."""
        return self._folder

    def path(self, sha256: str) -> Path:
        """Where an original stands, whether or not it is there."""
        return self._folder / sha256[:2] / sha256

    def keep(self, source: Path, known: bool | None = None) -> tuple[str, int]:
        """Copy a file in; returns its SHA-256 and size in bytes. ``flush`` makes copies durable.

        Raises UnreadableError where the source cannot be read, is no file (any more), or changes
        while it is read; StorageError where the case cannot be written.
        """
        try:
            with open(source, "rb", opener=_without_waiting) as handle:
                before = os.fstat(handle.fileno())
                if not stat.S_ISREG(before.st_mode):
                    raise UnreadableError("It is no file.", "Nothing to do.")
                head = handle.read(_CHUNK)
                if len(head) < _CHUNK and _same(before, handle):
                    return self.keep_bytes(head)
                return self._keep_stream(head, handle, before)
        except OSError as error:
            if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
                raise UnreadableError(
                    f"The file cannot be read: {os.strerror(error.errno or 0)}.",
                    "Check that it is still there and that you may read it, then add it again.",
                ) from error
            raise

    def keep_bytes(self, data: bytes) -> tuple[str, int]:
        """Keep bytes that are in memory already (a small file, an archive's member)."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if not self._whole(target, len(data)):
            aside = self._aside()
            with storage_errors(target):
                try:
                    aside.write_bytes(data)
                    self._settle(aside, target)
                finally:
                    aside.unlink(missing_ok=True)
        return sha256, len(data)

    def adopt(self, file: Path) -> tuple[str, int]:
        """Take over a file that a worker wrote in the case; returns its SHA-256 and size in bytes.

        Raises StorageError where the case cannot be written.
        """
        with storage_errors(file):
            with file.open("rb") as handle:
                sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
                size = handle.tell()
            if self._whole(self.path(sha256), size):
                file.unlink()
            else:
                self._settle(file, self.path(sha256))
        return sha256, size

    def _keep_stream(
        self, head: bytes, handle: BinaryIO, before: os.stat_result
    ) -> tuple[str, int]:
        digest, size, aside = hashlib.sha256(), 0, self._aside()
        with storage_errors(aside):
            try:
                with aside.open("wb") as out:
                    chunk = head
                    # A file may grow faster than it is read: never beyond what it had.
                    while chunk and size <= before.st_size:
                        digest.update(chunk)
                        out.write(chunk)
                        size += len(chunk)
                        chunk = handle.read(_CHUNK)
                if not _same(before, handle):
                    raise UnreadableError(
                        "The file changed while it was read.",
                        "Add it again when nothing writes to it any more.",
                    )
                sha256 = digest.hexdigest()
                if not self._whole(self.path(sha256), size):
                    self._settle(aside, self.path(sha256))
            finally:
                aside.unlink(missing_ok=True)
        return sha256, size

    def _aside(self) -> Path:
        return self._folder / f".aside-{os.getpid()}"

    def _whole(self, target: Path, size: int) -> bool:
        try:
            return target.stat().st_size == size
        except FileNotFoundError:
            return False

    def _settle(self, aside: Path, target: Path) -> None:
        aside.chmod(0o444)
        try:
            aside.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(exist_ok=True)
            aside.replace(target)
        self._fresh.append(target)

    def flush(self) -> None:
        """Make every copy kept since the last flush durable."""
        sync_files(self._folder, self._fresh)
        self._fresh.clear()

    def check(self, sha256: str) -> str | None:
        """What is wrong with an original, or None."""
        try:
            with self.path(sha256).open("rb") as handle:
                found = hashlib.file_digest(handle, "sha256").hexdigest()
        except FileNotFoundError:
            return "missing"
        except OSError as error:
            return f"unreadable: {os.strerror(error.errno or 0)}"
        return None if found == sha256 else "altered: its bytes no longer have this hash"

    def names(self) -> Iterator[str]:
        """The hashes (file names) of all originals that are there, in order."""
        for folder in sorted(self._folder.iterdir()):
            if folder.is_dir():
                yield from sorted(entry.name for entry in folder.iterdir())


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that took its place since it was listed would be waited for for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _same(before: os.stat_result, handle: BinaryIO) -> bool:
    """Whether an open file has the size and the time of change that it had."""
    after = os.fstat(handle.fileno())
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
