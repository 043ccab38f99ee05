"""Short forms of names: which of a body, and which of a branch, a neighbour or another number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import Called, NameKey
from sousveil.resolve.organisations.shortened import inside, is_short_for, keys_of


def buyer(name: str, place: str | None = "四川/泸州", country: str = "CN") -> NameKey:
    return NameKey(name, name, country, place, ("buyer",), (), "other")


def test_a_short_form_is_shorter() -> None:
    assert is_short_for("泸州二院", buyer("泸州市第二人民医院"))
    assert not is_short_for("泸州市第二人民医院", buyer("泸州二院"))


def test_an_own_name_counts_in_the_whole_province_a_placed_one_where_it_says() -> None:
    called = Called("云峰医院", "云峰医院门禁采购", "titled")
    places = [key[2] for key in keys_of(called, buyer("成都医学院附属云峰医院", "四川/成都/武侯"))]
    assert places == ["510107", "510100", "510000"]
    called = Called("泸州二院", "泸州二院门禁采购", "titled")
    assert [key[2] for key in keys_of(called, buyer("泸州市第二人民医院"))] == ["510500"]


SHORT = [
    ("新疆医科大学第一附属医院", "新疆", "新医大一附院"),
    ("张家港市第一人民医院", "江苏", "张家港一院"),
    ("四川大学华西第二医院", "四川", "华西二院"),  # the number of a place's name is none
    ("四川某县人民医院(四川某县第四医院)", "四川", "某县四院"),  # of the name in brackets
    ("深海大学附属第二医院(海东云峰医院)", "山东", "海东云峰医院"),
    ("叶城县公安局", "新疆/喀什地区/叶城县", "叶城公安"),
    ("叶城县公安局", "新疆/喀什地区/叶城县", "叶城县公安"),
    ("中共叶城县委政法委员会", "新疆/喀什地区/叶城县", "叶城政法委"),
    ("北京市朝阳区教育委员会", "北京", "朝阳区教委"),
    ("北京市公安局朝阳分局", "北京/北京市/朝阳区", "朝阳分局"),
]
SHORT_TW = [
    ("國立北門高級農工職業學校", "北門農工"),
    ("桃園市立龍潭高級中等學校", "龍潭高中"),
    ("桃園市立中壢家事商業高級中等學校", "中壢家商"),
    ("國立大安高級工業職業學校", "大安高工"),
    ("國立臺灣大學醫學院附設醫院雲林分院", "臺大醫院雲林分院"),
    ("內政部警政署刑事警察局", "刑事局"),
    ("衛生福利部中央健康保險署", "健保署"),
    ("國立臺灣師範大學", "臺師大"),
    ("臺灣菸酒股份有限公司善化啤酒廠", "善化啤酒廠"),
    ("台灣電力股份有限公司台中發電廠", "台中電廠"),
]
LONG = [
    ("國立臺灣大學醫學院附設醫院雲林分院", "臺大醫院", "TW"),  # the whole of a branch
    ("國立臺灣大學醫學院附設醫院雲林分院", "臺大醫院新竹分院", "TW"),
    ("國立臺灣大學醫學院附設醫院", "臺大醫院雲林分院", "TW"),
    ("農業部林業及自然保育署臺中分署", "臺中分署", "TW"),  # of which office nobody knows
    ("广州市第十二人民医院", "广州二院", "CN"),
    ("广州市中西医结合医院", "广州市中医医院", "CN"),  # another kind
    ("广东农业大学", "广东大学", "CN"),  # another university
    ("国立台湾科技大学", "台湾大学", "TW"),
    ("广州市云山医院", "广州医院", "CN"),  # its own name left out
    ("广州市从化镇中心小学", "广州小学", "CN"),
    ("广州市水利工程管理局", "广州市水利局", "CN"),  # an office under another
    ("广州市公安交通管理局", "广州市公安局", "CN"),
    ("財政部北區國稅局", "財政局", "TW"),  # the ministry's words alone
    ("內政部警政署刑事警察局", "警政局", "TW"),
    ("交通部公路局", "交通局", "TW"),
    ("泸县人民医院(检验中心)", "检验中心", "CN"),  # a department
    ("泸县人民医院(儿童医院)", "儿童医院", "CN"),  # a kind
    ("北京大学", "北京大", "CN"),
]


@pytest.mark.parametrize(("name", "place", "short"), SHORT)
def test_short_forms(name: str, place: str, short: str) -> None:
    whole = buyer(name, place)
    assert is_short_for(short, whole) or short in inside(whole)


@pytest.mark.parametrize(("name", "short"), SHORT_TW)
def test_short_forms_of_taiwan(name: str, short: str) -> None:
    assert is_short_for(short, buyer(name, None, "TW"))


@pytest.mark.parametrize(("name", "other", "country"), LONG)
def test_what_is_another_body_or_could_be_of_many(name: str, other: str, country: str) -> None:
    whole = buyer(name, None if country == "TW" else "广东/广州市", country)
    assert not is_short_for(other, whole)
    assert other not in inside(whole)


def test_a_national_body_is_called_so_in_the_whole_of_a_small_country() -> None:
    called = Called("雲科大", "雲科大門禁採購", "titled")
    whole = buyer("國立雲林科技大學", "雲林縣", "TW")
    assert [key[2] for key in keys_of(called, whole)] == ["TW/云林县", ""]
    county = Called("滿州國中", "滿州國中門禁採購", "titled")
    assert [key[2] for key in keys_of(county, buyer("屏東縣立滿州國民中學", "屏東縣", "TW"))] == [
        "TW/屏东县"
    ]


NAMES = st.text(st.sampled_from("泸州市县第二三人民中医院分校公安局大学附属云峰()"), max_size=16)


@given(NAMES, NAMES)
def test_a_short_form_is_never_longer_nor_the_name_itself(short: str, name: str) -> None:
    if is_short_for(short, buyer(name)):
        assert len(short) <= len(name)
        assert short != name
