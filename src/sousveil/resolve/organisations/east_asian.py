"""Japanese and Korean names taken apart: the company's form in front or behind, the town's office.

A form is written out, or as one sign in brackets (株式会社, (株); 주식회사, (주)). 国立大学法人 and
独立行政法人 are forms of Japanese law (Acts 112 and 103 of 2003) before a body's own name. A city
and its office (横浜市役所, 수원시청) are one; a prefecture's police and its headquarters (Police
Act, art. 47) too. Korean provincial police lost 지방 from their names on 1 January 2021.
"""

import re

from sousveil.resolve.organisations.records import Parts
from sousveil.text.scripts import fold

_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u30fa]")
_HAN = re.compile("[\u3400-\u9fff々]")
_NOISE = re.compile(r"[\s·•,.。、「」『』\"'“”‘’]+")
_FORMS = {
    fold(said): form
    for form, ways in {
        "kk": ("株式会社", "(株)"),
        "yk": ("有限会社", "(有)"),
        "gk": ("合同会社", "(同)"),
        "gsk": ("合資会社", "(資)"),
        "주식회사": ("주식회사", "(주)"),
        "유한회사": ("유한회사", "(유)"),
        "사단법인": ("사단법인", "(사)"),
        "재단법인": ("재단법인", "(재)"),
    }.items()
    for said in ways
}
_FORM = "|".join(re.escape(said) for said in _FORMS)
_IN_FRONT = re.compile(f"^(?P<form>{_FORM})")
_BEHIND = re.compile(f"(?P<form>{_FORM})$")
_LAW = re.compile(
    fold("^(?:国立大学法人|公立大学法人|国立研究開発法人|地方独立行政法人|独立行政法人)(?=.{3,})")
)
_TOWN_HALL = re.compile(fold("(?<=.[市区])役所$|(?<=.[町村])役場$|(?<=.[都道府県])庁$"))
_POLICE = re.compile(f"^(?P<where>.{{1,3}}[道府県])警(?:{fold('察')}(?:本部)?)?$")
_STATE = re.compile("^대한민국(?=.)")
_SPECIAL_CITY = re.compile("^(?P<city>서울|부산|대구|인천|대전|울산)(?:특별|광역)?시")
"""Cities of their own rank that no other city of the country shares a name with; 광주 is two."""
_SEJONG = re.compile("^세종(?:특별자치)?시")
_HALL = re.compile("(?<=[\uac00-\ud7a3]{2}[시군구도])청$")
_PROVINCIAL_POLICE = re.compile(
    "^(?P<where>[\uac00-\ud7a3]{2,4}?)(?:특별자치시|특별자치도|특별시|광역시|시|도)?(?:지방)?경찰청$"
)
_PROVINCE_HALVES = re.compile("(?<=[\uac00-\ud7a3]{2})도(?=(?:남부|북부)(?:지방)?경찰청$)")
_NUMBERS = re.compile("[0-9]+")


def is_korean(text: str) -> bool:
    """Whether a name is written in Hangul."""
    return _HANGUL.search(text) is not None


def is_japanese(text: str, country: str | None) -> bool:
    """Whether a folded name is Japanese: by its kana, its form or where it is."""
    if _KANA.search(text) or "株式会社" in text:
        return True
    return country == "JP" and _HAN.search(text) is not None


def east_asian(text: str, country: str | None, noticed: str | None, buys: bool) -> Parts:
    """The parts of a folded Japanese or Korean name; ``noticed``: the notice's place."""
    plain, form = _without_form(_NOISE.sub("", text))
    if not form and buys:
        plain = _korean_body(plain) if is_korean(plain) else _japanese_body(plain)
    body = buys and not form
    kind = "public_body" if body else "company" if form else "unknown"
    marks = " ".join(_NUMBERS.findall(plain))
    return Parts(country, noticed if body else None, plain, "", marks, kind, False, form)


def _without_form(plain: str) -> tuple[str, str]:
    for pattern in (_IN_FRONT, _BEHIND):
        said = pattern.search(plain)
        if said is not None and said.end() - said.start() < len(plain):
            return plain[: said.start()] + plain[said.end() :], _FORMS[said["form"]]
    return plain, ""


def _japanese_body(plain: str) -> str:
    plain = _TOWN_HALL.sub("", _LAW.sub("", plain))
    return _POLICE.sub(rf"\g<where>{fold('警察本部')}", plain)


def _korean_body(plain: str) -> str:
    plain = _PROVINCE_HALVES.sub("", _STATE.sub("", plain))
    police = _PROVINCIAL_POLICE.match(plain)
    if police is not None:
        return f"{police['where']}경찰청"
    plain = _SEJONG.sub("세종시", _SPECIAL_CITY.sub(r"\g<city>시", plain))
    return _HALL.sub("", plain)
