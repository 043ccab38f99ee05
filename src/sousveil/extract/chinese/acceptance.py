"""Tells notices from everything else: lists of notices, blocked pages, laws, manuals, prose."""

import re
from collections.abc import Sequence

from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.source import without_ghosts
from sousveil.extract.chinese.values import is_absent, looks_like_organisation
from sousveil.model import Page
from sousveil.text.blocked import is_blocked

_WEIGHTS = {
    "project_id": 0.25,
    "project_name": 0.2,
    "buyer": 0.25,
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
_NUMBERED = frozenset(
    {"project_id", "plan_id", "contract_id", "budget", "lot_budget", "ceiling", "award"}
    | {"contract_amount", "estimate", "fee", "deadline", "opening", "first_published"}
)
_BODIES = frozenset({"buyer", "agency", "supplier", "candidate"})
_ANY_NUMBER = re.compile("[0-9零壹贰叁肆伍陆柒捌玖拾]|[一二]\\S{3}年")
_NUMBER = re.compile("[0-9一二三四五六七八九十〇零壹贰叁肆伍陆柒捌玖拾]")
_WORDS = re.compile(
    r"采购|合同公|甲方|招标|投标|中标|成交|谈判|磋商|询价|标案|决标|承投|比选|竞价|"
    r"採購|采購|批出合|合約公|獲批合|招標|決標|標案|投標|中標|談判|詢價|競價|比選|截標|標書"
)
_TITLES = re.compile(
    r"^[^\n:。;；]{6,120}(?:公告|公示|公布|通知|招标文件|邀请书)(?:\([^()\n]{1,12}\))?[ \t]*$",
    re.MULTILINE,
)
_FORM = re.compile(
    r"项目基本情况|按以下方式联系|现将.{0,20}(?:结果|情况)|欢迎.{0,16}(?:投标|参加)|受.{2,40}委托|"
    r"现对.{2,60}进行|招标条件|公告概要|潜在(?:投标人|供应商)|拟采用单一来源|进行公示|机关资料|决标资料|"
    r"招标人为|投标文件(?:递交|提交)的截止时间"
)
_DATED = re.compile(r"^[^\n]{0,20}20\d\d[-./年]\d{1,2}[-./月]\d{1,2}", re.MULTILINE)
_LOOKED_AT = 8000
_MANY = 4
_FEWEST = 30


def may_be(pages: Sequence[Page]) -> bool:
    """A quick look, before anything is read: Chinese text that speaks of purchases."""
    first = pages[0]
    if first.obtained == "record":
        return False
    text = without_ghosts("\n".join(page.text[:_LOOKED_AT] for page in pages[:3]))[0]
    if len(text) < _FEWEST or _WORDS.search(text) is None:
        return False
    return not is_blocked(text)


def judge(reading: Reading) -> float:
    """From 0 to 1; 0.5 and more: it is a notice."""
    skeleton = reading.source.skeleton
    seen: dict[str, set[str]] = {}
    for pair in reading.layout.pairs:
        if pair.field in _WEIGHTS and pair.end > pair.start:
            value = skeleton[pair.start : min(pair.end, pair.start + 40)]
            if not is_absent(value) and _tells(pair.field, value, pair.how):
                seen.setdefault(pair.field, set()).add("".join(value.split()))
    for record in reading.records[:20]:
        for name, cell in record.cells.items():
            value = skeleton[cell.start : min(cell.end, cell.start + 40)]
            if name in _WEIGHTS and _tells(name, value, "cell"):
                seen.setdefault(name, set())
    titles = {"".join(title.split()) for title in _TITLES.findall(skeleton[:_LOOKED_AT])}
    if _ANY_NUMBER.search(skeleton) is None:
        return 0.1  # no number, no date, no amount: a list of words
    phrases = {match.group()[:4] for match in _FORM.finditer(skeleton)}
    if len(phrases) < 2 and _is_list(skeleton, titles, seen):
        return 0.1
    score = sum(_WEIGHTS[field] for field in seen)
    titled = reading.title is not None and reading.type_raw is not None
    score += 0.2 * titled
    score += 0.15 * min(len(phrases), 3 if titled else 1)
    return min(score, 1.0)


def _tells(field: str, value: str, how: str) -> bool:
    """Whether a value is of its label's kind: below a label alone on its line stands often another
    label."""
    if field in _NUMBERED:
        return _NUMBER.search(value) is not None
    return how not in ("bare", "cell") or field not in _BODIES or looks_like_organisation(value)


def _is_list(skeleton: str, titles: set[str], seen: dict[str, set[str]]) -> bool:
    """Many titles with dates, or many buyers with no project number: a list of notices."""
    if len(seen.get("buyer", ())) >= _MANY and "project_id" not in seen:
        return True
    dated = len(_DATED.findall(skeleton[:_LOOKED_AT]))
    known = {"project_id", "project_name", "award", "deadline"} & seen.keys()
    if len(titles) >= 3 and dated >= 3 and not known:
        return True
    return len(titles) >= _MANY and dated >= _MANY and len(seen) <= 2
