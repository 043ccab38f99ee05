"""Joins by numbers: OCDS ids, project numbers, and numbers that one notice names of another.

Agencies count alike, so that an equal number alone proves little: buyer or name must agree unless
the number is long and specific. A number under which very many names or buyers stand (a form's
number, an agency's registration) is no project's number whatever it looks like.

A number is written with and without dashes, brackets and 号; a new call, a lot or a contract puts a
mark behind it. Such variants need a buyer or a name that agrees, however long they are; digits
behind a dash alone, which may be a serial, need both, and a notice that has the number without
them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sousveil.resolve.components import Components
from sousveil.resolve.contradiction import phases_differ
from sousveil.resolve.numbers import Strength, bare, respelled, stem, strength, unsuffixed
from sousveil.resolve.prepared import Prepared, may_be_one, same_buyer, similar_name
from sousveil.resolve.wording import says_another

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


def join_by_number(notices: Sequence[Prepared], components: Components) -> None:
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
    _join_variants(notices, components)


def _join_variants(notices: Iterable[Prepared], components: Components) -> None:
    """Numbers that are one but for their spelling, or a mark of a call, lot or contract."""
    blocks: dict[str, dict[str, list[Prepared]]] = defaultdict(lambda: defaultdict(list))
    plain: dict[str, list[Prepared]] = defaultdict(list)
    for notice in notices:
        if notice.number:
            root = stem(notice.number) or notice.number
            blocks[bare(root)][notice.number].append(notice)
            shorter = unsuffixed(root)
            if shorter:
                plain[bare(shorter)].append(notice)
    for key, spelled in blocks.items():
        if (len(spelled) == 1 and key not in plain) or strength(key) < Strength.STRONG:
            continue
        members = [notice for notices in spelled.values() for notice in notices]
        if _is_suspicious(Strength.SPECIFIC, [(notice, True) for notice in members]):
            continue
        heads = _heads(members)
        if len(spelled) > 1:
            for place, left in enumerate(heads):
                for right in heads[place + 1 :]:
                    if _variants(left, right):
                        _join_variant(left, right, components, sure=True)
        for right in _heads(plain.get(key, ())):
            for left in heads:
                _join_variant(left, right, components, sure=False)


def _heads(members: Iterable[Prepared]) -> list[Prepared]:
    """One notice of each number, buyer and name: more need no comparing."""
    first: dict[tuple[str | None, ...], Prepared] = {}
    for notice in members:
        first.setdefault((notice.number, notice.buyer, notice.core, notice.country), notice)
    return list(first.values())[:_MAX_COMPARED]


def _variants(left: Prepared, right: Prepared) -> bool:
    one, other = (stem(n.number or "") or n.number or "" for n in (left, right))
    return left.number != right.number and respelled(one, other)


def _join_variant(left: Prepared, right: Prepared, components: Components, *, sure: bool) -> None:
    if not may_be_one(left, right):
        return
    buyer, name = same_buyer(left, right), similar_name(left, right)
    if not sure:
        unnamed = left.core is None or right.core is None
        name = name and not says_another(left.wording, right.wording)
        if not buyer or not (name or unnamed):
            return
    if buyer or name:
        components.join(left, right, "number_variant")


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
    if proof == Strength.WEAK and name:
        # Agencies count alike: a phase, a place or a number that differs in the names is enough.
        name = not phases_differ(left, right) and not says_another(left.wording, right.wording)
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
