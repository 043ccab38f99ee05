"""Joins of names that are nearly one, or of a name without a buyer, where more agrees.

A budget of 1,393,400 yuan is as good as a number; round sums are not: the names must be alike too,
and the days near each other. A name that is the other's with a slip in it (项新院区建设目) or with
more behind it is the same where buyer and season agree and no number, place or thing in it is
another. What may be of either of two projects that cannot be one joins neither.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from sousveil.resolve.by_name import names_a_body
from sousveil.resolve.components import Components
from sousveil.resolve.contradiction import AWARDS, phases_differ
from sousveil.resolve.groups import Groups
from sousveil.resolve.numbers import related
from sousveil.resolve.prepared import Prepared, may_be_one, same_buyer
from sousveil.resolve.seasons import CALLS
from sousveil.resolve.wording import only_slips, says_another

_SPAN_SUM = 400
_SPAN_ALIKE = 200
_SPAN_UNNAMED_SUM = 200
_SPAN_UNNAMED = 45
_NAME_RATIO = 70
_SLIP_RATIO = 90
_BUYER_RATIO = 85
_SHORTEST_PART = 5
_SHORTEST_ALIKE = 12
_SHORTEST_SLIP = 7
_SHORTEST_NAME = 6
_SHORTEST_UNNAMED = 10
_OFFICE = 5
_MOST = 40
"""Projects in a block above which it does not mean one purchase and is left alone."""
_CALLED_ANEW = 30
_CALLED_YEARLY = 150
"""Days between two calls for the same sum from which they are two years' purchases."""


def join_by_likeness(notices: Sequence[Prepared], components: Components) -> None:
    """Join notices that share a sum and a buyer, a sum and a name, or nearly all of a name."""
    dated = [notice for notice in notices if notice.core is not None and notice.day is not None]
    groups = Groups(notices, components)
    for keys, alike, rule in _WAYS:
        blocks: dict[Hashable, list[Prepared]] = defaultdict(list)
        for notice in dated:
            for key in keys(notice):
                blocks[key].append(notice)
        roots = {notice.index: components.root(notice.index) for notice in dated}
        found = {
            (left.index, right.index): (left, right)
            for members in blocks.values()
            for left, right in _apart(members, roots)
            if alike(left, right) and _fit(left, right)
        }
        for left, right in groups.unequivocal(found[pair] for pair in sorted(found)):
            groups.join(left, right, rule)


def _apart(
    members: Sequence[Prepared], roots: Mapping[int, int]
) -> Iterator[tuple[Prepared, Prepared]]:
    """The pairs of a block that no earlier rule has made one project. Copies are passed over."""
    told: dict[tuple[object, ...], Prepared] = {}
    for notice in members:
        states = (notice.notice_type, notice.day, notice.number, notice.amounts, notice.lots)
        told.setdefault((roots[notice.index], notice.core, notice.buyer, *states), notice)
    if not 1 < len({roots[notice.index] for notice in told.values()}) <= _MOST:
        return
    one_buyer = len({notice.buyer for notice in members if notice.buyer}) <= 1
    for left, right in combinations(told.values(), 2):
        # An unnamed notice between two buyers would make them one.
        sure = one_buyer or bool(left.buyer) == bool(right.buyer)
        if sure and roots[left.index] != roots[right.index]:
            yield left, right


def _fit(left: Prepared, right: Prepared) -> bool:
    """Whether nothing speaks against one purchase: country, phase, number, the order of things."""
    if not may_be_one(left, right):
        return False
    if phases_differ(left, right) or _decided(left, right):
        return False
    if left.lots and right.lots and left.lots != right.lots:
        return False
    if not left.number and not right.number and left.references and right.references:
        # The numbers that stand in their names.
        return bool(set(left.references) & set(right.references))
    if left.number and right.number and left.number != right.number:
        types = {left.notice_type, right.notice_type}
        numbered_apart = len(types) > 1 and types & {"contract", "acceptance"}
        if not related(left.number, right.number) and not numbered_apart:
            return False
    earlier, later = sorted((left, right), key=lambda n: (n.day or 0, n.index))
    gap = (later.day or 0) - (earlier.day or 0)
    if later.notice_type in CALLS and earlier.notice_type in AWARDS:
        return gap <= _CALLED_ANEW
    return not (later.notice_type in CALLS and earlier.notice_type in CALLS) or (
        gap <= _CALLED_YEARLY
    )


def _decided(left: Prepared, right: Prepared) -> bool:
    """Whether joining by name has compared the two already, and found them to be of two."""
    return (left.buyer, left.core, left.phase) == (right.buyer, right.core, right.phase) and (
        left.buyer is not None
    )


def _by_buyer_and_sum(notice: Prepared) -> Iterable[Hashable]:
    return ((notice.buyer[-_OFFICE:], a) for a in notice.amounts) if notice.buyer else ()


def _similar(left: Prepared, right: Prepared) -> bool:
    if not _much_the_same_buyer(left, right) or not _within(left, right, _SPAN_SUM):
        return False
    if says_another(left.wording, right.wording):
        return False
    for one, other in ((left.core, right.core), (left.whole, right.whole)):
        shorter, longer = sorted((one or "", other or ""), key=len)
        if len(shorter) >= _SHORTEST_PART and shorter in longer:
            return True
        if fuzz.ratio(shorter, longer, score_cutoff=_NAME_RATIO) > 0:
            return True
    return False


def _much_the_same_buyer(left: Prepared, right: Prepared) -> bool:
    """The same buyer, or a name with a part left out (医学院), no number in it another."""
    if same_buyer(left, right):
        return True
    one, other = left.buyer or "", right.buyer or ""
    if fuzz.ratio(one, other, score_cutoff=_BUYER_RATIO) <= 0:
        return False
    return not says_another(one, other)


def _by_name_and_sum(notice: Prepared) -> Iterable[Hashable]:
    return ((notice.core, a) for a in notice.amounts if len(notice.core or "") >= _SHORTEST_NAME)


def _unnamed_sum(left: Prepared, right: Prepared) -> bool:
    return _one_unnamed(left, right) and _within(left, right, _SPAN_UNNAMED_SUM)


def _by_whole_and_sum(notice: Prepared) -> Iterable[Hashable]:
    return ((notice.whole, a) for a in notice.amounts if len(notice.whole or "") >= _SHORTEST_ALIKE)


def _body_named(left: Prepared, right: Prepared) -> bool:
    return names_a_body((left, right)) and _within(left, right, _SPAN_SUM)


def _by_name(notice: Prepared) -> Iterable[Hashable]:
    return (notice.core,) if len(notice.core or "") >= _SHORTEST_UNNAMED else ()


def _unnamed(left: Prepared, right: Prepared) -> bool:
    if left.amounts and right.amounts and not left.amounts & right.amounts:
        return False
    return _one_unnamed(left, right) and _within(left, right, _SPAN_UNNAMED)


def _offices(left: Prepared, right: Prepared) -> bool:
    return same_buyer(left, right) and _within(left, right, _SPAN_UNNAMED)


def _by_ends(notice: Prepared) -> Iterable[Hashable]:
    """Nearly equal names have their first or their last letters in common."""
    core = notice.core or ""
    if not notice.buyer or len(core) < _SHORTEST_SLIP:
        return ()
    return ((notice.buyer, "first", core[:4]), (notice.buyer, "last", core[-4:]))


def _nearly(left: Prepared, right: Prepared) -> bool:
    if not _within(left, right, _SPAN_ALIKE) or left.core is None or right.core is None:
        return False
    if says_another(left.wording, right.wording):
        return False
    shorter, longer = sorted((left.core, right.core), key=len)
    if len(shorter) < _SHORTEST_ALIKE:
        return only_slips(left.wording, right.wording)
    return longer.startswith(shorter) or (fuzz.ratio(shorter, longer, score_cutoff=_SLIP_RATIO) > 0)


def _one_unnamed(left: Prepared, right: Prepared) -> bool:
    return left.buyer is None or right.buyer is None


def _within(left: Prepared, right: Prepared, days: int) -> bool:
    return abs((left.day or 0) - (right.day or 0)) <= days


_Keys = Callable[[Prepared], Iterable[Hashable]]
_Alike = Callable[[Prepared, Prepared], bool]
_WAYS: tuple[tuple[_Keys, _Alike, str], ...] = (
    (_by_buyer_and_sum, _similar, "name_and_sum"),
    (_by_name_and_sum, _unnamed_sum, "name_and_sum_unnamed"),
    (_by_whole_and_sum, _body_named, "name_and_sum_of_body"),
    (_by_name, _unnamed, "name_unnamed"),
    (_by_name, _offices, "name_nearly"),
    (_by_ends, _nearly, "name_nearly"),
)
