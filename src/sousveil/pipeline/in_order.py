"""What children give in any order, in the order of what they were given."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def in_order(pieces: Iterable[tuple[int, Iterable[T]]]) -> Iterator[T]:
    """What stands in pieces, by their numbers from 0, each as soon as those before it are there."""
    waiting: dict[int, Iterable[T]] = {}
    following = 0
    for number, found in pieces:
        waiting[number] = found
        while following in waiting:
            yield from waiting.pop(following)
            following += 1
