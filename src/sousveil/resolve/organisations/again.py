"""Joining names of which most were joined before: only what new ones may touch is joined anew.

Names that no rule compares, directly or through others, never change each other's organisations.
So names fall into circles that are resolved each for itself, and a circle whose names and
judgements are those of a run before has the result of then.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence

import msgspec

from sousveil.model import Judgement, NameKey, Organisation, OrganisationJoin
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.described import by_pair, wholes
from sousveil.resolve.organisations.enough import has_own_name
from sousveil.resolve.organisations.model import LONG, OPENING
from sousveil.resolve.organisations.records import ResolvedOrganisations, Said
from sousveil.resolve.organisations.said import Read, by_id, read, read_of
from sousveil.resolve.organisations.shortened import keys_of
from sousveil.resolve.organisations.slips import by_gaps, by_letters, by_spaces
from sousveil.resolve.tied import tied
from sousveil.resolve.uncollected import uncollected
from sousveil.resolve.worked_out import WorkedOut


class _Circle(msgspec.Struct):
    """What was found of the names of one circle, each list sorted."""

    organisations: list[Organisation] = []
    joins: list[OrganisationJoin] = []


@uncollected()
def resolve_again(
    names: Iterable[NameKey],
    judgements: Sequence[Judgement],
    known: WorkedOut,
    reader: Read = read,
) -> ResolvedOrganisations:
    """What ``resolve_organisations`` finds, the sooner the more of it is ``known``; counts there
    the names that were ``read`` before and anew, and the ``names`` whose circle was taken over and
    those that were joined anew. ``reader``: how names are read, where not here."""
    ordered = by_id(names)
    said = _said(ordered, known, reader)
    judged = _judged(judgements)
    found: list[_Circle] = []
    anew: dict[str, tuple[bytes, int]] = {}
    """By name id the key of its circle and its place in ``ordered``."""
    for members in _circles(ordered, said, judgements):
        given = [
            (ordered[at].name_id, ordered[at].identifiers, ordered[at].called, read_of(ordered[at]))
            for at in members
        ]
        told = sorted({n for at in members for n in judged.get(ordered[at].name_id, ())})
        key = known.key("circle", (given, [judgements[number] for number in told]))
        circle = known.find(key, _Circle)
        if circle is None:
            anew |= {ordered[at].name_id: (key, at) for at in members}
        else:
            found.append(circle)
            known.taken_over["names"] += len(members)
    known.anew["names"] += len(anew)
    of_anew = {name_id: said[at] for name_id, (_, at) in anew.items()}
    resolved = resolve_organisations(
        [ordered[at] for _, at in anew.values()],
        judgements,
        lambda names: [of_anew[name.name_id] for name in names],
    )
    circles = {key: _Circle() for key, _ in anew.values()}
    for one in resolved.organisations:
        circles[anew[one.name_ids[0]][0]].organisations.append(one)
    for join in resolved.joins:
        circles[anew[join.left][0]].joins.append(join)
    for key, circle in circles.items():
        known.note(key, circle)
    return _together([*found, *circles.values()])


def _said(names: Sequence[NameKey], known: WorkedOut, reader: Read) -> list[Said]:
    """What names say, those that are not known read together."""
    keys = [known.key("said", read_of(name)) for name in names]
    found = [known.find(key, Said) for key in keys]
    unread = [at for at, one in enumerate(found) if one is None]
    known.taken_over["read"] += len(names) - len(unread)
    known.anew["read"] += len(unread)
    for at, one in zip(unread, reader([names[at] for at in unread]), strict=True):
        known.note(keys[at], one)
        found[at] = one
    return [one for one in found if one is not None]


def _judged(judgements: Sequence[Judgement]) -> dict[str, list[int]]:
    """The numbers of the judgements on each name."""
    found: dict[str, list[int]] = {}
    for number, judgement in enumerate(judgements):
        for end in (judgement.left, judgement.right):
            found.setdefault(end, []).append(number)
    return found


def _circles(
    names: Sequence[NameKey], said: Sequence[Said], judgements: Iterable[Judgement]
) -> Iterator[list[int]]:
    """Names by number that may touch each other, directly or through others."""
    first: dict[Hashable, int] = {}
    ties = [
        (first.setdefault(key, at), at)
        for at, (name, one) in enumerate(zip(names, said, strict=True))
        for key in touching(name, one)
    ]
    numbers = {name.name_id: at for at, name in enumerate(names)}
    ties += [
        (numbers[j.left], numbers[j.right])
        for j in judgements
        if j.left in numbers and j.right in numbers
    ]
    circles: dict[int, list[int]] = {}
    for at, label in enumerate(tied(ties, len(names))):
        circles.setdefault(label, []).append(at)
    yield from circles.values()


def touching(name: NameKey, said: Said) -> Iterator[Hashable]:
    """Two names of which a rule may join one, part one or call one a unit of the other have one of
    these in common: the same name in one place (of equal parts, of a unit and its whole), a
    register's number, a place within another, a name that one gives as its own or that its notices
    give it, the letters of another or all but one, a block of the model (``model.BLOCKS``)."""
    parts = said.parts
    country, place, rest = parts.country or "", parts.place or "", parts.rest
    yield "parts", parts.key
    yield from (("parts", other) for other in said.others)
    if said.bare is not None:
        yield "parts", said.bare
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
    yield "whole", (parts.country, parts.place, rest)
    yield from (("whole", whole) for whole in wholes(parts))


def _together(circles: Iterable[_Circle]) -> ResolvedOrganisations:
    organisations = sorted(one for circle in circles for one in circle.organisations)
    joins = sorted((join for circle in circles for join in circle.joins), key=by_pair)
    org_of = {name_id: one.org_key for one in organisations for name_id in one.name_ids}
    return ResolvedOrganisations(tuple(organisations), tuple(joins), org_of)
