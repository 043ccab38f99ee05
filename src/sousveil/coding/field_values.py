"""Values of fields as people type them, held against the words that are said to state them.

A value is kept in one form, as text: names as written, amounts as ``1200000 CNY``, days as
``2024-03-01``. What is typed must stand in the quote: a name in its letters, an amount or a day in
any writing that is read from records too. So nothing is entered that the record does not state,
and no person whose name is masked there.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import get_args

from sousveil.errors import DecisionError
from sousveil.extract.masking import mask_text
from sousveil.model import Evidence, Field, Money, Notice, NoticeType, Page
from sousveil.model.field_decision import AMOUNTS, FieldName, Quoted
from sousveil.text.dates import find_dates, parse_date
from sousveil.text.money import find_amounts, parse_amount

EXTRACTOR = "coder"
LONGEST_QUOTE = 2_000
_LONGEST_VALUE = 500
_SEVERAL = re.compile(r"[;；\n]+")
_MULTIPLES = tuple(map(Decimal, (1, 100, 1_000, 10_000, 1_000_000, 100_000_000)))
"""What the unit of a column that the quote leaves out may be: 元 to 亿元."""
_MOST_ADDED = 12


def field_values(notice: Notice, field: FieldName) -> tuple[str, ...]:
    """What a notice has in a field, in the form that decisions keep; () for nothing."""
    found: object = getattr(notice, field)
    if isinstance(found, str):
        return (found,)
    fields = found if isinstance(found, tuple) else (found,) if found else ()
    return tuple(_kept(one.value) for one in fields)


def _kept(value: object) -> str:
    if isinstance(value, Money):
        return f"{value.amount.normalize():f} {value.currency}"
    return value.isoformat() if isinstance(value, date) else str(value)


def read_values(field: FieldName, written: str, currency: str | None) -> tuple[str, ...]:
    """What a person typed, in the form that is kept. ``currency`` is the notice's, for an amount
    that names none. Several suppliers have semicolons between them.

    Raises DecisionError for what is no value of the field, or names a person.
    """
    typed = " ".join(unicodedata.normalize("NFC", written).split())
    if not typed or len(typed) > _LONGEST_VALUE:
        raise DecisionError(
            f"A value of {field} has 1 to {_LONGEST_VALUE} characters.",
            "Say --absent where the record does not state it.",
        )
    if field in AMOUNTS:
        return (_amount(typed, currency),)
    if field == "published":
        found = parse_date(typed)
        if found is None:
            raise DecisionError("This is no day.", "Write it as 2024-03-01.")
        return (found.value.isoformat(),)
    if field == "notice_type":
        if typed not in get_args(NoticeType):
            raise DecisionError(
                "This is no type of notice.", f"Use one of {', '.join(get_args(NoticeType))}."
            )
        return (typed,)
    if mask_text(typed) != typed or "〔" in typed:
        raise DecisionError(
            "The value names a person, or a person's details: these are never kept.",
            "Give the organisation, or leave the field as it is.",
        )
    if field != "suppliers":
        return (typed,)
    return tuple(dict.fromkeys(one.strip() for one in _SEVERAL.split(typed) if one.strip()))


def _amount(typed: str, currency: str | None) -> str:
    found = parse_amount(typed, currency_hint=currency)
    if found is None or found.is_rate or found.amount < 0:
        raise DecisionError("This is no amount.", "Write it as '1200000 CNY' or 120万元.")
    stated = found.currency or currency
    if stated is None:
        raise DecisionError("The amount names no currency.", "Write it as '1200000 CNY'.")
    return _kept(Money(found.amount, stated, "budget"))


def located(
    quote: str, notice: Notice, pages: Mapping[int, Page], near: tuple[int, int] | None = None
) -> Quoted | None:
    """Where a quote stands in the notice's pages, white space apart; of several places the one
    nearest to what the notice's own fields were read from, or to ``near`` (page, start). None where
    it does not stand there."""
    letters = "".join(quote.split())
    if not letters or len(quote) > LONGEST_QUOTE:
        return None
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    anchors = [near] if near else [(e.page, e.start) for e in _evidence(notice)]
    places = [
        Quoted(number, match.start(), match[0])
        for number in notice.pages
        for match in pattern.finditer(pages[number].text)
    ]
    return min(places, key=lambda place: _distance(place, anchors), default=None)


def _distance(place: Quoted, anchors: Iterable[tuple[int, int]]) -> tuple[int, int, int]:
    apart = [abs(start - place.start) for page, start in anchors if page == place.page]
    return (0 if apart else 1, min(apart, default=0), place.start)


def _evidence(notice: Notice) -> Iterator[Evidence]:
    for name in notice.__struct_fields__:
        value = getattr(notice, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Field):
                yield one.evidence


def check_stated(field: FieldName, values: Iterable[str], quote: str) -> None:
    """Raise DecisionError where a quote does not state the values."""
    for value in values:
        if field in AMOUNTS:
            right = _states_amount(Decimal(value.split()[0]), quote)
        elif field == "published":
            right = _states_day(date.fromisoformat(value), quote)
        else:
            right = field == "notice_type" or _bare(value) in _bare(quote)
        if not right:
            raise DecisionError(
                f"The quote does not state this value of {field}.",
                "Quote the words of the record that do, and write names as they stand there.",
            )


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _states_amount(amount: Decimal, quote: str) -> bool:
    """Whether an amount stands in the quote, or a few that add up to it (lots, parts), in units of
    the currency or of a column's heading."""
    found = [m.amount for m in find_amounts(quote, unit_hint="") if not m.is_rate][:_MOST_ADDED]
    sums = {sum(some) for size in range(1, len(found) + 1) for some in combinations(found, size)}
    return any(total * times == amount for total in sums for times in _MULTIPLES)


def _states_day(day: date, quote: str) -> bool:
    return any(
        match.value == day
        for republic in (False, True)
        for first in (False, True)
        for match in find_dates(quote, republic=republic, day_first=first)
    )
