"""Which figure counts for a project, and why: each sum of money once.

A procurement states its money over and over: a budget, a correction of it, an award, a contract
for the award or for a lot of it. An award outranks a budget, a budget a ceiling; of one kind the
latest outranks what was before, lot by lot: lots that were awarded in notices of their own are
added, and a notice of all lots outranks notices of some.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from sousveil.resolve.member import Member
from sousveil.resolve.naming import named
from sousveil.resolve.numbers import lot_of

KINDS = ("award", "budget", "ceiling")
"""From the figure that outranks the others."""
_CONTRACTS = frozenset({"contract", "acceptance"})
_LAID_DOWN = {
    "award": "the award or contract amount stated last",
    "budget": "no award is stated: the budget stated last",
    "ceiling": "neither award nor budget is stated: the ceiling stated last",
}
_OF_PARTS = "the award: the contracts after it are for parts of it"
_OF_ALL = "the notice of all lots: those of single lots are parts of it"
_LOTS_ADDED = "the sum of {count} lots, each stated in notices of its own"
_CONTRACTS_ADDED = "the sum of {count} contracts with different suppliers: no award is stated"


class Counted(msgspec.Struct, frozen=True):
    """The figure that counts. ``notice_ids``: the notices it stands in, several where it is a sum;
    the last of them is ``notice_id``. ``usd`` is None where a part of it has none."""

    amount: Decimal
    usd: Decimal | None
    kind: str
    reason: str
    notice_ids: tuple[str, ...]

    @property
    def notice_id(self) -> str:
        """The notice that was stated last."""
        return self.notice_ids[-1]


def count(firsts: Sequence[Member]) -> Counted | None:
    """The figure of a project's notices, which come in order and without copies; None where none
    states any."""
    for kind in KINDS:
        stated = [m for m in firsts if _figure(m, kind) is not None]
        if stated:
            return _awarded(stated) if kind == "award" else _of_lots(stated, kind)
    return None


def _awarded(stated: Sequence[Member]) -> Counted:
    """Awards and contracts together: a contract states its award once more, or a part of it."""
    contracts = [m for m in stated if m.notice_type in _CONTRACTS]
    awards = [m for m in stated if m.notice_type not in _CONTRACTS]
    if not awards:
        return _of_suppliers(contracts) or _of_lots(contracts, "award")
    given = _of_lots(awards, "award")
    if not contracts:
        return given
    if len(given.notice_ids) > 1 or _are_parts(contracts, awards[-1], given.amount):
        return _held_against(contracts, given)
    return _of_lots(stated, "award")


def _are_parts(contracts: Sequence[Member], award: Member, given: Decimal) -> bool:
    """Whether contracts are for parts of an award: they are several of different amounts, or one
    with fewer suppliers, and none is as large as all of it."""
    several = len({m.award for m in contracts}) > 1
    fewer = any(0 < len(m.suppliers) < len(award.suppliers) for m in contracts)
    return (several or fewer) and max(m.award or Decimal(0) for m in contracts) < given


def _held_against(contracts: Sequence[Member], given: Counted) -> Counted:
    """The award that contracts are parts of; a contract for all of it outranks a sum of lots."""
    largest = max(contracts, key=lambda m: (m.award or Decimal(0), m.notice_id))
    if len(given.notice_ids) > 1:
        if (largest.award or Decimal(0)) >= given.amount and not _lots(largest):
            return _one(largest, "award", _OF_ALL)
        return given
    return msgspec.structs.replace(given, reason=_OF_PARTS)


def _of_suppliers(contracts: Sequence[Member]) -> Counted | None:
    """Contracts that nobody's award stands before: the last with each supplier, where they are
    with different ones, in one currency and of no marked lots."""
    last: dict[tuple[str, ...], Member] = {}
    for contract in contracts:
        last[tuple(sorted(contract.suppliers))] = contract
    names = [name for suppliers in last for name in suppliers]
    apart = len(names) == len(set(names)) and all(last)
    if len(last) < 2 or not apart or any(_lots(m) for m in last.values()):
        return None
    return _sum(list(last.values()), "award", _CONTRACTS_ADDED)


def _of_lots(stated: Sequence[Member], kind: str) -> Counted:
    """The latest figure; the sum where single lots have figures of their own, each the latest.

    A notice of all lots (one that marks none) outranks them where it states as much as their sum,
    or comes after all of them.
    """
    by_lot: dict[tuple[str, ...], Member] = {}
    whole: Member | None = None
    for member in stated:
        lots = _lots(member)
        if lots:
            by_lot.pop(lots, None)  # the order of the dictionary is that of the latest
            by_lot[lots] = member
        else:
            whole = member
    parts = [m for lots, m in by_lot.items() if not _covered(lots, by_lot)]
    added = _sum(parts, kind, _LOTS_ADDED) if len(parts) > 1 else None
    if whole is None:
        return added or _one(stated[-1], kind, _LAID_DOWN[kind])
    if added is None or whole is stated[-1] or added.amount <= (_figure(whole, kind) or Decimal(0)):
        return _one(whole, kind, _OF_ALL if parts else _LAID_DOWN[kind])
    return added


def _covered(lots: tuple[str, ...], by_lot: Mapping[tuple[str, ...], Member]) -> bool:
    """Whether another notice is of these lots and more."""
    return any(set(lots) < set(other) for other in by_lot)


def _lots(member: Member) -> tuple[str, ...]:
    """The lots that a notice says it is of; none where it is of all."""
    marked = named(member.project_name, None).lots
    if marked or member.project_id is None:
        return marked
    lot = lot_of(member.project_id)
    return (lot,) if lot else ()


def _sum(members: Sequence[Member], kind: str, reason: str) -> Counted | None:
    """The sum, None where the parts are of several currencies."""
    if len({m.currency for m in members}) > 1:
        return None
    figures = [_figure(m, kind) or Decimal(0) for m in members]
    dollars = [_usd(m, kind) for m in members]
    known = [value for value in dollars if value is not None]
    usd = sum(known, start=Decimal(0)) if len(known) == len(dollars) else None
    ids = tuple(m.notice_id for m in members)
    told = reason.format(count=len(members))
    return Counted(sum(figures, start=Decimal(0)), usd, kind, told, ids)


def _one(member: Member, kind: str, reason: str) -> Counted:
    amount = _figure(member, kind) or Decimal(0)
    return Counted(amount, _usd(member, kind), kind, reason, (member.notice_id,))


def _figure(member: Member, kind: str) -> Decimal | None:
    return {"award": member.award, "budget": member.budget, "ceiling": member.ceiling}[kind]


def _usd(member: Member, kind: str) -> Decimal | None:
    return {
        "award": member.award_usd,
        "budget": member.budget_usd,
        "ceiling": member.ceiling_usd,
    }[kind]
