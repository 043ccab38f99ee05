"""Calendar dates, and times of day beside them, in the ways notices write them.

Sources: GB/T 7408 and GB/T 15835 for Chinese forms, ISO 8601, CLDR for month names. A date needs
day, month and year; what is only part of one (8月20日, 2026年8月) is not found.
"""

import re
from collections.abc import Iterator
from datetime import date
from datetime import time as clock_time
from typing import Literal

import msgspec

from sousveil.text.clocks import clock_after, clock_before, small_number
from sousveil.text.currency import words
from sousveil.text.eras import dates_of_the_east
from sousveil.text.months import MONTHS
from sousveil.text.numerals import DIGITS


class DateMatch(msgspec.Struct, frozen=True, gc=False):
    """A date at code points [start, end), with the time of day if one stands beside it.

    Both are as written: local time, no conversion of zones. 24:00 is given as 23:59 of its day.
    ``doubt`` is ``order`` where day and month may be the other way round (03/04/2026), ``year``
    where the century or the calendar is open (26年8月20日).
    """

    start: int
    end: int
    value: date
    time: clock_time | None = None
    doubt: Literal["order", "year"] | None = None


_YEARS = range(1900, 2101)
# Parts of one date may stand on lines of their own where each was an element of a page.
_S = r"[ \u00a0\u3000\n]{0,3}"
_DIGITS = re.compile(
    rf"(?P<y>[12１２]\d{{3}})(?<![\d.]\d{{4}})(?:"
    rf"{_S}(?P<han>年){_S}(?P<m>\d{{1,2}}){_S}月{_S}(?P<d>\d{{1,2}})(?!\d)(?:{_S}[日号號])?"
    rf"|(?P<sep>[-/.‐‑–—－／．])(?P<m2>\d{{1,2}})(?:(?P=sep)|[-/.])(?P<d2>\d{{2}}(?=[012]\d:[0-5]\d)|\d{{1,2}}(?!\d))"
    rf"|{_S}年{_S}(?P<mz>[元一二三四五六七八九十]{{1,2}}){_S}月{_S}"
    rf"(?P<dz>[一二三四五六七八九十廿卅]{{1,3}})(?:{_S}[日号號])?"
    rf"|(?P<m3>\d{{2}})(?P<d3>\d{{2}})(?![\dA-Za-z]|-\d|_)"
    rf")"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?<!\d\d{4})(?!\d|[.,]\d)")
_NUMBERS_BEFORE = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[-/]|\. ?)(?P<b>\d{1,2})(?P=sep)$")
_HAN_YEAR = re.compile(
    rf"(?P<y>[一二][〇零○ＯOo0一二三四五六七八九]{{3}}){_S}年{_S}"
    rf"(?P<m>[元〇零一二三四五六七八九十]{{1,3}}){_S}月"
    rf"{_S}(?P<d>[〇零一二三四五六七八九十廿卅]{{1,4}})(?:{_S}[日号號])?"
)
_REPUBLIC = re.compile(
    rf"(?:中[华華])?民[国國]{_S}(?P<y>\d{{1,3}}|元|[一二三四五六七八九十百〇零]{{1,5}}){_S}"
    rf"(?:年{_S}(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}){_S}月"
    rf"{_S}(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}}){_S}[日号號]?|[/.-](?P<m2>\d{{1,2}})[/.-](?P<d2>\d{{1,2}})(?!\d))"
)
_REPUBLIC_BARE = re.compile(
    r"(?<![\d./-])(?P<y>\d{2,3})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d./-])"
)
_REPUBLIC_HAN = re.compile(
    rf"(?<![\d年])(?P<y>\d{{2,3}}){_S}年{_S}(?P<m>\d{{1,2}}){_S}月{_S}(?P<d>\d{{1,2}}){_S}[日号號]"
)
_WORD = re.compile(r"[^\W_]+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°|ª|го|е)?", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([^\W\d_]{3,9})")
_ISO = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?")
_COMPACT_REPUBLIC = re.compile(r"(1\d{2}|\d{2})(\d{2})(\d{2})")
_CONNECTING = words("de del of day da di do den the r năm года")
_LOOK_AROUND = 32

_COMPACT_TIME = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<s>[0-5]\d)?(?!\d)")


def find_dates(text: str, *, republic: bool = False, day_first: bool = True) -> Iterator[DateMatch]:
    """Dates in the order they stand, longest first where they overlap.

    ``republic`` reads 115/08/01 and 115年8月1日 as years of the Republic of China (Taiwan); 民國 is
    always read so. ``day_first`` settles 03/04/2026, where both readings are possible.
    """
    found: list[DateMatch] = list(_numeric(text))
    if "T" in text:
        found.extend(_basic_iso(text))
    if "年" in text:
        found.extend(_in_numerals(text))
    if "民国" in text or "民國" in text:
        found.extend(_republic(text, _REPUBLIC))
    if republic:
        found.extend(_republic(text, _REPUBLIC_BARE))
        found.extend(_republic(text, _REPUBLIC_HAN))
    found.extend(_with_time(text, *match) for match in dates_of_the_east(text))
    found.extend(_european(text, day_first))
    found.sort(key=lambda match: (match.start, -match.end))
    end = 0
    for match in found:
        if match.start >= end:
            yield match
            end = match.end


def parse_date(raw: str, *, republic: bool = False, day_first: bool = True) -> DateMatch | None:
    """The first date in ``raw``, the value of a label or cell; None if it holds none.

    A bare run of 8, 12 or 14 digits that is all of ``raw`` is read as well.
    """
    for match in find_dates(raw, republic=republic, day_first=day_first):
        return match
    bare = raw.strip()
    if republic and (short := _COMPACT_REPUBLIC.fullmatch(bare)):
        value = _date(1911 + int(short[1]), short[2], short[3])
        start = raw.index(bare)
        return DateMatch(start, start + len(bare), value) if value else None
    if len(bare) in (12, 14) and bare.isascii() and bare.isdigit():
        value = _date(bare[:4], bare[4:6], bare[6:8])
        clock = _COMPACT_TIME.fullmatch(bare[8:])
        if value and clock:
            start = raw.index(bare)
            hour, minute, second = (int(part) for part in clock.groups("0"))
            moment = clock_time(hour, minute, second)
            return DateMatch(start, start + len(bare), value, moment)
    return None


def _numeric(text: str) -> Iterator[DateMatch]:
    for match in _DIGITS.finditer(text):
        year, han, m, d, _, m2, d2, mz, dz, m3, d3 = match.groups()
        start, end = match.span()
        if mz:
            value = _date(year, small_number(mz), small_number(dz))
        elif m3:
            before = text[start - 1] if start else " "
            if before in "-_/#" or (before.isascii() and before.isalnum()):
                continue
            value = _date(year, m3, d3)
        else:
            value = _date(year, m or m2, d or d2)
            before = text[start - 1] if start else " "
            if not han and (before in "-_" or (before.isascii() and before.isalpha())):
                continue
        if value is not None:
            yield _with_time(text, start, end, value)


def _basic_iso(text: str) -> Iterator[DateMatch]:
    """20260820T093000Z."""
    for match in _ISO.finditer(text):
        value = _date(match[1], match[2], match[3])
        hour, minute = int(match[4]), int(match[5])
        if value is not None and hour < 24 and minute < 60:
            yield DateMatch(*match.span(), value, clock_time(hour, minute, int(match[6] or 0) % 60))


def _in_numerals(text: str) -> Iterator[DateMatch]:
    for match in _HAN_YEAR.finditer(text):
        year = "".join(str(DIGITS.get(char, 0)) for char in match.group("y"))
        value = _date(year, small_number(match.group("m")), small_number(match.group("d")))
        if value is not None:
            yield _with_time(text, *match.span(), value)


def _republic(text: str, pattern: re.Pattern[str]) -> Iterator[DateMatch]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        month, day = groups["m"] or groups.get("m2"), groups["d"] or groups.get("d2")
        year = small_number(match.group("y"))
        if year is None or month is None or day is None:
            continue
        value = _date(1911 + year, small_number(month), small_number(day))
        if value is not None:
            yield _with_time(text, *match.span(), value)


def _european(text: str, day_first: bool) -> Iterator[DateMatch]:
    """20.08.2026, and dates with the month's name: found from the year, which is rare."""
    for match in _YEAR.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        found = None
        if (before in "-/." and before) or (before == " " and text[start - 2 : start - 1] == "."):
            found = _numbers_before(text, start, end, day_first)
        if found is None and before and (before in " ,-/\u00a0.\n" or before.isalpha()):
            found = _named_before(text, start, end)
        if found is None and text[end : end + 1] in (" ", ".", ",", "-"):
            found = _named_after(text, start, end)
        if found is not None:
            yield found


def _numbers_before(text: str, start: int, end: int, day_first: bool) -> DateMatch | None:
    match = _NUMBERS_BEFORE.search(text, max(0, start - 9), start)
    if match is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    swap = (second > 12) or (not day_first and first <= 12 and match["sep"][0] != ".")
    day, month = (second, first) if swap else (first, second)
    value = _date(text[start:end], month, day)
    if value is None:
        return None
    # Dots put the day first wherever they stand; slashes and dashes do not.
    open_ = match["sep"][0] != "." and first != second and max(first, second) <= 12
    return _with_time(text, match.start(), end, value, "order" if open_ else None)


def _named_before(text: str, start: int, end: int) -> DateMatch | None:
    """20 de agosto de 2026, August 20, 2026: the words before the year, the nearest last."""
    low = max(0, start - _LOOK_AROUND)
    found = [word for word in _WORD.finditer(text, low, start) if _matters(word.group())][-2:]
    if found and found[-1].end() == start and (glued := _DAY_AND_MONTH.fullmatch(found[-1][0])):
        value = _day_and_month(text[start:end], glued[1], glued[2])
        return _with_time(text, found[-1].start(), end, value) if value else None
    if len(found) < 2 or start - found[1].end() > 6 or found[1].start() - found[0].end() > 6:
        return None
    value = _day_and_month(text[start:end], found[0].group(), found[1].group())
    return _with_time(text, found[0].start(), end, value) if value else None


def _named_after(text: str, start: int, end: int) -> DateMatch | None:
    """2026. augusztus 20, 2026 August 20."""
    found = list(_WORD.finditer(text, end, min(len(text), end + _LOOK_AROUND)))[:2]
    if len(found) < 2 or found[0].start() - end > 2 or found[1].start() - found[0].end() > 2:
        return None
    month = MONTHS.get(found[0].group().lower())
    day = _DAY.fullmatch(found[1].group())
    value = _date(text[start:end], month, day[1]) if day else None
    return _with_time(text, start, found[1].end(), value) if value else None


def _matters(word: str) -> bool:
    return word.lower() not in _CONNECTING


def _day_and_month(year: str, first: str, second: str) -> date | None:
    month = MONTHS.get(second.lower())
    day = _DAY.fullmatch(first)
    if month is None:
        month, day = MONTHS.get(first.lower()), _DAY.fullmatch(second)
    return _date(year, month, day[1]) if day else None


def _with_time(
    text: str, start: int, end: int, value: date, doubt: Literal["order", "year"] | None = None
) -> DateMatch:
    found = clock_after(text, end)
    if found is None:
        before = clock_before(text, start)
        if before is None:
            return DateMatch(start, end, value, None, doubt)
        clock, start = before
        return DateMatch(start, end, value, clock, doubt)
    clock, end = found
    return DateMatch(start, end, value, clock, doubt)


def _date(year: str | int, month: str | int | None, day: str | int | None) -> date | None:
    if month is None or day is None:
        return None
    y, m, d = int(year), int(month), int(day)
    if y not in _YEARS or not 1 <= m <= 12 or not 1 <= d <= 31:
        return None
    try:
        return date(y, m, d)
    except ValueError:
        return None
