"""The record of one random literal, and how numbers are written in the languages of records."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from random import Random

import msgspec

Kind = str
"""``amount`` and ``date``: the value is wanted. ``rate``: a percentage or discount. ``no_total``: a
price of one piece or a range, which must not be taken for one amount."""


class Written(msgspec.Struct, frozen=True, gc=False):
    """A literal and what it says.

    ``ambiguous``: by the writing alone it can be read in two ways, so a flag is right; where a
    reader would not hesitate it is false and a flag counts against the parser. ``unit`` and
    ``currency`` are what the heading of a column and the country say, as extraction hands them on.
    """

    text: str
    kind: Kind
    amount: Decimal | None = None
    currency: str | None = None
    day: date | None = None
    clock: time | None = None
    unit: str | None = None
    known: str | None = None
    """The currency of the country."""
    republic: bool = False
    """Years are those of the Republic of China, as in Taiwan's lists."""
    ambiguous: bool = False


class Form(msgspec.Struct, frozen=True):
    """A form of writing: its language, its name, and what writes a random literal in it."""

    language: str
    name: str
    write: Callable[[Random], Written]


WIDE = str.maketrans("0123456789.,:", "０１２３４５６７８９．，：")
SPACES = (" ", "\u00a0", "\u202f")


def plain(number: Decimal, mark: str = ".") -> str:
    """Digits without separators between groups."""
    return f"{number:f}".replace(".", mark)


def grouped(number: Decimal, group: str, mark: str) -> str:
    """Digits in groups of three: 1,234.56 for ``,`` and ``.``; 1 234,56 for a space and ``,``."""
    return f"{number:,f}".replace(",", "\0").replace(".", mark).replace("\0", group)


def indian(number: Decimal) -> str:
    """Digits in groups as India writes them: 12,34,567.00."""
    whole, _, rest = f"{number:f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    parts = []
    while head:
        parts.append(head[-2:])
        head = head[:-2]
    return ",".join([*reversed(parts), tail]) + (f".{rest}" if rest else "")


def one_separator_of_three(text: str) -> str:
    """The separator of 1,234 or 1.234, a group or a fraction by the look of it; "" for others."""
    for sign in ",.":
        head, found, tail = text.partition(sign)
        if found and head.isdigit() and tail.isdigit() and len(tail) == 3 and len(head) <= 3:
            return "" if head.startswith("0") else sign
    return ""


def random_sum(rng: Random, low: float = 0, high: float = 9, places: int = 2) -> Decimal:
    """A sum of money, its size uniform in powers of ten, often round, with ``places`` decimals."""
    number = 10 ** rng.uniform(low, high)
    style = rng.random()
    if style < 0.35:
        digits = max(1, len(str(int(number))) - 2)
        number = round(number, -digits) or 10**digits
        return Decimal(int(number))
    if style < 0.6 or not places:
        return Decimal(max(1, int(number)))
    return Decimal(f"{number:.{rng.randint(1, places)}f}")
