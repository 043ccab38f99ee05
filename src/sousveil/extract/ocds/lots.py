"""The lots of a release (the lots extension) with what each states of its own.

Awards say in ``relatedLots`` which lots they are for; where a release names no lots, those
mentions are the lots.
"""

from sousveil.extract.ocds.amounts import money, total
from sousveil.extract.ocds.parties import Directory
from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.stage import is_off, standing
from sousveil.extract.ocds.table import LOT
from sousveil.extract.record_scan import Leaf, Members
from sousveil.model import Field, Lot


def find_lots(
    reader: Reader, release: Members, directory: Directory
) -> tuple[tuple[Lot, ...], Field[int] | None]:
    """The lots, and how many where there are several: evidence is what the last one is called."""
    stated = reader.objects(release.get("tender"), "lots")
    awards = _by_lot(reader, release)
    numbers: list[tuple[str, Leaf | None, Members]] = []
    for position, lot in enumerate(stated, 1):
        node = lot.get(LOT["lots.number"].paths[0])
        leaf = node if isinstance(node, tuple) else None
        numbers.append((reader.plain(leaf) or str(position), leaf, lot))
    if not stated:
        numbers = [(number, leaf, {}) for number, (leaf, _) in awards.items()]
    lots = tuple(
        _lot(reader, number, lot, awards[number][1] if number in awards else [], directory)
        for number, _, lot in numbers
    )
    return lots, _count(reader, numbers)


def _count(reader: Reader, numbers: list[tuple[str, Leaf | None, Members]]) -> Field[int] | None:
    if len(numbers) < 2:
        return None
    _, leaf, lot = numbers[-1]
    for node in (leaf, lot.get("title"), lot.get("description"), lot.get("status")):
        if isinstance(node, tuple) and reader.plain(node) is not None:
            evidence = reader.evidence(node)
            return Field(len(numbers), evidence.quote, evidence, 0.9)
    return None


def _by_lot(reader: Reader, release: Members) -> dict[str, tuple[Leaf, list[Members]]]:
    """Awards by the lot they are for, with where that lot is first mentioned."""
    found: dict[str, tuple[Leaf, list[Members]]] = {}
    for award in reader.objects(release, "awards"):
        for name in ("relatedLots", "relatedLot"):
            for leaf in reader.leaves(award.get(name)):
                number = reader.plain(leaf)
                if number is not None:
                    found.setdefault(number, (leaf, []))[1].append(award)
    return found


def _lot(
    reader: Reader, number: str, lot: Members, awards: list[Members], directory: Directory
) -> Lot:
    good = standing(reader, awards)
    # An award for several lots at once says nothing of the price of one.
    own = [award for award in good if _lots_of(reader, award) == 1]
    values = [value for a in own if (value := money(reader, a.get("value"), "award"))]
    titled, described = LOT["lots.title"].paths
    void = is_off(reader, lot) or (bool(awards) and not good)
    return Lot(
        number,
        title=reader.field(lot.get(titled)) or reader.field(lot.get(described), 0.8),
        budget=money(reader, lot.get(LOT["lots.budget"].paths[0]), "budget"),
        award=total(reader, values, "award"),
        suppliers=directory.names(
            [supplier for a in good for supplier in reader.objects(a, "suppliers")]
        ),
        outcome="awarded" if good else "void" if void else None,
    )


def _lots_of(reader: Reader, award: Members) -> int:
    return sum(1 for name in ("relatedLots", "relatedLot") for _ in reader.leaves(award.get(name)))
