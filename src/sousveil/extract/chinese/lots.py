"""Lots (标项, 包, 标段, 分包) with their own names, amounts and suppliers."""

import re
from bisect import bisect_right
from collections.abc import Container, Iterator

from sousveil.extract.chinese.amounts import lot_key
from sousveil.extract.chinese.bare import LOT_STARTS, lot_at
from sousveil.extract.chinese.layout import Pair
from sousveil.extract.chinese.lot_marks import marked_parts
from sousveil.extract.chinese.name_lists import names_in
from sousveil.extract.chinese.projects import lots_in_number
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.tables import Record
from sousveil.extract.chinese.values import organisation, text_field
from sousveil.extract.chinese.winners import (
    losers,
    says_void,
    void_lots_said,
    void_lots_told,
    winners_said,
)
from sousveil.model import Field, Lot, Money

_COUNT = re.compile(
    r"(?:分为|划分(?:为)?|共设|共分(?:为)?|分成|设|共计|共)\s*(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*个?\s*(?:标项|标段|标包|采购包|合同包|分包|包件|包组|包段|包|子包)"
    r"|(?:分包个数|包个数|包件个数|标段个数|标包个数|分包数量|标段数量|包数)[\s:]{1,4}(?P<told>\d{1,2}|[一二两三四五六七八九十]{1,2})"
)
_LOT_WORD = re.compile("包|标[段项]")
_BEFORE, _BEHIND = 24, 14
"""Characters around such a word in which a count of lots stands, if there is one."""
_NUMERALS = "零一二三四五六七八九十"
_TITLES = ("lot_name", "need", "project_name")
_NUMBERED_NAME = re.compile(r"(?:标项|标段|分包|包)\s{0,3}([一二三四五六七八九十\d]{1,3})")


class _Draft:
    """What is known of one lot so far."""

    def __init__(self) -> None:
        self.title: Field[str] | None = None
        self.suppliers: list[Field[str]] = []
        self.void = False
        self.seen: Field[str] | None = None
        """The number of the lot, where it stands in a table."""

    def won(self, reading: Reading, start: int, end: int) -> None:
        """Add the winner named at a span; 废标 in its place says that there is none."""
        if says_void(reading, start, end):
            self.void = True
            return
        for left, right in names_in(reading.source.skeleton[start:end]):
            name = organisation(reading.source, start + left, start + right, 0.9)
            known = name is None or any(name.value == other.value for other in self.suppliers)
            if name is not None and not known:
                self.suppliers.append(name)


def lots_of(
    reading: Reading,
    budgets: dict[str, Field[Money]],
    ceilings: dict[str, Field[Money]],
    awards: dict[str, Field[Money]],
) -> tuple[tuple[Lot, ...], Field[int] | None]:
    """The lots that state something of their own, and how many there are (None for one)."""
    awards = {key.split("/")[0]: value for key, value in awards.items() if not key.startswith("s:")}
    drafts = _drafts(reading, awards.keys())
    keys = [
        key
        for key in dict.fromkeys([*drafts, *budgets, *ceilings, *awards])
        if key and not key.startswith("i:")
    ]
    stated = _stated_count(reading)
    if len(keys) < 2 and (stated is None or stated.value < 2):
        return (), stated if stated is not None and stated.value > 1 else None
    lots = []
    for key in keys:
        draft = drafts.get(key) or _Draft()
        award = awards.get(key)
        suppliers = tuple(draft.suppliers)
        void = draft.void or (reading.type == "termination" and not (award or suppliers))
        outcome = "void" if void else "awarded" if (award or suppliers) else None
        lots.append(
            Lot(key, draft.title, budgets.get(key), ceilings.get(key), award, suppliers, outcome)  # type: ignore[arg-type]
        )
    count = stated
    if stated is None or stated.value < len(lots):
        seen = drafts[keys[-1]].seen if keys[-1] in drafts else None
        last = _evidence_of(lots[-1]) or seen
        count = Field(len(lots), last.raw, last.evidence, 0.8) if last is not None else stated
    return tuple(lots), count


def _drafts(reading: Reading, paid: Container[str]) -> dict[str, _Draft]:
    source = reading.source
    drafts: dict[str, _Draft] = {}
    winners = reading.type in ("award", "contract")
    for pair in reading.pairs("lot_name", "supplier"):
        if pair.field == "supplier" and winners:
            for lot, start, end in _by_lot(reading, pair):
                drafts.setdefault(lot_key(lot), _Draft()).won(reading, start, end)
        elif pair.lot:
            draft = drafts.setdefault(lot_key(pair.lot), _Draft())
            if pair.field == "lot_name" and draft.title is None:
                draft.title = text_field(source, pair.start, pair.end, 0.9)
    lost = losers(reading)
    for record in reading.records:
        key = _key_of(reading, record, paid)
        if not key or not re.match(r"[\dA-Za-z]{1,4}$", key):
            continue
        draft = drafts.setdefault(key, _Draft())
        titled = next((record.cells[c] for c in _TITLES if c in record.cells), None)
        if titled is not None and draft.title is None:
            draft.title = text_field(
                source, titled.start, min(titled.end, titled.start + 120), 0.85
            )
        counted = record.cells.get("lot_number")
        if counted is not None and draft.seen is None:
            draft.seen = text_field(source, counted.start, counted.end, 0.8)
        winner = record.cells.get("supplier")
        price = record.cells.get("award")
        if price is not None and winners and says_void(reading, price.start, price.end):
            draft.void = True
        elif winner is not None and winners and record.line not in lost:
            draft.won(reading, winner.start, winner.end)
        draft.void = draft.void or "reason" in record.cells
    if reading.type != "correction":
        for key, start, end in _lots_headed(reading):
            draft = drafts.setdefault(key, _Draft())
            draft.title = draft.title or text_field(source, start, end, 0.6)
    for number, start, end in void_lots_said(reading):
        draft = drafts.setdefault(lot_key(number), _Draft())
        draft.void = True
        draft.title = draft.title or text_field(source, start, end, 0.5)
    for key in void_lots_told(reading):
        draft = drafts.setdefault(key, _Draft())
        draft.void, draft.suppliers = True, []
    for said in winners_said(reading):
        if said.lot:
            draft = drafts.setdefault(lot_key(said.lot), _Draft())
            name = organisation(source, *said.name, 0.8)
            if name is not None and not draft.suppliers:
                draft.suppliers.append(name)
    return drafts


def _by_lot(reading: Reading, pair: Pair) -> Iterator[tuple[str, int, int]]:
    """The lots that a value names winners of (第一包：甲公司), else the lot it stands in."""
    parts = marked_parts(reading.source.skeleton[pair.start : pair.end])
    for start, end, lot in parts:
        yield lot, pair.start + start, pair.start + end
    if not parts and pair.lot:
        yield pair.lot, pair.start, pair.end


_HEADED = frozenset({"", "project", "overview", "need", "award", "goods", "termination"})


def _lots_headed(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Lots that open a line of their own (第一包：视频监控系统; 采购包2：), where several do."""
    layout, skeleton = reading.layout, reading.source.skeleton
    starts = [mark.start for mark in layout.marks]
    found: dict[str, tuple[int, int]] = {}
    for start, end in layout.lines:
        if skeleton[start] not in LOT_STARTS:
            continue
        text = skeleton[start : min(end, start + 120)]
        lot = lot_at(text)
        if lot is None or text[lot[1] : lot[1] + 1] not in ("", ":", "("):
            continue
        at = bisect_right(starts, start) - 1
        if (layout.marks[at].section if at >= 0 else "") in _HEADED:
            found.setdefault(lot_key(lot[0]), (start, min(end, start + 120)))
    if len(found) > 1:
        for key, span in found.items():
            yield key, *span


def _key_of(reading: Reading, record: Record, paid: Container[str]) -> str:
    """The lot that a row is about, "" where it is about none; ``paid`` are lots with an amount."""
    skeleton = reading.source.skeleton
    cells = record.cells
    number = cells.get("lot_number")
    name = cells.get("lot_name")
    if number is not None and number.end - number.start <= 12:
        return lot_key(skeleton[number.start : number.end])
    if name is None and "supplier" in cells and "award" in cells and "rank" not in cells:
        counted = cells.get("item_number")
        key = lot_key(skeleton[counted.start : counted.end]) if counted is not None else ""
        if record.lot or key not in paid:  # a table under 合同包1(前端设备):
            return lot_key(record.lot)
        return key
    if name is None or not cells.keys() & {"award", "supplier", "reason"}:
        return ""
    numbered = _NUMBERED_NAME.match(skeleton, name.start, name.end)
    if numbered is not None:
        return lot_key(numbered[1])
    count = cells.get("item_number")
    return lot_key(skeleton[count.start : count.end]) if count is not None else ""


def _evidence_of(lot: Lot) -> Field[str] | Field[Money] | None:
    return lot.title or lot.budget or lot.ceiling or lot.award or next(iter(lot.suppliers), None)


def _stated_count(reading: Reading) -> Field[int] | None:
    """本项目分为4个包: the number as the notice says it."""
    skeleton = reading.source.skeleton
    for word in _LOT_WORD.finditer(skeleton):
        at = word.start()
        match = _COUNT.search(skeleton, max(0, at - _BEFORE), at + _BEHIND)
        if match is None:
            continue
        words = match["count"] or match["told"]
        count = int(words) if words.isdigit() else _numeral(words)
        if 0 < count < 100:
            evidence = reading.source.evidence(match.start(), match.end())
            return Field(count, evidence.quote, evidence, 0.9)
    return lots_in_number(reading)


def _numeral(words: str) -> int:
    words = words.replace("两", "二")
    if words.startswith("十"):
        return 10 + (_NUMERALS.index(words[1]) if len(words) > 1 else 0)
    if words.endswith("十") and len(words) == 2:
        return 10 * _NUMERALS.index(words[0])
    return _NUMERALS.index(words) if len(words) == 1 else 0
