"""Short forms of a body's name that only its own notices tell: 蚌埠三院 for 蚌埠市第三人民医院.

A short form alone could be of many. Two signs are asked for: that a notice puts it where its own
buyer belongs (its title begins with it, another notice of the same project has it as the buyer),
and that its signs stand in the whole name in the same order, the last and every number included.
"""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from sousveil.model import Called, NameKey
from sousveil.resolve.organisations.enough import has_own_name
from sousveil.resolve.organisations.model import trimmed
from sousveil.resolve.organisations.parts import Parts, parts_of
from sousveil.resolve.organisations.spelling import ENOUGH, schools
from sousveil.text.scripts import fold

_HAN = re.compile("[\u3400-\u9fff]")
_REMARK = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_OPENS = re.compile(
    r"(?:^(?:[(（\[【〔《][^()（）\[\]【】〔〕《》]{0,40}[)）\]】〕》])*|[-—－]+|公司关于)"
    r"(?:[0-9]{2,4}学?年度?)?(?=[\u3400-\u9fff])"
)
"""Where a title may begin with the name of its buyer: behind marks of a portal, a programme and a
dash, an agency that says for whom it acts; and behind a year."""
_LEAST = 4
_LONGEST_TITLE = 120
_NUMBERS = re.compile("[0-9零〇一二三四五六七八九十百]")
_BRANCH = re.compile("[分院校]院$|院区|校区|分[局校行中]")
_LEVEL = re.compile("^(?:本|我|该)?[省市县区州盟旗镇乡]")
_GENERIC = re.compile("[第市县区省附总分本]|人民|中心|中医|妇幼|公安|职业|实验")
_KINDS = (
    *("中医", "中西医", "妇幼", "妇女", "儿童", "口腔", "肿瘤", "眼科", "精神", "传染", "康复"),
    *("老年", "职业", "实验", "技师", "技工", "师范", "特殊", "党校", "幼儿", "军", "民族", "工人"),
)
"""Kinds of hospitals and schools of which a place has several: a short form names them too."""


def in_title(title: str, name: NameKey) -> str:
    """The short form of a notice's buyer with which its title begins; "" where it does with
    none, or with the whole name."""
    full = _signs(name.name)
    if len(full) <= _LEAST:
        return ""
    text = fold(unicodedata.normalize("NFKC", title[:_LONGEST_TITLE])).replace(" ", "")
    if full in text:
        return ""
    for opening in _OPENS.finditer(text):
        rest = text[opening.end() : opening.end() + len(full)]
        ends = [at + 1 for at, sign in enumerate(rest) if sign in _last(full)]
        for end in reversed(ends):
            if is_short_for(rest[:end], name):
                return rest[:end]
    return ""


def is_short_for(short: str, name: NameKey) -> bool:
    """Whether a body may be called so: its signs are the name's, in order, and what tells it from
    others of its place is among them."""
    brief = _signs(short)
    if len(brief) < _LEAST or not _HAN.search(brief) or _LEVEL.match(brief):
        return False
    return any(_within(brief, full) for full in _spellings(name.name)) and _of_one_place(
        parts_of(named(name, short)), parts_of(name)
    )


def may_be_renamed(title: str, name: NameKey, other: NameKey) -> bool:
    """Of two buyers of one project: whether the title of one's notice begins with the other's
    whole name, both are a body of one kind in one place, and neither is a branch or of another
    number."""
    left, right = _signs(name.name), _signs(other.name)
    if left[-2:] != right[-2:] or left.startswith(right) or right.startswith(left):
        return False
    if _BRANCH.search(left) or _BRANCH.search(right) or not _HAN.search(right):
        return False
    if any((kind in left) != (kind in right) for kind in _KINDS):
        return False
    text = _signs(title)
    ours, theirs = parts_of(name), parts_of(other)
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit == ""
    one_place = ours.place == theirs.place and ours.place is not None
    opens = any(text.startswith(right, opening.end()) for opening in _OPENS.finditer(text))
    return one_kind and one_place and opens and left not in text


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
    for place in dict.fromkeys(places):
        yield msgspec.structs.replace(short, place=place).key


def named(name: NameKey, other: str) -> NameKey:
    """The same body's key under another name."""
    return NameKey(name.name_id, other, name.country, name.place, name.roles, (), name.buyer_type)


def _signs(text: str) -> str:
    plain = _REMARK.sub("", fold(unicodedata.normalize("NFKC", text[:300])))
    return "".join(plain.split())


def _spellings(name: str) -> Iterator[str]:
    full = _signs(name)
    yield full
    if schools(full) != full:
        yield schools(full)


def _last(full: str) -> str:
    return full[-1] + schools(full)[-1]


def _within(brief: str, full: str) -> bool:
    """Whether a name's signs stand in a longer one in order, with its numbers and its kind. A name
    that the longer one begins with is the whole of a branch; one of a branch is no short form."""
    if len(brief) >= len(full) or brief[-1] != full[-1] or full.startswith(brief):
        return False
    rest = iter(full)
    if not all(sign in rest for sign in brief):
        return False
    if _NUMBERS.findall(brief) != _NUMBERS.findall(full) or _BRANCH.search(brief):
        return False
    return all(kind not in full or kind[0] in brief for kind in _KINDS)


def _of_one_place(short: Parts, whole: Parts) -> bool:
    """Whether neither says a wider or narrower place than the other, and the short form has
    something of its own: it begins as the whole name does, or its kind is not all that it says."""
    near, far = trimmed(short.place), trimmed(whole.place)
    nested = near != far and (near.startswith(far) or far.startswith(near))
    if short.open or short.kind == "company":
        return False
    if short.placed and near and far and nested:
        return has_own_name(short) and near == far[: len(near)]
    if short.placed or _begins_alike(short, whole):
        return len(short.rest) >= 2
    return len(short.rest) >= ENOUGH and has_own_name(short)


def _begins_alike(short: Parts, whole: Parts) -> bool:
    return short.rest[:1] == whole.rest[:1] and not _GENERIC.match(short.rest)
