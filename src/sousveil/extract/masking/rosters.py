"""Read a whole line or cell as a roster of names: several that look like names vouch for the rest.

One name alone needs a surname; in 闭海清、零兰英、覃世龙 behind 验收小组成员 the company and the
place do. Works on folded text, as ``reading`` does.
"""

import re

from sousveil.extract.masking.labels import Asks
from sousveil.extract.masking.names import (
    DOT,
    HAN,
    is_stop,
    is_word,
    labelled_name,
    surname_length,
    transliterated,
    without_title,
)

Span = tuple[int, int]
Roster = tuple[list[Span], int]
"""The names of a line, and where the line ends."""

_LONGEST = 400
_ASIDE = re.compile(r"\([^()\n]{0,40}\)|\[[^\[\]\n]{0,20}\]")
_PIECE = re.compile(r"[^、,;/|]+")
_MARK = re.compile("[、,;/|]")
_WORD = re.compile(r"[^ ]+")
_ROLE = re.compile(
    r"\s*(?:\d{1,2}\s?[.、)]\s?)?(?:(?:副?组长|主任(?:委员)?|组员|成员|评审专家|专家|采购人代表|业主代表"
    r"|评委|委员|"
    r"第?[一二三四五六七八九十\dA-Z]{0,3}\s?(?:分?包|标段|标项)\s?[一二三四五六七八九十\dA-Z]{0,3})"
    r"\s?[: ]\s?)?"
)
_NAME = re.compile(rf"[{HAN}]+(?:\s?[{DOT}]\s?[{HAN}]+){{0,4}}|[{HAN}](?: {{1,6}}[{HAN}]){{1,3}}")
_CLOSED = re.compile(r"\s*(?:等(?:人|[一二三四五六七八九十\d]{1,2}人)?)?\s*[。.]?\s*$")
PHONE_BEGINS = r"\(?(?:\+\d|\d{3})|\(\d\d\)"
"""138…, 0991-…, (0991) …, (02) …, +86 …, (+86) …"""
_PHONE = re.compile(PHONE_BEGINS)
_NOBODY = re.compile(
    "[局处科室办厅委厂所站队校馆库店]$|公司|集团|中心|大学|学院|医院|银行|小组|委员会|采购|招标|代理"
)
_OF_BODY = re.compile(
    rf"[{HAN}()]{{4,40}}(?:公司|中心|事务所|[局院部处科室])[ ,、]{{1,3}}"
    rf"(?P<name>[{HAN}]{{2,4}})(?=\s|$|[,、;(])"
)
_TWO_OR_THREE = re.compile(rf"[{HAN}]{{2,3}}")
_LINE_END = re.compile(r"[\n\t]|$")


def roster_of(text: str, start: int, kind: Asks, colon: bool, gap: str) -> Roster | None:
    """What a label of this kind has asked for, if it fills the line or cell from ``start`` on.

    ``gap`` are the blanks between label and value, a line's end where the value goes on below.
    """
    apart = "\t" in gap or "\n" in gap
    if kind is Asks.TOPIC or not (colon or apart):
        return None
    found = roster(text, start, before_phone=kind is not Asks.EXPERTS)
    if found is None and kind is Asks.PERSON:
        found = _after_body(text, start)
    if found is None and apart and kind in (Asks.EXPERTS, Asks.PERSON):
        return line_name(text, start)
    if found is None and kind is Asks.CONTACT and colon and "\n" not in gap:
        return _alone(text, start)
    return found


def _alone(text: str, start: int) -> Roster | None:
    """联系方式: 盘王: two or three characters that are all a contact's line holds."""
    end = _end_of(text, start)
    name = text[start:end].strip()
    if not _TWO_OR_THREE.fullmatch(name) or _NOBODY.search(name) or not labelled_name(name):
        return None
    return [(start, start + len(name))], end


def roster(text: str, start: int, *, before_phone: bool = False) -> Roster | None:
    """The names that fill the line or cell from ``start`` on, two or more; None where it is none.

    ``before_phone``: they may be followed by a phone, and what stands behind it is left.
    """
    end = _end_of(text, start)
    if before_phone:
        phone = _PHONE.search(text, start, end)
        end = phone.start() if phone else end
    if _MARK.search(text, start, end) is None:
        return _blanks_between(text, start, end, experts=not before_phone)
    segment = _ASIDE.sub(lambda aside: " " * len(aside[0]), text[start:end])
    found: list[Span] = []
    sure = 0
    for piece in _PIECE.finditer(segment):
        if not piece[0].strip():
            continue
        span = _named(segment, *piece.span())
        if span is None:
            return None
        found.append((start + span[0], start + span[1]))
        sure += _sure(_joined(segment, span))
    if len(found) < 2 or sure * 2 < len(found):
        return None
    return found, end


def _blanks_between(text: str, start: int, end: int, *, experts: bool) -> Roster | None:
    """次仁旺堆 降央卓玛: names with only blanks between them, each sure of itself; of ``experts``
    two sure ones vouch for a third with a surname of any rarity."""
    found: list[Span] = []
    sure = 0
    for word in _WORD.finditer(text, start, end):
        if not 2 <= len(word[0]) <= 4 or is_stop(word[0]) or is_word(word[0]):
            return None
        if _sure(word[0]):
            sure += 1
        elif not experts or len(word[0]) > 3 or _NOBODY.search(word[0]):
            return None
        found.append(word.span())
    return (found, end) if len(found) > 1 and sure * 3 >= len(found) * 2 else None


def line_name(text: str, start: int) -> Roster | None:
    """The one name that fills the line or cell from ``start`` on, with a surname of any rarity."""
    end = _end_of(text, start)
    if end - start > 40:
        return None
    segment = _ASIDE.sub(lambda aside: " " * len(aside[0]), text[start:end])
    span = _named(segment, 0, len(segment))
    if span is None:
        return None
    name = _joined(segment, span)
    spaced = span[1] - span[0] > len(name)
    if (is_word(name) and not spaced) or not _sure(name):
        return None
    return [(start + span[0], start + span[1])], end


def _after_body(text: str, start: int) -> Roster | None:
    """联系人: 某某公司 张三: a contact named behind the body it works for."""
    behind = _OF_BODY.match(text, start)
    if behind is None or is_word(behind["name"]) or not _sure(behind["name"]):
        return None
    return [behind.span("name")], behind.end("name")


def word_name(text: str, start: int, end: int) -> list[Span]:
    """The cell [start, end) as a name though it be an ordinary word (计无施): with a surname only.

    For columns in which names were found.
    """
    segment = text[start:end]
    span = _named(segment, 0, len(segment))
    if span is None or not surname_length(_joined(segment, span)):
        return []
    return [(start + span[0], start + span[1])]


def _end_of(text: str, start: int) -> int:
    last = _LINE_END.search(text, start, min(len(text), start + _LONGEST))
    return last.start() if last else min(len(text), start + _LONGEST)


def _named(segment: str, start: int, end: int) -> Span | None:
    """The name that is all of a piece, but for a role before it and 等 behind it."""
    role = _ROLE.match(segment, start, end)
    first = role.end() if role else start
    while first < end and segment[first] == " ":
        first += 1
    name = _NAME.match(segment, first, end)
    if name is None or not _CLOSED.match(segment, name.end(), end):
        if name is None:
            return None
        spaced = _NAME_SPACED.match(segment, first, end)
        if spaced is None or not _CLOSED.match(segment, spaced.end(), end):
            return None
        name = spaced
    last = name.end()
    joined = "".join(name[0].split())
    if joined.endswith("等") and len(joined) > 3:
        joined, last = joined[:-1], last - 1
    if any(char in DOT for char in joined):
        return (first, last) if len(joined) <= 20 and not _NOBODY.search(joined) else None
    if not 2 <= len(joined) <= 8 or is_stop(joined) or _NOBODY.search(joined):
        return None
    titleless = without_title(joined, labelled=True) if last - first == len(joined) else None
    if titleless is not None and len(titleless) + 1 < len(joined):
        return first, first + len(titleless)
    if len(joined) > 3 and not (surname_length(joined) or transliterated(joined)):
        return None
    return first, last


_NAME_SPACED = re.compile(rf"[{HAN}]{{1,2}}(?: {{1,6}}[{HAN}]{{1,2}}){{1,2}}")


def _joined(segment: str, span: Span) -> str:
    return "".join(segment[span[0] : span[1]].split())


def _sure(name: str) -> bool:
    """Whether a name vouches for its neighbours: a surname before it, or a foreign sound."""
    if any(char in DOT for char in name):
        return True
    if surname_length(name):
        return len(name) <= 4 and (labelled_name(name) or transliterated(name))
    return len(name) >= 4 and transliterated(name)
