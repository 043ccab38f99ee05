"""A Chinese text cut into the words that a gloss knows: terms, places, numbers, the rest.

The cut is the cheapest one: a known word costs little, a character that no word explains much, so
a longer word wins over its parts and no word is taken that leaves its neighbours unexplained.
"""

import re
import tomllib
from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib.resources import files

import msgspec

from sousveil.reference.gloss_places import (
    PlaceWord,
    divisions_at,
    level_in_english,
    small_place_at,
)


class Kind(Enum):
    """What a token is. The names up to QUALIFIER are the sections of glossary.toml."""

    BODY = "bodies"
    UNIT = "units"
    FACILITY = "facilities"
    ZONE = "zones"
    COMPANY = "companies"
    BRAND = "brands"
    INSTITUTION = "institutions"
    PLACE = "places"
    DOING = "adjectives_of_bodies"
    PURCHASE = "purchases"
    WORD = "words"
    QUALIFIER = "qualifiers"
    NUMBER = "number"  # No. 3
    COUNT = "count"  # phase 2, lot 3
    COMMITTEE = "committee"  # 委
    PARTY = "party"  # 中共
    OPENING = "opening"  # (
    UNKNOWN = "unknown"  # Han that nothing explains
    OTHER = "other"  # punctuation, Latin, masks


class Token(msgspec.Struct, frozen=True, gc=False):
    """A piece of the text. ``before``: its English where another noun follows. ``full``: a place
    with its level word; ``rank`` its rank, 3 for what is below a county."""

    kind: Kind
    text: str
    english: str
    before: str
    full: bool = True
    rank: int = 3


_LONGEST = 20
_KNOWN, _BARE, _SINGLE, _STRANGE = 1.0, 1.4, 3.0, 4.0
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_NOT_HAN = re.compile("[^\u3400-\u9fff\uf900-\ufaff]+")

_RELATING = "的和及与等元"
_BUREAUS = "局厅署处"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = "[零〇一二三四五六七八九十]{1,4}|\\d{1,4}"
_MEASURES = {
    "期": "phase", "包": "lot", "标段": "lot", "标包": "lot", "分包": "lot", "标项": "lot",
    "批": "batch", "批次": "batch", "阶段": "stage",
}  # fmt: skip
_MEASURE = "标段|标包|分包|标项|批次|阶段|期|包|批"
_COUNTED = re.compile(
    f"第?({_NUMERAL})(?:个)?({_MEASURE})|({_MEASURE})({_NUMERAL}|[A-Za-z](?![A-Za-z]))"
)
_TIMES = re.compile(f"第?({_NUMERAL})次(?!会议|全会|性)")
_CORPS = re.compile(f"第({_NUMERAL})(师|团)(?!范)")
_NUMBERED = re.compile(f"第({_NUMERAL})")
_COUNT = re.compile(f"{_COUNTED.pattern}|第\\d{{1,4}}次?|\\d{{1,2}}次(?!会议|全会|性)")
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_SOME = re.compile("某某?(省|市|县|区|州|旗)")
_LEVEL = re.compile("自治区|省|市|县|区|州|旗|盟")
_FOUNDED = re.compile("(?<=[市县省])立")
"""Whose a school or museum is; the place before says it."""

_PARTY = re.compile("中共(?!中央)|中国共产党")
_COMMITTEE = re.compile("(?<=[省市县区州旗盟])委(?!员|托)|党工委|工委|党委|党组")
_COMMITTEES = {"委": "Party Committee", "党委": "Party Committee", "党组": "Party Group"}
_WORKING = "Party Working Committee"


@cache
def terms() -> Mapping[str, Token]:
    """Every term by its Simplified words; where it stands in several sections, the first."""
    path = files("sousveil.reference").joinpath("data/glossary.toml")
    found: dict[str, Token] = {}
    for section, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for words, english in table.items():
            before, _, alone = english.partition("|")
            found.setdefault(words, Token(Kind(section), words, alone or before, before))
    return found


@cache
def qualifiers() -> Mapping[str, str]:
    """What is translated before a school, hospital or prison; all else there is a name."""
    path = files("sousveil.reference").joinpath("data/glossary.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))["qualifiers"]
    return {str(words): str(english) for words, english in table.items()}


def number(text: str) -> int:
    """A numeral up to 99 in Chinese, or in digits."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[c]) for c in text))
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def cut(text: str) -> list[Token]:
    """The tokens of a Simplified text, in order; they make up the whole of it."""
    return [token for run in _runs(text) for token in run]


def _runs(text: str) -> list[list[Token]]:
    found = []
    position = 0
    while position < len(text):
        other = _NOT_HAN.match(text, position)
        # A count may begin or end with digits: 包2, 2标段.
        if other is not None and not _COUNT.match(text, position):
            end = other.end()
            while end > position + 1 and text[end - 1].isdigit() and _COUNT.match(text, end - 1):
                end -= 1
            words = text[position:end]
            found.append([Token(Kind.OTHER, words, words, words)])
            position = end
            continue
        end = position
        while end < len(text) and (_HAN.match(text[end]) or _COUNT.match(text, end)):
            counted = _COUNT.match(text, end)
            end = counted.end() if counted else end + 1
        found.append(_cheapest(text[position:end]))
        position = end
    return found


def _cheapest(text: str) -> list[Token]:
    """The cheapest cut of a run of Han (dynamic programming over its positions)."""
    size = len(text)
    best: list[tuple[float, int, Token | None]] = [(0.0, 0, None)]
    best += [(float("inf"), 0, None)] * size
    places: set[int] = set()
    bodies = {0}
    for start in range(size):
        spent = best[start][0]
        for cost, token in _candidates(text, start, places, bodies):
            end = start + len(token.text)
            if token.kind is Kind.PLACE:
                places.add(end)
            elif token.kind in (Kind.BODY, Kind.UNIT):
                bodies.add(end)
            if spent + cost < best[end][0]:
                best[end] = (spent + cost, start, token)
        if spent + _STRANGE < best[start + 1][0]:
            best[start + 1] = (spent + _STRANGE, start, None)
    return _walked(text, best)


def _walked(text: str, best: list[tuple[float, int, Token | None]]) -> list[Token]:
    found: list[Token] = []
    end, strange = len(text), len(text)
    while end > 0:
        _, start, token = best[end]
        if token is not None:
            if strange > end:
                found.append(_unknown(text[end:strange]))
            found.append(token)
            strange = start
        end = start
    if strange > 0:
        found.append(_unknown(text[:strange]))
    return _without_strays(found[::-1])


def _without_strays(tokens: list[Token]) -> list[Token]:
    """Single characters beside what nothing explains are pieces of it (科 in 璟科), unless they say
    how words relate or what a body is."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        before = bool(found) and found[-1].kind is Kind.UNKNOWN
        after = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.UNKNOWN
        stray = len(token.text) == 1 and token.kind in (Kind.UNIT, Kind.WORD)
        kept = token.text in _RELATING or (token.text in _BUREAUS and not after)
        if (token.kind is Kind.UNKNOWN or (stray and not kept and (before or after))) and before:
            found[-1] = _unknown(found[-1].text + token.text)
        elif stray and not kept and after:
            found.append(_unknown(token.text))
        else:
            found.append(token)
    return found


def _unknown(text: str) -> Token:
    return Token(Kind.UNKNOWN, text, text, text)


def _candidates(
    text: str, start: int, places: set[int], bodies: set[int]
) -> list[tuple[float, Token]]:
    known = terms()
    found = []
    for length in range(min(_LONGEST, len(text) - start), 0, -1):
        token = known.get(text[start : start + length])
        if token is not None:
            # Of two cuts with as many words the one with the longer first word.
            early = length * (len(text) - start) / 1e6
            cost = _SINGLE if length == 1 else _KNOWN - length / 1000 - early
            found.append((cost, token))
    for place in divisions_at(text, start):
        if place.full:
            found.append((_KNOWN - place.length / 1000, _place(text, start, place)))
        elif place.rank < 2 or (text[start] != "市" and (start in places or start in bodies)):
            found.append((_BARE - place.length / 1000, _place(text, start, place)))
    settled = any(t.kind is Kind.PLACE and t.full for _, t in found)
    if not settled and (start in places or start == 0):
        small = small_place_at(text, start)
        if small is not None and _stands(text, start, small, follows=start > 0):
            found.append((_BARE, _place(text, start, small)))
    found += _grammatical(text, start)
    return found


def _place(text: str, start: int, word: PlaceWord) -> Token:
    words = text[start : start + word.length]
    return Token(Kind.PLACE, words, word.english, word.english, word.full, word.rank)


def _stands(text: str, start: int, word: PlaceWord, *, follows: bool) -> bool:
    """Whether the words before a level word can be a small place's name: a body or nothing
    follows, and a community's name is no word of ours (智慧社区 is no place)."""
    end = start + word.length
    if text[end - 2 : end] == "社区" and text[start : end - 2] in terms():
        return False
    if text[end - 1] == "区" and not follows:
        return False  # a district that no table has is known by what it lies in
    if end == len(text):
        return follows
    nouns = (Kind.BODY, Kind.UNIT, Kind.FACILITY, Kind.DOING)
    if _term_at(text, end, nouns) or (follows and small_place_at(text, end) is not None):
        return True
    named = range(end + 1, end + 5)  # 甘棠镇红旗小学
    return follows and any(_term_at(text, at, (Kind.FACILITY,)) for at in named)


def _term_at(text: str, start: int, kinds: tuple[Kind, ...]) -> bool:
    known = terms()
    return any(
        token.kind in kinds
        for length in range(2, 8)
        if (token := known.get(text[start : start + length])) is not None
    )


def _grammatical(text: str, start: int) -> list[tuple[float, Token]]:
    """Numbers, committees and levels: words that are made, not listed."""
    found = []

    def add(match: re.Match[str], kind: Kind, english: str, cost: float = _KNOWN) -> None:
        found.append((cost, Token(kind, match[0], english, english)))

    if match := _COUNTED.match(text, start):
        measure, count = match[2] or match[3], match[1] or match[4]
        value = count.upper() if count.isalpha() and count.isascii() else str(number(count))
        add(match, Kind.COUNT, f"{_MEASURES[measure]} {value}")
    elif match := _TIMES.match(text, start):
        value = number(match[1])
        ordinal = _ORDINALS[value] if 0 < value < len(_ORDINALS) else f"{value}th"
        add(match, Kind.COUNT, f"{ordinal} time")
    elif match := _CORPS.match(text, start):
        kind = "Division" if match[2] == "师" else "Regiment"
        english = f"{_ordinal(number(match[1]))} {kind}"
        found.append((_KNOWN, Token(Kind.PLACE, match[0], english, english, rank=1)))
    elif match := _NUMBERED.match(text, start):
        add(match, Kind.NUMBER, f"No. {number(match[1])}")
    if match := _FOUNDED.match(text, start):
        found.append((0.5, Token(Kind.QUALIFIER, match[0], "", "")))
    if match := _PARTY.match(text, start):
        add(match, Kind.PARTY, "CPC")
    if match := _COMMITTEE.match(text, start):
        add(match, Kind.COMMITTEE, _COMMITTEES.get(match[0], _WORKING))
    if match := _SOME.match(text, start):
        english = f"a certain {level_in_english(match[1])}"
        found.append((_KNOWN, Token(Kind.PLACE, match[0], english, english)))
    if start == 0 and (match := _LEVEL.match(text)):
        english = level_in_english(match[0])
        found.append((_SINGLE, Token(Kind.PLACE, match[0], english, english, full=False)))
    return found


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value % 100 // 10 != 1 else 0, "th")
    return f"{value}{ending}"
