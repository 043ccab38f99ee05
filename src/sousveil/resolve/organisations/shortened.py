"""Short forms of a body's name that only its own notices tell: 蚌埠三院 for 蚌埠市第三人民医院.

A short form alone could be of many. Two signs are asked for: that a notice puts it where its own
buyer belongs (its title begins with it, another notice of the same project has it as the buyer),
and that its signs stand in the whole name in the same order, the last and every number included.
"""

import re
from collections.abc import Iterator

import msgspec

from sousveil.model import Called, NameKey
from sousveil.resolve.organisations.enough import has_own_name
from sousveil.resolve.organisations.model import trimmed
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Parts
from sousveil.resolve.organisations.signs import BRANCH, KINDS, OWN_NAMES, named, signs
from sousveil.resolve.organisations.spelling import ENOUGH, schools
from sousveil.resolve.organisations.words import OWN_KIND
from sousveil.text.scripts import fold

_CUT = re.compile(
    "(?:(?<=大)学|(?<=总)医院|(?<=高级中)等学校|(?<=附属中)学|(?<=委)员会|(?<=公安)局)$"
)
"""What short forms leave out at the end: 阳明交大, 台北荣总, 龙潭高中, 附中, 政法委, 叶城公安."""
_CUT_TO = "委安"
_CENTRE = "中心"
_TAUGHT = re.compile(
    "(?:高级)?(?:(?P<of_two>农工|工农|[商工]{2}|家事商业|海事水产|海事)|(?P<of_one>[农工商])业)"
    "(?:职业学校|高级中等学校)$"
)
"""Taiwan's vocational schools by what they teach: 北门农工, 大安高工."""
_HAN = re.compile("[\u3400-\u9fff]")
_INSIDE = re.compile(r"[(（]([\u3400-\u9fff]{4,30})[)）]")
_LEAST = 3
_NUMBERS = re.compile("[0-9零〇一二三四五六七八九十百]")
_OF_BRANCH = 2
"""Signs before 分院 or 分局 that tell which."""
_WHOLE = 4
"""Signs from which a short form may be words that the whole name has together (成都大学 of
西南成都大学); with fewer they are an office of any place (公安局 of 铁路局公安局)."""
SMALL = frozenset({"TW", "HK", "MO"})
"""Countries in which a body's short form is hardly another's of another place."""
_NATIONAL = "国立"
_OFFICE = re.compile("^.{0,4}分[署局处所]$")
"""Offices that many bodies have in one place: 臺中分署."""
_UNIVERSITY = "大学"
_UNDER = re.compile("(?:监督|考试|公安|稽查|监察|交通管理|工程管理)局$")
"""Offices under that of their subject, which is another body."""
_MINISTRY = re.compile("^.{2,}[部署](?=.{2,}[署局]$)")
"""What stands before the name of a ministry's office."""
_LEVEL = re.compile("^(?:本|我|该)?[省市县区州盟旗镇乡]")
_PLACE = re.compile("(?<=[省市县区州盟旗])(?=(..).{0,2}[市县区州旗])")
"""The first signs of a place behind a wider one."""
_GENERIC = re.compile("[第市县区省附总分本]|人民|中心|中医|妇幼|公安|职业|实验")


def is_short_for(short: str, name: NameKey) -> bool:
    """Whether a body may be called so: its signs are the name's, or those of the one in its
    brackets, in order, and what tells it from others of its place is among them."""
    return (
        _is_short(short, name)
        or any(_is_short(short, named(name, said)) for said in inside(name))
        or _is_unit(short, name)
    )


def _is_unit(short: str, name: NameKey) -> bool:
    """Whether a short form is a company's unit alone (善化啤酒廠, 台中電廠), in a small country."""
    brief, whole = signs(short), parts_of(name)
    if whole.country not in SMALL or whole.kind != "company" or len(brief) < _WHOLE:
        return False
    unit = whole.unit
    return brief == unit or (brief[:2] == unit[:2] and _within(brief, unit))


def _is_short(short: str, name: NameKey) -> bool:
    brief = signs(short)
    if len(brief) < _LEAST or not _HAN.search(brief) or _LEVEL.match(brief):
        return False
    if len(brief) < _WHOLE and brief in signs(name.name):
        return False
    ours, theirs = parts_of(named(name, short)), parts_of(name)
    if not _of_one_number(ours, theirs, brief, signs(name.name)):
        return False
    national = _is_national(name, theirs) and not ours.placed and not _OFFICE.search(brief)
    return any(_stands_for(brief, full) for full in _spellings(name.name)) and (
        _of_one_place(ours, theirs)
        or _opens_alike(brief, name, ours)
        or (national and "company" not in (ours.kind, theirs.kind))
    )


def keys_of(called: Called, name: NameKey) -> Iterator[tuple[str, ...]]:
    """The keys of a body's other name: where its notices say that it is, and, for a name that is
    its own, in a notice that says no more than the prefecture or the province."""
    short, whole = parts_of(named(name, called.name)), parts_of(name)
    places = [short.place]
    if short.country == "CN" and short.place and not short.placed:
        own = has_own_name(short) or (
            short.rest[:2] == whole.rest[:2] and not _GENERIC.match(short.rest)
        )
        places += [short.place[:4] + "00", short.place[:2] + "0000"] if own else []
    if _is_national(name, whole) and not short.placed:
        places.append(None)
    for place in dict.fromkeys(places):
        yield msgspec.structs.replace(short, place=place).key


def _spellings(name: str) -> Iterator[str]:
    full = signs(name)
    yield from {full: 0, schools(full): 0, _CUT.sub("", full): 0, _TAUGHT.sub(_taught, full): 0}


def _is_national(name: NameKey, whole: Parts) -> bool:
    """Whether a small country has one body of the name, wherever a notice says that it is."""
    return whole.country in SMALL and (
        whole.place is None or signs(name.name).startswith(_NATIONAL)
    )


def inside(name: NameKey) -> list[str]:
    """The names in a name's brackets, and neither a department's nor a kind's."""
    said = filter(OWN_NAMES.search, _INSIDE.findall(fold(name.name[:300])))
    return [one for one in said if _is_own(parts_of(named(name, one)))]


def _is_own(parts: Parts) -> bool:
    """A centre in brackets may be a department (检验中心), unless it says where it is."""
    if parts.placed:
        return len(parts.rest) >= ENOUGH
    return has_own_name(parts) and not parts.rest.endswith(_CENTRE)


def _taught(school: re.Match[str]) -> str:
    two = school["of_two"]
    return two.replace("家事商业", "家商") if two else f"高{school['of_one']}"


def ends_of(full: str) -> str:
    """The signs with which the short forms of a name may end."""
    return "".join(spelling[-1] for spelling in _spellings(full) if spelling)


def _stands_for(brief: str, full: str) -> bool:
    cut = _CUT.sub("", full)
    return (brief == cut != full and brief[-1] in _CUT_TO) or _within(brief, full)


def _within(brief: str, full: str) -> bool:
    """Whether a name's signs stand in a longer one in order, with its kind. A name that the longer
    one begins with is the whole of a branch."""
    if len(brief) >= len(full) or brief[-1] != full[-1] or full.startswith(brief):
        return False
    rest = iter(full)
    if not all(sign in rest for sign in brief) or not _of_one_branch(brief, full):
        return False
    return _of_one_kind(brief, full) and _of_one_office(brief, full)


def _of_one_kind(brief: str, full: str) -> bool:
    """Neither 中医医院 for 中西医结合医院, nor 四川大学 for 四川农业大学."""
    if brief.endswith(_UNIVERSITY) and full.endswith(_UNIVERSITY) and not full.endswith(brief):
        return False
    return all(kind[0] in brief if kind in full else kind not in brief for kind in KINDS)


def _of_one_office(brief: str, full: str) -> bool:
    """Whether a short form keeps what an office under another does, and not a ministry's words
    alone: neither 水利局 for 水利工程管理局, nor 財政局 for 財政部北區國稅局."""
    under = _UNDER.search(full)
    if under is not None and under[0][0] not in brief:
        return False
    ministry = _MINISTRY.match(full)
    if ministry is None:
        return True
    rest = iter(full[ministry.end() :])
    return all(sign in rest for sign in brief[-2:])


def _of_one_branch(brief: str, full: str) -> bool:
    """Whether neither is a branch, or both are the same one: 台大医院云林分院, never 台大医院."""
    ours, theirs = BRANCH.search(brief), BRANCH.search(full)
    if ours is None or theirs is None:
        return ours is theirs
    branch = full[max(0, theirs.start() - _OF_BRANCH) : theirs.end()]
    return brief.endswith(branch)


def _of_one_place(short: Parts, whole: Parts) -> bool:
    """Whether neither says a wider or narrower place than the other, and the short form has
    something of its own: it begins as the whole name does, or its kind is not all that it says."""
    near, far = trimmed(short.place), trimmed(whole.place)
    nested = near != far and (near.startswith(far) or far.startswith(near))
    if short.open or short.kind == "company":
        return False
    if short.placed and near and far and nested:
        return has_own_name(short) and near == far[: len(near)]
    if short.placed and _leaves_own_name_out(short, whole):
        return False
    if short.placed or _begins_alike(short, whole):
        return len(short.rest) >= 2
    return len(short.rest) >= ENOUGH and has_own_name(short)


def _leaves_own_name_out(short: Parts, whole: Parts) -> bool:
    """北京医院 leaves out what 北京同仁医院 is told by; a number tells as well (泸州二院)."""
    kind_alone = OWN_KIND.match(short.rest) is not None and not has_own_name(short)
    return kind_alone and not short.marks and has_own_name(whole)


def _opens_alike(brief: str, name: NameKey, short: Parts) -> bool:
    """Whether a short form whose place is not told apart (张家港一院, 新医大一附院) opens with the
    name of a place that the whole name has, or with the first sign of the whole name."""
    if short.placed or short.open or short.kind == "company" or len(brief) < _WHOLE:
        return False
    if _GENERIC.match(brief):
        return False
    full = signs(name.name)
    return brief[0] == full[0] or any(brief.startswith(m[1]) for m in _PLACE.finditer(full))


def _of_one_number(ours: Parts, theirs: Parts, brief: str, full: str) -> bool:
    """Whether two names have the same numbers, those in the name of a place (四川) not counted."""
    by_parts = _NUMBERS.findall(ours.marks) == _NUMBERS.findall(theirs.marks)
    return by_parts or _NUMBERS.findall(brief) == _NUMBERS.findall(full)


def _begins_alike(short: Parts, whole: Parts) -> bool:
    return short.rest[:1] == whole.rest[:1] and not _GENERIC.match(short.rest)
