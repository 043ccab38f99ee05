"""What a release says it costs: budget, ceiling and award, with their evidence.

``planning.budget.amount`` is the money reserved for this procurement, ``tender.value`` its
estimated value: the first is the budget where both are given, the second is kept beside it.
A framework's maximum is the ceiling. The award is the sum of the awards that stand, in a contract
notice of the contracts that stand. Where the release tells of the awards too (a compiled one, or
one tagged as both), each award counts with its contracts' value if it has any, else with its own;
where it announces contracts alone, a contract without a value counts with its award's.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.stage import standing, tells_of_contracts_alone
from sousveil.extract.ocds.table import RELEASE
from sousveil.extract.record_scan import Members, Node
from sousveil.extract.stated import UNKNOWN_CURRENCY
from sousveil.model import Field, Money, MoneyKind, NoticeType
from sousveil.text.currency import settle

(_AWARDS, _VALUE), (_CONTRACTS, _) = (path.split("/") for path in RELEASE["award"].paths)
_ISO = re.compile(r"[A-Z]{3}")
_CURRENCY = re.compile(r'"currency"\s*+:\s*+"([A-Z]{3})"')


class Amounts(msgspec.Struct, frozen=True):
    """The amounts of a release; ``others`` are stated too but are not the figure that counts."""

    budget: Field[Money] | None = None
    ceiling: Field[Money] | None = None
    award: Field[Money] | None = None
    others: tuple[Field[Money], ...] = ()
    currency: Field[str] | None = None


def money(reader: Reader, value: Node | None, kind: MoneyKind) -> Field[Money] | None:
    """A ``value`` object as money; its evidence is the number."""
    if not isinstance(value, dict):
        if value is not None and not reader.is_null(value):
            reader.flag("amount_unreadable")
        return None
    amount, node = reader.number(value.get("amount")), value.get("amount")
    if amount is None or not isinstance(node, tuple):
        return None
    code, confidence = _currency(reader, value)
    evidence = reader.evidence(node)
    written = value.get("currency")
    if isinstance(written, tuple):
        reader.currencies[evidence.start] = written
    return Field(Money(amount, code, kind), evidence.quote, evidence, confidence)


def _currency(reader: Reader, value: Members) -> tuple[str, float]:
    stated = reader.plain(value.get("currency")) or ""
    if _ISO.fullmatch(stated):
        return stated, 1.0
    known = settle(stated, None) or settle(stated.upper(), None)
    if known is not None:
        return known, 0.9
    if reader.only_currency is None:
        elsewhere = set(_CURRENCY.findall(reader.text))
        reader.only_currency = elsewhere.pop() if len(elsewhere) == 1 else ""
    if reader.only_currency:
        reader.flag("currency_taken_from_elsewhere")
        return reader.only_currency, 0.7
    reader.flag("currency_not_stated")
    return UNKNOWN_CURRENCY, 0.5


def total(reader: Reader, addends: list[Field[Money]], kind: MoneyKind) -> Field[Money] | None:
    """The sum of amounts in one currency; its evidence is the first, ``raw`` shows them all.

    None, with a flag, where they are in several currencies.
    """
    if not addends:
        return None
    first = addends[0]
    if len({field.value.currency for field in addends}) > 1:
        reader.flag(f"{'budget' if kind == 'budget' else 'award'}_in_several_currencies")
        return None
    if len(addends) == 1:
        return msgspec.structs.replace(
            first, value=Money(first.value.amount, first.value.currency, kind)
        )
    amount = sum((field.value.amount for field in addends), Decimal(0))
    return Field(
        Money(amount, first.value.currency, kind),
        " + ".join(field.raw for field in addends),
        first.evidence,
        min(0.9, *(field.confidence for field in addends)),
    )


def find_amounts(reader: Reader, release: Members, kind: NoticeType, *, compiled: bool) -> Amounts:
    """All amounts of a release of this type."""
    planned, estimated = _budgets(reader, release)
    ceiling = _first(reader, release, RELEASE["ceiling"].paths, "ceiling")
    parts = _award_parts(reader, release, kind, compiled=compiled)
    signed = any(part.value.kind == "contract" for part in parts)
    award = total(reader, parts, "contract" if signed else "award")
    budget = planned or estimated
    others = [estimated] if planned and estimated and planned.value != estimated.value else []
    if award is None:
        others += parts
    named = next((f for f in (award, budget, ceiling) if f), None)
    return Amounts(
        budget,
        ceiling,
        award,
        tuple(others),
        _currency_field(reader, named) if named else None,
    )


def _budgets(reader: Reader, release: Members) -> tuple[Field[Money] | None, Field[Money] | None]:
    """The money planned for it, and its estimated value: the tender's, else the sum of its lots."""
    *planned, whole, of_lots = RELEASE["budget"].paths
    lots = (money(reader, node, "budget") for node in reader.nodes(release, of_lots))
    estimated = _first(reader, release, [whole], "budget") or total(
        reader, [value for value in lots if value is not None], "budget"
    )
    return _first(reader, release, planned, "budget"), estimated


def _first(
    reader: Reader, release: Members, paths: Sequence[str], kind: MoneyKind
) -> Field[Money] | None:
    """The first amount that any of the paths leads to; what stands there and is none is flagged."""
    nodes = [node for path in paths for node in reader.nodes(release, path)]
    for node in nodes:
        if isinstance(node, dict) and isinstance(node.get("amount"), tuple):
            found = money(reader, node, kind)
            if found is not None:
                return found
    amounts = (node.get("amount") if isinstance(node, dict) else node for node in nodes)
    if any(isinstance(amount, list) for amount in amounts) or any(
        isinstance(node, tuple) and not reader.is_null(node) for node in nodes
    ):
        reader.flag("amount_unreadable")
    return None


def _values(reader: Reader, items: list[Members], kind: MoneyKind) -> list[Field[Money]]:
    found = (money(reader, item.get(_VALUE), kind) for item in items)
    return [value for value in found if value is not None]


def _award_parts(
    reader: Reader, release: Members, kind: NoticeType, *, compiled: bool
) -> list[Field[Money]]:
    """What the award is the sum of."""
    awards = standing(reader, reader.objects(release, _AWARDS))
    contracts = standing(reader, reader.objects(release, _CONTRACTS))
    if kind not in ("contract", "acceptance", "termination"):
        return _values(reader, awards, "award")
    if awards and (compiled or not tells_of_contracts_alone(reader, release)):
        return _per_award(reader, awards, contracts)
    return _of_contracts(reader, awards, contracts)


def _of_contracts(
    reader: Reader, awards: list[Members], contracts: list[Members]
) -> list[Field[Money]]:
    """Each contract with its value, else with that of its award; awards where none has any."""
    by_id = {reader.plain(award.get("id")) or "": award for award in awards}
    parts: list[Field[Money]] = []
    for contract in contracts:
        own = _values(reader, [contract], "contract")
        award = by_id.get(reader.plain(contract.get("awardID")) or "")
        parts += own or (_values(reader, [award], "award") if award else [])
    return parts or _values(reader, awards, "award")


def _per_award(
    reader: Reader, awards: list[Members], contracts: list[Members]
) -> list[Field[Money]]:
    """Each award with the value of its contracts, else its own; then contracts without an award."""
    signed: dict[str, list[Field[Money]]] = {}
    known = {reader.plain(award.get("id")) or "" for award in awards}
    for contract in contracts:
        key = reader.plain(contract.get("awardID")) or ""
        if len(awards) == 1 and key not in known:
            key = next(iter(known))
        signed.setdefault(key, []).extend(_values(reader, [contract], "contract"))
    parts: list[Field[Money]] = []
    for award in awards:
        own = signed.pop(reader.plain(award.get("id")) or "", None)
        parts += own or _values(reader, [award], "award")
    return parts + [value for values in signed.values() for value in values]


def _currency_field(reader: Reader, named: Field[Money]) -> Field[str] | None:
    """The currency as written beside the amount that was read."""
    written = reader.field(reader.currencies.get(named.evidence.start))
    if written is None:
        return None
    return Field(named.value.currency, written.raw, written.evidence, named.confidence)
