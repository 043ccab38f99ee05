"""The same name of a body in two places of which one lies within the other."""

from collections.abc import Iterable, Sequence

from sousveil.resolve.organisations.alike import alike
from sousveil.resolve.organisations.enough import has_own_name
from sousveil.resolve.organisations.model import trimmed
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Edge, Group, Parts
from sousveil.resolve.organisations.where import MUNICIPALITIES

_NEARBY = 0.95
_INSIDE = ("rest: same", "place: one within the other", "unit: same")


def by_place(groups: Sequence[Group]) -> Iterable[Edge]:
    """The same own name, one place within the other (萬豐國小 in a notice of 南投縣): one, where
    within the wider place only one narrower is named with it."""
    for members in alike(_name(group.parts) for group in groups):
        for at in members:
            wide = trimmed(groups[at].parts.place)
            inside = [m for m in members if trimmed(groups[m].parts.place).startswith(wide)]
            places = {groups[m].parts.place for m in inside} - {groups[at].parts.place}
            if len(places) == 1 and not _named_after_places(groups, inside):
                for other in inside:
                    if groups[other].parts.place in places:
                        left, right = sorted((at, other))
                        yield Edge(-_NEARBY, left, right, "same_name_nearby", _INSIDE)


def _name(parts: Parts) -> tuple[str, ...] | None:
    """A body's name without its place, where it has one of its own."""
    if parts.kind != "public_body" or not parts.place or not has_own_name(parts):
        return None
    return parts.country or "", parts.rest, parts.unit


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
