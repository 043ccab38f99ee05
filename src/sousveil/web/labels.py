"""What people read for the values of facets and fields, in the language of the page."""

from functools import cache

from babel import Locale

from sousveil.reference import Taxonomy, label
from sousveil.reference.glossary import gloss
from sousveil.search.facets import BANDS, BELOW, NONE, Facet, Shape
from sousveil.web.languages import catalogue, text

_CODES = ("surveillance", "basis", "buyer_type", "type", "ladder")
"""Facets whose values are named in the catalogues: ``value.NAME.CODE``."""


def value_label(facet: Facet, value: str, language: str, taxonomy: Taxonomy) -> str:
    """The name of a facet's value. Suppliers are named by the case, not here."""
    if value == NONE:
        return text(language, "facet.none")
    match facet.shape:
        case Shape.BANDS:
            return _band(value, language)
        case Shape.PLACES:
            return place_label(value, language)
    if facet.name in _CODES:
        return named(facet.name, value, language)
    return code_label(value, language, taxonomy)


def code_label(code: str, language: str, taxonomy: Taxonomy) -> str:
    """The name of a code of the taxonomy."""
    return label(code, "zh" if language.startswith("zh") else "en", taxonomy)


def label_in(name: str, language: str, taxonomy: Taxonomy) -> str:
    """The name in a language of a code that is given by its English name; others as they are."""
    if not language.startswith("zh"):
        return name
    return next((code.zh for code in taxonomy.codes.values() if code.en == name), name)


def named(kind: str, value: str, language: str) -> str:
    """The name of a value that the catalogues hold; others with spaces for underscores."""
    key = f"{kind}.{value}"
    return text(language, f"value.{key}") if _is_named(key) else value.replace("_", " ")


def _is_named(key: str) -> bool:
    return f"value.{key}" in catalogue("en")


def _band(value: str, language: str) -> str:
    if value == BELOW:
        return text(language, "facet.below")
    lows = [str(low) for low in BANDS]
    if value not in lows:
        return value
    at = lows.index(value)
    low = f"{BANDS[at]:,}"
    if at + 1 == len(BANDS):
        return text(language, "facet.from", low=low)
    return text(language, "facet.between", low=low, high=f"{BANDS[at + 1]:,}")


def country_label(code: str, language: str) -> str:
    """The name of a country by its two letters (CLDR)."""
    return _countries(language.replace("-", "_")).get(code.upper(), code)


@cache
def _countries(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)


def place_label(path: str, language: str) -> str:
    """The last part of a path CN/新疆/昌吉; in English with what it means beside it."""
    if "/" not in path:
        return country_label(path, language)
    last = path.rpartition("/")[2]
    english = gloss(last) if language == "en" else None
    return f"{last} {english}" if english else last
