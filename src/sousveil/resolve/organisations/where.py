"""Where a Chinese name says that its organisation is: the division that it begins with."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from sousveil.reference.divisions import Division, gazetteer
from sousveil.text.scripts import fold

COUNTY = 2
MUNICIPALITIES = ("11", "12", "31", "50")
"""Beginnings of the codes of Beijing, Tianjin, Shanghai and Chongqing: each is one city."""
_RANK_OF_LEVEL = {
    level: rank
    for rank, levels in enumerate(
        ("省 自治区", "市 州 盟 自治州 地区 地", "县 区 旗 自治县 自治旗")
    )
    for level in levels.split()
}
_BODY_WORDS = re.compile(
    "^(?:委|人民|公安|教育|卫生|财政|司法|宣传|政法|网信|统战|检察|法院|市|县|区|州|税务|文化|交通|住房|"
    "住建|发展|发改|民政|自然|生态|应急|城市|城管|农业|水利|商务|审计|统计|医疗|医院|中医|妇幼|"
    "第[一二三四五六七八九十]|大数据|行政|公共|市场|工业|科技|科学|体育|信访|退役|民族|监狱|看守|边境|"
    "国家|消防|[一二三四五六七八九十]+[中小高](?:$|学)|融媒|广播|图书|中学|职业|实验|机关|纪委)"
)


def elsewhere(division: Division, context: Division) -> bool:
    """Whether a county of that name lies in another province than the notice: a namesake, then."""
    return division.rank == COUNTY and division.code[:2] != context.code[:2]


def names_a_place(plain: str) -> bool:
    """Whether a name that no place was read off begins with the whole name of a division."""
    names = gazetteer().names.get(plain[:2], ())
    return any(name.full and plain.startswith(name.text) for name in names)


def place_at(plain: str, at: int, context: Division | None) -> tuple[Division | None, int]:
    """The division that the name begins with, and where the rest begins. Names of divisions follow
    each other from wide to narrow; one that several go by is settled by the wider, the narrower or
    the notice's; a bare one counts before words of a body, or at the beginning of a company."""
    names = _by_opening()
    found: Sequence[Division] = ()
    while at < len(plain) - 1:
        step = None
        for text, full, options in names.get(plain[at : at + 2], ()):
            if plain.startswith(text, at) and len(plain) > at + len(text):
                if found:
                    options = _inside(options, found)
                    if not options:
                        continue
                bare_county = not full and all(d.rank == COUNTY for d in options)
                if bare_county and not _BODY_WORDS.match(plain[at + len(text) :]):
                    continue
                step = (options, at + len(text))
                break
        if step is None:
            break
        options, at = step
        if len(options) > 1 and context is not None:
            near = [d for d in options if context.holds(d) or d.holds(context)]
            same = [d for d in options if d.code[:2] == context.code[:2]]
            options = near or same or options
        if len(options) > 1:
            widest = min(d.rank for d in options)
            options = [d for d in options if d.rank == widest] if widest < 2 else options
        found = options
    if len(found) == 1:
        return found[0], at
    return None, at if not found else _before(plain, at, found)


def _inside(options: Sequence[Division], wider: Sequence[Division]) -> Sequence[Division]:
    return [d for d in options if any(w.holds(d) and w.code != d.code for w in wider)]


@cache
def _by_opening() -> Mapping[str, Sequence[tuple[str, bool, Sequence[Division]]]]:
    """Names by their first two signs, longest first: the name, whether it has its level word, and
    the divisions that go by it."""
    known = gazetteer().divisions
    return {
        opening: [
            (name.text, name.full, [known[code] for code in name.codes if code in known])
            for name in names
        ]
        for opening, names in gazetteer().names.items()
    }


def _before(plain: str, at: int, found: Sequence[Division]) -> int:
    """Where a place that stays open begins: it stays part of the name."""
    for division in found:
        for text in (fold(division.name), fold(division.stem)):
            if plain[:at].endswith(text):
                return at - len(text)
    return 0


@lru_cache(maxsize=8192)
def division_of(place: str | None) -> Division | None:
    """The division of a path such as 新疆/昌吉, None where it is none of China's."""
    found: Division | None = None
    for name in (place or "").split("/"):
        options = by_name().get(fold(name), ())
        inside = [d for d in options if found is None or (found.holds(d) and d.code != found.code)]
        found = min(inside, key=lambda d: (d.rank, d.code), default=found)
    return found


@cache
def by_name() -> dict[str, list[Division]]:
    """Divisions by name with and without the level word, folded; in the order of their codes."""
    found: dict[str, list[Division]] = {}
    for _, division in sorted(gazetteer().divisions.items()):
        for text in dict.fromkeys((fold(division.name), fold(division.stem))):
            found.setdefault(text, []).append(division)
    return found


def at_level(context: Division, level: str) -> Division | None:
    """The division of a level that the notice's place lies in, or is."""
    rank = _RANK_OF_LEVEL[level]
    if context.rank < rank:
        return context if level == "市" and context.rank == 0 else None
    code = context.code[: (2, 4, 6)[rank]].ljust(6, "0")
    found = gazetteer().divisions.get(code)
    if len(level) > 1 and (found is None or not found.name.endswith(level)):
        return None
    if level == "市" and context.rank == 2 and context.name.endswith("市"):
        return context
    return found
