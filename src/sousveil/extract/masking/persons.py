"""Find natural persons' names in folded Chinese text: after labels, with titles, beside phones."""

import re

from sousveil.extract.masking.foreign import names_after
from sousveil.extract.masking.labels import LABEL, Asks, asks
from sousveil.extract.masking.names import (
    HAN,
    is_word,
    likely_name,
    surname_length,
    surnamed,
    without_title,
)
from sousveil.extract.masking.reading import (
    Span,
    bare_person,
    name_at_end,
    names_at,
    titled_name,
)
from sousveil.extract.masking.targets import without_role

_HAN = re.compile(f"[{HAN}]")
_FOR_PARTY = re.compile("代表|代理人|负责人|姓名|联系|签字|签名")
"""Words that make 乙方代表 or 供应商联系人 ask for a person."""

_BODIES = frozenset(("财团", "社团", "行政"))
"""财团法人, 社团法人: kinds of bodies in Taiwan, no labels."""
_COLON_NEEDED = (Asks.COLON, Asks.TOPIC, Asks.PARTY)
_IN_BRACKET = re.compile(rf"\(([{HAN}]{{2,4}})\)")
_CAPITAL = re.compile("[A-Z]")
_MAY_BEGIN = re.compile(rf"[{HAN}(①-⑳]|\d{{1,2}}\s?[.、):]")


def labelled(text: str) -> tuple[list[Span], list[Span]]:
    """Names after labels; second, those that stand where a supplier's name is expected."""
    found: list[Span] = []
    parties: list[Span] = []
    for match in LABEL.finditer(text):
        head, tail, gap, colon = match.groups()
        if head == "法人" and not colon and text[match.start() - 2 : match.start()] in _BODIES:
            continue
        kind = asks(head)
        if tail[:1] in ("人", "员") and kind is Asks.TOPIC:
            kind = Asks.PERSON
        if not colon and kind in _COLON_NEEDED:
            continue
        if "(" in tail:
            found += _named_in_tail(match)
        if not _MAY_BEGIN.match(text, match.end()):
            if (
                (colon or "\t" in gap)
                and kind is not Asks.PARTY
                and _CAPITAL.match(text, match.end())
            ):
                found += names_after(text, match.end())
            continue
        if not colon and not gap and not surname_length(text[match.end() : match.end() + 2]):
            continue
        if kind is Asks.PARTY:
            if not _FOR_PARTY.search(tail):
                span = _party(text, match)
                if span:
                    parties.append(span)
                continue
            kind = Asks.COLON
        found += names_at(text, match.end(), kind, colon is not None, gap)
    return found, parties


def _named_in_tail(match: re.Match[str]) -> list[Span]:
    """项目负责人(张三): the bracket after a label holds the name itself."""
    offset = match.start("tail")
    return [
        (offset + inner.start(1), offset + inner.end(1))
        for inner in _IN_BRACKET.finditer(match["tail"])
        if likely_name(inner[1])
    ]


_SUPPLIER_BLOCK = re.compile("供应商信息|中标人信息|成交人信息|乙方|拟定供应商|供应商基本")


def _party(text: str, match: re.Match[str]) -> Span | None:
    """A person's bare name where a supplier's stands: 供应商名称:张三."""
    if match["head"].replace(" ", "") == "名称":
        before = text[max(0, match.start() - 40) : match.start()]
        if not _SUPPLIER_BLOCK.search(before) or _HAN.match(before[-1:]):
            return None
    return bare_person(text, match.end())


_TITLED = re.compile(
    "先生|女士|小姐|警官|老师|同志|教授|律师|法官|师傅|主任|经理|科长|处长|局长|所长|院长"
    "|校长|队长|站长|书记"
)
_VERB_BEFORE = re.compile(
    "(?:联系|联络|咨询|通知|告知|找|由|与|请|和|及|为|是|致电|拨打|联|询|给|受理人?|专家|代表|人|部"
    "|局|司|处|科|院|中心|办|"
    "公司|室)$"
)
_FOUNDED = re.compile(
    "[一-龥]{0,8}(?:基金[会會]|[纪紀]念|[医醫]院|[学學]校|大[学學]|[奖獎][学學]金)"
)
"""财团法人某某先生医药基金会: what is named after people is no person."""
_NO_SURNAMES = frozenset("各女男众诸老小该位名本某其此两几我你他您的")
_TITLE_ALONE = frozenset(("先生", "女士", "小姐", "警官"))


def titled(text: str) -> list[Span]:
    """Surnames and names before a title, wherever they stand (王老师, 李小明先生)."""
    found: list[Span] = []
    for match in _TITLED.finditer(text):
        free = match[0] in _TITLE_ALONE
        if not free and _HAN.match(text, match.end()):
            continue
        if free and _FOUNDED.match(text, match.end()):
            continue
        start = match.start()
        if text[start - 1 : start] == "副":
            start -= 3 if text[start - 3 : start - 1] == "常务" else 1
        end = start - 1 if text[start - 1 : start] == " " else start
        if not end or not _HAN.match(text, end - 1):
            continue
        span = _before_title(text, end, free)
        if span:
            found.append(span)
    return found


def _before_title(text: str, end: int, free: bool) -> Span | None:
    """The name that ends at ``end``, if it is one; ``free``: the title is never a job's name."""
    for length in (4, 3, 2, 1):
        start = end - length
        rare = free and length == 1 and start >= 0  # 母警官: any surname that stands alone
        if start < 0 or not (rare or titled_name(text[start:end])):
            continue
        alone = start == 0 or not _HAN.match(text, start - 1)
        if free and length == 1 and alone and text[start:end] not in _NO_SURNAMES:
            return start, end
        if rare and not titled_name(text[start:end]):
            continue
        if alone or _VERB_BEFORE.search(text, max(0, start - 4), start):
            return start, end
        if free and length == 1 and not is_word(text[start - 1 : end]):
            return start, end
    return None


_SURNAME_AFTER = re.compile(rf"[ ]?\(([{HAN}])\)")
"""0512-66668888(张)"""
_CALLED = re.compile(r"(?:联系|办公|咨询)?(?:电话|手机|座机)(?:号码?)?$|[Tt]el\.?$|TEL$")
_NAME_BEFORE = re.compile(rf"[{HAN}·•‧・*×○ ]+$")
_BRACKET = re.compile(r"\([^()\n]{0,12}\)$")
_AFTER_PHONE = re.compile(
    rf"[ \t]{{0,3}}[(,、/\-—转]?[ \t]{{0,3}}([{HAN}]{{2,12}})(?![{HAN}A-Za-z])(?!\s?:)"
)


def beside_phone(text: str, start: int, end: int) -> list[Span]:
    """Names that stand directly before or after a phone at [start, end)."""
    found: list[Span] = []
    floor = max(0, start - 32)
    before = text[floor:start].rstrip(" :\t\n,、/(-—")
    called = _CALLED.search(before, max(0, len(before) - 6))
    if called:
        before = before[: called.start()].rstrip(" :\t\n,、/(-—")
    if before.endswith(")") and (bracket := _BRACKET.search(before)):
        before = before[: bracket.start()].rstrip()
    if (before and _HAN.match(before[-1])) or before[-1:] in tuple("*×○"):
        run = _NAME_BEFORE.search(before, max(0, len(before) - 14))
        span = name_at_end(run[0].lstrip(" ")) if run else None
        if run and span:
            offset = floor + run.end() - len(run[0].lstrip(" "))
            found.append((offset + span[0], offset + span[1]))
    if (alone := _SURNAME_AFTER.match(text, end)) and surname_length(alone[1], rare=False):
        found.append(alone.span(1))
    after = _AFTER_PHONE.match(text, end)
    if after:
        name = after[1] if likely_name(after[1]) else without_title(after[1])
        bracketed = text[end : after.start(1)].endswith("(") and text[after.end(1)] == ")"
        if not name and bracketed and surnamed(after[1]) and len(after[1]) <= 3:
            name = after[1]
        if name:
            found.append((after.start(1), after.start(1) + len(name)))
    return found


_ROLE = re.compile(
    r"\((?:副?组长|采购人代表|采购代表|主任委员|业主代表|业主评委|用户代表|评审专家|专家"
    r"|组员|召集人|评标专家|签字|签名|手签)[^()\n]{0,8}\)"
    r"(?P<sep>\s{0,2}[、,;和及]\s{0,2})?"
)
_SOMEBODY = re.compile(
    rf"某{{1,2}}[甲乙丙丁]?(?=$|[^{HAN}]|[的在等与因男女为系是将说称通]|发布|涉)"
)
_PRESENTED = re.compile(
    "个体工商户|个体经营者|自然人|异见人士|维权人士|活动人士|异议人士|知名博主|网红|主播"
    "|犯罪嫌疑人|涉案人|"
    "被监测人|采购人代表|业主代表|评委|专家|甲方代表|乙方代表|授权代表|用户代表|供应商代表"
    "|投标人代表|"
    "被告人|嫌疑人|原告|当事人|信访人|举报人|上访人"
)
_OPENING = re.compile(r" ?[(:“\"《]? ?")
_ABOUT = re.compile(
    rf"(?:涉|针对|围绕|有关)及?[“\"]?([{HAN}]{{2,3}}?)[”\"]?(?:的)?"
    r"(?:言论|舆情|负面|案件|案|账号|推特|脸书|事件|信息监测)"
)
_REACHED = re.compile(
    rf"(?:[与找同跟]([{HAN}]{{2,3}})(?:联系|接洽|联络)"
    rf"|向([{HAN}]{{2,3}})(?:反映|咨询|提出|投诉|举报|索取|报名|联系)"
    rf"|(?<![{HAN}])(?:请|可)?联系([{HAN}]{{2,3}})(?![{HAN}]))"
)
"""请与王丽联系, 向王丽反映, 请联系王丽"""
_BODY_END = tuple("会办社委局处科组室部厅院所")
_AND_OTHERS = re.compile(r"等[一-鿿\d]{0,6}?(?:人员|人物|账号|人士|对象|博主|大[Vv]|言论|\d人)")
_LIST_BEFORE = re.compile(rf"[{HAN}·•‧・]{{2,12}}(?:、[{HAN}·•‧・]{{2,9}}){{0,9}}$")
_NOT_SOMEBODY = frozenset("向于和由应从与及连全单项计时成")


def presented(text: str) -> list[Span]:
    """Names after words that present a person, with a role in brackets, or as a subject watched."""
    found: list[Span] = []
    for match in _PRESENTED.finditer(text):
        opening = _OPENING.match(text, match.end())
        run = _RUN.match(text, opening.end() if opening else match.end())
        if run and len(run[0]) > 1 and surname_length(run[0], rare=False):
            found += names_at(text, run.start(), Asks.EXPERTS, False, "")
    for match in _ROLE.finditer(text):
        found += _with_role(text, match)
    if "某" in text:
        for match in _SOMEBODY.finditer(text):
            first = text[match.start() - 1 : match.start()]
            if first and surname_length(first, rare=False) and first not in _NOT_SOMEBODY:
                found.append((match.start() - 1, match.end()))
    for match in _AND_OTHERS.finditer(text):
        found += _before_others(text, match.start())
    found += [
        match.span(match.lastindex or 0)
        for match in _REACHED.finditer(text)
        if likely_name(name := match[match.lastindex or 0])
        and not name.endswith(_BODY_END)
        and not _TITLED.search(name)
    ]
    found += [match.span(1) for match in _ABOUT.finditer(text) if likely_name(match[1])]
    return found


_RUN = re.compile(rf"[{HAN}]{{1,200}}+")


def _before_others(text: str, end: int) -> list[Span]:
    """对张三、李四等重点人员: the names listed before 等."""
    floor = max(0, end - 60)
    listed = _LIST_BEFORE.search(text[floor:end])
    found: list[Span] = []
    position = floor + listed.start() if listed else end
    for part in listed[0].split("、") if listed else ():
        cut = without_role(part)
        span = name_at_end(part[cut:])
        if span:
            found.append((position + cut + span[0], position + cut + span[1]))
        position += len(part) + 1
    return found


def _with_role(text: str, match: re.Match[str]) -> list[Span]:
    """张伟(组长)、李娜和王芳: the name before the bracket, and the list it begins."""
    floor = max(0, match.start() - 12)
    run = _NAME_BEFORE.search(text[floor : match.start()])
    span = name_at_end(run[0].strip(" ")) if run else None
    if run is None or span is None:
        return []
    offset = floor + run.start() + len(run[0]) - len(run[0].lstrip(" "))
    found = [(offset + span[0], offset + span[1])]
    if match["sep"]:
        found += names_at(text, match.end(), Asks.EXPERTS, False, " ")
    return found
