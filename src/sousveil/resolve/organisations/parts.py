"""An organisation's name taken apart: where, what, of which form, which unit.

Two spellings of one organisation have the same parts: 昌吉州公安局, 昌吉回族自治州公安局 and, in a
notice of 昌吉, 州公安局. A place is the code of its division, so that former names, Traditional
script and romanised names (Pishan, Guma) meet; a unit is kept apart from what it is a unit of.
"""

import re
import unicodedata
from functools import lru_cache

from sousveil.model import NameKey
from sousveil.reference.divisions import TAIWAN_CITIES, gazetteer
from sousveil.resolve.organisations import words
from sousveil.resolve.organisations.divisions_police import police_branch
from sousveil.resolve.organisations.east_asian import east_asian, is_japanese, is_korean
from sousveil.resolve.organisations.latin import own_text
from sousveil.resolve.organisations.national import MINISTRY, central, in_full, taiwanese_in_full
from sousveil.resolve.organisations.other_scripts import other_parts
from sousveil.resolve.organisations.records import Parts
from sousveil.resolve.organisations.short_forms import SHORT_FORMS, UNIT_FORMS, without_and
from sousveil.resolve.organisations.spelling import (
    ENOUGH,
    of_league,
    once,
    own_hospital,
    schools,
    side_by_side,
    without_level,
)
from sousveil.resolve.organisations.where import (
    COUNTY,
    at_level,
    division_of,
    elsewhere,
    names_a_place,
    place_at,
)
from sousveil.text.scripts import fold

_HAN = re.compile("[\u3400-\u9fff々〇]")
_TOWNSHIP = re.compile("[\u3400-\u9fff]{1,3}[乡镇市区](?=.{2,})")
_LATIN_TAIL = re.compile("[a-z][^\u3400-\u9fff]{5,}$")
_NOISE = re.compile(r"[\s·•・\-—－_,，、.。．:：;；“”\"'’‘!！?？*#]+")
_REMARK = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{0,40})[)）\]】〕]")
_DROPPED = re.compile(
    "盖章|公章|签章|联合体|牵头|成员|单位|主体|采购人|招标人|代理|以下简称|简称|原|本级|机关|[0-9]+|部门|甲方|乙方|曾用名"
    "|供应商|中标|成交|候选|又名|又称|亦称|前称|别名|现名|更名|加挂|增挂"
)
_ITSELF = re.compile("(?<=[局厅委会院部府站心所])(?:机关|本级)$")
"""A body without what is under it: the body."""
_XINJIANG = "65"
_CORPS = re.compile("^第?(?=[一二三四五六七八九十]{1,2}师(?![范资]).)")
"""A division of the Xinjiang corps in a notice of Xinjiang."""
_REGIONS = {"HK": "810000", "MO": "820000"}
_REGION_GOVERNMENT = re.compile("^(?:特别行政区|特区)?政府(?=.{2,}[处署局])")
_CENTRAL = ("中央", "行政院", "内政部", "交通部", "经济部", "国防部")


def parts_of(name: NameKey) -> Parts:
    """The parts of a name as a notice gives it."""
    return _parts(name.name, name.country, name.place, name.buyer_type is not None)


@lru_cache(maxsize=65536)
def _parts(name: str, country: str | None, place: str | None, buys: bool) -> Parts:
    plain = unicodedata.normalize("NFKC", name[:300])
    text = fold(plain)
    if not text.isascii():
        if is_korean(text) or is_japanese(text, country):
            return east_asian(text, country, place, buys)
        if _HAN.search(text):
            return _chinese(text, country, place)
    return other_parts(fold(own_text(plain, country)), country, place, buys)


def _chinese(text: str, country: str | None, noticed: str | None) -> Parts:
    clean = text.isalnum()  # as most names are: no bracket, space or other sign
    plain = text if clean else _NOISE.sub("", _REMARK.sub(_remark, text))
    plain = once(_without_latin_twin(plain))
    plain = _ITSELF.sub("", plain) if plain.endswith(("机关", "本级")) else plain
    if country == "TW":
        return _taiwanese(plain, noticed)
    context = division_of(noticed)
    first, second = side_by_side(text if clean else "".join(_REMARK.sub("", text).split()), context)
    plain = first if second else plain
    plain = own_hospital(of_league(in_full(plain)), context)
    if context is not None and context.code.startswith(_XINJIANG):
        plain = _CORPS.sub("新疆生产建设兵团第", plain)
    party = words.PARTY.match(plain)
    at = party.end() if party else 0
    division, at = place_at(plain, at, context)
    if division is not None and context is not None and elsewhere(division, context):
        division, at = None, party.end() if party else 0
    placed = division is not None
    rest = plain[at:]
    if division is None:
        level = words.LEVEL_ALONE.match(rest)
        if level is not None and context is not None:
            division = at_level(context, level["level"])
            rest = rest[level.end("level") :] if division is not None else rest
            rest = words.POLICE_ALONE.sub("公安局", rest)
    if division is not None:
        rest = words.COMMITTEE.sub("", rest) or rest
    if country in _REGIONS:
        rest = _REGION_GOVERNMENT.sub("", rest)
    known = words.IS_COMPANY.search(rest) is not None
    company = known or words.IS_BODY.search(rest) is None
    head, unit = _split(rest, company)
    form = ""
    if company:
        head, form = _legal_form(head)
    else:
        whole = schools(head + unit)
        if division is None or division.rank < COUNTY:
            whole = without_level(whole)
        head, unit = _short_forms(whole)
        division, head, unit = police_branch(division, head, unit)
        if division is None and not _is_national(head):
            division = context or gazetteer().divisions.get(_REGIONS.get(country or "", ""))
    unit = UNIT_FORMS(unit) if unit else ""
    code = division.code if division else None
    if country not in (None, "CN") and division is None:
        code = noticed if not company else None
    marks = "".join(words.MARKS.findall(f"{head}|{unit}"))
    kind = "company" if known else "unknown" if company else "public_body"
    where = country or ("CN" if division else None)
    unsettled = division is None and at == 0 and names_a_place(plain)
    return Parts(where, code, head, unit, marks, kind, placed, form, open=unsettled)


def _taiwanese(plain: str, noticed: str | None) -> Parts:
    """County or city, then the township; what the notice says where the name does not."""
    place = "/".join(["TW", *fold(noticed).split("/")]) if noticed else None
    plain = taiwanese_in_full(plain)
    county = next((city for city in TAIWAN_CITIES if plain.startswith(city)), None)
    rest = plain
    if county is not None:
        place, rest = f"TW/{county}", plain.removeprefix(county)
    town = _TOWNSHIP.match(rest)
    if place is not None and town is not None and place.count("/") == 1:
        place, rest = f"{place}/{town.group()}", rest[town.end() :]
    level = "[县市]?" if county is None else ""
    rest = re.sub(f"^{level}(?:政府|立)(?=.{{2,}})", "", rest)
    company = words.IS_COMPANY.search(rest) is not None
    head, unit = _split(rest, company)
    form = ""
    if company:
        head, form = _legal_form(head)
    else:
        head, unit = _short_forms(schools(head + unit))
    marks = "".join(words.MARKS.findall(f"{head}|{unit}"))
    placed = county is not None
    if company or central(head) or head.startswith(_CENTRAL):
        place = place if placed else None
    kind = "company" if company else "public_body"
    return Parts("TW", place, head, unit, marks, kind, placed, form)


def _remark(match: re.Match[str]) -> str:
    content = match.group(1)
    other_name = len(content) >= ENOUGH - 1 and words.IS_BODY.search(content)
    return "" if _DROPPED.search(content) or other_name else content


def _without_latin_twin(plain: str) -> str:
    """三商電腦股份有限公司MERCURIESDATASYSTEMSLTD is the Chinese name: the rest translates it."""
    twin = _LATIN_TAIL.search(plain)
    if twin is not None and len(_HAN.findall(plain, 0, twin.start())) >= ENOUGH:
        return plain[: twin.start()]
    return plain


def _legal_form(head: str) -> tuple[str, str]:
    """A company's name without its form, and which it is: a group's, another; "" where none is
    said. A bank is a company without saying so."""
    said = next((form for form in words.LEGAL if head.endswith(form)), "")
    name = head.removesuffix(said)
    group = name.endswith(words.GROUP)
    name = name.removesuffix(words.GROUP)
    if not name:
        return head, ""
    company = "公司" if said or name.endswith("银行") else ""
    return name, words.GROUP if group else company


def _split(rest: str, company: bool) -> tuple[str, str]:
    match = (words.COMPANY_END if company else words.BODY_END).match(rest)
    if match is None:
        return rest, ""
    return match["head"], match["unit"]


@lru_cache(maxsize=8192)
def _short_forms(whole: str) -> tuple[str, str]:
    for pattern, name in SHORT_FORMS:
        if pattern.search(whole):
            whole = pattern.sub(name, whole, count=1)
            break
    head, unit = _split(whole, company=False)
    return without_and(head), unit


def _is_national(head: str) -> bool:
    return (
        head.startswith(("中国", "国家", "中央", "全国", "最高", "国务院", "解放军第"))
        or len(head) < 2
        or MINISTRY.match(head) is not None
    )
