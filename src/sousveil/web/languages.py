"""The words of the interface: one catalogue a language, and which of them a request wants.

A catalogue is a TOML table of texts by name. ``{name}`` in a text is filled in; a text with a
count may have two forms, ``name.one`` and ``name.other``.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}
"""Languages by their BCP 47 tag, each with its own name."""
DEFAULT = "en"
COOKIE = "sousveil-lang"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by their full name."""
    file = resources.files("sousveil.web").joinpath("strings", f"{language}.toml")
    return dict(_flat("", tomllib.loads(file.read_text(encoding="utf-8"))))


def _flat(before: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found += _flat(f"{before}{name}.", value)
        else:
            found.append((before + name, str(value)))
    return found


def text(language: str, name: str, **values: object) -> str:
    """A text filled in. ``count`` chooses its form and is written with thousands apart.

    Raises KeyError for a name that is in no catalogue.
    """
    texts = catalogue(language)
    count = values.get("count")
    if isinstance(count, int):
        form = f"{name}.one" if count == 1 else f"{name}.other"
        name = form if form in texts else name
        values["count"] = f"{count:,}"
    return texts[name].format_map(values) if values else texts[name]


def chosen(asked: str, kept: str, accepted: str) -> str:
    """The language of a request: asked for in its address, kept in a cookie, or as the browser
    prefers (the header Accept-Language)."""
    for tag in (asked, kept):
        if tag in LANGUAGES:
            return tag
    for tag in _preferred(accepted):
        main = tag.split("-")[0].lower()
        if main == "zh":
            return "zh-Hans"
        if main == "en":
            return "en"
    return DEFAULT


def _preferred(accepted: str) -> list[str]:
    """Tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first."""
    wanted: list[tuple[float, str]] = []
    for part in accepted[:1000].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for _, tag in sorted(wanted, key=lambda each: each[0])]
