"""Places of buyers: Chinese divisions from names, other countries by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.reference.divisions import gazetteer
from sousveil.reference.places import Place, locate

CN = [
    ("昌吉州公安局", "新疆", "昌吉回族自治州", None),
    ("昌吉公安局", "新疆", "昌吉回族自治州", None),
    ("托克逊县住房和城乡建设局", "新疆", "吐鲁番市", "托克逊县"),
    ("兵团第七师", "新疆", "新疆生产建设兵团", None),
    ("新疆生产建设兵团第十四师公安局", "新疆", "新疆生产建设兵团", None),
    ("柳林县教育局", "山西", "吕梁市", "柳林县"),
    ("呂梁市公安局", "山西", "吕梁市", None),
    ("国家税务总局银川市税务局", "宁夏", "银川市", None),
    ("喀什公安局", "新疆", "喀什地区", None),
    ("巴州公安局", "新疆", "巴音郭楞蒙古自治州", None),
    ("海南州公安局", "青海", "海南藏族自治州", None),
    ("海南省公安厅", "海南", None, None),
    ("吉林市公安局", "吉林", "吉林市", None),
    ("黔东南州公安局", "贵州", "黔东南苗族侗族自治州", None),
    ("阿荣旗公安局", "内蒙古", "呼伦贝尔市", "阿荣旗"),
    ("北京市公安局海淀分局", "北京", "北京市", "海淀区"),
    ("浦东新区公安分局", "上海", "上海市", "浦东新区"),
    ("雄安新区公安局", "河北", "保定市", None),
    ("思茅市人民政府", "云南", "普洱市", None),
    ("中国移动通信集团广东有限公司佛山分公司", "广东", "佛山市", None),
    ("北京大学深圳医院", "广东", "深圳市", None),
    ("中山大学", "广东", "广州市", None),
    ("外交部", "北京", "北京市", None),
    ("中国日报社", "北京", "北京市", None),
    ("新华通讯社新疆分社", "新疆", None, None),
    ("公安部第三研究所", "上海", "上海市", None),
    ("Pishan County Public Security Bureau", "新疆", "和田地区", "皮山县"),
    ("Guma County Police", "新疆", "和田地区", "皮山县"),
    ("Kashgar Prefecture Propaganda Department", "新疆", "喀什地区", None),
]


@pytest.mark.parametrize(("name", "province", "prefecture", "county"), CN)
def test_a_chinese_name_gives_its_divisions(
    name: str, province: str, prefecture: str | None, county: str | None
) -> None:
    assert locate([name]) == Place("CN", province, prefecture, county)


@pytest.mark.parametrize(
    "name",
    ["南京东路街道办事处", "北京路小学", "长治久安工程指挥部", "市公安局", "某某科技有限公司", ""],
)
def test_words_that_only_look_like_places_give_none(name: str) -> None:
    assert locate([name]) is None


@pytest.mark.parametrize("name", ["鼓楼区公安局", "朝阳区教育局", "市中区公安分局"])
def test_a_name_many_counties_share_stays_open(name: str) -> None:
    assert locate([name]) == Place("CN")


def test_other_names_settle_what_the_first_leaves_open() -> None:
    assert locate(["鼓楼区公安局", "福州市鼓楼区某路1号"]) == Place(
        "CN", "福建", "福州市", "鼓楼区"
    )
    assert locate(["朝阳区教育局", "某公司", "长春市朝阳区"]) == Place(
        "CN", "吉林", "长春市", "朝阳区"
    )


def test_other_names_never_overrule_the_buyers_own() -> None:
    assert locate(["昌吉州公安局", "北京市海淀区中关村大街1号"]) == locate(["昌吉州公安局"])
    assert locate(["新疆维吾尔自治区公安厅", "广东某招标有限公司"]) == Place("CN", "新疆")


@pytest.mark.parametrize(
    ("names", "province"),
    [
        (["浔阳江区融媒体中心", "江西省九江市"], "江西"),  # no 阳江
        (["福海市委宣传部", "福建省福州市乌山路"], "福建"),  # 福海 is a county
        (["福海市公安局"], "新疆"),  # which it may have become a city of, where nothing else tells
        (["南华日报社", "广州市越秀区"], "广东"),  # no paper of 南华县
    ],
)
def test_a_place_guessed_from_part_of_a_name_gives_way(names: list[str], province: str) -> None:
    place = locate(names)
    assert place is not None
    assert place.province == province


def test_a_renamed_county_is_found_by_both_names() -> None:
    assert locate(["余江县公安局"]) == locate(["鹰潭市余江区公安局"])
    assert locate(["库车市公安局"]) == locate(["库车县公安局"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("臺北市政府警察局", Place("TW", "臺北市")),
        ("新竹縣政府警察局", Place("TW", "新竹縣")),
        ("內政部警政署", Place("TW")),
        ("香港警務處", Place("HK")),
        ("Hong Kong Police Force", Place("HK")),
        ("澳門治安警察局", Place("MO")),
        ("Sheriff of Harris County, Texas", Place("US", "Texas")),
        ("Miami-Dade County, FL", Place("US", "Florida")),
        ("Charleston Police Department, West Virginia", Place("US", "West Virginia")),
        ("U.S. Customs and Border Protection", Place("US")),
        ("Policía Nacional de Colombia", Place("CO")),
        ("Polizeipräsidium München", Place("DE")),
        ("Préfecture de police de Paris", Place("FR")),
        ("広東県警察", None),
    ],
)
def test_other_countries_are_told_where_evident(name: str, expected: Place | None) -> None:
    assert locate([name]) in (expected, Place("JP") if expected is None else expected)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ayuntamiento de Ejemplo", "Andalucía", "España"], Place("ES", "Andalucía")),
        (["Example Police", "England", "United Kingdom"], Place("GB", "England")),
        (["Polizeipräsidium", "Nordrhein-Westfalen"], Place("DE", "Nordrhein-Westfalen")),
        (["Telangana Example Police"], Place("IN", "Telangana")),
        (["УМВД России по Томской области"], Place("RU", "Томская область")),
        (["Secretaria da Segurança Pública", "Bahia", "Brasil"], Place("BR", "Bahia")),
        (["Secretaría de Seguridad Pública", "Puebla", "México"], Place("MX", "Puebla")),
        (["Occitanie"], Place("FR", "Occitanie")),
        (["Punjab"], None),
        (["서울특별시 경찰청"], Place("KR", "서울특별시")),
        (["東京都"], Place("JP", "東京都")),
    ],
)
def test_first_level_units_of_other_countries(names: list[str], expected: Place | None) -> None:
    assert locate(names) == expected


def test_every_prefecture_is_found_by_its_own_name() -> None:
    table = gazetteer()
    wrong = [
        d.name
        for d in table.divisions.values()
        if d.rank == 1 and (found := locate([d.name + "公安局"])) and found.prefecture != d.name
    ]
    assert wrong == ["新疆生产建设兵团"] or wrong == []


def test_every_county_is_found_below_its_prefecture() -> None:
    table = gazetteer()
    wrong = []
    for division in table.divisions.values():
        province, prefecture = table.parents(division)
        if division.rank != 2 or province is None or prefecture is None:
            continue
        found = locate([prefecture.name + division.name + "公安局"])
        if found != Place("CN", province.stem, prefecture.name, division.name):
            wrong.append((prefecture.name, division.name, found))
    assert wrong == []


@given(st.lists(st.text(max_size=40), max_size=3))
def test_any_text_gives_a_place_or_none(names: list[str]) -> None:
    place = locate(names)
    assert place is None or len(place.country) == 2
