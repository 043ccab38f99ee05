"""What kind of notice a record of an export is: by its own words, else by those around it."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

import msgspec

from sousveil.extract.chinese.deadlines import NO_BIDS
from sousveil.extract.chinese.source import skeleton_of
from sousveil.extract.chinese.titles import type_of
from sousveil.extract.tabular.cells import Value
from sousveil.model import Page
from sousveil.model.notice import NoticeType
from sousveil.text import fold

_OWN = ("type", "title", "project_name")
_ANNOUNCED = re.compile("公告|公示|通知|公开|公開|告知|结果|結果|邀请|邀請")
_ANNOUNCES = re.compile(
    r"(?:项目|采购|系统|设备|服务|工程|标段|标案).{0,12}"
    r"(?:招标|采购|磋商|谈判|询价|中标|成交|结果|更正|变更|终止|中止|废标|流标|合同|候选人)(?:公告|公示)"
    r"(?:\(.{1,12}\)|\[.{1,30}\])?$"
)
_CATEGORY = re.compile(
    r"(?:公开|邀请)?招标(?:公告)?|采购公告|预告|预公告|需求公示|采购意向|合同(?:公告)?|询价|成交|中标|竞谈|磋商|竞价|单一"
    r"|变更|废标|流标|验收|邀标|论证意见"
)
"""What portals and aggregators call the kinds of notices."""
_SEEKS = re.compile(
    r"采购|招标|购置|征集|调研|论证|遴选|比选|推介|介绍会|需求|补遗|参数.{0,6}公示|项目(?:$|[((])|(?:服务|系统|设备|工程)$"
)
_SEEKS_NOTHING = re.compile(
    r"出售|变卖|拍卖|报废|出租|招租|招聘|投诉|处罚|处理决定|监督(?:检查|意见)|执行情况|表彰|获评|讲座|学习班|培训班|开标项目表"
)
_TAIL = 20
"""The end of a title, where a notice says what it is; the title of a project says nothing of it."""
OPEN = ("tender", "consultation", "negotiation", "inquiry")
_OPEN_ENDED = re.compile("(?:中止|暂停|(?:采购|招标|开标|评审)?结果).{0,4}")
"""A purchase that stands still, or has come to some result: the category says whether it failed."""
_SURVEYS = re.compile(
    r"(?:项目|调研|调查)名称[:：][^:：。;；\n]{2,80}?(?:市场调研|市场调查|需求调查|需求调研)(?=[一二三四五六七八九十\s。,，;；]|$)"
    r"|(?:本|此)次?(?:市场|需求)(?:调研|调查)"
)
_CANDIDATES = re.compile(r"第[一1](?:中标|成交|中选)?候选人|(?:评标|评审)结果公示|中标候选人公示")
_WON = re.compile(r"(?:中标|成交|中选)(?:结果|公告|供应商|人)[:：公]|确定.{0,30}为(?:中标|成交)")
_CODE = re.compile(r"\s*[(\[【][^一-龥]{1,40}$")
"""A number in a bracket behind a title."""
_AWARD_OR_VEHICLE = "award_or_idv_flag"
"""USAspending's column: an award, or an indefinite delivery vehicle, which has no award_type."""
_NUMBERED = re.compile(r"(?:招标|采购|标案)(?:编号|案号)|\btender (?:no|ref|number)")
"""What the description of an invitation says, and no other text."""


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of notice and the words that tell it."""

    type: NoticeType
    words: list[str]


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of kinds (kinds.toml), in order; ``by_fields`` tells by what a record holds."""

    type: list[Kind]
    by_fields: dict[str, str]


@cache
def kinds() -> Kinds:
    """What tells a kind."""
    table = tomllib.loads((files(__package__) / "kinds.toml").read_text("utf-8"))
    return msgspec.convert(table, Kinds)


@cache
def _patterns() -> Sequence[tuple[NoticeType, re.Pattern[str]]]:
    return [(kind.type, re.compile("|".join(kind.words))) for kind in kinds().type]


def kind_by_fields(found: Mapping[str, Value]) -> tuple[NoticeType, str | None]:
    """The kind of a record without any word for it: given to somebody, or still to be bid for."""
    given = [found[field].heading for field in ("award", "suppliers") if field in found]
    if "suppliers" in found and given:
        for kind, pattern in kinds().by_fields.items():
            match = re.search(pattern, fold(" ".join(given)))
            if match is not None:
                return cast(NoticeType, kind), match[0]
        return "award", found["suppliers"].heading
    if "bid_deadline" in found and "title" not in found:  # a notice's title has said otherwise
        return "tender", found["bid_deadline"].heading
    return "other", None


def kind_of_record(
    page: Page, found: Mapping[str, Value], everything: Sequence[Value]
) -> tuple[NoticeType, str | None, bool]:
    """The type, the words that decided it, and whether they are the record's own.

    The end of a Chinese title says more than a portal's own category of it.
    """
    title = _said(found, "title")
    category = _first([_said(found, "type")]) or ("other", "")
    if _ANNOUNCED.search(_CODE.sub("", title)[-_TAIL:]):
        kind, words = type_of(title)
        won = found.keys() & {"suppliers", "award"}
        if words and category[0] == "termination" and _OPEN_ENDED.fullmatch(words) and not won:
            return *category, True
        if kind is not None:
            return kind, words, True
    kind_of_award = found.get("type")
    if kind_of_award is not None and "award" in kind_of_award.heading.lower():
        return "award", kind_of_award.said, True  # award_type: which contract form it took
    for value in everything:
        if value.heading == _AWARD_OR_VEHICLE:
            return "award", value.said, True
    told = _in_own_words(category[0], title, _said(found, "purpose"))
    if told is not None:
        return *told, True
    said = _first(_said(found, name) for name in _OWN)
    if said is not None:
        return *said, True
    numbered = _NUMBERED.search(fold(found["purpose"].said)) if "purpose" in found else None
    if numbered is not None:
        return "tender", numbered[0], True
    above = fold(page.text[: page.cells[0].start]) if page.cells else ""
    around = _first([above, "\n".join(fold(value.heading) for value in everything)])
    return (*around, False) if around is not None else ("other", None, False)


def _said(found: Mapping[str, Value], name: str) -> str:
    return skeleton_of(fold(found[name].said)) if name in found else ""


def _in_own_words(
    category: NoticeType, title: str, description: str
) -> tuple[NoticeType, str] | None:
    """What the record itself says against the portal's category of it, None where nothing.

    Portals file candidates under winners, a consultation under negotiations, a market survey under
    tenders.
    """
    survey = _SURVEYS.search(description)
    if category in (*OPEN, "other") and survey is not None:
        return "other", survey[0]
    if category in OPEN:
        named = {kind: match[0] for kind, words in _patterns() if (match := words.search(title))}
        if category not in named:
            return next(((kind, named[kind]) for kind in OPEN[1:] if kind in named), None)
    ranked = _CANDIDATES.search(description) if category == "award" else None
    if ranked is not None and _WON.search(title + description) is None:
        return "candidate", ranked[0]
    return None


def no_bids(title: str) -> bool:
    """Whether a title asks for opinions or a market survey, to which nobody bids."""
    return NO_BIDS.search(fold(title)) is not None


def announces(found: Mapping[str, Value]) -> bool:
    """Whether the record is a notice by its title alone: a purchase, and what becomes of it."""
    title = found.get("title")
    return title is not None and _ANNOUNCES.search(fold(title.said)) is not None


def seeks(found: Mapping[str, Value]) -> bool:
    """Whether a dated record is of a purchase by its category, or by the title of one who buys."""
    if not found.keys() >= {"title", "published"}:
        return False
    title = skeleton_of(fold(found["title"].said))
    if _SEEKS_NOTHING.search(title) is not None:
        return False
    return _CATEGORY.fullmatch(_said(found, "type")) is not None or (
        "buyer" in found and _SEEKS.search(title) is not None
    )


def _first(texts: Iterable[str]) -> tuple[NoticeType, str] | None:
    for text in texts:
        for kind, pattern in _patterns():
            match = pattern.search(text)
            if match is not None:
                return kind, match[0]
    return None
