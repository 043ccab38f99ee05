"""An organisation's name taken apart: where, what, of which form, which unit.

Two spellings of one organisation have the same parts: 昌吉州公安局, 昌吉回族自治州公安局 and, in a
notice of 昌吉, 州公安局. A place is the code of its division, so that former names, Traditional
script and romanised names (Pishan, Guma) meet; a unit is kept apart from what it is a unit of.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec

from sousveil.model import NameKey
from sousveil.reference.countries import US_STATES
from sousveil.reference.divisions import TAIWAN_CITIES, Division
from sousveil.reference.places import locate
from sousveil.resolve.organisations import words
from sousveil.resolve.organisations.latin import own_text
from sousveil.resolve.organisations.latin_names import body_in_full, with_short_forms
from sousveil.resolve.organisations.national import central, in_full, taiwanese_in_full
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
    by_name,
    division_of,
    elsewhere,
    names_a_place,
    place_at,
)
from sousveil.text.organisations import organisation_core
from sousveil.text.scripts import fold

_HAN = re.compile("[\u3400-\u9fff々〇]")
_KANA = re.compile("[\u3040-\u30ff]")
_TOWNSHIP = re.compile("[\u3400-\u9fff]{1,3}[乡镇市区](?=.{2,})")
_CODE = re.compile(r"\(\s*[0-9]+\s*\)|^[0-9][0-9a-z]{4,5} (?=[a-z])")
_LATIN_TAIL = re.compile("[a-z][^\u3400-\u9fff]{5,}$")
_NOISE = re.compile(r"[\s·•・\-—－_,，、.。．:：;；“”\"'’‘!！?？*#]+")
_REMARK = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{0,40})[)）\]】〕]")
_DROPPED = re.compile(
    "盖章|公章|签章|联合体|牵头|成员|单位|主体|采购人|招标人|代理|以下简称|简称|原|本级|机关|[0-9]+|部门|甲方|乙方|曾用名"
    "|又名|又称|亦称|前称|别名|现名|更名|加挂|增挂"
)
_LATIN_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_LETTER_DOTS = re.compile(r"\b((?:[^\W\d_]\.){2,})")
_CUT_FORM = re.compile(r"\bs\.? ?a\.? de c\.?$")
"""A Mexican form at the end of a field that was too short for it."""
_CENTRAL = ("中央", "行政院", "内政部", "交通部", "经济部", "国防部")
_LEADING_FORMS = frozenset({"ооо", "оао", "зао", "пао", "ао", "pt"})


class Parts(msgspec.Struct, frozen=True, gc=False):
    """A name taken apart.

    ``place``: code of the division in the name (or the notice's, for a body that does not say), the
    region of other countries, None where open. ``rest``: the name without place, legal form and
    unit; ``unit``: the branch or unit, "" for the whole body; ``marks``: numbers and directions in
    them, in order. ``form``: the legal form, "" where none is said. ``kind``: company, public_body,
    unknown. ``placed``: the name itself says where; ``open``: it names a place that several
    divisions go by, and nothing settles which.
    """

    country: str | None
    place: str | None
    rest: str
    unit: str
    marks: str
    kind: str
    placed: bool
    form: str = ""
    open: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for spellings whose every part but the legal form agrees."""
        body = "body" if self.kind == "public_body" else ""
        return (self.country or "", body, self.place or "", self.rest, self.unit)


def parts_of(name: NameKey) -> Parts:
    """The parts of a name as a notice gives it."""
    return _parts(name.name, name.country, name.place, name.buyer_type is not None)


@lru_cache(maxsize=65536)
def _parts(name: str, country: str | None, place: str | None, buys: bool) -> Parts:
    plain = unicodedata.normalize("NFKC", name[:300])
    text = fold(plain)
    if _HAN.search(text) and not _KANA.search(text) and "株式会社" not in text:
        return _chinese(text, country, place)
    return _other(fold(own_text(plain, country)), country, place, buys)


def _chinese(text: str, country: str | None, noticed: str | None) -> Parts:
    plain = _NOISE.sub("", _REMARK.sub(_remark, text))
    plain = once(_without_latin_twin(plain))
    if country == "TW":
        return _taiwanese(plain, noticed)
    context = division_of(noticed)
    first, second = side_by_side("".join(_REMARK.sub("", text).split()), context)
    plain = first if second else plain
    plain = own_hospital(of_league(in_full(plain)), context)
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
    if division is not None:
        rest = words.COMMITTEE.sub("", rest) or rest
    body = words.IS_BODY.search(rest) is not None
    company = words.IS_COMPANY.search(rest) is not None or not body
    head, unit = _split(rest, company)
    if company:
        head = words.LEGAL.sub("", head) or head
        head = head.removesuffix("集团") or head
    else:
        whole = schools(head + unit)
        if division is None or division.rank < COUNTY:
            whole = without_level(whole)
        head, unit = _short_forms(whole)
        division, head, unit = _police_branch(division, head, unit)
        if division is None and context is not None and not _is_national(head):
            division = context
    for pattern, whole in UNIT_FORMS if unit else ():
        unit = pattern.sub(whole, unit)
    code = division.code if division else None
    if country not in (None, "CN") and division is None:
        code = noticed if not company else None
    marks = "".join(m.group() for m in words.MARKS.finditer(head + "|" + unit))
    known = words.IS_COMPANY.search(rest) is not None
    kind = "company" if known else "unknown" if company else "public_body"
    where = country or ("CN" if division else None)
    unsettled = division is None and at == 0 and names_a_place(plain)
    return Parts(where, code, head, unit, marks, kind, placed, open=unsettled)


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
    rest = re.sub("^(?:政府|立)(?=.{2,})", "", rest)
    company = words.IS_COMPANY.search(rest) is not None
    head, unit = _split(rest, company)
    if company:
        head = words.LEGAL.sub("", head) or head
    else:
        head, unit = _short_forms(schools(head + unit))
    marks = "".join(m.group() for m in words.MARKS.finditer(head + "|" + unit))
    placed = county is not None
    if company or central(head) or head.startswith(_CENTRAL):
        place = place if placed else None
    kind = "company" if company else "public_body"
    return Parts("TW", place, head, unit, marks, kind, placed)


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


def _police_branch(
    division: Division | None, head: str, unit: str
) -> tuple[Division | None, str, str]:
    """长沙市公安局岳麓分局 and 岳麓区公安分局 are one: the branch of the district."""
    if division is None:
        return division, head, unit
    if head == "公安分局" or (head == "公安" and words.POLICE_BRANCH.match(unit)):
        return division, "公安分局", unit if head == "公安分局" else ""
    if head != "公安局" or not unit.endswith("分局"):
        return division, head, unit
    stem = unit.removesuffix("分局").removesuffix("公安")
    for other in by_name().get(stem, ()):
        if other.rank == COUNTY and division.holds(other):
            return other, "公安分局", ""
    return division, head, unit


def _is_national(head: str) -> bool:
    return (
        head.startswith(("中国", "国家", "中央", "全国", "最高", "国务院", "解放军第"))
        or len(head) < 2
    )


def _other(text: str, country: str | None, noticed: str | None, buys: bool) -> Parts:
    roman = _romanised(text, country)
    if roman is not None:
        return roman
    text = with_short_forms(_CUT_FORM.sub("sa de cv", text))
    federal = False
    if buys:
        text, federal = body_in_full(text, country)
    folded = _CODE.sub("", _LETTER_DOTS.sub(lambda m: m.group(1).replace(".", ""), text))
    for pattern, whole in words.LATIN_PHRASES if buys else ():
        folded = pattern.sub(whole, folded)
    if buys and "/" in folded:  # a department and the body within it
        folded = max(folded.split("/")[-1], folded.split("/")[0], key=lambda t: t.count(" ") > 0)
    tokens = _LATIN_TOKEN.findall(_unaccented(folded).replace("'", ""))
    kept = [words.LATIN_SHORT.get(token, token) for token in tokens]
    kept = [token for token in kept if token not in words.LATIN_DROPPED] or kept
    kept = [words.PLURAL.sub("", token) for token in kept]
    forms: list[str] = []
    while len(kept) > 1 and kept[-1] in words.LATIN_FORMS:
        forms.insert(0, kept.pop())
    while len(kept) > 1 and kept[0] in _LEADING_FORMS:
        forms.append(kept.pop(0))
    company = bool(forms)
    if buys and not company:
        if "sheriff" in kept:  # a county's always
            kept = [word for word in kept if word != "county"]
        kept = sorted({token for token in kept if token not in _states(noticed, country)}) or kept
    rest = " ".join(kept)
    rest = rest or organisation_core(text)
    local = buys and not company and not federal and not words.LATIN_NATIONAL.search(folded)
    place = noticed if local else None
    marks = " ".join(token for token in kept if any(c.isdigit() for c in token) or len(token) == 1)
    kind = "company" if company else "public_body" if buys else "unknown"
    form = " ".join(words.LATIN_EQUAL.get(one, one) for one in forms if one != "co")
    return Parts(country, place, rest, "", marks, kind, placed=False, form=form)


@lru_cache(maxsize=1024)
def _states(place: str | None, country: str | None) -> frozenset[str]:
    """How the notice's own state stands in a name: it says nothing more there."""
    if not place or country != "US":
        return frozenset()
    first = place.split("/", maxsplit=1)[0]
    code = next((c for c, name in US_STATES.items() if first in (c, name)), first)
    return frozenset({code.casefold(), *US_STATES.get(code, "").casefold().split(" ")} - {""})


def _romanised(text: str, country: str | None) -> Parts | None:
    """An English name of a Chinese body: Pishan County Public Security Bureau."""
    if country not in (None, "CN"):
        return None
    for pattern, body in words.ROMAN_BODIES:
        if pattern.search(text):
            where = locate((text,))
            division = division_of(_path(where)) if where and where.country == "CN" else None
            if division is None:
                return None
            return Parts("CN", division.code, without_and(body), "", "", "public_body", placed=True)
    return None


def _path(where: object) -> str | None:
    names = [getattr(where, part) for part in ("province", "prefecture", "county")]
    return "/".join(name for name in names if name) or None


def _unaccented(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
