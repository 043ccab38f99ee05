"""Joins of names that are nearly one, or of a name without a buyer, where more agrees.

A budget of 1,393,400 yuan is as good as a number; round sums are not: the names must be alike too,
and the days near each other. A name that is the other's with a slip in it (项新院区建设目) or with
more behind it is the same where buyer and season agree and no number, place or thing in it is
another. What may be of either of two projects that cannot be one joins neither.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, islice

from rapidfuzz import fuzz

from sousveil.resolve.blocks import Blocks, Decision
from sousveil.resolve.by_name import names_a_body
from sousveil.resolve.components import Components
from sousveil.resolve.contradiction import AWARDS, phases_differ
from sousveil.resolve.groups import Groups
from sousveil.resolve.numbers import related
from sousveil.resolve.prepared import Prepared, may_be_one, same_buyer
from sousveil.resolve.seasons import CALLS
from sousveil.resolve.tied import tied
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
_MOST_TOLD = 1000
"""Notices of a block that are compared with each other: more are not looked at."""
_CALLED_ANEW = 30
_CALLED_YEARLY = 150
"""Days between two calls for the same sum from which they are two years' purchases."""

_Pair = tuple[int, int]
"""Two notices by their ``index``, or by their places among others."""


def join_by_likeness(blocks: Blocks, components: Components) -> None:
    """Join notices that share a sum and a buyer, a sum and a name, or nearly all of a name."""
    dated = [n for n in blocks.notices if n.core is not None and n.day is not None]
    root = components.roots()
    for way in range(len(_WAYS)):
        alike = _all_alike(blocks, dated, root, way)
        for members, pairs in _clusters(alike, blocks.notices, root):
            projects = _numbered(root[notice.index] for notice in members)
            components.take(blocks.decided(_unequivocal, members, projects, pairs, way))
        root = components.roots() if alike else root


def _all_alike(
    blocks: Blocks, dated: Iterable[Prepared], root: Sequence[int], way: int
) -> list[_Pair]:
    """All pairs that are alike in one way, each once, in order."""
    shared: dict[Hashable, list[Prepared]] = defaultdict(list)
    keys, _, _ = _WAYS[way]
    for notice in dated:
        for key in keys(notice):
            shared[key].append(notice)
    found: set[_Pair] = set()
    for members in shared.values():
        projects = _numbered(root[notice.index] for notice in members)
        if 1 < max(projects) + 1 <= _MOST:
            decisions = blocks.decided(_alike, members, projects, way)
            found.update((left.index, right.index) for left, right, _ in decisions)
    return sorted(found)


def _numbered(roots: Iterable[int]) -> tuple[int, ...]:
    """Projects numbered from 0 in the order in which they come, which is that of their roots: a
    root is the first notice of its project."""
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(root, len(numbers)) for root in roots)


def _clusters(
    pairs: Sequence[_Pair], notices: Sequence[Prepared], root: Sequence[int]
) -> Iterator[tuple[list[Prepared], tuple[_Pair, ...]]]:
    """The notices of projects that pairs tie together, and the pairs by their places there. All
    notices of a project are looked at: what it has been joined with may speak against a pair."""
    if not pairs:
        return
    ends = [(root[left], root[right]) for left, right in pairs]
    label, there = tied(ends, len(notices)), {end for pair in ends for end in pair}
    members: dict[int, list[Prepared]] = defaultdict(list)
    place: dict[int, int] = {}
    for notice in notices:
        if root[notice.index] in there:
            cluster = members[label[root[notice.index]]]
            place[notice.index] = len(cluster)
            cluster.append(notice)
    places: dict[int, list[_Pair]] = defaultdict(list)
    for left, right in pairs:
        places[label[root[left]]].append((place[left], place[right]))
    for cluster_label, cluster in members.items():
        yield cluster, tuple(places[cluster_label])


def _alike(members: Sequence[Prepared], projects: Sequence[int], way: int) -> Iterator[Decision]:
    """The pairs of a block that are alike and that no earlier rule has made one project: of two
    projects the first pair."""
    _, alike, rule = _WAYS[way]
    met: set[tuple[int, int]] = set()
    for (left, one), (right, other) in _apart(members, projects):
        ends = (min(one, other), max(one, other))
        if ends not in met and alike(left, right) and _fit(left, right):
            met.add(ends)
            yield left, right, rule


def _unequivocal(
    members: Sequence[Prepared],
    projects: Sequence[int],
    pairs: Sequence[_Pair],
    way: int,
) -> Iterator[Decision]:
    """Of pairs that are alike in one way, by their places, those that are one."""
    _, _, rule = _WAYS[way]
    alike = ((members[left], members[right]) for left, right in pairs)
    for left, right in Groups(members, projects).unequivocal(alike):
        yield left, right, rule


def _apart(
    members: Sequence[Prepared], projects: Sequence[int]
) -> Iterator[tuple[tuple[Prepared, int], tuple[Prepared, int]]]:
    """The pairs of a block of several projects, with these. Copies are passed over."""
    told: dict[tuple[object, ...], tuple[Prepared, int]] = {}
    for notice, project in zip(members, projects, strict=True):
        states = (notice.notice_type, notice.day, notice.number, notice.amounts, notice.lots)
        told.setdefault((project, notice.core, notice.buyer, *states), (notice, project))
    one_buyer = len({notice.buyer for notice in members if notice.buyer}) <= 1
    for left, right in combinations(islice(told.values(), _MOST_TOLD), 2):
        # An unnamed notice between two buyers would make them one.
        if left[1] != right[1] and (one_buyer or bool(left[0].buyer) == bool(right[0].buyer)):
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
