"""Dates by eras of Japan, and as Korean writes them.

Sources: the eras' first years by the Cabinet orders of 1926, 1989 and 2019 and the Meiji
proclamations; KS X ISO 8601 and the spelling rules of the National Institute of Korean Language for
2024. 3. 5. and 2024년 3월 5일.
"""

import re
from collections.abc import Iterator
from datetime import date

from sousveil.text.clocks import small_number

_BEFORE_FIRST = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_S = r"[ \u00a0\u3000\n]{0,3}"
_NUMERALS = "[一二三四五六七八九十]"
_ERA = re.compile(
    rf"(?P<era>{'|'.join(_BEFORE_FIRST)}){_S}(?P<y>\d{{1,2}}|元|{_NUMERALS}{{1,3}}){_S}年{_S}"
    rf"(?P<m>\d{{1,2}}|{_NUMERALS}{{1,2}}){_S}月{_S}(?P<d>\d{{1,2}}|{_NUMERALS}{{1,3}}){_S}日?"
)
_KOREAN = re.compile(
    rf"(?P<y>[12]\d{{3}}){_S}년{_S}(?P<m>\d{{1,2}}){_S}월{_S}(?P<d>\d{{1,2}}){_S}일?"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d{2})\. (?P<m>\d{1,2})\. (?P<d>\d{1,2})(?![\d])\.?"
)


def dates_of_the_east(text: str) -> Iterator[tuple[int, int, date]]:
    """Start, end and day of each such date in the text."""
    patterns = [_ERA] if "年" in text else []
    if "년" in text:
        patterns.append(_KOREAN)
    if ". " in text:
        patterns.append(_DOTTED)
    for pattern in patterns:
        for match in pattern.finditer(text):
            year, month, day = (small_number(match[part]) for part in "ymd")
            year = (year or 0) + _BEFORE_FIRST.get(match.groupdict().get("era") or "", 0)
            try:
                value = date(year, month or 0, day or 0)
            except ValueError:
                continue
            yield *match.span(), value
