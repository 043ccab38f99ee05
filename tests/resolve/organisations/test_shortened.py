"""Short forms that titles tell: what is short for a buyer, and what is a branch or a neighbour."""

import pytest

from sousveil.model import Called, NameKey
from sousveil.resolve.organisations.shortened import is_short_for, keys_of
from sousveil.resolve.organisations.titles import in_title, may_be_renamed


def buyer(name: str, place: str | None = "四川/泸州", country: str = "CN") -> NameKey:
    return NameKey(name, name, country, place, ("buyer",), (), "other")


@pytest.mark.parametrize(
    ("title", "name", "place", "short"),
    [
        ("泸州二院手术室智能柜采购公告", "泸州市第二人民医院", "四川/泸州", "泸州二院"),
        ("[公开]云峰医院2024年门禁采购", "成都医学院附属云峰医院", "四川/成都", "云峰医院"),
        ("2024年度泸县文旅局监控维护", "泸县文化和旅游局", "四川/泸州/泸县", "泸县文旅局"),
        (
            "四川某某招标代理有限公司关于川北医附院安防的公告",
            "川北医学院附属医院",
            "四川",
            "川北医附院",
        ),
        ("中山一院安防平台", "中山大学附属第一医院", "广东/广州", "中山一院"),
    ],
)
def test_a_title_begins_with_a_short_form(title: str, name: str, place: str, short: str) -> None:
    assert in_title(title, buyer(name, place)) == short


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("泸州市第二人民医院监控采购", "泸州市第二人民医院"),  # the whole name
        ("泸州三院手术室智能柜", "泸州市第二人民医院"),  # another number
        ("泸州市人民医院监控采购", "泸州市第二人民医院"),  # the number left out
        ("泸县人民医院监控采购", "泸县人民医院云龙分院"),  # the whole of a branch
        ("云龙分院监控采购", "泸县人民医院云龙分院"),  # a branch without its whole
        ("泸州市医院监控采购", "泸州市中医医院"),  # the kind left out
        ("泸州市公安局监控采购", "泸州市江阳区公安局"),  # the wider place
        ("县公安局监控采购", "泸县公安局"),  # of which county, the name alone does not say
        ("人民医院监控采购", "泸县人民医院"),
        ("采购一批监控，送泸州二院", "泸州市第二人民医院"),  # not at its beginning
        ("二院监控采购", "泸州市第二人民医院"),
        ("Gate of Luzhou hospital", "Luzhou hospital trust"),
    ],
)
def test_what_is_no_short_form_of_the_buyer(title: str, name: str) -> None:
    assert in_title(title, buyer(name)) == ""


def test_a_short_form_is_shorter() -> None:
    assert is_short_for("泸州二院", buyer("泸州市第二人民医院"))
    assert not is_short_for("泸州市第二人民医院", buyer("泸州二院"))


def test_an_own_name_counts_in_the_whole_province_a_placed_one_where_it_says() -> None:
    called = Called("云峰医院", "云峰医院门禁采购", "titled")
    places = [key[2] for key in keys_of(called, buyer("成都医学院附属云峰医院", "四川/成都/武侯"))]
    assert places == ["510107", "510100", "510000"]
    called = Called("泸州二院", "泸州二院门禁采购", "titled")
    assert [key[2] for key in keys_of(called, buyer("泸州市第二人民医院"))] == ["510500"]


RENAMED = ("深海大学平川医院合同公示", "深海大学附属华北医院", "深海大学平川医院")


def test_a_renamed_body_has_its_other_name_in_the_title_of_the_project() -> None:
    title, name, other = RENAMED
    assert may_be_renamed(title, buyer(name, "广东"), buyer(other, "广东"))


@pytest.mark.parametrize(
    ("title", "name", "other"),
    [
        ("合同公示", *RENAMED[1:]),  # neither in the title
        ("深海大学平川医院、深海大学附属华北医院合同公示", *RENAMED[1:]),  # both
        ("泸县平川小学监控", "泸县教育局", "泸县平川小学"),  # another kind
        ("泸县中医医院监控", "泸县人民医院", "泸县中医医院"),
        ("泸县人民医院云龙医院监控", "泸县人民医院", "泸县人民医院云龙医院"),  # a branch
        ("合江县平川医院监控", "泸县云龙医院", "合江县平川医院"),  # another place
    ],
)
def test_two_buyers_of_a_project_stay_two(title: str, name: str, other: str) -> None:
    assert not may_be_renamed(title, buyer(name), buyer(other))
