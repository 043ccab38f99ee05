"""Find natural persons' names in folded Chinese text: after labels, with titles, beside phones."""

import re

from sousveil.extract.masking.labels import LABEL, Asks, asks
from sousveil.extract.masking.names import (
    DOT,
    HAN,
    TITLE,
    is_word,
    labelled_name,
    likely_name,
    listed_name,
    split_glued,
    surname_length,
    without_title,
)

Span = tuple[int, int]

_TOKEN = re.compile(
    rf"(?P<dotted>[{HAN}]{{1,9}}(?:\s?[{DOT}]\s?[{HAN}]{{1,9}}){{1,4}})"
    rf"|(?P<hidden>[{HAN}][{HAN}]?(?:[*＊×╳✕○◯●〇＃]{{1,3}}|[Xx]{{1,3}}(?![A-Za-z]))[{HAN}]?(?![{HAN}]))"
    rf"|(?P<spaced>[{HAN}](?: {{1,3}}[{HAN}] {{1,3}}[{HAN}](?![{HAN}]| +[{HAN}](?![{HAN}]))| {{1,6}}[{HAN}]{{1,2}}(?![{HAN}])))"
    rf"|(?P<spaced2>[{HAN}]{{2}} {{1,4}}[{HAN}]{{1,2}}(?![{HAN}]))"
    rf"|(?P<run>[{HAN}]+)"
)
_NEXT_LABEL = re.compile(
    "联系|电话|手机|座机|传真|邮箱|电邮|邮编|邮政|地址|住址|身份证|职务|职称|性别|单位|网址|微信|开户|账号|"
    "时间|日期|项目|采购|招标|代理|供应商|备注|证书|资质|注册|专业|工程师|学历|岗位|附件|"
    "[一二三四五六七八九十]{1,3}(?=[、.])|[男女](?:$|[性汉])|采购人代表|评审专家|先生|女士"
)
_PROSE = re.compile(
    "(?:为|系|是|等|在|到|于|应|将|并|及|和|与|或|同志|负责|担任|参加|组成|出席|已|对|就|按|根|依|即|也|均|未|不|以|从|的|"
    "签字|签署|签订|说|评审|评标|谈判|磋商|论证|主持|承担|完成|同意|认为|提出|代表|作为|通过|进行|前往|回避)"
)
_AFTER_NAME = re.compile(
    rf"(?: ?{TITLE}(?![{HAN}]))?(?:\s?\([^()\n]{{0,40}}\))?(?:\s?[:/,]?\s?\+?\d[\d\-—–－*转/ ]{{5,30}}\d)?"
)
_SEPARATOR = re.compile(
    r"\s{0,3}(?P<mark>[、,;/|&+\\]|及|和|与)\s{0,3}|(?P<blank> {1,8})|(?P<line>\s{1,8})"
)
_LIST_FILLER = re.compile(
    r"(?:\s*(?:\([^()\n]{0,20}\)|[①-⑳]|\(?\d{1,2}\s?[.、):](?!\d)|"
    r"第?\s?[一二三四五六七八九十\dA-Z]{1,3}\s?(?:分?包|标段|标项|包组)\s?:|"
    r"(?:标项|包|分包|标段|包组)\s?[一二三四五六七八九十\dA-Z]{1,3}\s?:|"
    r"(?:副?组长|主任(?:委员)?|组员|成员|评审专家|专家|采购人代表|业主代表|用户代表|采购代表|评委|委员)\s?[:、]?(?=\s))\s*)+"
)


_FOR_PARTY = re.compile("代表|代理人|负责人|姓名|联系|签字|签名")
"""Words that make 乙方代表 or 供应商联系人 ask for a person."""

_COLON_NEEDED = (Asks.COLON, Asks.TOPIC, Asks.PARTY)


def labelled(text: str) -> tuple[list[Span], list[Span]]:
    """Names after labels; second, those that stand where a supplier's name is expected."""
    found: list[Span] = []
    parties: list[Span] = []
    for match in LABEL.finditer(text):
        kind = asks(match)
        colon = match["colon"] is not None
        if not colon and kind in _COLON_NEEDED:
            continue
        if kind is Asks.PARTY and _FOR_PARTY.search(match["tail"]):
            kind = Asks.COLON
        if kind is Asks.PARTY:
            span = _party(text, match)
            if span:
                parties.append(span)
            continue
        found += _named_in_tail(text, match)
        found += _names(text, match.end(), kind, colon, match["gap"])
    return found, parties


def _named_in_tail(text: str, match: re.Match[str]) -> list[Span]:
    """项目负责人(张三): the bracket after a label holds the name itself."""
    return [
        (match.start("tail") + inner.start(1), match.start("tail") + inner.end(1))
        for inner in re.finditer(rf"\(([{HAN}]{{2,4}})\)", match["tail"])
        if likely_name(inner[1])
    ]


def _names(text: str, start: int, kind: Asks, colon: bool, gap: str) -> list[Span]:
    """The list of names that begins at ``start``, the place where a label's value is."""
    found: list[Span] = []
    position = start
    generous = colon and kind not in (Asks.CONTACT, Asks.TOPIC)
    explicit = True
    for _ in range(120):
        if kind is Asks.EXPERTS or not found:
            filler = _LIST_FILLER.match(text, position)
            if filler:
                position = filler.end()
        token = _TOKEN.match(text, position)
        if not token:
            break
        attached = not colon and not gap and not found
        named = _read(text, token, generous and explicit, attached, kind is Asks.EXPERTS)
        if named is None:
            break
        spans, position = named
        if _is_label(text, position):
            break
        found += spans
        position = _AFTER_NAME.match(text, position).end()  # type: ignore[union-attr]
        separator = _SEPARATOR.match(text, position)
        if not separator or (separator["line"] and kind is not Asks.EXPERTS):
            break
        explicit = separator["mark"] is not None
        position = separator.end()
    return found


def _is_label(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is itself a label: a colon follows, and no phone after it."""
    return re.compile(r"\s?:(?!\s?[\d+])").match(text, end) is not None


def _read(
    text: str, token: re.Match[str], generous: bool, attached: bool, glued: bool
) -> tuple[list[Span], int] | None:
    """Names that a token holds and where reading goes on; None where it is no name."""
    start, end = token.span()
    if token["dotted"] or token["hidden"]:
        if token["hidden"] and not surname_length(token[0]):
            return None
        return ([(start, end)], end) if _dotted_ok(token[0]) else None
    spaced = token["spaced"] or token["spaced2"]
    if spaced:
        joined = spaced.replace(" ", "")
        first = spaced.split(" ", 1)[0]
        if surname_length(joined) == len(first) and likely_name(joined):
            return [(start, end)], end
    run = re.match(rf"[{HAN}]+", token[0])
    assert run is not None
    return _read_run(text, start, run[0], generous, attached, glued)


_VERBS = frozenset("应须从连全能别解支计单通相查初原后成向项管")
"""Surnames that, directly after 负责人 or 代表, are rather the verb or noun of a sentence."""

_LETTER = re.compile(
    r"(?![Qq]{2}|[Tt]el|TEL|[Ee]-?[Mm]ail|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Pp]hone|[Mm]ob|[Ff]ax|x)[A-Za-z]"
)
_PHONE_NEXT = re.compile(r"[\s:,]{0,4}[+(]?\d{3}")


def _dotted_ok(name: str) -> bool:
    return len(name) <= 20 and not re.search("公司|集团|中心|大学|学院|医院|银行", name)


def _read_run(
    text: str, start: int, run: str, generous: bool, attached: bool, glued: bool
) -> tuple[list[Span], int] | None:
    accept = labelled_name if generous else likely_name if attached else listed_name
    if (attached and run[0] in _VERBS) or _LETTER.match(text, start + len(run)):
        return None
    if "某" in run[1:4] and surname_length(run):
        end = start + len(re.match(rf"[{HAN}]{{1,2}}?某+[{HAN}]?(?![{HAN}])|[{HAN}]某+", run)[0])  # type: ignore[index]
        return [(start, end)], end
    if len(run) == 1:
        alone = not attached and (generous or _PHONE_NEXT.match(text, start + 1))
        return ([(start, start + 1)], start + 1) if alone and labelled_name(run) else None
    titled = without_title(run)
    if titled and len(run) - len(titled) > 1:
        return [(start, start + len(titled))], start + len(run)
    if accept(run):
        return [(start, start + len(run))], start + len(run)
    if titled:
        return [(start, start + len(titled))], start + len(run)
    following = _NEXT_LABEL.search(run, 1)
    if following and following.start() <= 9:
        head = run[: following.start()]
        titled = without_title(head)
        if titled or (accept(head) and surname_length(head)):
            name = titled or head
            return [(start, start + len(name))], start + len(head)
    if (glued or generous) and split_glued(head := run[: following.start()] if following else run):
        return [(start, start + len(head))], start + len(head)
    for length in (4, 3, 2):
        name = run[:length]
        if len(run) > length and likely_name(name) and _PROSE.match(run, length):
            # 李娜和王芳: the list goes on after the conjunction.
            goes_on = run[length] in "和与及"
            return [(start, start + length)], start + (length if goes_on else len(run))
    return None


_RUN = re.compile(rf"[{HAN}]+")
_PARTY_END = re.compile(
    r"\s{0,2}(?:$|[\n\t,;。、(/|]|身份证)| +(?:[账帐]|开户|地|住|联|身|电|金|成|中|统|供|单|报|得|排|评)"
)
_SUPPLIER_BLOCK = re.compile("供应商信息|中标人信息|成交人信息|乙方|拟定供应商|供应商基本")


def _party(text: str, match: re.Match[str]) -> Span | None:
    """A person's bare name where a supplier's stands: 供应商名称:张三."""
    if match["head"] in ("名称", "名 称"):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _SUPPLIER_BLOCK.search(before) or re.search(rf"[{HAN}]$", before):
            return None
    return bare_person(text, match.end())


def bare_person(text: str, start: int) -> Span | None:
    """A likely name that is all of the value beginning at ``start``."""
    token = _TOKEN.match(text, start)
    if not token:
        return None
    if token["spaced2"] and surname_length(token[0]) != 2:
        token = _RUN.match(text, start) or token
    end = token.end()
    name = token[0].replace(" ", "")
    if token.re is _RUN:
        person = likely_name(name)
    elif token["dotted"]:
        parts = re.split(rf"\s?[{DOT}]\s?", token[0])
        person = all(labelled_name(part) or len(part) <= 2 for part in parts)
        person = person and _dotted_ok(token[0])
    elif token["hidden"]:
        person = surname_length(name) > 0
    else:
        person = likely_name(name) or (
            name[1:2] == "某" and surname_length(name) == 1 and len(name) < 4
        )
    return (start, end) if person and _PARTY_END.match(text, end) else None


def cell_names(text: str, start: int, end: int) -> list[Span]:
    """Names that fill the cell [start, end) of a column of persons."""
    while start < end and text[start].isspace():
        start += 1
    spans = _names(text, start, Asks.EXPERTS, True, "")
    return [span for span in spans if span[1] <= end]


_TITLED = re.compile(
    "先生|女士|小姐|警官|老师|同志|教授|律师|法官|师傅|(?:常务)?副?(?:主任|经理|科长|处长|局长|所长|院长|校长|队长|站长|书记)"
)
_VERB_BEFORE = re.compile(
    "(?:联系|联络|咨询|找|由|与|请|和|及|为|是|致电|拨打|联|询|给|受理人?|专家|代表|人|部|局|司|处|科|院|中心|办|公司|室)$"
)
_TITLE_ALONE = frozenset(("先生", "女士", "小姐", "警官"))


def titled(text: str) -> list[Span]:
    """Surnames and names before a title, wherever they stand (王老师, 李小明先生)."""
    found: list[Span] = []
    for match in _TITLED.finditer(text):
        end = match.start()
        if end and text[end - 1] == " ":
            end -= 1
        free = match[0] in _TITLE_ALONE
        if not free and re.compile(rf"[{HAN}]").match(text, match.end()):
            continue
        for length in (4, 3, 2, 1):
            start = end - length
            name = text[start:end] if start >= 0 else ""
            if not _titled_name(name):
                continue
            if (
                start == 0
                or not re.match(rf"[{HAN}]", text[start - 1])
                or _VERB_BEFORE.search(text, max(0, start - 4), start)
                or (free and length == 1 and not is_word(text[start - 1 : end]))
            ):
                found.append((start, end))
                break
    return found


def _titled_name(name: str) -> bool:
    if len(name) == 1:
        return surname_length(name, rare=False) == 1
    return likely_name(name) or (len(name) == 2 and surname_length(name) == 2)


_BEFORE_PHONE = re.compile(
    rf"([{HAN}](?:[{HAN}{DOT}*×○]| (?=[{HAN}]{{1,2}}(?![{HAN}])))*)\s?(?:\([^()\n]{{0,12}}\))?[\s:,、/(\-—]{{0,6}}"
    r"(?:(?:联系|办公|咨询)?(?:电话|手机|座机)(?:号码?)?|[Tt]el\.?|TEL)?[:\s]{0,4}$"
)
_AFTER_PHONE = re.compile(
    rf"[ \t]{{0,3}}[(,、/\-—]?[ \t]{{0,3}}([{HAN}]{{2,12}})(?![{HAN}A-Za-z])(?!\s?:)"
)
_HEAD_BEFORE = re.compile(
    "(?:联系|联络|咨询|找|由|与|请|和|及|为|是|经|致电|电询|受理|专家|代表|人|员|部|局|司|处|科|院|中心|办|公司|室|所|队|站|校|府|会|社|厂|店|责|者)$"
)


def beside_phone(text: str, start: int, end: int) -> list[Span]:
    """Names that stand directly before or after a phone at [start, end)."""
    found: list[Span] = []
    floor = max(0, start - 30)
    before = _BEFORE_PHONE.search(text[floor:start])
    if before:
        span = _name_at_end(before[1])
        if span:
            found.append((floor + before.start(1) + span[0], floor + before.start(1) + span[1]))
    after = _AFTER_PHONE.match(text, end)
    if after:
        name = after[1] if likely_name(after[1]) else without_title(after[1])
        if name:
            found.append((after.start(1), after.start(1) + len(name)))
    return found


def _name_at_end(run: str) -> Span | None:
    """Where in ``run`` (Han, perhaps with blanks and dots) a name stands at its end."""
    if re.search(rf"[{DOT}*×○]", run):
        tail = run.rsplit(" ", 1)[-1]
        return (len(run) - len(tail), len(run)) if _dotted_ok(tail) else None
    words = run.split(" ")
    joined = "".join(words[-2:])
    if len(words) > 1 and surname_length(joined) == len(words[-2]) and likely_name(joined):
        return len(run) - len(joined) - 1, len(run)
    last = words[-1]
    offset = len(run) - len(last)
    if likely_name(last):
        return offset, len(run)
    name = without_title(last)
    if name:
        return offset, offset + len(name)
    title = re.search(TITLE + "$", last)
    stem = last[: title.start()] if title else last
    for length in (4, 3, 2, 1):
        cut = len(stem) - length
        if (
            cut > 0
            and _HEAD_BEFORE.search(stem[:cut])
            and (likely_name(stem[cut:]) or (length == 1 and title and _titled_name(stem[cut:])))
        ):
            return offset + cut, offset + len(stem)
    return None


_BY_ROLE = re.compile(
    rf"(?P<name>[{HAN}]{{2,12}})\s?\((?:副?组长|采购人代表|采购代表|主任委员|业主代表|业主评委|用户代表|评审专家|专家|组员|召集人|评标专家)[^()\n]{{0,8}}\)"
    r"(?P<sep>\s{0,2}[、,;和及]\s{0,2})?"
)
_SOMEBODY = re.compile(
    rf"([{HAN}])某{{1,2}}(?:[甲乙丙丁])?(?=$|[^{HAN}]|[的在等与因男女为系是将说称通]|发布|涉)"
)
_PRESENTED = re.compile(
    r"(?:个体工商户|个体经营者|自然人)\s{0,2}[(:]?\s{0,2}"
    r"|(?:异见人士|维权人士|活动人士|异议人士|知名博主|大[Vv]|网红|主播|犯罪嫌疑人|涉案人|被监测人)[“\"《]?"
    r"|(?:专家|采购人代表|代表|评委|组长)(?=[^\s:,、;。()])"
)
_ABOUT = re.compile(
    rf"(?:涉|针对|围绕|有关|涉及)[“\"]?([{HAN}]{{2,3}}?)[”\"]?(?:的)?(?:言论|舆情|负面|案件|案|账号|推特|脸书|事件|信息监测)"
)


def presented(text: str) -> list[Span]:
    """Names after words that present a person, and persons named as a subject of monitoring."""
    found: list[Span] = []
    for match in _PRESENTED.finditer(text):
        token = _TOKEN.match(text, match.end())
        if token and token["run"]:
            named = _read_run(text, match.end(), token["run"], False, True, False)
            if named and len(token["run"]) > 1:
                found += named[0]
    for match in _BY_ROLE.finditer(text):
        span = _name_at_end(match["name"])
        if span:
            found.append((match.start() + span[0], match.start() + span[1]))
            if match["sep"]:
                found += _names(text, match.end(), Asks.EXPERTS, False, " ")
    if "某" in text:
        for match in _SOMEBODY.finditer(text):
            if (
                surname_length(match[1], rare=False)
                and match[1] not in "向于和由应从与及连全单项计时成"
            ):
                found.append(match.span())
    for match in _ABOUT.finditer(text):
        if likely_name(match[1]):
            found.append(match.span(1))
    return found
