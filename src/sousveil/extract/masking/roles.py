"""Find Chinese names that a role or a signature presents without a colon, in folded text.

组长李为民, 分管领导李卫国签字, 民警赵国庆负责: the role alone is an ordinary word, so the name must
be a likely one and what follows must end it.
"""

import re

from sousveil.extract.masking.labels import Asks
from sousveil.extract.masking.names import HAN, likely_name
from sousveil.extract.masking.reading import Span, names_at
from sousveil.extract.masking.triggers import Triggered, matches

_LEADERS = ("组长", "主任委员", "评审人", "召集人")
_SIGNS = ("签字", "签批", "签署", "签名", "批示", "审签")
_OFFICERS = ("民警", "辅警", "警员", "干警")
_TURNED = ("变更", "更正", "更改", "调整", "更换", "修改")
_CHOSEN = ("任命", "聘任", "免去", "推选", "指定")
_CONCERNED = (
    "被害人",
    "在逃人员",
    "涉案人员",
    "矫正对象",
    "重点人员",
    "申诉人",
    "投诉人",
    "举报人",
    "信访人",
    "上访人",
    "嫌疑人",
)

_LEADER = re.compile(
    rf"(?:{'|'.join(_LEADERS)})(?:为|是|由)?(?P<name>[{HAN}]{{2,4}}?)"
    rf"(?=$|[,、;。)\s]|担任)(?P<more>[,、](?=[{HAN}]{{2,4}}(?:$|[,、;。)\s])))?"
)
_SIGNED = re.compile(
    rf"(?:领导|负责人|代表|经办人|[局处科所队院校部]长|主任)(?P<name>[{HAN}]{{2,3}}?)"
    rf"(?:{'|'.join(_SIGNS)})"
)
_ACTING = re.compile(
    rf"(?:{'|'.join(_OFFICERS)})(?P<name>[{HAN}]{{2,3}}?)(?=负责|联系|带队|$|[,、;。)\s])"
)
_APPOINTED = re.compile(rf"(?:{'|'.join(_CHOSEN)})(?P<name>[{HAN}]{{2,3}}?)(?:同志|为)")
_DEPUTY = re.compile(
    rf"[局处院队委所厅](?P<name>[{HAN}]{{2,3}}?)副(?:局长|处长|科长|主任|所长|支?队长|院长|厅长|书记)"
)
_WATCHED = re.compile(
    rf"(?:{'|'.join(_CONCERNED)})(?P<name>[{HAN}]{{2,3}}?)"
    r"(?=的?(?:轨迹|行踪|动态|信息|账号|言论|诉求|手机|车辆|活动)|对|因|不服|向|反映|诉|报案"
    rf"|(?<=[{HAN}]{{3}})(?:$|[,;。)\s]))"
)
_PARCEL = re.compile(rf"[,\s(](?P<name>[{HAN}]{{2,3}}?)\(?收\)?(?=[,\s]{{1,2}}1[3-9]\d)")
_IN_OFFICE = re.compile(
    r"(?:[局处科所队站院校厅部]长|政委|书记|主任|教导员)(?P<name>[一-鿿]{2,3}?)"
    r"(?=主持|参加|出席|带队|讲话|强调|指出|表示|介绍)"
)
_PAPERS = re.compile(
    rf"(?<![{HAN}])(?:附件\s?\d{{0,2}}[:.、]?\s?|项目经理|项目负责人|负责人|法人|建造师|专家)?"
    rf"(?P<name>[{HAN}]{{2,3}}?)(?:的|个人)?[-_— ]?(?:个人)?"
    r"(?:简历|身份证|复印件|建造师证|毕业证|职称证"
    r"|资格证|社保|学历证|执业证|退休证|户口本|护照|名片)"
)
"""张三简历.docx, 李四-身份证复印件.pdf: papers of a person, as attachments are named."""
_CHARGED = re.compile(
    rf"由(?P<name>[{HAN}]{{2,3}}?)(?P<more>(?:[、和与及][{HAN}]{{2,3}}?){{1,8}})(?:等人?|同志)?"
    r"(?:共同)?(?:负责|担任|组成|承担|主持|验收|评审)"
)
_GIVEN_POWER = re.compile(
    rf"(?:授权|委托)(?P<name>[{HAN}]{{2,3}}?)(?=为我|为本|作为|代表|担任|\(身份证|,身份证)"
)
_MYSELF = re.compile(rf"本人(?P<name>[{HAN}]{{2,3}}?)(?=[,(、\s]|系|现任)")
_IN_POST = re.compile(rf"由(?P<name>[{HAN}]{{2,3}}?)(?:同志)?担任")
_CHANGED = re.compile(
    rf"(?:联系人|负责人|经理|法人|代表人?|总监|专家|成员|经办人|姓名)(?:由|从|:|是|为)?[“\"]?"
    rf"(?P<name>[{HAN}]{{2,3}}?)[”\"]?[,;]?\s?现?"
    rf"(?:{'|'.join(_TURNED)})(?:为|成)[: ]?[“\"]?"
    rf"(?P<then>[{HAN}]{{2,4}})(?![{HAN}])"
)
"""法定代表人由张三变更为李四: what notices of correction say."""
_PATTERNS: tuple[Triggered, ...] = (
    (_SIGNS, _SIGNED),
    (_OFFICERS, _ACTING),
    (_CHOSEN, _APPOINTED),
    (("副",), _DEPUTY),
    (_CONCERNED, _WATCHED),
    (("主持", "参加", "出席", "带队", "讲话", "强调", "指出", "表示", "介绍"), _IN_OFFICE),
    (("担任",), _IN_POST),
    (("授权", "委托"), _GIVEN_POWER),
    (("本人",), _MYSELF),
    (("简历", "证", "复印", "社保", "户口本", "护照", "名片"), _PAPERS),
    (("收,", "收 ", "收\n", "收\t", "收)"), _PARCEL),
)


def in_roles(text: str) -> list[Span]:
    """Names directly after a role, before a signature or a deputy's title, of watched persons."""
    found: list[Span] = []
    led = any(word in text for word in _LEADERS)
    for match in _LEADER.finditer(text) if led else ():
        if not likely_name(match["name"]):
            continue
        found.append(match.span("name"))
        if match["more"]:
            found += names_at(text, match.end("more"), Asks.EXPERTS, False, "")
    for match in _CHANGED.finditer(text) if any(word in text for word in _TURNED) else ():
        names = [match.span("name"), match.span("then")]
        found += names if all(likely_name(text[start:end]) for start, end in names) else []
    for match in _CHARGED.finditer(text) if "由" in text else ():
        found += _all_of(match)
    found += [m.span("name") for m in matches(text, _PATTERNS) if likely_name(m["name"])]
    return found


def _all_of(match: re.Match[str]) -> list[Span]:
    """由张三、李四负责: those listed, if each looks like a name."""
    found = [match.span("name")]
    offset = match.start("more")
    found += [
        (offset + piece.start(), offset + piece.end()) for piece in _PIECE.finditer(match["more"])
    ]
    return found if all(likely_name(match.string[start:end]) for start, end in found) else []


_PIECE = re.compile("[^、和与及]+")
