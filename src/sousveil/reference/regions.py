"""First-level units of countries other than China: states, Länder, regions, oblasts.

Source: ``data/regions.tsv`` (compiled for Sousveil; the larger countries, not every unit of every
country) and the states of the US. A unit is found as whole words, the longest first.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from sousveil.reference.countries import US_STATES, plain_words, us_state

_LONGEST = 5


def region_of(names: Sequence[str], country: str) -> str | None:
    """The first-level unit of ``country`` that the first telling name gives, else None."""
    if country == "US":
        return us_state(names)
    units = _units().get(country)
    if units is None:
        return None
    return next((found for name in names if name and (found := _find(name, country))), None)


def country_of_region(name: str) -> str | None:
    """The country of a name that is a unit's and nothing more; None where two countries have it."""
    key = " ".join(plain_words(name))
    if not key:
        return None
    found = {country for country, units in _units().items() if key in units}
    if any(key == state.lower() for state in US_STATES.values()):
        found.add("US")
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _find(name: str, country: str) -> str | None:
    units = _units()[country]
    words = plain_words(name)
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            unit = units.get(" ".join(words[start : start + size]))
            if unit is not None:
                return unit
    if country in {"JP", "KR"}:
        return next((unit for key, unit in units.items() if name.strip().startswith(key)), None)
    return None


@cache
def _units() -> Mapping[str, Mapping[str, str]]:
    """Units by country, then by the plain words of each form."""
    text = resources.files("sousveil.reference").joinpath("data", "regions.tsv").read_text("utf-8")
    units: dict[str, dict[str, str]] = defaultdict(dict)
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        country, name, *others = line.split("\t")
        forms = [name, *(others[0].split("|") if others else ())]
        for form in forms:
            units[country][" ".join(plain_words(form))] = name
            if country in {"JP", "KR"}:
                units[country][form] = name
    return units
