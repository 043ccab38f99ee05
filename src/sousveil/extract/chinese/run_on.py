"""Where the lines of a notice began that stands all on one line, as exports leave it."""

import re
from itertools import pairwise

_SECTION = r"[一二三四五六七八九十]{1,3}、"
_LABELS = (
    r"(?:采购|招标|原公告的?采购)?项目(?:编号|名称|概况|联系人|联系方式|联系电话)|招标文件编号|合同(?:编号|名称)|采购方式"
    r"|预算金额|最高限价|首次公告(?:日期|时间)|中标信息|中标结果|采购结果|评标情况|废标理由|公告类型"
    r"|采购人(?:信息|名称)?|采购代理机构(?:信息|名称)?"
)
_BREAK = re.compile(
    rf"(?<=[^\s、，,（(\d])(?={_SECTION})|(?<=\d)(?={_SECTION}(?:\D|$))"
    rf"|(?<=项目)(?=项目(?:{_LABELS})\s?(?:[:：]|$))"
    rf"|(?<=[^\s（(])(?<!项目项目)(?=(?:{_LABELS})\s?(?:[:：]|$))"
    r"|(?<=\S)(?=[一二三四五六七八九十]{1,2}$)"
)

_PARTY = r"(?:采购人|采购单位|招标人|采购代理机构|代理机构|集中采购机构)信息|项目联系方式"
_WITHIN = re.compile(
    rf"(?<!\d)(?=\d[.、]\s?(?:{_PARTY}))|(?<=〕[.、])(?={_PARTY})|(?:(?<=信息)|(?<=方式))(?=(?:名\s{{0,3}}称|项目联系人)\s?[:：])"
    r"|(?<=[^\s（(商位目人构关方系络细讯信司])(?=(?:地\s{0,3}址|联系方式|电\s{0,3}话)\s?[:：])"
    r"|(?<=[司])(?=(?:地\s{0,3}址|联系方式)\s?[:：])"
    r"|(?<=[^\s])(?=供应商(?:名称|地址)\s?[:：])|(?<=[^\s])(?=(?:中标|成交)[（(](?:成交|中标)[）)]金额\s?[:：])"
    r"|(?<=[告示]\s)(?=20\d\d[-年/.]\d)"
)
LONG, _SEVERAL = 160, 3
"""Characters of a line that may be several, and cuts (and colons) that it must have."""


def line_ends(text: str) -> list[int]:
    """Where the sections and labels of the ministry's forms begin that follow something else."""
    return [match.start() for match in _BREAK.finditer(text)]


_NUMBER = re.compile(
    r"(?:(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}、|(?<!\d)\d{1,2}[.、]|[(（][一二三四五六七八九十\d]{1,2}[)）])\s{0,2}$"
)


def _with_number(text: str, cut: int) -> int:
    """A cut moved before the number of the label that it stands before."""
    numbered = _NUMBER.search(text, max(0, cut - 7), cut)
    return cut if numbered is None else numbered.start()


def pieces(text: str) -> list[tuple[int, int]]:
    """The lines that one long line was: all of it where it is none of several sections."""
    cuts = line_ends(text) if len(text) > LONG and text.count(":") >= _SEVERAL else []
    if len(cuts) < _SEVERAL:
        return [(0, len(text))]
    cuts += [match.start() for match in _WITHIN.finditer(text)]
    bounds = sorted({0, *(_with_number(text, cut) for cut in cuts), len(text)})
    return list(pairwise(bounds))
