"""What a project's name says: its core, the body it names, its phase, its lots, the codes in it.

Portals put much around a name: marks of their own ([公开], 【初始合同】), an agency (某公司关于…),
the buyer twice, the project's number, how often it was called. Notices of one project agree only
in what is left.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec
from rapidfuzz import fuzz

from sousveil.resolve.numbers import Strength, normal_number, strength
from sousveil.text import fold, squash
from sousveil.text.names import find_organisations, split_phase
from sousveil.text.titles import names_nothing

_SHORTEST_OFFICE = 4
_SHORTEST_REST = 4
_SHORTEST_CORE = 4
_LONG_NAME = 12
_SAME_BODY = 80
_AGENCIES = ("公司", "中心")
_DIGITS = 6
_LONGEST = 300
"""Code points of a name: what is longer is a mistake of reading and must not cost time."""

_MARK = re.compile(r"^\s*[\[【〔(（《]([^\[\]【】〔〕()（）《》]{1,16})[\]】〕)）》]\s*")
_AGENCY_AT_ONCE = re.compile(
    r"^(?:\d{4}年\d{1,2}月\d{1,2}日)?[\u4e00-\u9fff]{2,12}?(?:招标|咨询|代理|项目管理)"
    r"[\u4e00-\u9fff]{0,8}?公司(?=[\u4e00-\u9fff]{4})"
)
_ENTRUSTED = re.compile(
    r"^受?[\u4e00-\u9fff]{2,24}?委托[，,]?[\u4e00-\u9fff（）()]{2,30}?(?:代理|组织|就|对)(?:进场)?"
    r"(?:采购|招标)?(?=[\u4e00-\u9fff]{4})"
)
"""Who entrusts whom with buying (某院委托某公司代理采购…)."""
_AGENCY_BEHIND = re.compile(r"[\[【(（][^\[\]【】()（）]{4,40}(?:公司|中心)[\]】)）]\s*$")
_CALLED_AGAIN = re.compile(
    r"[（(]?(?:重新发包|重新招标|重招)?(?:第\s*)?[一二三四五六1-9]\s*次[）)]?"
    r"(?=$|公开|招标|采购|中标|成交|合同|竞争|公告|更正|询价|结果|政府|的|【|\s|[A-Z])"
)
_RUN_ON = re.compile(
    r"(?<=[目务统品备])\s*[1-9](?:\.\d*[、.]?|、)$|[；;，,]?详见(?:招标|采购)文件$"
)
_TAIL = re.compile(r"(?<=[项服][目务])\s*([1-9])$")
"""A digit behind a name may be its own, or the number of the form's next line (3、预算)."""
_FOLLOWING_CLAUSE = re.compile(
    r"(?:采购分包信息|涉及包号|"
    r"(?:采购项目)?子包编号|[；;]\s*\d[、.])"
    r".*$"
)
_CALL_OFF = re.compile(
    r"二次竞价|直接选定|顺序轮候|\bcall[- ]?off\b|\bmini[- ]?competition\b", re.IGNORECASE
)
"""How a purchase under a framework agreement is called (财政部令第110号, art. 34)."""
_AGAIN_HAN = re.compile(
    r"第?\s*[二三四五六2-6]\s*次(?:公开|招标|采购|公告|发包|竞争|询价|磋商|谈判|中标|成交|结果|合同|废标|流标|[）)\]】]|$)"
    r"|重新?(?:招标|采购|发包|公告|组织)|重招|再次(?:招标|采购|公告)"
)
_AGAIN_MARKS = ("次", "重")
_AGAIN_LATIN = re.compile(
    r"\bre-?(?:tender|bid|advertis|issue|solicit|launch)\w*"
    r"|\bsecond (?:call|tender|invitation|round)\b"
    r"|\b(?:segunda|tercera|nueva|2a|2ª|3ª|2da|3ra)"
    r" (?:convocatoria|licitaci[oó]n|vuelta|llamad[ao])\b"
    r"|\b(?:segund[ao]|terceir[ao]|nov[ao]|2ª|2º|3ª)"
    r" (?:chamada|publicaç[aã]o|edital|ediç[aã]o)\b|\brepetição\b"
    r"|\b(?:relance|relanc[eé]e?|deuxi[eè]me consultation|erneute|neuausschreibung|seconda gara"
    r"|riedizione|heraanbesteding|ponown\w*)\b",
    re.IGNORECASE,
)
"""How a purchase says that it was called before."""
_BRACKETED = re.compile(r"[(（\[【〔]([A-Za-z0-9][A-Za-z0-9\-—_/.#]{3,30})[)）\]】〕]")
_LATIN_RUN = re.compile(r"[^\W\d_\u3400-\u9fff]")
_SURE_WORD = 3
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LOTS = re.compile(
    r"第?\s*(?P<all>\d{1,2}(?:\s*[、,，]\s*\d{1,2})+)\s*(?:号|分)?(?:包|标段|标项|合同包)(?!装|括|含|干)"
)
_LOT_TITLE = re.compile(r"(?<=包)\s*[:：]\s*\S.*$")
_ANONYMOUS = re.compile("^某(?:单位|部|医院|学校|局)")
_LEGAL_FORM = re.compile("^(?:股份)?有限(?:责任)?公司|^集团")
_CODE = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9\-—/_.()（）]{6,40}[A-Za-z0-9]"
    r"(?:[-(（]?重\d?[)）]?)?(?![A-Za-z0-9])"
)


class Name(msgspec.Struct, frozen=True):
    """A name taken apart. ``core``: what is bought, without the buyer, None where the name says
    nothing; ``whole``: the same with the buyer where it stood in the name; ``phase``: of which
    year, part or batch; ``lots``: which lots of it; ``codes``: numbers that stand in it;
    ``calloff``: it is bought under a framework agreement; ``wording``: the core with spaces between
    its Latin words; ``again``: it says that it is called again (二次, retender); ``mark``: a short
    number in brackets, which may be the project's; ``tail``: a digit behind the name."""

    core: str | None
    whole: str | None
    phase: str | None
    lots: tuple[str, ...]
    codes: tuple[str, ...]
    calloff: bool = False
    wording: str | None = None
    again: bool = False
    mark: str | None = None
    tail: str | None = None


_NO_NAME = Name(None, None, None, (), ())


def named(raw: str | None, buyer: str | None) -> Name:
    """A project's name or title taken apart; ``buyer`` in its comparable form."""
    return _named(raw, buyer or "") if raw else _NO_NAME


@lru_cache(maxsize=8192)
def _named(raw: str, buyer: str) -> Name:
    text, codes = _without_codes(raw)
    text, calls = _CALL_OFF.subn(" ", text)
    again = _says_again(text)
    marks = {m[1] for m in _BRACKETED.finditer(text) if any(c.isdigit() for c in m[1])}
    text = _without_frame(text)
    tail = _TAIL.search(text)
    text = text[: tail.start()] if tail else text
    several = {
        number.strip().lstrip("0")
        for match in _LOTS.finditer(text)
        for number in re.split("[、,，]", match["all"])
    }
    core, phase = split_phase(_LOTS.sub(" ", text))
    parts = phase.split() if phase else []
    several |= {part.removeprefix("lot:") for part in parts if part.startswith("lot:")}
    rest = " ".join(part for part in parts if not part.startswith("lot:")) or None
    bare = _without_buyer(core, buyer)
    says = len(bare) >= _SHORTEST_CORE and not names_nothing(bare)
    return Name(
        core=bare if says else None,
        whole=core if says else None,
        phase=rest,
        lots=tuple(sorted(several)),
        codes=codes,
        calloff=calls > 0,
        wording=_worded(bare, raw) if says else None,
        again=again,
        tail=tail[1] if tail else None,
        mark=normal_number(marks.pop()) if len(marks) == 1 else None,
    )


def _says_again(text: str) -> bool:
    if any(mark in text for mark in _AGAIN_MARKS) and _AGAIN_HAN.search(text):
        return True
    return " " in text and _AGAIN_LATIN.search(text) is not None


def _worded(core: str, raw: str) -> str:
    """The core with spaces where the name has them between words and numbers of Latin letters."""
    if not _LATIN_RUN.search(core):
        return core
    words = _WORD.findall(fold(unicodedata.normalize("NFKC", raw[:_LONGEST])))
    for first in range(len(words)):
        so_far = ""
        for last in range(first, len(words)):
            so_far += words[last]
            if so_far == core:
                return " ".join(words[first : last + 1])
            if not core.startswith(so_far):
                break
    # A phase, a lot or a number stood within it.
    found: list[str] = []
    at = 0
    for word in words:
        if len(word) >= _SURE_WORD and core.startswith(word, at):
            found.append(word)
            at += len(word)
    return " ".join(filter(None, [*found, core[at:]]))


def _without_codes(raw: str) -> tuple[str, tuple[str, ...]]:
    """The text without the numbers of projects in it, and those numbers in their normal form."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        number = normal_number(match.group())
        digits = sum(c.isdigit() for c in number)
        if strength(number) < Strength.STRONG or digits < _DIGITS or digits == len(number):
            return match.group()
        found.append(number)
        return " "

    text = _CODE.sub(take, raw[:_LONGEST].replace("\n", " "))
    return text, tuple(sorted(set(found)))


def _without_frame(text: str) -> str:
    while match := _MARK.match(text):
        rest = text[match.end() :]
        if len(squash(rest)) < _SHORTEST_REST * 2:
            break
        text = rest
    text = _AGENCY_BEHIND.sub("", text)
    text = _AGENCY_AT_ONCE.sub("", text)
    text = _ENTRUSTED.sub("", text) if "委托" in text else text
    text = _FOLLOWING_CLAUSE.sub("", text) if len(text) > _LONG_NAME else text
    text = _LOT_TITLE.sub("", _ANONYMOUS.sub("", text))
    text = _RUN_ON.sub("", text.strip())
    return _CALLED_AGAIN.sub(" ", text)


def _without_buyer(core: str, buyer: str) -> str:
    """A project's name without the buyer's before it, once or twice: portals and forms put it
    there or leave it, often its lower level alone. As it was where no name would be left."""
    before = core.find(buyer) if buyer else -1
    if before > 0 and core[:before].endswith(_AGENCIES):
        core = core[before:]
    for _ in range(2):
        shorter = _once_without(core, buyer)
        if shorter == core:
            break
        core = shorter
    if buyer and core[:2] == buyer[:2]:
        start, end = next(iter(find_organisations(core)), (1, 0))
        # The buyer with a letter more or less (广州花都区人民医院, 广州市花都区人民医院).
        if start == 0 and fuzz.ratio(core[:end], buyer) >= _SAME_BODY:
            rest = core[end:].removeprefix("的")
            return rest if len(rest) >= _SHORTEST_REST and not names_nothing(rest) else core
    return core


def _once_without(core: str, buyer: str) -> str:
    for start in range(len(buyer) - _SHORTEST_OFFICE + 1):
        if core.startswith(buyer[start:]):
            rest = core[len(buyer) - start :].removeprefix("的")
            rest = _LEGAL_FORM.sub("", rest)
            return rest if len(rest) >= _SHORTEST_REST and not names_nothing(rest) else core
    return core
