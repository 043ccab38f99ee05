"""Shipped tables: taxonomy, places, rates, glossary, organisation kinds."""

from sousveil.reference.buyers import BUYER_TYPES, buyer_type
from sousveil.reference.countries import country_of
from sousveil.reference.places import Place, locate
from sousveil.reference.taxonomy import Taxonomy, label, load_taxonomy, taxonomy_version

__all__ = [
    "BUYER_TYPES",
    "Place",
    "Taxonomy",
    "buyer_type",
    "country_of",
    "label",
    "load_taxonomy",
    "locate",
    "taxonomy_version",
]
