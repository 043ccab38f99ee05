"""Which heading of a table means which field: guessed by a list of words, nothing else."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from sousveil.text.currency import ISO_CODES, words
from sousveil.text.scripts import fold

_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,30})[)）\]】]")
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_/\-.:：]+")
_SEPARATED = re.compile(r"[^A-Za-z]+")
_WORDS_TOO = words("ALL TOP TRY MOP PEN COP CUP GEL MAD RON SOS LAK NAD ARS LSL")
"""Codes that are words of headings as well: base_and_all_options_value."""
_LAST = 1_000
_ACTING = frozenset({"agency", "agency name"})
_UNIT = re.compile("[亿億万萬千]?[元圆圓]")


@cache
def _fields() -> Mapping[str, tuple[str, int]]:
    """Field and rank by heading."""
    table = tomllib.loads((files(__package__) / "headings.toml").read_text("utf-8"))
    return {
        plain_heading(word): (field, rank)
        for field, words in table.items()
        for rank, word in enumerate(words)
    }


def field_names() -> tuple[str, ...]:
    """The fields that a column may mean."""
    return tuple(dict.fromkeys(field for field, _ in _fields().values()))


@lru_cache(maxsize=8192)
def plain_heading(heading: str) -> str:
    """The form in which headings are compared."""
    words = _HUMP.sub(" ", _BRACKET.sub("", heading))  # publishTime, as programs write it
    return _BETWEEN.sub(" ", fold(words)).strip()


@lru_cache(maxsize=8192)
def field_of(heading: str) -> tuple[str, int] | None:
    """The field that a heading means and its rank among that field's headings, 0 the best.

    A currency behind the name of an amount (``amount_cny``) is no part of it.
    """
    plain = plain_heading(heading)
    found = _fields().get(plain)
    if found is None and plain[-4:-3] == " " and plain[-3:].upper() in ISO_CODES:
        amount = _fields().get(plain[:-4])
        return amount if amount and amount[0] in ("budget", "ceiling", "award") else None
    return found


def fields_of(headings: Iterable[str]) -> dict[str, tuple[str, int]]:
    """By heading, in their order: the field it means and its rank.

    An ``agency`` beside a buyer acts for it; alone it is the buyer.
    """
    found = {heading: meant for heading in headings if (meant := field_of(heading)) is not None}
    acting = [heading for heading in found if plain_heading(heading) in _ACTING]
    if len(acting) == 1 and sum(field == "buyer" for field, _ in found.values()) > 1:
        found[acting[0]] = ("agency", _LAST)
    return found


def mapping(headings: Iterable[str]) -> dict[str, str]:
    """Field by heading of one table: of several headings of a field the best one."""
    best: dict[str, tuple[int, str]] = {}
    for heading, (field, rank) in fields_of(headings).items():
        if field not in best or rank < best[field][0]:
            best[field] = (rank, heading)
    return {heading: field for field, (_, heading) in best.items()}


@lru_cache(maxsize=8192)
def unit_of(heading: str) -> str | None:
    """The unit that a heading states: 预算金额(万元) → 万元."""
    match = _UNIT.search(heading)
    return match[0] if match else None


@lru_cache(maxsize=8192)
def currency_of(heading: str) -> str | None:
    """The currency that a heading states: ``amount (EUR)``, ``total dollars obligated``."""
    parts = _SEPARATED.split(heading)
    if "US$" in heading.upper() or any(part.upper() == "DOLLARS" for part in parts):
        return "USD"
    for word in parts:
        code = word.upper()
        written_as_code = word.isupper() and not heading.isupper()
        if code in ISO_CODES and (written_as_code or code not in _WORDS_TOO):
            return code
    return None
