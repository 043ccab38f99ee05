"""Pure text work: normal forms with offset maps, numerals, money, dates, scripts and names."""

from sousveil.text.dates import DateMatch, find_dates, parse_date
from sousveil.text.money import AmountMatch, find_amounts, parse_amount
from sousveil.text.normalise import Normalised, normalise, squash
from sousveil.text.numerals import parse_number
from sousveil.text.scripts import fold, is_han, language_of, to_simplified

__all__ = [
    "AmountMatch",
    "DateMatch",
    "Normalised",
    "find_amounts",
    "find_dates",
    "fold",
    "is_han",
    "language_of",
    "normalise",
    "parse_amount",
    "parse_date",
    "parse_number",
    "squash",
    "to_simplified",
]
