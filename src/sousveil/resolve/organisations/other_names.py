"""Other names that a name gives of itself: in brackets, after "formerly" or "trading as".

安徽省公共卫生临床中心（安徽省传染病医院） says that both are one body; a department in brackets
does not repeat where it is, and is none. An acronym counts where the first letters of the words
before it make it. What a name says of itself is believed where nobody else claims that name.
"""

import re
import unicodedata
from collections.abc import Iterator

from sousveil.model import NameKey
from sousveil.resolve.organisations import words
from sousveil.resolve.organisations.latin import acronym
from sousveil.resolve.organisations.letters import without_marks
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Parts
from sousveil.resolve.organisations.signs import named
from sousveil.resolve.organisations.spelling import ENOUGH, side_by_side
from sousveil.resolve.organisations.where import division_of
from sousveil.text.names import find_organisations

_HAN = re.compile("[\u3400-\u9fff]")
_BRACKET = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{2,60})[)）\]】〕]")
_FORMER = re.compile("^(?:原名?|曾用名|又名|又称|亦称|前称|别名|现名|更名|[加增]?挂|暨)[:：]?为?")
_OUTER = re.compile("(?<![\u3400-\u9fff])[\u3400-\u9fff]{4,30}$")
_PLATE = re.compile("的?牌子$")
_BETWEEN = re.compile("[、,，;；/]")
_LINE = re.compile(
    r"(?P<own>(?:\w{8,}|\w{3,}(?: \w{3,})+)) [-–—] [^,]{8,}, ?"
    r"(?P<form>(?:\w\.? ?){2,4}|\w{2,5}\.?)$"
)
"""A name, its line of business behind a dash and its form (Portuguese and Spanish registers)."""
_LEAST_LETTERS = 4


def other_names(name: NameKey) -> Iterator[Parts]:
    """The parts of the other names that a name gives; nothing where it gives none."""
    text = unicodedata.normalize("NFKC", name.name[:300])
    if _HAN.search(text):
        yield from _chinese(text, name)
        return
    line = _LINE.match(text)
    if line is not None:
        yield parts_of(named(name, f"{line['own']}, {line['form']}"))
    said = words.TRADING_AS.search(text)
    if said is not None and text[said.end() :].strip():
        yield parts_of(named(name, text[said.end() :].strip(" )")))
    short = acronym(text)
    if len(short) >= _LEAST_LETTERS:
        yield parts_of(named(name, short))


def bare_name(name: NameKey) -> Parts | None:
    """The parts of a name as a keyboard without its country's marks writes it; None where the name
    has none that tell."""
    plain = without_marks(name.name[:300], name.country)
    return parts_of(named(name, plain)) if plain else None


def in_brackets(title: str, name: NameKey) -> Iterator[str]:
    """The other names of a body that stand in brackets behind its own in a title; that behind which
    its own stands so."""
    at = title.find(name.name)
    found = _BRACKET.match(title, at + len(name.name)) if at >= 0 else None
    if found is not None:
        for content in _BETWEEN.split(found[1]):
            told = other_names(named(name, f"{name.name}({content})"))
            if next(told, None) is not None:
                yield _FORMER.sub("", content)
    elif at > 0 and title[at - 1] in "(（" and title[at + len(name.name) :][:1] in (")", "）"):
        before = _OUTER.search(title[: at - 1])
        if before is not None and (0, len(before[0])) in find_organisations(before[0]):
            told = other_names(named(name, f"{before[0]}({name.name})"))
            if next(told, None) is not None:
                yield before[0]


def _chinese(text: str, name: NameKey) -> Iterator[Parts]:
    for bracket in _BRACKET.finditer(text) if not text.isalnum() else ():
        for said in _BETWEEN.split(bracket.group(1)):
            content = _PLATE.sub("", said)
            former = _FORMER.match(content)
            other = parts_of(named(name, content[former.end() :] if former else content))
            said_so = len(content) > ENOUGH and (
                former is not None or words.IS_BODY.search(content)
            )
            if said_so and _of_one(parts_of(name), other, former is not None):
                yield other
    _, second = side_by_side("".join(text.split()), division_of(name.place))
    if second:
        yield parts_of(named(name, second))


def _of_one(main: Parts, other: Parts, former: bool) -> bool:
    """Whether the name in brackets is of the same kind, no unit, and says where it is itself."""
    if main.kind != other.kind or main.unit or other.unit or other.open:
        return False
    if main.kind == "public_body":
        return other.placed and main.place is not None and other.place == main.place
    return former and len(other.rest) >= ENOUGH
