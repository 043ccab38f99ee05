"""Projects that belong together and are not one: phases, the same bought again, call-offs.

Counting needs them apart, people who read them need to find one from the other. Links never join:
they are made from what joining left, and say why.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sousveil.model import ProjectLink
from sousveil.resolve.prepared import Prepared, same_buyer, same_country

_MOST = 60
"""Projects of one name above which it is a form's name and links nothing."""


def links(notices: Sequence[Prepared], key_of: Mapping[int, str]) -> tuple[ProjectLink, ...]:
    """Links between projects, sorted. ``key_of``: the project key of each notice by its index."""
    found: dict[tuple[str, str], ProjectLink] = {}
    for link in (*_frameworks(notices, key_of), *_of_one_name(notices, key_of)):
        found.setdefault((link.left, link.right), link)
    return tuple(sorted(found.values()))


def _frameworks(notices: Iterable[Prepared], key_of: Mapping[int, str]) -> Iterator[ProjectLink]:
    """A call-off and the agreement whose number it has or names, else whose buyer and name."""
    blocks: dict[Hashable, list[Prepared]] = defaultdict(list)
    for notice in notices:
        for number in (notice.number, *notice.references):
            if number:
                blocks[number].append(notice)
        if notice.core and notice.buyer:
            blocks[notice.buyer, notice.core].append(notice)
    for members in blocks.values():
        called = {key_of[n.index]: n for n in reversed(members) if n.calloff}
        agreed = {key_of[n.index]: n for n in reversed(members) if not n.calloff}
        if called and len(agreed) == 1:
            [(framework, first)] = agreed.items()
            for key, notice in called.items():
                if key != framework and same_country(first, notice):
                    yield _link(
                        framework, key, "framework", "a call-off and its framework agreement"
                    )


def _of_one_name(notices: Iterable[Prepared], key_of: Mapping[int, str]) -> Iterator[ProjectLink]:
    """Projects of one buyer and name, each with the one before it: by phase, then by day."""
    blocks: dict[tuple[str, str], dict[str, Prepared]] = defaultdict(dict)
    for notice in sorted(notices, key=lambda n: (n.day is None, n.day or 0, n.index)):
        if notice.buyer and notice.core and not notice.calloff:
            blocks[notice.buyer, notice.core].setdefault(key_of[notice.index], notice)
    for firsts in blocks.values():
        if 1 < len(firsts) <= _MOST:
            for (left, one), (right, other) in pairwise(firsts.items()):
                if same_buyer(one, other) and same_country(one, other):
                    kind, reason = _why(one, other)
                    yield _link(left, right, kind, reason)


def _why(one: Prepared, other: Prepared) -> tuple[str, str]:
    parts = [_parts(notice.phase) for notice in (one, other)]
    if parts[0] != parts[1]:
        names = " and ".join(part or "without a phase" for part in parts)
        return "phase", f"the same buyer and name, another phase: {names}"
    return "again", "the same buyer and name, bought again"


def _parts(phase: str | None) -> str:
    """The phase without its year: the next year's purchase is no phase."""
    return " ".join(part for part in (phase or "").split() if not part.startswith("year:"))


def _link(one: str, other: str, kind: str, reason: str) -> ProjectLink:
    left, right = sorted((one, other))
    return ProjectLink(left, right, kind, reason)
