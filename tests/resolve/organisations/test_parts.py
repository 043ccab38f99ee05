"""Names taken apart: spellings that meet, and near misses that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import NameKey
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Parts


def parts(name: str, place: str | None = None, country: str = "CN", buys: bool = True) -> Parts:
    kind = "other" if buys else None
    return parts_of(NameKey("n", name, country, place, ("buyer",), (), kind))


SAME = [
    ("昌吉回族自治州公安局", "昌吉州公安局"),
    ("新疆维吾尔自治区昌吉回族自治州昌吉市公安局", "昌吉市公安局"),
    ("昌吉州公安局交通警察支队", "昌吉州公安局交警支队"),
    ("长沙市公安局岳麓分局", "岳麓区公安分局"),
    ("中共洛浦县委宣传部", "洛浦县委宣传部"),
    ("濟南市衛生健康委員會", "济南市卫健委"),
    ("余江县公安局", "余江区公安局"),
    ("Pishan County Public Security Bureau", "Guma County Public Security Bureau"),
    ("皮山县公安局", "Guma County Public Security Bureau"),
    ("淄 博 市 生态环境局", "淄博市环境保护局"),
    ("武汉大学 人民医院", "武汉大学人民医院（盖章）"),
    ("济南市第七人民医院济南市第七人民医院", "济南市第七人民医院"),
    ("中国移动通信集团浙江有限公司杭州分公司", "中国移动通信集团浙江有限公司杭州市分公司"),
    ("首都医科大学附属北京同仁医院", "北京同仁医院"),
    ("上海交通大学医学院附属仁济医院", "仁济医院"),
    ("浙江大学医学院附属第一医院", "浙江大学第一附属医院"),
    ("新乡医学院附属医院", "新乡医科大学附属医院"),
    ("重庆医科大学附属儿童医院", "重庆医科大学儿童医院"),
    ("杭州市一医院", "杭州市第一人民医院"),
    ("昌吉州疾控中心", "昌吉回族自治州疾病预防控制中心"),
    ("深圳市光明区人民医院", "深圳市光明人民医院"),
    ("长兴县人民医院医共体泗安医院", "泗安医院"),
]
APART = [
    ("昌吉州公安局", "昌吉市公安局"),
    ("昌吉州公安局", "昌吉州公安局交通警察支队"),
    ("洛浦县委宣传部", "洛浦县公安局"),
    ("济南市第一人民医院", "济南市第七人民医院"),
    ("中国工商银行股份有限公司昌吉分行", "中国工商银行股份有限公司"),
    ("中国工商银行股份有限公司昌吉分行", "中国工商银行股份有限公司伊犁分行"),
    ("江苏华安信息技术有限公司", "浙江华安信息技术有限公司"),
    ("辽宁省朝阳市公安局", "北京市公安局朝阳分局"),
    ("公安县教育局", "公安县公安局"),
    ("中国医学科学院肿瘤医院", "北京肿瘤医院"),
    ("首都医科大学附属北京口腔医院", "首都医科大学附属北京儿童医院"),
    ("南京大学医学院附属苏州医院", "苏州市人民医院"),
    ("浙江大学医学院附属第一医院", "浙江大学医学院附属第二医院"),
    ("浙江大学医院", "浙江大学附属医院"),
    ("上海交通大学医学院", "上海交通大学"),
    ("杭州市一医院", "杭州市第二人民医院"),
    ("长兴县人民医院医共体分院", "长兴县人民医院"),
    ("杭州市第一人民医院、杭州康复医院", "杭州市第一人民医院"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_body_have_the_same_parts(left: str, right: str) -> None:
    assert parts(left).key == parts(right).key


@pytest.mark.parametrize(("left", "right"), APART)
def test_near_misses_do_not(left: str, right: str) -> None:
    assert parts(left).key != parts(right).key


@pytest.mark.parametrize(
    ("name", "place", "whole"),
    [
        ("市公安局", "新疆/昌吉", "昌吉州公安局"),
        ("县公安局", "新疆/和田地区/皮山县", "皮山县公安局"),
        ("区公安分局", "湖南/长沙市/岳麓区", "长沙市公安局岳麓分局"),
        ("向阳区融媒体中心", "黑龙江/鹤岗市/向阳区", "鹤岗市向阳区融媒体中心"),
    ],
)
def test_the_notice_says_where_a_short_name_is(name: str, place: str, whole: str) -> None:
    assert parts(name, place).key == parts(whole).key


@pytest.mark.parametrize(
    ("left", "right", "place"),
    [
        ("Hamlet NC PD", "Hamlet PD (NC)", "NC"),
        ("San Diego CA PD", "San Diego Police Department", "CA"),
        ("Oregon State Police OR PD", "Oregon State Police", "OR"),
        ("City of Salem Police Department", "Salem PD", "OR"),
        ("Lane County Sheriff's Office", "Lane Sheriff's Dept", "OR"),
        ("NATL. TRANS. LAB", "National Transportation Laboratory", None),
        ("Sunderland City Council", "Council of the City of Sunderland", None),
    ],
)
def test_american_and_british_bodies(left: str, right: str, place: str | None) -> None:
    assert parts(left, place, "US").key == parts(right, place, "US").key


@pytest.mark.parametrize(
    ("left", "right", "place"),
    [
        ("Oregon State Police", "Salem PD", "OR"),
        ("Lane County PD", "Lane PD", "OR"),
        ("Salem Township PD", "City of Salem PD", "OR"),
        ("Lane County Sheriff", "Lane County PD", "OR"),
    ],
)
def test_american_bodies_of_one_name_stay_two(left: str, right: str, place: str) -> None:
    assert parts(left, place, "US").key != parts(right, place, "US").key


def test_a_plural_is_no_other_name_and_a_word_that_ends_in_s_is_none() -> None:
    one, more = (parts(f"Falcon {w} Inc", None, "US", buys=False) for w in ("System", "Systems"))
    assert one.key == more.key
    assert parts("Axis Corpus Inc", None, "US", buys=False).rest == "axis corpus"


def test_a_form_cut_off_at_the_end_of_its_field_is_a_form() -> None:
    assert parts("HALCON REDES SA DE C", None, "MX", buys=False).form == "sa cv"


def test_forms_of_companies_are_a_part_of_their_own() -> None:
    llc, inc = (parts(f"JAXON ENGINEERING, {f}", None, "US", buys=False) for f in ("LLC", "INC."))
    assert llc.key == inc.key
    assert (llc.form, inc.form) == ("llc", "inc")


def test_a_place_that_many_counties_share_is_left_open() -> None:
    assert parts("城区中医医院").open
    assert parts("城区中医医院", "山西/长治市/城区").place == "140402"


@given(st.text(max_size=60), st.sampled_from(["CN", "TW", "US", "DE", None]))
def test_any_name_has_parts(name: str, country: str | None) -> None:
    found = parts_of(NameKey("n", name, country, None, ("supplier",)))
    assert found == parts_of(NameKey("m", name, country, None, ("bidder",)))
