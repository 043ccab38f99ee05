"""Mask a name found once wherever else it stands as that person in the same text."""

import re
from collections.abc import Iterable

from sousveil.extract.masking.names import HAN, TITLE, is_stop, is_word

Span = tuple[int, int]

_ORGANISATION_AFTER = re.compile(
    r"(?:(?!负责|本公司|我公司|贵公司|该公司|联系|先生|女士|同志|老师|身份|电话"
    r"|等)[一-鿿()]){0,14}?"
    r"(?:公司|集团|事务所|经营部|营业部|商店|商行|商贸行|工作室|学校|中学|小学|大学|学院"
    r"|医院|合作社|农场|超市|饭店|酒店|基金会|药房|"
    r"诊所|百货店|门市部|加工厂|服务部|养殖场|家庭农场|个体户)"
)
_PLACE_AFTER = re.compile("[省市县区州镇乡村街路巷道山河湖桥湾岛港站庄屯里坊弄苑]")
_KANA = "\u3040"
"""The scripts of China, Japan and Korea come from here on: a name in them has no space."""
_BEFORE = re.compile(
    "(?:由|与|和|及|请|找|向|对|被|让|给|经|受|为|是|同|跟|人|员|者|长|师|家|委|表|联系"
    "|咨询|专家|代表|委托|授权)$"
)
_AFTER = re.compile(
    f"(?:{TITLE}|等|为|系|是|负责|同志|签|出|参|在|于|与|和|及|担任|承担|主持|已|将|应|须"
    f"|说|认|向|对|的)"
)


def propagate(text: str, names: Iterable[str], found: list[Span]) -> list[Span]:
    """Further places of ``names`` in ``text`` beyond ``found``.

    Names of three and more characters are taken wherever they do not begin an organisation's name;
    names of two only where one side is free and the other speaks of a person, and those that are
    ordinary words (高原, 和平) only beside another person or between list marks. One word alone in
    an alphabetic script (Finanzas, under a contact point) is left: it may be any word.
    """
    told = {raw for raw in names if raw[:1] >= _KANA or len(raw.split()) > 1}
    forms = {name for raw in told if len(name := "".join(raw.split())) > 1 and not is_stop(name)}
    forms = {name for name in forms if not re.search(r"[*＊×○●某Xx]", name)}
    if not forms:
        return []
    gap = r"[ ]{0,4}"
    ordered = sorted(forms, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(gap.join(map(re.escape, name)) for name in ordered))
    taken: set[int] = set()
    for start, end in found:
        taken.update(range(start, end))
    matches = [match for match in pattern.finditer(text) if match.start() not in taken]
    more: list[Span] = []
    # Ordinary words come last: whether they stand for a person depends on who stands beside them.
    for match in sorted(matches, key=lambda match: is_word(match[0].replace(" ", ""))):
        if _is_person(text, match, taken):
            more.append(match.span())
            taken.update(range(*match.span()))
    return more


def _is_person(text: str, match: re.Match[str], taken: set[int]) -> bool:
    start, end = match.span()
    name = "".join(match[0].split())
    if not name[0] >= "㐀":
        return not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha())
    if _ORGANISATION_AFTER.match(text, end):
        return False
    if len(name) > 2 and not is_word(name):
        return True
    han = re.compile(f"[{HAN}]")
    left, right = han.match(text, start - 1) if start else None, han.match(text, end)
    if is_word(name):
        return not left and not right and _beside_person(text, start, end, taken)
    if not left and not right:
        return True
    if (
        left
        and right
        and not (_BEFORE.search(text, max(0, start - 3), start) and _AFTER.match(text, end))
    ):
        return False
    if right and (_PLACE_AFTER.match(text, end) or not _AFTER.match(text, end)):
        return False
    return not (is_word(text[start - 1 : start + 1]) or is_word(text[end - 1 : end + 1]))


def _beside_person(text: str, start: int, end: int, taken: set[int]) -> bool:
    """Whether another masked person stands next to it in a list, or a phone follows."""
    if re.match(r"[\s(:,、/]{0,4}(?:\+?\d{3,4}[-\d])", text[end : end + 12]):
        return True
    before = start - 1
    while before >= 0 and text[before] in " 、,\n/":
        before -= 1
    after = end
    while after < len(text) and text[after] in " 、,\n/":
        after += 1
    return before in taken or after in taken
