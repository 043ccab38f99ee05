"""Cleans what stands beside a label into a value, or says that it is none.

详见附件, /, 无 and the like are absent values; so is what only a mask token stands for.
"""

import re
from datetime import datetime

from sousveil.extract.chinese.forms import find_label
from sousveil.extract.chinese.layout import Layout, Pair, line_of
from sousveil.extract.chinese.source import Source
from sousveil.model import Field
from sousveil.text.dates import parse_date

_PLACEHOLDER = re.compile(
    r"(?:[/\\—–\-_*＊.。…~×xX?？]+|无|暂无|没有|未知|略|空|null|none|n/?a|待定|未定|未披露|不适用|不详|同上|如有|"
    r"(?:具体|具体内容|内容|详细|信息|价格|金额)?(?:(?:详|请|另)[见看阅]|见(?!证)|[看阅](?!守|览|片|读|海|卷)).{0,40}|.{0,8}(?:详见|见附|见公告|见招标|见采购|见磋商|见谈判|见正文).{0,30}|另行(?:通知|公告)|"
    r"以.{0,20}为准|.{0,4}(?:尚未|暂未|未)公[布告示开].{0,4}|未公告|保密|不公[开布示]|无法决标|详细内容.{0,10}|附件)$",
    re.IGNORECASE,
)
_MASK = re.compile(r"〔(?:person|phone|email|id_number|account|address)〕")
_GHOSTS = re.compile("[\u200b\u200c\u200d\ufeff\u00ad]")
_WRAP = re.compile(r"\s*\n\s*")
_LATIN_WRAP = re.compile(r"(?<=[A-Za-z])\s*\n\s*(?=[A-Za-z])")
_NOTE = re.compile(
    r"\((?:盖章|公章|盖单位公章|单位盖章|签章|如有|加盖公章|甲方|乙方|采购人|招标人|代理机构|采购代理机构|以下简称.*?|下称.*?|联合体牵头人|联合体牵头方|联合体主体|牵头人|牵头方|牵头单位|主体|成员|成员单位|成员方|联合体成员|联合体|主办方|签字.*?|采购单位)\)"
)
_LOCATED = re.compile(
    r"\((?=[^()]{0,40}(?:[路街道巷]|大厦|号|楼))(?![^()]{0,40}(?:公司|局|院|办)\))[^()]{4,60}\)\s*$"
)
_AFTER_NAME = re.compile(
    r"[。；;]|[,，](?!.{0,30}(?:公司|局|厅|院|中心))|\s{2,}|〔|地址|联系|电话|邮编|,?统一社会信用代码"
)
_ORGANISATION = re.compile(
    r"(?:公司|局|厅|处|部|委|会|院|校|学|中心|所|队|站|馆|集团|厂|社|府|办|室|园|行|店|场|团|庭|段|企业|研究院|联合体|银行|办公室|基地|库|署|科|台|港|矿|厅室|事务所|海关|银行|村|镇|乡|街道|幼儿园|医院|监狱|法院|联盟|联社|商行|经营部|服务部|工作室|协会|学会|基金会|委员会|支队|大队|总队|分局|支行|分行|所\)|Ltd\.?|Inc\.?|Co\.?|GmbH|LLC|Corp\.?|Limited)[）)]?$",
    re.IGNORECASE,
)
_LONGEST_NAME = 200
_NO_BODY = re.compile(
    r"(?:文件|公告|公示|金额|编号|日期|时间|方式|电话|价格|费率|名称|要求|情况|信息|结果|名单|原因|说明|概况|内容|条件|标准|期限)$"
)
_REMARK = re.compile(
    r"\s*\((?:[^()]{0,60}$|[^()]{0,30}(?::|原因|得分|排名|报价|未中标|经营者)[^()]{0,60}\)\s*$)"
)
"""A bracket that the name does not close, or that says why it lost or who runs it."""
_THEN_ADDRESS = re.compile(
    r"(?<=[司心学院厂局所社部行店])\s+(?=[一-龥]{2,}(?:省|市|区|县|州|路|街|道|号|镇|乡|村))(?!\S+(?:公司|厂|中心|院|所|局)(?:\s|$))"
)
"""A name and its address with only a blank between."""
_ENDED = ("项目", "公告", ")", "）", "。", "工程", "采购", "服务", "公司", "局", "中心")

DATE = re.compile(
    r"(?P<y>\d{2,4})\s*[年\-/.]\s*(?P<m>\d{1,2})\s*[月\-/.]\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
    r"(?P<t>[\sT,，()日一二三四五六星期周北京时间]{0,12}?(?P<half>上午|下午|早上|中午|正午|晚上|凌晨)?\s*(?P<h>\d{1,2})\s*(?:[:时点時點]\s*(?P<mi>\d{1,2})?\s*分?(?:\s*[:]?\s*\d{1,2}(?!\d)\s*秒?)?)"
    r"(?P<half2>\s*(?:AM|PM))?)?",
)
_HAN_DATE = re.compile(
    r"[二一][〇零○O0一二三四五六七八九]{3}\s*年\s*[一二三四五六七八九十]{1,3}\s*月\s*[一二三四五六七八九十]{1,3}\s*日"
)

_HAN_TIME = re.compile(
    r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?\s*)?(?P<half>上午|下午|早上|中午|晚上)?\s*(?P<h>[二]?十[一二三四五六七八九]?|[一二三四五六七八九])[时点]"
    r"(?:整|(?P<mi>半|[一二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])分?)?"
)


def is_absent(text: str) -> bool:
    """Whether a value says nothing: a placeholder, blanks, or only what was masked."""
    stripped = text.strip(' \t\n;,，；、:。()（）[]【】￥¥"“”')
    if not stripped:
        return True
    if "〔" in stripped:
        rest = _MASK.sub("", stripped).strip(" ,，、/()（）-")
        if len(rest) < 3:
            return True
    return len(stripped) <= 50 and _PLACEHOLDER.match(stripped) is not None


def clean(text: str) -> str:
    """A value on one line: wraps joined, ghosts and doubled spaces removed."""
    if "\n" in text:
        text = _WRAP.sub("", _LATIN_WRAP.sub(" ", text))
    if _GHOSTS.search(text):
        text = _GHOSTS.sub("", text)
    return text.strip(" \t\u00a0\u3000")


def text_field(source: Source, start: int, end: int, confidence: float) -> Field[str] | None:
    """The words at a span as a field; None for placeholders."""
    start, end = source.trim(start, end)
    raw = source.text[start:end]
    if is_absent(raw):
        return None
    evidence = source.evidence(start, end)
    value = clean(evidence.quote)
    return Field(value, evidence.quote, evidence, confidence) if value else None


def wrapped_end(source: Source, layout: Layout, pair: Pair) -> int:
    """Where a value that a PDF (or a narrow cell) broke over lines ends."""
    end = pair.end
    lines, stops = layout.lines, layout.stops
    number = line_of(layout, pair.start)
    if lines[number][1] != end:
        return end
    skeleton = source.skeleton
    widest = 0
    if source.paged:
        near = lines[max(0, number - 30) : number + 30]
        widest = max(b - a for a, b in near)
    for _ in range(3):
        number += 1
        if number >= len(lines) or stops[number]:
            break
        start, until = lines[number]
        value = skeleton[pair.start : end]
        opened = value.count("(") > value.count(")") or value.count("“") > value.count("”")
        if not opened and not source.paged:
            break
        full = lines[number - 1][1] - lines[number - 1][0] >= 0.8 * widest
        unfinished = not value.endswith(_ENDED) and until - start < 60
        if not (opened or full or unfinished) or (
            skeleton[start] in "一二三四五六七八九十123456789"
            and not opened
            and skeleton[start + 1 : start + 2] in "、.)"
        ):
            break
        if not full and looks_like_organisation(value):
            break
        if until - start > 80 or source.index(start) != source.index(pair.start):
            break
        end = until
        if not opened and not full:
            break
    return end


def organisation(source: Source, start: int, end: int, confidence: float) -> Field[str] | None:
    """The organisation named at a span, without notes (盖章) and what follows the name."""
    start, end = source.trim(start, end)
    if end - start > _LONGEST_NAME:
        end = start + _LONGEST_NAME
    text = source.skeleton[start:end]
    if is_absent(text):
        return None
    cut = len(text)
    found = _AFTER_NAME.search(text)
    if found and found.start() >= 2:
        cut = found.start()
    text = text[:cut]
    address = _THEN_ADDRESS.search(text)
    if address is not None and address.start() >= 4:
        cut = address.start()
        text = text[:cut]
    remark = _REMARK.search(text)
    if remark is not None and looks_like_organisation(text[: remark.start()]):
        cut = remark.start()
        text = text[:cut]
    located = _LOCATED.search(text)
    if located is not None:
        cut = located.start()
        text = text[:cut]
    note = _NOTE.search(text)
    if note is not None:
        if note.end() >= len(text.rstrip()):
            cut = note.start()
        elif not note.start():
            start += note.end()
            cut -= note.end()
    last = start + cut
    while last > start and source.skeleton[last - 1] in " \t\n:,，、":
        last -= 1
    while start < last and source.skeleton[start] in ' \t\n:,，、“"':
        start += 1
    raw = source.text[start:last]
    if last - start < 2 or is_absent(raw) or raw.startswith("〔"):
        return None
    evidence = source.evidence(start, last)
    value = clean(evidence.quote).strip('“”"')
    if find_label(value) is not None or _NO_BODY.search(value):
        return None
    return Field(value, evidence.quote, evidence, confidence)


def looks_like_organisation(name: str) -> bool:
    """Whether a name ends as organisations do."""
    return len(name) >= 4 and _ORGANISATION.search(name.rstrip()) is not None


def find_moment(
    source: Source, start: int, end: int, *, minguo: bool = False
) -> tuple[datetime, int, int, bool] | None:
    """The first date (with its time) in a span: value, span, and whether a time is stated."""
    skeleton = source.skeleton
    for match in DATE.finditer(skeleton, start, end):
        read = _moment(match, minguo)
        if read is not None:
            return (*read[:1], match.start(), _tight_end(skeleton, match), read[1])
    han = _HAN_DATE.search(skeleton, start, end)
    if han is not None:
        parsed = parse_date("".join(han.group().split()))
        if parsed is not None:
            value = datetime(parsed.value.year, parsed.value.month, parsed.value.day)  # noqa: DTZ001
            clock = _HAN_TIME.match(skeleton, han.end(), end)
            hour = _small(clock["h"]) if clock else 24
            minute = _small(clock["mi"] or "") if clock else 0
            if clock is None or hour > 23 or minute > 59:
                return value, han.start(), han.end(), False
            hour += 12 * (clock["half"] in ("下午", "晚上") and hour < 12)
            return value.replace(hour=hour, minute=minute), han.start(), clock.end(), True
    return None


def _small(words: str) -> int:
    """九 → 9, 十一 → 11, 三十 → 30, 半 → 30; 0 for nothing."""
    if words == "半":
        return 30
    tens, ten, units = words.rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.index(tens or "一") * 10 if ten else 0) + (digits.index(units) if units else 0)


def _tight_end(skeleton: str, match: re.Match[str]) -> int:
    end = match.end()
    while end > match.start() and skeleton[end - 1].isspace():
        end -= 1
    return end


def _moment(match: re.Match[str], minguo: bool) -> tuple[datetime, bool] | None:
    """A match of DATE as a local date and time, and whether the time is stated."""
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if year < 100 and not minguo:
        if len(match["y"]) == 3:
            year += 2000  # 026年: the first digit of 2026 was lost
        else:
            return None
    elif minguo and year < 200:
        year += 1911
    hour = int(match["h"]) if match["h"] else 0
    minute = int(match["mi"]) if match["mi"] else 0
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour == 24 and not minute:
        hour, minute = 23, 59
    try:
        return datetime(year, month, day, hour, minute), match["h"] is not None  # noqa: DTZ001
    except ValueError:
        return None
