"""Joins by a name that one organisation alone is said to bear: by its own name, by its notices."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from sousveil.model import Called
from sousveil.resolve.organisations.enough import fit, says_enough
from sousveil.resolve.organisations.records import Edge, Group, Key, Parts
from sousveil.resolve.organisations.shortened import SMALL, keys_of
from sousveil.resolve.organisations.words import GENERIC_OWN

_OTHER_NAME = 0.96
_CALLED = 0.96
_GIVEN = ("other name: given",)
_LEAST = 3
_BARE = ("rest: same but for marks", "place: same")


def by_other_name(groups: Sequence[Group]) -> Iterable[Edge]:
    """The other name that a name gives of itself, where one organisation alone claims it."""
    claims: dict[Key, set[int]] = {}
    for at, group in enumerate(groups):
        for other in group.others:
            claims.setdefault(other, set()).add(at)
    for _, at, bearer in _claimants(groups, claims):
        yield Edge(-_OTHER_NAME, min(at, bearer), max(at, bearer), "other_name", _GIVEN)


def by_bare_name(groups: Sequence[Group]) -> Iterable[Edge]:
    """The name as it stands without its marks, where one organisation alone is written so."""
    claims: dict[Key, set[int]] = {}
    for at, group in enumerate(groups):
        for bare in group.bare:
            claims.setdefault(bare, set()).add(at)
    for _, at, bearer in _claimants(groups, claims):
        if fit(groups[at], groups[bearer]):
            yield Edge(-_OTHER_NAME, min(at, bearer), max(at, bearer), "marks_left_out", _BARE)


def by_called(groups: Sequence[Group]) -> Iterable[Edge]:
    """The other name by which notices call a body, where they call one alone so: as their reason
    the words of the first notice in the order of words."""
    claims: dict[Key, set[int]] = {}
    said: dict[tuple[Key, int], Called] = {}
    for at, group in enumerate(groups):
        for name in group.called:
            for called in name.called:
                for key in keys_of(called, name):
                    claims.setdefault(key, set()).add(at)
                    first = said.setdefault((key, at), called)
                    said[key, at] = min(first, called, key=lambda c: (c.sign, c.words))
    reasons: dict[tuple[int, int, str], str] = {}
    for key, at, other in _claimants(groups, claims):
        why = said[key, at]
        pair = (min(at, other), max(at, other), why.sign)
        reasons[pair] = min(reasons.get(pair, why.words), why.words)
    for (left, right, sign), words in reasons.items():
        yield Edge(-_CALLED, left, right, sign, (f"called so: {words}",))


def _claimants(
    groups: Sequence[Group], claims: Mapping[Key, set[int]]
) -> Iterable[tuple[Key, int, int]]:
    """Who claims a name, and who bears it: where the claimants are one by their own names, and
    nothing parts those that bear it."""
    borne: dict[Key, list[int]] = {}
    for at, group in enumerate(groups):
        if group.key in claims and _may_be_claimed(group.parts):
            borne.setdefault(group.key, []).append(at)
    for key, targets in borne.items():
        claimants = sorted(claims[key])
        one = len({groups[at].key for at in claimants}) == 1
        alike = all(fit(groups[a], groups[b]) for a, b in combinations(targets, 2))
        for at, other in product(claimants, targets) if one and alike else ():
            if at != other:
                yield key, at, other


def _may_be_claimed(parts: Parts) -> bool:
    """A name that says enough; letters alone; of the whole of a small country a short form too
    (國科會), which in a large one bodies of several places may have (友谊医院)."""
    acronym = parts.kind == "public_body" and " " not in parts.rest and parts.rest.isascii()
    national = parts.country in SMALL and parts.place is None and not parts.open
    short = national and len(parts.rest) >= _LEAST and not GENERIC_OWN.match(parts.rest)
    return says_enough(parts) or acronym or short
