"""What a notice looks like inside the index, and the names that writer and reader share.

Stored is the notice id, and what lists of hits show. Codes, places and flags are terms
``field=value`` of one field, or, where they are counted by facets, of another, which holds few
different ones; ``?field`` says that a field has a value. Numbers are columns. ``by_published`` and
``by_amount`` are sort keys that end in the notice id, so that no two notices tie. ``weight`` lifts
a later notice over one that is as relevant by up to 4 %, so that few tie by relevance.
"""

import struct
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import tantivy

from sousveil.search.facets import COUNTED_FIELDS, counted_term, extra_terms
from sousveil.search.fields import (
    BY_NAME,
    FIELDS,
    Kind,
    code_key,
    place_keys,
    row_number,
    row_values,
)
from sousveil.search.rows import IndexRow

SCHEMA_VERSION = 4
"""Raised whenever rows, tokens or terms change: an older index must be built anew."""

WORDS = "words"
CODES = "codes"
COUNTED = "counted"
SUPPLIERS = "suppliers_counted"
SHOWN = "shown"
ID = "id"
ID_HIGH, ID_LOW = "id_high", "id_low"
WEIGHT = "weight"
ORDERS = {"published": "by_published", "amount_usd": "by_amount"}
TOKENIZER = "terms"

WORD_FIELDS = tuple(spec for spec in FIELDS if spec.kind is Kind.WORDS)
_NUMBER_KINDS = (Kind.WHOLE, Kind.AMOUNT, Kind.DAY)
_NUMBER_FIELDS = tuple(spec for spec in FIELDS if spec.kind in _NUMBER_KINDS)
_CODE_FIELDS = tuple(
    spec
    for spec in FIELDS
    if spec.kind in (Kind.CODE, Kind.ID, Kind.NUMBER, Kind.PLACE, Kind.ORGANISATION, Kind.FLAG)
)
AMOUNT_USD = next(spec for spec in FIELDS if spec.name == "amount_usd")
_HEX = frozenset("0123456789abcdef")


_LIFT = 0.04
_UNDATED_STEPS, _DATED_STEPS = 2_048, 14_336
_FIRST_DAY = date(1995, 1, 1).toordinal()


def schema() -> tantivy.Schema:
    """The index's schema."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_float_field(WEIGHT, fast=True)
    builder.add_unsigned_field(ID_HIGH, fast=True)
    builder.add_unsigned_field(ID_LOW, fast=True)
    for name in (WORDS, *(spec.name for spec in WORD_FIELDS)):
        builder.add_text_field(name, tokenizer_name=TOKENIZER)
    for name in (CODES, COUNTED):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(SUPPLIERS, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(SHOWN, stored=True)
    for spec in _NUMBER_FIELDS:
        if spec.kind is Kind.AMOUNT:
            builder.add_float_field(spec.name, fast=True)
        else:
            builder.add_integer_field(spec.name, fast=True)
    for name in ORDERS.values():
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def analyzer() -> tantivy.TextAnalyzer:
    """Splits encoded text at spaces: all else was done by ``encode``."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def document(row: IndexRow, everything: str, fields: dict[str, str]) -> tantivy.Document:
    """The document of a row; ``everything`` and ``fields`` are its encoded words."""
    doc = tantivy.Document()
    doc.add_text(ID, row.notice_id)
    numbers = id_numbers(row.notice_id)
    if numbers is not None:
        doc.add_unsigned(ID_HIGH, numbers[0])
        doc.add_unsigned(ID_LOW, numbers[1])
    doc.add_float(WEIGHT, _weight(row))
    doc.add_text(WORDS, everything)
    for name, words in fields.items():
        doc.add_text(name, words)
        doc.add_text(term_field(name), present_term(name))
    _add_codes(doc, row)
    _add_numbers(doc, row)
    for facet, value in extra_terms(row):
        doc.add_text(COUNTED, counted_term(facet, value))
    for key in dict.fromkeys(row.supplier_keys):
        doc.add_text(SUPPLIERS, key)
    if row.shown:
        doc.add_bytes(SHOWN, row.shown)
    doc.add_text(ORDERS["published"], _by_published(row))
    doc.add_text(ORDERS["amount_usd"], _by_amount(row))
    return doc


def id_numbers(notice_id: str) -> tuple[int, int] | None:
    """An id of 32 hex digits as two numbers (columns are quick to read); None for any other."""
    if len(notice_id) != 32 or not _HEX.issuperset(notice_id):
        return None
    return int(notice_id[:16], 16), int(notice_id[16:], 16)


def code_term(field: str, key: str) -> str:
    """The term of a code."""
    return f"{field}={key}"


def present_term(field: str) -> str:
    """The term of a field's having a value."""
    return f"?{field}"


def term_field(field: str) -> str:
    """Where the terms of a field of the query language stand."""
    return COUNTED if field in COUNTED_FIELDS else CODES


def stored_number(value: int | float | date) -> int | float:
    """A number as its column holds it: days as ordinals."""
    return value.toordinal() if isinstance(value, date) else value


def _add_codes(doc: tantivy.Document, row: IndexRow) -> None:
    for spec in _CODE_FIELDS:
        values = row_values(row, spec)
        if not values:
            continue
        where = term_field(spec.name)
        doc.add_text(where, present_term(spec.name))
        for value in values:
            # An identifier stands in one or a few notices: not worth remembering.
            terms = _terms_of if spec.kind is Kind.ID else _remembered_terms
            for term in terms(value, spec.name):
                doc.add_text(where, term)


def _terms_of(value: str, field: str) -> tuple[str, ...]:
    """All terms that a value of a field of codes, ids, numbers, places, organisations or flags is
    found by."""
    kind = BY_NAME[field].kind
    keys = sorted(place_keys(value)) if kind is Kind.PLACE else [code_key(value, kind)]
    return tuple(code_term(field, key) for key in keys)


_remembered_terms = lru_cache(16384)(_terms_of)


def _add_numbers(doc: tantivy.Document, row: IndexRow) -> None:
    for spec in _NUMBER_FIELDS:
        value = row_number(row, spec)
        if value is None:
            continue
        doc.add_text(term_field(spec.name), present_term(spec.name))
        number = stored_number(value)
        if spec.kind is Kind.AMOUNT:
            doc.add_float(spec.name, float(number))
        else:
            doc.add_integer(spec.name, int(number))


def _weight(row: IndexRow) -> float:
    """x such that log2(2 + x), by which the index multiplies a score, is 1 to 1 + _LIFT.

    A step a day from 1995 on; notices without a date share the lowest steps by their ids.
    """
    if row.published is None:
        step = int.from_bytes(blake2b(row.notice_id.encode(), digest_size=4).digest(), "big")
        step %= _UNDATED_STEPS
    else:
        days = row.published.toordinal() - _FIRST_DAY
        step = _UNDATED_STEPS + min(max(days, 0), _DATED_STEPS - 1)
    return float(2 ** (1 + _LIFT * step / (_UNDATED_STEPS + _DATED_STEPS)) - 2)


def _by_published(row: IndexRow) -> str:
    """Ascending: latest first, undated last, then by id."""
    days = row.published.toordinal() if row.published else 0
    return f"{9_999_999 - days:07d}{row.notice_id}"


def _by_amount(row: IndexRow) -> str:
    """Ascending: largest first, none last, then by id."""
    amount = row_number(row, AMOUNT_USD)
    if amount is None or isinstance(amount, date):
        return f"~{row.notice_id}"
    bits = int.from_bytes(struct.pack(">d", amount + 0.0), "big")
    # Order of the bits = order of the numbers: flip all of a negative one, the sign of the others.
    rising = bits ^ 0xFFFF_FFFF_FFFF_FFFF if bits >> 63 else bits | 1 << 63
    return f"{0xFFFF_FFFF_FFFF_FFFF - rising:016x}{row.notice_id}"
