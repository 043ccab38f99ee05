"""An English gloss of Chinese names, titles and terms, for orientation beside the original.

Longest match over our glossary and the table of divisions; what neither knows is written in
pinyin (pypinyin). It is a gloss, not a translation: callers mark it as such.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from pypinyin import lazy_pinyin

from sousveil.reference.divisions import gazetteer
from sousveil.text.scripts import to_simplified

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LONGEST = 14
_MOST = 400
"""Code points of a text that are glossed: a name or a title, not a document."""

_PUNCTUATION = str.maketrans("（）【】《》〈〉“”、，。：；！？～　", '()[]"""""",,.:;!?~ ')
_YEARS = re.compile(r"(\d{4})\s*[-–—至~]?\s*(\d{4})?\s*年(?:度)?")
_SPACES = re.compile(r"\s+")
_TIGHT = re.compile(r"\s+([,.:;!?)\]])|([(\[])\s+")


@cache
def _terms() -> Mapping[str, str]:
    path = files("sousveil.reference").joinpath("data/glossary.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {zh: en for table in tables.values() for zh, en in table.items()}


def gloss(text: str) -> str | None:
    """English for orientation, None where there is nothing Chinese to gloss."""
    if not _HAN.search(text):
        return None
    return _gloss(text[:_MOST])


@lru_cache(maxsize=8192)
def _gloss(text: str) -> str:
    plain = to_simplified(text).translate(_PUNCTUATION)
    plain = _YEARS.sub(lambda m: f" {'–'.join(y for y in m.groups() if y)} ", plain)
    words = _SPACES.sub(" ", " ".join(_words(plain))).strip()
    words = _TIGHT.sub(lambda m: m[1] or m[2] or "", words)
    return words[:1].upper() + words[1:]


def _words(text: str) -> Iterator[str]:
    place, unknown, position = 0, "", 0
    while position < len(text):
        length, english = _longest(text, position)
        if length:
            if unknown:
                yield _pinyin(unknown)
                unknown = ""
            yield english
            position += length
        elif _HAN.match(text[position]):
            unknown += text[position]
            position += 1
        else:
            if unknown:
                yield _pinyin(unknown)
                unknown = ""
            place = position
            while position < len(text) and not _HAN.match(text[position]):
                position += 1
            yield text[place:position]
    if unknown:
        yield _pinyin(unknown)


def _longest(text: str, start: int) -> tuple[int, str]:
    """The longest known name or term at ``start``: its length (0: none) and its English."""
    division = _division(text, start)
    terms = _terms()
    for length in range(min(_LONGEST, len(text) - start), division[0], -1):
        english = terms.get(text[start : start + length])
        if english is not None:
            return length, english
    return division


def _division(text: str, start: int) -> tuple[int, str]:
    table = gazetteer()
    for name in table.names.get(text[start : start + 2], ()):
        if text.startswith(name.text, start):
            division = table.divisions[name.codes[0]]
            return len(name.text), division.english_name if name.full else division.english
    return 0, ""


def _pinyin(run: str) -> str:
    return "".join(lazy_pinyin(run, errors=lambda _: "?")).capitalize()
