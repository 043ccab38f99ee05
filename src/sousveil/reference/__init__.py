"""Shipped tables: taxonomy, places, rates, glossary, organisation kinds."""
