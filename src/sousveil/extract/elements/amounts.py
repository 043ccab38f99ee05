"""Sums of amounts that a notice states in parts, and what does not fit together."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from sousveil.extract.elements.reader import Reader
from sousveil.model import Field, Money, MoneyKind

_TOLERANCE = Decimal("0.01")


class Amounts(msgspec.Struct, frozen=True):
    """The amounts of a notice in one currency; ``others`` are stated too but do not count."""

    budget: Field[Money] | None
    ceiling: Field[Money] | None
    award: Field[Money] | None
    others: tuple[Field[Money], ...]
    currency: Field[str] | None


def joined(reader: Reader, parts: Sequence[Field[Money]], kind: MoneyKind) -> Field[Money] | None:
    """The sum of amounts that belong together (of several winners of a lot).

    Its evidence is the first, ``raw`` shows them all. None, with a flag, where they are in several
    currencies.
    """
    if not parts:
        return None
    first = parts[0]
    if len({part.value.currency for part in parts}) > 1:
        reader.flag("amounts_in_several_currencies")
        return None
    amount = sum((part.value.amount for part in parts), Decimal(0))
    money = Money(amount, first.value.currency, kind)
    raw = " + ".join(part.raw for part in parts)
    confidence = first.confidence if len(parts) == 1 else min(0.9, first.confidence)
    return Field(money, raw, first.evidence, confidence)


def summed(
    reader: Reader, parts: Sequence[Field[Money] | None], kind: MoneyKind, *, flag: str
) -> Field[Money] | None:
    """The total of what lots state, flagged ``<flag>_summed_from_lots``.

    None, flagged ``<flag>_of_some_lots``, where only some state it: that would be no total.
    """
    stated = [part for part in parts if part is not None]
    if len(stated) < len(parts):
        if stated:
            reader.flag(f"{flag}_of_some_lots")
        return None
    total = joined(reader, stated, kind)
    if total is not None:
        reader.flag(f"{flag}_summed_from_lots")
    return total


def check_against_lots(
    reader: Reader, total: Field[Money] | None, parts: Sequence[Field[Money] | None], name: str
) -> None:
    """Flag a total that is not the sum of its lots (more than one hundredth off), all given."""
    stated = [part.value for part in parts if part is not None]
    if total is None or not stated or len(stated) < len(parts):
        return
    if {part.currency for part in stated} == {total.value.currency}:
        lots = sum((part.amount for part in stated), Decimal(0))
        if abs(lots - total.value.amount) > _TOLERANCE * max(lots, total.value.amount):
            reader.flag(f"{name}_differs_from_lots")


def in_one_currency(
    reader: Reader,
    budget: Field[Money] | None,
    ceiling: Field[Money] | None,
    award: Field[Money] | None,
    others: Sequence[Field[Money]] = (),
) -> Amounts:
    """The amounts as the record export can show them: in the currency of the award, else budget.

    One in another currency is kept among the others, with a flag.
    """
    leading = award or budget or ceiling
    kept: list[Field[Money] | None] = []
    aside = list(others)
    for stated in (budget, ceiling, award):
        amount = stated
        currency = amount.value.currency if amount is not None else None
        if amount is not None and leading is not None and currency != leading.value.currency:
            reader.flag("amounts_in_several_currencies")
            aside.append(amount)
            amount = None
        kept.append(amount)
    written = reader.currency_of(leading)
    return Amounts(kept[0], kept[1], kept[2], tuple(aside), written)
