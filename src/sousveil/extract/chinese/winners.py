"""Winners told in a sentence: 第1包：中标供应商 甲公司，中标金额 1562800元."""

import re
from functools import lru_cache

import msgspec

from sousveil.extract.chinese.amounts import lot_key
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.tables import Record, Value
from sousveil.extract.chinese.values import is_absent

_NAME = (
    r"(?P<name>(?=\S)(?!(?:中标|成交|中选)(?:供应商|人|单位|商)(?:名称)?[为是:])[^,，。;；:\n〔]{4,50}?"
    r"(?:公司|厂|中心|院|所|社|部|行|店|局|大学|集团))\s{0,3}[,，、;；\s]{1,3}"
)
_AMOUNT = (
    r"(?P<amount>(?:人民币|￥|¥|\s){0,3}(?:[\d,.]+\s{0,3}(?:\([^()\n]{1,6}\))?\s{0,3}[万亿]?元?"
    r"|[零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,30}[元圆][零〇壹贰叁肆伍陆柒捌玖角分整正]{0,6}))"
)
_PRICE = r"(?:金额|价格|报价|价)"
_SAID = re.compile(
    r"(?:(?:第\s{0,3}(?P<a>[一二三四五六七八九十\d]{1,2})\s{0,3}(?:标段|标项|包|分包))(?P<about>[^。;；\n]{0,60}?))?"
    r"(?<![未非])(?:中标|成交|中选)(?:供应商|人|单位|商|结果)?\s{0,3}(?:名称)?"
    rf"(?P<both>\s{{0,3}}[及和与、](?:其)?(?:中标|成交|中选)?总?{_PRICE})?(?:为|是|:|\s){{1,3}}"
    rf"{_NAME}(?(both)(?:(?:中标|成交|中选|合同)?总?{_PRICE})?|(?:中标|成交|中选|合同)?总?{_PRICE})"
    rf"\s{{0,3}}(?:为|是|:|\s){{0,3}}{_AMOUNT}"
)
"""Where the label asks for both (中标供应商及金额：), the amount needs no words of its own."""
_LOT_LINE = re.compile(
    r"(?:^|[\n;；。])\s{0,9}(?:第\s{0,3})?(?:(?:标段|标项|采购包|合同包|分包|包)\s{0,3})?(?P<a>[一二三四五六七八九十\dA-F]{1,2})"
    r"\s{0,3}(?:标段|标项|包|分包)?\s{0,3}[:,，、]\s{0,3}(?P<about>)"
    rf"{_NAME}(?:中标|成交|中选)总?{_PRICE}\s{{0,3}}(?:为|是|:|\s){{0,3}}{_AMOUNT}"
)
"""01包：甲公司，中标价：1020000元；"""
_LOT = (
    r"(?:第\s{0,3}(?P<a>[一二三四五六七八九十\d]{1,2})\s{0,3}(?:标段|标项|标包|包|分包)"
    r"|(?:标段|标项|采购包|合同包|分包|标包|包)\s{0,3}(?P<b>[一二三四五六七八九十\d]{1,2})(?!\d)"
    r"|(?<![\d一-龥])(?P<c>\d{1,2}|[一二三四五六七八九十]{1,2})\s{0,3}(?:标段|标项|标包|包)(?![\d件]))"
)
_NEXT = (
    r"第?\s?[一二三四五六七八九十\d]{1,2}\s?(?:标段|标项|标包|包|分包)"
    r"|(?:标段|标项|采购包|合同包|分包|标包|包)\s?[一二三四五六七八九十\d]"
)
_VOID = re.compile(
    rf"{_LOT}(?:(?!{_NEXT})[^。;；\n]){{0,80}}?(?::\s{{0,3}}(?:(?!{_NEXT})[^。;；\n]){{0,12}}?)?"
    r"(?:废标|流标|终止|采购失败)"
)


class Winner(msgspec.Struct, frozen=True, gc=False):
    """Spans of a winner's name and amount, and the lot's number ("" for none)."""

    lot: str
    name: tuple[int, int]
    amount: tuple[int, int]


def winners_said(reading: Reading) -> tuple[Winner, ...]:
    """Winners in the sentences of an award notice, in their order."""
    return _winners(reading.source.skeleton) if reading.type == "award" else ()


@lru_cache(maxsize=1)
def _winners(skeleton: str) -> tuple[Winner, ...]:
    said = list(_SAID.finditer(skeleton)) or list(_LOT_LINE.finditer(skeleton))
    return tuple(
        Winner(match["a"] or "", match.span("name"), match.span("amount")) for match in said
    )


def void_lots_said(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """Lots that a sentence calls void: number and span."""
    if reading.type not in ("award", "termination"):
        return ()
    return tuple(
        (m["a"] or m["b"] or m["c"], m.start(), m.end())
        for m in _VOID.finditer(reading.source.skeleton)
    )


_NO_WINNER = re.compile(r"废标|流标|终止|失败|未成交|作废")
_LONGEST_VERDICT = 12


def says_void(reading: Reading, start: int, end: int) -> bool:
    """Whether 废标 or the like stands in place of an amount or a name."""
    short = end - start <= _LONGEST_VERDICT
    return short and _NO_WINNER.search(reading.source.skeleton, start, end) is not None


def void_lots_told(reading: Reading) -> frozenset[str]:
    """Lots whose lines state why they failed, or 废标 for their amount, and no amount."""
    if reading.type not in ("award", "termination"):
        return frozenset()
    skeleton = reading.source.skeleton
    void: set[str] = set()
    for pair in reading.pairs("reason"):
        label = skeleton[pair.label_start : pair.label_end]
        if _NO_WINNER.search(label) and not is_absent(skeleton[pair.start : pair.end]):
            void.add(lot_key(pair.lot))
    for pair in reading.pairs("award"):
        if says_void(reading, pair.start, pair.end):
            void.add(lot_key(pair.lot))
        elif not is_absent(skeleton[pair.start : pair.end]):
            void.discard(lot_key(pair.lot))
    return frozenset(void - {""})


_RANKED = re.compile(
    r"(?P<name>[一-龥][一-龥A-Za-z()]{3,48}?(?:公司|厂|中心|院|所|社|集团))\s{0,3}(?:[￥¥]?[\d,]{3,15}(?:\.\d{1,4})?\s{0,3}(?:万?元)?)\s{0,3}"
    r"第[一二三四五六七八九1-9](?:名|中标候选人|成交候选人|中选候选人)"
)
"""甲公司272000.00第一成交候选人2 乙公司…: a table whose cells have run together."""


def ranked_in_words(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Names of bidders that stand before their price and place with nothing between."""
    return tuple(found.span("name") for found in _RANKED.finditer(reading.source.skeleton))


_PLACE = re.compile(r"第?\s?(?P<place>[一二三四五六七八九十\d]{1,2})\s?名?$")
_ALL_WIN = re.compile("入围|框架")
_SAYS_PLACE = 3
"""Rank of the labels 排名 and 名次 among those of running numbers."""


def _place(record: Record) -> Value | None:
    """The cell that says which place a bidder took; 排名 may be the rows' running number too."""
    number = record.cells.get("item_number")
    if number is not None and number.label.rank == _SAYS_PLACE:
        return number
    return record.cells.get("place")


def losers(reading: Reading) -> frozenset[int]:
    """Lines of the rows that rank second or lower where their table holds a first.

    All that framework agreements rank are winners.
    """
    title = reading.title.value if reading.title is not None else ""
    if _ALL_WIN.search(title):
        return frozenset()
    first: set[int] = set()
    behind: list[Record] = []
    for record in reading.records:
        cell = _place(record)
        said = cell and _PLACE.match(reading.source.skeleton[cell.start : cell.end].strip())
        if said and lot_key(said["place"]) == "1":
            first.add(record.table)
        elif said:
            behind.append(record)
    return frozenset(record.line for record in behind if record.table in first)
