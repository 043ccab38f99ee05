"""Short forms of a body's name that only its own notices tell: 蚌埠三院 for 蚌埠市第三人民医院.

A short form alone could be of many. Two signs are asked for: that a notice puts it where its own
buyer belongs (its title begins with it, another notice of the same project has it as the buyer),
and that its signs stand in the whole name in the same order, the last and every number included.
"""

import re
import unicodedata
from collections.abc import Iterator

import msgspec
from rapidfuzz.distance import Levenshtein

from sousveil.model import Called, NameKey
from sousveil.resolve.organisations.enough import has_own_name
from sousveil.resolve.organisations.model import trimmed
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Parts
from sousveil.resolve.organisations.spelling import ENOUGH, schools
from sousveil.text.scripts import fold

_CUT = re.compile("(?:(?<=大)学|(?<=总)医院)$")
"""What short forms leave out at the end: 阳明交大, 台北荣总."""
_HAN = re.compile("[\u3400-\u9fff]")
_REMARK = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_OPENS = re.compile(
    r"(?:^(?:[(（\[【〔《][^()（）\[\]【】〔〕《》]{0,40}[)）\]】〕》])*|[-—－]+|公司关于)"
    r"(?:[0-9]{2,4}学?年度?)?(?=[\u3400-\u9fff])"
)
"""Where a title may begin with the name of its buyer: behind marks of a portal, a programme and a
dash, an agency that says for whom it acts; and behind a year."""
_LEAST = 3
_LONGEST_TITLE = 120
_LONGEST_NAME = 30
_LEAST_SLIPPED = 6
_TELLS = re.compile(
    "[0-9零〇一二三四五六七八九十百甲乙丙丁东西南北中上下左右前后新老大小省市县区州旗镇乡村]"
)
_NUMBERS = re.compile("[0-9零〇一二三四五六七八九十百]")
_NTH = re.compile("第?[0-9零〇一二三四五六七八九十百]+")
_BRANCH = re.compile("[分院校]院$|院区|校区|分[局校行中]")
_WHOLE = 4
"""Signs from which a short form may be words that the whole name has together (成都大学 of
西南成都大学); with fewer they are an office of any place (公安局 of 铁路局公安局)."""
_OWN_NAMES = re.compile(
    "(?:[医学]院|大学|保健院|[小中学]校?|幼儿园|研究[院所]|[院文图]书?馆|监狱|戒毒所|卫生院|中心)$"
)
"""Bodies of which a place has several, each under a name of its own; the name of an office says
what it does, and another office does something else."""
_LEVEL = re.compile("^(?:本|我|该)?[省市县区州盟旗镇乡]")
_GENERIC = re.compile("[第市县区省附总分本]|人民|中心|中医|妇幼|公安|职业|实验")
_KINDS = (
    *("中医", "中西医", "妇幼", "妇女", "儿童", "口腔", "肿瘤", "眼科", "精神", "传染", "康复"),
    *("老年", "职业", "实验", "技师", "技工", "师范", "特殊", "党校", "幼儿", "军", "民族", "工人"),
)
"""Kinds of hospitals and schools of which a place has several: a short form names them too."""


def in_title(title: str, name: NameKey) -> str:
    """What the beginning of a title calls its notice's buyer: a short form, the whole of a short
    name, or the name with a sign slipped; "" where it is none of these, or the name."""
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
            if is_short_for(rest[:end], name) or is_slip(rest[:end], name):
                return rest[:end]
        longer = text[opening.end() : opening.end() + _LONGEST_NAME]
        for end in range(len(full) + 1, len(longer) + 1):
            whole = longer[:end]
            if whole[-1] == full[-1] and (
                is_short_for(name.name, named(name, whole)) or is_slip(whole, name)
            ):
                return whole
    return ""


def is_short_for(short: str, name: NameKey) -> bool:
    """Whether a body may be called so: its signs are the name's, in order, and what tells it from
    others of its place is among them."""
    brief = _signs(short)
    if len(brief) < _LEAST or not _HAN.search(brief) or _LEVEL.match(brief):
        return False
    if len(brief) < _WHOLE and brief in _signs(name.name):
        return False
    return any(_within(brief, full) for full in _spellings(name.name)) and _of_one_place(
        parts_of(named(name, short)), parts_of(name)
    )


def is_slip(other: str, name: NameKey) -> bool:
    """Whether a body's name was written so by a slip: one sign is another, is left out or too many,
    no number and no side, and neither the place nor the kind."""
    brief, full = _signs(other), _signs(name.name)
    if min(len(brief), len(full)) < _LEAST_SLIPPED or brief[-2:] != full[-2:]:
        return False
    if Levenshtein.distance(brief, full, score_cutoff=1) != 1:
        return False
    (slip,) = Levenshtein.editops(brief, full)
    touched = brief[slip.src_pos : slip.src_pos + 1] if slip.tag != "insert" else ""
    touched += full[slip.dest_pos : slip.dest_pos + 1] if slip.tag != "delete" else ""
    if _TELLS.search(touched) or not _HAN.search(touched):
        return False
    if any((kind in brief) != (kind in full) for kind in _KINDS):
        return False
    ours, theirs = parts_of(named(name, other)), parts_of(name)
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit
    return one_kind and ours.place == theirs.place


def may_be_renamed(title: str, name: NameKey, other: NameKey) -> bool:
    """Of two buyers of one project: whether the title of one's notice begins with the other's
    whole name, both are a body of one kind in one place, and neither is a branch or of another
    number."""
    left, right = _signs(name.name), _signs(other.name)
    text = _signs(title)
    opens = any(text.startswith(right, opening.end()) for opening in _OPENS.finditer(text))
    return opens and left not in text and _may_be_one(left, right, parts_of(name), parts_of(other))


def may_be_own_site(site: str, name: NameKey) -> bool:
    """Whether a site is called as a body of the buyer's kind in its place, and as neither a branch
    of it nor its whole."""
    return _may_be_one(_signs(site), _signs(name.name), parts_of(named(name, site)), parts_of(name))


def _may_be_one(left: str, right: str, ours: Parts, theirs: Parts) -> bool:
    """Whether two whole names may be one body's, of before and since: of one kind in one place,
    neither a branch, a part or of another number than the other."""
    if left[-2:] != right[-2:] or left.startswith(right) or right.startswith(left):
        return False
    if not _OWN_NAMES.search(left) or _BRANCH.search(left) or _BRANCH.search(right):
        return False
    if any((kind in left) != (kind in right) for kind in _KINDS):
        return False
    if _NTH.sub("", left) == _NTH.sub("", right):
        return False
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit == ""
    return one_kind and ours.place == theirs.place and ours.place is not None


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
    yield from {full: 0, schools(full): 0, _CUT.sub("", full): 0}


def _last(full: str) -> str:
    return "".join(spelling[-1] for spelling in _spellings(full) if spelling)


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
