"""Find identity and passport numbers, and home addresses, in folded text."""

import re
from collections.abc import Sequence
from itertools import chain

from sousveil.text.person_numbers import is_resident_id

Span = tuple[int, int]

_RESIDENT = re.compile(
    r"[1-9]\d{5}\s?(?:1[89]|20)\d{2}\s?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{3}[\dXx×]"
    r"(?![\dA-Za-z])"
)
_HIDDEN = re.compile(r"[1-9]\d{2,13}[*＊xX×]{3,12}\d{0,4}[\dXx]?(?![\dA-Za-z*])")
_LABEL_WORDS = """
身份证 身分证 公民身份号码 证件号 护照 通行证 军官证 居留证 居住证 社保 驾驶证 执业证号
学号 警号 工号 身份证字号
Passport passport PASSPORT IDcard NationalID nationalID SSN DNI NIE CPF CURP RUT
Cédula cédula Cedula cedula
СНИЛС Паспорт паспорт 주민등록번호 여권번호 マイナンバー
"""
_LABEL = re.compile(
    "|".join(" ?".join(re.escape(char) for char in label) for label in _LABEL_WORDS.split())
)
_AFTER_LABEL = re.compile(
    r"(?: ?(?:证|件|卡|明|号码?|编号|字号|[Nn]o\.?|[Nn]umber|[Cc]ard|№|de [Cc]iudadanía"
    r"|[Ss]eries)){0,3}"
    r"(?:\([^()\n]{0,16}\))?\s{0,3}[:#为]?\s{0,3}"
    r"(?P<id>(?=[A-Z0-9.\- ]{0,5}\d)[A-Z0-9][A-Z0-9x*.\- /()]{4,24}[0-9A-Zx*)])"
)
_SHAPED = re.compile(
    r"\d(?<![\d.]\d)(?:\d{2}\.\d{3}\.\d{3}-\d{2}(?!\d)|\d{2}-\d{2}-\d{4}(?![\d-]))"
)


def identity_numbers(text: str, runs: Sequence[Span]) -> list[Span]:
    """Spans of identity and passport numbers; credit codes of organisations stay.

    ``runs`` are those of ``phones.digit_runs``.
    """
    found: list[Span] = []
    for match in chain.from_iterable(_RESIDENT.finditer(text, *run) for run in runs):
        start = match.start()
        before = text[max(0, start - 14) : start]
        if text[match.end() : match.end() + 1].isalnum() and text[match.end()].isascii():
            continue
        if before[-1:].isascii() and before[-1:].isalnum():
            continue
        if is_resident_id(match[0]) or "身份" in before or "证件" in before:
            found.append(match.span())
    for match in _LABEL.finditer(text):
        number = _AFTER_LABEL.match(text, match.end())
        if number and sum(char.isdigit() or char == "*" for char in number["id"]) >= 5:
            found.append(number.span("id"))
        hidden = _HIDDEN.search(text, match.end(), match.end() + 30)
        if hidden:
            found.append(hidden.span())
    found += [match.span() for run in runs for match in _SHAPED.finditer(text, *run)]
    return found


_ADDRESS_LABELS = re.compile(
    "家庭住址|家庭地址|家庭所在地|现住址|现住地|住址|居住地|户籍|户口所在地|身份证地址|个人地址|"
    "Home [Aa]ddress|home address|Residential [Aa]ddress|residential address"
    "|Domicilio particular|domicilio particular|"
    "Privatanschrift|Domicile personnel|домашний адрес|Домашний адрес|адрес проживания"
    "|Адрес проживания|"
    "адрес регистрации|Адрес регистрации|现住所|자택주소|자택 주소"
)
_AFTER_ADDRESS = re.compile(
    r"(?:地址|所在地"
    r"|址)?(?:\([^()\n]{0,12}\))?\s{0,3}(?P<colon>[:为])?\s{0,3}(?P<address>[^\n\t;。:]{4,60})"
)
_PLACE = re.compile("[一-鿿]{2,8}[省市县区州镇乡]")
_SUPPLIER_ADDRESS = re.compile(
    r"[^\n]{0,40}?(?:\n[^\n]{0,40}?){0,3}?(?:地\s{0,4}址|住\s{0,4}所)\s{0,2}:?\s{0,3}"
    r"(?P<address>[^\n\t;。:]{4,60})"
)
_LIVES = re.compile(
    r"[,;。\n] ?(?:现|家)?住(?!所)(?:在|于)? ?(?P<address>[一-鿿]{2,12}[省市县区镇乡村路街]"
    r"[^\n\t,;。:]{0,50}?\d[\d-]*(?:号|室|栋|幢|组|户)[^\n\t,;。:]{0,20})"
)
"""…，汉族，住某市某路1号: only a person lives somewhere; 住建局 and 住宿 end in no house."""
_COMPLAINANT = re.compile(r"(?:^|[^被一-鿿])(?:投诉|申诉|举报|信访|上访|申请)人\s?:?\s?$")
_OTHER_PARTY = re.compile("公司|集团|中心|被|代理|采购|供应商|单位|机关|局")
_NEXT = re.compile(r"[, ](?:身份|电话|联系|邮编|成交|中标|供应商|金额|[一二三四五六七八九]、).*")


def home_addresses(text: str, sole_traders: list[Span], persons: Sequence[Span] = ()) -> list[Span]:
    """Home addresses after their labels, and the address of a person who stands as supplier or,
    among ``persons``, as complainant."""
    found: list[Span] = []
    for label in _ADDRESS_LABELS.finditer(text):
        match = _AFTER_ADDRESS.match(text, label.end())
        if match and (match["colon"] or _PLACE.match(match["address"])):
            found.append(_trimmed(match))
    if "住" in text:
        found += [match.span("address") for match in _LIVES.finditer(text)]
    for start, end in persons:
        match = None
        if _COMPLAINANT.search(text[max(0, start - 8) : start]):
            match = _SUPPLIER_ADDRESS.match(text, end)
        if match and not _OTHER_PARTY.search(text, end, match.start("address")):
            found.append(_trimmed(match))
    for _, end in sole_traders:
        match = _SUPPLIER_ADDRESS.match(text, end)
        if match:
            found.append(_trimmed(match))
    return found


def _trimmed(match: re.Match[str]) -> Span:
    """The address without what a next label begins in the same line."""
    start = match.start("address")
    return start, start + len(_NEXT.sub("", match["address"]).rstrip(" ,"))
