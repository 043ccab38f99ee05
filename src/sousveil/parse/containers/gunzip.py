"""gzip as a stream, forgiving what servers and tapes leave behind its last member.

The standard library's reader raises at such padding, after everything has been read.
"""

import zlib
from typing import BinaryIO

_MAGIC = b"\x1f\x8b"
_FED = 1 << 16


class Gunzip:
    """Reads a gzip file of one or more members. Raises EOFError where it ends early, zlib.error
    where it is broken."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = b""
        self._unpacker = zlib.decompressobj(wbits=31)
        self._begun = False

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes, ``b""`` only at the end."""
        while True:
            if self._unpacker.eof and not self._next_member():
                return b""
            packed = self._unpacker.unconsumed_tail or self._waiting or self._file.read(_FED)
            if packed is self._waiting:
                self._waiting = b""
            if not packed:
                if not self._begun:
                    return b""  # right after a whole member
                raise EOFError("gzip file ends early")
            self._begun = True
            unpacked = self._unpacker.decompress(packed, size)
            if unpacked:
                return unpacked

    def _next_member(self) -> bool:
        """Whether another member follows; anything else does not belong to the file."""
        self._waiting = self._unpacker.unused_data
        if len(self._waiting) < len(_MAGIC):
            self._waiting += self._file.read(_FED)
        if not self._waiting.startswith(_MAGIC):
            return False
        self._unpacker = zlib.decompressobj(wbits=31)
        self._begun = False
        return True
