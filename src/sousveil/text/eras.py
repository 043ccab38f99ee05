"""Dates by eras of Japan, and as Korean writes them.

Sources: the eras' first years by the Cabinet orders of 1926, 1989 and 2019; KS X ISO 8601 and the
spelling rules of the National Institute of Korean Language for 2024. 3. 5. and 2024년 3월 5일.
"""

import re
from collections.abc import Iterator
from datetime import date

_BEFORE_FIRST = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA = re.compile(
    r"(?P<era>令和|平成|昭和)\s?(?P<y>\d{1,2}|元)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日?"
)
_KOREAN = re.compile(r"(?P<y>[12]\d{3})\s?년\s?(?P<m>\d{1,2})\s?월\s?(?P<d>\d{1,2})\s?일?")
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
            era = match.groupdict().get("era")
            year = 1 if match["y"] == "元" else int(match["y"])
            try:
                value = date(
                    year + _BEFORE_FIRST.get(era or "", 0), int(match["m"]), int(match["d"])
                )
            except ValueError:
                continue
            yield *match.span(), value
