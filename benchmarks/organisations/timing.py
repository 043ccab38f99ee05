"""Seconds and memory for many names, ours and Splink's own, side by side.

    python -m benchmarks.organisations.timing [--names 100000 300000 1000000] [--keep]

Three ways on the same names, each in a process of its own, one after the other:

- ``ours``: names as written to organisations with reasons (parts, numbers, Splink, constraints),
  as a case has it: names are read in as many processes as there are processors.
- ``splink``: Splink's own time for the same work: the parts already taken, with the shipped model
  and its blocking rules ``predict`` and ``cluster_pairwise_predictions_at_threshold``.
- ``untuned``: Splink on the names as written with its own name comparison, trained on the spot as
  its tutorials have it, with blocks narrow enough to end: the first eight signs, the last ten.

The peak is that of the whole process and its children together, the names themselves and Python
included.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice

import pyarrow as pa

from benchmarks.measure import database, keep, processor_seconds, watched
from benchmarks.organisations.population import population
from benchmarks.organisations.untuned import NARROW, untuned
from sousveil.engine import Limits, usable_processors
from sousveil.model import NameKey
from sousveil.pipeline.reading_names import read_names
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.model import THRESHOLD, rows, trained
from sousveil.resolve.organisations.parts import parts_of

_UNTUNED_UNTIL = 300_000
_MEMORY = "4GB"


def main() -> None:
    """Measure and print; with ``--one``, one way in this process."""
    parser = argparse.ArgumentParser(prog="timing", description=__doc__)
    parser.add_argument("--names", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--one", choices=sorted(WAYS))
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one, options.names[0], options.seed)))
        return
    figures = {str(count): side_by_side(count, options.seed) for count in options.names}
    print(json.dumps(figures, indent=1))
    if options.keep:
        keep(figures, "organisations-timing")


def side_by_side(count: int, seed: int) -> dict[str, object]:
    """Every way for ``count`` names, and ours as so many times each other's seconds."""
    ways = [way for way in WAYS if way != "untuned" or count <= _UNTUNED_UNTIL]
    found = {way: _in_process(way, count, seed) for way in ways}
    ratios = {
        f"times_{way}": {
            unit: round(found["ours"][unit] / found[way][unit], 2)
            for unit in ("seconds", "cpu_seconds")
        }
        for way in ways[1:]
    }
    return {**found, **ratios}


def _in_process(way: str, count: int, seed: int) -> Mapping[str, float]:
    command = [sys.executable, "-m", "benchmarks.organisations.timing", "--one", way]
    command += ["--names", str(count), "--seed", str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with watched(process.pid, sum, "VmRSS") as peak:
        said, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return {**json.loads(said.splitlines()[-1]), "peak_mib": round(peak[0])}


def measured(way: str, count: int, seed: int) -> dict[str, float]:
    """Seconds (of the clock, and of all processors) and organisations."""
    keys = [mention.key for mention in islice(population(count, seed), count)]
    seconds, cpu, organisations = WAYS[way](keys)
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "organisations": organisations,
    }


def _timed(work: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds of the clock and of all processors, and the organisations found."""
    started, used = time.perf_counter(), processor_seconds(os.getpid())
    found = work()
    return time.perf_counter() - started, processor_seconds(os.getpid()) - used, found


def _ours(keys: Sequence[NameKey]) -> tuple[float, float, int]:
    reader = partial(read_names, workers=usable_processors(), limits=Limits())
    return _timed(lambda: len(resolve_organisations(keys, reader=reader).organisations))


def _splink(keys: Sequence[NameKey]) -> tuple[float, float, int]:
    """Without the taking apart of names: that is ours."""
    numbers = [",".join(map(str, key.identifiers)) for key in keys]
    table = rows([parts_of(key) for key in keys], numbers)
    return _timed(lambda: _predicted(table))


def _predicted(table: pa.Table) -> int:
    from splink import DuckDBAPI, Linker

    connection = database(_MEMORY)
    api = DuckDBAPI(connection)
    linker = Linker(api.register(table), trained(), log_level="ERROR", validate_settings=False)
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, THRESHOLD)
    query = f"SELECT count(DISTINCT cluster_id) FROM {clusters.physical_name}"
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _untuned(keys: Sequence[NameKey]) -> tuple[float, float, int]:
    return _timed(lambda: len(set(untuned(keys, NARROW, _MEMORY).values())))


WAYS: Mapping[str, Callable[[Sequence[NameKey]], tuple[float, float, int]]] = {
    "ours": _ours,
    "splink": _splink,
    "untuned": _untuned,
}
"""By name: seconds of the clock and of the processors, and organisations for the names."""

if __name__ == "__main__":
    main()
