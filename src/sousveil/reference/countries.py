"""Which country a name speaks of: country names, adjectives and bodies that exist in one only.

Source: ``data/countries.tsv`` (compiled for Sousveil) and the names and postal codes of US states.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from sousveil.text.scripts import fold

US_STATES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?", re.UNICODE)
_POSTAL = re.compile(r",\s*([A-Z]{2})(\s+\d{5})?\b")
_AMERICAN = re.compile(
    r"\b(?:City|County|State|Town|Township|Village|Borough|Sheriff|Police Department|University|"
    r"School District)\b",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3400-\u9fff]")
_SCHOOL = re.compile("国民(?:小学|中学|中小学|学校|教育)")
"""Schools of Taiwan: 久美国民小学 names no 美国."""
_LONGEST = 6


def country_of(names: Sequence[str]) -> str | None:
    """ISO 3166-1 alpha-2 code of the first name that says its country plainly, else None.

    ``names`` come best first. The first word in a name decides; a body that exists in one
    country only counts as naming it. A name of two countries' words keeps the first.
    """
    return next((found for name in names if name and (found := _country(name)) is not None), None)


_GOVERNMENT = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?:[\w-]+\.)*(?:(?:gov|gob|gub|gouv|gov[ot]|go|gc|govt|mil|police)\.([a-z]{2})"
    r"|(?:gov|mil))(?::\d+)?(?:[/?#]|$)",
    re.IGNORECASE,
)


def country_of_address(url: str) -> str | None:
    """ISO 3166-1 alpha-2 code of the state whose government domain an address is in, else None.

    Source: the second-level domains that registries reserve for governments (gov.cn, gob.mx,
    gouv.fr, go.kr), and .gov and .mil, which the United States keep for themselves.
    """
    match = _GOVERNMENT.match(url)
    if match is None:
        return None
    code = (match[1] or "us").upper()
    return "GB" if code == "UK" else code


def currency_of_country(country: str | None, on: date | None = None) -> str | None:
    """ISO 4217 code of a country's currency on a day (default: today's), by CLDR's table.

    None where the country is not known or has several at that time.
    """
    from babel.numbers import get_territory_currencies  # slow to import, and seldom needed

    if country is None:
        return None
    found: list[str] = get_territory_currencies(country, on, on, tender=True)
    return found[0] if len(found) == 1 else None


def us_state(names: Sequence[str]) -> str | None:
    """Name of the US state that the first telling name gives, else None."""
    for name in names:
        found = _state(name)
        if found:
            return found
    return None


@lru_cache(maxsize=4096)
def _country(name: str) -> str | None:
    if _state(name):
        return "US"
    plain = _plain(name)
    words, han = _tables()
    if _HAN.search(plain):
        plain = _SCHOOL.sub("", plain)
        found = _any_han().search(plain)
        if found:
            return han[found[0]]
    tokens = plain_words(name)
    for start in range(len(tokens)):
        for size in range(min(_LONGEST, len(tokens) - start), 0, -1):
            iso = words.get(" ".join(tokens[start : start + size]))
            if iso is not None:
                return iso
    return None


@lru_cache(maxsize=4096)
def _state(name: str) -> str | None:
    if _HAN.search(name):
        return None
    match = _POSTAL.search(name)
    # ", DE" may be Delaware or Germany: letters count beside a ZIP code or an American body.
    if match and match[1] in US_STATES and (match[2] or _AMERICAN.search(name)):
        return US_STATES[match[1]]
    lowered = name.lower()
    for state in US_STATES.values():
        at = lowered.find(state.lower())
        if at >= 0 and re.search(rf"\b{re.escape(state)}\b", name, re.IGNORECASE):
            longer = "west virginia" in lowered and state == "Virginia"
            return "West Virginia" if longer else state
    return None


def plain_words(text: str) -> list[str]:
    """Words of a name, folded and without accents: what tables of names are looked up by."""
    return [m.group().rstrip(".") for m in _WORD.finditer(_plain(text))]


def _plain(text: str) -> str:
    """Folded, without the accents of Latin letters: México and MEXICO meet."""
    folded = fold(text)
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFD", folded)
    return "".join(c for c in parts if not "\u0300" <= c <= "\u036f")


def country_name(iso: str) -> str:
    """The English name of a country: the table's, else CLDR's, else the code itself."""
    from babel import Locale  # slow to import, and seldom needed

    return _english().get(iso) or Locale("en").territories.get(iso, iso)


@cache
def _english() -> Mapping[str, str]:
    return {iso: english for iso, english, _ in _rows()}


@cache
def _any_han() -> re.Pattern[str]:
    """The first Han word in a text, the longest of those that begin there."""
    _, han = _tables()
    return re.compile("|".join(map(re.escape, sorted(han, key=len, reverse=True))))


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Words of alphabetic scripts as token sequences, and Han words."""
    words: dict[str, str] = {}
    han: dict[str, str] = {}
    for iso, english, others in _rows():
        for form in (english, *others.split("|")):
            plain = _plain(form)
            if _HAN.search(plain):
                han.setdefault(plain, iso)
            else:
                words[" ".join(plain_words(form))] = iso
    return words, han


def _rows() -> Iterator[tuple[str, str, str]]:
    """ISO code, English name and other words of each country."""
    text = resources.files("sousveil.reference").joinpath("data", "countries.tsv")
    for line in text.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            iso, english, others = line.split("\t")
            yield iso, english, others
