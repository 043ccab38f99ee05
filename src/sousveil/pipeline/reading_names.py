"""Names of organisations read in several processes, where they are many."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sousveil.engine import Codec, Crashed, Limits, Pool
from sousveil.model import NameKey
from sousveil.pipeline.in_order import in_order
from sousveil.resolve.organisations.records import Said
from sousveil.resolve.organisations.said import ReadOf, name_of, read, read_of

_MANY = 20_000
"""Names from which on starting processes is worth it: a third of a second of reading."""
_PIECE = 2_000
"""Names handed over at once."""
_said_decoder = msgspec.msgpack.Decoder(list[Said])
_CODEC: Codec[list[Said]] = Codec(msgspec.msgpack.encode, _said_decoder.decode)
_names_decoder = msgspec.msgpack.Decoder(list[ReadOf])


class Piece(msgspec.Struct, frozen=True):
    """Some names, encoded; ``number`` is the piece's place among all."""

    number: int
    names: bytes


def read_piece(piece: Piece) -> list[Said]:
    """What the names of a piece say, in their order: a limited child's work."""
    return list(read([name_of(one) for one in _names_decoder.decode(piece.names)]))


def read_names(names: Sequence[NameKey], workers: int, limits: Limits) -> Iterator[Said]:
    """What names say, in their order, while others are still being read. A piece that fails its
    process is read in this one: what a name says does not depend on where it is read."""
    if workers < 2 or len(names) < _MANY:
        yield from read(names)
        return
    # One more than work at a time: while this process groups names, one waits for its next piece.
    with Pool(read_piece, workers=workers + 1, limits=limits, codec=_CODEC) as pool:
        yield from in_order(_read_anywhere(pool, names))


def _read_anywhere(
    pool: Pool[Piece, list[Said]], names: Sequence[NameKey]
) -> Iterator[tuple[int, Iterable[Said]]]:
    for result in pool.run(_pieces(names)):
        own = _own(names, result.item.number)
        told = [] if isinstance(result, Crashed) else result.result
        yield result.item.number, told if len(told) == len(own) else read(own)


def _pieces(names: Sequence[NameKey]) -> Iterator[Piece]:
    for number in range(-(-len(names) // _PIECE)):
        read_ofs = [read_of(name) for name in _own(names, number)]
        yield Piece(number, msgspec.msgpack.encode(read_ofs))


def _own(names: Sequence[NameKey], number: int) -> Sequence[NameKey]:
    """The names of a piece."""
    return names[number * _PIECE : (number + 1) * _PIECE]
