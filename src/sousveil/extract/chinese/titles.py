"""The title of a notice and its type: by the title first, by headings and the method second."""

import re
from functools import lru_cache

import msgspec

from sousveil.extract.chinese.forms import load
from sousveil.extract.chinese.layout import Layout
from sousveil.extract.chinese.source import Source
from sousveil.model import Field, NoticeType


class Title(msgspec.Struct, gc=False):
    """A title: its span in the text, what it says, and the type it tells (None if it tells none)."""

    start: int
    end: int
    text: str
    type: NoticeType | None
    words: str | None


_SEARCHED = 60
"""Lines in which a title may stand: portals put navigation and a summary before it."""
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|]{2,20}(?:网|平台|中心|系统|厅|局)$")
_TRAILING = re.compile(
    r"(?:\s|\.{2,}|…|[(【\[][^()【】\[\]]{0,30}[)】\]]|第[一二三四五六七八九十\d]+次|[一二三四\d]{1,2}|标段|[、,，\"”》])+$"
)
_CRUMB = re.compile(r"首页|当前位置|>>|»|您的位置|您现在|返回|登录|注册|欢迎")
_TAIL = 60
"""Characters at a title's end that say what kind of notice it is."""
_FILE = re.compile(r"\.(?:docx?|pdf|zip|rar|xlsx?|wps|7z)\b", re.IGNORECASE)
_TYPED = re.compile(r"告|公示|通知|公开|招标|采购|谈判|磋商|询价|结果|邀请|文件|更正|终止|合同|中标|成交|书|表|比选|竞价")
_NO_TITLE = re.compile(
    r"第\s*[一二三四五六七八九十]{1,3}\s*(?:章|部分)|.*(?:\.{4,}|…{2,})|\d{1,3}$|目\s*录"
)
_HEADING_ONLY = re.compile(r"(?:信息|情况|概况|概要)$")
_SENTENCE = re.compile(r"[。；;]|根据《|现将|现对")
_ONLY_TYPE = re.compile(
    r"(?:公开招标|邀请招标|招标|采购|竞争性磋商|竞争性谈判|询价|单一来源|中标|成交|结果|更正|变更|"
    r"终止|废标|流标|合同|验收|候选人|资格预审|施工|项目|货物|服务|工程|采购项目|文件|政府采购|"
    r"标段|[A-Z]\d{0,3}|公告|公示|通知|邀请|书|\(|\)|（|）|国内|其他|其它|中央|地方|资后|资格后审)+$"
)
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
    """The title line (or two): the first that ends like a title, else the first that could be one."""
    fallback: Title | None = None
    given = _given(source)
    skeleton = source.skeleton
    headings = {mark.start for mark in layout.marks[:3]}
    for number, (start, end) in enumerate(layout.lines[:_SEARCHED]):
        text = skeleton[start:end]
        if end - start > 220 or _CRUMB.search(text) or _FILE.search(text):
            continue
        if _NO_TITLE.match(text) or (end - start <= 12 and _HEADING_ONLY.search(text)):
            continue
        whole = _ONLY_TYPE.match(text.replace(" ", "")) is not None
        if end - start < 6 and not whole:
            continue
        if given and (text in given or given in text) and end - start >= 8:
            return _title(source, start, end)
        if layout.stops[number] or _SENTENCE.search(text) or start in headings:
            continue
        kind, words = type_of(text) if _TYPED.search(text, max(0, end - start - 40)) else (None, None)
        if words is not None and not whole and kind is not None:
            if (
                fallback is not None
                and number
                and fallback.end >= start - 3
                and fallback.type is None
                and _unfinished(fallback.text)
            ):
                return _title(source, fallback.start, end)
            return _title(source, start, end)
        if whole and kind is not None and fallback is not None and start - fallback.end <= 120:
            return Title(fallback.start, fallback.end, fallback.text, kind, words)
        if fallback is None and not whole and ":" not in text:
            last = _wrapped(source, layout, number) if source.paged else end
            fallback = _title(source, start, last)
            if source.paged:
                return fallback
    return fallback


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
    title = source.pages[0].title or ""
    cleaned = _SITE.sub("", title.replace("（", "(").replace("）", ")").strip())
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
