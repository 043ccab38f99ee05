"""Work saved over sampling at 95 % recall: our queue beside ASReview's default model.

    python -m benchmarks.work_saved [--seeds 20] [--quick] [--only NAME] [--keep]

Both read the same labelled records (title and text as our rules read them), begin with the same two
decisions (one relevant, one not, by the seed), read in the same batches, and are told the same
truth. Ours is the queue "likely": the rules' score, and from ten of each kind of decision on what
the case learned of them. "learner alone" is the same without anything that the rules say; the peer
stands also as it is by default, learning anew after every single record.

Collections: real records; written ones, of which about half are relevant, so that little can be
saved ("at most" says how much); some of them by chance, so that 10 and 3 % are relevant; English
ones alone; those of which the rules' score at first sight was kept, before anybody had mended the
rules by them; and sealed ones, whose errors nobody has looked at. The rules were mended with the
other open records in sight.

Printed: the mean over seeds, and the mean paired difference with its 95 % interval (Student's t).
Exits with 1 where our mean is below the peer's. The learner alone and reading one by one take long:
they are measured on some of the collections, and not with ``--quick``. ``--keep`` writes the
figures to benchmarks/results.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.accuracy import REPOSITORY
from benchmarks.measure import keep
from benchmarks.work_saved.measure import mean_interval, most_work_saved, work_saved
from benchmarks.work_saved.ours import ours
from benchmarks.work_saved.peer import named, peer
from benchmarks.work_saved.reading import Goal, Order, prior, single
from benchmarks.work_saved.records import COLLECTIONS, Collection, Record, records

Way = Callable[[Sequence[Record], Order, int], Order]
OURS, ALONE, PEER, PEER_SINGLE = "ours", "learner alone", "ASReview", "ASReview, one by one"
WAYS: Mapping[str, Way] = {
    OURS: lambda collection, known, _: ours(collection, known),
    PEER: peer,
    ALONE: lambda collection, known, _: ours(collection, known, rules=False),
    PEER_SINGLE: lambda collection, known, seed: peer(collection, known, seed, single),
}
_QUICK = (OURS, PEER)
_PEERS = (PEER, PEER_SINGLE)
PROCESSES = 2
Figures = dict[str, object]


def main() -> int:
    """Print, and with --keep write; exit code 1 where ours is worse, 2 without the records."""
    parser = argparse.ArgumentParser(prog="work_saved", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", choices=[one.name for one in COLLECTIONS])
    parser.add_argument("--quick", action="store_true", help="ours and the peer's batches alone")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"The labelled records are not under {options.data}.", file=sys.stderr)
        return 2
    every = list(records(options.data))
    print(f"{named()}; {options.seeds} seeds")
    found: Figures = {"peer": named(), "seeds": options.seeds}
    worse = False
    for collection in COLLECTIONS:
        if options.only in (None, collection.name):
            names = WAYS if collection.closely and not options.quick else _QUICK
            saved = measured(collection, every, options.seeds, names)
            found[collection.name] = tell(saved)
            worse |= any(sum(saved[OURS]) < sum(saved[name]) for name in saved if name in _PEERS)
    if options.keep:
        keep(found, "work-saved")
    return int(worse)


def measured(
    collection: Collection, every: Sequence[Record], seeds: int, names: Iterable[str]
) -> dict[str, list[float]]:
    """The work saved of each way by seed; how many records there are is printed."""
    drawn = [collection.drawn(every, seed) for seed in range(seeds)]
    goal = Goal(drawn[0], prior(drawn[0], 0))
    relevant = sum(one.relevant for one in drawn[0])
    most = most_work_saved(goal.total, goal.relevant)
    print(f"\n{collection.name}: {relevant} of {len(drawn[0])} relevant, at most {most:.3f}")
    with ProcessPoolExecutor(PROCESSES) as pool:
        return {name: list(pool.map(partial(_saved, name), drawn, range(seeds))) for name in names}


def _saved(name: str, some: Sequence[Record], seed: int) -> float:
    known = prior(some, seed)
    goal = Goal(some, known)
    order = WAYS[name](some, known, seed)
    return work_saved(goal.found(order), goal.total, goal.relevant)


def tell(saved: Mapping[str, Sequence[float]]) -> Figures:
    """Print means and paired differences; give them, each with its interval."""
    found: Figures = {}
    for name, values in saved.items():
        found[name] = _told(name, values)
    for one in (OURS, ALONE):
        for other in _PEERS:
            if one in saved and other in saved:
                apart = [a - b for a, b in zip(saved[one], saved[other], strict=True)]
                found[f"{one} - {other}"] = _told(f"{one} - {other}", apart)
    return found


def _told(name: str, values: Sequence[float]) -> list[float]:
    mean, low, high = mean_interval(values)
    print(f"  {name:<40}{mean:6.3f} ({low:.3f} to {high:.3f})", flush=True)
    return [round(value, 4) for value in (mean, low, high)]


if __name__ == "__main__":
    sys.exit(main())
