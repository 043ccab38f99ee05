"""What is told of organisations once names are joined: the name to show, the place, the reasons."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from sousveil.model import NameKey, Organisation, OrganisationJoin
from sousveil.resolve.organisations.clusters import Clusters
from sousveil.resolve.organisations.records import Edge, Group, Parts, ResolvedOrganisations

REASONS: Mapping[str, str] = {
    "same_parts": "the same name, place, unit and kind, written in two ways",
    "identifier": "the same number of a register",
    "place_left_out": "the same name; one of them leaves the place out",
    "same_name_nearby": "the same name, one place within the other",
    "other_form": "the same name with another legal form",
    "other_name": "one of the names gives the other as its own: in brackets, as its former one",
    "marks_left_out": "the same name, in one of them without the marks of its letters",
    "titled": "the title of a notice calls its buyer so",
    "one_project": "both are the buyer of one project, by a short form or in a title",
    "one_number": "a record gives the one's number to the other name too",
    "stated": "a notice's text gives the one the other's name: for short, before or since",
    "own_site": "the other's own site published the one's notices, and nobody else's",
    "own_office": "a record names as an office of the one the other, the same words cut short",
    "one_parent": "a record names as the one's parent the other, which has the same name",
    "spaces": "the same name, its words written together or apart",
    "swapped_letters": "the same name in the same place, two letters in the wrong order",
    "letter_left_out": "the same long name in the same place, a letter of one word left out",
    "similar_name": "nearly the same long name in the same place",
    "judged": "a person said so",
}
"""Every rule code of an organisation's join, in words."""
_POLICE = "公安局"
_POLICE_BRANCH = "公安分局"
"""The police of a district, which is a unit of the prefecture's, else the province's."""
_Whole = tuple[str | None, str | None, str]
"""Country, place and name."""
_SAME_PARTS = 0.97
_SPELLED = ("rest: same", "place: same", "unit: same")


def described(
    groups: Sequence[Group], clusters: Clusters, edges: Sequence[Edge]
) -> ResolvedOrganisations:
    """Organisations with their joins, sorted, and which one each name is."""
    members: dict[int, list[int]] = {}
    for at in range(len(groups)):
        members.setdefault(clusters.root(at), []).append(at)
    keys = {root: _org_key(groups[root].names[0].name_id) for root in members}
    units = _units(groups, clusters, keys)
    organisations = [
        _organisation(keys[root], [groups[at] for at in found], units.get(root))
        for root, found in members.items()
    ]
    joins = [_join(groups, edge) for edge in edges]
    joins += [_spelled(group, name) for group in groups for name in group.names[1:]]
    org_of = {name_id: one.org_key for one in organisations for name_id in one.name_ids}
    joins.sort(key=by_pair)
    return ResolvedOrganisations(
        tuple(sorted(organisations, key=attrgetter("org_key"))), tuple(joins), org_of
    )


by_pair = attrgetter("left", "right", "rule")
"""The order of joins. Two may be alike but for their levels: they stay in the order of edges."""


def _org_key(name_id: str) -> str:
    return "g" + hashlib.sha256(name_id.encode()).hexdigest()[:24]


def _organisation(key: str, groups: Sequence[Group], parent: str | None) -> Organisation:
    names = [name for group in groups for name in group.names]
    parts = [group.parts for group in groups]
    kinds = [p.kind for p in parts if p.kind != "unknown"]
    return Organisation(
        org_key=key,
        name=_shown(names),
        name_ids=tuple(sorted([name.name_id for name in names])),
        country=_one(min, {p.country for p in parts if p.country}),
        place=_one(_deepest_path, {name.place for name in names if name.place}),
        division=_one(_deepest_code, {p.place for p in parts if p.place and p.place.isdigit()}),
        kind=_one(_commonest, kinds) or "unknown",
        parent_key=parent,
        identifiers=tuple(sorted({i for name in names for i in name.identifiers})),
    )


def _one(choose: Callable[[Collection[str]], str], values: Collection[str]) -> str | None:
    """The value to keep of several, as ``choose`` has it; of one, as mostly, that one."""
    return choose(values) if len(values) > 1 else next(iter(values), None)


def _deepest_path(paths: Collection[str]) -> str:
    return max(paths, key=lambda path: (path.count("/"), path))


def _deepest_code(codes: Collection[str]) -> str:
    return max(codes, key=lambda code: (len(code.rstrip("0")), code))


def _commonest(kinds: Collection[str]) -> str:
    counts = Counter(kinds)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _shown(names: Sequence[NameKey]) -> str:
    """The commonest spelling, then the longest, then the first."""
    if len(names) == 1:
        return names[0].name
    counts = Counter(name.name for name in names)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _units(groups: Sequence[Group], clusters: Clusters, keys: Mapping[int, str]) -> dict[int, str]:
    """The organisation that each unit is one of, where a notice names it: the same name without
    the unit; of a district's police the prefecture's."""
    wanted = {at: said for at, group in enumerate(groups) if (said := wholes(group.parts))}
    sought = {whole for said in wanted.values() for whole in said}
    named: dict[_Whole, int] = {}
    for at, group in enumerate(groups):
        parts = group.parts
        whole = (parts.country, parts.place, parts.rest)
        if not parts.unit and whole in sought:
            named[whole] = at
    found: dict[int, str] = {}
    for at, said in wanted.items():
        for whole in said:
            other = named.get(whole)
            if other is not None and clusters.root(other) != clusters.root(at):
                found.setdefault(clusters.root(at), keys[clusters.root(other)])
                break
    return found


def wholes(parts: Parts) -> list[_Whole]:
    """What the organisation may be called that such a unit is one of, the nearest first."""
    if parts.unit:
        return [(parts.country, parts.place, parts.rest)]
    if parts.rest != _POLICE_BRANCH or not parts.place:
        return []
    wider = (parts.place[:4] + "00", parts.place[:2] + "0000")
    return [(parts.country, place, _POLICE) for place in wider]


def _join(groups: Sequence[Group], edge: Edge) -> OrganisationJoin:
    left, right = sorted((groups[edge.left].names[0].name_id, groups[edge.right].names[0].name_id))
    return OrganisationJoin(
        left, right, edge.rule, REASONS[edge.rule], _levels(edge.levels), -edge.weight
    )


@lru_cache(maxsize=1024)
def _levels(said: tuple[str, ...]) -> dict[str, str]:
    return dict(level.split(": ", 1) for level in said)


def _spelled(group: Group, name: NameKey) -> OrganisationJoin:
    left, right = sorted((group.names[0].name_id, name.name_id))
    reason = REASONS["same_parts"]
    return OrganisationJoin(left, right, "same_parts", reason, _levels(_SPELLED), _SAME_PARTS)
