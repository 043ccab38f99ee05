"""Which names are one organisation, and why.

Names whose every part agrees are one; so are names with the same registered number, and names that
the model (``model``) holds for one with a probability of 0.95. Never on one weak sign: a name that
says neither where nor anything of its own (人民医院) joins nothing. Two numbers of one register, a
number in the name that differs (第一, 第二), another unit or another place keep names apart, also
through others. What people judge outranks all of it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from sousveil.model import Judgement, NameKey
from sousveil.resolve.organisations.claimed import by_bare_name, by_called, by_other_name
from sousveil.resolve.organisations.clusters import Clusters
from sousveil.resolve.organisations.company_forms import may_change
from sousveil.resolve.organisations.described import described
from sousveil.resolve.organisations.enough import (
    fit,
    has_own_name,
    named_alike,
    says_enough,
)
from sousveil.resolve.organisations.latin import joined, letters, swapped
from sousveil.resolve.organisations.latin_names import letter_left_out, with_gaps
from sousveil.resolve.organisations.model import THRESHOLD, Pair, pairs, trimmed
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import (
    PROVEN,
    Edge,
    Group,
    Parts,
    ResolvedOrganisations,
    proven,
)
from sousveil.resolve.organisations.where import MUNICIPALITIES

__all__ = ["THRESHOLD", "Group", "ResolvedOrganisations", "resolve_organisations"]

_SAME_PARTS = 0.97
_SAME_NUMBER = 0.995
_NEARBY = 0.95
_SWAPPED = 0.95
_SPACES = 0.96
_OTHER_FORM = 0.9
_JUDGED = 1.0
_MANY = 40
"""Groups of one number that are joined each with each; more of them in a row."""
_REFORMED = ("rest: same", "legal form: differs")
_INSIDE = ("rest: same", "place: one within the other", "unit: same")
_ALIKE = ("rest: same", "place: same", "unit: same", "identifier: not known")
_APART = ("rest: same but for spaces", "place: same", "legal form: same")
_GAP = ("rest: one letter left out", "place: same", "unit: same", "legal form: same")
_LETTERS = ("rest: two letters swapped", "place: same", "unit: same")
_COINED = 10
"""Letters of a word from which it is nobody else's name."""


def resolve_organisations(
    names: Iterable[NameKey],
    judgements: Sequence[Judgement] = (),
    apart: Mapping[str, Parts] | None = None,
) -> ResolvedOrganisations:
    """Join names to organisations. The result depends on the set of names and judgements alone,
    not on any order. ``apart``: the parts of all of them by name id, where they are known."""
    told = {end for j in judgements if j.verdict == "different" for end in (j.left, j.right)}
    groups = _groups(names, told, apart)
    clusters = Clusters([(*group.identifiers, *group.parents) for group in groups])
    at = {name.name_id: number for number, group in enumerate(groups) for name in group.names}
    joined, never = _judged(judgements, at)
    clusters.keep_apart(never)
    edges = {*joined, *_by_number(groups), *_by_parent(groups)}
    edges |= {*_by_parts(groups), *_by_place(groups)}
    edges |= {*by_other_name(groups), *by_bare_name(groups), *by_called(groups)}
    edges |= {*_by_letters(groups), *_by_spaces(groups)}
    edges |= set(_by_gaps(groups))
    edges |= set(_by_model(groups))
    kept = [edge for edge in sorted(edges) if clusters.join(edge)]
    return described(groups, clusters, kept)


def _groups(
    names: Iterable[NameKey],
    told: Collection[str] = (),
    apart: Mapping[str, Parts] | None = None,
) -> list[Group]:
    """Names that agree in parts and numbers, in the order of their first names' ids. A name that
    says too little stands alone, and so does one that is ``told`` from another."""
    found: dict[tuple[object, ...], list[NameKey]] = {}
    parts: dict[tuple[object, ...], Parts] = {}
    for name in sorted({name.name_id: name for name in names}.values()):
        one = parts_of(name) if apart is None else apart[name.name_id]
        enough = says_enough(one)
        alone = (name.name_id,) if name.name_id in told else ()
        key = (*one.key, one.form, proven(name), *alone) if enough else (name.name_id,)
        found.setdefault(key, []).append(name)
        parts.setdefault(key, one)
    return [Group(parts[key], tuple(members), proven(members[0])) for key, members in found.items()]


def _by_parts(groups: Sequence[Group]) -> Iterable[Edge]:
    """Equal parts, where one leaves out the number or the legal form. Where several others could
    be meant, which of them it is nobody can say."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, group in enumerate(groups):
        if says_enough(group.parts):
            alike.setdefault(group.parts.key, []).append(at)
    for members in alike.values():
        if len(members) < 2:
            continue
        yield from _other_forms(groups, members)
        yield from _equal(groups, members)
        for at in members:
            fuller = [other for other in members if _says_more(groups[other], groups[at])]
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
        first.setdefault((groups[at].parts.form, groups[at].identifiers), []).append(at)
    for alike in first.values():
        for left, right in combinations(alike, 2):
            yield Edge(-_SAME_PARTS, left, right, "same_parts", _ALIKE)


def _says_more(other: Group, group: Group) -> bool:
    more = len(other.identifiers) + bool(other.parts.form)
    return more > len(group.identifiers) + bool(group.parts.form) and fit(other, group)


def _by_place(groups: Sequence[Group]) -> Iterable[Edge]:
    """The same own name, one place within the other (萬豐國小 in a notice of 南投縣): one, where
    within the wider place only one narrower is named with it."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, group in enumerate(groups):
        parts = group.parts
        if parts.kind == "public_body" and parts.place and has_own_name(parts):
            alike.setdefault((parts.country or "", parts.rest, parts.unit), []).append(at)
    for members in alike.values():
        for at in members if len(members) > 1 else ():
            wide = trimmed(groups[at].parts.place)
            inside = [m for m in members if trimmed(groups[m].parts.place).startswith(wide)]
            places = {groups[m].parts.place for m in inside} - {groups[at].parts.place}
            if len(places) == 1 and not _named_after_places(groups, inside):
                for other in inside:
                    if groups[other].parts.place in places:
                        left, right = sorted((at, other))
                        yield Edge(-_NEARBY, left, right, "same_name_nearby", _INSIDE)


def _named_after_places(groups: Sequence[Group], members: Sequence[int]) -> bool:
    """Two names that say places themselves, one a province's: universities and hospitals bear one
    name in several places (江苏科技大学 and 苏州科技大学, 浙江康宁医院 and 温州康宁医院)."""
    told = [at for at in members if any(parts_of(name).placed for name in groups[at].names)]
    if len(told) < 2 or groups[told[0]].parts.country != "CN":
        return False
    places = [groups[at].parts.place or "" for at in told]
    if any(place.startswith(MUNICIPALITIES) for place in places):
        return groups[told[0]].parts.rest.endswith(("大学", "学院"))
    widely = groups[told[0]].parts.rest.endswith(("大学", "学院", "医院"))
    return widely or any(place.endswith("0000") for place in places)


def _coined(rest: str) -> bool:
    """Whether a company's name is of several words, or one that nobody else would come upon."""
    return " " in rest or (rest.isascii() and len(rest) >= _COINED)


def _by_letters(groups: Sequence[Group]) -> Iterable[Edge]:
    """Long words in Latin letters of which two changed places, in the same place and unit."""
    for members in _alike(groups, by_letters):
        for left, right in combinations(members, 2):
            if swapped(groups[left].parts.rest, groups[right].parts.rest):
                yield Edge(-_SWAPPED, left, right, "swapped_letters", _LETTERS)


def _by_spaces(groups: Sequence[Group]) -> Iterable[Edge]:
    """Companies whose words are written together in one name and apart in the other."""
    for members in _alike(groups, by_spaces):
        for left, right in pairwise(members):
            if groups[left].parts.rest != groups[right].parts.rest:
                yield Edge(-_SPACES, left, right, "spaces", _APART)


def _by_gaps(groups: Sequence[Group]) -> Iterable[Edge]:
    """Long names in Latin letters of which one left a letter of a long word out."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, group in enumerate(groups):
        for key in by_gaps(group.parts):
            alike.setdefault(key, []).append(at)
    for members in alike.values():
        for left, right in combinations(members, 2):
            if letter_left_out(groups[left].parts.rest, groups[right].parts.rest):
                yield Edge(-_SWAPPED, left, right, "letter_left_out", _GAP)


def by_gaps(parts: Parts) -> list[tuple[str, ...]]:
    """Each equal for names of which one may have left a letter out."""
    said = (*parts.key[:3], parts.unit, parts.form, parts.marks)
    return [(*said, gap) for gap in with_gaps(parts.rest)]


def by_letters(parts: Parts) -> tuple[str, ...] | None:
    """Equal for names of which one may be the other with letters out of place; else None."""
    if not parts.place or not says_enough(parts) or not parts.rest.isascii():
        return None
    return (*parts.key[:3], parts.unit, parts.form, *letters(parts.rest))


def by_spaces(parts: Parts) -> tuple[str, ...] | None:
    """Equal for companies' names that differ in spaces alone; else None."""
    if parts.kind == "public_body" or not parts.rest.isascii() or not joined(parts.rest):
        return None
    return (parts.country or "", parts.place or "", parts.form, joined(parts.rest))


def _alike(
    groups: Sequence[Group], key_of: Callable[[Parts], tuple[str, ...] | None]
) -> Iterable[list[int]]:
    """Groups by number, two or more that have one key."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, group in enumerate(groups):
        key = key_of(group.parts)
        if key is not None:
            alike.setdefault(key, []).append(at)
    return [members for members in alike.values() if len(members) > 1]


def _by_number(groups: Sequence[Group]) -> Iterable[Edge]:
    """Each with each, so that one that is told from the others leaves them together."""
    alike: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        for identifier in group.identifiers:
            alike.setdefault(identifier, []).append(at)
        for number in group.other_numbers:
            alike.setdefault(number, []).append(at)
    for number, members in alike.items():
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
    judgements: Sequence[Judgement], at: Mapping[str, int]
) -> tuple[list[Edge], list[tuple[int, int]]]:
    """Joins and separations that people said, the last word on each pair."""
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
