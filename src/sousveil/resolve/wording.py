"""Whether two names of one buyer say two things: what differs between them, word by word.

One purchase is named with more or fewer words, with letters that changed places or are written for
others of the same sound (视频, 视屏). Another purchase is named by another number, place or thing:
cameras 402 and 403, 城东 and 城西, A系统 and B系统, a work and its supervision (监理), which the
law makes a contract of its own (建筑法 arts. 30 to 35). A name of a number and one without are two:
nothing says which of the numbers the other means.
"""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

from rapidfuzz.distance import DamerauLevenshtein

from sousveil.text.currency import words

_HAN = re.compile("[\u3400-\u9fff]")
_TOKEN = re.compile(r"[\u3400-\u9fff]|\d+|[^\W\d_\u3400-\u9fff]+")
_FILLERS_HAN = re.compile("采购|购置|购买|项目|工程|服务|建设|[的及与和等之]")
"""Words that one notice of a purchase has and the other leaves out or puts for each other."""
_LOOSE = words(
    "改造 升级 更新 扩容 新建 新增 安装 调试 实施 配合 配套 相关 有关 本地 全套 一批 一套 整体"
)
"""Words that a name may have more than another; for each other they stand for two works."""
_FILLERS = words(
    "a an and award awards contract for in notice of on procurement project provision purchase"
    " service services supply tender the to with adquisicion al compra contratacion contrato de"
    " del e el la las los para por proyecto servicio servicios suministro y aquisicao"
    " contratacao da das do dos em fornecimento servico servicos o au aux d des du en et"
    " fourniture l le les marche achat beschaffung der die fur im lieferung und von vergabe di"
    " dell della fornitura per servizi servizio i het van voor w z na dostawa"
)
_CODE = re.compile(r"\d{6,}")
_COUNTED = re.compile(
    r"\d+(?=\s?(?:台|套|个|路|辆|架|部|批|名|人|份|公里|km|米|个?月|天|年|units?\b))"
)
"""How many are bought is no name of theirs."""
_NUMBER = "一二三四五六七八九十百"
_ORDINAL = re.compile(
    rf"第[{_NUMBER}]+|[{_NUMBER}]+(?=[期批标段号区楼层栋幢中小高大队所年庭分部级站厂桥街路组类院园场馆班室村社])"
    r"|[甲乙丙丁戊己庚](?=[型类组标段区座栋包楼])|[东西南北](?=[部区门片侧院段街路站城])|(?<=城)[东西南北]"
)
"""Which one of several: 第三, 二号楼, 甲型, 北门."""
_ALONE = re.compile(r"(?<![a-z])(?:[a-z]|[ivx]{2,4})(?![a-z])|\d+")
_ORDINAL_LATIN = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th)|primer[ao]?|segund[ao]|tercer[ao]?"
    r"|cuart[ao]|premiere?|deuxieme|troisieme|erste[rs]?|zweite[rs]?|dritte[rs]?"
    r"|(?<=phase )(?:one|two|three|four)|(?<=stage )(?:one|two|three|four)"
    r"|north|south|east|west|northern|southern|eastern|western|norte|sul|sur|este|oeste|leste"
    r"|nord|sud|ouest|est|ost)\b"
)
_LETTER_WORDS = re.compile(r"(?<= )[aeiouwyz](?= )")
"""Words of one letter in other languages (obra y servicio)."""
_OF_WORKS = re.compile(
    "(?<![与和及、含])(?:(?P<tended>运行维护|运维|维护|维保|维修)|监理|勘察|造价|审计|测评|检测|评估"
    "|可行性研究|可研|咨询|代理|(?<!计)设计(?!施工))"
)
_OF_WORKS_LATIN = re.compile(
    r"\b(?:supervision|supervising|audit|consultancy|consulting|testing|feasibility|interventoria|"
    r"supervisao|fiscalizacao|auditoria|consultoria|(?P<tended>maintenance|mantenimiento|manutencao|"
    r"wartung|manutenzione|utrzymanie|onderhoud)|design|diseno|projeto executivo"
    r"|planungsleistungen|maitrise d oeuvre|bauuberwachung)\b"
)
_INCLUDED = re.compile(r"\b(?:and|y|e|et|und|with|con|com|incl\w*)(?: (?:the|el|la|o|a|its))? $")
_LONG_WORD = 5
_LONGER_WORD = 9
_MOST_SIGNS = 2
"""Han signs that one slip writes wrong."""
_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that input by pinyin mixes up."""


@lru_cache(maxsize=65536)
def says_another(left: str, right: str) -> bool:
    """Whether two names are of two things. Names come folded, Latin words parted by spaces."""
    if left == right:
        return False
    one, other = _plain(left), _plain(right)
    if _which(one) != _which(other) or _works(one) != _works(other):
        return True
    return _replaced(_tokens(one), _tokens(other))


def only_slips(left: str, right: str) -> bool:
    """Whether two names differ in nothing but letters that changed places, signs of one sound and
    misspelt words: no word is left out in either."""
    one, other = _tokens(_plain(left)), _tokens(_plain(right))
    if sorted("".join(one)) == sorted("".join(other)):
        return True
    return len(one) == len(other) and not says_another(left, right)


def _plain(name: str) -> str:
    """Without accents, codes, and how many."""
    parts = unicodedata.normalize("NFKD", name)
    return _COUNTED.sub(
        " ", _CODE.sub(" ", "".join(c for c in parts if not unicodedata.combining(c)))
    )


def _which(name: str) -> Counter[str]:
    """Numbers, ordinals and letters that say which one of several."""
    ordinals = (m.group().removeprefix("第") for m in _ORDINAL.finditer(name))
    alone = (m.group().lstrip("0") for m in _ALONE.finditer(_LETTER_WORDS.sub(" ", name)))
    words = (m.group() for m in _ORDINAL_LATIN.finditer(name))
    return Counter([*ordinals, *alone, *words])


def _works(name: str) -> frozenset[str]:
    """What a name says of services for works (supervision, design, audit), where they are what is
    bought and do not come with it (建设与运维)."""
    found = {m.lastgroup or m.group() for m in _OF_WORKS.finditer(name)}
    for match in _OF_WORKS_LATIN.finditer(name):
        if not _INCLUDED.search(name[: match.start()]):
            found.add(match.lastgroup or match.group())
    return frozenset(found)


def _tokens(name: str) -> list[str]:
    """Han signs, words and numbers, without fillers; all of them where nothing else is left."""
    found = _TOKEN.findall(_FILLERS_HAN.sub(" ", name))
    kept = [token for token in found if token not in _FILLERS]
    return kept or found


def _replaced(left: list[str], right: list[str]) -> bool:
    """Whether words of the one stand for others of the other, and by no slip."""
    lost: list[str] = []
    new: list[str] = []
    gone_alone: list[str] = []
    come_alone: list[str] = []
    slips = True
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for kind, start, end, first, last in codes:
        if kind == "equal":
            continue
        gone, come = left[start:end], right[first:last]
        if "".join(gone or come) in _LOOSE and not (gone and come):
            continue
        lost += gone
        new += come
        if kind == "replace":
            slips = slips and _slip(gone, come)
        else:
            gone_alone += gone
            come_alone += come
    if not lost or not new or _moved(lost, new):
        return False
    both_ways = bool(gone_alone and come_alone) and not _moved(gone_alone, come_alone)
    return both_ways or not slips


def _moved(gone: list[str], come: list[str]) -> bool:
    """Whether letters only changed places."""
    return sorted("".join(gone)) == sorted("".join(come))


def _slip(gone: list[str], come: list[str]) -> bool:
    if "".join(gone) == "".join(come):
        return True
    if len(gone) != len(come):
        return False
    if all(map(_HAN.match, (*gone, *come))):
        return len(gone) <= _MOST_SIGNS and all(map(_sounds_alike, gone, come))
    return all(_misspelt(one, other) for one, other in zip_longest(gone, come, fillvalue=""))


def _misspelt(left: str, right: str) -> bool:
    shorter, longer = sorted((left, right), key=len)
    if shorter.isdigit() or longer.isdigit():
        return False
    if longer in (shorter + "s", shorter + "es"):
        return True
    if len(shorter) < _LONG_WORD:
        return False
    return DamerauLevenshtein.distance(shorter, longer) <= 1 + (len(shorter) >= _LONGER_WORD)


def _sounds_alike(left: str, right: str) -> bool:
    return bool(_sounds(left) & _sounds(right))


@lru_cache(maxsize=8192)
def _sounds(sign: str) -> frozenset[str]:
    # Imported when first needed: its tables take longer to load than most runs to join.
    from pypinyin import Style, pinyin

    found = set()
    for sound in pinyin(sign, style=Style.NORMAL, heteronym=True)[0]:
        plain = sound
        for written, meant in _SOUNDS:
            plain = plain.replace(written, meant)
        found.add(plain)
    return frozenset(found)
