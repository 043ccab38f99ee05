"""Files that are only ever added to: one JSON Lines file a person, and their union over copies.

Where one person wrote in two copies of a case, the copies' files begin alike and then differ. A
merge keeps both: the other stands as ``NAME@DIGITS.jsonl``, digits of its hash.
"""

import hashlib
import mmap
import os
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from sousveil.case.atomic import storage_errors
from sousveil.errors import DecisionError

SEPARATOR = "@"
_DIGITS = 12
_T = TypeVar("_T")
_encoder = msgspec.json.Encoder()


class Line(msgspec.Struct, frozen=True, order=True):
    """A whole line: its number in its file, from 1, its bytes, and the file's name."""

    number: int
    content: bytes
    file: str


def person(path: Path) -> str:
    """Whose file it is."""
    return path.stem.partition(SEPARATOR)[0]


def whole_lines(folder: Path) -> Iterator[Line]:
    """The lines of every file of a folder, file by file in the order of names. A torn last line
    was never acknowledged and is passed over.

    Raises DecisionError for a file that cannot be read.
    """
    for path in sorted(folder.glob("*.jsonl")):
        try:
            lines = path.read_bytes().splitlines(keepends=True)
        except OSError as error:
            told = f"{folder.name}/{path.name} cannot be read."
            raise DecisionError(told, "Restore it.") from error
        for number, line in enumerate(lines, start=1):
            if line.endswith(b"\n") and line.strip():
                yield Line(number, line, path.name)


class Records(Generic[_T]):
    """The records of one kind, a line each, in the files of a folder of the case."""

    def __init__(
        self, folder: str, kind: type[_T], said: str, by: str, *, signed: bool = True
    ) -> None:
        """``said`` is what such a record is (in "is no ..."), ``by`` the field that names who wrote
        it, ``at`` being when. ``signed``: it must be the person whose file it stands in."""
        self._folder, self._said, self._signed = folder, said, signed
        self._decoder = msgspec.json.Decoder(kind)
        self._by, self._order = attrgetter(by), attrgetter(by, "at")

    def read(self, root: Path) -> list[_T]:
        """All of them: person by person in the order of names, oldest first, each once, whichever
        copies of the case they come from. A torn last line is passed over; any other that cannot be
        read raises DecisionError."""
        first: dict[_T, Line] = {}
        for line in sorted(whole_lines(root / self._folder)):
            first.setdefault(self.decode(line), line)
        return sorted(first, key=lambda record: (self._order(record), first[record]))

    def decode(self, line: Line) -> _T:
        """The record of a line. Raises DecisionError."""
        try:
            record = self._decoder.decode(line.content)
        except msgspec.DecodeError as error:
            raise self._unusable(line, f"is no {self._said}") from error
        if self._signed and self._by(record) != person(Path(line.file)):
            raise self._unusable(line, "names another coder than the file")
        return record

    def _unusable(self, line: Line, problem: str) -> DecisionError:
        where = f"Line {line.number}" if line.number else "A line"
        return DecisionError(
            f"{where} of {self._folder}/{line.file} {problem}.",
            "Correct it, or restore the file from a copy.",
        )


def digest(records: Iterable[object]) -> str:
    """What records say as one hash, whatever their order, "" for none."""
    lines = sorted(map(_encoder.encode, records))
    return hashlib.sha256(b"\n".join(lines)).hexdigest() if lines else ""


def lines_with(path: Path, words: bytes) -> Iterator[bytes]:
    """The whole lines of a file in which some words stand, in order: quick where few of very many
    lines have them. Raises OSError."""
    with path.open("rb") as handle:
        if not os.fstat(handle.fileno()).st_size:
            return
        with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as content:
            end = 0
            while (found := content.find(words, end)) >= 0:
                start = content.rfind(b"\n", end, found) + 1 or end
                end = content.find(b"\n", found) + 1
                if not end:
                    return  # a torn last line
                yield content[start:end]


def append(path: Path, added: bytes) -> bytes:
    """Add to a file and make it durable; returns its whole content. A torn last line is cut off
    first. Raises StorageError."""
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as handle:
            handle.seek(0)
            before = handle.read()
            whole = before[: before.rfind(b"\n") + 1]
            handle.truncate(len(whole))
            handle.write(added)
            handle.flush()
            os.fsync(handle.fileno())
    return whole + added


def unite(own: Path, other: Path) -> int:
    """Add to the files of folder ``own`` what only those of ``other`` hold; returns how many lines
    were written. What is there already is not written again. Raises StorageError."""
    written = 0
    for theirs in sorted(other.glob("*.jsonl")):
        content = theirs.read_bytes()
        content = content[: content.rfind(b"\n") + 1]
        ours = {
            path: path.read_bytes()
            for path in sorted(own.glob("*.jsonl"))
            if person(path) == person(theirs)
        }
        if not content or any(known.startswith(content) for known in ours.values()):
            continue
        begun = [path for path, known in ours.items() if content.startswith(known)]
        if begun:
            target = max(begun, key=lambda path: len(ours[path]))
        else:
            target = own / f"{person(theirs)}{_mark(content) if ours else ''}.jsonl"
        rest = content[len(ours.get(target, b"")) :]
        append(target, rest)
        written += rest.count(b"\n")
    return written


def _mark(content: bytes) -> str:
    return f"{SEPARATOR}{hashlib.sha256(content).hexdigest()[:_DIGITS]}"
