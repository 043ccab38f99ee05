"""One body's two whole names: written with a slip, before and since."""

import re

from rapidfuzz.distance import OSA, Levenshtein

from sousveil.model import NameKey
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.signs import BRANCH, OWN_NAMES, named, of_one_kind, signs

_HAN = re.compile("[\u3400-\u9fff]")
_LEAST_SLIPPED = 6
_TELLS = re.compile(
    "[0-9零〇一二三四五六七八九十百甲乙丙丁东西南北中上下左右前后新老大小男女省市县区州旗镇乡村]"
)
_CENTRE = re.compile("(?<!医学)(?<!临床)中心$")
"""A centre does what its name says; another does something else (采购中心, 急救中心)."""
_OFFICE = re.compile("(?:[局厅委]|委员会|政府|法院|检察院)$")
_HOUSE = re.compile("(?:医院|大学|学院|[小中学]校?|幼儿园|[图博].{0,4}馆|监狱|戒毒所|卫生院)$")
_NTH = re.compile("第?[0-9零〇一二三四五六七八九十百]+")


def is_slip(other: str, name: NameKey) -> bool:
    """Whether a body's name was written so by a slip: one sign is another, is left out or too many,
    or two changed places; no number and no side, and neither the place nor the kind."""
    brief, full = signs(other), signs(name.name)
    if min(len(brief), len(full)) < _LEAST_SLIPPED or brief[-2:] != full[-2:]:
        return False
    if OSA.distance(brief, full, score_cutoff=1) != 1:
        return False
    touched = "".join(
        brief[slip.src_start : slip.src_end] + full[slip.dest_start : slip.dest_end]
        for slip in Levenshtein.opcodes(brief, full)
        if slip.tag != "equal"
    )
    if _TELLS.search(touched) or not _HAN.search(touched):
        return False
    if not of_one_kind(brief, full):
        return False
    ours, theirs = parts_of(named(name, other)), parts_of(name)
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit
    return one_kind and ours.place == theirs.place


def may_be_stated(other: str, name: NameKey) -> bool:
    """Whether what a text gives as a body's other name may be one: neither the whole of which it is
    a branch or a unit (中国银行 of its 泸县支行, 县公安局 of its 交警大队), nor the house that an
    office moved into (县教育局 in 原县第二中学)."""
    brief, full = signs(other), signs(name.name)
    if not _HAN.search(brief) or not _HAN.search(full):
        return True
    ours, theirs = parts_of(named(name, other)), parts_of(name)
    part = bool(theirs.unit) and not ours.unit and ours.key[:4] == theirs.key[:4]
    if part or full.startswith(brief):
        return False
    if _OFFICE.search(full) and (ours.kind == "company" or _HOUSE.search(brief)):
        return False
    return not (_HOUSE.search(full) and _OFFICE.search(brief))


def may_be_own_site(site: str, name: NameKey) -> bool:
    """Whether a site is called as a body of the buyer's kind in its place, and as neither a branch
    of it nor its whole."""
    return may_be_one(named(name, site), name)


def may_be_one(name: NameKey, other: NameKey) -> bool:
    """Whether two whole names may be one body's, of before and since: of one kind in one place,
    neither a branch, a part or of another number than the other."""
    left, right, ours, theirs = signs(name.name), signs(other.name), parts_of(name), parts_of(other)
    if left[-2:] != right[-2:] or left.startswith(right) or right.startswith(left):
        return False
    if not OWN_NAMES.search(left) or _CENTRE.search(left) or _CENTRE.search(right):
        return False
    if BRANCH.search(left) or BRANCH.search(right):
        return False
    if not of_one_kind(left, right):
        return False
    if _NTH.sub("", left) == _NTH.sub("", right):
        return False
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit == ""
    return one_kind and ours.place == theirs.place and ours.place is not None
