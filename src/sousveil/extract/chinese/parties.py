"""Organisations of a notice: buyer, agency, suppliers, bidders, and words that say where it is."""

import re
from collections.abc import Iterator

from sousveil.extract.chinese.amounts import lot_key
from sousveil.extract.chinese.forms import find_label
from sousveil.extract.chinese.layout import Pair, line_of
from sousveil.extract.chinese.name_lists import names_in
from sousveil.extract.chinese.party_prose import AGENCY, BUYER, in_prose
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.table import BIDDERS, SUPPLIERS
from sousveil.extract.chinese.values import (
    clean,
    looks_like_organisation,
    organisation,
    text_field,
    wrapped_end,
)
from sousveil.extract.chinese.winners import (
    losers,
    ranked_in_words,
    says_void,
    void_lots_told,
    winners_said,
)
from sousveil.model import Field

_NOT_A_NAME = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+(?:名|包|标段|标项)?|是|否|合格|通过|中标|成交|详见.*|名称|供应商)$"
)


def buyer(reading: Reading) -> Field[str] | None:
    """The purchaser: by label, by the contact section, else by the opening sentence."""
    found = _party(reading, "buyer")
    if found is None or found.confidence < 0.7:
        prose = in_prose(reading, BUYER)
        found = found if prose is None else prose
    found = found or _from_cells(reading, "buyer")
    if found is None and _OF_AUTHORITY.search(reading.type_raw or "") is None:
        found = _signed(reading)[0] or _heading_the_title(reading)
    return found


_SAYS = re.compile(r"(?P<name>(?=\S)[^,，。;；:“”]{4,40}?)关于")


def _heading_the_title(reading: Reading) -> Field[str] | None:
    """甲局关于乙项目的公告: the body that speaks in the title, where it is no agency."""
    source, (start, end) = reading.source, reading.title_span
    said = _SAYS.match(source.skeleton, start, end)
    if said is None or _AGENCY_NAME.search(said["name"]):
        return None
    if not looks_like_organisation(said["name"]):
        return None
    return organisation(source, *said.span("name"), 0.6)


def agency(reading: Reading) -> Field[str] | None:
    """The agency that runs the tender, if there is one."""
    return (
        _party(reading, "agency")
        or in_prose(reading, AGENCY)
        or _from_cells(reading, "agency")
        or _by_contact(reading)
        or _signed(reading)[1]
    )


_AGENCY_NAME = re.compile(r"招标|采购中心|采购代理|咨询|公共资源|项目管理|拍卖")
_NOT_SIGNED = re.compile(r"公告|公示|特别行政区政府$|附件|平台|网$")
_OF_AUTHORITY = re.compile("投诉|监督检查|处罚|行政处理|不良行为")
"""Notices that the finance department signs, which buys nothing."""
_SIGNED_IN = 8
_HEADED_IN = 4


def _by_contact(reading: Reading) -> Field[str] | None:
    """The agency named beside 联系人 under 采购代理机构, where no 名称 is given."""
    for pair in reading.pairs("stop"):
        if pair.party != "agency" or "联系人" not in reading.source.skeleton[
            pair.label_start : pair.label_end
        ].replace(" ", ""):
            continue
        end = reading.source.skeleton.find(" ", pair.start, pair.end)
        field = organisation(reading.source, pair.start, end if end > 0 else pair.end, 0.7)
        if field is not None and looks_like_organisation(field.value):
            return field
    return None


def _signed(reading: Reading) -> tuple[Field[str] | None, Field[str] | None]:
    """Buyer and agency by who heads or signs the notice on a line of its own."""
    source, layout = reading.source, reading.layout
    if source.paged:
        return None, None
    lines = layout.lines
    candidates = [*lines[-_SIGNED_IN:][::-1], *lines[:_HEADED_IN]]
    buyer: Field[str] | None = None
    agency: Field[str] | None = None
    for start, end in candidates:
        text = source.skeleton[start:end]
        if end - start > 40 or ":" in text or not looks_like_organisation(text) or "\t" in text:
            continue
        if find_label(text) is not None or _NOT_SIGNED.search(text):
            continue
        field = organisation(source, start, end, 0.55)
        if field is None:
            continue
        if _AGENCY_NAME.search(text):
            agency = agency or field
        else:
            buyer = buyer or field
    return buyer, agency


def _party(reading: Reading, party: str) -> Field[str] | None:
    best: Field[str] | None = None
    rank = 9
    for pair in _named(reading, party):
        here = pair.label.rank if pair.field == party else 1
        if pair.section in ("qualification", "experts"):
            here += 3
        if here >= rank:
            continue
        end = wrapped_end(reading.source, reading.layout, pair)
        field = organisation(reading.source, pair.start, end, 0.97 if here == 1 else 0.75)
        if field is None or _NOT_A_NAME.match(field.value):
            continue
        if pair.how == "inline" and not looks_like_organisation(field.value):
            continue
        if party == "agency" and here > 1 and not looks_like_organisation(field.value):
            continue
        best, rank = field, here
        if rank == 1 and looks_like_organisation(field.value):
            break
        if rank == 1 and pair.field == "name":
            break
    return best


def _named(reading: Reading, party: str) -> Iterator[Pair]:
    """Pairs that name a party: 名称 in its block of the contacts first, then its own labels."""
    for pair in reading.pairs("name", party):
        if pair.field == party or (pair.party == party and pair.field == "name"):
            if pair.field == party and pair.party in ("supplier",) and party != "supplier":
                continue
            yield pair


def _from_cells(reading: Reading, field: str) -> Field[str] | None:
    for record in reading.records:
        cell = record.cells.get(field)
        if cell is not None:
            return organisation(reading.source, cell.start, cell.end, 0.8)
    return None


def suppliers(reading: Reading) -> tuple[Field[str], ...]:
    """Winners, the counterpart of a contract, or the proposed supplier of a single source."""
    if reading.type not in SUPPLIERS:
        return ()
    found: dict[str, Field[str]] = {}
    void, lost = void_lots_told(reading), losers(reading)
    for pair in reading.pairs("supplier", "name", "bidder"):
        if pair.lot and lot_key(pair.lot) in void:
            continue
        if pair.field == "name" and pair.party != "supplier":
            continue
        if pair.field == "bidder" and not (
            reading.type in ("contract", "acceptance", "single_source") and pair.how != "inline"
        ):
            continue
        if pair.section in ("candidates", "qualification", "documents", "experts", "question"):
            continue
        _collect(reading, pair.start, pair.end, found, wrapped=pair)
        for start, end in _listed_below(reading, pair):
            _collect(reading, start, end, found)
    for record in reading.records:
        cell = record.cells.get("supplier")
        if cell is None or record.section in ("candidates", "experts", "qualification"):
            continue
        if record.line in lost or "lost" in record.cells:
            continue
        price = record.cells.get("award")
        if price is None and record.cells.keys() & {"offer", "rank"}:
            continue
        if price is not None and says_void(reading, price.start, price.end):
            continue
        _collect(reading, cell.start, cell.end, found)
    for winner in winners_said(reading) if not found else ():
        _collect(reading, *winner.name, found)
    _won(reading, found)
    if not found:
        _notified(reading, found)
    if not found and reading.type == "single_source":
        _proposed(reading, found)
    return tuple(found.values())


_COUNTED = re.compile(r"\(?(?P<number>\d{1,2})[.、)]\s{0,20}(?P<name>\S)")


def _listed_below(reading: Reading, pair: Pair) -> Iterator[tuple[int, int]]:
    """Lines that count on where a pair's value begins with 1 (1、甲公司, 2、乙公司), while they
    name organisations."""
    skeleton, lines = reading.source.skeleton, reading.layout.lines
    at, number = line_of(reading.layout, pair.start), 1
    first = _COUNTED.match(skeleton, pair.start, pair.end)
    if first is None or int(first["number"]) != number or lines[at][1] != pair.end:
        return
    for start, end in lines[at + 1 :]:
        number += 1
        counted = _COUNTED.match(skeleton, start, end)
        if counted is None or int(counted["number"]) != number:
            return
        name = organisation(reading.source, counted.start("name"), end, 0.9)
        if name is None or not looks_like_organisation(name.value):
            return
        yield counted.start("name"), end


_NOTIFIED = re.compile(
    r"(?:^|\n)\s{0,4}(?P<name>(?=\S)[^,，。;；:\n〔]{4,50}?(?:公司|厂|中心|院|所|社|部|行|店)):\s{0,4}\n"
    r"(?=[^\n]{0,200}(?:贵|你)(?:单位|公司|方)[^\n]{0,20}(?:中标|成交|中选))"
)


def _notified(reading: Reading, found: dict[str, Field[str]]) -> None:
    """The body a letter of award (中标通知书) is addressed to."""
    match = _NOTIFIED.search(reading.source.skeleton)
    if match is not None:
        _collect(reading, *match.span("name"), found)


def _won(reading: Reading, found: dict[str, Field[str]]) -> None:
    """Bidders that the line or column 是否中标 says have won."""
    skeleton = reading.source.skeleton
    bidders = reading.pairs("bidder")
    for pair in reading.pairs("won"):
        before = [other for other in bidders if other.start < pair.start]
        if before and skeleton[pair.start : pair.end].strip()[:1] in "是√":
            _collect(reading, before[-1].start, before[-1].end, found)
    for record in reading.records:
        won = record.cells.get("won")
        name = record.cells.get("bidder") or record.cells.get("supplier")
        if won is not None and name is not None and skeleton[won.start : won.end][:1] in "是√":
            _collect(reading, name.start, name.end, found)


_PROPOSED = re.compile(
    r"(?:拟从|拟向|只能从|唯一供应商为|拟定(?:的)?(?:唯一)?供应商(?:名称)?(?:为|是)|向|由)\s{0,20}+(?P<name>(?=\S)[^,，。;；:\s]{4,40}?(?:公司|中心|研究院|研究所|大学|厂))\s{0,20}+(?:采购|购买|处采购|提供|,|，|。)"
)


def _proposed(reading: Reading, found: dict[str, Field[str]]) -> None:
    match = _PROPOSED.search(reading.source.skeleton)
    if match is not None:
        _collect(reading, *match.span("name"), found)


def bidders(reading: Reading) -> tuple[Field[str], ...]:
    """All organisations named as bidders or candidates."""
    found: dict[str, Field[str]] = {}
    if reading.type not in BIDDERS:
        return ()
    for pair in reading.pairs(*BIDDERS[reading.type]):
        if pair.section in ("qualification", "documents", "question", "contact"):
            continue
        _collect(reading, pair.start, pair.end, found, wrapped=pair)
    for record in reading.records:
        ranked = bool(record.cells.keys() & {"offer", "rank", "place", "lost"})
        ranked = ranked or record.section == "candidates"
        for name in ("candidate", "bidder", "supplier"):
            cell = record.cells.get(name)
            if cell is not None and (name != "supplier" or ranked or reading.type == "candidate"):
                _collect(reading, cell.start, cell.end, found)
    for span in ranked_in_words(reading):
        _collect(reading, *span, found)
    return tuple(found.values())


def _collect(
    reading: Reading,
    start: int,
    end: int,
    found: dict[str, Field[str]],
    wrapped: Pair | None = None,
) -> None:
    """Add the organisations named at a span, each with its own evidence."""
    source = reading.source
    if wrapped is not None:
        end = wrapped_end(source, reading.layout, wrapped)
    text = source.skeleton[start:end]
    spans = names_in(text, whole=source.paged and "\n" in text)
    for left, right in spans:
        field = organisation(source, start + left, start + right, 0.9)
        if field is None or len(field.value) < 4 or _NOT_A_NAME.match(field.value):
            continue
        if not looks_like_organisation(field.value) and (len(spans) > 1 or len(field.value) > 40):
            continue
        if re.search(r"〔|采购人|有限公司.*有限公司", field.value) and "〔" in field.value:
            continue
        if field.value.isdigit() or re.match(r"[\d.,]+\s{0,20}+(?:万?元|%)", field.value):
            continue
        found.setdefault("".join(clean(field.value).split()), field)


def places(reading: Reading) -> tuple[Field[str], ...]:
    """Words that say where the buyer is: its address, the region field, its own name last."""
    found: list[Field[str]] = []
    source = reading.source
    groups = (
        reading.pairs("buyer_address"),
        [p for p in reading.pairs("address") if p.party == "buyer"],
        reading.pairs("region"),
        [p for p in reading.pairs("address") if p.party not in ("buyer", "supplier", "agency")],
        list(reading.pairs("agency_address"))
        + [p for p in reading.pairs("address") if p.party == "agency"],
    )
    seen: set[str] = set()
    for pairs in groups:
        for pair in pairs[:3]:
            if pair.section in ("award", "proposed", "experts") and pair.field == "address":
                continue
            end = min(pair.end, pair.start + 120)
            field = text_field(source, pair.start, end, 0.8)
            if field is not None and field.value not in seen and "http" not in field.value:
                seen.add(field.value)
                found.append(field)
    return tuple(found[:8])
