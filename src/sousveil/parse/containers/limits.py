"""What may come out of a container, so that a small file can fill neither disk nor time."""

from collections.abc import Iterable, Iterator

from sousveil.errors import LimitError

MOST_MEMBERS = 100_000
MOST_BYTES = 8 << 30
"""Bytes that may come out of one container."""

FREE_BYTES = 64 << 20
MOST_RATIO = 200
"""What comes out may be this many times the container's size; below FREE_BYTES nobody asks.
Office files and web pages pack to a fifth or a tenth; only bombs and empty tables go beyond."""

DEEPEST = 5
"""Containers inside containers that are opened."""

CHUNK = 1 << 20

_SPLIT = "Unpack it with care, and add what you need of it."


class Budget:
    """Counts what comes out of one container. Raises LimitError at the limits."""

    def __init__(self, packed_size: int) -> None:
        self._most = min(MOST_BYTES, max(FREE_BYTES, MOST_RATIO * packed_size))
        self._bytes = self._members = 0

    def member(self) -> None:
        """One more member is met, wanted or not."""
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise LimitError(f"It holds more than {MOST_MEMBERS:,} files.", _SPLIT)

    def spend(self, count: int) -> None:
        """So many bytes have come out."""
        self._bytes += count
        if self._bytes > self._most:
            raise LimitError(
                f"It unpacks to more than {self._most:,} bytes, far more than its size explains.",
                _SPLIT,
            )

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks, each paid for."""
        for chunk in chunks:
            self.spend(len(chunk))
            yield chunk
