"""Which groups have something in common: those alone, for most have nothing."""

from collections.abc import Hashable, Iterable


def alike(keys: Iterable[Hashable | None]) -> list[list[int]]:
    """The places of equal keys, two or more each, in order; None is equal to nothing."""
    first: dict[Hashable, int] = {}
    found: dict[int, list[int]] = {}
    for at, key in enumerate(keys):
        if key is not None:
            before = first.setdefault(key, at)
            if before != at:
                found.setdefault(before, [before]).append(at)
    return list(found.values())
