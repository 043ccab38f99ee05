"""Fingerprints of a notice's text: one for exact copies, one for near ones.

The sketch is a simhash (Charikar 2002) over character 3-grams, the unit that works for text with
and without spaces alike; two texts that differ in a few words differ in a few of its 64 bits
(Manku, Jain and Das Sarma 2007 found 3 bits right for web pages).
"""

import hashlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sousveil.text import fold, squash

_SHINGLE = 3
# Odd constants of splitmix64, whose mixing spreads neighbouring code points over all bits.
_STEPS = tuple(
    np.uint64(step) for step in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
# Which of its 8 bits each byte value has: counting byte values and multiplying by this table is
# several times faster than unpacking every bit. Floats, because only they are multiplied at speed;
# counts are exact in them.
_BITS_OF_BYTE = np.unpackbits(
    np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little"
).astype(np.float64)
_BYTE_PLACES = np.arange(8, dtype=np.intp) * 256


def text_hash(text: str) -> str:
    """32 hex digits, equal for texts that differ in script, width, case and white space only."""
    return hashlib.sha256(_folded(text)).hexdigest()[:32]


def sketch(text: str) -> int:
    """A 64-bit simhash of the folded text without white space; 0 for text without content."""
    codes = np.frombuffer(_folded(text), dtype="<u4").astype(np.uint64)
    if not codes.size:
        return 0
    if codes.size < _SHINGLE:
        codes = np.concatenate([codes, np.zeros(_SHINGLE - codes.size, dtype=np.uint64)])
    # A code point has 21 bits: three of them fill one word.
    grams = codes[:-2] | (codes[1:-1] << np.uint64(21)) | (codes[2:] << np.uint64(42))
    # Each 3-gram counts once: forms repeat their phrases, and repeated rows would drown the rest.
    grams.sort()
    return _majority(_mix(grams[np.concatenate([[True], grams[1:] != grams[:-1]])]))


@lru_cache(maxsize=1)  # both fingerprints are wanted of one text after the other
def _folded(text: str) -> bytes:
    return fold(squash(text)).encode("utf-32-le", "replace")


def _mix(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The splitmix64 finaliser."""
    mixed = values + _STEPS[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _STEPS[1]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _STEPS[2]
    return mixed ^ (mixed >> np.uint64(31))


def _majority(hashes: npt.NDArray[np.uint64]) -> int:
    """The number whose bit k is what most hashes have at k."""
    columns = hashes.astype("<u8").view(np.uint8).reshape(-1, 8)
    places = (columns + _BYTE_PLACES).ravel()
    counts = np.bincount(places, minlength=8 * 256).reshape(8, 256) @ _BITS_OF_BYTE
    bits = np.packbits(counts * 2 > hashes.size, bitorder="little")
    return int.from_bytes(bits.tobytes(), "little")
