"""Labelled names as a case has them: with the registers' numbers that their records state.

Contracts of the United States name each company with its UEI; the other sources of the labels state
no numbers. One spelling with two numbers is two names to join, as in a case: two spellings count
as joined where any of their names are.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from sousveil.measure import interval
from sousveil.model import NameKey, OrganisationId
from sousveil.resolve.organisations import resolve_organisations
from sousveil.text.identifiers import UEI

CONTRACTS = Path("../shared/data/usaspending-surveillance-contracts/surveillance-contracts.csv")
_NAMES = ("recipient_name", "recipient_name_raw", "recipient_doing_business_as_name")
Named = Mapping[str, Sequence[NameKey]]
"""By labelled name the names of a case that it stands for."""


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
    named = {key.name_id: list(numbered(key, numbers)) for key in keys}
    org_of = resolve_organisations(one for some in named.values() for one in some).org_of
    return by_spelling(named, org_of, truth)


def by_spelling(
    named: Named, org_of: Mapping[str, str], truth: Mapping[str, str]
) -> dict[str, object]:
    """Precision and recall of pairs of spellings."""
    orgs = {name: {org_of[one.name_id] for one in some} for name, some in named.items()}
    counted = Counter(
        (truth[one] == truth[other], not orgs[one].isdisjoint(orgs[other]))
        for one, other in combinations(truth, 2)
    )
    right, given = counted[True, True], counted[True, True] + counted[False, True]
    wanted = counted[True, True] + counted[True, False]
    return {
        "precision": round(right / given, 4) if given else None,
        "precision_interval": [round(x, 4) for x in interval(right, given)],
        "recall": round(right / wanted, 4) if wanted else None,
        "recall_interval": [round(x, 4) for x in interval(right, wanted)],
        "pairs": wanted,
    }


def numbered(key: NameKey, numbers: Mapping[str, frozenset[str]]) -> Iterator[NameKey]:
    """One name for each number that is stated of it; itself where there is none."""
    known = numbers.get(key.name, frozenset()) if key.country == "US" else frozenset()
    if not known:
        yield key
    for number in sorted(known):
        ids = (OrganisationId(UEI, number),)
        yield msgspec.structs.replace(key, name_id=f"{key.name_id}|{number}", identifiers=ids)
