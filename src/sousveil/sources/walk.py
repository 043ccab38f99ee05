"""Finds the files in what a person gives: every entry is a file to read or a listed problem."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from sousveil.errors import UsageError
from sousveil.sources.names import safe_name


class SourceFile(msgspec.Struct, frozen=True):
    """A regular file that can be opened.

    ``path`` is where it is on disk; ``relative`` its POSIX path as safe text, relative to the
    folder given, or its name where the file itself was given; ``size`` is in bytes.
    """

    path: Path
    relative: str
    size: int


class SourceProblem(msgspec.Struct, frozen=True):
    """An entry that is not read. ``reason``: ``unreadable``, ``link`` or ``special``."""

    relative: str
    reason: str
    message: str
    hint: str = ""
    is_file: bool = False
    """Whether it is a regular file: files and problems with this set are all that find counts."""


def walk(
    paths: Sequence[Path], is_case: Callable[[Path], bool] = lambda _: False
) -> Iterator[SourceFile | SourceProblem]:
    """Yield the files of ``paths``, folders in the order of their entries' names.

    ``is_case`` tells folders of cases: read as records, they would be counted again at every run.

    Links are never followed, so nothing is read twice and nothing outside is reached: each is a
    problem, as are devices, sockets, pipes, folders of cases and what cannot be opened. Nothing is
    written, no entry is passed over. Raises UsageError at once where a path given is not there.
    """
    for path in paths:
        try:
            path.stat()
        except FileNotFoundError:
            raise UsageError(
                f"There is no file or folder {safe_name(str(path))}.", "Check the path."
            ) from None
        except (OSError, ValueError):
            continue  # it exists, or its parent cannot be searched: listed when it is walked
    return _walk(paths, is_case)


def _walk(
    paths: Sequence[Path], is_case: Callable[[Path], bool]
) -> Iterator[SourceFile | SourceProblem]:
    for path in paths:
        name = safe_name(path.name or str(path))
        try:
            found = path.stat()
        except (OSError, ValueError) as error:
            yield _unreadable(name, error)
            continue
        if stat.S_ISDIR(found.st_mode):
            yield from _folder(path, is_case)
        else:
            yield _file(path, name, found)


def _folder(root: Path, is_case: Callable[[Path], bool]) -> Iterator[SourceFile | SourceProblem]:
    """Depth first without recursion: a stack of entries still to be seen, last first."""
    base = os.fspath(root)
    inside = os.path.realpath(base)
    stack = list(reversed(_entries(base, "")))
    while stack:
        item = stack.pop()
        if isinstance(item, SourceProblem):
            yield item
            continue
        entry, relative = item
        shown = safe_name(relative)
        try:
            if entry.is_symlink():
                yield _link(entry.path, shown, inside)
            elif entry.is_dir(follow_symlinks=False):
                if is_case(Path(entry.path)):
                    yield SourceProblem(
                        shown,
                        "special",
                        "It is the folder of a case, not of records.",
                        "Nothing to do; better keep cases outside the folders of records.",
                    )
                    continue
                stack.extend(reversed(_entries(entry.path, f"{relative}/")))
            else:
                yield _file(Path(entry.path), shown, entry.stat(follow_symlinks=False))
        except OSError as error:
            yield _unreadable(shown, error)


def _entries(folder: str, prefix: str) -> list["tuple[os.DirEntry[str], str] | SourceProblem"]:
    """The entries of a folder by name, or the problem that it cannot be listed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        return [_unreadable(safe_name(prefix or f"{Path(folder).name}/"), error)]
    return [(entry, f"{prefix}{entry.name}") for entry in entries]


def _file(path: Path, relative: str, found: os.stat_result) -> SourceFile | SourceProblem:
    if not stat.S_ISREG(found.st_mode):
        return SourceProblem(
            relative, "special", f"It is a {_kind(found.st_mode)}, not a file.", "Nothing to do."
        )
    if not os.access(path, os.R_OK):
        return SourceProblem(
            relative,
            "unreadable",
            "The file cannot be opened: permission denied.",
            "Give yourself the right to read it and add it again.",
            is_file=True,
        )
    return SourceFile(path, relative, found.st_size)


def _link(path: str, relative: str, inside: str) -> SourceProblem:
    target = os.path.realpath(path)
    within = target == inside or target.startswith(inside.rstrip(os.sep) + os.sep)
    if not os.path.lexists(target):
        message, hint = "It is a link that leads nowhere.", "Nothing to do."
    elif within:
        message, hint = "It is a link to what is read in its own place.", "Nothing to do."
    else:
        message = "It is a link that leads out of the folder given; links are not followed."
        hint = "Add what it leads to as well, if you want it read."
    return SourceProblem(relative, "link", message, hint)


def _unreadable(relative: str, error: OSError | ValueError) -> SourceProblem:
    why = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be opened"
    return SourceProblem(
        relative,
        "unreadable",
        f"It cannot be read: {why[:1].lower()}{why[1:]}.",
        "Give yourself the right to read it and add it again.",
    )


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISBLK, "device"),
        (stat.S_ISCHR, "device"),
    )
    return next((name for is_kind, name in kinds if is_kind(mode)), "special entry")
