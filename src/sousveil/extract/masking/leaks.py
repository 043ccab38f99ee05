"""A second reader of masked text that looks for what the masker has missed.

It shares no rule, table or folding with the masker: plain patterns over the text without blanks,
line by line, and its own short list of surnames. Tests run it over exports.
It is made to be right when it speaks, not to find everything.
"""

import re
import unicodedata

Leak = tuple[str, int, int]
"""Kind (person, phone, email, id_number, account), and [start, end) in the text."""

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
    "叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧葉蘇魏呂盧鍾譚陸賈龍賀顧龔萬錢嚴湯"
)
_NOT_NAMES = (
    "高级|高等|方式|方法|石油|金额|金融|江苏|江西|江阴|万元|万家|万达|成都|武汉|马上|白天"
    "|夏季|常见|安全|安排|"
    "任何|任务|程序|许可|方面|谢绝|夏令|史料|向社|钟楼|黄金|毛重|段落|顾问|常务|田地|石家"
    "|马鞍|贺州|黎明|白云|江北|江南|"
    "范围|何时|于次|余额|张贴|项目|汤原|孔雀|金属|严格|万宁|万州|江门|金华|黄山|黄石|黄冈"
    "|高新|高校|高清|高原|"
    "林业|林场|雷达|龙岩|龙江|白银|陆军|武警|武装|武威|胡同|范本|莫名|钱款|万年|王府|金昌"
    "|石河|石狮|方圆|叶城"
)
_LABELS = (
    "联系人|聯絡人|聯繫人|经办人|經辦人|负责人|負責人|采购人代表|法定代表人|授权代表"
    "|项目经理|评审专家|专家名单|"
    "姓名|收件人|监督人|承办人|承辦人|组长|成员"
)
_LABELLED_NAME = re.compile(
    rf"(?:{_LABELS})(?:[(（][^()（）\n]{{0,12}}[)）])?[:：](?P<name>[{_SURNAMES}](?!某某)["
    rf"一-鿿]{{1,2}})"
    r"(?=$|[\n\t,，、;；。/(（0-9]|先生|女士|电话|联系)"
)
_TITLED = re.compile(
    rf"(?:^|[\n\t:：,，、;；。(（])(?P<name>[{_SURNAMES}][一-鿿]{{0,2}})(?:先生|女士|小姐"
    rf"|警官)(?=$|[^一-鿿])"
)
_BESIDE_PHONE = re.compile(
    rf"(?:^|[\n\t:：,，、;；])(?P<name>[{_SURNAMES}][一-鿿]{{1,2}})[:：,，]?(?=〔phone〕"
    rf"|1[3-9]\d{{9}})"
)
_MOBILE = re.compile(
    r"(?<![\dA-Za-z.\-—/_=#¥￥\]】〕])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z元万.\-])"
)
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z.\-—_/=])(?:0[1-9]\d{1,2}[-—－]\d{7,8}"
    r"|[(（]0[1-9]\d{1,2}[)）]\d{7,8})(?![\dA-Za-z\-])"
)
_LABELLED_PHONE = re.compile(
    r"(?:电话|電話|手机|手機|传真|傳真|[Tt]el|TEL|[Ff]ax|[Pp]hone|[Tt]elephone|telephone"
    r"|faxNumber)\"?[:：.]{1,2}\"?"
    r"(?P<phone>[+(（]?\d[\d()（）+\-—]{6,18}\d)"
)
_NUMBERED = re.compile(
    r"(?:编号|代码|备案号|账号|帐号|计划号?|合同号|文号|卡号|序列号|流水号|邮编|许可证号?"
    r"|证号|型号|ID|id|[Nn]o\.?|uid)"
    r"(?:[(（][^()（）\n]{0,16}[)）])?[\"'\s]{0,3}[:：]?[\"'\s]{0,3}[\[【(（]?$"
)
_EMAIL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+\-]*[@＠][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_RESIDENT = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_QQ = re.compile(r"(?:QQ|qq|微信|微信号)(?:群|号|号码)?[:：](?P<id>[A-Za-z]?[A-Za-z0-9_\-]{5,20})")
_NOT_NAME = re.compile(_NOT_NAMES)
_OFFICE = re.compile("[局部处科室办厅院校公司厂所站]$|[电手传]$")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find_leaks(text: str) -> list[Leak]:
    """What still looks personal in ``text``, in order: (kind, start, end)."""
    bare, offsets = _without_blanks(text)
    found = _names(bare) + _numbers(bare)
    found += [("email", *match.span()) for match in _EMAIL.finditer(bare)]
    found += [("account", *match.span("id")) for match in _QQ.finditer(bare)]
    return sorted(
        ((kind, offsets[start], offsets[end - 1] + 1) for kind, start, end in found),
        key=lambda leak: leak[1:],
    )


def _without_blanks(text: str) -> tuple[str, list[int]]:
    """The text without blanks and invisible characters, and where each character came from."""
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        if char != "\n" and char != "\t" and (char.isspace() or unicodedata.category(char) == "Cf"):
            continue
        chars.append(unicodedata.normalize("NFKC", char) if "０" <= char <= "ｚ" else char)
        offsets.append(index)
    return "".join(chars), offsets


def _names(text: str) -> list[Leak]:
    return [
        ("person", *match.span("name"))
        for pattern in (_LABELLED_NAME, _TITLED, _BESIDE_PHONE)
        for match in pattern.finditer(text)
        if not _NOT_NAME.match(match["name"]) and not _OFFICE.search(match["name"])
    ]


def _numbers(text: str) -> list[Leak]:
    shaped = [
        ("phone", *match.span())
        for pattern in (_MOBILE, _LANDLINE)
        for match in pattern.finditer(text)
        if not _NUMBERED.search(text[max(0, match.start() - 30) : match.start()])
    ]
    labelled = [
        ("phone", *match.span("phone"))
        for match in _LABELLED_PHONE.finditer(text)
        if not _DATE.match(match["phone"])
    ]
    identities = [
        ("id_number", *match.span()) for match in _RESIDENT.finditer(text) if _checks(match[0])
    ]
    return shaped + labelled + identities


def _checks(number: str) -> bool:
    """Month, day and the check digit of GB 11643 hold."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    plausible = "01" <= number[10:12] <= "12" and "01" <= number[12:14] <= "31"
    return (
        plausible
        and number[6:8] in ("19", "20")
        and "10X98765432"[total % 11] == number[17].upper()
    )
