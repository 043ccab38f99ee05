"""Chinese administrative divisions and the names they go by, loaded once from the shipped tables.

Sources: ``data/divisions.tsv`` (written by scripts/make_places.py, state of 2020) and
``data/divisions_extra.tsv`` (former names, zones, divisions made since, other romanisations).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec

from sousveil.text.scripts import fold

_COUNTY_LEVELS = ("县", "市", "区")
_CORPS = "659000"
TAIWAN_CITIES = tuple(
    word + level
    for words, level in (
        ("台北 新北 桃园 台中 台南 高雄 基隆 新竹 嘉义", "市"),
        ("新竹 苗栗 彰化 南投 云林 嘉义 屏东 宜兰 花莲 台东 澎湖 金门 连江", "县"),
    )
    for word in words.split(" ")
)
"""First-level units of Taiwan, in the folded form that names are matched in."""


class Division(msgspec.Struct, frozen=True, gc=False):
    """One division. ``code`` is its GB/T 2260 code of six digits; ``stem`` the name without its
    level word (昌吉 of 昌吉回族自治州); ``english`` and ``level`` make its English name."""

    code: str
    name: str
    stem: str
    english: str
    level: str

    @property
    def rank(self) -> int:
        """0 for a province, 1 for a prefecture, 2 for a county."""
        return 0 if self.code[2:] == "0000" else 1 if self.code[4:] == "00" else 2

    @property
    def english_name(self) -> str:
        """Name and level in English; provinces and municipalities by name alone."""
        return self.english if self.rank == 0 or not self.level else f"{self.english} {self.level}"

    def holds(self, other: "Division") -> bool:
        """Whether ``other`` is this division or lies within it."""
        width = (2, 4, 6)[self.rank]
        return self.code[:width] == other.code[:width]


class Name(msgspec.Struct, frozen=True, gc=False):
    """A written form and the divisions it may mean. ``full``: it has its level word."""

    text: str
    full: bool
    codes: tuple[str, ...]


class Gazetteer(msgspec.Struct, frozen=True):
    """All divisions by code; names by their first two characters, longest first; Latin names."""

    divisions: Mapping[str, Division]
    names: Mapping[str, tuple[Name, ...]]
    latin: Mapping[str, tuple[str, ...]]

    def parents(self, division: Division) -> tuple[Division | None, Division | None]:
        """Its province and its prefecture (itself where it is one; none in a municipality)."""
        province = self.divisions.get(division.code[:2] + "0000")
        prefecture = self.divisions.get(division.code[:4] + "00")
        return province, prefecture if prefecture is not province else None


@cache
def gazetteer() -> Gazetteer:
    """The tables, read once (about 30 ms)."""
    divisions = {d.code: d for d in _read_divisions()}
    divisions[_CORPS] = Division(
        _CORPS, "新疆生产建设兵团", "兵团", "Xinjiang Production and Construction Corps", ""
    )
    forms: dict[str, tuple[bool, set[str]]] = {}
    latin: dict[str, set[str]] = defaultdict(set)

    def add(text: str, code: str, *, full: bool) -> None:
        known = forms.get(text)
        if known is None or (full and not known[0]):
            forms[text] = (full, {code})
        elif full == known[0]:
            known[1].add(code)

    for division in divisions.values():
        for text, full in _forms(division):
            add(fold(text), division.code, full=full)
        latin[fold(division.english)].add(division.code)
    current = {text for text, (full, _) in forms.items() if full}
    _add_upgrades(divisions, forms)
    for code, text, kind in _read_extra():
        if kind == "latin":
            latin[fold(text)].add(code)
        elif fold(text) not in current:
            add(fold(text), code, full=True)
    index: dict[str, list[Name]] = defaultdict(list)
    for text, (full, codes) in forms.items():
        index[text[:2]].append(Name(text, full, tuple(sorted(codes))))
    names = {
        key: tuple(sorted(values, key=lambda n: (-len(n.text), n.text)))
        for key, values in index.items()
    }
    return Gazetteer(divisions, names, {k: tuple(sorted(v)) for k, v in latin.items()})


def _forms(division: Division) -> Iterator[tuple[str, bool]]:
    """The ways a division is written: 昌吉回族自治州, 昌吉州 (full); 昌吉 (not full)."""
    name, stem = division.name, division.stem
    if len(name) > 1:
        yield name, True
    if stem in (name, ""):
        return
    yield stem, False
    last = name[-1]
    if name.endswith(("自治州", "自治县", "自治旗")):
        yield stem + last, True
        yield name.replace("自治" + last, last), True
    elif name.endswith("自治区"):
        yield stem + "自治区", True
    elif name.endswith("特别行政区"):
        yield stem + "特区", True


def _add_upgrades(
    divisions: Mapping[str, Division], forms: dict[str, tuple[bool, set[str]]]
) -> None:
    """Counties become cities and districts all the time: let 余江县 find 余江区 and the reverse.

    Only where no division goes by that name.
    """
    added: dict[str, set[str]] = defaultdict(set)
    for division in divisions.values():
        if division.rank != 2 or division.stem == division.name:
            continue
        for level in _COUNTY_LEVELS:
            text = fold(division.stem + level)
            if text not in forms:
                added[text].add(division.code)
    for text, codes in added.items():
        forms[text] = (True, codes)


def _read_divisions() -> Iterator[Division]:
    for row in _rows("divisions.tsv"):
        yield Division(*row)


def _read_extra() -> Iterator[tuple[str, str, str]]:
    for row in _rows("divisions_extra.tsv"):
        code, text, kind = row
        yield code, text, kind


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("sousveil.reference").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
