"""Labelled names as a case has them: every record that the labels came from goes the whole way.

A labelled name is what the case's notices name so, with their places, numbers, titles and
projects; one that stands in no party's field (in a title, say, or in a column that no mapping
reads) is a name alone, with the numbers of ``numbers`` where there are any; a buyer's in a title
stands where the case places the notice. All names of the case are joined with them, as a case does;
two spellings count as joined where any of their names are.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.accuracy_case import sousveil
from benchmarks.organisations.numbers import CONTRACTS, Named, by_spelling, numbered, stated
from benchmarks.organisations.untuned import untuned
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.model import NameKey
from sousveil.pipeline.organisations import named_in
from sousveil.pipeline.publish import shared
from sousveil.resolve.mentions import folded, name_id
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


class Title(NamedTuple):
    """A title of a notice of the case, folded, and where its buyer is."""

    country: str | None
    place: str | None
    words: str


class CaseNames(NamedTuple):
    """The names of a case, and its titles."""

    names: Sequence[NameKey]
    titles: Sequence[Title]


def in_a_case(
    keys: Sequence[NameKey], truth: Mapping[str, str], parts: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    """Ours and untuned Splink's on the same names. ``truth``: the group of each labelled name;
    ``parts``: some of them, by what they are called."""
    of_case, titles = case_names()
    named = as_named(keys, of_case, stated(CONTRACTS), titles)
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


def case_names() -> CaseNames:
    """The names of a case of all sources, as joining reads them, and its titles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        sousveil("review", *(str(DATA / s) for s in SOURCES), "--case", str(path), "--quiet")
        case = Case.open(path)
        return CaseNames(names_of(case), titles_of(case))


def names_of(case: Case) -> list[NameKey]:
    """The names of a case, with what its notices call them."""
    with connect(case) as connection:
        rows = connection.execute("SELECT notice_id, project_key FROM resolutions").fetchall()
    names, called = named_in(case, case.manifest().segments, shared(rows))
    return list(names.keys(called))


def titles_of(case: Case) -> list[Title]:
    """The titles and project names of a case."""
    with connect(case) as connection:
        rows = connection.execute("SELECT country, place, title, project_name FROM notices")
        found = {
            Title(country, place, folded(words))
            for country, place, *said in rows.fetchall()
            for words in said
            if words
        }
    return sorted(found, key=str)


def as_named(
    keys: Iterable[NameKey],
    of_case: Iterable[NameKey],
    numbers: Mapping[str, frozenset[str]],
    titles: Sequence[Title] = (),
) -> Named:
    """What each labelled name is in the case: of that spelling, country and province."""
    spelled: dict[tuple[str | None, str], list[NameKey]] = defaultdict(list)
    for one in of_case:
        spelled[one.country, folded(one.name)].append(one)
    named = {}
    for key in keys:
        found = [one for one in spelled[key.country, folded(key.name)] if _there(key, one)]
        found = found or list(_in_titles(key, titles))
        named[key.name_id] = found or list(numbered(key, numbers))
    return named


def _in_titles(key: NameKey, titles: Iterable[Title]) -> Iterable[NameKey]:
    """The buyer's name as a title has it, once for each place of such notices."""
    if "buyer" not in key.roles or key.place is None:
        return
    words = folded(key.name)
    places = {
        title.place for title in titles if title.country == key.country and words in title.words
    }
    for place in sorted(places, key=str):
        one = msgspec.structs.replace(
            key, name_id=name_id(key.country, place, key.name, ()), place=place
        )
        if _there(key, one):
            yield one


def _there(key: NameKey, one: NameKey) -> bool:
    return key.place is None or (one.place or key.place).startswith(key.place)
