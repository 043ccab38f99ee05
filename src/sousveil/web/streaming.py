"""Downloads that are sent while they are written: memory does not grow with them.

What fails after the first bytes breaks the download off, so that a browser never takes half a file
for the whole.
"""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from queue import Full, Queue
from threading import Event
from typing import BinaryIO, cast

from starlette.responses import StreamingResponse

_PIECE = 1 << 16
_AHEAD = 8
"""Pieces that are written before they are sent."""
_SECONDS_BETWEEN = 0.2


def download(write: Callable[[BinaryIO], object], name: str, media_type: str) -> StreamingResponse:
    """What ``write`` writes, as a file of this (ASCII) name. What it raises before it wrote a piece
    is raised here."""
    pieces = _Pieces(write).sent()
    first = next(pieces, b"")  # begun, it ends the writer too when nobody wants it any more
    return StreamingResponse(
        chain([first], pieces),
        media_type=media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


class _Pieces:
    """What a thread of its own writes, piece by piece."""

    def __init__(self, write: Callable[[BinaryIO], object]) -> None:
        self._queue: Queue[bytes | None] = Queue(_AHEAD)
        self._left = Event()
        """Set once nobody waits for more."""
        self._write = write

    def sent(self) -> Iterator[bytes]:
        """The pieces, as long as somebody wants them. Raises what the writer raised."""
        writer = ThreadPoolExecutor(1)
        written = writer.submit(self._run)
        writer.shutdown(wait=False)
        try:
            while (piece := self._queue.get()) is not None:
                yield piece
            written.result()
        finally:
            self._left.set()

    def put(self, piece: bytes | None) -> None:
        """Hand a piece over. Raises BrokenPipeError once nobody waits for it."""
        while not self._left.is_set():
            try:
                return self._queue.put(piece, timeout=_SECONDS_BETWEEN)
            except Full:
                continue
        raise BrokenPipeError

    def _run(self) -> None:
        try:
            end: io.RawIOBase = _Out(self)
            out = io.BufferedWriter(end, _PIECE)
            self._write(cast(BinaryIO, out))
            out.flush()
            out.detach()
        finally:
            self.put(None)


class _Out(io.RawIOBase):
    """The end that is written to."""

    def __init__(self, pieces: _Pieces) -> None:
        self._pieces = pieces

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Hand over a piece."""
        self._pieces.put(bytes(data))
        return len(data)
