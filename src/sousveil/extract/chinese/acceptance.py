"""Tells notices from everything else: lists of notices, blocked pages, laws, manuals, prose."""

import re
from collections.abc import Sequence

from sousveil.extract.chinese.forms import find_label
from sousveil.extract.chinese.source import skeleton_of
from sousveil.extract.chinese.values import is_absent
from sousveil.model import Page

_HEAD = 24_000
_PAGES = 8
_STRONG = {
    "project_id": 0.25,
    "project_name": 0.2,
    "buyer": 0.2,
    "agency": 0.2,
    "budget": 0.2,
    "lot_budget": 0.1,
    "ceiling": 0.1,
    "award": 0.25,
    "contract_amount": 0.2,
    "supplier": 0.2,
    "candidate": 0.2,
    "deadline": 0.2,
    "first_published": 0.15,
    "plan_id": 0.1,
    "contract_id": 0.15,
    "contract_name": 0.15,
    "method": 0.1,
    "estimate": 0.1,
    "opening": 0.05,
    "fee": 0.05,
}
_LABEL = re.compile(
    r"(?:^|[\n\t。;；] *|  )([^\n\t:。;；]{2,40}?)[ \t]*[:\t\n][ \t\n]*([^\n\t]{0,60})"
)
_WORDS = re.compile(r"采购|招标|投标|中标|成交|谈判|磋商|询价|标案|决标|承投|比选|竞价")
_TITLES = re.compile(
    r"^[^\n:。;；]{6,120}(?:公告|公示|公布|通知|招标文件|邀请书)(?:[(（][^()（）\n]{1,12}[)）])?(?=[ \t]*$|[ \t]*\n)",
    re.MULTILINE,
)
_FORM = re.compile(
    r"项目基本情况|按以下方式联系|现将.{0,20}(?:结果|情况)|欢迎.{0,16}(?:投标|参加)|受.{2,40}委托|现对.{2,60}进行|招标条件|公告概要|潜在(?:投标人|供应商)|拟采用单一来源|进行公示"
)
_BLOCKED = re.compile(
    r"访问(?:过于)?频繁|安全验证|验证码|人机验证|请输入验证|403 Forbidden|请启用JavaScript|您的访问"
)
_MANY = 4


def judge(pages: Sequence[Page]) -> float:
    """From 0 to 1; 0.5 and more: read it as a notice."""
    if pages[0].obtained == "record":
        return 0.0
    text = "\n".join(page.text for page in pages[:_PAGES])[:_HEAD]
    if len(text) < 30 or _WORDS.search(text) is None and "標" not in text:
        return 0.0
    skeleton = skeleton_of(text)
    if _WORDS.search(skeleton) is None:
        return 0.0
    titles = _TITLES.findall(skeleton[:8000])
    score = 0.0
    seen: dict[str, set[str]] = {}
    for match in _LABEL.finditer(skeleton):
        label = find_label(match[1])
        if label is None or label.field not in _STRONG or is_absent(match[2]):
            continue
        seen.setdefault(label.field, set()).add("".join(match[2].split())[:30])
    score = sum(_STRONG[field] for field in seen)
    if titles:
        score += 0.2
    if _FORM.search(skeleton):
        score += 0.2
    if _BLOCKED.search(skeleton[:400]) and len(skeleton) < 800:
        return 0.0
    if not titles and not seen:
        return 0.0
    if _is_list(skeleton, titles, seen):
        return 0.1
    return min(score, 1.0)


def _is_list(skeleton: str, titles: list[str], seen: dict[str, set[str]]) -> bool:
    """Many titles, or many buyers and no project number: a list of notices."""
    distinct = {"".join(title.split()) for title in titles}
    if len(seen.get("project_name", ())) > _MANY and len(seen.get("buyer", ())) > 2:
        return True
    if len(distinct) >= 3 and "project_id" not in seen and "project_name" not in seen:
        return True
    dates = len(
        re.findall(r"^[^\n]{0,20}20\d\d[-./年]\d{1,2}[-./月]\d{1,2}", skeleton[:8000], re.MULTILINE)
    )
    return len(distinct) >= _MANY and dates >= _MANY and len(seen) <= 2
