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
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from sousveil.resolve.blocks import Blocks, Decision
from sousveil.resolve.components import Components
from sousveil.resolve.contradiction import phases_differ
from sousveil.resolve.numbers import Strength, bare, respelled, stem, strength, unsuffixed
from sousveil.resolve.prepared import Prepared, may_be_one, same_buyer, similar_name
from sousveil.resolve.wording import says_another

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


def join_by_number(blocks: Blocks, components: Components) -> None:
    """The same project number, one that the other names as its original or former number, or one
    that is the same but for its spelling or a mark of a call, lot or contract."""
    for number, members in _by_number(blocks.notices).items():
        if len(members) > 1:
            components.take(blocks.decided(_one_number, members, number))
    for members, plain in _by_stem(blocks.notices):
        components.take(blocks.decided(_variants, [*members, *plain], len(members)))


def _by_number(notices: Iterable[Prepared]) -> dict[str, list[Prepared]]:
    under: dict[str, list[Prepared]] = defaultdict(list)
    for notice in notices:
        if notice.number:
            under[notice.number].append(notice)
        for reference in notice.references:
            under[reference].append(notice)
    return under


def _by_stem(notices: Iterable[Prepared]) -> Iterator[tuple[list[Prepared], list[Prepared]]]:
    """The notices of each strong number in all its spellings, and those whose number is that one
    with digits behind; numbers of one spelling without any such are left out."""
    under: dict[str, list[Prepared]] = defaultdict(list)
    behind: dict[str, list[Prepared]] = defaultdict(list)
    for notice in notices:
        if notice.number:
            root = stem(notice.number) or notice.number
            under[bare(root)].append(notice)
            shorter = unsuffixed(root)
            if shorter:
                behind[bare(shorter)].append(notice)
    for key, members in under.items():
        one = key not in behind and len({notice.number for notice in members}) == 1
        if not one and strength(key) >= Strength.STRONG:
            yield members, behind.get(key, [])


def _variants(block: Sequence[Prepared], spelled: int) -> Iterator[Decision]:
    """Numbers that are one but for their spelling, or a mark of a call, lot or contract: the first
    ``spelled`` of a block; the rest have digits behind it that may be such a mark."""
    # Spelling after spelling: of very many the first are compared.
    by_spelling: dict[str | None, list[Prepared]] = defaultdict(list)
    for notice in block[:spelled]:
        by_spelling[notice.number].append(notice)
    members = [notice for notices in by_spelling.values() for notice in notices]
    if _is_suspicious(Strength.SPECIFIC, members):
        return
    heads = _heads(members)
    for left, right in combinations(heads, 2):
        if _respelled(left, right) and _may_be_variants(left, right, sure=True):
            yield left, right, "number_variant"
    for right in _heads(block[spelled:]):
        for left in heads:
            if _may_be_variants(left, right, sure=False):
                yield left, right, "number_variant"


def _heads(members: Iterable[Prepared]) -> list[Prepared]:
    """One notice of each number, buyer and name: more need no comparing."""
    first: dict[tuple[str | None, ...], Prepared] = {}
    for notice in members:
        first.setdefault((notice.number, notice.buyer, notice.core, notice.country), notice)
    return list(first.values())[:_MAX_COMPARED]


def _respelled(left: Prepared, right: Prepared) -> bool:
    one, other = (stem(n.number or "") or n.number or "" for n in (left, right))
    return left.number != right.number and respelled(one, other)


def _may_be_variants(left: Prepared, right: Prepared, *, sure: bool) -> bool:
    if not may_be_one(left, right):
        return False
    buyer, name = same_buyer(left, right), similar_name(left, right)
    if sure:
        return buyer or name
    unnamed = left.core is None or right.core is None
    return buyer and (unnamed or (name and not says_another(left.wording, right.wording)))


def _one_number(members: Sequence[Prepared], number: str) -> Iterator[Decision]:
    """Notices under one number, which is their own or one that they name."""
    proof = strength(number)
    suspicious = _is_suspicious(proof, members)
    for left, right in _pairs(members, number):
        agreement = _agreement(left, right, proof, suspicious)
        if agreement is not None:
            kind = "number" if left.number == right.number == number else "reference"
            yield left, right, f"{kind}{agreement}"


def _pairs(members: Iterable[Prepared], number: str) -> Iterator[tuple[Prepared, Prepared]]:
    """The first of each name and buyer, and of those that have the number for their own, with the
    others of it, and these firsts with each other."""
    groups: dict[tuple[object, ...], list[Prepared]] = defaultdict(list)
    for notice in members:
        own = notice.number == number
        groups[notice.buyer, notice.core, notice.country, own].append(notice)
    for head, *rest in groups.values():
        yield from ((head, member) for member in rest)
    heads = [group[0] for group in groups.values()]
    yield from combinations(heads, 2) if len(heads) <= _MAX_COMPARED else _near_pairs(heads)


def _near_pairs(heads: Iterable[Prepared]) -> Iterator[tuple[Prepared, Prepared]]:
    """Too many to compare each with each: only with the first of the same buyer or name."""
    first: dict[tuple[str, str], Prepared] = {}
    for head in heads:
        for kind, value in (("buyer", head.buyer), ("core", head.core)):
            if value is not None:
                other = first.setdefault((kind, value), head)
                if other is not head:
                    yield other, head


def _is_suspicious(proof: Strength, members: Sequence[Prepared]) -> bool:
    buyers = {notice.buyer for notice in members if notice.buyer}
    names = {notice.core for notice in members if notice.core}
    of_one = proof == Strength.SPECIFIC and len(buyers) == 1
    most = _MAX_NAMES_OF_ONE if of_one else _MAX_NAMES
    return len(buyers) > _MAX_BUYERS or len(names) > most


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
