"""One body's two whole names: written with a slip, before and since."""

import re

from rapidfuzz.distance import OSA, Levenshtein

from sousveil.model import NameKey
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.signs import BRANCH, KINDS, OWN_NAMES, named, signs

_HAN = re.compile("[\u3400-\u9fff]")
_LEAST_SLIPPED = 6
_TELLS = re.compile(
    "[0-9零〇一二三四五六七八九十百甲乙丙丁东西南北中上下左右前后新老大小省市县区州旗镇乡村]"
)
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
    if any((kind in brief) != (kind in full) for kind in KINDS):
        return False
    ours, theirs = parts_of(named(name, other)), parts_of(name)
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit
    return one_kind and ours.place == theirs.place


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
    if not OWN_NAMES.search(left) or BRANCH.search(left) or BRANCH.search(right):
        return False
    if any((kind in left) != (kind in right) for kind in KINDS):
        return False
    if _NTH.sub("", left) == _NTH.sub("", right):
        return False
    one_kind = ours.kind == theirs.kind == "public_body" and ours.unit == theirs.unit == ""
    return one_kind and ours.place == theirs.place and ours.place is not None
