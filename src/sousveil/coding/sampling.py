"""Random samples of projects that can be drawn again, and drawn on.

A seed puts all keys of a population into one random order: that of a hash of seed and key. A
sample is the beginning of that order, so it depends neither on the order of the input nor on a
generator, and a larger sample contains the smaller one. Sunter (1977), Applied Statistics 26:261,
and the "permanent random numbers" of Ohlsson (1995) are the same idea. Strata are sampled each by
itself. Their sizes grow with the whole by Sainte-Laguë's divisors, which never take a place away
(Balinski & Young 1982): stratified samples are nested as well.
"""

import hashlib
import heapq
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from sousveil.model.decision import Draw


class Drawn(msgspec.Struct, frozen=True):
    """A project that was drawn, and with what probability it was."""

    key: str
    stratum: str
    probability: float


class Sample(msgspec.Struct, frozen=True):
    """What was drawn, in the order in which it is to be coded within each stratum.

    ``populations``: the hash of each stratum's keys; ``sizes``: their number.
    """

    seed: int
    populations: dict[str, str]
    sizes: dict[str, int]
    drawn: tuple[Drawn, ...]

    def draws(self, name: str) -> dict[str, Draw]:
        """What is kept with the decision on each project. ``name``: that of the sample, to which
        that of the stratum is added: each stratum is a population by itself."""
        return {
            one.key: Draw(
                "sample",
                f"{name}/{one.stratum}" if one.stratum else name,
                self.populations[one.stratum],
                self.seed,
                one.probability,
            )
            for one in self.drawn
        }


def chance(seed: int, key: str) -> str:
    """Where chance puts a key: by rising hash."""
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def random_order(keys: Iterable[str], seed: int) -> list[str]:
    """The keys in the order of ``seed``. Raises ValueError where one is there twice."""
    ordered = sorted((chance(seed, key), key) for key in keys)
    for (one, key), (other, _) in pairwise(ordered):
        if one == other:
            raise ValueError(f"'{key}' is in the population twice")
    return [key for _, key in ordered]


def population_hash(keys: Iterable[str]) -> str:
    """SHA-256 of the keys of a population, in any order."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def simple_sample(keys: Collection[str], size: int, seed: int) -> Sample:
    """``size`` projects (all, if there are fewer), each with equal probability."""
    return stratified_sample({"": keys}, {"": size}, seed)


def stratified_sample(
    strata: Mapping[str, Collection[str]], sizes: Mapping[str, int], seed: int
) -> Sample:
    """``sizes`` projects of each stratum (all, if there are fewer).

    Strata must stay as they were when a sample is drawn on: keep them, rather than cut by the
    scores of a classifier that learned since. Raises ValueError where a key is in two.
    """
    ordered: dict[str, list[str]] = {name: [] for name in sorted(strata)}
    stratum = {key: name for name, keys in strata.items() for key in keys}
    for key in random_order((key for keys in strata.values() for key in keys), seed):
        ordered[stratum[key]].append(key)
    drawn = [
        Drawn(key, name, min(1.0, sizes.get(name, 0) / len(keys)))
        for name, keys in ordered.items()
        for key in keys[: sizes.get(name, 0)]
    ]
    return Sample(
        seed,
        {name: population_hash(keys) for name, keys in ordered.items()},
        {name: len(keys) for name, keys in ordered.items()},
        tuple(drawn),
    )


def strata_by_score(scores: Mapping[str, float], edges: Sequence[float]) -> dict[str, list[str]]:
    """Keys by score; ``edges`` rise, an edge belongs to the stratum above it.

    Strata are named ``0`` (lowest) and up; one without keys is left out.
    """
    if list(edges) != sorted(set(edges)):
        raise ValueError("the edges of strata must rise")
    strata: dict[str, list[str]] = {}
    for key, score in sorted(scores.items()):
        strata.setdefault(str(bisect_right(edges, score)), []).append(key)
    return dict(sorted(strata.items(), key=lambda item: int(item[0])))


def allocate(
    weights: Sequence[float],
    populations: Sequence[int],
    size: int,
    taken: Sequence[int] | None = None,
) -> list[int]:
    """How ``size`` (further) projects are spread over strata, in proportion to ``weights``.

    Places are given one after the other to the stratum with the largest weight / (2 places + 1),
    places counted from those ``taken``, until its population is exhausted. Weights proportional to
    population give a proportional sample; population times standard deviation the best one (Neyman
    1934). Strata of weight 0 come last.
    """
    held = list(taken) if taken is not None else [0] * len(weights)
    given = [0] * len(weights)
    queue = [
        (-weight / (2 * held[at] + 1), at)
        for at, weight in enumerate(weights)
        if held[at] < populations[at]
    ]
    heapq.heapify(queue)
    for _ in range(size):
        if not queue:
            break
        _, at = queue[0]
        given[at] += 1
        places = held[at] + given[at]
        if places < populations[at]:
            heapq.heapreplace(queue, (-weights[at] / (2 * places + 1), at))
        else:
            heapq.heappop(queue)
    return given
