"""Which heading of a table means which field: guessed by a list of words, nothing else."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from sousveil.text.currency import ISO_CODES
from sousveil.text.scripts import fold

_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,30})[)）\]】]")
_BETWEEN = re.compile(r"[\s_/\-.:：]+")
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
    return _BETWEEN.sub(" ", fold(_BRACKET.sub("", heading))).strip()


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


def mapping(headings: Iterable[str]) -> dict[str, str]:
    """Field by heading of one table: of several headings of a field the best one."""
    best: dict[str, tuple[int, str]] = {}
    for heading in headings:
        found = field_of(heading)
        if found is not None and (found[0] not in best or found[1] < best[found[0]][0]):
            best[found[0]] = (found[1], heading)
    return {heading: field for field, (_, heading) in best.items()}


@lru_cache(maxsize=8192)
def unit_of(heading: str) -> str | None:
    """The unit that a heading states: 预算金额(万元) → 万元."""
    match = _UNIT.search(heading)
    return match[0] if match else None


@lru_cache(maxsize=8192)
def currency_of(heading: str) -> str | None:
    """The currency that a heading states: ``amount (EUR)``, ``total dollars obligated``."""
    words = plain_heading(heading.replace("(", " ").replace(")", " ")).upper().split()
    if "DOLLARS" in words or "US$" in heading.upper():
        return "USD"
    return next((word for word in words if word in ISO_CODES), None)
