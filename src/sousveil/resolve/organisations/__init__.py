"""Which names are one organisation, and why.

Names whose every part agrees are one; so are names with the same registered number, and names that
the model (``model``) holds for one with a probability of 0.95. Never on one weak sign: a name that
says neither where nor anything of its own (人民医院) joins nothing. Two numbers of one register, a
number in the name that differs (第一, 第二), another unit or another place keep names apart, also
through others. What people judge outranks all of it.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from sousveil.model import Judgement, NameKey
from sousveil.resolve.organisations.alike import alike
from sousveil.resolve.organisations.claimed import by_bare_name, by_called, by_other_name
from sousveil.resolve.organisations.clusters import Clusters
from sousveil.resolve.organisations.company_forms import may_change
from sousveil.resolve.organisations.described import described
from sousveil.resolve.organisations.enough import (
    fit,
    named_alike,
    says_enough,
)
from sousveil.resolve.organisations.grouped import grouped
from sousveil.resolve.organisations.model import THRESHOLD, Pair, pairs
from sousveil.resolve.organisations.nearby import by_place
from sousveil.resolve.organisations.records import (
    PROVEN,
    Edge,
    Group,
    Parts,
    ResolvedOrganisations,
)
from sousveil.resolve.organisations.said import Read, read
from sousveil.resolve.organisations.slips import (
    groups_by_gaps,
    groups_by_letters,
    groups_by_spaces,
)
from sousveil.resolve.uncollected import uncollected

__all__ = ["THRESHOLD", "Group", "ResolvedOrganisations", "resolve_organisations"]

_SAME_PARTS = 0.97
_SAME_NUMBER = 0.995
_OTHER_FORM = 0.9
_JUDGED = 1.0
_MANY = 40
"""Groups of one number that are joined each with each; more of them in a row."""
_REFORMED = ("rest: same", "legal form: differs")
_ALIKE = ("rest: same", "place: same", "unit: same", "identifier: not known")
_COINED = 10
"""Letters of a word from which it is nobody else's name."""


@uncollected()
def resolve_organisations(
    names: Iterable[NameKey],
    judgements: Sequence[Judgement] = (),
    reader: Read = read,
) -> ResolvedOrganisations:
    """Join names to organisations. The result depends on the set of names and judgements alone,
    not on any order. ``reader``: how names are read, where not here."""
    told = {end for j in judgements if j.verdict == "different" for end in (j.left, j.right)}
    groups = grouped(names, told, reader)
    clusters = Clusters([(*g.identifiers, *g.parents, *g.apart) for g in groups])
    joined, never = _judged(judgements, groups)
    clusters.keep_apart(never)
    edges = {*joined, *_by_number(groups), *_by_parent(groups)}
    edges |= {*_by_parts(groups), *by_place(groups)}
    edges |= {*by_other_name(groups), *by_bare_name(groups), *by_called(groups)}
    edges |= {*groups_by_letters(groups), *groups_by_spaces(groups)}
    edges |= set(groups_by_gaps(groups))
    edges |= set(_by_model(groups))
    kept = [edge for edge in sorted(edges) if clusters.join(edge)]
    return described(groups, clusters, kept)


def _by_parts(groups: Sequence[Group]) -> Iterable[Edge]:
    """Equal parts, where one leaves out the number or the legal form. Where several others could
    be meant, which of them it is nobody can say."""
    for members in alike(group.key if group.enough else None for group in groups):
        yield from _other_forms(groups, members)
        yield from _equal(groups, members)
        told = [at for at in members if groups[at].apart]
        for at in members:
            fuller = [other for other in members if _says_more(groups[other], groups[at])]
            fuller = [other for other in fuller if not _is_of_two(groups, told, at, other)]
            if all(fit(groups[a], groups[b]) for a, b in combinations(fuller, 2)):
                for other in fuller:
                    left, right = sorted((other, at))
                    yield Edge(-_SAME_PARTS, left, right, "same_parts", _ALIKE)


def _other_forms(groups: Sequence[Group], members: Sequence[int]) -> Iterable[Edge]:
    """The same long name with another legal form of the same law: companies change theirs. Weaker,
    and not where numbers differ."""
    if not _coined(groups[members[0]].parts.rest):
        return
    for left, right in pairwise(members):
        if may_change(groups[left].parts.form, groups[right].parts.form):
            yield Edge(-_OTHER_FORM, left, right, "other_form", _REFORMED)


def _equal(groups: Sequence[Group], members: Sequence[int]) -> Iterable[Edge]:
    """Equal in everything: names that stand alone because somebody told them from another."""
    first: dict[tuple[object, ...], list[int]] = {}
    for at in members:
        group = groups[at]
        first.setdefault((group.parts.form, group.identifiers, group.apart), []).append(at)
    for equal in first.values():
        for left, right in combinations(equal, 2):
            yield Edge(-_SAME_PARTS, left, right, "same_parts", _ALIKE)


def _says_more(other: Group, group: Group) -> bool:
    more = len(other.identifiers) + bool(other.parts.form)
    less = len(group.identifiers) + bool(group.parts.form)
    return (more > less or (more == less and not set(other.apart) <= set(group.apart))) and fit(
        other, group
    )


def _is_of_two(groups: Sequence[Group], told: Sequence[int], at: int, other: int) -> bool:
    """Whether one of two fits namesakes that registers tell from each other: which of them it is
    nobody can say."""
    if len(told) < 2:
        return False
    return any(
        any(groups[a].told_from(groups[b]) for a, b in combinations(fitting, 2))
        for end in (at, other)
        if (fitting := [one for one in told if one != end and fit(groups[one], groups[end])])
    )


def _coined(rest: str) -> bool:
    """Whether a company's name is of several words, or one that nobody else would come upon."""
    return " " in rest or (rest.isascii() and len(rest) >= _COINED)


def _by_number(groups: Sequence[Group]) -> Iterable[Edge]:
    """Each with each, so that one that is told from the others leaves them together."""
    bearers: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        for number in (*group.identifiers, *group.other_numbers):
            bearers.setdefault(number, []).append(at)
    for number, members in bearers.items():
        sure = number.split(":", 1)[0] in PROVEN
        pairs_of = combinations(members, 2) if len(members) <= _MANY else pairwise(members)
        for left, right in pairs_of:
            if sure or named_alike(groups[left].parts, groups[right].parts):
                yield Edge(-_SAME_NUMBER, left, right, "identifier", ("identifier: same",))


def _by_parent(groups: Sequence[Group]) -> Iterable[Edge]:
    """A company and its parent of the same name."""
    bearers: dict[str, list[int]] = {}
    wanted = {number for group in groups for number in group.parents}
    for at, group in enumerate(groups):
        for number in group.identifiers:
            if number in wanted:
                bearers.setdefault(number, []).append(at)
    for at, group in enumerate(groups):
        for number in group.parents:
            for other in bearers.get(number, ()):
                if other != at and group.is_of(groups[other]):
                    left, right = sorted((at, other))
                    yield Edge(-_SAME_NUMBER, left, right, "one_parent", (f"parent: {number}",))


def _by_model(groups: Sequence[Group]) -> Iterable[Edge]:
    numbers = [",".join(group.identifiers) for group in groups]
    for pair in pairs([group.parts for group in groups], numbers):
        if not _vetoed(groups[pair.left].parts, groups[pair.right].parts, pair):
            levels = tuple(f"{part}: {level}" for part, level in pair.levels.items())
            yield Edge(-pair.probability, pair.left, pair.right, _rule(pair), levels)


def _rule(pair: Pair) -> str:
    if not pair.levels["rest"].startswith("same"):
        return "similar_name"
    return "place_left_out" if pair.levels["place"] == "not known" else "same_name_nearby"


def _vetoed(left: Parts, right: Parts, pair: Pair) -> bool:
    """What no probability outweighs: another number, unit, kind or place; a similar name that is
    not long; and a name without a place that says too little to be the only one."""
    if left.marks != right.marks or left.unit != right.unit or left.key[1] != right.key[1]:
        return True
    if left.form and right.form and left.form != right.form:
        return True
    if pair.levels["identifier"] == "differs" or pair.levels["place"] == "differs":
        return True
    if pair.levels["rest"].startswith("same"):
        return pair.levels["place"] != "same" and not (
            left.kind != "public_body" and says_enough(left) and says_enough(right)
        )
    return pair.levels["rest"] == "differs" or pair.levels["place"] != "same"


def _judged(
    judgements: Sequence[Judgement], groups: Sequence[Group]
) -> tuple[list[Edge], list[tuple[int, int]]]:
    """Joins and separations that people said, the last word on each pair."""
    if not judgements:
        return [], []
    at = {name.name_id: number for number, group in enumerate(groups) for name in group.names}
    last: dict[tuple[int, int], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.by, j.verdict)):
        ends = sorted(at[x] for x in (judgement.left, judgement.right) if x in at)
        if judgement.kind == "organisation" and len(ends) == 2 and ends[0] != ends[1]:
            last[ends[0], ends[1]] = judgement
    joined = [
        Edge(-_JUDGED, left, right, "judged", (f"{judgement.by}: same",))
        for (left, right), judgement in sorted(last.items())
        if judgement.verdict == "same"
    ]
    return joined, [pair for pair, j in sorted(last.items()) if j.verdict == "different"]
