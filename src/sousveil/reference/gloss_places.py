"""English names of Chinese places as they are written: the stem romanised, the level as given.

A division goes by the English of the table (Ürümqi, Kashgar, Inner Mongolia), everything smaller or
unknown by pinyin. The level is that of the words read, not the table's: 昌吉州 is a Prefecture,
昌吉回族自治州 a Hui Autonomous Prefecture, a county that has become a city still what the text
calls it. Municipalities stand without a level. Names of peoples are those that China's own
statistics use in English (GB/T 3304).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec
from pypinyin import lazy_pinyin

from sousveil.reference.divisions import Division, gazetteer

_LEVELS = (
    ("特别行政区", "Special Administrative Region"),
    ("生产建设兵团", ""),
    ("自治区", "Autonomous Region"),
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"),
    ("民族乡", "Ethnic Township"),
    ("联合旗", "United Banner"),
    ("街道", "Subdistrict"),
    ("社区", "Community"),
    ("地区", "Prefecture"),
    ("林区", "Forestry District"),
    ("新区", "New Area"),
    ("矿区", "Mining District"),
    ("特区", "Special District"),
    ("苏木", "Sum"),
    ("嘎查", "Gacha"),
    ("省", "Province"),
    ("市", "City"),
    ("盟", "League"),
    ("州", "Prefecture"),
    ("旗", "Banner"),
    ("县", "County"),
    ("区", "District"),
    ("镇", "Town"),
    ("乡", "Township"),
    ("村", "Village"),
)
_PEOPLES = {
    "蒙古": "Mongol", "回": "Hui", "藏": "Tibetan", "维吾尔": "Uygur", "苗": "Miao", "彝": "Yi",
    "壮": "Zhuang", "布依": "Buyei", "朝鲜": "Korean", "满": "Manchu", "侗": "Dong", "瑶": "Yao",
    "白": "Bai", "土家": "Tujia", "哈尼": "Hani", "哈萨克": "Kazakh", "傣": "Dai", "黎": "Li",
    "傈僳": "Lisu", "佤": "Va", "畲": "She", "拉祜": "Lahu", "水": "Sui", "东乡": "Dongxiang",
    "纳西": "Naxi", "景颇": "Jingpo", "柯尔克孜": "Kirgiz", "土": "Tu", "达斡尔": "Daur",
    "仫佬": "Mulao", "羌": "Qiang", "布朗": "Blang", "撒拉": "Salar", "毛南": "Maonan",
    "仡佬": "Gelao", "锡伯": "Xibe", "阿昌": "Achang", "普米": "Pumi", "塔吉克": "Tajik",
    "怒": "Nu", "乌孜别克": "Uzbek", "俄罗斯": "Russian", "鄂温克": "Ewenki", "德昂": "De'ang",
    "保安": "Bonan", "裕固": "Yugur", "独龙": "Derung", "鄂伦春": "Oroqen", "赫哲": "Hezhen",
    "门巴": "Monba", "珞巴": "Lhoba", "基诺": "Jino", "各": "All-Ethnic",
}  # fmt: skip
_PEOPLE = re.compile(f"({'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族?")
_SMALL = re.compile(
    "(?![省市县区州旗盟的及与和])([\u4e00-\u9fff]{1,6}?)"
    "(民族乡|族乡|街道|社区|苏木|嘎查|镇|乡(?!镇|村振兴)|村(?!镇)|区|[县市州旗](?![镇乡村街]))"
)
_LONGEST_COUNTY = 3
"""Characters of a county's or city's name that no table has; longer ones are words before it."""

_TAIWAN_TOWN = re.compile("([\u4e00-\u9fff]{1,3}?)([镇乡区市])(?=公所)")


class PlaceWord(msgspec.Struct, frozen=True, gc=False):
    """A place at the start of a text: ``length`` in code points; ``full`` with its level word;
    ``rank`` 0 for a province to 2 for a county, 3 below; None where the table has it not."""

    length: int
    english: str
    full: bool
    rank: int


def pinyin(text: str) -> str:
    """Pinyin as one word with a capital, an apostrophe before a, e, o inside it (Xi'an)."""
    word = ""
    for syllable in lazy_pinyin(text, strict=False, v_to_u=True, errors=lambda _: "?"):
        word += "'" + syllable if word and syllable[0] in "aeo" else syllable
    return word[:1].upper() + word[1:]


def divisions_at(text: str, start: int) -> Iterator[PlaceWord]:
    """Divisions whose names stand at ``start`` of a Simplified text, longest first."""
    table = gazetteer()
    for name in table.names.get(text[start : start + 2], ()):
        if text.startswith(name.text, start):
            word = _division_word(name.text, name.codes, name.full)
            if word is not None:
                yield word


@lru_cache(maxsize=8192)
def _division_word(text: str, codes: tuple[str, ...], full: bool) -> PlaceWord | None:
    table = gazetteer().divisions
    found = min((table[code] for code in codes), key=lambda d: (d.rank, d.code))
    if not full:
        return PlaceWord(len(text), found.english, False, found.rank)
    stem, level = _split(text)
    if not stem or (level == "" and text not in (found.name, found.stem)):
        return None  # a zone or a university that a table of divisions calls a place
    english = _stem_in_english(text, stem, found)
    if found.level == "Municipality" and text == found.name:
        return PlaceWord(len(text), found.english, True, 0)
    return PlaceWord(len(text), f"{english} {level}".strip(), True, found.rank)


def _stem_in_english(text: str, stem: str, found: Division) -> str:
    own = found.stem if len(found.stem) > 1 else found.name
    if stem.startswith(own):
        return f"{found.english} {_peoples(stem[len(own) :])}".strip()
    if text == found.name:
        return found.english
    bare, peoples = _without_peoples(stem)
    return f"{found.english if bare == own else pinyin(bare)} {peoples}".strip()


def _split(text: str) -> tuple[str, str]:
    """Stem and English level of a name."""
    for suffix, level in _LEVELS:
        if suffix == "林区" and not text.startswith("神农架"):
            continue
        if text.endswith(suffix) and len(text) > len(suffix):
            return text[: -len(suffix)], level
    return text, ""


def _peoples(text: str) -> str:
    """The peoples a name lists: 土家族苗族 → Tujia and Miao; "" where it lists none."""
    found = []
    position = 0
    while match := _PEOPLE.match(text, position):
        found.append(_PEOPLES[match[1]])
        position = match.end()
    if position < len(text) or not found:
        return ""
    return " and ".join(found) if len(found) < 3 else f"{', '.join(found[:-1])} and {found[-1]}"


def _without_peoples(stem: str) -> tuple[str, str]:
    """A stem and the peoples at its end: 三道海子回族 → 三道海子, Hui."""
    for cut in range(2, len(stem)):
        peoples = _peoples(stem[cut:])
        if peoples and stem.endswith("族"):
            return stem[:cut], peoples
    return stem, ""


def small_place_at(text: str, start: int) -> PlaceWord | None:
    """A town, township, subdistrict, community or village at ``start``, or a county, city or
    district that the table has not;
    in Taiwan a town or district before 公所, its office (镇 is an urban township there)."""
    match = _TAIWAN_TOWN.match(text, start)
    if match:
        level = {"镇": "Township", "乡": "Township", "区": "District", "市": "City"}[match[2]]
        return PlaceWord(match.end() - start, f"{pinyin(match[1])} {level}", True, 3)
    match = _SMALL.match(text, start)
    if match is None or any(
        each.full and at + each.length <= match.end(1)
        for at in range(start, match.end(1))
        for each in divisions_at(text, at)
    ):
        return None
    if match[2] in "县市州旗" and len(match[1]) > _LONGEST_COUNTY:
        return None
    if match[2] == "区" and not _is_district(match[1]):
        return None
    if match[2] == "族乡":
        bare, peoples = _without_peoples(match[1] + "族")
        return PlaceWord(match.end() - start, f"{pinyin(bare)} {peoples} Ethnic Township", True, 3)
    level = dict(_LEVELS)[match[2]]
    return PlaceWord(match.end() - start, f"{pinyin(match[1])} {level}", True, 3)


def _is_district(name: str) -> bool:
    """Whether what stands before 区 is a district's name: two characters (林园区, 龟山区) or three,
    and no part of town or site."""
    if name[-1] in "校院社地景小片辖":
        return False
    return len(name) == 2 or (len(name) == 3 and name[-1] not in "新林园山城市矿厂港库")


def level_in_english(word: str) -> str:
    """The English of a bare level word: 县 → County."""
    return dict(_LEVELS)[word]
