"""Pure text work: normal forms with offset maps, numerals, money, dates, scripts and names."""

from sousveil.text.dates import DateMatch, find_dates, parse_date
from sousveil.text.money import AmountMatch, find_amounts, parse_amount
from sousveil.text.names import find_organisations, organisation_core, split_phase, title_core
from sousveil.text.normalise import Normalised, normalise, squash
from sousveil.text.numerals import parse_number
from sousveil.text.scripts import fold, is_han, language_of, to_simplified

__all__ = [
    "AmountMatch",
    "DateMatch",
    "Normalised",
    "find_amounts",
    "find_dates",
    "find_organisations",
    "fold",
    "is_han",
    "language_of",
    "normalise",
    "organisation_core",
    "parse_amount",
    "parse_date",
    "parse_number",
    "split_phase",
    "squash",
    "title_core",
    "to_simplified",
]
