"""Organisations: pairwise precision and recall, ours and untuned Splink's, in one run.

    python -m benchmarks.organisations [--organisations 100000] [--seed 7] [--case] [--keep]

A generated population (``population``) whose truth is known, and the hand-labelled groups of
``benchmarks/labels/organisations``, where they are. Untuned: Splink on the names as written with
its own name comparison, random sampling and expectation maximisation. The labelled groups are given
by halves too: rules were written with the misses of one half in sight, those of the other unseen;
and with the numbers that their records state (``numbers``); with ``--case`` as a case of all those
records has them, titles and projects included (``in_a_case``, two minutes more).
Time and memory: ``python -m benchmarks.organisations.timing``.
"""

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import keep
from benchmarks.organisations.in_a_case import in_a_case
from benchmarks.organisations.numbers import CONTRACTS, stated, with_numbers
from benchmarks.organisations.population import Mention, population
from benchmarks.organisations.untuned import untuned
from sousveil.measure import interval
from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations

LABELS = Path(__file__).resolve().parents[1] / "labels" / "organisations" / "groups.jsonl"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="organisations", description=__doc__)
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--case", action="store_true", help="labelled names in a case too")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    mentions = list(population(options.organisations, options.seed))
    truth = {mention.key.name_id: str(mention.truth) for mention in mentions}
    figures["generated"] = compared([mention.key for mention in mentions], truth)
    if LABELS.exists():
        keys, truth = labelled(LABELS)
        figures["labelled"] = {**compared(keys, truth), "halves": halves(keys, truth)}
        if CONTRACTS.exists():
            figures["labelled, with numbers"] = numbered_halves(keys, truth)
            if options.case:
                figures["labelled, in a case"] = in_a_case(keys, truth, of_halves(truth))
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


def halves(keys: Sequence[NameKey], truth: Mapping[str, str]) -> dict[str, object]:
    """Ours by half of the groups: all names are joined, the pairs within each half counted."""
    ours = resolve_organisations(keys).org_of
    return {name: scored(ours, some) for name, some in of_halves(truth).items()}


def of_halves(truth: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The labelled names of each half with their groups."""
    return {
        name: {one: group for one, group in truth.items() if half(group) == number}
        for name, number in {"seen": 0, "unseen": 1}.items()
    }


def numbered_halves(keys: Sequence[NameKey], truth: Mapping[str, str]) -> dict[str, object]:
    """With the numbers of their records: all, and by half."""
    numbers = stated(CONTRACTS)
    return {"all": with_numbers(keys, truth, numbers)} | {
        name: with_numbers(keys, some, numbers) for name, some in of_halves(truth).items()
    }


def half(group: str) -> int:
    """0 or 1, by a hash of the group."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2


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
