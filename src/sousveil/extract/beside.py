"""Other names that the text of a notice gives its parties: short, former or later ones.

甲县公安局（以下简称“甲公安”） and "Acme Ltd (formerly Apex Ltd)" say that both names are one
body's. Read of any notice once its parties are known; what a role is called (采购人, "the Buyer")
is no name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from sousveil.extract.chinese.values import looks_like_organisation
from sousveil.extract.masking.owners import may_be_person
from sousveil.extract.stated import MASK
from sousveil.model import Evidence, Field, NameBeside, Notice, Page
from sousveil.text.names import find_organisations

_STAMP = "beside/1"
_SURE = 0.9
_LEAST = 4
_MOST_PLACES = 50
_WINDOW = 60
_SAYS = (
    *("简称", "簡稱", "又称", "又稱", "亦称", "又名", "别名", "別名", "曾用名", "原名", "原称"),
    *("前称", "现名", "现称", "更名为", "更名為", "改名为", "改名為", "（原", "(原"),
    *("einafter", "ormerly", "known as", "f/k/a", "fka ", "d/b/a", "dba ", "doing business as"),
    *("en adelante", "antes ", "anteriormente", "achfolgend", "ormals", "hemals", "i-après"),
    *("nciennement", "oravante", "ntigamente"),
)
"""What stands in every statement: a page without any of these holds none."""
_OPEN, _CLOSE = "[“\"「『《‘']", "[”\"」』》’']"
_SAID_SO = (
    "(?:以下|下文|下)?(?:[简簡]称|[简簡]稱)|[又亦][称稱]|又名|[别別]名|曾用名|原[名称稱]?|前[称稱]|现[名称]|"
    "(?:现|已)*(?:更名|改名)[为為]"
)
_IN_BRACKETS = re.compile(
    rf"\s*[（(\[【]\s*(?:{_SAID_SO})[:：为為]?\s*{_OPEN}?"
    rf"(?P<other>[^（）()\[\]【】“”\"「」『』《》‘’'，。；\n]{{3,40}}?){_CLOSE}?\s*[)）\]】]"
)
_RENAMED = re.compile(
    rf"{_CLOSE}?(?:现|已|正式|依法|于?\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?起?)*"
    rf"(?:改制)?(?:更名|改名)[为為]\s*{_OPEN}?"
)
_RENAMED_BEFORE = re.compile(
    rf"(?P<gap>{_CLOSE}?(?:现|已|正式|依法|于?\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?起?)*"
    rf"(?:改制)?(?:更名|改名)[为為]\s*{_OPEN}?)$"
)
_LATIN = re.compile(
    r"\s*(?P<bracket>[(,])\s*(?:(?:also |previously |formerly |now |hereinafter |hereafter )?"
    r"(?:known as|referred to as|called|doing business as)|hereinafter|hereafter|formerly|"
    r"previously|"
    r"f/?k/?a\.?|d/?b/?a\.?|en adelante|antes(?: denominad[ao])?|anteriormente|(?:im )?nachfolgend|"
    r"vormals|ehemals|ci-après(?: dénommée?s?)?|anciennement|doravante(?: denominad[ao])?|"
    r"antigamente)"
    r":?\s+(?:the |la |el |le |die |der |das )?"
    r"(?:[“\"«„'](?P<quoted>[^”\"»“«„\n]{3,80}?)[”\"»“']|(?P<plain>[^()“\"«„\n]{3,80}?)(?=\)))",
    re.IGNORECASE,
)
_ROLE = re.compile(
    "(?:本|我|该|贵|各).*|.{0,4}(?:采购|招标|委托|比选|询价|磋商|发包|承包|建设|使用|业主)(?:人|方|单位|机构|部门)|"
    ".*代理(?:机构|公司|人|单位)|[甲乙丙丁需供买卖][方]|(?:中标|成交|投标)?(?:供应商|人|单位|公司)|集采机构|"
    "公司|学校|医院|银行|项目公司|招标公司|"
    "(?i:(?:contracting |procuring |awarding |purchasing )?"
    "(?:authority|entity|agency|party|buyer|purchaser|client|customer|owner|employer|supplier|vendor|"
    "contractor|consultant|bidder|(?:service )?provider|company|firm|city|county|state|town|"
    "district|university|department|ministry|bank|board|council|procuring entity|us|we)|"
    "entidad|comprador|contratante|contratista|contratad[ao]|cliente|auftraggeber(?:in)?|auftragnehmer|"
    "pouvoir adjudicateur|acheteur|titulaire)"
)
"""What a text calls its parties by what they do in it."""
_ENDS = re.compile(rf"{_CLOSE}?\s*(?:$|[，,。；;、）)（(\n])")
"""Behind a later name: 更名为云峰县公安局门禁项目 renames a project, and no body."""
_BEFORE = re.compile(r"(?P<joined>\w)$|(?P<word>[^\W\d_][\w&'-]*)\s$")
_LEADS = frozenset(
    (
        *("the", "between", "and", "for", "with", "by", "from", "to", "of", "name"),
        *("buyer", "purchaser", "client", "customer", "agency", "authority", "company"),
        *("supplier", "vendor", "contractor", "bidder", "tenderer", "winner", "seller"),
    )
)
"""Words before a name in Latin letters that are no part of it, whatever their first letter."""
_REACH = 40
_WHERE = re.compile("(?:地址|地点|位置|场所)[^\\n。；;]*$")
"""Before the name of a house: 送货地点：甲县人民医院（原甲县中医医院） says whose it was."""
_HAN = re.compile("[\u3400-\u9fff]")


def with_names_beside(notice: Notice, pages: Iterable[Page]) -> Notice:
    """The notice with the names that its text puts beside those of its parties, if there are any.

    ``pages`` are the document's; those of other notices are not looked at.
    """
    own = [page for page in pages if page.number in notice.pages and _may_say(page.text)]
    if not own:
        return notice
    stated = _each_once(field for page in own for field in _on(page, _names(notice)))
    beside = (*notice.names_beside, *stated)
    return structs.replace(notice, names_beside=beside) if stated else notice


def _may_say(text: str) -> bool:
    return any(words in text for words in _SAYS)


def _names(notice: Notice) -> list[Field[str]]:
    parties = (notice.buyer, notice.agency, *notice.suppliers, *notice.bidders)
    named = {field.value: field for field in parties if field and len(field.raw) >= _LEAST}
    return [field for field in named.values() if not MASK.search(field.value)]


def _on(page: Page, names: Sequence[Field[str]]) -> Iterator[Field[NameBeside]]:
    text = page.text
    for field in names:
        at = text.find(field.raw)
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            end = at + len(field.raw)
            other_named = _within_longer(text, at) or _is_address(text, at)
            for start, stop in () if other_named else _stated(text, at, end):
                other = " ".join(text[start:stop].split())
                if _is_name(other, field.value):
                    said = min(at, start), max(end, stop)
                    yield _field(page, NameBeside(field.value, other, "stated"), said)
            at = text.find(field.raw, end)


def _stated(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the other names of the one at [at, end) stand."""
    inside = _IN_BRACKETS.match(text, end)
    if inside:
        yield inside.span("other")
    latin = _LATIN.match(text, end)
    if latin and (latin["quoted"] or latin["bracket"] == "("):
        yield latin.span("quoted" if latin["quoted"] else "plain")
    later = _RENAMED.match(text, end)
    if later:
        for start, stop in find_organisations(text[later.end() : later.end() + _WINDOW]):
            if start == 0 and _ENDS.match(text, later.end() + stop):
                yield later.end(), later.end() + stop
            break
    low = max(0, at - _WINDOW)
    before = _RENAMED_BEFORE.search(text, low, at)
    if before and _ENDS.match(text, end):
        for start, stop in find_organisations(text[low : before.start()]):
            if low + stop == before.start():
                yield low + start, low + stop


def _is_address(text: str, at: int) -> bool:
    return _WHERE.search(text, max(0, at - _REACH), at) is not None


def _within_longer(text: str, at: int) -> bool:
    """Whether a name in Latin letters is there the end of a longer one: Acme Ltd of New Acme Ltd.

    In Chinese what stands before a name is not parted from it.
    """
    if _HAN.match(text, at):
        return False
    before = _BEFORE.search(text, max(0, at - _REACH), at)
    if before is None:
        return False
    if before["joined"]:
        return _HAN.match(before["joined"]) is None
    word = before["word"]
    return word[0].isupper() and word.casefold() not in _LEADS


def _is_name(other: str, name: str) -> bool:
    if other == name or _ROLE.fullmatch(other) or MASK.search(other):
        return False
    if _HAN.search(other):
        return looks_like_organisation(other) and not _tells_of(other)
    own = set(other.casefold().split()) <= set(name.casefold().split())
    return other[:1].isupper() and (own or not may_be_person(other))


def _tells_of(other: str) -> bool:
    """Whether words before a body's name tell of it: 原址在甲县中学, 原隶属于甲县卫生局."""
    found = next(find_organisations(other), None)
    return found is not None and found[0] > 0


def _field(page: Page, value: NameBeside, span: tuple[int, int]) -> Field[NameBeside]:
    quote = page.text[slice(*span)]
    evidence = Evidence(page.document_sha256, page.number, *span, quote, _STAMP)
    return Field(value, quote, evidence, _SURE)


def _each_once(found: Iterable[Field[NameBeside]]) -> list[Field[NameBeside]]:
    kept: dict[NameBeside, Field[NameBeside]] = {}
    for field in found:
        kept.setdefault(field.value, field)
    return list(kept.values())
