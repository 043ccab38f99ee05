"""Read one name, or a list of names, at a given place of folded Chinese text."""

import re
from typing import NamedTuple

from sousveil.extract.masking.labels import Asks
from sousveil.extract.masking.names import (
    DOT,
    HAN,
    TITLE,
    TITLE_AT_END,
    companies,
    is_stop,
    labelled_name,
    likely_name,
    listed_name,
    split_glued,
    surname_length,
    surnamed,
    without_title,
)
from sousveil.extract.masking.rosters import PHONE_BEGINS, roster_of

Span = tuple[int, int]

_RUN = re.compile(rf"[{HAN}]{{1,200}}+")
_DOTTED = re.compile(rf"[{HAN}]{{1,9}}(?:\s?[{DOT}]\s?[{HAN}]{{1,9}}){{1,4}}")
_HIDDEN = re.compile(
    rf"[{HAN}]{{1,2}}(?:[*＊×╳✕○◯●〇＃]{{1,3}}|[Xx]{{1,3}}(?![A-Za-z]))[{HAN}]?(?![{HAN}])"
)
_SPACED = re.compile(
    rf"[{HAN}](?: {{1,3}}[{HAN}] {{1,3}}[{HAN}](?![{HAN}]| +[{HAN}](?![{HAN}]))"
    rf"| {{1,6}}[{HAN}]{{1,2}}(?![{HAN}]))|[{HAN}]{{2}} {{1,4}}[{HAN}]{{1,2}}(?![{HAN}])"
)
_HIDERS = frozenset("*＊×╳✕○◯●＃Xx")
_DOTS = frozenset(DOT)
_NEXT_LABEL = re.compile(
    "联系|电话|手机|座机|传真|邮箱|电邮|邮编|邮政|地址|住址|身份证|职务|职称|性别|单位"
    "|网址|微信|开户|账号|"
    "时间|日期|项目|采购|招标|代理|供应商|备注|证书|资质|注册|专业|工程师|学历|岗位|附件|"
    "[一二三四五六七八九十]{1,3}(?=[、.])|[男女](?:$|[性汉])|采购人代表|评审专家|先生|女士"
)
_PROSE = re.compile(
    "(?:为|系|是|等|在|到|于|应|将|并|及|和|与|或|同志|负责|担任|参加|组成|出席|已|对|就"
    "|按|根|依|即|也|均|未|不|以|从|的|"
    "签字|签署|签订|说|评审|评标|谈判|磋商|论证|主持|承担|完成|犯|涉嫌|诉|反映|投诉|举报"
    "|发布|发表|同意|认为|提出|代表|作为|通过|进行|前往|回避)"
)
_AFTER_NAME = re.compile(
    rf"(?: ?{TITLE}(?![{HAN}]))?(?:\s?\([^()\n]{{0,40}}\))?(?:\s?[:/,]?\s?[+(]{{0,2}}\d[\d\-—–－*"
    rf"转/ )]{{5,30}}\d)?"
)
_SEPARATOR = re.compile(
    r"\s{0,3}(?P<mark>[、,;/|&+\\]|及|和|与|或者?)\s{0,3}|(?P<blank> {1,8})|(?P<line>\s{1,8})"
)
_ROLE_FILLER = re.compile(
    r"(?:副?组长|主任(?:委员)?|组员|成员|评审专家|专家|采购人代表|业主代表|用户代表"
    r"|采购代表|评委|委员)\s?[:、]?\s+"
    r"|[一-鿿]{0,4}(?:标项|包|标段|包组)\s?[一二三四五六七八九十\dA-Z]{0,3}\s?:\s*"
)
_LIST_FILLER = re.compile(
    r"(?:\s*(?:\([^()\n]{0,20}\)|[①-⑳]|\(?\d{1,2}\s?[.、):](?!\d)|"
    r"第?\s?[一二三四五六七八九十\dA-Z]{1,3}\s?(?:分?包|标段|标项|包组)\s?:|"
    r"(?:标项|包|分包|标段|包组)\s?[一二三四五六七八九十\dA-Z]{1,3}\s?:|"
    r"(?:副?组长|主任(?:委员)?|组员|成员|评审专家|专家|采购人代表|业主代表|用户代表"
    r"|采购代表|评委|委员)\s?[:、]?(?=\s))\s*)+"
)


class Manner(NamedTuple):
    """How sure a candidate has to be where it stands."""

    trust: int
    """0: only a likely name; 1: also one in transliteration; 2: any with a frequent surname;
    3: a label asked for a person, so any short value that is no placeholder is a name."""
    attached: bool = False
    """It follows its label without any separator: it may be the rest of a sentence."""
    listed: bool = False
    """It may be several names in one run."""

    @property
    def generous(self) -> bool:
        """Whether a label asked for a person."""
        return self.trust == 3

    def accepts(self, name: str) -> bool:
        """Whether ``name`` (no blanks) passes."""
        return _ACCEPTS[self.trust](name)


_ACCEPTS = (
    likely_name,
    listed_name,
    lambda name: surnamed(name) or listed_name(name),
    labelled_name,
)
Reading = tuple[list[Span], int]
"""What was read as names, and where reading goes on."""


def names_at(text: str, start: int, kind: Asks, colon: bool, gap: str) -> list[Span]:
    """The list of names that begins at ``start``, the place where a label's value is."""
    found: list[Span] = []
    position = start
    experts = kind is Asks.EXPERTS
    trust = _first_trust(kind, colon, gap)
    fresh = True
    for _ in range(120):
        if (experts or not found) and not _FIRST_HAN.match(text, position):
            filler = _LIST_FILLER.match(text, position)
            position = filler.end() if filler else position
        elif experts and (filler := _ROLE_FILLER.match(text, position)):
            position = filler.end()
        named = roster_of(text, position, kind, colon, "\n" if found else gap) if fresh else None
        if named is None:
            attached = not colon and not gap and not found
            named = _read(text, position, Manner(trust, attached, experts))
        if named is None and experts and (found or colon):
            named = _odd_one(text, position)
        if named is None or _LABEL_NEXT.match(text, named[1]):
            break
        found += named[0]
        after = _AFTER_NAME.match(text, named[1])
        position = after.end() if after else named[1]
        separator = _SEPARATOR.match(text, position)
        if not separator:
            break
        position = separator.end()
        fresh = separator["line"] is not None
        if separator["line"] and not experts and not _is_line_of_names(text, position):
            break
        trust = max(trust, 2) if separator["mark"] else 2
    return found


def _odd_one(text: str, start: int) -> Reading | None:
    """A run in a list of experts that looks like no name, if names go on after it."""
    run = _RUN.match(text, start)
    if not run or not 2 <= len(run[0]) <= 4 or is_stop(run[0]):
        return None
    separator = _SEPARATOR.match(text, run.end())
    if not separator:
        return None
    filler = _LIST_FILLER.match(text, separator.end())
    following = _RUN.match(text, filler.end() if filler else separator.end())
    if not following or not likely_name(following[0]) or _LABEL_NEXT.match(text, following.end()):
        return None
    return [run.span()], run.end()


def _first_trust(kind: Asks, colon: bool, gap: str) -> int:
    if kind is Asks.CONTACT or kind is Asks.TOPIC:
        return 1
    if colon:
        return 3
    return 2 if "\t" in gap or "\n" in gap else 1 if gap else 0


def _is_line_of_names(text: str, start: int) -> bool:
    """Whether the line that begins at ``start`` is one likely name and nothing else."""
    run = _RUN.match(text, start)
    return run is not None and likely_name(run[0]) and text[run.end() : run.end() + 1] in ("", "\n")


_FIRST_HAN = re.compile(f"[{HAN}]")
_LABEL_NEXT = re.compile(r"\s?:(?!\s?(?:[\d+]|\(\+?\d{2,4}\)))")
"""A colon with no phone after it: what stands before it is a label."""


def _read(text: str, start: int, manner: Manner) -> Reading | None:
    """The name at ``start``; None where there is none."""
    run = _RUN.match(text, start)
    if not run:
        return None
    end = run.end()
    following = text[end : end + 1]
    if following in _DOTS or (following == " " and text[end + 1 : end + 2] in _DOTS):
        dotted = _DOTTED.match(text, start)
        if dotted:
            return ([dotted.span()], dotted.end()) if _no_organisation(dotted[0]) else None
    if following in _HIDERS:
        hidden = _HIDDEN.match(text, start)
        if hidden and surname_length(hidden[0]):
            return [hidden.span()], hidden.end()
    if following == " " and end - start <= 2:
        spaced = _SPACED.match(text, start)
        if spaced and _is_spaced_name(spaced[0], generous=manner.generous):
            return [spaced.span()], spaced.end()
    return read_run(text, start, run[0], manner)


def _is_spaced_name(spaced: str, *, generous: bool) -> bool:
    """张 三, 欧 阳 锋: blanks stand after the surname or between all characters; where a label asks
    (``generous``), three that stand apart are a name whatever the surname."""
    parts = spaced.split()
    joined, first = "".join(parts), parts[0]
    if generous and len(parts) == 3 == len(joined) and labelled_name(joined):
        return True
    return surname_length(joined) >= len(first) and likely_name(joined)


def _no_organisation(name: str) -> bool:
    return len(name) <= 20 and _ORGANISATION.search(name) is None


_ORGANISATION = re.compile("公司|集团|中心|大学|学院|医院|银行")
_VERBS = frozenset("应须从连全能别解支计单通相查初原后成向项管")
"""Surnames that, directly after 负责人 or 代表, are rather the verb or noun of a sentence."""

_LETTER = re.compile(
    r"(?![Qq]{2}|[Tt]el|TEL|[Ee]-?[Mm]ail|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Pp]hone|[Mm]ob"
    r"|[Ff]ax|x)[A-Za-z]"
)
_BROKEN = re.compile(rf"[{HAN}]\n(?P<given>[{HAN}]{{1,2}})(?=\s*(?:$|[\n,;(]))")
"""A name that a line's end parts: its surname, and the given name that is all of the next line."""
_PHONE_NEXT = re.compile(rf"[\s:,]{{0,4}}(?:{PHONE_BEGINS}|[+(]{{0,2}}\d\d[\d )])")
_SOMEBODY = re.compile(rf"[{HAN}]{{1,2}}?某+[{HAN}]?(?![{HAN}])|[{HAN}]某+")


def read_run(text: str, start: int, run: str, manner: Manner) -> Reading | None:
    """The name that the Han characters ``run`` at ``start`` are or begin with; None: no name."""
    if len(run) > 2 and run[-1] == "等":
        run = run[:-1]
    if (manner.attached and run[0] in _VERBS) or _LETTER.match(text, start + len(run)):
        return None
    if len(run) == 1:
        if manner.generous and (broken := _BROKEN.match(text, start)):
            joined = run + broken["given"]
            if surname_length(joined) and not is_stop(broken["given"]) and labelled_name(joined):
                return [broken.span()], broken.end()
        alone = not manner.attached and (manner.generous or _PHONE_NEXT.match(text, start + 1))
        return ([(start, start + 1)], start + 1) if alone and labelled_name(run) else None
    if "某" in run[1:4] and surname_length(run) and (somebody := _SOMEBODY.match(run)):
        return [(start, start + somebody.end())], start + somebody.end()
    name = without_title(run, labelled=manner.trust > 0)
    if name is None or len(run) - len(name) == 1:
        alone = manner.accepts(run) or (
            manner.trust == 1
            and surnamed(run, rare=False)
            and _PHONE_NEXT.match(text, start + len(run))
        )
        name = run if alone else name
    if name is not None:
        return [(start, start + len(name))], start + len(run)
    return _read_beginning(start, run, manner)


def _read_beginning(start: int, run: str, manner: Manner) -> Reading | None:
    """A name with more after it: the next label, further names, or the rest of a sentence."""
    following = _NEXT_LABEL.search(run, 1)
    head = run[: following.start()] if following else run
    if following and len(head) <= 9:
        name = without_title(head, labelled=manner.trust > 0) or head
        if name != head or (manner.accepts(head) and surname_length(head)):
            return [(start, start + len(name))], start + len(head)
    for length in (4, 3, 2):
        if len(run) > length and likely_name(run[:length]) and _PROSE.match(run, length):
            # 李娜和王芳: the list goes on after the conjunction.
            goes_on = run[length] in "和与及或"
            return [(start, start + length)], start + (length if goes_on else len(run))
    if (manner.listed or manner.generous) and split_glued(head):
        return [(start, start + len(head))], start + len(head)
    office = _OFFICE_BEFORE.fullmatch(head) if manner.generous else None
    if office and likely_name(office["name"]):
        return [(start + office.start("name"), start + office.end("name"))], start + len(head)
    return None


_OFFICE_BEFORE = re.compile(rf"[{HAN}]{{1,10}}[科处局队所室股办](?P<name>[{HAN}]{{2,4}}?)")
"""联系人：法制科张三: the office that a person sits in, and the person."""


_PARTY_END = re.compile(
    r"\s{0,2}(?:$|[\n\t,;。、(/|]|身份证)| +(?:[账帐卡]|开户|地|住|联|身|电|金|成|中|统|供|单"
    r"|报|得|排|评)"
)


def bare_person(text: str, start: int) -> Span | None:
    """A likely name that is all of the value beginning at ``start``."""
    run = _RUN.match(text, start)
    if not run or run.end() - start > 9:
        return None
    named = _read(text, start, Manner(1))
    if named is None or len(named[0]) != 1:
        return None
    first, end = named[0][0]
    name = text[first:end]
    if name in companies():
        return None
    if end == run.end() and not likely_name(name):
        return None
    if any(char in _DOTS for char in name) and not all(
        labelled_name(part) or len(part) <= 2 for part in _BETWEEN_DOTS.split(name)
    ):
        return None
    return (first, end) if _PARTY_END.match(text, end) else None


_BETWEEN_DOTS = re.compile(rf"\s?[{DOT}]\s?")


def cell_names(text: str, start: int, end: int) -> list[Span]:
    """Names that fill the cell [start, end) of a column of persons."""
    while start < end and text[start].isspace():
        start += 1
    spans = names_at(text, start, Asks.EXPERTS, True, "")
    return [span for span in spans if span[1] <= end]


_DOT_OR_HIDDEN = re.compile(rf"[{DOT}*×○]")
_HEAD_BEFORE = re.compile(
    "(?:联系|联络|咨询|通知|告知|添加|找|由|或|对|针对|监测|关注|围绕|涉及?|与|请|和|及|为|是|经|致电"
    "|电询|受理|专家|代表|人|员|部|局|司|处|科|院|中心|办|公司|室|所|队|站|校|府|会|社|厂"
    "|店|责|者)$"
)


def name_at_end(run: str) -> Span | None:
    """Where in ``run`` (Han, perhaps with blanks and dots) a name stands at its end."""
    if _DOT_OR_HIDDEN.search(run):
        tail = run.rsplit(" ", 1)[-1]
        return (len(run) - len(tail), len(run)) if _no_organisation(tail) else None
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
    title = TITLE_AT_END.search(last)
    stem = last[: title.start()] if title else last
    for length in (4, 3, 2, 1):
        cut = len(stem) - length
        if (
            cut > 0
            and _HEAD_BEFORE.search(stem[:cut])
            and (likely_name(stem[cut:]) or (length == 1 and title and titled_name(stem[cut:])))
        ):
            return offset + cut, offset + len(stem)
    return None


def titled_name(name: str) -> bool:
    """Whether ``name`` is a name or a surname as they stand before a title."""
    if len(name) == 1:
        return surname_length(name, rare=False) == 1
    return likely_name(name) or (len(name) == 2 and surname_length(name) == 2)
