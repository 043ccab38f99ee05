"""The project's own fields: number, plan, name, method, former numbers."""

import re
from collections.abc import Iterable

from sousveil.extract.chinese.layout import Pair
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.values import clean, is_absent, text_field, wrapped_end
from sousveil.model import Field

_ID_NOTE = re.compile(
    r"\s{0,9}\((?:招标文件|采购文件|磋商文件|谈判文件|询价文件|代理机构|采购代理机构|原).{0,12}编号.*$"
)
_ID_CHARACTERS = re.compile(r"[0-9A-Za-z]")
_NUMERAL = re.compile(r"[一二三四五六七八九十〇]")
_BRACKETED = re.compile(
    r"\((?:采购|招标)?(?:项目|招标|采购|文件|谈判|磋商|询价)?编号\s{0,3}:\s{0,3}"
    r"(?P<number>[^(),，;；\n]{4,50}(?:\([^()\n]{1,12}\)[^(),，;；\n]{0,20})?)[),，;；]"
)
_NAMED = re.compile(
    r"(?:^|[\n,，。;；:]|开标的|招标的|采购的)(?P<name>(?=\S)[^\n,，。;；:()]{5,80}(?:\([^()\n]{1,20}\)[^\n,，。;；:()]{0,20})?)"
    r"\s{0,3}\((?:采购|招标)?(?:项目|招标|采购|谈判|磋商|询价)编号\s{0,3}:"
)
_SAID_OF = re.compile(
    r"(?:开标|招标|发布|公告)的(?=.{6})|^\d{1,2}\s?分?(?:就|对)(?=.{6})|^(?:我(?:公司|单位|中心))?(?:[于在]20\d\d[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?)?"
    r"(?:现就|现对|拟对|就(?![业诊餐医近地读])|对(?![外口接讲台]))(?=.{6})"
)
_CODED = re.compile(
    r"[就对](?P<name>(?=\S)[^\n,，。;；:()]{5,80})\s{0,3}\((?P<number>(?=[^()]{0,30}\d{4})[A-Za-z\d][A-Za-z\d\-_/]{5,40})\)\s{0,3}(?:项目)?"
    r"(?:进行|组织|采用|实施)"
)
"""就某系统（LNZC20110912）进行了公开招标"""
_QUOTED = re.compile(r"[“\"]([^“”\"]{6,100})[”\"]$")
_CHECKED = re.compile(r"[☑√■☒✓✔●]")
_CODE_LINE = re.compile(r"(?=[A-Z0-9\-]*\d{8})[A-Z0-9][A-Z0-9\-]{13,40}$")
_TRAILED = re.compile(r"\s{0,9}\((项目名称|标段名称|标段编号|项目编号|招标编号)\)")
_NOT_IN_NAME = re.compile(
    r"\s{0,9}(?:招标项目的潜在|采购项目的潜在|项目的潜在|的潜在投标人|的潜在供应商).*$"
)
_ID_END = re.compile(r"[\s]{2,}|[。；;]|,(?=\s{0,20}+[一-龥]{2,}:)|〔|\s(?=[一-龥]{3,})")
_METHODS = re.compile(
    r"公开招标|邀请招标|竞争性磋商|竞争性谈判|单一来源采购|单一来源|询价采购|询价|框架协议采购|框架协议|比选|竞价|询比|"
    r"公开取得[^,，。\s]{0,20}|公开竞争性磋商|定点采购|电子反拍|网上竞价|公开询价|限制性招标[^,，。\s]{0,20}|选择性招标[^,，。\s]{0,20}"
)
_METHOD_SAID = re.compile(
    r"(?:进\s{0,3}行|组织|采用|采取|以)\s{0,3}(?:国内)?(?P<method>公\s{0,3}开\s{0,3}招\s{0,3}标|竞争性磋商|竞争性谈判|询价|邀请招标|单一来源)"
    r"|(?P<kind>公开招标|竞争性磋商|竞争性谈判|询价|邀请招标|单一来源)(?:采购)?(?:项目|活动)(?!编号|名称)"
)
_MOST_OF_NAME = 240


def project_id(reading: Reading) -> Field[str] | None:
    """The project's number: 项目编号 first, 标段编号 only where there is no other."""
    source = reading.source
    best: Field[str] | None = None
    rank = 9
    for pair in reading.pairs("project_id"):
        here = pair.label.rank + (pair.how == "inline")
        if here >= rank or (pair.how == "inline" and pair.label.rank > 2):
            continue
        field = _number(reading, pair)
        if field is not None:
            best, rank = field, here
            if rank == 1:
                break
    if best is not None and rank <= 2:
        return best
    headed = _headed_code(reading)
    if headed is not None:
        return headed
    bracketed = _BRACKETED.search(source.skeleton) if best is None else None
    if bracketed is None and best is None:
        bracketed = _CODED.search(source.skeleton, 0, 4000)
    if bracketed is not None:
        return text_field(source, *bracketed.span("number"), 0.75)
    former = next((_number(reading, pair) for pair in reading.pairs("former_id")), None)
    if best is None and former is not None and reading.type == "correction":
        return former
    return best if best is not None and _ID_CHARACTERS.search(source.skeleton) else None


def _number(reading: Reading, pair: Pair) -> Field[str] | None:
    source = reading.source
    end = pair.end
    if source.paged and source.skeleton[end - 1] in "-—(/":
        end = wrapped_end(source, reading.layout, pair)
    text = source.skeleton[pair.start : end]
    if len(text) > 160:
        text = text[:160]
    note = _ID_NOTE.search(text) or _LOT_RANGE.search(text)
    if note:
        text = text[: note.start()]
    if pair.how in ("inline", "line"):
        stop = _ID_END.search(text)
        if stop:
            text = text[: stop.start()]
    field = text_field(
        source, pair.start, pair.start + len(text), 0.98 if pair.label.rank == 1 else 0.7
    )
    if field is None or field.value.endswith(("...", "…")):
        return None
    coded = _ID_CHARACTERS.search(text) is not None
    if len(field.value) > (90 if coded else 20) or not (coded or _NUMERAL.search(text)):
        return None
    return field


_LOT_RANGE = re.compile(
    r"\s{0,9}\(第?\s?0?(?P<first>\d{1,2})\s?(?:包|标段|标项|分包)?\s?[-—–~～至到]\s?第?0?(?P<last>\d{1,2})\s?"
    r"(?:包|标段|标包|标项|分包)\)\s{0,9}$"
)


def lots_in_number(reading: Reading) -> Field[int] | None:
    """项目编号：TP-2023-1790（1-12 包）: the lots that the bracket behind a number counts."""
    for pair in reading.pairs("project_id"):
        found = _LOT_RANGE.search(reading.source.skeleton, pair.start, pair.end)
        if found is not None and found["first"] == "1" and int(found["last"]) > 1:
            evidence = reading.source.evidence(*found.span())
            return Field(int(found["last"]), evidence.quote, evidence, 0.9)
    return None


def _headed_code(reading: Reading) -> Field[str] | None:
    """The code under the title of an engineering tender: on a line of its own, or so labelled."""
    source, layout = reading.source, reading.layout
    for number, (start, end) in enumerate(layout.lines[:14]):
        text = source.skeleton[start:end]
        trailed = _TRAILED.search(text)
        if trailed is not None and "编号" in trailed[1] and trailed.start() > 3:
            return text_field(source, start, start + trailed.start(), 0.9)
        if _CODE_LINE.match(text):
            following = layout.lines[number + 1] if number + 1 < len(layout.lines) else (0, 0)
            labelled = "编号" in source.skeleton[following[0] : following[1]]
            return text_field(source, start, end, 0.9 if labelled else 0.75)
    return None


def plan_id(reading: Reading) -> Field[str] | None:
    """The number of the purchase plan or intention."""
    return _first(reading, reading.pairs("plan_id"), 90)


def project_name(reading: Reading) -> Field[str] | None:
    """The project's name as labelled; else as an engineering tender heads it."""
    best: Field[str] | None = None
    rank = 9
    pairs = reading.pairs("project_name")
    if reading.type in ("contract", "acceptance"):
        pairs += reading.pairs("contract_name")
    for pair in pairs:
        here = pair.label.rank if pair.field == "project_name" else 3
        if here >= rank or (pair.how == "inline" and here > 1):
            continue
        field = _name(reading, pair, 0.98 if here == 1 else 0.8)
        if field is not None:
            best, rank = field, here
            if rank == 1:
                break
    if rank > 1:
        return _headed_name(reading) or best or _from_table(reading) or _from_prose(reading)
    return best


def _name(reading: Reading, pair: Pair, confidence: float) -> Field[str] | None:
    source = reading.source
    end = wrapped_end(source, reading.layout, pair)
    text = source.skeleton[pair.start : end]
    cut = _NOT_IN_NAME.search(text)
    if cut:
        end = pair.start + cut.start()
    if end - pair.start > _MOST_OF_NAME:
        return None
    spaced = re.search(r"\s{3,}\S+:", source.skeleton[pair.start : end])
    if spaced:
        end = pair.start + spaced.start()
    field = text_field(source, pair.start, end, confidence)
    if field is None or len(field.value) < 3 or field.value.isdigit():
        return None
    return field


def _headed_name(reading: Reading) -> Field[str] | None:
    """魏圩公园（项目名称）: the label in brackets behind the name, on its line or the next."""
    source, layout = reading.source, reading.layout
    for number, (start, end) in enumerate(layout.lines[:14]):
        text = source.skeleton[start:end]
        trailed = _TRAILED.search(text)
        if trailed is None or trailed[1] != "项目名称":
            continue
        if trailed.start() > 3:
            return text_field(source, start, start + trailed.start(), 0.9)
        if number:
            return text_field(source, *layout.lines[number - 1], 0.9)
    return None


def _from_table(reading: Reading) -> Field[str] | None:
    """The one name in a table that has one row (older layouts, intentions)."""
    names = [
        cell
        for record in reading.records[:3]
        for name in ("project_name", "lot_name")
        if (cell := record.cells.get(name)) is not None
    ]
    if len(names) != 1:
        return None
    return text_field(reading.source, names[0].start, names[0].end, 0.7)


_FOR = re.compile(
    r"(?:现对|现就|就|对)\s{0,20}+(?:该项目)?\s{0,20}+(?P<name>(?=\S)[^。;；:]{4,120}?)\s{0,20}+(?:\((?:标段名称|项目名称)\))?\s{0,20}+(?:的施工|的监理)?\s{0,20}+(?:进行|组织|实施)(?:其他|国内|公开|邀请|竞争|单一|询|比|采购|招标|谈判|磋商)"
)
_OF_CONDITIONS = re.compile(
    r"本(?:招标)?项目\s{0,20}+(?P<name>(?=\S)[^。;；:,，]{4,100}?)\s{0,20}+(?:\(项目名称\))?\s{0,20}+已(?:由|批准|具备|经)"
)


def _from_prose(reading: Reading) -> Field[str] | None:
    """The name in the opening sentence; else the title without what kind of notice it is."""
    source = reading.source
    named = _NAMED.search(source.skeleton, 0, 4000) or _CODED.search(source.skeleton, 0, 4000)
    if named is not None:
        start, end = named.span("name")
        for said in _SAID_OF.finditer(source.skeleton[start:end]):
            start = named.start("name") + said.end()
        quoted = _QUOTED.search(source.skeleton[start:end])
        if quoted is not None:
            return text_field(source, start + quoted.start(1), start + quoted.end(1), 0.7)
        tail = _TITLE_TAIL.search(source.skeleton[start:end])
        return text_field(source, start, start + tail.start() if tail else end, 0.7)
    if reading.title is not None:
        return from_title(reading)
    for pattern in (_FOR, _OF_CONDITIONS):
        found = pattern.search(source.skeleton, 0, 4000)
        if found is not None:
            return text_field(source, found.start("name"), found.end("name"), 0.6)
    return None


_TITLE_TAIL = re.compile(
    r"\s{0,9}(?:[A-Z0-9\-、\s]+标段)?(?:(?:的)?(?:资格预审|公开招标|邀请招标|国内公开招标|竞争性磋商|竞争性谈判|询价|询比|比选|竞价|单一来源|施工招标|监理招标|招标|采购|中标|成交|"
    r"中标候选人|成交候选人|候选人|结果|更正|变更|澄清|延期|终止|废标|流标|合同|验收|需求|意向|征求意见|市场调研|失败|补充|评标|入围|中选|信息|采购意向|事前|方式|履约)*"
    r"\s{0,20}+(?:公告|公示|通知|邀请书|邀请函|公开|招标文件))\s{0,20}+(?:[(【][^()【】]{0,12}[)】])*\s{0,20}+$"
)
_TITLE_HEAD = re.compile(r"^(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|关于|[^关]{4,40}(?:公司|中心)关于)")


def from_title(reading: Reading) -> Field[str] | None:
    """The project's name as the title holds it."""
    source, title = reading.source, reading.title
    if title is None:
        return None
    start, end = reading.title_span
    text = source.skeleton[start:end]
    tail = _TITLE_TAIL.search(text)
    if tail is not None and tail.start() >= 4:
        end = start + tail.start()
    head = _TITLE_HEAD.match(source.skeleton[start:end])
    if head is not None and end - start - head.end() >= 4:
        start += head.end()
    if source.skeleton[start:end].endswith("的"):
        end -= 1
    return text_field(source, start, end, 0.5)


def method(reading: Reading) -> Field[str] | None:
    """How suppliers are chosen, as the notice words it."""
    source = reading.source
    for pair in sorted(reading.pairs("method"), key=lambda pair: _is_former(reading, pair)):
        text = source.skeleton[pair.start : min(pair.end, pair.start + 80)]
        checked = _CHECKED.search(text)
        found = _METHODS.search(text, checked.end() if checked else 0)
        if found is not None:
            start = pair.start + found.start()
            return text_field(source, start, start + len(found.group()), 0.95)
        if pair.end - pair.start <= 16 and not is_absent(text) and pair.how != "inline":
            return text_field(source, pair.start, pair.end, 0.7)
    for record in reading.records:
        cell = record.cells.get("method")
        if cell is not None and _METHODS.search(source.skeleton, cell.start, cell.end):
            return text_field(source, cell.start, cell.end, 0.8)
    title = reading.title
    if title is not None:
        found = _METHODS.search(source.skeleton, *reading.title_span)
        if found is not None:
            return text_field(source, found.start(), found.end(), 0.8)
    prose = _METHOD_SAID.search(source.skeleton)
    if prose is not None:
        return text_field(source, *prose.span(prose.lastgroup or 0), 0.7)
    return None


def _is_former(reading: Reading, pair: Pair) -> bool:
    """原采购方式, beside 拟变更采购方式."""
    return "原" in reading.source.skeleton[pair.label_start : pair.label_end]


def references(reading: Reading, own: Field[str] | None) -> tuple[Field[str], ...]:
    """Numbers of other notices it names: the original of a correction, the former of a retender."""
    found: dict[str, Field[str]] = {}
    pairs = reading.pairs("former_id", "project_id")
    for pair in pairs:
        label = clean(reading.source.skeleton[pair.label_start : pair.label_end])
        if pair.field != "former_id" and "原" not in label:
            continue
        field = _number(reading, pair)
        if field is not None and (
            own is None or field.value != own.value or reading.type == "correction"
        ):
            found.setdefault(field.value, field)
    return tuple(found.values())


def _first(reading: Reading, pairs: Iterable[Pair], longest: int) -> Field[str] | None:
    for pair in pairs:
        field = text_field(reading.source, pair.start, pair.end, 0.9)
        if field is not None and len(field.value) <= longest and re.search(r"\d", field.value):
            return field
    return None
