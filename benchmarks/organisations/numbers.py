"""Labelled names as a case has them: with the registers' numbers that their records state.

Contracts of the United States name each company with its UEI; the other sources of the labels state
no numbers. One spelling with two numbers is two names to join, as in a case: two spellings count
as joined where any of their names are.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from sousveil.measure import interval
from sousveil.model import NameKey, OrganisationId
from sousveil.resolve.organisations import resolve_organisations
from sousveil.text.identifiers import UEI

CONTRACTS = Path("../shared/data/usaspending-surveillance-contracts/surveillance-contracts.csv")
_NAMES = ("recipient_name", "recipient_name_raw")


def stated(path: Path) -> Mapping[str, frozenset[str]]:
    """The UEIs that contracts state beside each supplier's name. Those of parents are left out:
    they are of today, the names beside them of then."""
    found: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row[field] for field in _NAMES):
                if name and row["recipient_uei"]:
                    found[name].add(row["recipient_uei"])
    return {name: frozenset(numbers) for name, numbers in found.items()}


def with_numbers(
    keys: Sequence[NameKey], truth: Mapping[str, str], numbers: Mapping[str, frozenset[str]]
) -> dict[str, object]:
    """Precision and recall of pairs of spellings."""
    named = [(key.name_id, one) for key in keys for one in _numbered(key, numbers)]
    org_of = resolve_organisations(one for _, one in named).org_of
    orgs: dict[str, set[str]] = defaultdict(set)
    for spelling, one in named:
        orgs[spelling].add(org_of[one.name_id])
    right = given = wanted = 0
    for one, other in combinations(truth, 2):
        same = truth[one] == truth[other]
        joined = not orgs[one].isdisjoint(orgs[other])
        right += same and joined
        given += joined
        wanted += same
    return {
        "precision": round(right / given, 4) if given else None,
        "precision_interval": [round(x, 4) for x in interval(right, given)],
        "recall": round(right / wanted, 4) if wanted else None,
        "recall_interval": [round(x, 4) for x in interval(right, wanted)],
        "pairs": wanted,
    }


def _numbered(key: NameKey, numbers: Mapping[str, frozenset[str]]) -> Iterator[NameKey]:
    known = numbers.get(key.name, frozenset()) if key.country == "US" else frozenset()
    if not known:
        yield key
    for number in sorted(known):
        ids = (OrganisationId(UEI, number),)
        yield msgspec.structs.replace(key, name_id=f"{key.name_id}|{number}", identifiers=ids)
