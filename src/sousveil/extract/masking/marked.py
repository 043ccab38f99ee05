"""Whether a row or record itself marks its supplier as a natural person, and what is then theirs.

USAspending has a column ``sole_proprietorship``, other systems one for the kind of supplier
(persona física, 个体工商户, sole trader). A mark alone decides nothing: sole traders trade under
names of firms, so what has a word of a company, a body or a trade in it stays. All words are in
``data/marked.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import msgspec

from sousveil.extract.masking.foreign import words_of
from sousveil.extract.masking.names import is_stop
from sousveil.extract.masking.word_files import words_in
from sousveil.model.document import MaskKind
from sousveil.text.headings import plain_heading, without_accents, without_numbers
from sousveil.text.scripts import to_simplified

EAST = re.compile("[぀-ヿ㐀-鿿가-힣]")
"""Letters of the scripts of China, Japan and Korea."""

Asks = Literal["other", "flag", "kind", "place", "text"]

_LONGEST_MARK = 60
_SHORTEST_EASTERN_FIRM = 4
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BETWEEN_MARKS = re.compile(r"\s*[;,/|；，、/]\s*")
_ONE_OF_SEVERAL = re.compile(r"(?:[^;；|、\n，,]|(?<![㐀-鿿])[，,]|[，,](?![㐀-鿿]))+")
"""Names in a value; commas stand between Chinese ones only."""
_TRADES_AS = re.compile(
    r"\s+(?:t/a|d/?b/?a|o/a|trading as|doing business as|nome fantasia|nombre comercial)\s", re.I
)
_FORM = re.compile(
    r"(?:, ?|[a-zß-ÿ] )(?:AB|AG|AS|BV|CO|Co|KG|NV|Oy|OY|SA|SAS|SE|SL)(?!\w)|(?<!\w)S\.A\.?(?!\w)"
)
"""Forms of two letters, which are names and initials of persons in capitals (MARIA DE SA)."""
_GOES_ON = r"(?: (?:con|com|with|registered|unincorporated|business|or)\b.*)?"
_ANY_TAIL = r"(?: .{1,40})?"
_COUNTS = re.compile(r"\d+")
_COUNTS_LINES = re.compile(r"\b(?:line|address|street|zip|direccion|endereco|adresse) ?\d+")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of words, as its comments tell."""

    sure: list[str]
    either: str
    under_kind: list[str]
    under_person: list[str]
    person: str
    kinds: list[str]
    kinds_east: str
    buyers: str
    around: str
    places: str
    yes: list[str]
    parties: list[str]
    naming: list[str]
    bare: list[str]
    parties_east: str
    name_ends_east: str
    addresses: str
    numbers: str
    own_numbers: str
    trades: str
    trades_east: str
    incorporated: str
    persons_too: list[str]


class Part(msgspec.Struct, frozen=True):
    """What a heading asks of a supplier. ``group``: which of several that are counted (``supplier
    1``), empty for the only one. ``named``: whether the heading names the supplier; else its group
    alone tells whose ``parties/0/name`` is."""

    kind: MaskKind
    group: str
    named: bool


@cache
def _words() -> _Words:
    return words_in("marked.toml", _Words)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = _words()
    sure, unsure = "|".join(words.sure), "|".join(words.under_kind)
    ends = f"(?:{words.parties_east})"
    return {
        "sure": re.compile(f"(?:{sure}){_GOES_ON}"),
        "sure_of_kind": re.compile(f"(?!.*(?:{words.either}))(?:{sure}){_ANY_TAIL}"),
        "under_kind": re.compile(f"(?:{unsure}){_GOES_ON}"),
        "under_person": re.compile("|".join(words.under_person)),
        "person": re.compile(words.person),
        "flag": re.compile(f"(?:.* )?(?:(?:是否为?)?(?:{sure})|is (?:an? )?(?:{unsure}))"),
        "kind": re.compile(rf"\b(?:{'|'.join(words.kinds)})\b|{words.kinds_east}"),
        "buyers": re.compile(words.buyers),
        "others": re.compile(f"{words.buyers}|{words.around}"),
        "places": re.compile(words.places),
        "addresses": re.compile(words.addresses),
        "numbers": re.compile(f"{words.numbers}|{words.own_numbers}"),
        "own_numbers": re.compile(words.own_numbers),
        "east": re.compile(words.parties_east),
        "named_east": re.compile(f"{ends}(?:{words.name_ends_east})?$|商号"),
        "trades_east": re.compile(words.trades_east),
        "trades": _trades(),
        "incorporated": re.compile(words.incorporated, re.IGNORECASE),
    }


def _trades() -> re.Pattern[str]:
    """Words of bodies and trades, without those that persons bear too."""
    bodies = (without_accents(word) for word in words_of("organisation"))
    every = {*bodies, *_words().trades.split()} - set(_words().persons_too)
    ordered = sorted(every, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


@cache
def _beginning() -> re.Pattern[str]:
    """How a mark in ASCII begins: spares nearly all values the comparison."""
    words = _words()
    every = {word[:2] for word in (*words.sure, *words.under_kind, *words.under_person)}
    ordered = sorted(re.escape(two) for two in every if two.isascii())
    return re.compile(rf"(?:^|[;,/|])\s*(?:{'|'.join(ordered)})", re.IGNORECASE)


def marks(key: str, value: str) -> bool:
    """Whether ``value`` under ``key`` says that the party it is told of is a natural person."""
    if len(value) > _LONGEST_MARK or not value:
        return False
    if value.casefold() in _yes() and asks(key) == "flag":
        return True
    if value.isascii() and not _beginning().search(value):
        return False
    return any(_is_mark(key, part) for part in _BETWEEN_MARKS.split(value.strip()))


@lru_cache(maxsize=8192)
def _is_mark(key: str, part: str) -> bool:
    plain, patterns, asked = plain_heading(part), _patterns(), asks(key)
    if patterns["sure"].fullmatch(plain):
        return asked != "other"
    if asked != "kind":
        return False
    if patterns["sure_of_kind"].fullmatch(plain) or patterns["under_kind"].fullmatch(plain):
        return True
    asks_for_person = patterns["person"].search(plain_heading(key)) is not None
    return asks_for_person and patterns["under_person"].fullmatch(plain) is not None


@cache
def _yes() -> frozenset[str]:
    return frozenset(_words().yes)


@lru_cache(maxsize=4096)
def asks(key: str) -> Asks:
    """Whether a heading is of other parties than the supplier, a flag, asks for a kind or a place;
    ``text`` for any other."""
    plain, patterns = without_numbers(plain_heading(key)).rstrip("?？ "), _patterns()
    if patterns["others"].search(plain):
        return "other"
    if patterns["flag"].fullmatch(plain):
        return "flag"
    if patterns["places"].search(plain):
        return "place"
    return "kind" if patterns["kind"].search(plain) else "text"


@lru_cache(maxsize=4096)
def part_of_supplier(key: str) -> Part | None:
    """What the value under ``key`` tells of a supplier: name, address or number; None for else."""
    plain, patterns, words = plain_heading(key), _patterns(), _words()
    uncounted = without_numbers(plain)
    if patterns["buyers"].search(uncounted):
        return None
    within = set(uncounted.replace(",", " ").split())
    of_party = not within.isdisjoint(words.parties)
    named = of_party or patterns["east"].search(uncounted) is not None
    group = group_of(key)
    if not patterns["others"].search(uncounted):
        if uncounted in words.bare or (of_party and within <= {*words.parties, *words.naming}):
            return Part("person", group, named=True)
        if patterns["named_east"].search(uncounted.replace(" ", "")):
            return Part("person", group, named=True)
        if group and not named and uncounted.endswith((" name", "名称")):
            return Part("person", group, named=False)
    elif not named:
        return None
    kind = _detail(uncounted, named=named or group != "")
    return Part(kind, group, named=named or not group) if kind else None


def _detail(plain: str, *, named: bool) -> MaskKind | None:
    """Whether a heading asks for an address or a number; ``named``: of somebody it names."""
    patterns = _patterns()
    if named and patterns["addresses"].search(plain):
        return "address"
    asked = patterns["numbers" if named else "own_numbers"].search(plain)
    return "id_number" if asked else None


@lru_cache(maxsize=4096)
def group_of(key: str) -> str:
    """Which of several parties a heading counts: ``supplier 1`` of ``supplier_1_name``, of
    ``Supplier Name 1`` too; ``parties 0`` of ``parties/0/name``; empty where it counts none."""
    plain = _COUNTS_LINES.sub(" ", plain_heading(key))
    counts = _COUNTS.findall(plain)
    if not counts:
        return ""
    words = without_numbers(plain).split()
    party = next((word for word in words if word in _words().parties), None)
    eastern = _patterns()["east"].search(plain)
    whose = party or (eastern[0] if eastern else words[0] if words else "")
    return " ".join((whose, *counts))


def one_of_several(value: str) -> Iterator[re.Match[str]]:
    """The names in a value that lists several."""
    return _ONE_OF_SEVERAL.finditer(value)


def persons_among(value: str) -> Iterator[tuple[int, int]]:
    """The names in a marked supplier's value that have no word of a company, body or trade."""
    for match in one_of_several(value):
        trading = _TRADES_AS.search(match[0])
        said = match[0][: trading.start()] if trading else match[0]
        name = said.strip()
        if name and _LETTERS.search(name) and not is_firm(name) and not is_stop(name):
            start = match.start() + said.index(name)
            yield start, start + len(name)


def is_firm(name: str) -> bool:
    """Whether a name has a word of a company, body or trade."""
    patterns = _patterns()
    if EAST.search(name):
        squashed = "".join(to_simplified(name).split())
        trade = patterns["trades_east"].search(squashed)
        return trade is not None and len(squashed) >= _SHORTEST_EASTERN_FIRM
    return _FORM.search(name) is not None or (
        patterns["trades"].search(without_accents(name)) is not None
    )


def is_incorporated(name: str) -> bool:
    """Whether a name has the form of a firm that is a person of its own."""
    return _patterns()["incorporated"].search(without_accents(name)) is not None
