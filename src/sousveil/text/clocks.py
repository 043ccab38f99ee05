"""The time of day that stands behind a date, in the ways notices write it."""

import re
from datetime import time
from functools import lru_cache

from sousveil.text.numerals import parse_chinese

_GAP = r"[ \u00a0\u202f\u3000]{0,4}+"
_S = r"[ \u00a0\u3000\n]{0,3}"
# What may stand between: the word for year, a bracket with the weekday, a comma, a line break.
_LEAD = re.compile(
    rf"{_GAP}(?:года|году|г\.|р\.|року|\.)?{_GAP}(?:[（(][^（()）\n\d]{{1,8}}[）)])?{_GAP}[,，]?{_GAP}\n?"
    rf"[ \t]?(?P<half>上\s?午|下\s?午|中午|正午|晚上|晚(?=[\d十])|凌晨|早上|傍晚|夜间|午前|午後|"
    rf"오전|오후|정오|낮|밤|(?:at|um|a\ las|às|à|alle|о|в|ore)\ |[AP]M\ ?)?{_GAP}[（(]?{_S}",
    re.IGNORECASE | re.VERBOSE,
)
_GLUED = re.compile(r"(?=[012]\d:[0-5]\d)")
_T = re.compile(r"T(?=\d)")
_COLON = re.compile(
    r"(?P<h>\d{1,2})[ \u00a0\n]{0,3}[:：][ \u00a0\n]{0,3}(?P<m>\d{1,2})(?!\d)"
    rf"(?:{_S}分)?(?:[:：](?P<s>\d{{2}})(?:\.\d{{1,9}})?)?"
    r"(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b)?(?:\s?(?P<pm>[ap]\.?m\b\.?|noon))?",
    re.IGNORECASE,
)
_HAN = re.compile(
    rf"(?P<h>\d{{1,2}}){_S}[时時点點시]"
    rf"(?:{_S}(?P<m>\d{{1,2}})(?!\d)(?:{_S}[分분])?|{_S}(?P<half>[半반]))?[整正钟鐘]?"
    r"(?:[ \u00a0\n]?(?P<s>\d{1,2})[ \n]?[秒초])?"
)
_NUMERALS = re.compile(
    r"(?P<h>[零〇一二三四五六七八九十]{1,3})[时時点點](?P<m>[〇零一二三四五六七八九十]{1,3}分|半|整)?"
)
_POINT = re.compile(
    r"(?P<h>\d{1,2})\.(?P<m>[0-5]\d)(?=\s?(?:Uhr|hrs?\b|hours?|h\b|[ap]\.?m\b|noon))"
    r"(?:\s?(?P<pm>[ap]\.?m\b\.?|noon))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?P<h>\d{{1,2}}){_GAP}"
    r"(?:(?:heures?|horas?|hrs?|hs|h|ч(?:ас(?:ов|а)?|\.)?|Uhr|год(?:ин[иа]?|\.))(?![^\W\d_])"
    rf"(?:{_GAP}(?P<m>[0-5]\d)(?!\d)(?:\s?(?:min|мин|минут[ыа]?|хв)\b\.?)?)?|(?P<pm>[ap]\.?m\b\.?|noon))",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 64
_BEFORE = re.compile(
    r"(?<![\d.:/-])(?P<h>\d{1,2})(?:[:.h](?P<m>[0-5]\d)|(?=\s?(?:[ap]\.?m|noon|Uhr)))"
    r"(?:\s?(?P<pm>[ap]\.?m\b\.?|noon\b))?\s?(?:hours|hrs|Uhr|horas|hs|h)?\s?(?:\([^()\n]{1,30}\))?\s?"
    r"(?:,\s?|on\s|am\s|den\s|del?\s|el\s|le\s|du\s|do\s|em\s|dia\s|giorno\s|día\s|[^\W\d_]+day,?\s)*$",
    re.IGNORECASE,
)
_NOON = re.compile(r"(?:12\s)?(?:noon|midday|midi|mediodía|meio-dia)\b", re.IGNORECASE)
_AFTERNOON = frozenset({"下午", "晚上", "傍晚", "夜间", "午後", "오후", "밤", "pm", "晚"})
_NIGHT = frozenset({"晚上", "晚", "夜间", "밤"})
_AT_NOON = frozenset({"正午", "정오"})


def clock_after(text: str, position: int) -> tuple[time, int] | None:
    """The time of day behind a date that ends at ``position``, and where it ends, or None.

    24:00 is given as 23:59: it is the end of the day before it.
    """
    if (lead := _T.match(text, position) or _GLUED.match(text, position)) is not None:
        match = _COLON.match(text, lead.end())
        return _clock(match, "") if match is not None else None
    lead = _LEAD.match(text, position)
    if lead is None:
        return None
    half = "".join((lead["half"] or "").split()).lower()
    for pattern in (_COLON, _HAN, _POINT, _WORDS, _NUMERALS):
        match = pattern.match(text, lead.end())
        # A number that touches the date is part of it, unless the date ends in 日 or the like.
        if match is not None and (match.start() > position or not text[position - 1].isdigit()):
            return _clock(match, half)
    noon = _NOON.match(text, lead.end())
    if noon is not None:
        return time(12), noon.end()
    return (time(12), lead.end("half")) if half in _AT_NOON else None


def clock_before(text: str, position: int) -> tuple[time, int] | None:
    """The time of day before a date that begins at ``position``, and where it begins, or None:
    14:00 on 20 August 2026, 12:00 noon (Hong Kong time) on ..., 10:00 Uhr am 20.08.2026."""
    low = max(0, position - _LONGEST_BEFORE)
    match = _BEFORE.search(text, low, position)
    found = _clock(match, "") if match is not None else None
    return (found[0], match.start()) if found is not None and match is not None else None


def _clock(match: re.Match[str], half: str) -> tuple[time, int] | None:
    groups = match.groupdict()
    hour, minute = small_number(match["h"]), 0
    if groups.get("half") or groups["m"] == "半":
        minute = 30
    elif groups["m"] and groups["m"] != "整":
        minute = small_number(groups["m"].removesuffix("分")) or 0
    second = int(groups.get("s") or 0)
    if hour is None:
        return None
    after = (groups.get("pm") or "").lower()
    late = hour < 12 and (half in _AFTERNOON or after.startswith("p"))
    if late or (half == "中午" and hour < 3) or (half in _NIGHT and hour == 12):
        hour += 12
    elif hour == 12 and (after.startswith("a") or half in ("午前", "오전", "am", "凌晨")):
        hour = 0
    if hour == 24 and not minute and not second:
        return time(23, 59), match.end()
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second), match.end()


@lru_cache(maxsize=256)
def small_number(text: str | None) -> int | None:
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
