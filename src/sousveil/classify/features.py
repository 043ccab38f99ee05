"""What the linear model reads of a notice: hashed character n-grams, and what the rules found.

The n-grams (2 and 3 characters, digits alike) are those of the passages that the rules read. Title,
name and purpose make one block, the rest of the specification another that counts half; each n-gram
counts once in a block, and each block has length 1, so that a long text does not outweigh a short
one. Own hashing rather than a library's: it gives the place of every n-gram, which reasons quote,
and needs no training library in the workers.
"""

import math
import zlib
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.classify.passages import ROLES, Passage
from sousveil.model import Coding

Columns = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]

SPACE = 1 << 20
"""Columns of n-grams; those of the rules' findings come after."""
_NAMED_SPACE = 1 << 16
_LONGEST = 20_000
"""Code points read of one passage."""
_BODY = 0.5
_SMALLEST = 1e-4
BETWEEN = np.array(
    sorted(map(ord, " \n\t\r.,;:!?、。，；：！？·()（）[]【】《》〈〉「」\"'“”‘’/\\|_-—–+*#"))
)
"""Code points that stand between words."""
_STEPS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)))


class Features(msgspec.Struct, frozen=True):
    """A sparse row: ``values`` at ``columns`` (rising), and the log odds of the rules."""

    columns: Columns
    values: Values
    rule: float


class Gram(msgspec.Struct, frozen=True):
    """The n-grams of a passage in the order they stand: hashed columns, first and last places."""

    columns: Columns
    starts: Columns
    ends: Columns


def features(read: Sequence[Passage], coding: Coding) -> Features:
    """The row of one notice: ``read`` are its passages, ``coding`` what the rules say."""
    named = dict(_findings(read, coding))
    words, weights = block_rows(read)
    columns = np.concatenate([words, np.array([_column(name) for name in named], np.int64)])
    values = np.concatenate([weights, np.array([*named.values()], np.float64)])
    unique, places = np.unique(columns, return_inverse=True)
    summed = np.bincount(places, values, unique.size).astype(np.float64)
    return Features(unique, summed, log_odds(coding.surveillance_score))


def block_rows(read: Sequence[Passage]) -> tuple[Columns, Values]:
    """The n-grams of a notice and their values, block after block."""
    blocks = [
        _block([p for p in read if (p.role == "body") is body], _BODY if body else 1.0)
        for body in (False, True)
    ]
    columns = np.concatenate([columns for columns, _ in blocks])
    return columns, np.concatenate([values for _, values in blocks])


def log_odds(probability: float) -> float:
    """The log odds of a probability, kept finite."""
    held = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return math.log(held / (1 - held))


def grams(text: str) -> Gram:
    """The hashed n-grams of a plain text that are worth counting.

    Pairs of two letters or digits; triples whose middle is one, with one gap at an edge at most.
    """
    codes = np.frombuffer(text[:_LONGEST].encode("utf-32-le", "replace"), dtype="<u4")
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    gaps = np.isin(codes, BETWEEN)
    wide = np.where(digits, ord("0"), np.where(gaps, ord(" "), codes)).astype(np.uint64)
    found: list[tuple[Columns, Columns, int]] = []
    if codes.size >= 2:
        at = np.flatnonzero(~gaps[:-1] & ~gaps[1:])
        pairs = wide[at] | (wide[at + 1] << np.uint64(21))
        found.append((_hashed(pairs), at, 2))
    if codes.size >= 3:
        at = np.flatnonzero(~gaps[1:-1] & ~(gaps[:-2] & gaps[2:]))
        triples = wide[at] | (wide[at + 1] << np.uint64(21)) | (wide[at + 2] << np.uint64(42))
        found.append((_hashed(triples), at, 3))
    if not found:
        empty = np.empty(0, np.int64)
        return Gram(empty, empty, empty)
    columns, starts, ends = (
        np.concatenate([part[0] for part in found]),
        np.concatenate([part[1] for part in found]),
        np.concatenate([part[1] + part[2] for part in found]),
    )
    return Gram(columns, starts, ends)


def _hashed(values: npt.NDArray[np.uint64]) -> Columns:
    """The splitmix64 finaliser (Steele, Lea and Flood 2014), cut to the space of columns."""
    mixed = values + _STEPS[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _STEPS[1]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _STEPS[2]
    return ((mixed ^ (mixed >> np.uint64(31))) & np.uint64(SPACE - 1)).astype(np.int64)


def _block(read: Sequence[Passage], length: float) -> tuple[Columns, Values]:
    """N-grams of passages, each once with the weight of its best place, scaled to ``length``."""
    parts = [(grams(passage.text).columns, ROLES[passage.role]) for passage in read]
    if not any(columns.size for columns, _ in parts):
        return np.empty(0, np.int64), np.empty(0)
    columns = np.concatenate([columns for columns, _ in parts])
    weights = np.concatenate([np.full(columns.size, weight) for columns, weight in parts])
    unique, places = np.unique(columns, return_inverse=True)
    best = np.zeros(unique.size)
    np.maximum.at(best, places, weights)
    return unique, best * (length / math.sqrt(float(np.sum(best * best))))


def _column(name: str) -> int:
    return SPACE + zlib.crc32(name.encode()) % _NAMED_SPACE


def _findings(read: Sequence[Passage], coding: Coding) -> Iterator[tuple[str, float]]:
    """What the rules found, by name: scores by code, where the words stood, what speaks against,
    the kind of buyer."""
    roles: dict[str, float] = {}
    for found in coding.tags:
        if found.facet in ("capability", "candidate"):
            yield f"code {found.code}", found.score
            for reason in found.reasons:
                role = _role(read, reason.evidence.page, reason.evidence.start)
                roles[role] = max(roles.get(role, 0.0), min(1.0, reason.weight / 2))
    yield from ((f"words in {role}", value) for role, value in roles.items())
    for reason in coding.against:
        yield f"against {reason.term}", min(1.0, -reason.weight / 2)
    if coding.buyer_type:
        yield f"buyer {coding.buyer_type}", 0.5


def _role(read: Sequence[Passage], page: int, at: int) -> str:
    for passage in read:
        if passage.page.number == page and passage.start <= at <= passage.last:
            return passage.role
    return "elsewhere"
