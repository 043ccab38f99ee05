"""gzip: unpacks with a limit, so that a small file cannot fill the memory."""

import zlib
from io import BytesIO

from sousveil.errors import DamagedError, LimitError

MOST_UNPACKED = 1 << 30
"""Bytes that may come out of one file."""

_CHUNK = 1 << 20
_SMALLEST_CHUNK = 1 << 12
"""Each member begins with little, so that a file of a million tiny members is not slow."""


def gunzip(data: bytes, most: int = MOST_UNPACKED) -> bytes:
    """The unpacked bytes of a gzip file of one or more members.

    Raises LimitError above ``most`` bytes, DamagedError where the file is broken or cut off.
    """
    out = BytesIO()
    rest: bytes | memoryview = memoryview(data)
    while len(rest):
        unpacker = zlib.decompressobj(wbits=31)
        position, size = 0, _SMALLEST_CHUNK
        while not unpacker.eof:
            piece = unpacker.unconsumed_tail
            if not piece:
                piece = bytes(rest[position : position + size])
                position += len(piece)
                size = min(2 * size, _CHUNK)
                if not piece:
                    raise DamagedError(
                        "The gzip file ends early.", "Download it again and add the whole file."
                    )
            try:
                out.write(unpacker.decompress(piece, _CHUNK))
            except zlib.error:
                raise DamagedError(
                    "The gzip file is broken.", "Download it again and add the whole file."
                ) from None
            if out.tell() > most:
                raise LimitError(
                    f"The gzip file unpacks to more than {most:,} bytes.",
                    "Unpack and split it, and add the parts.",
                )
        rest = rest[position - len(unpacker.unused_data) :]
        if bytes(rest[:2]) != b"\x1f\x8b":
            break  # padding after the last member, as tapes and some servers leave it
    return out.getvalue()
