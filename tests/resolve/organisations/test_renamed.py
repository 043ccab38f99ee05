"""One body's two whole names: slips, and names of before and since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.renamed import is_slip, may_be_own_site, may_be_stated
from tests.resolve.organisations.test_shortened import buyer

NAME = "泸州市妇幼保健计划生育服务中心"


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        ("泸州市妇幼保键计划生育服务中心", True),  # another sign
        ("泸州市妇幼保健计划生育务中心", True),  # one left out
        ("泸州市妇幼保健计计划生育服务中心", True),  # one too many
        ("泸州市妇幼健保计划生育服务中心", True),  # two changed places
        (NAME, False),
        ("泸县市妇幼保健计划生育服务中心", False),  # the place
        ("泸州市妇儿保健计划生育服务中心", False),  # the kind
        ("泸州市妇幼保健计划生育中心", False),  # two signs
        ("泸州市妇幼保健计划生育服中务心", False),  # the end
    ],
)
def test_slips(other: str, slip: bool) -> None:
    assert is_slip(other, buyer(NAME)) is slip


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("泸州市第二人民医院", "泸州市第三人民医院"),
        ("泸州市东城人民医院", "泸州市西城人民医院"),
        ("泸州市江阳甲等小学校", "泸州市江阳乙等小学校"),
        ("泸州市女子监狱", "泸州市男子监狱"),
    ],
)
def test_a_number_or_a_side_is_no_slip(name: str, other: str) -> None:
    assert not is_slip(other, buyer(name))


@given(st.integers(0, len(NAME) - 1), st.characters(categories=["Lo"]))
def test_a_slip_goes_both_ways(at: int, sign: str) -> None:
    other = NAME[:at] + sign + NAME[at + 1 :]
    assert is_slip(other, buyer(NAME)) == is_slip(NAME, buyer(other))


@pytest.mark.parametrize(
    ("site", "may"),
    [
        ("泸州市云峰医院", True),
        ("泸州市第二人民医院云峰分院", False),
        ("泸州市中医医院", False),
        ("泸州市第三人民医院", False),
        ("合江县云峰医院", False),
        ("泸州市公安局", False),
    ],
)
def test_whose_site_may_be_the_buyers_own(site: str, may: bool) -> None:
    assert may_be_own_site(site, buyer("泸州市第二人民医院")) is may


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("泸州市公共资源交易中心", "泸州市疾病预防控制中心"),
        ("泸州市政府采购中心", "泸州市急救中心"),
    ],
)
def test_a_centres_site_is_no_other_centres(site: str, name: str) -> None:
    assert not may_be_own_site(site, buyer(name))


@pytest.mark.parametrize(
    ("other", "name", "may"),
    [
        ("泸县警察局", "泸县公安局", True),
        ("泸县电力局", "泸县供电有限公司", True),
        ("泸县师范学校", "泸县职业技术学院", True),
        ("Falcon Ridge", "Falcon Ridge Ltd", True),
        ("中国银行", "中国银行股份有限公司泸县支行", False),  # its whole
        ("四川大学", "四川大学华西医院", False),
        ("县公安局", "泸县公安局交警大队", False),
        ("泸县第二中学", "泸县教育局", False),  # the house in which it is
        ("泸县印刷厂", "泸县公安局", False),
        ("泸县卫生局", "泸县人民医院", False),
    ],
)
def test_what_a_text_may_give_as_a_name(other: str, name: str, may: bool) -> None:
    assert may_be_stated(other, buyer(name, "四川/泸州/泸县")) is may
