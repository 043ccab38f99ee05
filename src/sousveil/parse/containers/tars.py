"""tar archives, read as a stream: packed ones need not be unpacked to the disk first."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from sousveil.errors import DamagedError
from sousveil.model import Document
from sousveil.parse.containers import problems
from sousveil.parse.containers.limits import CHUNK, Budget
from sousveil.parse.containers.names import decoded_names, member_path
from sousveil.parse.containers.packed import Unpacked
from sousveil.parse.content import Content
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

VERSION = 1
_BROKEN = (tarfile.TarError, EOFError, OSError, ValueError)
_AGAIN = "Download it again and add the whole file."


def parse_tar(
    content: Content, document: Document, media_type: str
) -> Iterator[Member | RecordProblem]:
    """Yield the files of a tar archive. Raises DamagedError where it breaks off."""
    with content.open() as file:
        yield from members_of(file, content.size)


def members_of(file: BinaryIO | Unpacked, packed_size: int) -> Iterator[Member | RecordProblem]:
    """The files of a tar archive that is read as a stream, packed or not."""
    budget = Budget(packed_size)
    number = 0
    try:
        with tarfile.open(
            fileobj=file, mode="r|", encoding="utf-8", errors="surrogateescape"
        ) as archive:
            for entry in archive:
                if entry.isdir():
                    continue
                number += 1
                budget.member()
                yield _member(archive, entry, number, budget)
    except _BROKEN:
        raise DamagedError("The tar archive is broken or cut off.", _AGAIN) from None


def _member(
    archive: tarfile.TarFile, entry: tarfile.TarInfo, number: int, budget: Budget
) -> Member | RecordProblem:
    if not entry.isreg():
        return problems.link(number)
    path = member_path(decoded_names([entry.name.encode("utf-8", "surrogateescape")])[0])
    if path is None:
        return problems.refused(number)
    return Member(path, budget.counted(_chunks(archive, entry)))


def _chunks(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        file = archive.extractfile(entry)
        while file is not None and (chunk := file.read(CHUNK)):
            yield chunk
    except _BROKEN:
        raise DamagedError("A file in the archive is broken.", _AGAIN) from None
