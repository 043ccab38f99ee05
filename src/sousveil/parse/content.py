"""The bytes of a document: in memory where they are few, else read from their file as needed."""

import io
from pathlib import Path
from typing import BinaryIO

from sousveil.errors import LimitError

SMALL = 64 << 20
"""Bytes up to which a document is read into memory to find out what it is."""

_BEGINNING = 1 << 20
_MOST = 1 << 30


class Content:
    """A document's bytes, from memory or from a file that does not change."""

    def __init__(self, source: bytes | Path) -> None:
        self._source = source
        self.size = len(source) if isinstance(source, bytes) else source.stat().st_size

    def open(self) -> BinaryIO:
        """The bytes as a file open for reading, at its beginning."""
        return (
            io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source.open("rb")
        )

    def beginning(self) -> bytes:
        """All bytes of a document up to SMALL; of a larger one the first mebibyte."""
        if self.size <= SMALL:
            return self.whole()
        with self.open() as file:
            return file.read(_BEGINNING)

    def whole(self) -> bytes:
        """All bytes. Raises LimitError where they would not fit into memory."""
        if isinstance(self._source, bytes):
            return self._source
        if self.size > _MOST:
            raise LimitError(
                f"The file has {self.size:,} bytes; {_MOST:,} is the most for its format.",
                "Split it and add the parts.",
            )
        self._source = self._source.read_bytes()
        return self._source
