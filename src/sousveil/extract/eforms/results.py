"""Lots of an eForms notice with their results: winners, amounts and outcome.

A result names its lot and its tenders, a contract the tenders it was concluded for, a tender the
party that made it, and a party its organisations: all by technical identifier (``TEN-0001``).
"""

from typing import Literal

from sousveil.extract.eforms.organisations import Organisations, in_language
from sousveil.extract.eforms.table import EXTENSION, LOT, RESULT
from sousveil.extract.eforms.withheld import shown
from sousveil.extract.elements.amounts import joined
from sousveil.extract.elements.reader import Reader
from sousveil.model import Field, Lot, Money, MoneyKind
from sousveil.text.outline import Element

Outcome = Literal["awarded", "void"]
_OUTCOMES: dict[str, Outcome] = {"selec-w": "awarded", "clos-nw": "void"}


class Results:
    """``efac:NoticeResult``: what became of each lot."""

    def __init__(
        self, reader: Reader, root: Element, organisations: Organisations, language: str
    ) -> None:
        self._reader = reader
        self._language = language
        self._organisations = organisations
        self._result = reader.first(root, f"{EXTENSION}/NoticeResult")
        self._tenders = self._by_id("LotTender")
        self._parties = self._by_id("TenderingParty")
        self._results: dict[str, list[Element]] = {}
        for result in reader.all(self._result, "LotResult"):
            lot = reader.said(reader.first(result, "TenderLot/ID"))
            self._results.setdefault(lot, []).append(result)
        self.winning = self._winning()
        """The tenders that won, in the order of the notice."""
        self._won: dict[str, list[Element]] = {}
        for tender in self.winning:
            lot = reader.said(reader.first(tender, "TenderLot/ID"))
            self._won.setdefault(lot, []).append(tender)

    def _by_id(self, name: str) -> dict[str, Element]:
        reader = self._reader
        return {reader.said(reader.first(e, "ID")): e for e in reader.all(self._result, name)}

    def _winning(self) -> list[Element]:
        """Tenders a contract was concluded for; where none names any, those of results with a
        winner, the first in rank where tenders are ranked."""
        reader = self._reader
        named = {reader.said(e) for e in reader.all(self._result, "SettledContract/LotTender/ID")}
        if not named & self._tenders.keys():
            named = {
                reader.said(tender)
                for result in reader.all(self._result, "LotResult")
                if self._outcome(result) == "awarded"
                for tender in reader.all(result, "LotTender/ID")
                if self._rank(tender) <= 1
            }
        return [tender for key, tender in self._tenders.items() if key in named]

    def _rank(self, reference: Element) -> int:
        tender = self._tenders.get(self._reader.said(reference))
        rank = self._reader.said(self._reader.first(tender, "RankCode"))
        return int(rank) if rank.isdecimal() and len(rank) < 5 else 0

    def _outcome(self, result: Element) -> Outcome | None:
        code = shown(self._reader, self._reader.first(result, *RESULT["lots.outcome"].paths))
        return _OUTCOMES.get(self._reader.said(code))

    def suppliers(self) -> tuple[Field[str], ...]:
        """The organisations behind the winning tenders."""
        return self._tenderers(self.winning)

    def bidders(self) -> tuple[Field[str], ...]:
        """All organisations named as tenderers."""
        references = self._reader.all(self._result, *RESULT["bidders"].paths)
        return self._organisations.names(references)

    def _tenderers(self, tenders: list[Element]) -> tuple[Field[str], ...]:
        reader = self._reader
        parties = [
            self._parties.get(reader.said(reader.first(t, "TenderingParty/ID"))) for t in tenders
        ]
        return self._organisations.names(
            reference
            for party in parties
            for reference in reader.all(party, *RESULT["suppliers"].paths)
        )

    def outcome(self, lot: str) -> Outcome | None:
        """What became of a lot; None where that is not said, or still open."""
        found = {self._outcome(result) for result in self._results.get(lot, ())}
        if "awarded" in found:
            return "awarded"
        return "void" if found == {"void"} else None

    def all_void(self) -> bool:
        """Whether every lot with a result was closed without a winner."""
        lots = [self.outcome(lot) for lot in self._results]
        return bool(lots) and all(outcome == "void" for outcome in lots)

    def amounts(self, kind: MoneyKind, lot: str | None = None) -> list[Field[Money] | None]:
        """What each winning tender costs, of one lot or of all; None where that is not said.

        Tenders for a group of lots belong to no lot.
        """
        reader = self._reader
        return [
            reader.money(shown(reader, reader.first(tender, *RESULT["lots.award"].paths)), kind)
            for tender in (self.winning if lot is None else self._won.get(lot, ()))
        ]

    def lot(self, lot: Element, kind: MoneyKind) -> Lot:
        """A lot with everything the notice says of it."""
        reader = self._reader
        number = reader.said(reader.first(lot, *LOT["lots.number"].paths))
        own = self._won.get(number, [])
        ceiling = reader.money(reader.first_said(lot, *LOT["lots.ceiling"].paths), "ceiling")
        for result in self._results.get(number, ()):
            stated = reader.first(result, *RESULT["lots.ceiling"].paths)
            ceiling = reader.money(shown(reader, stated), "ceiling") or ceiling
        titles = reader.all(lot, *LOT["lots.title"].paths)
        return Lot(
            number,
            title=reader.field(in_language(reader, titles, self._language)),
            budget=reader.money(reader.first_said(lot, *LOT["lots.budget"].paths), "budget"),
            ceiling=ceiling,
            award=joined(reader, [a for a in self.amounts(kind, number) if a], kind),
            suppliers=self._tenderers(own),
            outcome=self.outcome(number),
        )
