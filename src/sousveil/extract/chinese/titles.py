"""The title of a notice and its type: by the title first, by headings and the method second."""

import re
from functools import lru_cache

import msgspec

from sousveil.extract.chinese.forms import load
from sousveil.extract.chinese.layout import Layout
from sousveil.extract.chinese.source import Source, skeleton_of
from sousveil.model import Field, NoticeType


class Title(msgspec.Struct, gc=False):
    """A title: its span, what it says, and the type it tells (None if it tells none)."""

    start: int
    end: int
    text: str
    type: NoticeType | None
    words: str | None


_SEARCHED = 60
"""Lines in which a title may stand: portals put navigation and a summary before it."""
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|]{2,20}(?:网|平台|中心|系统|厅|局)$")
_TRAILING = re.compile(
    r"(?:\s|\.{2,}|…|[(【\[][^()【】\[\]]{0,30}(?:\([^()]{0,12}\)[^()【】\[\]]{0,20})?[)】\]]|第[一二三四五六七八九十\d]+次|[一二三四\d]{1,2}|标段|[、,，\"”》])+$"
)
_CRUMB = re.compile(r"首页|当前位置|>>|»|您的位置|您现在|返回|登录|注册|欢迎")
_FEWEST = 6
_LONGEST = 220
_NEAR = 120
"""Characters between a title's first line and the line that tells its type."""
_TAIL = 60
"""Characters at a title's end that say what kind of notice it is."""
_GLUED = re.compile(r"[^。;；:]{6,100}?(?:公告|公示)(?:\([^()]{1,12}\))?(?=\s)")
_DATE_ONLY = re.compile(r"[\d二〇零○一三四五六七八九十年月日/.:\s-]+$")
_FILE = re.compile(r"\.(?:docx?|pdf|zip|rar|xlsx?|wps|7z)\b", re.IGNORECASE)
_TYPED = re.compile(
    r"告|公示|通知|公开|招标|采购|谈判|磋商|询价|结果|邀请|文件|更正|终止|合同|中标|成交|书|表|比选|竞价"
)
_NO_TITLE = re.compile(
    r"第\s*[一二三四五六七八九十]{1,3}\s*(?:章|部分)|.*(?:\.{4,}|…{2,})|\d{1,3}$|目\s*录"
)
_HEADING_ONLY = re.compile(r"(?:信息|情况|概况|概要)$")
_SENTENCE = re.compile(r"[。；;！!]|根据《|现将|现对|^(?:感谢|欢迎)")
_REFERS = re.compile(
    r"^(?:本项目)?(?:(?:请)?详见|参见|(?:见|符合|按照?)(?:本|附|公告|采购|招标|磋商|谈判|询价|公开|竞争性))"
    r"|(?:条件|要求|内容|需求|标准|时间|地点|方式|资格|事项|参数|清单)(?:请)?(?:详|参)?见(?!证)"
)
"""Words that send the reader to another text (条件见公开招标公告), whose name they end with."""
_ONLY_TYPE = re.compile(
    r"(?:公开招标|邀请招标|招标|采购|竞争性磋商|竞争性谈判|询价|单一来源|中标|成交|结果|更正|变更|"
    r"终止|废标|流标|合同|验收|候选人|资格预审|施工|项目|货物|服务|工程|采购项目|文件|政府采购|"
    r"标段|[A-Z]\d{0,3}|公告|公示|通知|邀请|书|\(|\)|（|）|延期|澄清|补充|答疑|暂停|中止|取消|失败|意向|履约|入围|中选|比选|竞价|询比|决标|延长|开标|国内|其他|其它|中央|地方|资后|资格后审)+$"
)
_ABOUT = re.compile(
    r"(?:[^,，:。]{2,30}(?:公司|中心|局))?关于(?:(?P<termination>取消|终止|撤销|作废)|(?P<correction>更正|变更|延期|暂停|中止|澄清|修改))"
    r".*(?:公告|通知|函|说明|公示)$"
)
"""关于取消某项目采购任务的公告: what is announced stands before its object."""
_METHOD_TYPES: tuple[tuple[str, NoticeType], ...] = (
    ("单一来源", "single_source"),
    ("磋商", "consultation"),
    ("谈判", "negotiation"),
    ("询价", "inquiry"),
    ("询比", "inquiry"),
    ("公开招标", "tender"),
    ("邀请招标", "tender"),
)
_DOCUMENT_WORDS = re.compile(
    r"(?P<consultation>磋商文件|竞争性磋商)|(?P<negotiation>谈判文件|竞争性谈判)|(?P<inquiry>询价(?:通知书|文件|公告))|"
    r"(?P<tender>招标文件|公开招标|投标文件)"
)
_DOCUMENT = re.compile(
    r"(?P<prequalification>资格预审文件)|(?P<single_source>单一来源采购文件|\(?单一来源\)?)|"
    r"(?P<consultation>磋商文件|竞争性磋商)|(?P<negotiation>谈判文件)|(?P<inquiry>询价(?:通知书|文件))|"
    r"(?P<tender>招\s*标\s*文\s*件)"
)


def find_title(source: Source, layout: Layout) -> Title | None:
    """The first line that ends like a title (or it and the next), else the first that could."""
    first: Title | None = None
    alone: Title | None = None  # 合同公示 on a line of its own: a type without a name
    begun = 0  # where the last such line ended, and the first known label below it
    labelled = False
    given = _given(source)
    skeleton = source.skeleton
    headings = {mark.start for mark in layout.marks[:3]}
    for number, (start, end) in enumerate(layout.lines[:_SEARCHED]):
        text = skeleton[start:end]
        if given and end - start >= _FEWEST and (text in given or given in text):
            return _title(source, start, end)
        if not number and (end - start > _LONGEST or layout.stops[number]):
            glued = _GLUED.match(text)
            if glued is not None:
                return _title(source, start, start + glued.end())
        if end - start > _LONGEST or layout.stops[number] or start in headings or _skipped(text):
            labelled = labelled or (alone is not None and layout.stops[number] == 2)
            continue
        kind, words = type_of(text) if _TYPED.search(text[-40:]) else (None, None)
        whole = _ONLY_TYPE.match(text.replace(" ", "")) is not None
        if whole:
            if kind is not None and first is not None and start - first.end <= _NEAR:
                return Title(first.start, first.end, first.text, kind, words)
            if kind is not None:
                begun, labelled = end, False
            if kind is not None and alone is None:
                alone = Title(start, end, source.text[start:end], kind, words)
        elif labelled and start > begun + _NEAR:  # the notice named 中标公告 has begun above
            continue
        elif kind is not None and end - start >= _FEWEST:
            if first is not None and first.end >= start - 3 and _unfinished(first.text):
                return _title(source, first.start, end)
            return _title(source, start, end)
        elif first is None and ":" not in text and end - start >= _FEWEST:
            if source.paged:
                return _title(source, start, _wrapped(source, layout, number))
            first = _title(source, start, end)
    if first is None or first.type is not None or alone is None:
        return first or alone
    if first.start > alone.end + _NEAR:  # a line far below the words 中标公告 is not their name
        return alone
    return Title(first.start, first.end, first.text, alone.type, alone.words)


def _skipped(text: str) -> bool:
    """Navigation, file names, tables of contents, sentences, 详见招标文件: never a title."""
    return (
        _REFERS.search(text) is not None
        or _CRUMB.search(text) is not None
        or _FILE.search(text) is not None
        or _NO_TITLE.match(text) is not None
        or _SENTENCE.search(text) is not None
        or _DATE_ONLY.match(text) is not None
        or (len(text) <= 12 and _HEADING_ONLY.search(text) is not None)
    )


def _wrapped(source: Source, layout: Layout, number: int) -> int:
    """Where the title on the cover of a bidding document ends: it often takes several lines."""
    end = layout.lines[number][1]
    for start, until in layout.lines[number + 1 : number + 4]:
        number += 1
        text = source.skeleton[start:until]
        if layout.stops[number] or ":" in text or until - start > 60:
            break
        if len(text.replace(" ", "")) < 4 or re.match(
            r"[\d一二三四五六七八九十]{1,4}[、.年]", text
        ):
            break
        if re.search(
            r"(?:项目|采购|服务|工程|建设|设备|文件)$", source.skeleton[:end]
        ) and not re.match(r"公开|竞争|招标|采购|磋商|谈判|询价|单一|\(", text):
            break
        end = until
    return end


def _unfinished(text: str) -> bool:
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def _given(source: Source) -> str:
    title = skeleton_of(source.pages[0].title or "")
    cleaned = _SITE.sub("", title.strip())
    return cleaned if len(cleaned) >= 8 else ""


def _title(source: Source, start: int, end: int) -> Title:
    text = "".join(source.text[start:end].splitlines()).strip()
    kind, words = type_of(source.skeleton[start:end].replace("\n", ""))
    return Title(start, end, text, kind, words)


def field_of(source: Source, title: Title | None) -> Field[str] | None:
    """The title as a field."""
    if title is None:
        return None
    raw = source.text[title.start : title.end]
    return Field(title.text, raw, source.evidence(title.start, title.end), 0.9)


@lru_cache(maxsize=1024)
def type_of(title: str) -> tuple[NoticeType | None, str | None]:
    """What a title's ending says, and the words that say it; (None, None) if nothing."""
    text = title[-_TAIL:]
    if "网" in text or "平台" in text or "厅" in text or "中心" in text:
        text = _SITE.sub("", text)
    text = _TRAILING.sub("", text).replace(" ", "")[-24:]
    for words in load().types:
        found = words.ending.search(text)
        if found is not None:
            return words.type, found.group()  # type: ignore[return-value]
    about = _ABOUT.match(title.replace(" ", ""))
    if about is not None and about.lastgroup is not None:
        return about.lastgroup, about["termination"] or about["correction"]  # type: ignore[return-value]
    return None, None


def method_type(method: str | None) -> NoticeType | None:
    """The type of a tender notice that its method tells."""
    for words, kind in _METHOD_TYPES:
        if method and words in method:
            return kind
    return None


def decide_type(
    source: Source, layout: Layout, title: Title | None, method: str | None
) -> tuple[NoticeType, str | None]:
    """The notice's type and the words that decided it."""
    by_method = method_type(method)
    if title is not None and title.type is not None:
        kind = title.type
        open_kinds = ("tender", "consultation", "negotiation", "inquiry")
        if kind in open_kinds and by_method is not None and by_method != kind:
            return by_method, method
        return kind, title.words
    if title is not None:
        tail = title.text[-18:]
        for words in load().types[:7]:
            found = words.pattern.search(tail)
            if found:
                return words.type, found.group()  # type: ignore[return-value]
    return _by_headings(source, layout, by_method, method)


_HEADED: tuple[tuple[str, NoticeType], ...] = (
    ("correction", "correction"),
    ("termination", "termination"),
    ("acceptance", "acceptance"),
    ("contract", "contract"),
    ("parties", "contract"),
    ("proposed", "single_source"),
    ("candidates", "candidate"),
    ("award", "award"),
)


def _by_headings(
    source: Source, layout: Layout, by_method: NoticeType | None, method: str | None
) -> tuple[NoticeType, str | None]:
    sections = {mark.section for mark in layout.marks}
    fields = {pair.field for pair in layout.pairs if pair.end > pair.start}
    if source.paged:
        found = _DOCUMENT.search(source.skeleton, 0, 3000)
        if found is not None and found.lastgroup is not None:
            kind: NoticeType = found.lastgroup  # type: ignore[assignment]
            return (by_method or kind), found.group()
    if "award" in fields and "award" not in sections:
        sections.add("award")
    if not sections & {"submission", "qualification", "documents"}:
        for section, kind in _HEADED:
            if section in sections:
                if section == "candidates" and "award" in sections:
                    continue
                return kind, section
    if by_method is not None:
        return by_method, method
    if not source.paged:
        about = [
            source.skeleton[pair.label_start : pair.label_end]
            for pair in layout.pairs
            if pair.end > pair.start
        ]
        found = _DOCUMENT_WORDS.search(source.skeleton)
        if found is not None and found.lastgroup and any("文件" in words for words in about):
            return found.lastgroup, found.group()  # type: ignore[return-value]
    if sections & {"submission", "documents", "qualification"} or "deadline" in fields:
        return "tender", None
    return "other", None
