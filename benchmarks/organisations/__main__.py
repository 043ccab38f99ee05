"""Organisations: pairwise precision and recall, ours and untuned Splink's, in one run.

    python -m benchmarks.organisations [--organisations 100000] [--seed 7] [--names N] [--keep]

A generated population (``population``) whose truth is known, and the hand-labelled groups of
``benchmarks/labels/organisations``, where they are. Untuned: Splink on the names as written with
its own name comparison, random sampling and expectation maximisation. ``--names`` measures time and
memory alone, for so many names.
"""

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.measure import keep
from benchmarks.organisations.population import Mention, population
from sousveil.measure import interval
from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations

LABELS = Path(__file__).resolve().parents[1] / "labels" / "organisations" / "groups.jsonl"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="organisations", description=__doc__)
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--names", type=int, default=0, help="time of so many names")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    if options.names:
        figures["time"] = timed(options.names, options.seed)
    else:
        mentions = list(population(options.organisations, options.seed))
        truth = {mention.key.name_id: str(mention.truth) for mention in mentions}
        figures["generated"] = compared([mention.key for mention in mentions], truth)
        if LABELS.exists():
            keys, truth = labelled(LABELS)
            figures["labelled"] = compared(keys, truth)
    print(json.dumps(figures, indent=1))
    if options.keep:
        keep(figures, "organisations")


def compared(keys: Sequence[NameKey], truth: Mapping[str, str]) -> dict[str, object]:
    """Ours and untuned Splink's against the truth."""
    started = time.perf_counter()
    ours = resolve_organisations(keys).org_of
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    theirs = untuned(keys)
    return {
        "names": len(keys),
        "organisations": len(set(truth.values())),
        "ours": {**scored(ours, truth), "seconds": round(seconds, 1)},
        "splink_untuned": {
            **scored(theirs, truth),
            "seconds": round(time.perf_counter() - started, 1),
        },
    }


def scored(found: Mapping[str, str], truth: Mapping[str, str]) -> dict[str, object]:
    """Pairwise precision and recall with their 95 % intervals."""
    both = Counter((found[name], truth[name]) for name in truth)
    right = _pairs(both.values())
    given = _pairs(Counter(found[name] for name in truth).values())
    wanted = _pairs(Counter(truth.values()).values())
    return {
        "precision": round(right / given, 4) if given else None,
        "precision_interval": [round(x, 4) for x in interval(right, given)],
        "recall": round(right / wanted, 4) if wanted else None,
        "recall_interval": [round(x, 4) for x in interval(right, wanted)],
        "pairs": wanted,
    }


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def untuned(keys: Sequence[NameKey]) -> dict[str, str]:
    """Splink as its tutorials have it, at even odds: names in small letters without spaces."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    table = pa.table(
        {
            "unique_id": [key.name_id for key in keys],
            "name": ["".join(key.name.casefold().split()) for key in keys],
            "country": [key.country or "" for key in keys],
            "place": [key.place for key in keys],
        }
    )
    rules = [
        block_on("substr(name, 1, 4)", "length(name)", "country"),
        block_on("substr(name, 1, 6)", "country"),
        block_on("substr(name, -8)", "country"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.NameComparison("name"), cl.ExactMatch("place")],
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI(duckdb.connect())
    linker = Linker(api.register(table), settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(rules[1])
    found = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.5)
    rows = api.duckdb_con.execute(f"SELECT unique_id, cluster_id FROM {clusters.physical_name}")
    return {str(name): str(cluster) for name, cluster in rows.fetchall()}


def labelled(path: Path) -> tuple[list[NameKey], dict[str, str]]:
    """The names of hand-labelled groups, and the group of each."""
    keys: dict[str, NameKey] = {}
    truth: dict[str, str] = {}
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            for name in row["names"]:
                buys = name["role"] in {"buyer", "agency"}
                place = name.get("province") if buys else None
                name_id = "|".join((name["country"] or "", place or "", name["name"]))
                kind = "other" if buys else None
                keys[name_id] = NameKey(
                    name_id, name["name"], name["country"], place, (name["role"],), (), kind
                )
                truth[name_id] = row["group"]
    return list(keys.values()), truth


def timed(count: int, seed: int) -> dict[str, object]:
    """Seconds for ``count`` names, ours and untuned Splink's, and the largest memory so far."""
    keys: list[NameKey] = []
    for mention in population(count, seed):
        keys.append(mention.key)
        if len(keys) == count:
            break
    started = time.perf_counter()
    ours = len(set(resolve_organisations(keys).org_of.values()))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    theirs = len(set(untuned(keys).values()))
    splink = time.perf_counter() - started
    return {
        "names": len(keys),
        "organisations": [ours, theirs],
        "seconds": round(seconds, 1),
        "splink_seconds": round(splink, 1),
        "times": round(seconds / splink, 2),
        "peak_mib": round(peak),
    }


def wrong(mentions: Sequence[Mention], found: Mapping[str, str], most: int = 30) -> list[str]:
    """Names that were joined and are not one, and such as are one and were not: to read."""
    seen: dict[str, Mention] = {}
    lines = []
    for mention in mentions:
        other = seen.setdefault(found[mention.key.name_id], mention)
        if other.truth != mention.truth:
            lines.append(f"joined\t{other.key.name}\t{mention.key.name}")
    first: dict[int, Mention] = {}
    for mention in mentions:
        other = first.setdefault(mention.truth, mention)
        if found[other.key.name_id] != found[mention.key.name_id]:
            lines.append(
                f"apart\t{other.key.name} [{other.key.place}]\t{mention.key.name}"
                f" [{mention.key.place}]"
            )
    return lines[:most]


if __name__ == "__main__":
    main()
