"""Headings under which a system names natural persons: officers, directors, contacts, owners.

The words are in ``data/persons.toml``. What stands under such a heading is still judged as a name:
an organisation that is a beneficial owner stays.
"""

import re
from functools import cache, lru_cache

import msgspec

from sousveil.extract.masking.word_files import words_in
from sousveil.text.headings import plain_heading, without_numbers


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of words, as its comments tell."""

    persons: list[str]
    phrases: list[str]
    beside: list[str]
    ends_east: str
    ends_japanese: str


@cache
def _words() -> _Words:
    return words_in("persons.toml", _Words)


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words().phrases)})\b")


@lru_cache(maxsize=4096)
def asks_for_person(heading: str) -> bool:
    """Whether natural persons are named under a heading."""
    words = _words()
    plain = without_numbers(plain_heading(heading))
    if re.search(words.ends_east, plain.replace(" ", "")):
        return True
    left = _phrases().sub(" ", plain)
    within = set(left.replace(",", " ").split())
    named = left != plain or not within.isdisjoint(words.persons)
    return named and within <= {*words.persons, *words.beside}


@lru_cache(maxsize=4096)
def label_of(heading: str) -> str:
    """The label that asks in a text what a heading of persons asks in its language."""
    japanese = re.search(_words().ends_japanese, plain_heading(heading).replace(" ", ""))
    return "担当者:" if japanese else "联系人:"
