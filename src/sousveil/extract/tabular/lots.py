"""How many lots a record of an export speaks of: its title or its description counts them."""

import re
from collections.abc import Sequence

from sousveil.extract.chinese.amounts import lot_key
from sousveil.extract.chinese.lot_marks import NUMERAL, WORD

_MARK = re.compile(
    rf"第\s?(?P<a>{NUMERAL}{{1,3}})\s?号?(?:{WORD})|(?:{WORD})\s?第?(?P<b>{NUMERAL}{{1,2}})(?![\w.])"
)
_AND = re.compile(r"\s?[、,，和及与]\s?")
_FOLLOWED = re.compile(r"\s?[:：]")
_CODED = re.compile(r"标段[(（]包[)）]\s?\[(?P<number>\d{3})\]")
"""标段(包)[003], as the national public service platform of the bidding law numbers its lots."""

Counted = tuple[int, int, int]
"""A number of lots, and the span of the words that tell it."""


def listed(title: str) -> Counted | None:
    """Lots that a title lists (第一包、第二包、第三包): marks with nothing but 、 between them."""
    marks = list(_MARK.finditer(title))
    run: list[re.Match[str]] = []
    for mark in marks:
        if run and not _AND.fullmatch(title, run[-1].end(), mark.start()):
            run = []
        run.append(mark)
    return _span(run, len({_key(mark) for mark in run}))


def described(text: str) -> Counted | None:
    """Lots that a description goes through, or the highest number it gives one."""
    return _marked(text) or _coded(text)


def _marked(text: str) -> Counted | None:
    """第1包：… 第2包：…, counted from the first on."""
    marks = [mark for mark in _MARK.finditer(text) if _FOLLOWED.match(text, mark.end())]
    keys = list(dict.fromkeys(_key(mark) for mark in marks))
    return _span(marks, len(keys)) if keys == [str(i + 1) for i in range(len(keys))] else None


def _coded(text: str) -> Counted | None:
    marks = list(_CODED.finditer(text))
    highest = max(marks, key=lambda mark: int(mark["number"]), default=None)
    return _span([highest], int(highest["number"])) if highest is not None else None


def _key(mark: re.Match[str]) -> str:
    return lot_key(mark["a"] or mark["b"])


def _span(marks: Sequence[re.Match[str]], count: int) -> Counted | None:
    return (count, marks[0].start(), marks[-1].end()) if 1 < count < 100 else None
