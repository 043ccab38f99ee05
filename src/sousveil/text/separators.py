"""Points and commas in a number: which part thousands and which decimals, by the currency's custom.

Customs of countries by CLDR. What neither the digits nor the custom settle is read the likelier way
and said to be open.
"""

import re
from decimal import Decimal

from sousveil.text.currency import COMMA_CURRENCIES, words
from sousveil.text.numerals import parse_digits

_POINT_CURRENCIES = words(
    "USD GBP CNY JPY KRW TWD HKD MOP INR CAD AUD NZD SGD MXN CHF MYR THB PHP ILS EGP NGN KES GHS "
    "TZS UGX PKR LKR BDT NPR SAR AED QAR GTQ HNL NIO DOP PEN JMD TTD ETB"
)
_ENGLISH = words("million millions billion billions m mn bn b k thousand trillion tn")
_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+,\d+")
_CONTRARY = re.compile(r"0\.\d{3}|\d{4,}\.\d{3}")
"""A point before three digits that cannot stand between thousands, whatever the custom."""
_FOUR = re.compile(r"\d{1,4},\d{4}")
_THREE = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")


def read_number(raw: str, currency: str | None, magnitude: str) -> tuple[Decimal | None, bool]:
    """The number, None if it is none, and whether its one separator is open.

    One separator with three digits behind it stands between thousands (1,234) or before decimals
    (1.234). The custom of the currency settles it: a sign that it puts between thousands does so,
    for sums have no thousandths; its decimal sign is one before a magnitude (1.234万元). The euro
    is written by both customs: either sign is one of thousands, and with a magnitude it is open.
    """
    raw = _SPACES.sub(" ", raw.replace("，", ",").replace("．", "."))
    found = _THREE.fullmatch(raw)
    if found is None:
        by_comma = currency in COMMA_CURRENCIES and not _CONTRARY.fullmatch(raw)
        by_comma = by_comma or _SPACED.fullmatch(raw) is not None
        by_four = not by_comma and _FOUR.fullmatch(raw) is not None
        return parse_digits(raw, decimal_comma=by_comma), by_four
    groups, open_ = _of_three(found[1], currency, magnitude)
    return Decimal(raw.replace(found[1], "" if groups else ".")), open_


def _of_three(sign: str, currency: str | None, magnitude: str) -> tuple[bool, bool]:
    """Whether the sign is one of thousands, and whether that is open."""
    comma = sign == ","
    if currency == "EUR":
        english = magnitude.lower().rstrip(".") in _ENGLISH
        return (comma == english if magnitude else True), bool(magnitude)
    if currency in COMMA_CURRENCIES:
        return (not comma and not magnitude), comma != bool(magnitude)
    if currency in _POINT_CURRENCIES:
        return comma, not comma and not magnitude
    return comma, True
