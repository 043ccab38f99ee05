"""Which heading of a table means which field: guessed by lists of words, nothing else.

One file a language or system stands under ``headings``; those named first win.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from sousveil.text.amounts_in_digits import unit_of_hint
from sousveil.text.currency import ISO_CODES, settle, words
from sousveil.text.headings import plain_heading

SOURCES = ("zh", "zh_hant", "en", "usaspending", "es", "pt", "fr", "de", "ru", "uk", "ja", "ko")
"""The files of headings, in the order in which they are asked."""

_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,30})[)）\]】]")
_SEPARATED = re.compile(r"[^A-Za-z]+")
_WORDS_TOO = words("ALL TOP TRY MOP PEN COP CUP GEL MAD RON SOS LAK NAD ARS LSL")
"""Codes that are words of headings as well: base_and_all_options_value."""
_SHARED_SIGNS = words("$ ¥ ￥ kr kr. Rs Rs. 元 圓 圆 块")
_LAST = 1_000
_ACTING = frozenset({"agency", "agency name"})
_UNIT = re.compile("[亿億万萬千]?[元圆圓]")
_TAIL = re.compile(r"(?:\ben|\bin|\bem|\bв|,)\s+(\S{1,8}(?:\s\S{1,5})?)$")
_AMOUNTS = ("budget", "ceiling", "award")


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings of numbers that a register gave organisations.

    ``scheme`` is a code of org-id.guide; "" for a register that the heading does not name. ``of``:
    whose they are (buyer, agency, suppliers); ``alike`` for those of the name whose heading begins
    alike; "" for those of that name or, without one, of the name that stands before. Who has the
    number is also named under the headings ``also_named``.
    """

    headings: list[str]
    scheme: str = ""
    of: str = ""
    also_named: list[str] = []


class Parents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings of the names of a supplier's parent, and that of its number in ``scheme``."""

    headings: list[str]
    number: str = ""
    scheme: str = ""


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The heading of an office's name, and that of the body whose office it is."""

    heading: str
    of: str


class Headings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of headings: the ``fields`` and the headings that mean them, the best first.

    ``day_first``: 03/04/2026 is the third of April. ``acts``: who stands there acts for the buyer
    where it is another body. ``base_descriptions`` have the name where the row's own description
    fits ``changes``. A row with any of ``no_purchase`` is none. ``numbers`` are of organisations;
    ``parents`` those of suppliers, ``offices`` those of buyers and agencies.
    """

    language: str
    fields: dict[str, list[str]]
    day_first: bool = False
    acts: list[str] = []
    base_descriptions: list[str] = []
    changes: str = ""
    no_purchase: list[str] = []
    numbers: list[Numbers] = []
    parents: list[Parents] = []
    offices: list[Offices] = []


class Meaning(msgspec.Struct, frozen=True):
    """What a heading means: the field, its rank among that field's (0 the best), and by which
    file."""

    field: str
    rank: int
    source: str


@cache
def sources() -> Mapping[str, Headings]:
    """The files of headings by name."""
    folder = files(__package__) / "headings"
    return {
        name: msgspec.convert(tomllib.loads((folder / f"{name}.toml").read_text("utf-8")), Headings)
        for name in SOURCES
    }


@cache
def _meanings() -> Mapping[str, Meaning]:
    found: dict[str, Meaning] = {}
    ranks: dict[str, int] = {}
    for name, source in sources().items():
        for field, headings in source.fields.items():
            for heading in headings:
                ranks[field] = ranks.get(field, -1) + 1
                found.setdefault(plain_heading(heading), Meaning(field, ranks[field], name))
    return found


@cache
def _numbers() -> Mapping[str, Numbers]:
    every = (numbers for source in sources().values() for numbers in source.numbers)
    return {plain_heading(words): numbers for numbers in every for words in numbers.headings}


def numbers_under(heading: str) -> Numbers | None:
    """Of which register and whose the numbers under a heading are; None for any other heading."""
    return _numbers().get(plain_heading(heading))


@cache
def parents() -> tuple[Parents, ...]:
    """The headings of suppliers' parents of all files."""
    return tuple(each for source in sources().values() for each in source.parents)


@cache
def offices() -> tuple[Offices, ...]:
    """The headings of offices of all files."""
    return tuple(each for source in sources().values() for each in source.offices)


def field_names() -> tuple[str, ...]:
    """The fields that a column may mean."""
    return tuple(dict.fromkeys(meaning.field for meaning in _meanings().values()))


@lru_cache(maxsize=8192)
def meaning_of(heading: str) -> Meaning | None:
    """What a heading means. A currency behind the name of an amount (``amount_cny``, ``Wert in
    EUR``) is no part of it."""
    plain = plain_heading(heading)
    found = _meanings().get(plain)
    if found is not None:
        return found
    tail = _TAIL.search(plain)
    if tail is not None and _money_word(tail[1]):
        shorter = plain[: tail.start()].strip()
    elif plain[-4:-3] == " " and plain[-3:].upper() in ISO_CODES:
        shorter = plain[:-4]
    else:
        return None
    amount = _meanings().get(shorter)
    return amount if amount and amount.field in _AMOUNTS else None


def field_of(heading: str) -> tuple[str, int] | None:
    """The field that a heading means and its rank among that field's headings, 0 the best."""
    meaning = meaning_of(heading)
    return (meaning.field, meaning.rank) if meaning else None


def day_first(heading: str) -> bool:
    """Whether the day comes before the month where the heading's language is written."""
    meaning = meaning_of(heading)
    return meaning is not None and sources()[meaning.source].day_first


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


@cache
def listed(kind: str) -> frozenset[str]:
    """The headings of a special list (``acts``, ``base_descriptions``, ``no_purchase``) of all
    files, in the form in which they are compared."""
    lists = (getattr(source, kind) for source in sources().values())
    return frozenset(plain_heading(heading) for each in lists for heading in each)


@cache
def changes() -> re.Pattern[str]:
    """What a row's description says where it tells of a change to an award."""
    return re.compile(
        "|".join(source.changes for source in sources().values() if source.changes), re.I
    )


@lru_cache(maxsize=8192)
def unit_of(heading: str) -> str | None:
    """The unit that a heading states: 预算金额(万元) → 万元, Цена (тыс. руб.) → тыс. руб."""
    match = _UNIT.search(heading)
    if match:
        return match[0]
    for inside in _named_behind(heading):
        unit = unit_of_hint(inside)
        if unit is not None and unit.scale != 1 and not unit.is_rate:
            return inside
    return None


@lru_cache(maxsize=8192)
def currency_of(heading: str) -> str | None:
    """The currency that a heading states: ``amount (EUR)``, ``Montant (€)``, ``total dollars
    obligated``. A sign that several currencies share says nothing."""
    parts = _SEPARATED.split(heading)
    if "US$" in heading.upper() or any(part.upper() == "DOLLARS" for part in parts):
        return "USD"
    for word in parts:
        code = word.upper()
        written_as_code = word.isupper() and not heading.isupper()
        if code in ISO_CODES and (written_as_code or code not in _WORDS_TOO):
            return code
    return next(filter(None, map(_money_word, _named_behind(heading))), None)


def _named_behind(heading: str) -> list[str]:
    """What stands in brackets, and behind ``in``, ``en`` or a comma at the end of a heading."""
    tail = _TAIL.search(heading)
    named = [*_BRACKET.findall(heading), *([tail[1]] if tail else [])]
    return [each.strip() for each in named if each.strip()]


def _money_word(words: str) -> str | None:
    """The one currency that words behind a heading name."""
    unit = unit_of_hint(words)
    if unit is None or unit.currency is None or unit.currency in _SHARED_SIGNS:
        return None
    return settle(unit.currency, None)
