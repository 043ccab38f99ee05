"""Lots of a TED form, and the awards that belong to them."""

import re
from typing import Literal

from sousveil.extract.elements.amounts import joined
from sousveil.extract.elements.reader import Reader
from sousveil.extract.ted.forms import is_void
from sousveil.extract.ted.table import AWARD, LOT
from sousveil.extract.ted.values import money, shown, text, words
from sousveil.model import Field, Lot, Money, MoneyKind
from sousveil.text.outline import Element

_PLAIN_NUMBER = re.compile(r"(?:lot|los|lote|lotto|część|nr|no)?\W*0*(.*)", re.IGNORECASE)


def awards_of(reader: Reader, form: Element) -> list[Element]:
    """The awards of a form."""
    found: list[Element] = []
    for path in AWARD["awards"].paths:
        found = list(reader.all(form, path))
        if found:
            break
    return found


def suppliers_of(reader: Reader, awards: list[Element]) -> tuple[Field[str], ...]:
    """The names of those who won."""
    found: list[Element | None] = []
    for award in awards:
        for path in AWARD["suppliers"].paths:
            named = [shown(reader, each) for each in reader.all(award, path)]
            if any(reader.said(each) for each in named):
                found += named
                break
    return reader.fields(found)


def amounts_of(
    reader: Reader, awards: list[Element], field: str, kind: MoneyKind
) -> list[Field[Money] | None]:
    """What each award costs (``lots.award``) or was estimated to (``lots.budget``)."""
    return [
        next(
            (
                amount
                for path in AWARD[field].paths
                for each in reader.all(award, path)
                if (amount := money(reader, each, kind)) is not None
            ),
            None,
        )
        for award in awards
    ]


def given(reader: Reader, form: Element) -> list[Element]:
    """The awards of a form that somebody got."""
    return [award for award in awards_of(reader, form) if not is_void(reader, award)]


def objects_of(reader: Reader, form: Element) -> list[Element]:
    """The objects of a notice that announces several purchases at once (F01, F04); else none."""
    for path in LOT["objects"].paths:
        found = list(reader.all(form, path))
        if len(found) > 1:
            return found
    return []


def find_lots(
    reader: Reader, form: Element, kind: MoneyKind
) -> tuple[tuple[Lot, ...], Field[int] | None]:
    """The lots, and how many where there are several: evidence is what the last one is called."""
    objects = objects_of(reader, form)
    if objects:
        return _objects(reader, objects)
    awards: dict[str, list[Element]] = {}
    for award in awards_of(reader, form):
        awards.setdefault(_number(reader, award), []).append(award)
    holders = _holders(reader, form)
    numbers = [(reader.first_said(h, *LOT["lots.number"].paths), h) for h in holders]
    known: list[tuple[Element, Element | None]] = [(n, h) for n, h in numbers if n is not None]
    if not known:
        firsts = [own[0] for number, own in awards.items() if number]
        named = [reader.first_said(award, *AWARD["lots.number"].paths) for award in firsts]
        known = [(number, None) for number in named if number is not None]
    lots = tuple(
        _lot(reader, number, holder, awards.get(_plain(reader.said(number)), []), kind)
        for number, holder in known
    )
    return lots, _count(reader, [number for number, _ in known])


def _count(reader: Reader, names: list[Element]) -> Field[int] | None:
    if len(names) < 2:
        return None
    evidence = reader.evidence((names[-1].start, names[-1].end))
    return Field(len(names), evidence.quote, evidence, 0.9)


def _objects(reader: Reader, objects: list[Element]) -> tuple[tuple[Lot, ...], Field[int] | None]:
    """Each object as a lot: it has a title and an estimate of its own."""
    reader.flag("several_objects")
    lots: list[Lot] = []
    names: list[Element] = []
    for position, each in enumerate(objects, start=1):
        title = reader.first(each, *LOT["objects.title"].paths)
        names += words(reader, title)[:1]
        budget = reader.first_said(each, *LOT["objects.budget"].paths)
        number = reader.attribute(each, "ITEM") or str(position)
        lots.append(Lot(number, title=text(reader, title), budget=money(reader, budget, "budget")))
    return tuple(lots), _count(reader, names) if len(names) == len(objects) else None


def _holders(reader: Reader, form: Element) -> list[Element]:
    for path in LOT["lots"].paths:
        found = list(reader.all(form, path))
        if found:
            return found
    return []


def _number(reader: Reader, award: Element) -> str:
    return _plain(reader.said(reader.first_said(award, *AWARD["lots.number"].paths)))


def _plain(number: str) -> str:
    match = _PLAIN_NUMBER.fullmatch(" ".join(number.split()))
    return (match[1] if match is not None and match[1] else number).casefold()


def _lot(
    reader: Reader,
    number: Element,
    holder: Element | None,
    own: list[Element],
    kind: MoneyKind,
) -> Lot:
    said = reader.said(number)
    won = [award for award in own if not is_void(reader, award)]
    outcome: Literal["awarded", "void"] | None = "awarded" if won else "void" if own else None
    stated = money(reader, reader.first_said(holder, *LOT["lots.budget"].paths), "budget")
    estimated = [e for e in amounts_of(reader, own, "lots.budget", "budget") if e is not None]
    paid = [e for e in amounts_of(reader, won, "lots.award", kind) if e is not None]
    title = reader.first(holder, *LOT["lots.title"].paths)
    if title is None and own:
        title = reader.first(own[0], "TITLE", "CONTRACT_TITLE")
    return Lot(
        said,
        title=text(reader, title),
        budget=stated or joined(reader, estimated, "budget"),
        award=joined(reader, paid, kind),
        suppliers=suppliers_of(reader, won),
        outcome=outcome,
    )
