"""Values after a field's colon: numbers, dates and ranges of them, codes, true and false."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches

import msgspec

from sousveil.errors import QueryError
from sousveil.search.fields import FieldSpec, Kind, code_key
from sousveil.search.query import OneOf, Within

_OPERATOR = re.compile(r"(>=|<=|>|<|=)")
_NUMBER = re.compile(
    r"([+-]?)(\d[\d,_]{0,30}(?:\.\d{1,12})?|\.\d{1,12})(k|m|bn|万|亿)?", re.IGNORECASE
)
_UNIT = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 10**9, "万": 10_000, "亿": 10**8}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_TRUE = frozenset({"true", "yes", "1", "是"})
_FALSE = frozenset({"false", "no", "0", "否"})
_WHOLE_LIMIT = 2**62
_DAY = timedelta(days=1)


class Term(msgspec.Struct, frozen=True):
    """A piece of a query: its text, where it stands, whether in quotes, whether a * follows."""

    text: str
    place: int
    quoted: bool
    starred: bool


def range_of(spec: FieldSpec, raw: str, place: int) -> Within:
    """The range that ``raw`` names: ``5``, ``1..5``, ``1..``, ``..5``, ``>5``, ``>=5``, ``<5``.

    Raises QueryError where it is no number or date, or where no value can be in the range.
    """
    operator = _OPERATOR.match(raw)
    if operator is not None:
        rest = raw[operator.end() :]
        first, last = _bounds(spec, rest, place + operator.end())
        return _compared(spec, operator.group(), first, last, place)
    if ".." not in raw:
        first, last = _bounds(spec, raw, place)
        return Within(spec.name, first, last)
    left, right = raw.split("..", 1)
    if not left and not right:
        raise _refused(spec, place)
    low = _bounds(spec, left, place)[0] if left else None
    high = _bounds(spec, right, place + len(left) + 2)[1] if right else None
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        raise QueryError(
            f"{spec.name}: the range ends before it begins.", f"Write {right}..{left}", place
        )
    return Within(spec.name, low, high)


def _compared(
    spec: FieldSpec, operator: str, first: Decimal | date, last: Decimal | date, place: int
) -> Within:
    """The range of a comparison; [first, last] is what its value covers (a month's days)."""
    match operator:
        case "=":
            return Within(spec.name, first, last)
        case ">=":
            return Within(spec.name, first, None)
        case "<=":
            return Within(spec.name, None, last)
    above = operator == ">"
    bound = last if above else first
    if spec.kind is Kind.AMOUNT:
        low, high = (bound, None) if above else (None, bound)
        return Within(spec.name, low, high, low_excluded=above, high_excluded=not above)
    try:
        next_one: Decimal | date
        if isinstance(bound, date):
            next_one = bound + _DAY if above else bound - _DAY
        else:
            next_one = bound + 1 if above else bound - 1
    except OverflowError:
        raise _refused(spec, place) from None
    return Within(spec.name, next_one, None) if above else Within(spec.name, None, next_one)


def _bounds(spec: FieldSpec, raw: str, place: int) -> tuple[Decimal | date, Decimal | date]:
    """First and last value that a number or date covers: 2020-02 is all its days."""
    if spec.kind is Kind.DAY:
        return _days(spec, raw, place)
    match = _NUMBER.fullmatch(raw)
    if match is None:
        raise _refused(spec, place)
    sign, digits, unit = match.groups()
    number = Decimal(sign + re.sub("[,_]", "", digits)) * _UNIT[(unit or "").lower()]
    if spec.kind is Kind.WHOLE and (
        number != number.to_integral_value() or abs(number) > _WHOLE_LIMIT
    ):
        raise _refused(spec, place)
    number = number.normalize() + 0  # -0 is 0
    return number, number


def _days(spec: FieldSpec, raw: str, place: int) -> tuple[date, date]:
    match = _DATE.fullmatch(raw)
    if match is None:
        raise _refused(spec, place)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first
        last_month = month or 12
        return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
    except ValueError:
        raise _refused(spec, place) from None


def one_of(spec: FieldSpec, terms: Sequence[Term], place: int) -> OneOf:
    """The node of a list of values for a field of codes, numbers, places or flags.

    Raises QueryError for a value that the field cannot have.
    """
    keys = []
    for term in terms:
        if not term.quoted and (term.starred or "*" in term.text):
            raise QueryError(
                f"{spec.name}: * stands only alone, for any value.",
                f"Example: {spec.name}:*",
                term.place,
            )
        read = _flag if spec.kind is Kind.FLAG else _code
        keys.append(read(spec, term.text, term.place))
    if not keys:
        raise _refused(spec, place)
    return OneOf(spec.name, tuple(dict.fromkeys(keys)))


def _flag(spec: FieldSpec, value: str, place: int) -> str:
    key = value.strip().lower()
    if key in _TRUE:
        return "true"
    if key in _FALSE:
        return "false"
    raise QueryError(f"{spec.name}: is true or false.", f"Example: {spec.example}", place)


def _code(spec: FieldSpec, value: str, place: int) -> str:
    key = code_key(value, spec.kind).replace('"', "")
    if not key:
        raise _refused(spec, place)
    if spec.allowed and key not in spec.allowed:
        close = get_close_matches(key, spec.allowed, n=2, cutoff=0.6)
        known = (
            f"Did you mean {' or '.join(close)}?"
            if close
            else f"Values: {', '.join(spec.allowed)}."
        )
        raise QueryError(f"{spec.name}: has no value of this name.", known, place)
    return key


def _refused(spec: FieldSpec, place: int) -> QueryError:
    wanted = {
        Kind.WHOLE: "whole numbers (>=3, 2020..2022)",
        Kind.AMOUNT: "numbers (>200000, 1m..5m, 50万..)",
        Kind.DAY: "dates (2020, 2020-06, 2020-06-30, 2020-01..2020-06)",
    }.get(spec.kind, "a value")
    return QueryError(f"{spec.name}: takes {wanted}.", f"Example: {spec.example}", place)
