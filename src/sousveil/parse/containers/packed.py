"""Files packed alone: gzip, bzip2, xz, Zstandard. Opened as a stream, with a limit."""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import zstandard

from sousveil.errors import DamagedError
from sousveil.parse.containers.gunzip import Gunzip
from sousveil.parse.containers.limits import CHUNK, Budget

SUFFIXES = {
    "application/gzip": (".gz", ".gzip", ".tgz"),
    "application/x-bzip2": (".bz2", ".tbz", ".tbz2"),
    "application/x-xz": (".xz", ".txz"),
    "application/zstd": (".zst", ".zstd", ".tzst"),
}
"""Media types of packed files, and the suffixes that their names end with."""

_WINDOW = 1 << 27
"""Bytes of memory that a Zstandard file may ask for: what its command line allows at most."""

_OPENERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "application/gzip": lambda file: cast(BinaryIO, Gunzip(file)),
    "application/x-bzip2": lambda file: cast(BinaryIO, bz2.BZ2File(file)),
    "application/x-xz": lambda file: cast(BinaryIO, lzma.LZMAFile(file)),  # noqa: SIM115
    "application/zstd": lambda file: cast(
        BinaryIO,
        zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
            file, read_across_frames=True
        ),
    ),
}
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, ValueError)


class Unpacked(io.RawIOBase):
    """What a packed file holds, as a stream.

    Reading raises DamagedError where it is broken or cut off, LimitError where it holds far more
    than its size explains.
    """

    def __init__(self, file: BinaryIO, media_type: str, packed_size: int) -> None:
        self._inner = _OPENERS[media_type](file)
        self._budget = Budget(packed_size)
        self._held, self._at = b"", 0
        self._failure: DamagedError | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def peek(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer at the end; they are read again afterwards.

        Where it breaks off before, what came until then; the reader meets the failure there.
        """
        held = [self._held[self._at :]]
        missing = count - len(held[0])
        try:
            while missing > 0 and (chunk := self._more(missing)):
                held.append(chunk)
                missing -= len(chunk)
        except DamagedError as error:
            self._failure = error
        self._held, self._at = b"".join(held), 0
        if self._failure and not self._held:
            raise self._failure
        return self._held[:count]

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes, at most ``size``; all that are left without one."""
        if size is None or size < 0:
            return b"".join(self.chunks())
        if self._at < len(self._held):
            taken = self._held[self._at : self._at + size]
            self._at += len(taken)
            return taken
        self._held, self._at = b"", 0
        if self._failure:
            raise self._failure
        return self._more(size)

    def chunks(self) -> Iterator[bytes]:
        """All bytes that are left, piece by piece."""
        while chunk := self.read(CHUNK):
            yield chunk

    def _more(self, size: int) -> bytes:
        try:
            chunk = self._inner.read(size)
        except _BROKEN:
            raise DamagedError(
                "The packed file is broken or ends early.",
                "Download it again and add the whole file.",
            ) from None
        self._budget.spend(len(chunk))
        return chunk


def inner_name(name: str, media_type: str) -> str:
    """The name of what a packed file holds: without the suffix, .tar for .tgz."""
    for suffix in SUFFIXES[media_type]:
        if name.lower().endswith(suffix):
            stem = name[: -len(suffix)]
            return stem + ".tar" if suffix.startswith(".t") else stem
    return name
