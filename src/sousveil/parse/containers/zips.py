"""ZIP archives, whatever wrote their names."""

import stat
import zipfile
import zlib
from collections.abc import Iterator

from sousveil.errors import DamagedError
from sousveil.model import Document
from sousveil.parse.containers import problems
from sousveil.parse.containers.limits import CHUNK, Budget
from sousveil.parse.containers.names import decoded_names, member_path
from sousveil.parse.content import Content
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

VERSION = 1
_UTF8 = 0x800
_ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What the standard library raises at a broken archive."""


def parse_zip(
    content: Content, document: Document, media_type: str
) -> Iterator[Member | RecordProblem]:
    """Yield the files of a ZIP archive. Raises DamagedError where there is no directory in it."""
    with content.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN:
            raise DamagedError(
                "The ZIP archive is broken or cut off.", "Download it again and add the whole file."
            ) from None
        with archive:
            yield from _members(archive, Budget(content.size))


def _members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member | RecordProblem]:
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    for number, (entry, name) in enumerate(zip(entries, _names(entries), strict=True), start=1):
        budget.member()
        path = member_path(name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield problems.link(number)
        elif path is None:
            yield problems.refused(number)
        elif entry.flag_bits & _ENCRYPTED:
            yield problems.locked(number)
        else:
            yield Member(path, budget.counted(_chunks(archive, entry)))


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Names as written: what does not say that it is UTF-8 was read as cp437."""
    stated = [bool(entry.flag_bits & _UTF8) for entry in entries]
    raw = [
        entry.orig_filename.encode("cp437", "replace")
        for entry, sure in zip(entries, stated, strict=True)
        if not sure
    ]
    guessed = iter(decoded_names(raw))
    return [
        entry.orig_filename if sure else next(guessed)
        for entry, sure in zip(entries, stated, strict=True)
    ]


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except BROKEN:
        raise DamagedError("A file in the archive is broken.") from None
