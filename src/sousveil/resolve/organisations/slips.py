"""Names in Latin letters that differ by a slip: letters in the wrong order or left out, spaces."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from sousveil.resolve.organisations.alike import alike
from sousveil.resolve.organisations.enough import says_enough
from sousveil.resolve.organisations.latin import joined, letters, swapped
from sousveil.resolve.organisations.latin_names import letter_left_out, with_gaps
from sousveil.resolve.organisations.records import Edge, Group, Parts

_SWAPPED = 0.95
_SPACES = 0.96
_APART = ("rest: same but for spaces", "place: same", "legal form: same")
_GAP = ("rest: one letter left out", "place: same", "unit: same", "legal form: same")
_LETTERS = ("rest: two letters swapped", "place: same", "unit: same")


def groups_by_letters(groups: Sequence[Group]) -> Iterable[Edge]:
    """Long words in Latin letters of which two changed places, in the same place and unit."""
    for members in alike(by_letters(group.parts) for group in groups):
        for left, right in combinations(members, 2):
            if swapped(groups[left].parts.rest, groups[right].parts.rest):
                yield Edge(-_SWAPPED, left, right, "swapped_letters", _LETTERS)


def groups_by_spaces(groups: Sequence[Group]) -> Iterable[Edge]:
    """Companies whose words are written together in one name and apart in the other."""
    for members in alike(by_spaces(group.parts) for group in groups):
        for left, right in pairwise(members):
            if groups[left].parts.rest != groups[right].parts.rest:
                yield Edge(-_SPACES, left, right, "spaces", _APART)


def groups_by_gaps(groups: Sequence[Group]) -> Iterable[Edge]:
    """Long names in Latin letters of which one left a letter of a long word out."""
    gaps: dict[tuple[str, ...], list[int]] = {}
    for at, group in enumerate(groups):
        for key in by_gaps(group.parts):
            gaps.setdefault(key, []).append(at)
    for members in gaps.values():
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
