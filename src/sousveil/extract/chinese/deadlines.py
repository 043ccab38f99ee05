"""Dates of a notice: when bids are due, when it was published, when first."""

import re
from datetime import date, datetime

from sousveil.extract.chinese.layout import Pair
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.table import DEADLINES
from sousveil.extract.chinese.values import DATE, find_moment
from sousveil.model import Field

NO_BIDS = re.compile(
    r"调研|市场调查|需求调查|征集.{0,6}供应商|征求意见|咨询(?:公告|公示|$)|意见征询|征询|论证|需求公示|意向"
)
_BIDS = re.compile(r"投标|响应|递交|提交|开标|开启|截标|报价|磋商时间|谈判时间|参选|截止时间及")
_NOT_BIDS = re.compile(
    r"获取|发售|出售|领取|报名|下载|质疑|提问|答疑|踏勘|公示|公告期|合同|服务期|获得|购买|演示|样品"
)
_PROSE = (
    re.compile(
        r"并\s{0,20}+于\s{0,20}+(?P<date>20\d\d[^。;；]{6,40}?)\s{0,20}+(?:\(北京时间\))?\s{0,20}+(?:之)?前\s{0,20}+(?:递\s{0,20}+交|提\s{0,20}+交|上\s{0,20}+传)"
    ),
    re.compile(
        r"(?:投标截止时间|递交截止时间|提交截止时间|投标文件递交的截止时间|截止时间|递交的截止时间|提交的截止时间)(?:\((?:即|下同|开标)?[^()]{0,20}\))?[^。;；:]{0,16}?(?:为|是|:)[\s:]*(?:北京时间)?\s{0,20}+(?P<date>20\s{0,20}+\d\s{0,20}+\d\s{0,20}+年[^。;；]{6,50})"
    ),
    re.compile(
        r"(?:于|在)\s{0,20}+(?P<date>20\d\d\s{0,20}+年[^。;；]{6,30}?)\s{0,20}+(?:\(北京时间\))?\s{0,20}+(?:之)?前[^。;；]{0,30}?(?:投标文件|响应文件)[^。;；]{0,20}(?:递交|提交|送达|上传)"
    ),
)
_CHANGED = re.compile(
    r"更正为|变更为|改为|调整为|延期至|延期到|延长至|延长到|推迟至|推迟到|顺延至|修改为|更正后|变更后|现为|调整至|变更至|更改为|延至|现变更|现更正|推迟为|延后至"
)
_BEFORE_CHANGE = re.compile(r"原(?!因)|(?:更正|变更|修改|调整)前")
_DATE_LINE = re.compile(
    r"\s*(?:20\d\d\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|[二][〇零○O0][一二三〇零○O0九][〇零○O0一二三四五六七八九]\s*年[一二三四五六七八九十\s月]{3,8}日)\s*$"
)
_STAMPED = re.compile(
    r"20\d\d[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:$|来源|浏览|阅读|点击|【|\||作者|字体)"
)


def bid_deadline(reading: Reading) -> Field[datetime] | None:
    """When bids are due, local time; for a correction the corrected time."""
    if reading.type == "correction":
        return _corrected(reading)
    if reading.type not in DEADLINES:
        return None
    title = reading.title.value if reading.title else ""
    if reading.type == "other" and NO_BIDS.search(title):
        return None
    for pair in reading.pairs("deadline"):
        found = _due(reading, pair, 0.97)
        if found is not None:
            return found
    for pair in reading.pairs("submission_time"):
        if pair.section == "submission" and not _NOT_BIDS.search(_label(reading, pair)):
            found = _due(reading, pair, 0.95)
            if found is not None:
                return found
    return _under_heading(reading) or _in_prose(reading) or _loosely(reading)


def _label(reading: Reading, pair: Pair) -> str:
    return reading.source.skeleton[pair.label_start : pair.label_end]


def _due(reading: Reading, pair: Pair, confidence: float) -> Field[datetime] | None:
    """The time a pair states; its value may run over lines (2026 / 年 / 8 / 月 …)."""
    layout = reading.layout
    end = pair.end
    if end - pair.start <= 12:
        for number in range(pair.line + 1, min(pair.line + 12, len(layout.lines))):
            start, until = layout.lines[number]
            if layout.stops[number] or until - start > 8:
                end = until if until - start <= 40 and not layout.stops[number] else end
                break
            end = until
    last = reading.source.skeleton.rfind("到", pair.start, end)
    moment = find_moment(
        reading.source, pair.start, min(end, pair.start + 200), minguo=_is_minguo(reading)
    )
    del last
    return None if moment is None else _field(reading, moment, confidence)


def _is_minguo(reading: Reading) -> bool:
    return reading.currency == "TWD"


def _field(
    reading: Reading, moment: tuple[datetime, int, int, bool], confidence: float
) -> Field[datetime]:
    value, start, end, timed = moment
    evidence = reading.source.evidence(start, end)
    return Field(value, evidence.quote, evidence, confidence if timed else confidence * 0.7)


def _under_heading(reading: Reading) -> Field[datetime] | None:
    """A date on the first lines under 提交投标文件截止时间、开标时间和地点."""
    marks = reading.layout.marks
    for index, mark in enumerate(marks):
        if mark.section != "submission":
            continue
        end = marks[index + 1].start if index + 1 < len(marks) else len(reading.source.text)
        moment = find_moment(reading.source, mark.end, min(end, mark.end + 160))
        if moment is not None:
            return _field(reading, moment, 0.85)
    return None


def _in_prose(reading: Reading) -> Field[datetime] | None:
    skeleton = reading.source.skeleton
    for pattern in _PROSE:
        for found in pattern.finditer(skeleton):
            moment = find_moment(reading.source, *found.span("date"))
            if moment is not None:
                return _field(reading, moment, 0.85)
    return None


_LOOSE = re.compile(
    r"(?:投标|递交|提交|截标|响应)[^。;；\n]{0,20}截止时间[^。;；\n]{0,30}?(?=20\d\d)"
)


def _loosely(reading: Reading) -> Field[datetime] | None:
    for found in _LOOSE.finditer(reading.source.skeleton):
        if _NOT_BIDS.search(found.group()):
            continue
        moment = find_moment(reading.source, found.end(), found.end() + 40)
        if moment is not None:
            return _field(reading, moment, 0.7)
    return None


def _corrected(reading: Reading) -> Field[datetime] | None:
    """The new time: the right column of the table, else what follows 更正为, 延期至."""
    source = reading.source
    skeleton = source.skeleton
    for record in reading.records:
        new = record.cells.get("new")
        if new is None:
            continue
        around = " ".join(
            skeleton[cell.start : cell.end][:80]
            for name, cell in record.cells.items()
            if name != "new"
        )
        if _concerns_bids(around) or _concerns_bids(skeleton[new.start : new.end]):
            moment = _of_bids(reading, new.start, new.end)
            if moment is not None:
                return _field(reading, moment, 0.95)
    spans = [(p.start, p.end + 200) for p in reading.pairs("new")]
    spans += [(m.end(), m.end() + 140) for m in _CHANGED.finditer(skeleton)]
    for start, end in spans:
        before = skeleton[max(0, start - 140) : start]
        moment = find_moment(source, start, min(end, len(skeleton)))
        if moment is None:
            continue
        between = skeleton[start : moment[1]]
        if "更正日期" in between or len(between) > 110 or _BEFORE_CHANGE.search(between):
            continue
        if _nearest(before + between):
            return _field(reading, moment, 0.9)
    return _stated_again(reading)


def _concerns_bids(words: str) -> bool:
    return (
        _BIDS.search(words) is not None
        and (
            _NOT_BIDS.search(words) is None
            or re.search(r"投标截止|开标时间|响应文件", words) is not None
        )
        and ("时间" in words or "日期" in words or "截止" in words)
    )


def _of_bids(reading: Reading, start: int, end: int) -> tuple[datetime, int, int, bool] | None:
    """The date in a cell that belongs to bids, where the cell tells several apart."""
    skeleton = reading.source.skeleton
    first = find_moment(reading.source, start, end)
    label = re.search(r"(?:投标截止|递交|提交|响应|开标|开启)", skeleton[start:end])
    if first is not None and label is not None and start + label.start() > first[1]:
        later = find_moment(reading.source, start + label.end(), end)
        if later is not None and _NOT_BIDS.search(skeleton[start : first[1]]):
            return later
    return first


def _nearest(words: str) -> bool:
    """Whether the last thing spoken of before a date is the handing in or opening of bids."""
    bids = max((m.end() for m in _BIDS.finditer(words)), default=-1)
    not_bids = max((m.end() for m in _NOT_BIDS.finditer(words)), default=-1)
    return bids > not_bids


def _stated_again(reading: Reading) -> Field[datetime] | None:
    """A correction that restates the due time as a label of its own, without an old one."""
    skeleton = reading.source.skeleton
    found = [
        pair
        for pair in reading.pairs("deadline")
        if not re.search(r"原", skeleton[max(0, pair.label_start - 8) : pair.label_end])
    ]
    return _due(reading, found[-1], 0.6) if found else None


def published(reading: Reading) -> Field[date] | None:
    """The day the notice appeared: labelled, stamped under the title, or signed at its end."""
    source, layout = reading.source, reading.layout
    names = ("published_change", "published") if reading.type == "correction" else ("published",)
    for name in names[::-1] if reading.type == "correction" else names:
        for pair in reading.pairs(name):
            moment = find_moment(
                source, pair.start, min(pair.end, pair.start + 60), minguo=_is_minguo(reading)
            )
            if moment is not None:
                return _day(reading, moment, 0.9)
    first = layout.marks[0].start if layout.marks else len(source.text)
    for start, end in layout.lines[:25]:
        if start < first and end - start <= 60 and _STAMPED.match(source.skeleton, start, end):
            moment = find_moment(source, start, end)
            if moment is not None:
                return _day(reading, moment, 0.75)
    for start, end in reversed(layout.lines[-12:]):
        if _DATE_LINE.match(source.skeleton[start:end]):
            moment = find_moment(source, start, end)
            if moment is not None:
                return _day(reading, moment, 0.7)
    return None


def first_published(reading: Reading) -> Field[date] | None:
    """The day the first notice appeared, as a correction or termination states it."""
    for pair in reading.pairs("first_published"):
        moment = find_moment(reading.source, pair.start, min(pair.end, pair.start + 60))
        if moment is not None:
            return _day(reading, moment, 0.95)
    said = _FIRST.search(reading.source.skeleton) if reading.type in _LATER else None
    moment = find_moment(reading.source, *said.span("date")) if said else None
    return _day(reading, moment, 0.8) if moment is not None else None


_LATER = frozenset({"correction", "termination", "award"})
_FIRST = re.compile(
    r"于\s{0,3}(?P<date>20\d\d\s{0,3}年[^,，。;；]{3,12}日)[^,，。;；]{0,40}?发布(?:的|了)?[^,，。;；\n]{0,90}?公告"
)


def _day(
    reading: Reading, moment: tuple[datetime, int, int, bool], confidence: float
) -> Field[date]:
    value, start, end, _ = moment
    match = DATE.match(reading.source.skeleton, start, end)
    if match is not None and match["h"] is not None:
        end = match.start("t")
    evidence = reading.source.evidence(start, end)
    return Field(value.date(), evidence.quote, evidence, confidence)
