"""Query language and index: words and filters decide which notices."""

from sousveil.search.build import build_index, extend_index
from sousveil.search.fields import FIELDS, FieldSpec, Kind
from sousveil.search.index import Hit, Hits, Index, Order
from sousveil.search.parser import parse_query
from sousveil.search.query import Query
from sousveil.search.rows import IndexRow
from sousveil.search.scan import matches
from sousveil.search.schema import SCHEMA_VERSION
from sousveil.search.snippets import Snippet, snippet
from sousveil.search.tokenizer import Token, tokens

__all__ = [
    "FIELDS",
    "SCHEMA_VERSION",
    "FieldSpec",
    "Hit",
    "Hits",
    "Index",
    "IndexRow",
    "Kind",
    "Order",
    "Query",
    "Snippet",
    "Token",
    "build_index",
    "extend_index",
    "matches",
    "parse_query",
    "snippet",
    "tokens",
]
