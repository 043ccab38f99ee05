"""Joining again after an addition: seconds and counts, beside joining everything anew.

    python -m benchmarks.joining_again [--notices 100000] [--added 1000] [--keep]

Every notice brings a name that no other has, which is more than real ones do. What is worked out
for the first notices is known when the others come; the results of both ways must be equal.
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
from sousveil.model import NameKey, NoticeKey
from sousveil.resolve import naming, resolve, wording
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
    random.Random(options.seed).shuffle(keys)
    figures = {
        "notices": options.notices,
        "added": options.added,
        "organisations": organisations(names, options.notices),
        "projects": projects(keys, options.notices),
    }
    print(json.dumps(figures, indent=1))
    if options.keep:
        keep(figures, "joining-again")


def organisations(names: list[NameKey], known: int) -> dict[str, object]:
    """Names of which the first ``known`` were joined before."""
    resolve_organisations(names[:100])  # imports Splink
    again, figures = both_ways(
        lambda count, kept: resolve_again(names[:count], (), kept),
        lambda: resolve_organisations(names),
        known,
        len(names),
    )
    return {**counted(again, "names"), "read_anew": again.anew["read"], **figures}


def projects(keys: list[NoticeKey], known: int) -> dict[str, object]:
    """Notices of which the first ``known`` were joined before."""
    again, figures = both_ways(
        lambda count, kept: resolve(keys[:count], (), kept),
        lambda: resolve(keys),
        known,
        len(keys),
    )
    return {**counted(again, "notices"), **counted(again, "blocks"), **figures}


def both_ways(
    join: Callable[[int, WorkedOut], object], whole: Callable[[], object], known: int, count: int
) -> tuple[WorkedOut, dict[str, object]]:
    """Joining ``known`` of ``count``, all with what that left, and all anew: what the second run
    took over, and whether it found what the third did."""
    first = WorkedOut()
    _, before = timed(lambda: join(known, first))
    rows = dict(first.rows())
    again = WorkedOut("", rows)
    found, seconds = timed(lambda: join(count, again))
    expected, anew = timed(whole)
    return again, {
        "equal": found == expected,
        "known_mib": round(sum(len(k) + len(v) for k, v in rows.items()) / 2**20, 1),
        "first": before,
        "again": seconds,
        "anew": anew,
    }


def counted(known: WorkedOut, kind: str) -> dict[str, object]:
    """What was taken over and worked out anew, of one kind."""
    return {kind: {"taken_over": known.taken_over[kind], "anew": known.anew[kind]}}


def timed(work: Callable[[], T]) -> tuple[T, dict[str, float]]:
    """What a piece of work gives, and its seconds: by the clock, and of this process."""
    parts._parts.cache_clear()
    naming._named.cache_clear()
    wording.says_another.cache_clear()
    started, used = time.perf_counter(), time.process_time()
    done = work()
    return done, {
        "seconds": round(time.perf_counter() - started, 1),
        "processor_seconds": round(time.process_time() - used, 1),
    }


if __name__ == "__main__":
    main()
