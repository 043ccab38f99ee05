"""Loads the notice forms (forms/*.toml): labels, parties, section headings, types.

Every file of the folder is read; a new form is a new file. The same words in two files: the file
earlier in the alphabet wins.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from sousveil.text.scripts import to_simplified


class Label(msgspec.Struct, frozen=True, gc=False):
    """What a label means. ``lot`` is the lot its words name (第一包最高限价 → 一)."""

    field: str
    rank: int = 2
    inline: bool = False
    bare: bool = True
    hint: str = ""
    lot: str = ""


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A section of a notice and what the classifier may do with its text."""

    section: str
    role: str
    pattern: re.Pattern[str]


class NoticeWords(msgspec.Struct, frozen=True, gc=False):
    """Words that tell one type of notice."""

    type: str
    pattern: re.Pattern[str]
    ending: re.Pattern[str]


class Forms(msgspec.Struct, frozen=True):
    """All forms together; labels and parties by their squashed words."""

    labels: dict[str, Label]
    parties: dict[str, str]
    sections: tuple[Heading, ...]
    exact: dict[str, str]
    types: tuple[NoticeWords, ...]
    inline: dict[str, Label]
    """Labels that are safe to find in the middle of a line."""
    headings: re.Pattern[str]
    """Words of any section."""

    @property
    def roles(self) -> dict[str, str]:
        """Role of each section."""
        return {heading.section: heading.role for heading in self.sections}


_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.:章节]|\(?[一二三四五六七八九十\d]{1,3}[)、]|"
    r"\d{1,2}(?:\.\d{1,2})*[.、,)]?(?=[^\d.])|[★▲*●■◆·•※□☆○◎▪►➢\uf0b2\uf06e#-]+|[①-⑳])+"
)
_BRACKETS = re.compile(r"\(([^()]*)\)|【([^【】]*)】|\[([^\[\]]*)\]")
_UNIT = re.compile(
    r"[万亿千百]?元|[￥$¥%％]|美元|欧元|[万亿]|人民币|币|(?i:USD|EUR|GBP|JPY|HKD|CNY|RMB)"
)
_UNIT_AFTER = re.compile(r"(?:\s|[,，/])?(?:单位:)?((?:人民币)?[万亿]?元)$")
_ENDS = re.compile(
    r"(?:为|是|如下|信息如下|的|分别为|人民币|大写|及其?地址|[、和]地址|及其?联系方式)$"
)
_RANKED = re.compile(r"^(?:排名)?第?[一二三四五六七八九十\d]{1,2}(?:名|顺位)?(?=.{0,4}候选)")
_STARTS = re.compile(
    r"^(?:本项目|本次|该项目|其中|本招标|项目的|本采购|本标段|各(?:包|标段|标项|分包)?)(?=.{2})"
)
_NUMBER = r"[一二三四五六七八九十\dA-Za-z]{1,3}"
_LOT = re.compile(
    rf"^(?:第?({_NUMBER})(?:号)?(?:标项|标段|分包|标包|包组|包件|采购包|合同包|包)|"
    rf"(?:标项|标段|采购包|合同包|分包|标包|包组|包件|包)第?({_NUMBER}))(?:的|:|-)?(?=.{{2}})"
)
_LONGEST = 40
_LONGEST_INLINE = 14
_SHORTEST_INLINE = 4
_NUMBERED_BY = frozenset("第一二三四五六七八九十")
_EDGES = "*＊:;,，、。-—_"


@cache
def load() -> Forms:
    """The forms that came with this version."""
    return read_forms(shipped())


def shipped() -> list[Traversable]:
    """The files of the folder forms/."""
    folder = files(__package__).joinpath("forms")
    return [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]


def read_forms(paths: Iterable[Traversable]) -> Forms:
    """Forms of several files together, read in the order of their names."""
    labels: dict[str, Label] = {}
    parties: dict[str, str] = {}
    sections: list[Heading] = []
    exact: dict[str, str] = {}
    types: list[NoticeWords] = []
    for path in sorted(paths, key=lambda entry: entry.name):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in data.get("label", ()):
            label = Label(
                entry["field"],
                entry.get("rank", 2),
                entry.get("inline", False),
                entry.get("bare", True),
            )
            for words in entry["words"]:
                labels.setdefault(_key(words), label)
        for entry in data.get("party", ()):
            parties.update((_key(words), entry["party"]) for words in entry["words"])
        for entry in data.get("section", ()):
            pattern = "|".join(re.escape(_key(words)) for words in entry["words"])
            sections.append(Heading(entry["section"], entry["role"], re.compile(pattern)))
            exact.update((_key(words), entry["section"]) for words in entry.get("exact", ()))
        for entry in data.get("type", ()):
            words = "|".join(f"(?:{word})" for word in entry["words"])
            ending = re.compile(
                rf"(?:{words})(?:的|及)?(?:公告|公示|公布|通知|公开|信息|书|单|文件|函|启事|通告|说明|表|邀请|采购|方式|事前|事宜|的|资格后审)*$"
            )
            types.append(NoticeWords(entry["type"], re.compile(words), ending))
    inline = {key: label for key, label in labels.items() if label.inline}
    headings = re.compile("|".join(heading.pattern.pattern for heading in sections))
    return Forms(labels, parties, tuple(sections), exact, tuple(types), inline, headings)


def _key(words: str) -> str:
    """The form under which words are kept: Simplified, no spaces, ASCII brackets and colons."""
    return to_simplified(
        "".join(words.split())
        .replace("（", "(")
        .replace("）", ")")
        .replace("：", ":")
        .replace("／", "/")
    )


def squash_label(raw: str) -> str:
    """Words of a skeleton (source.skeleton_of) without spaces, numbering and bullets."""
    key = "".join(raw.split())
    if key and (key[0] in _NUMBERED_BY or not "一" <= key[0] <= "龥"):
        key = _NUMBERING.sub("", key)
    return key.strip(_EDGES)


@lru_cache(maxsize=16384)
def find_label(raw: str) -> Label | None:
    """What a label means, None if its words are unknown. Bracketed units become ``hint``."""
    if len(raw) > 2 * _LONGEST:
        return None
    key = squash_label(raw)
    if not 0 < len(key) <= _LONGEST:
        return None
    labels = load().labels
    found = labels.get(key)
    if found is not None:
        return found
    hint = ""
    if "(" in key or "【" in key or "[" in key:
        for match in _BRACKETS.finditer(key):
            inside = match[1] or match[2] or match[3] or ""
            named = labels.get(inside)
            if named is not None and named.field == "award":  # 最终报价(成交价)
                return named
            if _UNIT.search(inside):
                hint = inside.replace("单位", "").strip(":")
        bare = _BRACKETS.sub("", key)
        found = _lookup(bare) or labels.get(re.sub(r"[()]", "", key))
        if found is not None:
            return with_hint(found, hint)
        key = bare
    if key.endswith("元"):
        unit = _UNIT_AFTER.search(key)
        if unit:
            hint = unit[1]
            key = key[: unit.start()]
    found = _lookup(key)
    return None if found is None else with_hint(found, hint)


def inline_label(words: str) -> tuple[Label, int] | None:
    """The longest label fit for the middle of a line that ``words`` end with, and its length."""
    inline = load().inline
    for length in range(min(_LONGEST_INLINE, len(words)), _SHORTEST_INLINE - 1, -1):
        label = inline.get(words[-length:])
        if label is not None:
            return label, length
    return None


def with_hint(label: Label, hint: str) -> Label:
    """The label with the unit that stands beside it."""
    if not hint:
        return label
    return Label(label.field, label.rank, label.inline, label.bare, hint, label.lot)


def _lookup(key: str) -> Label | None:
    labels = load().labels
    if not key:
        return None
    for _ in range(3):
        found = labels.get(key)
        if found is not None:
            return found
        if key.startswith("是否"):
            break
        if key[0] not in "本该其招项各第排123456789" and key[-1] not in "为是下的币写址式":
            break
        shorter = _RANKED.sub("", _STARTS.sub("", _ENDS.sub("", key)))
        if shorter == key or not shorter:
            break
        key = shorter
    lot = _LOT.match(key) if "包" in key or "标" in key else None
    if lot:
        found = labels.get(key[lot.end() :])
        if found is not None and found.field not in ("stop", "lot_number"):
            number = lot[1] or lot[2]
            return Label(found.field, found.rank, found.inline, found.bare, found.hint, number)
    return None


@lru_cache(maxsize=4096)
def find_party(raw: str) -> str | None:
    """Whose details follow a line of these words: buyer, agency, supplier or none."""
    if len(raw) > 60:
        return None
    key = squash_label(raw)
    parties = load().parties
    found = parties.get(key)
    if found is None and "(" in key:
        found = parties.get(_BRACKETS.sub("", key))
    return found


@lru_cache(maxsize=8192)
def find_section(raw: str, numbered: bool) -> str | None:
    """The section a heading opens. Unnumbered lines must be one of the exact headings."""
    if len(raw) > 70:
        return None
    key = squash_label(raw)
    forms = load()
    exact = forms.exact.get(key)
    if exact is not None or not numbered:
        return exact
    if forms.headings.search(key) is None:
        return None
    for heading in forms.sections:
        if heading.pattern.search(key):
            return heading.section
    return None
