"""Joining names of which most were joined before: only what new ones may touch is joined anew.

Names that no rule compares, directly or through others, never change each other's organisations.
So names fall into circles that are resolved each for itself, and a circle whose names and
judgements are those of a run before has the result of then.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter

import msgspec
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sousveil.model import Judgement, NameKey, Organisation, OrganisationJoin
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.described import POLICE, POLICE_BRANCH, by_pair
from sousveil.resolve.organisations.enough import has_own_name
from sousveil.resolve.organisations.model import LONG, OPENING
from sousveil.resolve.organisations.other_names import bare_name, other_names
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Parts, ResolvedOrganisations
from sousveil.resolve.organisations.shortened import keys_of
from sousveil.resolve.organisations.slips import by_gaps, by_letters, by_spaces
from sousveil.resolve.uncollected import uncollected
from sousveil.resolve.worked_out import WorkedOut


class _Circle(msgspec.Struct):
    """What was found of the names of one circle, each list sorted."""

    organisations: list[Organisation] = []
    joins: list[OrganisationJoin] = []


@uncollected()
def resolve_again(
    names: Iterable[NameKey], judgements: Sequence[Judgement], known: WorkedOut
) -> ResolvedOrganisations:
    """What ``resolve_organisations`` finds, the sooner the more of it is ``known``; counts there
    the ``names`` whose circle was taken over and those that were joined anew."""
    ordered = sorted({name.name_id: name for name in names}.values(), key=attrgetter("name_id"))
    parts = [known.of("parts", _read(n), Parts, partial(parts_of, n)) for n in ordered]
    judged = _judged(judgements)
    found: list[_Circle] = []
    anew: dict[str, tuple[bytes, int]] = {}
    """By name id the key of its circle and its place in ``ordered``."""
    for members in _circles(ordered, parts, judgements):
        read = [
            (ordered[at].name_id, ordered[at].identifiers, ordered[at].called, _read(ordered[at]))
            for at in members
        ]
        said = sorted({n for at in members for n in judged.get(ordered[at].name_id, ())})
        key = known.key("circle", (read, [judgements[number] for number in said]))
        circle = known.find(key, _Circle)
        if circle is None:
            anew |= {ordered[at].name_id: (key, at) for at in members}
        else:
            found.append(circle)
            known.taken_over["names"] += len(members)
    known.anew["names"] += len(anew)
    apart = {name_id: parts[at] for name_id, (_, at) in anew.items()}
    resolved = resolve_organisations([ordered[at] for _, at in anew.values()], judgements, apart)
    circles = {key: _Circle() for key, _ in anew.values()}
    for one in resolved.organisations:
        circles[anew[one.name_ids[0]][0]].organisations.append(one)
    for join in resolved.joins:
        circles[anew[join.left][0]].joins.append(join)
    for key, circle in circles.items():
        known.note(key, circle)
    return _together([*found, *circles.values()])


def _read(name: NameKey) -> tuple[object, ...]:
    """What taking a name apart reads of it."""
    return name.name, name.country, name.place, name.buyer_type is not None


def _judged(judgements: Sequence[Judgement]) -> dict[str, list[int]]:
    """The numbers of the judgements on each name."""
    found: dict[str, list[int]] = {}
    for number, judgement in enumerate(judgements):
        for end in (judgement.left, judgement.right):
            found.setdefault(end, []).append(number)
    return found


def _circles(
    names: Sequence[NameKey], parts: Sequence[Parts], judgements: Iterable[Judgement]
) -> Iterator[list[int]]:
    """Names by number that may touch each other, directly or through others."""
    first: dict[Hashable, int] = {}
    ties = [
        (first.setdefault(key, at), at)
        for at, (name, one) in enumerate(zip(names, parts, strict=True))
        for key in touching(name, one)
    ]
    numbers = {name.name_id: at for at, name in enumerate(names)}
    ties += [
        (numbers[j.left], numbers[j.right])
        for j in judgements
        if j.left in numbers and j.right in numbers
    ]
    if not ties:
        return
    left, right = np.array(ties).T
    graph = coo_array((np.ones(len(ties), bool), (left, right)), shape=(len(names), len(names)))
    circles: dict[int, list[int]] = {}
    for at, label in enumerate(connected_components(graph, directed=False)[1].tolist()):
        circles.setdefault(label, []).append(at)
    yield from circles.values()


def touching(name: NameKey, parts: Parts) -> Iterator[Hashable]:
    """Two names of which a rule may join one, part one or call one a unit of the other have one of
    these in common: the same name in one place (of equal parts, of a unit and its whole), a
    register's number, a place within another, a name that one gives as its own or that its notices
    give it, the letters of another or all but one, a block of the model (``model.BLOCKS``)."""
    country, place, rest = parts.country or "", parts.place or "", parts.rest
    yield "parts", parts.key
    for other in other_names(name):
        yield "parts", other.key
    bare = bare_name(name)
    if bare is not None:
        yield "parts", bare.key
    for called in name.called:
        yield from (("parts", key) for key in keys_of(called, name))
        if called.number:
            yield "number", called.number
    for gap in by_gaps(parts):
        yield "gap", gap
    for kind, key in (("letters", by_letters(parts)), ("spaces", by_spaces(parts))):
        if key is not None:
            yield kind, key
    for identifier in name.identifiers:
        yield "number", identifier
    if parts.kind != "public_body":
        yield "own", country, rest, parts.marks
    elif place and has_own_name(parts):
        yield "near", country, rest, parts.unit
    if len(rest) >= LONG:
        yield "opening", country, place, parts.unit, parts.marks, rest[:OPENING]
    yield "whole", country, place, rest
    for wider in (place[:2] + "0000", place[:4] + "00") if rest == POLICE_BRANCH and place else ():
        yield "whole", country, wider, POLICE


def _together(circles: Iterable[_Circle]) -> ResolvedOrganisations:
    organisations = sorted(one for circle in circles for one in circle.organisations)
    joins = sorted((join for circle in circles for join in circle.joins), key=by_pair)
    org_of = {name_id: one.org_key for one in organisations for name_id in one.name_ids}
    return ResolvedOrganisations(tuple(organisations), tuple(joins), org_of)
