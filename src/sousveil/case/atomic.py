"""Writing that a reader sees whole or not at all, and that a full disk turns into a clear error."""

import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sousveil.errors import StorageError


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusal to write into a StorageError that names the place."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageError(
                f"The disk that holds {path} is full.",
                "Free some space and run the same command again: it goes on where it stopped.",
            ) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise StorageError(
                f"{path} cannot be written: {os.strerror(error.errno)}.",
                "Give yourself write permission, or copy the case to a disk you can write to.",
            ) from error
        raise


def replace_file(path: Path, data: bytes) -> None:
    """Replace ``path`` atomically: written aside, synced, renamed, the folder synced.

    Raises StorageError where the disk is full or refuses.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    with storage_errors(path):
        try:
            with aside.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` durable (no-op where folders cannot be opened: Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_files(folder: Path, files: list[Path]) -> None:
    """Make many freshly written files durable: one syncfs where Linux has it, else one by one.

    A syncfs costs about as much as one fsync and serves any number of files.
    """
    if not files:
        return
    with storage_errors(folder):
        if sys.platform == "linux":
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                libc = ctypes.CDLL(None, use_errno=True)
                if libc.syncfs(descriptor) == 0:
                    return
            finally:
                os.close(descriptor)
        for file in files:
            descriptor = os.open(file, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        for parent in {file.parent for file in files}:
            sync_folder(parent)
