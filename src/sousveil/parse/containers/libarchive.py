"""7z and RAR archives, read by the system's libarchive where there is one."""

import importlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from sousveil.errors import DamagedError, UnsupportedError
from sousveil.model import Document
from sousveil.parse.containers import problems
from sousveil.parse.containers.limits import Budget
from sousveil.parse.containers.names import decoded_names, member_path
from sousveil.parse.content import Content
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

VERSION = 1
MEDIA_TYPES = ("application/x-7z-compressed", "application/vnd.rar")


@cache
def library() -> ModuleType | None:
    """The binding to libarchive, None where the system has none."""
    # Left to itself the binding runs a program to find the library: workers may not.
    if sys.platform == "linux":
        os.environ.setdefault("LIBARCHIVE", "libarchive.so.13")
    try:
        return importlib.import_module("libarchive")
    except (ImportError, OSError, AttributeError, TypeError):
        return None


def works() -> bool:
    """Whether this system can read 7z and RAR archives."""
    return library() is not None


def parse_archive(
    content: Content, document: Document, media_type: str
) -> Iterator[Member | RecordProblem]:
    """Yield the files of an archive.

    Raises UnsupportedError where the system has no libarchive, DamagedError where the archive is
    broken, and where all of it, names too, stands under a password.
    """
    binding = library()
    if binding is None:
        raise UnsupportedError(
            "7z and RAR archives need libarchive, which this system does not have.",
            "Install it (on Debian: apt-get install libarchive13) and run"
            " 'sousveil process --retry-failed', or unpack the archive and add the folder.",
        )
    error: type[Exception] = binding.exception.ArchiveError
    try:
        with content.open() as file, binding.stream_reader(file) as archive:
            yield from _members(archive, Budget(content.size), error)
    except error as problem:
        if _is_locked(problem):
            yield problems.locked(1)
            return
        raise DamagedError(
            "The archive is broken, cut off, or packed in a way that cannot be read.",
            "Download it again, or unpack it and add the folder.",
        ) from None


def _members(
    archive: Any, budget: Budget, error: type[Exception]
) -> Iterator[Member | RecordProblem]:
    number = 0
    for entry in archive:
        if entry.isdir:
            continue
        number += 1
        budget.member()
        path = member_path(_name(entry))
        if entry.islnk or entry.issym or not entry.isreg:
            yield problems.link(number)
        elif path is None:
            yield problems.refused(number)
        elif getattr(entry, "is_encrypted", False):
            yield problems.locked(number)
        else:
            yield Member(path, budget.counted(_chunks(entry, error)))


def _name(entry: Any) -> str:
    name = entry.pathname
    return decoded_names([name])[0] if isinstance(name, bytes) else str(name)


def _is_locked(problem: Exception) -> bool:
    words = str(problem).lower()
    return "passphrase" in words or "encrypt" in words


def _chunks(entry: Any, error: type[Exception]) -> Iterator[bytes]:
    try:
        yield from entry.get_blocks()
    except error as problem:
        if _is_locked(problem):
            raise DamagedError("A file in the archive needs a password.") from None
        raise DamagedError("A file in the archive is broken.") from None
