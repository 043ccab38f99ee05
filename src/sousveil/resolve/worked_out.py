"""What joining worked out before, by its input: where that did not change, it is taken over.

An entry's key is the hash of all that its result depends on, the version of the code included, and
its value is that result: an entry can be missing, and never wrong. So no order of adding and no
removing changes what comes out, and nobody has to tell what was touched.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

_SIZE = 16
"""Bytes of a key: among 10⁹ entries two agree by chance once in 10²⁰ cases."""
_encoder = msgspec.msgpack.Encoder(order="deterministic")

T = TypeVar("T")


class WorkedOut:
    """Results of a run before, and those of this run: what this run does not ask for falls away.

    ``taken_over`` and ``anew`` count what was found and what was worked out, by its kind.
    """

    def __init__(self, version: str = "", before: Mapping[bytes, bytes] | None = None) -> None:
        self._version = version
        self._before = before or {}
        self._now: dict[bytes, bytes] = {}
        self.taken_over: Counter[str] = Counter()
        self.anew: Counter[str] = Counter()

    def key(self, kind: str, given: object) -> bytes:
        """The key of what is worked out of ``given``, plain data or records."""
        said = _encoder.encode((self._version, kind, given))
        return hashlib.blake2b(said, digest_size=_SIZE).digest()

    def find(self, key: bytes, result: type[T]) -> T | None:
        """What stands under a key, None where nothing does or a damaged file left what is no such
        result."""
        kept = self._now.get(key) or self._before.get(key)
        if kept is None:
            return None
        try:
            found = msgspec.msgpack.decode(kept, type=result)
        except msgspec.DecodeError:
            return None
        self._now[key] = kept
        return found

    def note(self, key: bytes, result: object) -> None:
        """Keep a result for the runs to come."""
        self._now[key] = _encoder.encode(result)

    def rows(self) -> Iterator[tuple[bytes, bytes]]:
        """Everything this run asked for, sorted by key."""
        yield from sorted(self._now.items())
