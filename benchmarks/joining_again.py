"""Joining again after an addition: seconds and counts, beside joining everything anew.

    python -m benchmarks.joining_again [--notices 100000] [--added 1000] [--keep]

Every notice brings a name that no other has, which is more than real ones do. What is worked out
for the first notices is known when the others come; the results of both ways must be equal.
Notices are always joined to projects anew: their seconds stand beside.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from itertools import islice
from typing import TypeVar

from benchmarks.measure import keep
from benchmarks.organisations.population import population
from benchmarks.projects.generated import collection
from sousveil.model import NameKey
from sousveil.resolve import resolve
from sousveil.resolve.organisations import parts, resolve_organisations
from sousveil.resolve.organisations.again import resolve_again
from sousveil.resolve.worked_out import WorkedOut

T = TypeVar("T")
_NOTICES_A_PROCUREMENT = 5.9


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="joining_again", description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    count = options.notices + options.added
    names = [mention.key for mention in islice(population(count, options.seed), count)]
    random.Random(options.seed).shuffle(names)
    made = collection(int(count / _NOTICES_A_PROCUREMENT) + 1, options.seed)
    keys = [row.key for row in made.rows[:count]]
    figures = {
        "notices": options.notices,
        "added": options.added,
        "organisations": organisations(names, options.notices),
        "projects": {"notices": len(keys), "anew": timed(lambda: resolve(keys))[1]},
    }
    print(json.dumps(figures, indent=1))
    if options.keep:
        keep(figures, "joining-again")


def organisations(names: list[NameKey], known: int) -> dict[str, object]:
    """Names of which the first ``known`` were joined before."""
    resolve_organisations(names[:100])  # imports Splink
    first = WorkedOut()
    _, before = timed(lambda: resolve_again(names[:known], (), first))
    rows = dict(first.rows())
    again = WorkedOut("", rows)
    found, seconds = timed(lambda: resolve_again(names, (), again))
    whole, anew = timed(lambda: resolve_organisations(names))
    return {
        "equal": found == whole,
        "names": {"taken_over": again.taken_over["names"], "anew": again.anew["names"]},
        "read_anew": again.anew["read"],
        "known_mib": round(sum(len(k) + len(v) for k, v in rows.items()) / 2**20, 1),
        "first": before,
        "again": seconds,
        "anew": anew,
    }


def timed(work: Callable[[], T]) -> tuple[T, dict[str, float]]:
    """What a piece of work gives, and its seconds: by the clock, and of this process."""
    parts._parts.cache_clear()
    started, used = time.perf_counter(), time.process_time()
    done = work()
    return done, {
        "seconds": round(time.perf_counter() - started, 1),
        "processor_seconds": round(time.process_time() - used, 1),
    }


if __name__ == "__main__":
    main()
