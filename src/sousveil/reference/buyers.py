"""What kind of body a buyer is, from the words of its name.

Rules are ``data/buyers.toml``: codes of the taxonomy with patterns, tried in order. A name that
holds no telling word, such as 市局 alone, gives None: the place and the title may still tell a
reader, but not us.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import msgspec

from sousveil.text.scripts import fold

BUYER_TYPES = (
    "police",
    "state_security",
    "justice",
    "political_legal_committee",
    "propaganda",
    "cyberspace_administration",
    "state_media",
    "military",
    "foreign_affairs",
    "united_front",
    "religious_affairs",
    "customs_border",
    "education",
    "health",
    "transport",
    "tax",
    "local_government",
    "state_enterprise",
    "other",
)
_SPACE = re.compile(r"\s+")
# 公安 is also the name of a county in Hubei.
_COUNTY_NAMED_POLICE = re.compile("公安县(?!公安$)")
_ABBREVIATION = re.compile(
    "(?:本|我|该)?(?:省|市|县|区|州|分|总|支)?(?:局|厅|处|委|院|队|中心|部|所)"
)


class _Rule(msgspec.Struct, frozen=True):
    code: str
    han: re.Pattern[str] | None
    latin: re.Pattern[str] | None
    not_han: re.Pattern[str] | None
    not_latin: re.Pattern[str] | None


def buyer_type(name: str) -> str | None:
    """The taxonomy's code for the kind of body ``name`` speaks of, None where it does not tell."""
    return _buyer_type(name.strip()) if name else None


@lru_cache(maxsize=8192)
def _buyer_type(name: str) -> str | None:
    latin = _latin_form(name)
    han = _COUNTY_NAMED_POLICE.sub("县", _SPACE.sub("", latin))
    if _ABBREVIATION.fullmatch(han):
        return None
    for rule in _rules():
        if (
            rule.han is not None
            and rule.han.search(han)
            and not (rule.not_han and rule.not_han.search(han))
        ):
            return rule.code
        if (
            rule.latin is not None
            and rule.latin.search(latin)
            and not (rule.not_latin and rule.not_latin.search(latin))
        ):
            return rule.code
    return None


def _latin_form(name: str) -> str:
    """Folded, one space between words, without the accents of Latin letters."""
    folded = _SPACE.sub(" ", fold(name)).replace("’", "'")
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not "\u0300" <= c <= "\u036f")


@cache
def _rules() -> tuple[_Rule, ...]:
    text = resources.files("sousveil.reference").joinpath("data", "buyers.toml").read_text("utf-8")
    return tuple(
        _Rule(
            code=row["code"],
            han=_pattern(row.get("han"), ""),
            latin=_pattern(row.get("latin"), r"(?<!\w)"),
            not_han=_pattern(row.get("not_han"), ""),
            not_latin=_pattern(row.get("not_latin"), r"(?<!\w)"),
        )
        for row in tomllib.loads(text)["rule"]
    )


def _pattern(parts: list[str] | None, before: str) -> re.Pattern[str] | None:
    """One pattern of all parts; Russian и with breve loses it, as the names do."""
    if not parts:
        return None
    plain = "".join(
        c for c in unicodedata.normalize("NFD", "|".join(parts)) if not "\u0300" <= c <= "\u036f"
    )
    return re.compile(f"{before}(?:{plain})")
