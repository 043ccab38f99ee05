"""Countries, their provinces and the places within them, counted as their filters find them.

A notice says one place; a filter for 新疆 finds all that lie in it, under whatever form of its name
(``fields.place_keys``). So every place is put once under each node whose filter finds it, and a
node's count is the sum of its places' counts.
"""

from collections.abc import Iterable, Mapping

import msgspec

from sousveil.search.facets import Place, place_of
from sousveil.search.fields import Kind, asked_place_keys, code_key, place_keys

_QUOTES = frozenset('"“”„‟«»「」『』＂')
"""What would end a quoted value of a query; no place's name holds one."""


class Counted(msgspec.Struct, frozen=True):
    """A node of the tree and how many notices are in it. ``parent`` is "" for a country."""

    path: str
    parent: str
    count: int


class PlaceTree:
    """The nodes that the given places (values of terms) need, and which places lie in each."""

    def __init__(self, values: Iterable[str]) -> None:
        places = {value: place_of(value) for value in values}
        by_key: dict[tuple[str, str, str], set[str]] = {}
        countries: dict[str, set[str]] = {}
        for value, place in places.items():
            country = code_key(place.country, Kind.CODE)
            countries.setdefault(country, set()).add(value)
            for field, text in (("province", place.province), ("place", place.place)):
                for key in place_keys(text) if text else ():
                    by_key.setdefault((country, field, key), set()).add(value)
        above: dict[str, list[str]] = {value: [] for value in places}
        for path in sorted({path for place in places.values() for path in _paths(place)}):
            country, *parts = path.split("/")
            key = code_key(country, Kind.CODE)
            if parts:
                field = "province" if len(parts) == 1 else "place"
                asked = asked_place_keys("/".join(parts))
                members = set().union(*(by_key.get((key, field, each), ()) for each in asked))
            else:
                members = countries[key]
            for value in members:
                above[value].append(path)
        self._above = {value: tuple(paths) for value, paths in above.items()}

    def counted(self, counts: Mapping[str, int]) -> list[Counted]:
        """The nodes that hold any of the places counted, most first."""
        totals: dict[str, int] = {}
        for value, count in counts.items():
            for path in self._above.get(value, ()):
                totals[path] = totals.get(path, 0) + count
        ordered = sorted(totals.items(), key=lambda one: (-one[1], one[0]))
        return [Counted(path, path.rpartition("/")[0], count) for path, count in ordered]


def path_of(country: str, province: str, place: str) -> str | None:
    """The node of a notice's own place, by what its row has ("" for what is not stated)."""
    paths = _paths(Place(country, province, place))
    return paths[-1] if paths else None


def _paths(place: Place) -> list[str]:
    """The nodes above a place and its own: CN, CN/新疆, CN/新疆/昌吉."""
    if not place.country or "/" in place.country:
        return []
    path = place.country.upper()
    paths = [path]
    parts = [part for each in place.place.split("/") if (part := each.strip())]
    if place.province and parts[:1] != [place.province]:
        parts.insert(0, place.province)
    for part in parts if not _QUOTES.intersection("".join(parts)) else ():
        path = f"{path}/{part}"
        paths.append(path)
    return paths
