"""Write the table of Chinese administrative divisions that ships with Sousveil.

    pip download cpca==0.5.5 --no-deps -d /tmp/cpca
    python scripts/make_places.py /tmp/cpca/cpca-0.5.5-py3-none-any.whl

Source: the file resources/adcodes.csv of the PyPI package cpca (MIT, (c) 2018 QinYuan Du), state of
2020. We keep provinces, prefectures and counties, add an English name (pinyin unless the official
romanisation differs: scripts/romanised.toml) and write src/sousveil/reference/data/divisions.tsv.
Only this script needs cpca: its pandas dependency is not wanted at run time.
"""

import csv
import io
import sys
import tomllib
import zipfile
from pathlib import Path

from pypinyin import lazy_pinyin

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src/sousveil/reference/data/divisions.tsv"
HEADER = """\
# Chinese administrative divisions: province, prefecture and county (GB/T 2260 codes), as of 2020.
# Derived from resources/adcodes.csv of cpca 0.5.5, MIT licence, (c) 2018 QinYuan Du.
# English names by scripts/make_places.py. Columns: code, name, stem, English stem, English level.
"""
PLACEHOLDERS = ("市辖区", "县", "直辖县级行政区划")
LEVELS = (
    ("特别行政区", "Special Administrative Region"),
    ("自治区", "Autonomous Region"),
    ("自治州", "Prefecture"),
    ("自治县", "County"),
    ("自治旗", "Banner"),
    ("地区", "Prefecture"),
    ("林区", "Forestry District"),
    ("新区", "New Area"),
    ("矿区", "Mining District"),
    ("特区", "District"),
    ("省", "Province"),
    ("盟", "League"),
    ("旗", "Banner"),
    ("县", "County"),
    ("区", "District"),
    ("市", "City"),
)
NATIONS = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
    "蒙古",
    "维吾尔",
    "哈萨克",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "达斡尔",
    "回",
    "藏",
]
NATIONS.sort(key=len, reverse=True)
IN_PLACES = {"长": "chang", "都": "du"}
"""Readings in names of places where pinyin by words often gives another (but 长子 is Zhangzi)."""

WHOLE_NAMES = {
    "东乡族自治县": "东乡",
    "鄂温克族自治旗": "鄂温克",
    "鄂伦春自治旗": "鄂伦春",
    "蒙古自治县": "蒙古",
}


def stem_of(name: str) -> tuple[str, str]:
    """The bare name and the English word for its level: 昌吉回族自治州 → (昌吉, Prefecture)."""
    for suffix, level in LEVELS:
        if not name.endswith(suffix) or len(name) == len(suffix):
            continue
        stem = name[: -len(suffix)]
        if suffix == "林区" and stem != "神农架":  # 碑林区 is a district
            continue
        if suffix.startswith("自治"):
            stem = WHOLE_NAMES.get(name) or without_nations(stem)
        if suffix == "旗" and stem.endswith(("左翼中", "左翼后", "左翼前", "右翼中", "右翼前")):
            return stem, level
        if len(stem) == 1 and suffix in {"新区", "矿区"}:
            continue
        return (stem, level) if len(stem) > 1 else (name, level)
    return name, ""


def without_nations(stem: str) -> str:
    """Cut the names of peoples off the end: 双江拉祜族佤族布朗族傣族 → 双江."""
    cut = True
    while cut:
        cut = False
        for nation in NATIONS:
            if stem.endswith(nation) and len(stem) - len(nation) >= 2:
                stem, cut = stem[: -len(nation)], True
                break
    return stem


def bare(stem: str) -> str:
    """What English keeps of a two-character name: 忠县 → Zhong (County)."""
    return stem[0] if len(stem) == 2 and stem[1] in "县区市旗" else stem


def romanise(stem: str) -> str:
    """Pinyin as one capitalised word, with the apostrophe before a, e and o (Xi'an)."""
    word = ""
    for char, syllable in zip(stem, lazy_pinyin(stem, strict=False, v_to_u=False), strict=True):
        syllable = IN_PLACES.get(char, syllable)
        word += "'" + syllable if word and syllable[0] in "aeo" else syllable
    return word.replace("lv", "lü").replace("nv", "nü").capitalize()


def main() -> None:
    """Read the wheel named on the command line and write the table."""
    romanised = tomllib.loads((ROOT / "scripts/romanised.toml").read_text("utf-8"))
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        text = wheel.read("cpca/resources/adcodes.csv").decode("utf-8")
    lines = []
    for row in csv.DictReader(io.StringIO(text)):
        code, name = row["adcode"], row["name"]
        if not code.endswith("000000") or name.endswith(PLACEHOLDERS[2]) or name in PLACEHOLDERS:
            continue
        code = code[:6]
        stem, level = stem_of(name)
        english = (
            romanised["names"].get(code) or romanised["names"].get(stem) or romanise(bare(stem))
        )
        if level in {"City", ""} and code[:2] in {"11", "12", "31", "50"} and code[2:] == "0000":
            level = "Municipality"
        if code[2:] == "0000" and code[:2] in romanised["provinces"]:
            stem = romanised["provinces"][code[:2]]
        lines.append(f"{code}\t{name}\t{stem}\t{english}\t{level}\n")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(HEADER + "".join(sorted(lines)), encoding="utf-8")
    print(f"{len(lines)} divisions written to {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
