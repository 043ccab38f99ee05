"""Whether a counted figure answers what was published, with what is in doubt left in doubt.

What is counted is a range: ``low`` is what counts whichever way doubts are settled, ``high`` what
may count, None where there is no telling how much more. A statement holds where the whole range
answers it, does not hold where no part of it does, and cannot be told otherwise.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from sousveil.model.claim import FAILS, HOLDS, UNTOLD, Expected, Verdict


class Range(msgspec.Struct, frozen=True):
    """From ``low`` to ``high``, both included; ``high`` None: without an end."""

    low: Decimal
    high: Decimal | None

    def without_end(self) -> "Range":
        """The same, where more records than these may count."""
        return Range(self.low, None)


class Accepted(msgspec.Struct, frozen=True):
    """The figures that answer a statement; None: without an end."""

    low: Decimal | None
    high: Decimal | None
    above_low: bool = False
    """Whether ``low`` itself does not answer it."""

    def holds(self, figure: Decimal) -> bool:
        """Whether a figure answers the statement."""
        if self.low is not None and (figure < self.low or (self.above_low and figure == self.low)):
            return False
        return self.high is None or figure <= self.high


def accepted(expected: Expected) -> Accepted:
    """Which figures answer what was published. ``exists`` asks for one or none."""
    if expected.exists is not None:
        return Accepted(Decimal(1), None) if expected.exists else Accepted(None, Decimal(0))
    if expected.equals is not None:
        return Accepted(expected.equals, expected.equals)
    if expected.more_than is not None:
        return Accepted(expected.more_than, None, above_low=True)
    if expected.at_least is not None:
        return Accepted(expected.at_least, None)
    if expected.at_most is not None:
        return Accepted(None, expected.at_most)
    about, within = expected.about or Decimal(0), expected.within or Decimal(0)
    return Accepted(about * (1 - within), about * (1 + within))


def judged(counted: Range, wanted: Accepted) -> Verdict:
    """What a range says of a statement."""
    ends_inside = wanted.high is None or (counted.high is not None and counted.high <= wanted.high)
    if wanted.holds(counted.low) and ends_inside:
        return HOLDS
    apart = wanted.high is not None and counted.low > wanted.high
    short = counted.high is not None and wanted.low is not None and (
        counted.high < wanted.low or (wanted.above_low and counted.high == wanted.low)
    )  # fmt: skip
    return FAILS if apart or short else UNTOLD


def judged_one(
    sure: Iterable[Decimal], possible: Iterable[Decimal], wanted: Accepted, *, open_end: bool
) -> Verdict:
    """Whether any one of the amounts answers a statement. ``open_end``: there may be others."""
    if any(wanted.holds(amount) for amount in sure):
        return HOLDS
    if open_end or any(wanted.holds(amount) for amount in possible):
        return UNTOLD
    return FAILS


def nearest(amounts: Sequence[Decimal], wanted: Accepted) -> Decimal | None:
    """Of several amounts the one that comes nearest to what was published; of equals the larger."""
    return min(amounts, key=lambda amount: (_apart(amount, wanted), -amount), default=None)


def _apart(amount: Decimal, wanted: Accepted) -> Decimal:
    """How far an amount is from the middle of what answers, or from where that begins or ends."""
    if wanted.low is not None and wanted.high is not None:
        return abs(amount - (wanted.low + wanted.high) / 2)
    if wanted.low is not None and amount < wanted.low:
        return wanted.low - amount
    if wanted.high is not None and amount > wanted.high:
        return amount - wanted.high
    return Decimal(0)
