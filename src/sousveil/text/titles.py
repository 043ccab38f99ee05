"""Titles of notices: what is bought, without the words that only say what kind of notice it is."""

import re
import unicodedata
from functools import lru_cache

from sousveil.text.normalise import squash
from sousveil.text.numerals import parse_chinese
from sousveil.text.scripts import fold
from sousveil.text.title_frames import without_frame

# A title is a line; what is longer is a mistake and must not cost time.
_LONGEST = 300
_NUMBER = "[一二三四五六七八九十百零两\\d]{1,4}"

# Words of notices, in the folded form; those of a bracket alone and those that end a title.
_KIND_WORDS = (
    "公开招标|邀请招标|国内公开|国际公开|竞争性谈判|竞争性磋商|竞争性比选|竞争性评审|竞谈|竞磋|磋商|谈判|询价|询比价|询比|比选|竞价|遴选|"
    "网上竞价|电子竞价|在线竞价|在线询价|网上询价|单一来源|框架协议|资格预审|资格后审|招标|采购|政府采购|中标候选人|成交候选人|候选人|中标人|中选人|中标|成交|中选|"
    "评标结果|评审结果|开标结果|结果|公告|公示|通知书|通知|预告|公开|更正|变更|更改|澄清|补充|答疑|修改|延期|终止|中止|"
    "暂停|废标|流标|失败|异常|撤销|取消|合同|验收|履约验收|采购意向|意向|采购需求|征求意见|需求公示|预公示|招标文件|采购文件|"
    "磋商文件|谈判文件|文件|信息|登记|备案|重新招标|重新采购|重新|再次|方式|的|及|和|项目|标讯|"
    "首次|市场调研|需求调研|调研|市场调查|需求调查|市场征询|需求论证|院内论证|论证会|论证|意见征集|征集意见|征集|"
    "邀请书|邀请函|邀请|议标|标前|初始合同|延续合同|续签合同|谈判采购|磋商采购|国际招标|国内招标|公开询价|"
    "市本级|省本级|区本级|县本级|本级|采购中心|政府采购计划|采购计划|采购论证|征询意见|意见征询|公开征求|意见|开标结果|全流程公开|全流程|议标邀请书|"
    "预公告|标前公示|政府采购合同|补充合同|变更合同|采购意向公开|项目编号|需求|竞争性|重新发包|发包|更正事项|事项|院内|计划|补充"
)
_TIMES = f"第{_NUMBER}次|[一二三四五1-5]次|{_NUMBER}次公告"
_TIMES_TAIL = re.compile(f"(?:第{_NUMBER}|[二三四五2-5])次$")
_TAIL_WORDS = tuple(_KIND_WORDS.split("|"))
_BY_LAST = {
    last: sorted((word for word in _TAIL_WORDS if word[-1] == last), key=lambda word: -len(word))
    for last in {word[-1] for word in _TAIL_WORDS}
}
_HEAD = re.compile(
    "^(?:关于|转发|(?:公开招标|邀请招标|竞争性谈判|竞争性磋商|询价|中标|成交|结果|更正|变更|终止|废标|流标|合同|"
    "采购意向|单一来源|招标|采购|候选人|资格预审)+(?:结果)?(?:公告|公示)[::\\-—]*)"
)
_AGENT = re.compile("^[^()（）]{4,30}(?:公司|集团|中心|医院|大学)关于(?:印发|发布)?(?=.{4,})")
"""Who publishes, before what is bought (某某招标有限公司关于…的公告)."""
_LEADING_NUMBER = re.compile(
    r"^(?:[\u3400-\u9fff]{0,8}[〔\[(]\d{4}[〕\])]第?\d+号[-—:：]*|[a-z0-9][a-z0-9\-_.]{7,}[:：]"
    r"|(?=[a-z0-9\-]*\d{4})[a-z]{2,}[a-z0-9\-]{6,}(?=[\u3400-\u9fff]))"
)
_TRAILING_CODE = re.compile(r"(?<=[\u3400-\u9fff])(?=[a-z0-9\-]*\d{4})[a-z]{2,}[a-z0-9\-]{6,}$")
_LABEL_AFTER = re.compile(
    "(?<=.{6})[;；,，。]?(?:\\d{1,2}[、.．]\\d{0,2})?(?:项目实施地点|资金来源|首次(?:发布)?公告日期|标段划分|预算总?金额|招标范围|"
    "拟采购的?货物|采购论证编号|使用科室|招标产品列表|采购内容和范围|采购需求[:：]).*$"
)
_BRACKET = re.compile(r"[(\[【〔《<]([^()\[\]【】〔〕《》<>]{0,60})[)\]】〕》>]")
_ONLY_KIND = re.compile(f"(?:{_TIMES}|{_KIND_WORDS}|/|、|,|或)*+")
_NUMBER_LABEL = re.compile(
    r"(?:项目|采购|招标|合同|计划|采购项目|标段)?(?:编号|编码|代码|文号)[::]?[^\s]*"
)
_TRAILING_NUMBER = re.compile(r"(?:项目|采购|招标)?编号[::]?[a-z0-9\-—_/.〔〕\[\]()]+$")
_CODE = re.compile(r"(?=[^\d]*\d)[a-z0-9\-—_/.#]{5,}")
_PUNCTUATION = re.compile(r"[^\w]+|_")
_YEAR = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d{2})(?:(?:年度?|学年)?[-—~至到/](?P<last>(?:19|20)?\d{2})(?=年|学年|度|$|\D))?"
    r"(?:学年度?|年度|年(?P<month>\d{1,2}月)?(?P<half>[上下]半年)?份?|(?!\d|-\d))"
)
_HAN_YEAR = re.compile("([二一][〇零○一二三四五六七八九]{3})年度?")
_ROMAN = dict(
    zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), range(1, 11), strict=True)
)
_PART = "(?:[一二三四五六七八九十]{1,3}|\\d{1,3}|[a-z](?![a-z])|[ivx]{1,4})"
_LOT_WORDS = "标包|分包|标段|标项|包件|包组|合同段|子包"
_PLAIN_PART = r"(?P<n>\d{1,3}|[ivx]{1,4})\b"
_LOT_MARKS = ("包", "标段", "标项", "合同段")
# Kind of phase, what must be in the title for it to be looked for, and how it is written.
_PHASES = (
    (
        "phase",
        ("期",),
        re.compile(f"第?(?P<n>{_PART})期(?!间|限|刊|货|权|望|末|中(?![标选]))(?:工程|项目|建设)?"),
    ),
    ("batch", ("批",), re.compile(f"第(?P<n>{_PART})批次?")),
    ("quarter", ("季度",), re.compile(f"第?(?P<n>{_PART})季度")),
    ("lot", _LOT_MARKS, re.compile(f"第?(?P<n>{_PART})(?:{_LOT_WORDS}|包(?!装|括|含|干|头|车))")),
    (
        "lot",
        _LOT_MARKS,
        re.compile(f"(?:{_LOT_WORDS}|合同包|(?<![承面书钱])包)(?P<n>{_PART})(?![期年月日])"),
    ),
    (
        "phase",
        ("phase", "stage", "etapa", "fase"),
        re.compile(rf"\b(?:phase|stage|etapa|fase)\s*(?:no\.?)?\s*{_PLAIN_PART}"),
    ),
    ("batch", ("batch",), re.compile(rf"\bbatch\s*(?:no\.?)?\s*{_PLAIN_PART}")),
    (
        "lot",
        ("lot", "los", "package", "лот"),
        re.compile(
            r"\b(?:lot|lote|los|package|лот)\s*(?:no\.?|nr\.?|№)?\s*"
            r"(?P<n>\d{1,3}|[ivx]{1,4}|[a-z])\b"
        ),
    ),
)
_MARKED = re.compile("[期批季包标段]|phase|stage|etapa|fase|lot|los|package|batch|лот")


def title_core(title: str) -> str:
    """The comparison form of a project's name: two notices of one project give the same.

    Without the words that say what kind of notice it is (公开招标公告, 中标结果公告), how often it
    was called (第二次), numbers in brackets, punctuation and spaces; folded. Never empty unless the
    title holds no letter or digit.
    """
    return _core(_plain(title))


@lru_cache(maxsize=8192)
def split_phase(title: str) -> tuple[str, str | None]:
    """``title_core`` without its phase, and the phase: 一期, 第二包, 2023年度, Phase II, lot 3.

    The phase is a stable word such as ``year:2023 phase:2``, None where there is none. Notices
    of different phases are different projects though the rest of their names is equal. 第二次
    (called a second time) is no phase.
    """
    text = _unnumbered(_plain(title))
    found: list[str] = []
    if "年" in text:
        text = _HAN_YEAR.sub(lambda m: _take(found, "year", m.group(1)), text)
    if "20" in text or "19" in text:
        text = _YEAR.sub(lambda m: _take_year(found, m), text)
    for kind, marks, pattern in _PHASES if _MARKED.search(text) else ():
        if any(mark in text for mark in marks):
            text = pattern.sub(lambda m, kind=kind: _take(found, kind, m["n"]), text)  # type: ignore[misc]
    core = _core(text)
    if not core:
        return _core(_plain(title)), None
    return core, " ".join(sorted(set(found))) or None


def _unnumbered(text: str) -> str:
    """Without the numbers of projects and letters, whose years are no years of the purchase, and
    without what a form says after the name (资金来源: …)."""
    text = _LABEL_AFTER.sub("", text)
    text = _TRAILING_CODE.sub("", _LEADING_NUMBER.sub("", text))
    return _BRACKET.sub(lambda m: m.group() if _keep_bracket(m) else "", text)


def _plain(title: str) -> str:
    text = fold(unicodedata.normalize("NFKC", title[:_LONGEST])).strip()[:_LONGEST]
    return text.replace("—", "-").replace("–", "-").replace("－", "-")


def _take(found: list[str], kind: str, number: str) -> str:
    value = number
    if number in _ROMAN:
        value = str(_ROMAN[number])
    elif not number.isascii():
        parsed = parse_chinese(number)
        value = str(parsed) if parsed is not None else number
    found.append(f"{kind}:{value.lstrip('0') or '0'}")
    return " "


def _take_year(found: list[str], match: re.Match[str]) -> str:
    first, last = match["first"], match["last"]
    # 2024-05 and 2024/123 are no spans of years but numbers.
    if last and not 0 < int((first[:2] + last)[-4:]) - int(first) < 20:
        return match.group()
    value = first
    if last:
        value += f"-{(first[:2] + last)[-4:]}"
    if match["month"]:
        value += f"m{match['month'][:-1].lstrip('0')}"
    if match["half"]:
        value += "h1" if match["half"][0] == "上" else "h2"
    found.append(f"year:{value}")
    return " "


def _core(text: str) -> str:
    if " " in text:
        text = without_frame(text)
    text = _BRACKET.sub(_keep_bracket, "".join(text.split()))
    if "编号" in text:
        text = _TRAILING_NUMBER.sub("", text)
    best = text
    text = _TRAILING_CODE.sub("", _LEADING_NUMBER.sub("", text))
    text = _HEAD.sub("", _AGENT.sub("", text))
    while True:
        shorter = _without_last_word(text.rstrip("-_:·、,.。()（）[]【】"))
        if shorter == text:
            break
        text = shorter
    core = _PUNCTUATION.sub("", text)
    return core if len(core) > 1 else _PUNCTUATION.sub("", best) or squash(best)


def _without_last_word(text: str) -> str:
    if text.endswith("次"):
        return _TIMES_TAIL.sub("", text)
    for word in _BY_LAST.get(text[-1:], ()):
        if text.endswith(word):
            return text[: -len(word)]
    return text


def _keep_bracket(match: re.Match[str]) -> str:
    """What of a bracket belongs to the name: not kinds of notices, not numbers."""
    content = match.group(1)
    if _ONLY_KIND.fullmatch(content) or _NUMBER_LABEL.match(content) or _CODE.fullmatch(content):
        return ""
    return content


def names_nothing(core: str) -> bool:
    """Whether a core is made of words of notices only (公开招标公告): it names no project."""
    return _ONLY_KIND.fullmatch(core) is not None
