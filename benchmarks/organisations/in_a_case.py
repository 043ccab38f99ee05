"""Labelled names as a case has them: every record that the labels came from goes the whole way.

A labelled name is what the case's notices name so, with their places, numbers, titles and
projects; one that stands in no party's field (in a title, say, or in a column that no mapping
reads) is a name alone, with the numbers of ``numbers`` where there are any. All names of the case
are joined with them, as a case does; two spellings count as joined where any of their names are.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.accuracy_case import sousveil
from benchmarks.organisations.numbers import CONTRACTS, Named, by_spelling, numbered, stated
from benchmarks.organisations.untuned import untuned
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.model import NameKey
from sousveil.pipeline.organisations import named_in
from sousveil.pipeline.publish import shared
from sousveil.resolve.mentions import folded
from sousveil.resolve.organisations import resolve_organisations

DATA = Path("../shared/data")
SOURCES = (
    "jianyu-notice-json/data",
    "taiwan-tenders/data",
    "usaspending-surveillance-contracts",
    "nc-alpr-survey",
    "kingfisher-process-fixtures",
    "shandong-intentions",
    "compass-ccgp",
    "spoonbill-fixtures",
    "hongkong-tenders",
    "ocdskit-fixtures",
)


def in_a_case(
    keys: Sequence[NameKey], truth: Mapping[str, str], parts: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    """Ours and untuned Splink's on the same names. ``truth``: the group of each labelled name;
    ``parts``: some of them, by what they are called."""
    of_case = case_names()
    named = as_named(keys, of_case, stated(CONTRACTS))
    alone = [one for some in named.values() for one in some]
    names = list({one.name_id: one for one in (*of_case, *alone)}.values())
    ours, theirs = resolve_organisations(names).org_of, untuned(names)
    return {
        "names": len(names),
        "found in a party's field": sum(some[0] not in keys for some in named.values()),
        "ours": by_spelling(named, ours, truth),
        "ours, by half": {what: by_spelling(named, ours, some) for what, some in parts.items()},
        "splink_untuned": by_spelling(named, theirs, truth),
    }


def case_names() -> list[NameKey]:
    """The names of a case of all sources, as joining reads them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        sousveil("review", *(str(DATA / s) for s in SOURCES), "--case", str(path), "--quiet")
        return names_of(Case.open(path))


def names_of(case: Case) -> list[NameKey]:
    """The names of a case, with what its notices call them."""
    with connect(case) as connection:
        rows = connection.execute("SELECT notice_id, project_key FROM resolutions").fetchall()
    names, called = named_in(case, case.manifest().segments, shared(rows))
    return list(names.keys(called))


def as_named(
    keys: Iterable[NameKey], of_case: Iterable[NameKey], numbers: Mapping[str, frozenset[str]]
) -> Named:
    """What each labelled name is in the case: of that spelling, country and province."""
    spelled: dict[tuple[str | None, str], list[NameKey]] = defaultdict(list)
    for one in of_case:
        spelled[one.country, folded(one.name)].append(one)
    named = {}
    for key in keys:
        found = [one for one in spelled[key.country, folded(key.name)] if _there(key, one)]
        named[key.name_id] = found or list(numbered(key, numbers))
    return named


def _there(key: NameKey, one: NameKey) -> bool:
    return key.place is None or (one.place or key.place).startswith(key.place)
