"""Whoever stands between a contact label and a phone is a person, whatever the surname.

Surname tables are never complete; the place says enough: 联系方式：苌某某 0371-…. Offices are told
by their last words and stay.
"""

import re

from sousveil.extract.masking.names import surnamed, transliterated

_BEFORE = re.compile(
    r"(?:联系方式|联系电话|联系人|联络人|聯絡人|聯絡方式|咨询电话|电话|電話|查询|查詢)"
    r"(?:[ \t]*[:：]|[ \t\u3000])(?:[^:：\n]{0,36}\d[;；,，、/][ \t]*|[ \t]*"
    r"|[^:：\n]{2,30}(?:公司|中心|局|院|部|处|科|办公室)[ ,，、\t]{1,3})"
    r"((?:[\u4e00-\u9fff][ ·•]?){2,4}?|[\u4e00-\u9fff]{5,9})"
    r"(?P<colon>[ \t]*[:：][ \t]*[(+]*$)?[ \t\u3000,，、/]*"
    r"(?:(?:联系)?(?:电话|電話|手机)[ \t]*[:：]?[ \t]*)?$"
)
_OFFICE = re.compile(
    "(?:[科处處室部办辦组組局院所队隊股厅廳署课課会會司台站社校行店]|中心|公司|政府|机构|機構|热线|熱線|电话|電話|客服"
    "|平台|窗口|同上|如下|详见|招标|采购|咨询|技术|座机|手机|固话|传真|总机|值班|监督|投诉|工作日|上午|下午|时间|日期|地址|编号|分机|转)$"
)
_OF_BODY = re.compile(
    r"(?:联系人|联络人)[ \t]*:[ \t]*[^\n:,;]{2,30}(?:公司|中心|局|院|部|处|科|办公室)[ \t]{1,3}"
    r"(?P<name>[\u4e00-\u9fff]{2,4})[ \t]*(?=\n|$|[,;/(])"
)
_REACH = 40
_LONGEST_HAN = 4


def named_behind_bodies(work: str) -> list[tuple[int, int]]:
    """联系人：某某咨询有限公司 甘泉: the person whom a contact line names behind the body."""
    return [
        found.span("name")
        for found in _OF_BODY.finditer(work)
        if surnamed(found["name"]) and not _OFFICE.search(found["name"])
    ]


def named_before(work: str, start: int) -> list[tuple[int, int]]:
    """The person named on the line between a contact label and the phone at ``start``."""
    line = max(work.rfind("\n", 0, start) + 1, start - _REACH)
    found = _BEFORE.search(work[line:start])
    if found is None:
        return []
    name = found[1].rstrip(" ·•")
    if found["colon"] and not surnamed(name):
        return []  # 办公: 0991-…
    if _OFFICE.search(name) or (len(name) > _LONGEST_HAN and not transliterated(name)):
        return []
    return [(line + found.start(1), line + found.start(1) + len(name))]
