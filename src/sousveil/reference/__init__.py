"""Shipped tables: taxonomy, places, rates, glossary, organisation kinds."""

from sousveil.reference.buyers import BUYER_TYPES, buyer_type
from sousveil.reference.countries import country_of
from sousveil.reference.places import Place, locate

__all__ = ["BUYER_TYPES", "Place", "buyer_type", "country_of", "locate"]
