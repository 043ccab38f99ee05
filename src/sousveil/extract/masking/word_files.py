"""Files of words in ``data``, for headings and names that are compared without accents."""

import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

from sousveil.text.headings import without_accents

Kind = TypeVar("Kind", bound=msgspec.Struct)


def words_in(name: str, kind: type[Kind]) -> Kind:
    """What ``data/name`` says; its words without accents."""
    text = (files(__package__) / "data" / name).read_text("utf-8")
    return msgspec.convert(tomllib.loads(without_accents(text)), kind)
