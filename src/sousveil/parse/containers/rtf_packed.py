"""RTF as Outlook packs it into mail.

Source: [MS-OXRTFCP] 2.1.3.1 (the dictionary), 2.2.1 (the header), 3.2 (unpacking).
"""

import struct

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SIZE = 4096
_PACKED, _PLAIN = b"LZFu", b"MELA"


def unpacked_rtf(data: bytes) -> bytes:
    """The RTF document; empty where the bytes are none, cut off where they are.

    A byte of input gives at most nine of output: there is no bomb in it.
    """
    if len(data) < 16:
        return b""
    length, kind = struct.unpack_from("<I", data)[0], data[8:12]
    body = data[16 : 4 + length]
    if kind == _PLAIN:
        return body
    return _unpacked(body) if kind == _PACKED else b""


def _unpacked(body: bytes) -> bytes:
    """Flags of eight tokens, each a byte or a place and length in the last 4,096 bytes."""
    window = bytearray(_DICTIONARY.ljust(_SIZE, b"\0"))
    out = bytearray()
    at, write = 0, len(_DICTIONARY)
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                taken = body[at : at + 1]
                at += 1
            elif at + 1 < len(body):
                place, more = body[at] << 4 | body[at + 1] >> 4, (body[at + 1] & 15) + 2
                at += 2
                if place == write:
                    return bytes(out)
                taken = _repeated(window, place, more, write)
            else:
                return bytes(out)
            for byte in taken:
                window[write] = byte
                write = (write + 1) % _SIZE
            out += taken
    return bytes(out)


def _repeated(window: bytearray, place: int, count: int, write: int) -> bytes:
    """What stands from ``place`` on; it may reach into what it writes itself."""
    taken = bytearray()
    for step in range(count):
        source = (place + step) % _SIZE
        ahead = (source - write) % _SIZE
        taken.append(taken[ahead] if ahead < step else window[source])
    return bytes(taken)
