"""Joins by numbers: OCDS ids, project numbers, and numbers that one notice names of another.

Agencies count alike, so that an equal number alone proves little: buyer or name must agree unless
the number is long and specific. A number under which very many names or buyers stand (a form's
number, an agency's registration) is no project's number whatever it looks like.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sousveil.resolve.components import Components
from sousveil.resolve.numbers import Strength, strength
from sousveil.resolve.prepared import Prepared, may_be_one, same_buyer, similar_name

_Member = tuple[Prepared, bool]
"""A notice under a number, and whether the number is its own (else one it names)."""

_MAX_BUYERS = 5
_MAX_NAMES = 8
_MAX_NAMES_OF_ONE = 60
"""Names under a long number of one buyer: each change of a large contract has its own title."""
_MAX_COMPARED = 40


def join_by_ocid(notices: Iterable[Prepared], components: Components) -> None:
    """The same contracting process."""
    first: dict[str, Prepared] = {}
    for notice in notices:
        if notice.ocid:
            components.join(first.setdefault(notice.ocid, notice), notice, "ocid")


def join_by_number(notices: Iterable[Prepared], components: Components) -> None:
    """The same project number, or one that the other names as its original or former number."""
    blocks: dict[str, list[_Member]] = defaultdict(list)
    for notice in notices:
        if notice.number:
            blocks[notice.number].append((notice, True))
        for reference in notice.references:
            blocks[reference].append((notice, False))
    for number, members in blocks.items():
        if len(members) > 1:
            _join_block(strength(number), members, components)


def _join_block(proof: Strength, members: Sequence[_Member], components: Components) -> None:
    suspicious = _is_suspicious(proof, members)
    groups: dict[tuple[str | None, str | None, str | None, bool], list[_Member]] = defaultdict(list)
    for notice, own in members:
        groups[notice.buyer, notice.core, notice.country, own].append((notice, own))
    heads: list[_Member] = []
    for group in groups.values():
        head = group[0]
        heads.append(head)
        for member in group[1:]:
            _join_pair(head, member, proof, suspicious, components)
    if len(heads) <= _MAX_COMPARED:
        for place, left in enumerate(heads):
            for right in heads[place + 1 :]:
                _join_pair(left, right, proof, suspicious, components)
        return
    _join_many(heads, proof, suspicious, components)


def _join_many(
    heads: Sequence[_Member], proof: Strength, suspicious: bool, components: Components
) -> None:
    """Too many to compare each with each: only with the first of the same buyer or name."""
    first: dict[tuple[str, str], _Member] = {}
    for head in heads:
        for kind, value in (("buyer", head[0].buyer), ("core", head[0].core)):
            if value is not None:
                other = first.setdefault((kind, value), head)
                if other is not head:
                    _join_pair(other, head, proof, suspicious, components)


def _is_suspicious(proof: Strength, members: Sequence[_Member]) -> bool:
    buyers = {notice.buyer for notice, _ in members if notice.buyer}
    names = {notice.core for notice, _ in members if notice.core}
    of_one = proof == Strength.SPECIFIC and len(buyers) == 1
    most = _MAX_NAMES_OF_ONE if of_one else _MAX_NAMES
    return len(buyers) > _MAX_BUYERS or len(names) > most


def _join_pair(
    left: _Member, right: _Member, proof: Strength, suspicious: bool, components: Components
) -> None:
    agreement = _agreement(left[0], right[0], proof, suspicious)
    if agreement is None:
        return
    kind = "number" if left[1] and right[1] else "reference"
    components.join(left[0], right[0], f"{kind}{agreement}")


def _agreement(left: Prepared, right: Prepared, proof: Strength, suspicious: bool) -> str | None:
    """What agrees beside the number, as the end of a rule code; None where it is not enough."""
    if not may_be_one(left, right):
        return None
    buyer, name = same_buyer(left, right), similar_name(left, right)
    if suspicious or proof == Strength.WEAK:
        # Two names that are both known must agree, and so must two buyers.
        unnamed = left.core is None or right.core is None
        if suspicious:
            enough = name and (buyer or proof == Strength.SPECIFIC)
        else:
            enough = (buyer and (name or unnamed)) or (
                name and (left.buyer is None or right.buyer is None)
            )
        if not enough:
            return None
        return "_and_buyer" if buyer else "_and_name"
    if buyer:
        return "_and_buyer"
    if name:
        return "_and_name"
    return "" if proof == Strength.SPECIFIC else None
