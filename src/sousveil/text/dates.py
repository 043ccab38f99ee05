"""Calendar dates, and times of day beside them, in the ways notices write them.

Sources: GB/T 7408 and GB/T 15835 for Chinese forms, ISO 8601, CLDR for month names. A date needs
day, month and year; what is only part of one (8月20日, 2026年8月) is not found.
"""

import re
from collections.abc import Iterator
from datetime import date
from datetime import time as clock_time
from functools import lru_cache

import msgspec

from sousveil.text.currency import words
from sousveil.text.eras import dates_of_the_east
from sousveil.text.months import MONTHS
from sousveil.text.numerals import DIGITS, parse_chinese


class DateMatch(msgspec.Struct, frozen=True, gc=False):
    """A date at code points [start, end), with the time of day if one stands beside it.

    Both are as written: local time, no conversion of zones. 24:00 is given as 23:59 of its day.
    """

    start: int
    end: int
    value: date
    time: clock_time | None = None


_YEARS = range(1900, 2101)
# Parts of one date may stand on lines of their own where each was an element of a page.
_S = r"[ \u00a0\u3000\n]{0,3}"
_DIGITS = re.compile(
    rf"(?P<y>[12１２]\d{{3}})(?<![\d.]\d{{4}})(?:"
    rf"{_S}(?P<han>年){_S}(?P<m>\d{{1,2}}){_S}月{_S}(?P<d>\d{{1,2}})(?!\d)(?:{_S}[日号號])?"
    rf"|(?P<sep>[-/.‐‑–—－／．])(?P<m2>\d{{1,2}})(?:(?P=sep)|[-/.])(?P<d2>\d{{1,2}})(?![\d])"
    rf"|{_S}年{_S}(?P<mz>[元一二三四五六七八九十]{{1,2}}){_S}月{_S}"
    rf"(?P<dz>[一二三四五六七八九十廿卅]{{1,3}})(?:{_S}[日号號])?"
    rf"|(?P<m3>\d{{2}})(?P<d3>\d{{2}})(?![\dA-Za-z]|-\d|_)"
    rf")"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?<!\d\d{4})(?!\d|[.,]\d)")
_NUMBERS_BEFORE = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)$")
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
_WORD = re.compile(r"[^\W_]+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°|ª|го|е)?", re.IGNORECASE)
_CONNECTING = words("de del of da di do den the r năm года")
_LOOK_AROUND = 32

_GAP = r"[ \u00a0\u3000]{0,4}+"
_HALF_DAY = "上午|下午|中午|晚上|凌晨|早上|傍晚|夜间|at |um |a las |às |à |alle |о |в |ore "
_TIME = re.compile(
    # what may stand between: T, a bracket with the weekday, a comma, a line break, half of day
    rf"(?:T(?=\d)|{_GAP}(?:[（(][^（()）\n]{{1,8}}[）)])?{_GAP}[,，]?{_GAP}\n?"
    rf"(?P<half>{_HALF_DAY})?\s{{0,2}})"
    # hours
    rf"(?:(?P<h>\d{{1,2}}){_S}"
    rf"(?:[:：]|(?P<han>[时時点點])|h(?=\d{{2}}\b)|(?P<uhr>(?= Uhr)))"
    # minutes
    rf"(?:{_S}(?P<min>\d{{1,2}})(?!\d)(?:{_S}分)?"
    r"|(?P<only>(?=\D|$))(?P<half_past>半)?[整正钟鐘]?)"
    # seconds, zone, a.m.
    r"(?:[:：](?P<s>\d{2})(?:\.\d{1,9})?|[ \u00a0\n]?(?P<s2>\d{1,2})[ \n]?秒)?"
    r"(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b)?(?:\s?(?P<pm>[ap]\.?m\b\.?))?"
    # 九时三十分
    r"|(?P<hz>[一二三四五六七八九十]{1,3})[时時点點]"
    r"(?P<mz>[〇零一二三四五六七八九十]{1,3}分|半|整)?)",
    re.IGNORECASE,
)
_AFTERNOON = frozenset({"下午", "晚上", "傍晚", "夜间"})
_COMPACT_TIME = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<s>[0-5]\d)?(?!\d)")


def find_dates(text: str, *, republic: bool = False, day_first: bool = True) -> Iterator[DateMatch]:
    """Dates in the order they stand, longest first where they overlap.

    ``republic`` reads 115/08/01 as a year of the Republic of China (Taiwan); 民國 is always read
    so. ``day_first`` settles 03/04/2026, where both readings are possible.
    """
    found: list[DateMatch] = list(_numeric(text))
    if "年" in text:
        found.extend(_in_numerals(text))
    if "民国" in text or "民國" in text:
        found.extend(_republic(text, _REPUBLIC))
    if republic:
        found.extend(_republic(text, _REPUBLIC_BARE))
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
            value = _date(year, _numeral(mz), _numeral(dz))
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


def _in_numerals(text: str) -> Iterator[DateMatch]:
    for match in _HAN_YEAR.finditer(text):
        year = "".join(str(DIGITS.get(char, 0)) for char in match.group("y"))
        value = _date(year, _numeral(match.group("m")), _numeral(match.group("d")))
        if value is not None:
            yield _with_time(text, *match.span(), value)


def _republic(text: str, pattern: re.Pattern[str]) -> Iterator[DateMatch]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        month, day = groups["m"] or groups.get("m2"), groups["d"] or groups.get("d2")
        year = _numeral(match.group("y"))
        if year is None or month is None or day is None:
            continue
        value = _date(1911 + year, _numeral(month), _numeral(day))
        if value is not None:
            yield _with_time(text, *match.span(), value)


def _european(text: str, day_first: bool) -> Iterator[DateMatch]:
    """20.08.2026, and dates with the month's name: found from the year, which is rare."""
    for match in _YEAR.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        found = None
        if before in "-/." and before:
            found = _numbers_before(text, start, end, day_first)
        if found is None and before and (before in " ,-\u00a0.\n" or before.isalpha()):
            found = _named_before(text, start, end)
        if found is None and text[end : end + 1] in (" ", ".", ",", "-"):
            found = _named_after(text, start, end)
        if found is not None:
            yield found


def _numbers_before(text: str, start: int, end: int, day_first: bool) -> DateMatch | None:
    match = _NUMBERS_BEFORE.search(text, max(0, start - 7), start)
    if match is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    swap = (second > 12) or (not day_first and first <= 12 and match["sep"] != ".")
    day, month = (second, first) if swap else (first, second)
    value = _date(text[start:end], month, day)
    return _with_time(text, match.start(), end, value) if value else None


def _named_before(text: str, start: int, end: int) -> DateMatch | None:
    """20 de agosto de 2026, August 20, 2026: the words before the year, the nearest last."""
    low = max(0, start - _LOOK_AROUND)
    found = [word for word in _WORD.finditer(text, low, start) if _matters(word.group())][-2:]
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


def _with_time(text: str, start: int, end: int, value: date) -> DateMatch:
    match = _TIME.match(text, end)
    if match is None:
        return DateMatch(start, end, value)
    clock = _clock(match)
    if clock is None:
        return DateMatch(start, end, value)
    return DateMatch(start, match.end(), value, clock)


def _clock(match: re.Match[str]) -> clock_time | None:
    if match["hz"]:
        hour, minute = _numeral(match["hz"]), 0
        words = match["mz"] or ""
        if words == "半":
            minute = 30
        elif words.endswith("分"):
            minute = _numeral(words[:-1]) or 0
        second = 0
    else:
        # "9:" and nothing after it is no time, "9时" is.
        if match["only"] is not None and not match["han"] and match["uhr"] is None:
            return None
        hour = int(match["h"])
        minute = 30 if match["half_past"] else int(match["min"] or 0)
        second = int(match["s"] or match["s2"] or 0)
    if hour is None:
        return None
    afternoon = match["half"] in _AFTERNOON or (match["pm"] or "").lower().startswith("p")
    if (afternoon and hour < 12) or (match["half"] == "中午" and hour < 3):
        hour += 12
    elif hour == 12 and (match["pm"] or "").lower().startswith("a"):
        hour = 0
    if hour == 24 and not minute and not second:
        return clock_time(23, 59)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return clock_time(hour, minute, second)


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


@lru_cache(maxsize=256)
def _numeral(text: str | None) -> int | None:
    """A small number in digits or numerals; 元 is the first (元月, 民國元年)."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if text == "元":
        return 1
    value = parse_chinese(text)
    if value is None and len(text) > 1 and text[0] in "〇零":
        value = parse_chinese(text[1:])
    return None if value is None else int(value)
